//! The figures of a story: names looked up, tables read once each, values with their provenance.

mod beside;
mod conditions;
mod connection;
mod cross;
mod described;
mod fetch;
mod files;
mod literal;
mod member;
mod origin;
mod query;
mod reading;
mod relation;
mod revised;
mod supposed;
mod taken;
mod used;
mod value;

pub(super) use beside::{beside, path_of};
pub(super) use described::{sheet_options, table_format};
pub(super) use revised::Overtaken;
pub(super) use supposed::{Supposed, SupposedValue};

use std::collections::HashMap;
use std::rc::Rc;

use jiff::civil::Date;

use super::complaints::Unknown;
use super::ledger::Ledger;
use super::memo::Memo;
use super::names::{FigureDefinition, Names, SourceDefinition};
use super::queries::Queries;
use super::root::Root;
use crate::assessment::FileText;
use crate::claim::{Complaint, RawFigure, RawText, Spanned};
use crate::formula::{Formula, FormulaError, Name, Quantity};
use crate::hedge::{Lexicon, Widths};
use crate::number::Interval;
use crate::scope::{Facets, FiscalYear};
use crate::source::{Content, Request};
use crate::system::System;
use fetch::{RequestId, Table};
use member::Member;
use query::Query;

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
    /// Asks databases and engines.
    pub(super) queries: &'a Queries,
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
    queries: Vec<Query<'a>>,
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
            queries: Vec::new(),
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
        if let Some(sql) = &raw.sql {
            request = Some(self.ask_query(definition, sql));
        } else if raw.column.is_some() || raw.cell.is_some() {
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
        RequestId::Table { table, request }
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
}
