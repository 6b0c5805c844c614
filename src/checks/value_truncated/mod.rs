//! A number that was cut off instead of rounded.

use super::value_refuted::fitting;
use super::wording::{both_sides, computed, with_sources, words};
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
    let words = words(story, judged);
    let message =
        format!("\"{words}\" is cut off, not rounded: the figures give {}", computed(story, judged));
    let finding = CHECK.finding(story, assessment, message).note(both_sides(story, assessment, judged));
    let finding = with_sources(finding, story, assessment, judged)
        .note("readers take a printed number for the nearest one");
    match fitting(story, judged) {
        Some(fitting) => finding.help(format!("write {fitting}")),
        None => finding.help("round the number, or hedge it"),
    }
}
