//! A verdict that the rounding of the sources' own digits could turn.

use super::told::Told;
use super::wording::{interval_in_words, unit_of};
use super::{Check, judged};
use crate::assessment::Story;
use crate::finding::{Finding, Severity};

pub(super) const CHECK: Check =
    Check { slug: "rounding-sensitive", severity: Severity::Note, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let sensitive =
        judged(story).filter_map(|(assessment, judged)| Some((assessment, judged, judged.rounding?)));
    sensitive
        .map(|(assessment, judged, rounding)| {
            let range = interval_in_words(&rounding.range, unit_of(story, judged));
            let message = format!("the rounding of the figures could turn this verdict: they allow {range}");
            let finding = CHECK.finding(story, assessment, message);
            finding
                .label(Told::of(story, assessment, judged).formula())
                .note("the figures are used as printed; each may have been rounded to its last digit")
                .help("find the figures with more digits, or write `exact = true` where a figure is the number itself")
        })
        .collect()
}
