//! An instruction to ignore numbers that does not say why.

use super::Check;
use super::ignore_unused::label;
use crate::assessment::Story;
use crate::finding::{Finding, Severity};

pub(super) const CHECK: Check = Check {
    slug: "ignore-without-reason",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    run,
};

fn run(story: &Story<'_>) -> Vec<Finding> {
    let silent = story.coverage.ignores.iter().filter(|ignore| !ignore.has_reason);
    silent
        .filter_map(|ignore| {
            let finding = Finding::new(CHECK.slug, CHECK.severity, "numbers are ignored without a reason");
            Some(finding.label(label(story, ignore.place)?).help("say why they need no claim"))
        })
        .collect()
}
