//! What often makes a figure of many rows wrong, and stands in the rows themselves: seen while they are read.

mod cumulative;
mod duplicates;
mod periods;
mod scales;
mod totals;

pub use periods::Hole;
pub use totals::Sign;

use super::answer::{Answer, CellPlace, Printed};
use super::cell::Cell;
use super::columns::{ColumnId, Columns};
use super::place::{RowPlace, Spot};
use super::request::{Condition, Request, Select, Take};
use super::row::{Row, trimmed};
use cumulative::Climb;
use duplicates::Duplicates;
pub(super) use duplicates::RowsSeen;
use periods::Periods;
use scales::Scales;
use totals::Totals;

/// Something in the rows of a figure that often makes it wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Trap {
    /// Rows that are the same in every column: the lines of the first, two and two, and how many rows there are that
    /// repeat another.
    DuplicateRows {
        /// A row and the one that it repeats.
        pairs: Vec<(RowPlace, RowPlace)>,
        /// How many.
        rows: u64,
    },
    /// A row that seems to be the total of the others.
    TotalAmongParts {
        /// The number in it.
        cell: CellPlace,
        /// What tells it.
        sign: Sign,
    },
    /// Numbers that run on from row to row are added up.
    CumulativeSummed {
        /// The column, as the table names it.
        column: String,
        /// The cells at which the numbers begin to climb, and where they have climbed to.
        cells: [CellPlace; 2],
        /// How many rows they climb over.
        rows: u64,
    },
    /// As many rows as a program holds at most, which may have cut the rest off.
    SuspiciousCount {
        /// How many.
        rows: u64,
        /// Whether they are those of the whole table.
        is_table: bool,
    },
    /// Periods for which there is no row.
    MissingPeriods {
        /// The column of the periods.
        column: String,
        /// The periods.
        holes: Vec<Hole>,
    },
    /// Some numbers have a scale word, and some have none.
    MixedScales {
        /// One that has.
        scaled: CellPlace,
        /// One that has not.
        plain: CellPlace,
    },
}

/// What is seen of the rows of one figure.
#[derive(Debug)]
pub(super) struct Watch {
    column: ColumnId,
    keys: Option<ColumnId>,
    duplicates: Duplicates,
    totals: Totals,
    climb: Option<Climb>,
    periods: Option<Periods>,
    scales: Scales,
}

/// The most rows that common programs hold: of Excel's files up to 2003 and since, with and without the header.
const LIMITS: [u64; 4] = [65_535, 65_536, 1_048_575, 1_048_576];
/// The most that a byte counts to.
const BYTE: u64 = 255;

impl Watch {
    /// The watch over a figure of several rows; none over a single cell.
    pub(super) fn over<'a>(request: &Request<'a>, columns: &mut Columns<'a>) -> Option<Box<Self>> {
        if request.take == Take::One && request.group_by.is_none() {
            return None;
        }
        let is_added_up = matches!(request.take, Take::Sum | Take::Mean);
        let conditions: &[Condition<'_>] = match &request.select {
            Select::Where(conditions) => conditions,
            Select::Key(_) | Select::Named(_) | Select::Cell(_) => &[],
        };
        let asked = if request.group_by.is_some() { None } else { Periods::asked_for(conditions) };
        Some(Box::new(Self {
            column: columns.want(request.column),
            keys: request.group_by.map(|keys| columns.want(keys)),
            duplicates: Duplicates::default(),
            totals: Totals::default(),
            climb: is_added_up.then(Climb::default),
            periods: asked.map(|(column, asked)| asked.in_column(columns.want(column))),
            scales: Scales::default(),
        }))
    }

    /// Takes notice of a row, whose cell is `text`, and which may repeat the row on another line.
    pub(super) fn row(
        &mut self,
        row: Row<'_>,
        spot: &Spot<'_>,
        text: &str,
        repeated: Option<RowPlace>,
        columns: &Columns<'_>,
    ) {
        self.duplicates.row(spot.row, repeated);
        let place = CellPlace { row: spot.row, column: spot.column, text: Printed::new(text) };
        let number = if let Cell::Number(number) = Cell::parse(text) { Some(number) } else { None };
        let skipped =
            [Some(self.column), self.keys].map(|column| column.and_then(|column| columns.index(column)));
        let others = (0..row.len()).filter(|index| !skipped.contains(&Some(*index)));
        self.totals.row(others.map(|index| row.text(index)), place, number.map(|number| number.value));
        if let Some(number) = number {
            self.scales.cell(place, &number);
            if let Some(climb) = &mut self.climb {
                climb.cell(place, number.value);
            }
        }
        if let Some(periods) = &mut self.periods
            && columns.index(periods.column()).is_some()
        {
            periods.cell(trimmed(&columns.label(periods.column(), row)));
        }
    }

    /// What was seen, by the figure that has come of it, in a table of so many rows.
    pub(super) fn finish(
        self,
        request: &Request<'_>,
        answer: &Answer,
        columns: &Columns<'_>,
        table_rows: u64,
    ) -> Vec<Trap> {
        let is_counted = request.take == Take::Count;
        let is_series = answer.series.is_some();
        let mut traps = Vec::new();
        if !matches!(request.take, Take::One | Take::Min | Take::Max | Take::Median) {
            traps.extend(self.duplicates.finish());
        }
        if !matches!(request.take, Take::One | Take::Min | Take::Count) {
            traps.extend(self.totals.finish(request.take == Take::Sum && !is_series));
        }
        let name = columns.printed(self.column);
        traps.extend(self.climb.and_then(|climb| climb.finish([request.column, name])));
        traps.extend(suspicious(is_counted && !is_series, answer.rows, table_rows));
        traps.extend(match (&answer.series, self.periods) {
            (Some(series), _) => periods::holes_in_series(series, request.group_by.unwrap_or_default()),
            (None, Some(periods)) => periods.finish(),
            (None, None) => None,
        });
        if !is_counted {
            traps.extend(self.scales.finish());
        }
        traps
    }
}

fn suspicious(is_counted: bool, rows: u64, table_rows: u64) -> Option<Trap> {
    if LIMITS.contains(&table_rows) {
        return Some(Trap::SuspiciousCount { rows: table_rows, is_table: true });
    }
    let is_limit = is_counted && (rows == BYTE || LIMITS.contains(&rows));
    is_limit.then_some(Trap::SuspiciousCount { rows, is_table: false })
}

#[cfg(test)]
mod tests;
