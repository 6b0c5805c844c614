//! What the slots of a book come to.

use std::rc::Rc;

use super::fetch::RequestId;
use super::{Book, Figure, Printed, Slot, State, Trouble};
use crate::assessment::{FileText, TableAnswer};
use crate::claim::{Complaint, RawKind, RawScope, RawSource};
use crate::engine::complaints::{of_formula, scope};
use crate::engine::names::{FigureDefinition, SourceDefinition};
use crate::formula::{Context, Quantity};
use crate::number::Interval;
use crate::scope::Scope;
use crate::source::Answer;

impl<'a> Book<'a> {
    /// The value of a slot; why there is none, in words.
    pub(in crate::engine) fn quantity(&mut self, at: usize) -> Result<Quantity, String> {
        let Some(Slot::Cell { source, request, .. }) = self.slots.get(at) else {
            if let Some(Slot::Member { .. }) = self.slots.get(at) {
                let quantity = self.member(at)?;
                return Ok(self.as_supposed(at, quantity));
            }
            return self.figure(at).map(|figure| figure.quantity.clone());
        };
        let (source, request) = (*source, *request);
        let scope = self.source_scope(source, request)?;
        let answer = self.answer(request)?.answer;
        let quantity = of_answer(answer, scope, false);
        Ok(if self.supposed.is_empty() { quantity } else { self.as_supposed(at, quantity) })
    }

    /// How the value of a slot is printed in its rule file; `None` for what is computed, or comes from a table.
    pub(in crate::engine) fn printed(&self, at: usize) -> Option<&Printed> {
        match self.slots.get(at)? {
            Slot::Figure { state: State::Done(Ok(figure)), .. } => figure.printed.as_ref(),
            _ => None,
        }
    }

    /// The figure of a slot that is no cell; why there is none, in words.
    pub(super) fn figure(&mut self, at: usize) -> Result<Rc<Figure>, String> {
        let (definition, request) = match self.slots.get_mut(at) {
            None | Some(Slot::Cell { .. } | Slot::Member { .. }) => {
                return Err("there is no such figure".to_owned());
            }
            Some(Slot::Figure { state: State::Done(done), .. }) => return done.clone(),
            Some(Slot::Figure { state: State::Open, definition, .. }) => {
                let complaint = Complaint::new(
                    definition.name_span,
                    format!("the figure `{}` is computed from itself", definition.name),
                );
                let file = definition.file;
                return Err(self.trouble(file, complaint));
            }
            Some(Slot::Figure { state, definition, request, .. }) => {
                *state = State::Open;
                (*definition, *request)
            }
        };
        let figure = match request {
            Some(request) => self.of_table(definition, request),
            None if definition.raw.formula.is_some() => self.computed(at, definition),
            None => self.literal(definition),
        };
        let figure = match figure {
            Ok(first) if !definition.raw.revised.0.is_empty() => self.as_published(definition, first),
            figure => figure,
        };
        let figure = match figure {
            Ok(figure) if self.supposed.contains_key(&at) => {
                let quantity = self.as_supposed(at, figure.quantity.clone());
                Ok(Rc::new(Figure { quantity, printed: figure.printed.clone() }))
            }
            figure => figure,
        };
        if let Some(Slot::Figure { state, .. }) = self.slots.get_mut(at) {
            *state = State::Done(figure.clone());
        }
        figure
    }

    pub(super) fn answer(&self, id: RequestId) -> Result<TableAnswer<'_>, String> {
        match id {
            RequestId::Query(query) => self.query_answer(query),
            RequestId::Table { table, request } => match self.tables.get(table) {
                Some(table) => table.answer(request),
                None => Err("its source was not read".to_owned()),
            },
        }
    }

    fn of_table(
        &mut self,
        definition: FigureDefinition<'a>,
        request: RequestId,
    ) -> Result<Rc<Figure>, String> {
        if let Err(message) = self.answer(request) {
            // What is wrong with the source itself has been said at the source, and of a query at the query.
            if !message.starts_with("the source") && !matches!(request, RequestId::Query(_)) {
                let message = format!("the figure `{}`: {message}", definition.name);
                let complaint = Complaint::new(definition.name_span, message);
                self.troubles.push(Trouble { file: definition.file, complaint });
            }
            return Err(message);
        }
        let of_source = match request {
            RequestId::Table { table, .. } => self.tables.get(table).map(|table| table.source),
            RequestId::Query(_) => self.source_of(definition).ok().flatten(),
        };
        let below = of_source.map_or(Ok(Scope::default()), |source| self.source_scope(source, request))?;
        let own = self.scope(definition.raw.scope.as_deref(), definition.file)?;
        let is_stock = definition.raw.kind.as_ref().is_some_and(|kind| kind.value == RawKind::Stock);
        let answer = self.answer(request)?.answer;
        let quantity = of_answer(answer, own.over(&below), is_stock);
        let quantity = match &definition.raw.precision {
            Some(precision) => self
                .as_precise(definition, precision, quantity)
                .map_err(|complaint| self.trouble(definition.file, complaint))?,
            None => quantity,
        };
        Ok(Rc::new(Figure { quantity, printed: None }))
    }

    /// The column that a request is about, where it names one.
    pub(super) fn column_of(&self, request: RequestId) -> Option<&'a str> {
        match request {
            RequestId::Table { table, request } => Some(self.tables.get(table)?.column(request)),
            RequestId::Query(query) => self.query_column(query),
        }
    }

    fn computed(&mut self, at: usize, definition: FigureDefinition<'a>) -> Result<Rc<Figure>, String> {
        let Some(Slot::Figure { formula: Some(formula), .. }) = self.slots.get(at) else {
            return Err("it has no formula".to_owned());
        };
        let place = definition.raw.formula.as_ref().map_or(definition.name_span, |formula| formula.span);
        let formula = match formula {
            Ok(formula) => formula.clone(),
            Err(error) => {
                let complaint = of_formula(error, definition.file, place);
                return Err(self.trouble(definition.file, complaint));
            }
        };
        let (_, quantities) = self.quantities_of(&formula, definition, place)?;
        let context = Context { facets: self.facets, over: None };
        let value = formula.evaluate(&quantities, &context).map_err(|error| {
            let complaint = of_formula(&error, definition.file, place);
            self.trouble(definition.file, complaint)
        })?;
        let own = self.scope(definition.raw.scope.as_deref(), definition.file)?;
        let is_stock = definition.raw.kind.as_ref().is_some_and(|kind| kind.value == RawKind::Stock);
        let quantity = Quantity {
            nominal: value.nominal,
            range: value.range,
            unit: value.unit,
            scope: own.over(&value.scope),
            is_stock,
            series: None,
        };
        Ok(Rc::new(Figure { quantity, printed: None }))
    }

    /// The scope of a cell: its column's over its table's.
    pub(super) fn source_scope(
        &mut self,
        source: SourceDefinition<'a>,
        request: RequestId,
    ) -> Result<Scope, String> {
        let raw: &RawSource<'a> = source.raw;
        if raw.scope.is_none() && raw.columns.is_empty() {
            return Ok(Scope::default());
        }
        let column = self.column_of(request).unwrap_or_default();
        let of_column = raw.columns.iter().find(|(name, _)| &*name.value == column);
        let of_column = of_column.and_then(|(_, column)| column.scope.as_deref());
        let own = self.scope(of_column, source.file)?;
        Ok(own.over(&self.scope(raw.scope.as_deref(), source.file)?))
    }

    /// A scope as rules write it.
    pub(in crate::engine) fn scope(
        &mut self,
        raw: Option<&RawScope<'a>>,
        file: &'a FileText<'a>,
    ) -> Result<Scope, String> {
        let Some(raw) = raw else { return Ok(Scope::default()) };
        scope(raw, self.facets, self.desk.fiscal).map_err(|complaints| {
            let message = complaints.first().map_or_else(String::new, |complaint| complaint.message.clone());
            self.troubles.extend(complaints.into_iter().map(|complaint| Trouble { file, complaint }));
            message
        })
    }
}

/// What a table answers is certain.
pub(super) fn of_answer(answer: &Answer, scope: Scope, is_stock: bool) -> Quantity {
    let (nominal, unit) = (answer.value, answer.unit);
    let series = answer.series.clone();
    Quantity { nominal, range: Interval::point(nominal), unit, scope, is_stock, series }
}
