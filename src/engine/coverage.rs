//! Which numbers of a draft need no claim, and which numbers of a quote its claim is about.

use super::assess::Assessor;
use crate::assessment::{Coverage, Draft, IgnorePlace, IgnoreUse};
use crate::claim::{RawIgnore, RawOccurrence, Spanned};
use crate::draft::Quote;
use crate::hedge::allowed;
use crate::mention::Mention;
use crate::number::Decimal;
use crate::text::Span;
use crate::unit::Unit;

/// Carries out the rule file's instructions to ignore.
pub(super) fn ignore(draft: &Draft<'_>, rules: &[Spanned<RawIgnore<'_>>], coverage: &mut Coverage) {
    for rule in rules {
        let found = draft.prose.find(&Quote::new(&rule.quote.value));
        let spans = found.spans();
        let spans = match rule.occurrence.as_ref().map(|occurrence| occurrence.value) {
            Some(RawOccurrence::Nth(nth)) => {
                let at = usize::try_from(nth).unwrap_or(usize::MAX).saturating_sub(1);
                spans.get(at..=at).unwrap_or_default()
            }
            Some(RawOccurrence::All) | None => spans,
        };
        let mut is_used = false;
        for span in spans {
            for mention in draft.survey.overlapping(*span) {
                is_used |= coverage.ignore(mention);
            }
        }
        let has_reason = !rule.reason.value.trim().is_empty();
        coverage.ignores.push(IgnoreUse { place: IgnorePlace::Rule(rule.quote.span), has_reason, is_used });
    }
}

impl Assessor<'_, '_> {
    /// Notes the other numbers of a quote whose values the formula uses.
    pub(super) fn cover(
        &self,
        quote: Span,
        said: Option<usize>,
        values: &(impl Iterator<Item = (Decimal, Unit)> + Clone),
        coverage: &mut Coverage,
    ) {
        for at in self.draft.survey.overlapping(quote).filter(|at| Some(*at) != said) {
            let Some(mention) = self.draft.survey.mentions.get(at) else { continue };
            if values.clone().any(|(value, unit)| self.is_of(mention, value, unit)) {
                coverage.claim(at);
            }
        }
    }

    /// Whether a number of the draft says a value, as its words allow.
    fn is_of(&self, mention: &Mention, value: Decimal, unit: Unit) -> bool {
        let written = mention.unit.conversion(unit).and_then(|_| mention.factor.written(value));
        written.is_some_and(|written| {
            allowed(mention.hedge, &mention.reading, &self.desk.widths).whole.contains(written)
        })
    }
}
