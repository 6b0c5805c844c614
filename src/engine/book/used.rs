//! What claims have asked a book for.

use super::fetch::RequestId;
use super::{Book, Slot};
use crate::assessment::{TableAnswer, UsedFigure};
use crate::formula::{Formula, Name};

impl Book<'_> {
    /// Every figure that was asked for, in the order of its slot.
    pub(in crate::engine) fn used(&self) -> Vec<UsedFigure<'_>> {
        let table = |request: RequestId| self.answer(request).ok();
        let used = self.slots.iter().map(|slot| match slot {
            Slot::Figure { definition, request, formula, .. } => UsedFigure {
                name: Name { head: definition.name, cell: None, member: None, span: definition.name_span },
                table: request.and_then(table),
                defined: Some((definition.file, definition.name_span)),
                parts: match formula {
                    Some(Ok(formula)) => self.whole_figures(formula),
                    _ => Vec::new(),
                },
            },
            Slot::Cell { name, request, .. } => {
                UsedFigure { name: name.clone(), table: table(*request), defined: None, parts: Vec::new() }
            }
            Slot::Member { name, of, done } => {
                let own = done.as_ref().and_then(|done| done.answer());
                let (request, defined) = match self.slots.get(*of) {
                    Some(Slot::Figure { request, definition, .. }) => {
                        (*request, Some((definition.file, definition.name_span)))
                    }
                    _ => (None, None),
                };
                let whole = request.and_then(table).zip(own);
                let table = whole.map(|(whole, answer)| TableAnswer { answer, ..whole });
                UsedFigure { name: name.clone(), table, defined, parts: Vec::new() }
            }
        });
        used.collect()
    }

    /// The slots of the figures that a formula names, other than cells and single values of series.
    fn whole_figures(&self, formula: &Formula<'_>) -> Vec<usize> {
        let names = formula.names().iter().filter(|name| name.cell.is_none() && name.member.is_none());
        names.filter_map(|name| self.by_name.get(name.head).copied()).collect()
    }

    /// Marks what has been asked for up to now as asked for by claims.
    pub(in crate::engine) fn claimed(&mut self) {
        self.claimed = self.slots.len();
    }

    /// Whether a claim uses a figure.
    pub(in crate::engine) fn is_claimed(&self, name: &str) -> bool {
        self.slots
            .iter()
            .take(self.claimed)
            .any(|slot| matches!(slot, Slot::Figure { definition, .. } if definition.name == name))
    }

    /// Whether claims rest on a source.
    pub(in crate::engine) fn is_claimed_source(&self, name: &str) -> bool {
        self.slots.iter().take(self.claimed).any(|slot| match slot {
            Slot::Figure { definition, .. } => {
                let raw = definition.raw;
                raw.source.as_ref().is_some_and(|source| &*source.value.0 == name)
                    || raw.sql.as_ref().is_some_and(|sql| has_word(&sql.value, name))
            }
            Slot::Cell { source, .. } => source.name == name,
            // Its series has a slot before it.
            Slot::Member { .. } => false,
        })
    }
}

/// Whether a query has a name in it. It may not have been run, and who is to run it may not be there.
fn has_word(query: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    query.split(|c| !is_part(c)).any(|word| word.eq_ignore_ascii_case(name))
}
