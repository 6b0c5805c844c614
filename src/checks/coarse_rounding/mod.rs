//! A number that is rounded more coarsely than readers think.

use super::told::Told;
use super::{Check, judged};
use crate::assessment::{Assessment, Judged, Story};
use crate::finding::{Finding, Severity};
use crate::hedge::Warned;

pub(super) const CHECK: Check =
    Check { slug: "coarse-rounding", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let warned =
        judged(story).filter(|(_, judged)| judged.judgement().warned == Some(Warned::CoarseRounding));
    warned.map(|(assessment, judged)| finding(story, assessment, judged)).collect()
}

fn finding(story: &Story<'_>, assessment: &Assessment<'_>, judged: &Judged) -> Finding {
    let told = Told::of(story, assessment, judged);
    let message = format!("\"{}\" is rounded coarsely: the figures give {}", told.words, told.computed);
    let finding = CHECK.finding(story, assessment, message).note(told.both_sides());
    let finding = told
        .with_sources(finding)
        .note("zeros at the end of a number promise less than its other digits, but not this little");
    told.reworded(finding, "print one more digit, or hedge the number")
}
