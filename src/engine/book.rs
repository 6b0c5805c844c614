//! The figures of a story: names looked up, tables read once each, values with their provenance.

mod conditions;
mod cross;
mod described;
mod fetch;
mod files;
mod literal;
mod member;
mod origin;
mod revised;
mod supposed;
mod taken;

pub(super) use described::{sheet_options, table_format};
pub(super) use fetch::beside;
pub(super) use revised::Overtaken;
pub(super) use supposed::{Supposed, SupposedValue};

use std::collections::HashMap;
use std::rc::Rc;

use jiff::civil::Date;

use super::complaints::{Unknown, of_formula, scope};
use super::ledger::Ledger;
use super::memo::Memo;
use super::names::{FigureDefinition, Names, SourceDefinition};
use super::root::Root;
use crate::assessment::{FileText, TableAnswer, UsedFigure};
use crate::claim::{Complaint, RawFigure, RawKind, RawScope, RawSource, RawText, Spanned};
use crate::formula::{Context, Formula, FormulaError, Name, Quantity};
use crate::hedge::{Lexicon, Widths};
use crate::number::Interval;
use crate::scope::{Facets, FiscalYear, Scope};
use crate::source::{Answer, Content, Request};
use crate::system::System;
use fetch::{RequestId, Table};
use member::Member;

/// What the figures of all stories are taken with.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) system: &'a dyn System,
    pub(super) root: &'a Root,
    pub(super) lexicon: &'a Lexicon,
    pub(super) widths: Widths,
    pub(super) fiscal: FiscalYear,
    /// What tables have answered, where it is kept from one check to the next.
    pub(super) memo: Option<&'a Memo>,
    /// What sources are held against; where there is one, their files are hashed.
    pub(super) ledger: Option<&'a Ledger>,
}

/// A figure with a value.
#[derive(Clone, Debug)]
struct Figure {
    quantity: Quantity,
    printed: Option<Printed>,
}

/// What the digits and words of a figure say besides its value.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    /// Where the value would lie by the rounding that its printed digits imply.
    pub(super) implied: Option<Interval>,
    /// The words that hedge it ("more than").
    pub(super) hedge: Option<String>,
}

/// Something wrong with the definition of a figure or source, in its rule file.
#[derive(Clone, Debug)]
pub(super) struct Trouble<'a> {
    pub(super) file: &'a FileText<'a>,
    pub(super) complaint: Complaint,
}

/// A figure on its way to a value.
enum Slot<'a> {
    /// Defined by `[figure.name]`.
    Figure {
        definition: FigureDefinition<'a>,
        formula: Option<Result<Formula<'a>, FormulaError>>,
        /// Another way to the same number.
        cross: Option<Result<Formula<'a>, FormulaError>>,
        request: Option<RequestId>,
        state: State,
    },
    /// A cell that a formula names.
    Cell { name: Name<'a>, source: SourceDefinition<'a>, request: RequestId },
    /// A value of a series that a formula names by its key; `of` is the series' slot.
    Member { name: Name<'a>, of: usize, done: Option<Box<Member>> },
}

#[derive(Clone)]
enum State {
    New,
    Open,
    Done(Result<Rc<Figure>, String>),
}

/// The figures that the formulas of one story use.
pub(super) struct Book<'a> {
    desk: Desk<'a>,
    names: &'a Names<'a>,
    facets: &'a Facets,
    slots: Vec<Slot<'a>>,
    by_name: HashMap<&'a str, usize>,
    tables: Vec<Table<'a>>,
    /// The day on which the story was published.
    published: Option<Date>,
    /// About how many figures are asked for.
    expected: usize,
    /// The slots before this one are there for claims.
    claimed: usize,
    /// The files of sources that are no tables, where they are asked for.
    documents: Vec<(SourceDefinition<'a>, Content)>,
    /// Values that figures have instead of their own.
    supposed: Supposed,
    pub(super) troubles: Vec<Trouble<'a>>,
}

impl<'a> Book<'a> {
    pub(super) fn new(
        desk: Desk<'a>,
        names: &'a Names<'a>,
        facets: &'a Facets,
        published: Option<Date>,
    ) -> Self {
        Self {
            desk,
            names,
            facets,
            slots: Vec::new(),
            by_name: HashMap::new(),
            tables: Vec::new(),
            published,
            expected: 0,
            claimed: 0,
            documents: Vec::new(),
            supposed: Supposed::new(),
            troubles: Vec::new(),
        }
    }

    /// Makes room for about as many figures.
    pub(super) fn expect(&mut self, figures: usize) {
        self.expected = figures;
        self.slots.reserve(figures);
    }

    /// Whether a figure of that name is defined.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.names.figure(name).is_some()
    }

    /// The slot of a name, made where it is asked for first, with those of the figures that it is computed from.
    pub(super) fn slot(&mut self, name: &Name<'a>) -> Result<usize, Unknown> {
        if name.member.is_some() {
            return self.member_slot(name);
        }
        // Most figures are cells, and most cells are named once: they are not looked up.
        if name.cell.is_none()
            && let Some(at) = self.by_name.get(name.head)
        {
            return Ok(*at);
        }
        let slot = match &name.cell {
            Some((row, column)) => {
                // Mostly it is the source that was named last, which is seen without a hash.
                let last = self.tables.last().map(|table| table.source);
                let source = last
                    .filter(|last| last.name == name.head)
                    .or_else(|| self.names.source(name.head))
                    .ok_or_else(|| self.names.unknown_source(name.head))?;
                let request = fetch::cell_request(row, column);
                let request = self.ask(source, request);
                Slot::Cell { name: name.clone(), source, request }
            }
            None => {
                let definition =
                    self.names.figure(name.head).ok_or_else(|| self.names.unknown_figure(name.head))?;
                self.figure_slot(definition)
            }
        };
        self.slots.push(slot);
        let at = self.slots.len() - 1;
        if name.cell.is_none() {
            self.by_name.insert(name.head, at);
            self.follow(at);
        }
        Ok(at)
    }

    fn figure_slot(&mut self, definition: FigureDefinition<'a>) -> Slot<'a> {
        let raw: &'a RawFigure<'a> = definition.raw;
        let parse = |text: &'a Spanned<RawText<'a>>| Formula::parse(&text.value.0, self.desk.fiscal);
        let formula = raw.formula.as_ref().map(parse);
        let cross = raw.cross_check.as_ref().map(parse);
        let mut state = State::New;
        let mut request = None;
        if raw.column.is_some() || raw.cell.is_some() {
            match self.table_request(definition) {
                Ok((source, asked)) => request = Some(self.ask(source, asked)),
                Err(complaint) => state = State::Done(Err(self.trouble(definition.file, complaint))),
            }
        }
        Slot::Figure { definition, formula, cross, request, state }
    }

    /// Makes the slots of the figures that a computed figure names.
    fn follow(&mut self, at: usize) {
        let Some(Slot::Figure { formula, cross, .. }) = self.slots.get(at) else { return };
        let formulas = [formula, cross].into_iter().flatten().flatten();
        let names: Vec<Name<'a>> = formulas.flat_map(Formula::names).cloned().collect();
        for name in names {
            // What is unknown is said when the value is asked for.
            _ = self.slot(&name);
        }
    }

    fn ask(&mut self, source: SourceDefinition<'a>, request: Request<'a>) -> RequestId {
        // Mostly it is the source that was asked last.
        let known = self.tables.iter().rposition(|table| table.is_of(source));
        let table = known.unwrap_or_else(|| {
            // Mostly there is one source.
            let expected = if self.tables.is_empty() { self.expected } else { 0 };
            self.tables.push(Table::new(source, expected));
            self.tables.len() - 1
        });
        let request = self.tables.get_mut(table).map_or(0, |table| table.ask(request));
        RequestId { table, request }
    }

    fn trouble(&mut self, file: &'a FileText<'a>, complaint: Complaint) -> String {
        let message = complaint.message.clone();
        self.troubles.push(Trouble { file, complaint });
        message
    }

    /// Computes what no claim has asked for, so that what is wrong with it is said.
    pub(super) fn complete(&mut self) {
        for at in 0..self.slots.len() {
            match self.slots.get(at) {
                // A cell has been read; only its scope may still be wrong.
                Some(Slot::Cell { source, request, .. }) => {
                    let (source, request) = (*source, *request);
                    _ = self.source_scope(source, request);
                }
                Some(Slot::Member { .. }) => {}
                _ => _ = self.figure(at),
            }
        }
    }

    /// The value of a slot; why there is none, in words.
    pub(super) fn quantity(&mut self, at: usize) -> Result<Quantity, String> {
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
    pub(super) fn printed(&self, at: usize) -> Option<&Printed> {
        match self.slots.get(at)? {
            Slot::Figure { state: State::Done(Ok(figure)), .. } => figure.printed.as_ref(),
            _ => None,
        }
    }

    /// The figure of a slot that is no cell; why there is none, in words.
    fn figure(&mut self, at: usize) -> Result<Rc<Figure>, String> {
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

    fn answer(&self, id: RequestId) -> Result<TableAnswer<'_>, String> {
        match self.tables.get(id.table) {
            Some(table) => table.answer(id.request),
            None => Err("its source was not read".to_owned()),
        }
    }

    fn of_table(
        &mut self,
        definition: FigureDefinition<'a>,
        request: RequestId,
    ) -> Result<Rc<Figure>, String> {
        if let Err(message) = self.answer(request) {
            // What is wrong with the source itself has been said at the source.
            if !message.starts_with("the source") {
                let message = format!("the figure `{}`: {message}", definition.name);
                let complaint = Complaint::new(definition.name_span, message);
                self.troubles.push(Trouble { file: definition.file, complaint });
            }
            return Err(message);
        }
        let of_source = self.tables.get(request.table).map(|table| table.source);
        let below = of_source.map_or(Ok(Scope::default()), |source| self.source_scope(source, request))?;
        let own = self.scope(definition.raw.scope.as_deref(), definition.file)?;
        let is_stock = definition.raw.kind.as_ref().is_some_and(|kind| kind.value == RawKind::Stock);
        let answer = self.answer(request)?.answer;
        Ok(Rc::new(Figure { quantity: of_answer(answer, own.over(&below), is_stock), printed: None }))
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
    fn source_scope(&mut self, source: SourceDefinition<'a>, request: RequestId) -> Result<Scope, String> {
        let raw: &RawSource<'a> = source.raw;
        if raw.scope.is_none() && raw.columns.is_empty() {
            return Ok(Scope::default());
        }
        let table = self.tables.get(request.table);
        let column = table.map_or("", |table| table.column(request.request));
        let of_column = raw.columns.iter().find(|(name, _)| &*name.value == column);
        let of_column = of_column.and_then(|(_, column)| column.scope.as_deref());
        let own = self.scope(of_column, source.file)?;
        Ok(own.over(&self.scope(raw.scope.as_deref(), source.file)?))
    }

    /// A scope as rules write it.
    pub(super) fn scope(
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

    /// Every figure that was asked for, in the order of its slot.
    pub(super) fn used(&self) -> Vec<UsedFigure<'_>> {
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
    pub(super) fn claimed(&mut self) {
        self.claimed = self.slots.len();
    }

    /// Whether a claim uses a figure.
    pub(super) fn is_claimed(&self, name: &str) -> bool {
        self.slots
            .iter()
            .take(self.claimed)
            .any(|slot| matches!(slot, Slot::Figure { definition, .. } if definition.name == name))
    }

    /// Whether claims rest on a source.
    pub(super) fn is_claimed_source(&self, name: &str) -> bool {
        self.slots.iter().take(self.claimed).any(|slot| match slot {
            Slot::Figure { definition, .. } => {
                definition.raw.source.as_ref().is_some_and(|source| &*source.value.0 == name)
            }
            Slot::Cell { source, .. } => source.name == name,
            // Its series has a slot before it.
            Slot::Member { .. } => false,
        })
    }
}

/// What a table answers is certain.
fn of_answer(answer: &Answer, scope: Scope, is_stock: bool) -> Quantity {
    let (nominal, unit) = (answer.value, answer.unit);
    let series = answer.series.clone();
    Quantity { nominal, range: Interval::point(nominal), unit, scope, is_stock, series }
}
