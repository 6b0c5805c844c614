//! Periods for which a table has no row.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::super::columns::ColumnId;
use super::super::request::{Bound, Condition, End, Test};
use super::Trap;
use crate::series::{Gap, Series, Step, Turn, gaps};

/// Periods in a row for which there is no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hole {
    /// The first and last.
    pub gap: Gap,
    /// Whether the rows end before it: what is missing may not be out yet.
    pub is_at_end: bool,
}

/// The periods that rows are selected by, and those that are there.
#[derive(Debug)]
pub(super) struct Periods {
    column: ColumnId,
    name: String,
    first: Option<Edge>,
    last: Option<Edge>,
    there: BTreeSet<Turn>,
    /// Whether every cell so far is a period, and of one kind.
    is_sound: bool,
}

/// An end of the range that a figure asks for.
#[derive(Clone, Copy, Debug)]
enum Edge {
    Day(Date),
    Year(i32),
}

impl Edge {
    /// The period of this kind that it lies in.
    fn turn(self, step: Step) -> Option<Turn> {
        match self {
            Self::Day(day) => Turn::of(day, step),
            Self::Year(year) => Turn::read(&year.to_string()).filter(|turn| turn.step() == step),
        }
    }
}

/// So many periods are kept, at most.
const MOST: usize = 20_000;

/// What the conditions ask for, by the name of their column.
pub(super) struct Asked {
    name: String,
    first: Option<Edge>,
    last: Option<Edge>,
}

impl Asked {
    pub(super) fn in_column(self, column: ColumnId) -> Periods {
        let Self { name, first, last } = self;
        Periods { column, name, first, last, there: BTreeSet::new(), is_sound: true }
    }
}

impl Periods {
    /// The range of periods that conditions ask for, where they do.
    pub(super) fn asked_for<'a>(conditions: &[Condition<'a>]) -> Option<(&'a str, Asked)> {
        let mut found: Option<(&'a str, Asked)> = None;
        for condition in conditions {
            let year = |edge: rust_decimal::Decimal| i32::try_from(edge).ok().map(Edge::Year);
            let (first, last) = match &condition.test {
                Test::Days { end: End::First, day, .. } => (Some(Edge::Day(*day)), None),
                Test::Days { end: End::Last, day, .. } => (None, Some(Edge::Day(*day))),
                Test::Number(Bound::AtLeast, edge) => (year(*edge), None),
                Test::Number(Bound::AtMost, edge) => (None, year(*edge)),
                _ => continue,
            };
            match &mut found {
                None => {
                    let name = condition.column.to_owned();
                    found = Some((condition.column, Asked { name, first, last }));
                }
                Some((column, asked)) if *column == condition.column => {
                    asked.first = asked.first.or(first);
                    asked.last = asked.last.or(last);
                }
                Some(_) => {}
            }
        }
        found
    }

    pub(super) fn column(&self) -> ColumnId {
        self.column
    }

    pub(super) fn cell(&mut self, text: &str) {
        if !self.is_sound {
            return;
        }
        let step = self.there.first().map(|turn| turn.step());
        match Turn::read(text) {
            Some(turn) if step.is_none_or(|step| step == turn.step()) && self.there.len() < MOST => {
                self.there.insert(turn);
            }
            _ => self.is_sound = false,
        }
    }

    pub(super) fn finish(self) -> Option<Trap> {
        let there: Vec<Turn> = self.there.into_iter().collect();
        let (begins, ends) = (*there.first()?, *there.last()?);
        // On most days nothing need happen.
        if !self.is_sound || begins.step() == Step::Day {
            return None;
        }
        let between = gaps(&there).into_iter().map(|gap| Hole { gap, is_at_end: false });
        let asked = |edge: Option<Edge>| edge.and_then(|edge| edge.turn(begins.step()));
        let before = asked(self.first).filter(|first| *first < begins);
        let before =
            before.map(|first| Hole { gap: Gap { first, last: begins.after(-1) }, is_at_end: false });
        let after = asked(self.last).filter(|last| *last > ends);
        let after = after.map(|last| Hole { gap: Gap { first: ends.after(1), last }, is_at_end: true });
        let holes: Vec<Hole> = before.into_iter().chain(between).chain(after).collect();
        (!holes.is_empty()).then_some(Trap::MissingPeriods { column: self.name, holes })
    }
}

/// The periods that a series lacks.
pub(super) fn holes_in_series(series: &Series, column: &str) -> Option<Trap> {
    let turns = series.turns()?;
    if turns.first()?.step() == Step::Day {
        return None;
    }
    let holes: Vec<Hole> = gaps(turns).into_iter().map(|gap| Hole { gap, is_at_end: false }).collect();
    (!holes.is_empty()).then(|| Trap::MissingPeriods { column: column.to_owned(), holes })
}
