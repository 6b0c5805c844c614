//! A quote that is not in the draft.

use super::Check;
use crate::assessment::{Assessment, State, Story, Unchecked};
use crate::finding::{Finding, Role, Severity};

pub(super) const CHECK: Check =
    Check { slug: "quote-not-found", severity: Severity::Error, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    story.assessments.iter().filter_map(|assessment| finding(story, assessment)).collect()
}

fn finding(story: &Story<'_>, assessment: &Assessment<'_>) -> Option<Finding> {
    let State::Unchecked(Unchecked::QuoteNotFound { closest, differs }) = &assessment.state else {
        return None;
    };
    let draft = story.draft?;
    let message = format!("the quote of the claim `{}` is not in the draft", assessment.claim.id.value);
    let mut finding = CHECK.finding(story, assessment, message);
    if let Some(closest) = closest {
        finding = finding.label(draft.label(*closest, "the closest passage"));
    }
    finding = finding.label(story.rules.label(Role::Rule, assessment.claim.quote.span, "not found"));
    if let Some((quoted, drafted)) = differs {
        let has = drafted.of(draft.prose.text());
        finding = finding.note(format!("the rule has \"{quoted}\" where the draft has \"{has}\""));
    }
    Some(
        finding.help(
            "if the draft was edited on purpose, quote the new words; the claim is not checked until then",
        ),
    )
}
