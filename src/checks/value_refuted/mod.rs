//! A value that the words do not allow.

use super::wording::{both_sides, computed, with_sources, words};
use super::{Check, judged};
use crate::assessment::{Assessment, Judged, Story, UnitFit};
use crate::finding::{Finding, Severity};
use crate::hedge::{How, Verdict, fitting_words};
use crate::number::Reading;

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
    let words = words(story, judged);
    if judged.judgement().how == How::Comparison {
        let message = format!("\"{words}\" does not hold by the figures");
        return with_sources(CHECK.finding(story, assessment, message), story, assessment, judged);
    }
    let message = format!("\"{words}\" is not what the figures give: {}", computed(story, judged));
    let finding = CHECK.finding(story, assessment, message).note(both_sides(story, assessment, judged));
    let finding = with_sources(finding, story, assessment, judged);
    if judged.held.unit == UnitFit::PercentMissing {
        return finding.help(format!("a unit is probably missing: as a percentage, \"{words}%\" would fit"));
    }
    match fitting(story, judged) {
        Some(fitting) => finding.help(format!("the figures would fit {fitting}")),
        None => finding.help("correct the number, or the rule if it computes something else"),
    }
}

/// Words that the value would fit, in the manner of those written.
pub(super) fn fitting(story: &Story<'_>, judged: &Judged) -> Option<String> {
    let (mention, draft) = judged.mention.zip(story.draft)?;
    let Reading::One(written) = mention.reading else { return None };
    let value = judged.held.range.as_point()?;
    let text = mention.span.of(draft.prose.text());
    let fitting = fitting_words(value, text, mention.hedge, &written, &story.widths);
    let quoted: Vec<String> = fitting.iter().map(|words| format!("\"{words}\"")).collect();
    (!quoted.is_empty()).then(|| quoted.join(" or "))
}
