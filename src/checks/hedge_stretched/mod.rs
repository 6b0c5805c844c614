//! A hedge that is stretched: past what it usually means, not yet wrong.

use super::told::Told;
use super::{Check, judged};
use crate::assessment::{Assessment, Judged, Story};
use crate::finding::{Finding, Severity};
use crate::hedge::Warned;

pub(super) const CHECK: Check =
    Check { slug: "hedge-stretched", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let warned =
        judged(story).filter(|(_, judged)| judged.judgement().warned == Some(Warned::HedgeStretched));
    warned.map(|(assessment, judged)| finding(story, assessment, judged)).collect()
}

fn finding(story: &Story<'_>, assessment: &Assessment<'_>, judged: &Judged) -> Finding {
    let told = Told::of(story, assessment, judged);
    let message = format!("\"{}\" stretches its hedge: the figures give {}", told.words, told.computed);
    let finding = CHECK.finding(story, assessment, message).note(told.both_sides());
    let finding = told
        .with_sources(finding)
        .note("past what the hedge usually means, but within what it may mean (docs/hedges.md)");
    told.reworded(finding, "take a number that is nearer")
}
