//! A figure or source that no claim uses.

use super::Check;
use crate::assessment::{EntryKind, Story};
use crate::finding::{Finding, Role, Severity};

pub(super) const CHECK: Check =
    Check { slug: "unused-figure", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let unused = story.entries.iter().filter(|entry| !entry.is_used);
    unused
        .map(|entry| {
            let what = match entry.kind {
                EntryKind::Source => "source",
                EntryKind::Figure => "figure",
            };
            let message = format!("no claim uses the {what} `{}`", entry.name);
            Finding::new(CHECK.slug, CHECK.severity, message)
                .label(story.rules.label(Role::Rule, entry.span, ""))
                .help("remove it, or write the claim that rests on it")
        })
        .collect()
}
