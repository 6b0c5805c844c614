//! A number so far past the one printed that "more than" hides it.

use super::told::Told;
use super::{Check, judged};
use crate::assessment::{Assessment, Judged, Story};
use crate::finding::{Finding, Severity};
use crate::hedge::Warned;

pub(super) const CHECK: Check =
    Check { slug: "hedge-understates", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let warned =
        judged(story).filter(|(_, judged)| judged.judgement().warned == Some(Warned::HedgeUnderstates));
    warned.map(|(assessment, judged)| finding(story, assessment, judged)).collect()
}

fn finding(story: &Story<'_>, assessment: &Assessment<'_>, judged: &Judged) -> Finding {
    let told = Told::of(story, assessment, judged);
    let message =
        format!("\"{}\" hides how much more or less it is: the figures give {}", told.words, told.computed);
    let finding = CHECK.finding(story, assessment, message).note(told.both_sides());
    let finding = told
        .with_sources(finding)
        .note("the statement is true, but readers will think of a number near the one printed");
    told.reworded(finding, "take a number that is nearer")
}
