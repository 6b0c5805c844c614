//! Figures that are too coarse to tell.

use super::told::Told;
use super::{Check, judged};
use crate::assessment::{Judged, Story};
use crate::finding::{Finding, Severity};
use crate::hedge::Verdict;

pub(super) const CHECK: Check =
    Check { slug: "value-undecided", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let is_open = |judged: &Judged| {
        judged.judgement().verdict == Verdict::Undecided
            && judged.dropped.is_none()
            && judged.record.is_none()
    };
    judged(story)
        .filter(|(_, judged)| is_open(judged))
        .map(|(assessment, judged)| {
            let told = Told::of(story, assessment, judged);
            let message = format!("the figures are too coarse to tell whether \"{}\" holds", told.words);
            let finding = CHECK.finding(story, assessment, message).note(told.both_sides());
            told.with_sources(finding)
                .note("some of the values that the sources leave possible are allowed, some are not")
                .help("find a more exact source, or choose words that hold for all of them")
        })
        .collect()
}
