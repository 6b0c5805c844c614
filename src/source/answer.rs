//! What a table answers.

use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::place::{Hidden, OnSheet, RowPlace};
use super::traps::Trap;
use crate::series::{Member, Series};
use crate::text::Counting;
use crate::unit::Unit;

/// A figure taken from a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The value; ratios are kept as ratios (5% is 0.05), money in its currency's main unit. Of a series, the one of the
    /// first key, which says nothing of the others.
    pub value: Decimal,
    /// The values by key, where a series is asked for.
    pub series: Option<Arc<Series>>,
    /// The unit that the rules declare or the cells show, else [`Unit::Bare`].
    pub unit: Unit,
    /// How many cells it was made from: rows selected, without those left out as missing.
    pub rows: u64,
    /// How many cells were missing, and left out or counted as zero.
    pub missing: u64,
    /// What in its rows often makes a figure wrong.
    pub traps: Vec<Trap>,
    pub(super) on_sheet: Option<Box<OnSheet>>,
    pub(super) cells: Cells,
}

impl Answer {
    /// What one value of a series was made from: its first cell, and how many rows.
    #[must_use]
    pub fn of_member(&self, at: usize) -> Self {
        let member = self.series.as_ref().and_then(|series| series.members().get(at));
        let (value, rows) = member.map_or((self.value, 0), |member| (member.value, member.rows));
        let cells = member.map_or_else(Cells::default, |member| Cells::one(CellPlace::of_member(member)));
        let on_sheet = self.on_sheet.as_ref().map(|on| {
            let hidden = Hidden { rows: 0, first: Vec::new(), ..on.hidden };
            Box::new(OnSheet { sheet: Arc::clone(&on.sheet), hidden })
        });
        Self { value, unit: self.unit, series: None, rows, missing: 0, traps: Vec::new(), on_sheet, cells }
    }

    /// The sheet that it stands on, in a spreadsheet.
    pub fn sheet(&self) -> Option<&str> {
        self.on_sheet.as_ref().map(|on| &*on.sheet)
    }

    /// What of it is not seen on the screen; none where all is.
    pub fn hidden(&self) -> Option<&Hidden> {
        self.on_sheet.as_ref().map(|on| &on.hidden).filter(|hidden| hidden.is_any())
    }

    /// The cells it comes from, in the order of the file: the only one, the one that holds the smallest or largest
    /// value, or the first few of many. All are in the column that was asked for.
    pub fn cells(&self) -> impl Iterator<Item = &CellPlace> {
        self.cells.iter()
    }
}

/// The first few cells of a figure. Most figures are one cell, for which nothing is allocated.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cells {
    first: Option<CellPlace>,
    more: Vec<CellPlace>,
}

impl Cells {
    /// How many are told, at most.
    const MOST: usize = 5;

    /// This one alone.
    pub(super) fn one(cell: CellPlace) -> Self {
        Self { first: Some(cell), more: Vec::new() }
    }

    /// Takes one more, if there is room.
    pub(super) fn push(&mut self, cell: CellPlace) {
        if self.first.is_none() {
            self.first = Some(cell);
        } else if self.more.len() + 1 < Self::MOST {
            self.more.push(cell);
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &CellPlace> {
        self.first.iter().chain(&self.more)
    }
}

/// A cell in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellPlace {
    /// Where its row begins.
    pub row: RowPlace,
    /// Its column, from 0, in a spreadsheet.
    pub column: Option<u32>,
    /// What is printed in it.
    pub text: Printed,
}

impl CellPlace {
    /// The first cell that a value of a series was made from.
    pub fn of_member(member: &Member) -> Self {
        let counting = if member.column.is_some() { Counting::Cells } else { Counting::Lines };
        let row = RowPlace { file: member.file, line: member.line, counting };
        Self { row, column: member.column, text: Printed::new(&member.printed) }
    }
}

/// A cell's text, to be shown to people: kept in place, since there are millions of cells and nearly all are short;
/// one that is longer ends in an ellipsis.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Printed {
    bytes: [u8; Printed::ROOM],
    length: u8,
}

impl Printed {
    const ROOM: usize = 23;
    const ELLIPSIS: &str = "…";

    /// The beginning of `text`.
    pub fn new(text: &str) -> Self {
        if text.len() <= Self::ROOM {
            return Self::default().with(text);
        }
        let head =
            text.get(..text.floor_char_boundary(Self::ROOM - Self::ELLIPSIS.len())).unwrap_or_default();
        Self::default().with(head).with(Self::ELLIPSIS)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        let text = self.bytes.get(..usize::from(self.length)).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or_default()
    }

    /// With `text` after it, if there is room for all of it.
    fn with(mut self, text: &str) -> Self {
        let start = usize::from(self.length);
        if let Some(room) = self.bytes.get_mut(start..start + text.len())
            && let Ok(length) = u8::try_from(start + text.len())
        {
            room.copy_from_slice(text.as_bytes());
            self.length = length;
        }
        self
    }
}

impl Default for Printed {
    fn default() -> Self {
        Self { bytes: [0; Self::ROOM], length: 0 }
    }
}

impl fmt::Debug for Printed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), out)
    }
}

impl fmt::Display for Printed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_cell_is_cut_between_characters() {
        let long = "é".repeat(40);
        assert_eq!(Printed::new(&long).as_str(), format!("{}…", "é".repeat(10)));
        let fits = "1".repeat(23);
        assert_eq!(Printed::new(&fits).as_str(), fits);
    }
}
