//! Claims of records: which series, how far back.

use super::{Assessor, Book, Computation, Said};
use crate::assessment::{Record, Unchecked, since_in_words};
use crate::claim::{RawClaim, RawRecord, RawValue};
use crate::series::{Extreme, Turn};
use crate::text::Span;

impl Assessor<'_, '_> {
    /// The words of a record, which need no number in them.
    pub(super) fn record_words(&self, claim: &RawClaim<'_>, quote: Span) -> Result<Said, Unchecked> {
        let (words, _) = self.words(claim, quote)?;
        Ok(Said { words, at: None, mention: None, hedge: None })
    }

    /// How the value that the formula names stands among those before it.
    pub(super) fn record(
        &self,
        claim: &RawClaim<'_>,
        kind: RawRecord,
        computation: &Computation<'_>,
        said: &Said,
        book: &mut Book<'_>,
    ) -> Result<Record, Unchecked> {
        let outside = |message: String, help: &str| Unchecked::Outside {
            message,
            help: Some(help.to_owned()),
            in_rule: claim.formula.span,
        };
        let slot = computation.slots.first().filter(|_| computation.formula.is_figure());
        let Some((series, at)) = slot.and_then(|slot| book.series_of(*slot)) else {
            return Err(outside(
                "a record is one value of a series, and the formula names none".to_owned(),
                "name it by its key: encounters_by_month[\"2025-03\"], where that figure has `group_by`",
            ));
        };
        let extreme = match kind {
            RawRecord::Highest => Extreme::Highest,
            RawRecord::Lowest => Extreme::Lowest,
        };
        let since = self.since(claim, said.words)?;
        let standing = series.standing(at, extreme, since).map_err(|error| {
            outside(
                format!("the series cannot tell a record: {error}"),
                "group the series by years, quarters, months or days, and go back to one of its periods or to a year",
            )
        })?;
        Ok(Record { series, extreme, since, standing })
    }

    /// How far back the words go: by the rule, or else by themselves.
    fn since(&self, claim: &RawClaim<'_>, words: Span) -> Result<Option<Turn>, Unchecked> {
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
        since_in_words(words.of(self.draft.prose.text())).map_err(|unread| Unchecked::Words {
            message: format!("nothing tells which period \"{unread}\" goes back to"),
            help: Some("say it in the rule: since = \"2017\"".to_owned()),
            in_draft: Some(words),
            in_rule: claim.quote.span,
        })
    }
}
