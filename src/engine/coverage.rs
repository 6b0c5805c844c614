//! Which numbers of a draft need no claim, and which numbers of a quote its claim is about.

use std::collections::BTreeMap;

use super::assess::Assessor;
use crate::assessment::{Coverage, Draft, Fate, IgnorePlace, IgnoreUse, Story};
use crate::checks::unclaimed;
use crate::claim::{RawIgnore, RawOccurrence, Spanned};
use crate::draft::{Found, Quote};
use crate::finding::{Ignored, IgnoredBy};
use crate::hedge::allowed;
use crate::mention::Mention;
use crate::number::Decimal;
use crate::text::Span;
use crate::unit::Unit;

/// Carries out the rule file's instructions to ignore.
pub(super) fn ignore(draft: &Draft<'_>, rules: &[Spanned<RawIgnore<'_>>], coverage: &mut Coverage) {
    for rule in rules {
        let found = draft.prose.find(&Quote::new(&rule.quote.value));
        let mut is_used = false;
        for span in meant(rule, &found) {
            for mention in draft.survey.overlapping(*span) {
                is_used |= coverage.ignore(mention);
            }
        }
        let has_reason = !rule.reason.value.trim().is_empty();
        coverage.ignores.push(IgnoreUse { place: IgnorePlace::Rule(rule.quote.span), has_reason, is_used });
    }
}

/// The places of a quote that an instruction means.
fn meant<'f>(rule: &RawIgnore<'_>, found: &'f Found) -> &'f [Span] {
    let spans = found.spans();
    match rule.occurrence.as_ref().map(|occurrence| occurrence.value) {
        Some(RawOccurrence::Nth(nth)) => {
            let at = usize::try_from(nth).unwrap_or(usize::MAX).saturating_sub(1);
            spans.get(at..=at).unwrap_or_default()
        }
        Some(RawOccurrence::All) | None => spans,
    }
}

/// Why numbers are to be ignored and who says so, by their places in the survey. Where several say so, the rule file comes
/// first.
pub(super) fn reasons<'t>(
    draft: &'t Draft<'_>,
    rules: &'t [Spanned<RawIgnore<'_>>],
) -> BTreeMap<usize, (&'t str, IgnoredBy)> {
    let mut reasons = BTreeMap::new();
    let mut note = |span: Span, reason: &'t str, by: IgnoredBy| {
        for number in draft.survey.overlapping(span) {
            reasons.entry(number).or_insert((reason, by));
        }
    };
    for rule in rules {
        let found = draft.prose.find(&Quote::new(&rule.quote.value));
        for span in meant(rule, &found) {
            note(*span, &rule.reason.value, IgnoredBy::Rules);
        }
    }
    for instruction in instructions(draft) {
        if let Some(span) = instruction.span {
            note(span, instruction.reason, IgnoredBy::Draft);
        }
    }
    reasons
}

/// Every number that is ignored, as it would be found if it were not.
pub(super) fn ignored(story: &Story<'_>, rules: &[Spanned<RawIgnore<'_>>]) -> Vec<Ignored> {
    let Some(draft) = story.draft else { return Vec::new() };
    let reasons = reasons(draft, rules);
    let fates = story.coverage.fates.iter().zip(&draft.survey.mentions).enumerate();
    let ignored = fates.filter(|(_, (fate, _))| **fate == Fate::Ignored);
    let ignored = ignored.filter_map(|(nth, (_, mention))| {
        let (reason, by) = *reasons.get(&nth)?;
        let finding = unclaimed(draft, story.demands, mention);
        Some(Ignored { finding, reason: reason.to_owned(), by })
    });
    ignored.collect()
}

/// What comments that instruct the program begin with.
const CALL: &str = "factcheck:";

/// An instruction to ignore that stands in the draft.
pub(super) struct Instruction<'t> {
    /// The comment, in the file.
    pub(super) comment: Span,
    /// The prose that it is about; none for what is no instruction.
    pub(super) span: Option<Span>,
    /// The reason that it gives.
    pub(super) reason: &'t str,
}

/// The instructions to ignore that stand in the draft: `<!-- factcheck: ignore REASON -->` for the block that it
/// stands in or, between blocks, the next; `ignore-start REASON` and `ignore-end` for all between them.
pub(super) fn instructions<'t>(draft: &'t Draft<'_>) -> impl Iterator<Item = Instruction<'t>> {
    let mut comments = draft.prose.comments().iter().filter_map(|comment| {
        let words = comment.words(&draft.file.text).strip_prefix(CALL)?.trim();
        let (verb, reason) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        Some((comment, verb, reason.trim()))
    });
    let end = u32::try_from(draft.prose.text().len()).unwrap_or(u32::MAX);
    std::iter::from_fn(move || {
        let (comment, verb, reason) = comments.next()?;
        let at = Span { start: comment.at, end: comment.at };
        let span = match verb {
            "ignore" => Some(draft.prose.block(at)),
            "ignore-start" => {
                let until = comments.by_ref().find(|(_, verb, _)| *verb == "ignore-end");
                Some(Span { start: comment.at, end: until.map_or(end, |(comment, ..)| comment.at) })
            }
            // What is no instruction does nothing, and is said to do nothing.
            _ => None,
        };
        Some(Instruction { comment: comment.in_file, span, reason })
    })
}

/// Carries out the instructions to ignore that stand in the draft.
pub(super) fn ignore_inline(draft: &Draft<'_>, coverage: &mut Coverage) {
    for Instruction { comment, span, reason } in instructions(draft) {
        let mut is_used = false;
        for mention in span.into_iter().flat_map(|span| draft.survey.overlapping(span)) {
            is_used |= coverage.ignore(mention);
        }
        let place = IgnorePlace::Draft(comment);
        coverage.ignores.push(IgnoreUse { place, has_reason: !reason.is_empty() || span.is_none(), is_used });
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
