//! A share of something that is no part of the whole.

use super::wording::{formula_label, sides};
use super::{Check, issues};
use crate::assessment::Story;
use crate::finding::{Finding, Severity};
use crate::scope::ScopeProblem;

pub(super) const CHECK: Check =
    Check { slug: "part-outside-whole", severity: Severity::Error, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (assessment, _, issue) in issues(story) {
        let ScopeProblem::PartOutsideWhole { facet, sides: both } = &issue.problem else { continue };
        let message = format!("the part is not inside the whole: {} in {}", both.0, both.1);
        let finding = CHECK.finding(story, assessment, message).note(sides(
            facet,
            ("part", &both.0),
            ("whole", &both.1),
        ));
        findings.push(
            finding
                .label(formula_label(story, assessment, issue, ""))
                .help("take a whole that holds the part, or a part of this whole"),
        );
    }
    findings
}
