//! Arithmetic that the draft states itself, and that cannot be true.

use super::Check;
use crate::assessment::{Draft, Story};
use crate::consistency::{Contradiction, Kind};
use crate::finding::{Finding, Severity};

pub(super) const CHECK: Check = Check {
    slug: "arithmetic-inconsistent",
    severity: Severity::Error,
    page: include_str!("README.md"),
    run,
};

fn run(story: &Story<'_>) -> Vec<Finding> {
    let Some(draft) = story.draft else { return Vec::new() };
    let of_this = story.contradictions.iter().filter(|it| it.kind == Kind::Arithmetic);
    of_this.map(|contradiction| finding(draft, contradiction)).collect()
}

fn finding(draft: &Draft<'_>, contradiction: &Contradiction) -> Finding {
    let mut finding = Finding::new(CHECK.slug, CHECK.severity, contradiction.arithmetic.clone())
        .label(draft.label(contradiction.stated, "said here"));
    for operand in &contradiction.operands {
        finding = finding.label(draft.label(*operand, ""));
    }
    finding.help(contradiction.help.clone().unwrap_or_else(|| {
        "one of the numbers is wrong, or the words between them: no rounding and no hedge makes them agree".to_owned()
    }))
}
