//! A sum that counts something twice.

use super::wording::{formula_label, sides};
use super::{Check, issues};
use crate::assessment::Story;
use crate::finding::{Finding, Severity};
use crate::scope::ScopeProblem;

pub(super) const CHECK: Check =
    Check { slug: "double-counting", severity: Severity::Error, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (assessment, _, issue) in issues(story) {
        let ScopeProblem::DoubleCounting { facet, sides: both } = &issue.problem else { continue };
        let message = format!("the sum counts something twice: {} and {} overlap", both.0, both.1);
        let finding = CHECK.finding(story, assessment, message).note(sides(
            facet,
            ("one", &both.0),
            ("other", &both.1),
        ));
        findings.push(
            finding
                .label(formula_label(story, assessment, issue, ""))
                .help("leave out the part, or take figures that share nothing"),
        );
    }
    findings
}
