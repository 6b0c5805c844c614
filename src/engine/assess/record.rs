//! Claims of records and first times: which series, how far back, and which words.

use std::sync::Arc;

use super::{Assessor, Book, Computation, Said};
use crate::assessment::{
    Feat, First, Held, NoFirst, Record, Unchecked, first_since_in_words, hold_record, is_first_in_words,
    since_in_words,
};
use crate::claim::{RawClaim, RawRecord, RawValue};
use crate::formula::Value;
use crate::series::{Effect, Extreme, NoStanding, Series, Turn};
use crate::text::Span;

/// A value of a series, by its place.
type Place = (Arc<Series>, usize);

/// The value of a series that the formula of a claim names.
pub(super) fn series_of(
    claim: &RawClaim<'_>,
    computation: &Computation<'_>,
    book: &mut Book<'_>,
) -> Result<Place, Unchecked> {
    let slot = computation.slots.first().filter(|_| computation.formula.is_figure());
    slot.and_then(|slot| book.series_of(*slot)).ok_or_else(|| Unchecked::Outside {
        message: "a record is one value of a series, and the formula names none".to_owned(),
        help: Some(
            "name it by its key: encounters_by_month[\"2025-03\"], where that figure has `group_by`"
                .to_owned(),
        ),
        in_rule: claim.formula.span,
    })
}

impl Assessor<'_, '_> {
    /// The words of a record, which need no number in them.
    pub(super) fn record_words(&self, claim: &RawClaim<'_>, quote: Span) -> Result<Said, Unchecked> {
        let (words, _) = self.words(claim, quote)?;
        Ok(Said { words, at: None, mention: None, hedge: None })
    }

    /// How a value of a series stands among those before it, and what is said of it.
    pub(super) fn record(
        &self,
        claim: &RawClaim<'_>,
        kind: RawRecord,
        (series, at): Place,
        said: &Said,
        quote: Span,
        value: &Value,
    ) -> Result<(Record, Held), Unchecked> {
        let untold = |error: NoStanding| {
            Unchecked::Outside {
            message: format!("the series cannot tell a record: {error}"),
            help: Some(
                "group the series by years, quarters, months or days, and go back to one of its periods or to a year"
                    .to_owned(),
            ),
            in_rule: claim.formula.span,
        }
        };
        let extreme = match kind {
            RawRecord::Highest => Extreme::Highest,
            RawRecord::Lowest => Extreme::Lowest,
            RawRecord::First => {
                let first = self.first(claim, said, quote, &series, at)?;
                let own = series.turns().and_then(|turns| turns.get(at)).copied();
                let own = own.ok_or(NoStanding::NoOrder).map_err(untold)?;
                let since = self.since(claim, quote, |words| first_since_in_words(words, own))?;
                let widths = &self.desk.widths;
                let effects = first.effects(value, series.values().take(at), widths);
                let effect = |place: usize| effects.get(place).copied().unwrap_or(Effect::None);
                let standing = series.held_against(at, since, effect).map_err(untold)?;
                let record = Record { series, feat: Feat::First, since, standing };
                let held = first.held(value, &record, widths);
                return Ok((record, held));
            }
        };
        let since = self.since(claim, said.words, since_in_words)?;
        let standing = series.standing(at, extreme, since).map_err(untold)?;
        let record = Record { series, feat: Feat::Extreme(extreme), since, standing };
        let held = hold_record(value, extreme, &record);
        Ok((record, held))
    }

    /// The number that is passed or reached for the first time.
    fn first(
        &self,
        claim: &RawClaim<'_>,
        said: &Said,
        quote: Span,
        series: &Series,
        at: usize,
    ) -> Result<First, Unchecked> {
        let mention = said.mention.ok_or_else(|| self.no_number(claim, said))?;
        let text = self.draft.prose.text();
        let words = said.words.of(text);
        let refused = |reason: NoFirst<'_>| Unchecked::Words {
            message: reason.to_string(),
            help: Some(reason.help().to_owned()),
            in_draft: Some(said.words),
            in_rule: claim.says.as_ref().map_or(claim.quote.span, |says| says.span),
        };
        is_first_in_words(quote.of(text), words).map_err(refused)?;
        let verb = self.desk.lexicon.threshold_before(text, mention.span.range().start);
        let before = at.checked_sub(1).and_then(|before| series.members().get(before));
        let fell = before.zip(series.members().get(at)).is_some_and(|(before, own)| before.value > own.value);
        First::new(mention, verb, fell).ok_or_else(|| refused(NoFirst::NoSide(words)))
    }

    /// How far back the words go: by the rule, or else by themselves, as `read` finds it.
    fn since(
        &self,
        claim: &RawClaim<'_>,
        words: Span,
        read: impl FnOnce(&str) -> Result<Option<Turn>, &str>,
    ) -> Result<Option<Turn>, Unchecked> {
        if let Some(since) = &claim.since {
            let text = match &since.value {
                RawValue::Text(text) => text.to_string(),
                RawValue::Number(number) => number.normalize().to_string(),
            };
            let turn = Turn::read(&text);
            return turn.map(Some).ok_or_else(|| Unchecked::Outside {
                message: format!("`{text}` is no period that a record could go back to"),
                help: Some("write 2017, FY2017, 2017-Q1, 2017-03 or 2017-03-28".to_owned()),
                in_rule: since.span,
            });
        }
        read(words.of(self.draft.prose.text())).map_err(|unread| Unchecked::Words {
            message: format!("nothing tells which period \"{unread}\" goes back to"),
            help: Some("say it in the rule: since = \"2017\"".to_owned()),
            in_draft: Some(words),
            in_rule: claim.quote.span,
        })
    }
}
