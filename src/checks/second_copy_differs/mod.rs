//! The same quantity, given twice with different digits.

use super::Check;
use crate::assessment::Story;
use crate::consistency::Kind;
use crate::finding::{Finding, Severity};

pub(super) const CHECK: Check =
    Check { slug: "second-copy-differs", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let Some(draft) = story.draft else { return Vec::new() };
    let copies = story.contradictions.iter().filter(|it| it.kind == Kind::Copies);
    copies
        .map(|copy| {
            let message = format!("two numbers for one quantity: {}", copy.arithmetic);
            let finding = Finding::new(CHECK.slug, CHECK.severity, message).label(draft.label(copy.stated, ""));
            let finding = copy.operands.iter().fold(finding, |finding, span| finding.label(draft.label(*span, "")));
            finding.help("one of them has a slip of the digits or of the scale; if both are right, say what tells them apart")
        })
        .collect()
}
