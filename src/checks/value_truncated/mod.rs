//! A number that was cut off instead of rounded.

use super::told::Told;
use super::{Check, judged};
use crate::assessment::{Assessment, Judged, Story};
use crate::finding::{Finding, Severity};
use crate::hedge::Warned;

pub(super) const CHECK: Check =
    Check { slug: "value-truncated", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let warned = judged(story).filter(|(_, judged)| judged.judgement().warned == Some(Warned::Truncated));
    warned.map(|(assessment, judged)| finding(story, assessment, judged)).collect()
}

fn finding(story: &Story<'_>, assessment: &Assessment<'_>, judged: &Judged) -> Finding {
    let told = Told::of(story, assessment, judged);
    let message = format!("\"{}\" is cut off, not rounded: the figures give {}", told.words, told.computed);
    let finding = CHECK.finding(story, assessment, message).note(told.both_sides());
    let finding = told.with_sources(finding).note("readers take a printed number for the nearest one");
    told.reworded(finding, "round the number, or hedge it")
}
