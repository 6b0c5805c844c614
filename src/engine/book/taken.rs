//! What figures take from sources.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::fetch::{RequestId, Table};
use super::{Book, Slot};
use crate::engine::dossier::stated;
use crate::engine::names::SourceDefinition;
use crate::lock::LockedValue;
use crate::source::{Answer, Content};
use crate::unit::Unit;

/// A figure that comes from a source.
pub(in crate::engine) struct Taken<'a> {
    /// The source; several where a query takes it from several.
    pub(in crate::engine) sources: Vec<SourceDefinition<'a>>,
    /// As formulas name it.
    pub(in crate::engine) name: String,
    /// Its value in the source; none where it cannot be had.
    pub(in crate::engine) value: Option<LockedValue>,
    /// The unit, where it comes from a table.
    pub(in crate::engine) unit: Option<Unit>,
}

impl<'a> Book<'a> {
    /// How many slots there are.
    pub(in crate::engine) fn slots(&self) -> usize {
        self.slots.len()
    }

    /// The sources that anything was asked of; one that figures are stated from as often as there are such figures.
    pub(in crate::engine) fn sources(&self) -> impl Iterator<Item = SourceDefinition<'a>> {
        let stated = (0..self.slots.len()).filter_map(|at| self.stated_from(at));
        let queried = (0..self.queries.len()).flat_map(|query| self.query_sources(query)).copied();
        self.tables.iter().map(|table| table.source).chain(stated).chain(queried)
    }

    /// Whether anything of that name was asked for.
    pub(in crate::engine) fn has_slot(&self, name: &str) -> bool {
        self.slots.iter().any(|slot| match slot {
            Slot::Figure { definition, .. } => definition.name == name,
            Slot::Cell { name: own, .. } | Slot::Member { name: own, .. } => own.to_string() == name,
        })
    }

    /// What the figure of a slot takes from a source; `None` where it has none. A series has no value of its own: those that
    /// formulas name are told.
    pub(in crate::engine) fn taken(&self, at: usize) -> Option<Taken<'a>> {
        let (sources, name, request) = match self.slots.get(at)? {
            Slot::Cell { name, source, request } => (vec![*source], name.to_string(), Some(*request)),
            Slot::Figure { definition, request, .. } => {
                (self.figure_sources(at), definition.name.to_owned(), *request)
            }
            Slot::Member { name, of, .. } => {
                let answer = self.member_answer(*of, name.member.unwrap_or_default());
                let (value, unit) = (answer.as_ref().and_then(locked), answer.map(|answer| answer.unit));
                return Some(Taken {
                    sources: self.figure_sources(*of),
                    name: name.to_string(),
                    value,
                    unit,
                });
            }
        };
        if sources.is_empty() {
            return None;
        }
        let Some(request) = request else {
            return Some(Taken { sources, name, value: self.stated_value(at), unit: None });
        };
        let answer = self.answer(request).ok().map(|table| table.answer);
        let answer = answer.filter(|answer| answer.series.is_none());
        let (value, unit) = (answer.and_then(locked), answer.map(|answer| answer.unit));
        Some(Taken { sources, name, value, unit })
    }

    /// What a value of a series was taken from, by its key.
    fn member_answer(&self, of: usize, key: &str) -> Option<Answer> {
        let Slot::Figure { request: Some(request), .. } = self.slots.get(of)? else { return None };
        let answer = self.answer(*request).ok()?.answer;
        let place = answer.series.as_ref()?.position(key)?;
        Some(answer.of_member(place))
    }

    /// The source of a figure whose value stands in the rules.
    pub(super) fn stated_from(&self, at: usize) -> Option<SourceDefinition<'a>> {
        match self.slots.get(at)? {
            Slot::Figure { request: None, .. } => self.named_source(at),
            _ => None,
        }
    }

    /// The file of a source, as it was read.
    pub(in crate::engine) fn content(&self, source: SourceDefinition<'_>) -> Option<Content> {
        let of_table = self.tables.iter().find(|table| table.is_of(source)).and_then(Table::content);
        let of_document = || self.documents.iter().find(|(known, _)| std::ptr::eq(known.raw, source.raw));
        of_table.or_else(|| of_document().map(|(_, content)| *content))
    }

    /// The sources that figures come from, also by way of the figures that they are computed from.
    pub(in crate::engine) fn sources_below(
        &self,
        slots: impl Iterator<Item = usize>,
    ) -> Vec<SourceDefinition<'a>> {
        let sources = |at: usize| match self.slots.get(at) {
            Some(Slot::Cell { source, .. }) => vec![*source],
            Some(Slot::Member { of, .. }) => self.figure_sources(*of),
            _ => self.figure_sources(at),
        };
        self.below(slots).into_iter().flat_map(sources).collect()
    }

    /// These slots, and those of the figures that they are computed from.
    pub(in crate::engine) fn below(&self, slots: impl Iterator<Item = usize>) -> BTreeSet<usize> {
        let mut waiting: Vec<usize> = slots.collect();
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        while let Some(at) = waiting.pop() {
            if seen.insert(at) {
                waiting.extend(self.origin(at).into_iter().flat_map(|origin| origin.parts));
            }
        }
        seen
    }

    /// Whether a figure is another, or computed from it.
    pub(super) fn rests_on(&self, at: usize, other: usize) -> bool {
        self.below(std::iter::once(at)).contains(&other)
    }

    /// The sources that a figure is taken from, by its name there or by its query.
    pub(super) fn figure_sources(&self, at: usize) -> Vec<SourceDefinition<'a>> {
        match self.slots.get(at) {
            Some(Slot::Figure { request: Some(RequestId::Query(query)), .. }) => {
                self.query_sources(*query).to_vec()
            }
            _ => self.named_source(at).into_iter().collect(),
        }
    }

    fn named_source(&self, at: usize) -> Option<SourceDefinition<'a>> {
        let Slot::Figure { definition, .. } = self.slots.get(at)? else { return None };
        self.source_of(*definition).ok().flatten()
    }

    fn stated_value(&self, at: usize) -> Option<LockedValue> {
        let Slot::Figure { definition, .. } = self.slots.get(at)? else { return None };
        stated(definition.raw).map(LockedValue::Stated)
    }
}

/// The value of an answer as it is written.
fn locked(answer: &Answer) -> Option<LockedValue> {
    let written = answer.value.checked_mul(Decimal::from(answer.unit.written_factor()))?;
    Some(LockedValue::Taken(written.normalize(), answer.unit.name().into_owned()))
}
