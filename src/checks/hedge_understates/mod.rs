//! A number so far past the one printed that "more than" hides it.

use super::value_refuted::fitting;
use super::wording::{both_sides, computed, with_sources, words};
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
    let words = words(story, judged);
    let message = format!(
        "\"{words}\" hides how much more or less it is: the figures give {}",
        computed(story, judged)
    );
    let finding = CHECK.finding(story, assessment, message).note(both_sides(story, assessment, judged));
    let finding = with_sources(finding, story, assessment, judged)
        .note("the statement is true, but readers will think of a number near the one printed");
    match fitting(story, judged) {
        Some(fitting) => finding.help(format!("write {fitting}")),
        None => finding.help("take a number that is nearer"),
    }
}
