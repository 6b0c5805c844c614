//! The cells of one sheet, as texts.

use std::collections::HashMap;
use std::sync::Arc;

use super::area::{Area, MOST_COLUMNS, MOST_ROWS};
use super::error::WorkbookError;

/// The most cells of a sheet that are kept: 200 MB of them.
const MOST_CELLS: usize = 1 << 24;
/// The most bytes of text in them.
const MOST_TEXT: usize = 512 << 20;
/// The most ranges of merged cells, and the most cells that are merged with one above.
const MOST_MERGED: usize = 1 << 20;

/// A sheet, read as a whole. Cells are in the order of rows, and of columns in them; empty ones are not there.
#[derive(Debug)]
pub(in crate::source) struct Grid {
    pub(super) name: Arc<str>,
    /// Whether the sheet is hidden.
    pub(super) is_hidden: bool,
    text: String,
    cells: Vec<GridCell>,
    rows: Vec<GridRow>,
    /// Which columns are hidden; as many as are known.
    hidden_columns: Vec<bool>,
    /// How often columns were said to be.
    hidings: u32,
    merged: Vec<Area>,
    /// For cells below the first of a merged range: that first cell.
    filled: HashMap<(u32, u32), usize>,
}

#[derive(Clone, Copy, Debug)]
struct GridCell {
    column: u32,
    start: u32,
    end: u32,
}

#[derive(Clone, Copy, Debug)]
struct GridRow {
    number: u32,
    is_hidden: bool,
    first: usize,
}

/// A row of a sheet.
#[derive(Clone, Copy, Debug)]
pub(in crate::source) struct SheetRow<'g> {
    grid: &'g Grid,
    at: usize,
}

impl Grid {
    pub(super) fn new(name: &str, is_hidden: bool) -> Self {
        Self {
            name: name.into(),
            is_hidden,
            text: String::new(),
            cells: Vec::new(),
            rows: Vec::new(),
            hidden_columns: Vec::new(),
            hidings: 0,
            merged: Vec::new(),
            filled: HashMap::new(),
        }
    }

    /// Begins the row of this number, which comes after all before it.
    pub(super) fn begin_row(&mut self, number: u32, is_hidden: bool) -> Result<(), WorkbookError> {
        if number > MOST_ROWS {
            return Err(self.too_large("rows", u64::from(MOST_ROWS)));
        }
        if self.rows.last().is_some_and(|last| last.number >= number) || number == 0 {
            return Err(WorkbookError::damaged(&self.name, "its rows are not in order"));
        }
        self.rows.push(GridRow { number, is_hidden, first: self.cells.len() });
        Ok(())
    }

    /// Adds a cell to the row begun last, after all before it; an empty one is none.
    pub(super) fn cell(&mut self, column: u32, text: &str) -> Result<(), WorkbookError> {
        if column >= MOST_COLUMNS {
            return Err(self.too_large("columns", u64::from(MOST_COLUMNS)));
        }
        if text.trim().is_empty() {
            return Ok(());
        }
        let Some(row) = self.rows.last() else { return Ok(()) };
        if self.cells.get(row.first..).and_then(<[_]>::last).is_some_and(|last| last.column >= column) {
            return Err(WorkbookError::damaged(&self.name, "its cells are not in order"));
        }
        if self.cells.len() >= MOST_CELLS {
            return Err(self.too_large("cells", MOST_CELLS as u64));
        }
        let start = self.text.len();
        if start + text.len() > MOST_TEXT {
            return Err(self.too_large("bytes of text", MOST_TEXT as u64));
        }
        self.text.push_str(text);
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        self.cells.push(GridCell { column, start: clamp(start), end: clamp(self.text.len()) });
        Ok(())
    }

    /// Notes columns that are hidden, the first and the last of them.
    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        // More often than there are columns no program says it.
        self.hidings += 1;
        if self.hidings > MOST_COLUMNS {
            return;
        }
        let after = last.saturating_add(1).min(MOST_COLUMNS) as usize;
        if self.hidden_columns.len() < after {
            self.hidden_columns.resize(after, false);
        }
        if let Some(hidden) = self.hidden_columns.get_mut(first as usize..after) {
            hidden.fill(true);
        }
    }

    /// Notes cells that are merged.
    pub(super) fn add_merged(&mut self, area: Area) -> Result<(), WorkbookError> {
        if self.merged.len() >= MOST_MERGED {
            return Err(self.too_large("merged ranges", MOST_MERGED as u64));
        }
        self.merged.push(area);
        Ok(())
    }

    /// Lets merged cells stand in every row that they reach down to, once all are known.
    pub(super) fn merge(&mut self) -> Result<(), WorkbookError> {
        let mut filled = 0;
        for area in self.merged.clone() {
            let from = self.rows.partition_point(|row| row.number < area.top);
            if self.rows.get(from).is_none_or(|row| row.number != area.top) {
                continue;
            }
            let Some(first) = (SheetRow { grid: self, at: from }).find(area.left) else { continue };
            let after = self.rows.partition_point(|row| row.number <= area.bottom);
            // Ranges that lie over one another are counted as often as they are there.
            filled += after - from;
            if filled > MOST_MERGED {
                return Err(self.too_large("merged cells", MOST_MERGED as u64));
            }
            let below = self.rows.get(from + 1..after).unwrap_or_default();
            self.filled.extend(below.iter().map(|row| ((row.number, area.left), first)));
        }
        Ok(())
    }

    /// The rows that have cells, in their order.
    pub(super) fn rows(&self) -> impl Iterator<Item = SheetRow<'_>> {
        (0..self.rows.len()).map(|at| SheetRow { grid: self, at }).filter(|row| !row.is_empty())
    }

    /// The row of a number, if it is there.
    pub(super) fn row(&self, number: u32) -> Option<SheetRow<'_>> {
        let at = self.rows.binary_search_by_key(&number, |row| row.number).ok()?;
        Some(SheetRow { grid: self, at })
    }

    /// The merged ranges that touch a row.
    pub(super) fn merged_in(&self, row: u32) -> impl Iterator<Item = Area> {
        let touches = move |area: &Area| (area.top..=area.bottom).contains(&row);
        // A row with more of them than columns has some that lie over one another.
        self.merged.iter().copied().filter(touches).take(MOST_COLUMNS as usize)
    }

    fn is_hidden(&self, column: u32) -> bool {
        self.hidden_columns.get(column as usize).is_some_and(|hidden| *hidden)
    }

    fn too_large(&self, what: &'static str, limit: u64) -> WorkbookError {
        WorkbookError::TooLarge { sheet: Arc::clone(&self.name), what, limit }
    }
}

impl<'g> SheetRow<'g> {
    pub(in crate::source) fn number(self) -> u32 {
        self.row().map_or(0, |row| row.number)
    }

    /// The texts of its cells, with their columns.
    pub(super) fn cells(self) -> impl Iterator<Item = (u32, &'g str)> {
        self.range().iter().map(move |cell| (cell.column, self.grid.text_of(*cell)))
    }

    /// The text of the cell itself; empty where it is, and where it is merged with one above.
    pub(in crate::source) fn text(self, column: u32) -> &'g str {
        let cell = self.find(column).and_then(|at| self.grid.cells.get(at));
        cell.map_or("", |cell| self.grid.text_of(*cell))
    }

    /// What a reader sees there: the text of the cell, or of the one above that it is merged with.
    pub(in crate::source) fn label(self, column: u32) -> &'g str {
        let own = self.text(column);
        if !own.is_empty() || self.grid.filled.is_empty() {
            return own;
        }
        let above = self.grid.filled.get(&(self.number(), column)).and_then(|at| self.grid.cells.get(*at));
        above.map_or("", |cell| self.grid.text_of(*cell))
    }

    /// What of a cell is not seen on the screen.
    pub(in crate::source) fn hiding(self, column: u32) -> Hiding {
        Hiding {
            row: self.row().is_some_and(|row| row.is_hidden),
            column: self.grid.is_hidden(column),
            sheet: self.grid.is_hidden,
        }
    }

    /// How many columns it takes, empty ones among them.
    pub(in crate::source) fn width(self) -> usize {
        self.range().last().map_or(0, |cell| cell.column as usize + 1)
    }

    /// The name of its sheet.
    pub(in crate::source) fn sheet(self) -> &'g Arc<str> {
        &self.grid.name
    }

    fn is_empty(self) -> bool {
        self.range().is_empty()
    }

    fn row(self) -> Option<&'g GridRow> {
        self.grid.rows.get(self.at)
    }

    fn range(self) -> &'g [GridCell] {
        let first = self.row().map_or(0, |row| row.first);
        let end = self.grid.rows.get(self.at + 1).map_or(self.grid.cells.len(), |row| row.first);
        self.grid.cells.get(first..end).unwrap_or_default()
    }

    fn find(self, column: u32) -> Option<usize> {
        let at = self.range().binary_search_by_key(&column, |cell| cell.column).ok()?;
        Some(self.row()?.first + at)
    }
}

/// What of a cell somebody who looks at the sheet does not see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::source) struct Hiding {
    pub(in crate::source) row: bool,
    pub(in crate::source) column: bool,
    pub(in crate::source) sheet: bool,
}

impl Grid {
    fn text_of(&self, cell: GridCell) -> &str {
        self.text.get(cell.start as usize..cell.end as usize).unwrap_or_default()
    }
}
