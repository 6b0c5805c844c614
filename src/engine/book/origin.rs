//! Where figures come from, for whoever shows it.

use super::fetch::RequestId;
use super::value::of_answer;
use super::{Book, Slot, State};
use crate::engine::names::{FigureDefinition, SourceDefinition};
use crate::formula::{Name, Quantity};
use crate::scope::Scope;

/// Where a figure comes from, by the rules.
pub(in crate::engine) struct Origin<'a> {
    /// Its definition; none for a cell that a formula names.
    pub(in crate::engine) definition: Option<FigureDefinition<'a>>,
    /// Its source.
    pub(in crate::engine) source: Option<SourceDefinition<'a>>,
    /// The column that it is taken from.
    pub(in crate::engine) column: Option<&'a str>,
    /// The slots of the figures that it is computed from.
    pub(in crate::engine) parts: Vec<usize>,
}

impl<'a> Book<'a> {
    /// The value of a slot, if it has been computed; of a cell without what it counts.
    pub(in crate::engine) fn known(&self, at: usize) -> Option<Quantity> {
        match self.slots.get(at)? {
            Slot::Figure { state: State::Done(Ok(figure)), .. } => Some(figure.quantity.clone()),
            Slot::Figure { .. } => None,
            Slot::Member { done, .. } => done.as_ref().map(|done| done.quantity().clone()),
            Slot::Cell { request, .. } => {
                let answer = self.answer(*request).ok()?.answer;
                Some(of_answer(answer, Scope::default(), false))
            }
        }
    }

    /// Where the figure of a slot comes from, by the rules.
    pub(in crate::engine) fn origin(&self, at: usize) -> Option<Origin<'a>> {
        let column = |request: RequestId| self.column_of(request);
        Some(match self.slots.get(at)? {
            Slot::Figure { definition, formula, request, .. } => {
                let source = definition.raw.source.as_ref();
                let names = match formula {
                    Some(Ok(formula)) => formula.names(),
                    _ => &[],
                };
                Origin {
                    definition: Some(*definition),
                    source: source.and_then(|source| self.names.source(&source.value)),
                    column: request.and_then(column),
                    parts: names.iter().filter_map(|name| self.slot_named(name)).collect(),
                }
            }
            Slot::Member { of, .. } => Origin { parts: Vec::new(), ..self.origin(*of)? },
            Slot::Cell { source, request, .. } => Origin {
                definition: None,
                source: Some(*source),
                column: column(*request),
                parts: Vec::new(),
            },
        })
    }

    /// The slot of a name that was asked for.
    pub(super) fn slot_named(&self, name: &Name<'_>) -> Option<usize> {
        if name.member.is_some() {
            let is_it = |slot: &Slot<'_>| matches!(slot, Slot::Member { name: it, .. } if it.head == name.head && it.member == name.member);
            return self.slots.iter().position(is_it);
        }
        if name.cell.is_none() {
            return self.by_name.get(name.head).copied();
        }
        let is_it = |slot: &Slot<'_>| matches!(slot, Slot::Cell { name: it, .. } if it.head == name.head && it.cell == name.cell);
        self.slots.iter().position(is_it)
    }
}
