//! Figures that differ in more than what is compared.

use super::wording::{formula_label, sides};
use super::{Check, issues};
use crate::assessment::Story;
use crate::finding::{Finding, Severity};
use crate::scope::{PERIOD, ScopeProblem};

pub(super) const CHECK: Check =
    Check { slug: "mixed-scopes", severity: Severity::Error, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (assessment, _, issue) in issues(story) {
        let (facet, both) = match &issue.problem {
            ScopeProblem::Mixed { facet, sides } => (facet.as_str(), sides),
            ScopeProblem::OtherPeriod { sides } => (PERIOD, sides),
            _ => continue,
        };
        let message = format!("the formula mixes figures of different {facet}: {} and {}", both.0, both.1);
        let finding = CHECK.finding(story, assessment, message).note(sides(
            facet,
            ("one", &both.0),
            ("other", &both.1),
        ));
        let finding = finding.label(formula_label(story, assessment, issue, ""));
        findings.push(finding.help(format!(
            "compare figures that differ in one facet only; if it is {facet} that is compared, say so: over = \"{facet}\""
        )));
    }
    findings
}
