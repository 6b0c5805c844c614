//! A value that the words do not allow.

use super::told::Told;
use super::{Check, judged};
use crate::assessment::{Assessment, Judged, Story, UnitFit};
use crate::finding::{Finding, Severity};
use crate::hedge::{How, Verdict};

pub(super) const CHECK: Check =
    Check { slug: "value-refuted", severity: Severity::Error, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let is_refuted = |judged: &Judged| {
        judged.judgement().verdict == Verdict::Refuted
            && matches!(judged.judgement().how, How::Outside | How::Comparison)
    };
    judged(story)
        .filter(|(_, judged)| is_refuted(judged))
        .map(|(assessment, judged)| finding(story, assessment, judged))
        .collect()
}

fn finding(story: &Story<'_>, assessment: &Assessment<'_>, judged: &Judged) -> Finding {
    let told = Told::of(story, assessment, judged);
    let words = told.words;
    if judged.judgement().how == How::Comparison {
        let message = format!("\"{words}\" does not hold by the figures");
        return told.with_sources(CHECK.finding(story, assessment, message));
    }
    let message = format!("\"{words}\" is not what the figures give: {}", told.computed);
    let finding = CHECK.finding(story, assessment, message).note(told.both_sides());
    let finding = told.with_sources(finding);
    if judged.held.unit == UnitFit::PercentMissing {
        return finding.help(format!("a unit is probably missing: as a percentage, \"{words}%\" would fit"));
    }
    match told.fitting_in_words() {
        Some(fitting) => finding.help(format!("the figures would fit {fitting}")),
        None => finding.help("correct the number, or the rule if it computes something else"),
    }
}
