//! Where rows and cells stand, in their file and on the screen.

use std::fmt;
use std::sync::Arc;

use super::workbook::grid::{Hiding, SheetRow};
use crate::text::Counting;

/// Where a row begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowPlace {
    /// In which of the files of its table, from 0.
    pub file: u32,
    /// The line, from 1; in a spreadsheet the row, as programs number it.
    pub line: u64,
    /// What is counted.
    pub counting: Counting,
}

impl RowPlace {
    /// A line of the first file.
    pub fn line(line: u64) -> Self {
        Self { file: 0, line, counting: Counting::Lines }
    }
}

/// As messages put it: `line 7`, `row 7`.
impl fmt::Display for RowPlace {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.counting == Counting::Cells { "row" } else { "line" };
        write!(out, "{what} {}", self.line)
    }
}

/// A cell on its way into a figure: where it stands, and who would see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'r> {
    pub(super) row: RowPlace,
    /// Its column and its sheet, in a spreadsheet.
    pub(super) column: Option<u32>,
    pub(super) sheet: Option<&'r Arc<str>>,
    pub(super) hiding: Hiding,
}

impl<'r> Spot<'r> {
    /// In a table without sheets.
    pub(super) fn in_text(row: RowPlace) -> Self {
        Self { row, column: None, sheet: None, hiding: Hiding::default() }
    }

    /// In a sheet, in the column of this number.
    pub(super) fn in_sheet(file: u32, row: SheetRow<'r>, column: u32) -> Self {
        let place = RowPlace { file, line: row.number().into(), counting: Counting::Cells };
        Self { row: place, column: Some(column), sheet: Some(row.sheet()), hiding: row.hiding(column) }
    }
}

/// Where in a spreadsheet a figure's cells stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OnSheet {
    pub(super) sheet: Arc<str>,
    pub(super) hidden: Hidden,
}

/// What of a figure's cells somebody who opens the spreadsheet does not see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// How many of its rows are hidden, or filtered out.
    pub rows: u64,
    /// The numbers of the first of them.
    pub first: Vec<u64>,
    /// Whether its column is.
    pub column: bool,
    /// Whether its sheet is.
    pub sheet: bool,
}

impl Hidden {
    /// How many rows are told, at most.
    const TOLD: usize = 5;

    /// Takes in one more cell.
    pub(super) fn add(&mut self, spot: &Spot<'_>) {
        self.column |= spot.hiding.column;
        self.sheet |= spot.hiding.sheet;
        if spot.hiding.row {
            self.rows += 1;
            if self.first.len() < Self::TOLD {
                self.first.push(spot.row.line);
            }
        }
    }

    /// Takes in what is hidden of other cells.
    pub(super) fn join(&mut self, other: &Self) {
        self.rows += other.rows;
        self.first.extend(other.first.iter().take(Self::TOLD.saturating_sub(self.first.len())));
        self.column |= other.column;
        self.sheet |= other.sheet;
    }

    /// Whether anything is hidden.
    pub fn is_any(&self) -> bool {
        self.rows > 0 || self.column || self.sheet
    }
}
