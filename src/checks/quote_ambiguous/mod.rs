//! A quote that stands in the draft several times.

use super::Check;
use crate::assessment::{Assessment, State, Story, Unchecked};
use crate::finding::{Finding, Role, Severity};

pub(super) const CHECK: Check =
    Check { slug: "quote-ambiguous", severity: Severity::Error, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    story.assessments.iter().filter_map(|assessment| finding(story, assessment)).collect()
}

fn finding(story: &Story<'_>, assessment: &Assessment<'_>) -> Option<Finding> {
    let State::Unchecked(Unchecked::QuoteAmbiguous { places, wanted }) = &assessment.state else {
        return None;
    };
    let draft = story.draft?;
    let (id, count) = (&assessment.claim.id.value, places.len());
    let message = match wanted {
        Some(wanted) => {
            format!("the quote of the claim `{id}` stands {count} times in the draft, not {wanted}")
        }
        None => format!("the quote of the claim `{id}` stands {count} times in the draft"),
    };
    let mut finding = CHECK.finding(story, assessment, message);
    for (at, place) in places.iter().take(SHOWN).enumerate() {
        finding = finding.label(draft.label(*place, format!("occurrence {}", at + 1)));
    }
    finding = finding.label(story.rules.label(Role::Rule, assessment.claim.quote.span, ""));
    Some(finding.help("quote more of the sentence, or say which is meant: occurrence = 2, or \"all\""))
}

/// How many of the places are shown.
const SHOWN: usize = 3;
