//! A difference that is no larger than its own margin of error.

use super::told::Told;
use super::wording::quantity_in_words;
use super::{Check, judged};
use crate::assessment::Story;
use crate::finding::{Finding, Severity};
use crate::hedge::Verdict;

pub(super) const CHECK: Check = Check {
    slug: "difference-within-margin",
    severity: Severity::Warning,
    page: include_str!("README.md"),
    run,
};

/// Words by which a sentence tells its readers.
const TOLD: [&str; 4] = ["margin of error", "margins of error", "statistical", "sampling error"];

fn run(story: &Story<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (assessment, judged) in judged(story) {
        let (Some(margin), Some(draft)) = (judged.margin, story.draft) else { continue };
        let sentence = draft.prose.sentence(judged.words).of(draft.prose.text()).to_lowercase();
        let is_told = TOLD.iter().any(|words| sentence.contains(words));
        if is_told || judged.judgement().verdict == Verdict::Refuted {
            continue;
        }
        let difference = quantity_in_words(margin.difference, margin.unit);
        let may_be_off = quantity_in_words(margin.margin.round_dp(2), margin.unit);
        let message = format!("a difference of {difference} that may be off by {may_be_off} may be none");
        let finding = CHECK.finding(story, assessment, message);
        // What is undecided has been warned of.
        let severity = match judged.judgement().verdict {
            Verdict::Undecided => Severity::Note,
            _ => CHECK.severity,
        };
        let finding = Finding { severity, ..finding };
        findings.push(
            Told::of(story, assessment, judged)
                .with_sources(finding)
                .note("the margin of a difference is the root of the sum of the squares of the two margins")
                .help("say that it lies within the margin of error, or leave out which of the two is larger"),
        );
    }
    findings
}
