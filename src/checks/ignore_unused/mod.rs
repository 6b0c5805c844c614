//! An instruction to ignore numbers where there is none to ignore.

use super::Check;
use crate::assessment::{IgnorePlace, Story};
use crate::finding::{Finding, Label, Role, Severity};

pub(super) const CHECK: Check =
    Check { slug: "ignore-unused", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let unused = story.coverage.ignores.iter().filter(|ignore| !ignore.is_used);
    unused
        .filter_map(|ignore| {
            let finding = Finding::new(CHECK.slug, CHECK.severity, "nothing is ignored here");
            Some(finding.label(label(story, ignore.place)?).help(
                "remove it: the number is gone from the draft, has a claim, or is no quantity in the first place",
            ))
        })
        .collect()
}

/// A label where an instruction stands.
pub(super) fn label(story: &Story<'_>, place: IgnorePlace) -> Option<Label> {
    match place {
        IgnorePlace::Rule(span) => Some(story.rules.label(Role::Rule, span, "")),
        IgnorePlace::Draft(span) => Some(story.draft?.file.label(Role::Draft, span, "")),
    }
}
