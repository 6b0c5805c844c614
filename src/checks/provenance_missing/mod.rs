//! A source that does not say where it comes from.

use super::Check;
use crate::assessment::Story;
use crate::finding::{Finding, Role, Severity};

pub(super) const CHECK: Check =
    Check { slug: "provenance-missing", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let unsaid = story.entries.iter().filter(|entry| !entry.missing.is_empty());
    unsaid
        .map(|entry| {
            let missing = entry.missing.join(", ");
            let message = format!("the source `{}` does not say its {missing}", entry.name);
            Finding::new(CHECK.slug, CHECK.severity, message)
                .label(story.rules.label(Role::Rule, entry.span, ""))
                .help(format!("add {missing}, so that whoever is asked tomorrow finds the figure again"))
        })
        .collect()
}
