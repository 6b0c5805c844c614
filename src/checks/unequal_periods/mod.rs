//! A comparison of periods of unequal length.

use super::wording::{formula_label, quantity_in_words, sides, unit_of};
use super::{Check, issues};
use crate::assessment::Story;
use crate::finding::{Finding, Severity};
use crate::scope::ScopeProblem;

pub(super) const CHECK: Check =
    Check { slug: "unequal-periods", severity: Severity::Error, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (assessment, judged, issue) in issues(story) {
        let ScopeProblem::UnequalPeriods(unequal) = &issue.problem else { continue };
        let daily = judged.daily.filter(|daily| daily.turns);
        let (one, other) = (&unequal.sides.0, &unequal.sides.1);
        let lengths = sides(
            "period",
            ("one", &format!("{one}, {} days", unequal.days.0)),
            ("other", &format!("{other}, {} days", unequal.days.1)),
        );
        let finding = match (unequal.is_calendar, daily) {
            (true, None) => continue,
            (true, Some(daily)) => {
                let by_day = quantity_in_words(daily.nominal, unit_of(story, judged));
                let message = format!(
                    "{one} and {other} are not equally long, and a day's rate tells otherwise: {by_day}"
                );
                Finding { severity: Severity::Warning, ..CHECK.finding(story, assessment, message) }
            }
            (false, _) => {
                let message = format!(
                    "{one} and {other} are not equally long: {} and {} days",
                    unequal.days.0, unequal.days.1
                );
                CHECK.finding(story, assessment, message)
            }
        };
        let finding = finding.note(lengths).label(formula_label(story, assessment, issue, ""));
        findings.push(finding.help("compare rates, change(a / days(a), b / days(b)), or write kind = \"stock\" for what is counted on a day"));
    }
    findings
}
