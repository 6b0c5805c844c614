//! What a story says and quotes, as changes of its draft concern it.

use super::quotation::Quotations;
use super::replacement::replacements;
use super::{Refusal, Replacement};
use crate::assessment::{State, Story};
use crate::finding::Finding;
use crate::text::Span;

/// A claim that was judged: where its words stand, and what could stand in their place.
#[derive(Clone, Debug)]
pub struct Wording {
    /// The claim's id.
    pub claim: String,
    /// The words that are judged, in the prose.
    pub words: Span,
    /// Replacements for them, the most apt first.
    pub replacements: Vec<Replacement>,
    /// Why none of those is safe, where one could be.
    pub refusal: Option<Refusal>,
    /// The quote, in the prose.
    pub(super) quote: Span,
    /// The quote, in the rule file.
    pub(super) quote_in_rule: Span,
    /// What the rule says in it, there.
    pub(super) says_in_rule: Option<Span>,
    /// Whether the rule says which of several places is meant.
    pub(super) has_occurrence: bool,
}

impl Wording {
    /// Those of a story, with the findings about it: all of them, whatever is reported.
    pub fn all(story: &Story<'_>, findings: &[Finding]) -> Vec<Self> {
        let Some(draft) = story.draft else { return Vec::new() };
        let quotations = Quotations::of(draft);
        let wordings = story.assessments.iter().filter_map(|assessment| {
            let State::Judged(judged) = &assessment.state else { return None };
            let claim = assessment.claim;
            let (replacements, refusal) =
                replacements(story, draft, &quotations, findings, assessment, judged);
            Some(Self {
                claim: claim.id.value.to_string(),
                words: judged.words,
                replacements,
                refusal,
                quote: judged.quote,
                quote_in_rule: claim.quote.span,
                says_in_rule: claim.says.as_ref().map(|says| says.span),
                has_occurrence: claim.occurrence.is_some(),
            })
        });
        wordings.collect()
    }
}
