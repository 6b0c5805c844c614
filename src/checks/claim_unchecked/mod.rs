//! A claim that could not be checked.

use super::Check;
use crate::assessment::{Assessment, State, Story, Unchecked};
use crate::finding::{Finding, Role, Severity};

pub(super) const CHECK: Check =
    Check { slug: "claim-unchecked", severity: Severity::Error, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    story.assessments.iter().filter_map(|assessment| finding(story, assessment)).collect()
}

fn finding(story: &Story<'_>, assessment: &Assessment<'_>) -> Option<Finding> {
    let State::Unchecked(unchecked) = &assessment.state else { return None };
    let (message, help, in_draft, in_rule) = match unchecked {
        // These have checks of their own.
        Unchecked::QuoteNotFound { .. } | Unchecked::QuoteAmbiguous { .. } => return None,
        Unchecked::Words { message, help, in_draft, in_rule } => (message, help, *in_draft, *in_rule),
        Unchecked::Outside { message, help, in_rule } => (message, help, None, *in_rule),
    };
    let id = &assessment.claim.id.value;
    let mut finding =
        CHECK.finding(story, assessment, format!("the claim `{id}` could not be checked: {message}"));
    if let (Some(span), Some(draft)) = (in_draft, story.draft) {
        finding = finding.label(draft.label(span, ""));
    }
    finding = finding.label(story.rules.label(Role::Rule, in_rule, ""));
    finding.help.clone_from(help);
    Some(finding)
}
