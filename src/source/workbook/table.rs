//! What is asked of a workbook, from its cells.

use std::collections::BTreeMap;

use super::header::Header;
use super::{Book, Grid};
use crate::source::error::TableError;
use crate::source::plan::Plan;
use crate::source::request::SheetOptions;
use crate::source::row::Row;
use crate::source::rows::{PrintedCell, PrintedRow};
use crate::source::taker::Taker;

/// Hands the rows of a workbook's table to the plan, and the single cells that are asked for.
pub(in crate::source) fn read(
    bytes: &[u8],
    options: &SheetOptions<'_>,
    plan: &mut Plan<'_>,
) -> Result<(), TableError> {
    let book = Book::open(bytes)?;
    let mut grids: BTreeMap<usize, Grid> = BTreeMap::new();
    // Cells may lie on any sheet; each sheet is read once.
    for (number, cell) in plan.single_cells() {
        let at = book.choose(cell.sheet.as_deref().or(options.sheet))?;
        let grid = match grids.entry(at) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => new.insert(book.grid(at)?),
        };
        match grid.row(cell.area.top) {
            Some(row) => plan.cell(number, row, cell.area),
            None => plan.no_cell(number, &grid.name, cell.area),
        }
    }
    if !plan.wants_rows() {
        return Ok(());
    }
    let at = book.choose(options.sheet)?;
    let grid = match grids.remove(&at) {
        Some(grid) => grid,
        None => book.grid(at)?,
    };
    hand_over(&grid, options, plan)
}

/// Hands the columns and the rows of a workbook's table over.
#[cfg(feature = "sql")]
pub(in crate::source) fn read_rows<T: Taker>(
    bytes: &[u8],
    options: &SheetOptions<'_>,
    taker: &mut T,
) -> Result<(), TableError> {
    let book = Book::open(bytes)?;
    let grid = book.grid(book.choose(options.sheet)?)?;
    hand_over(&grid, options, taker)
}

fn hand_over<T: Taker>(grid: &Grid, options: &SheetOptions<'_>, taker: &mut T) -> Result<(), TableError> {
    let header = header(grid, options)?;
    for (column, name) in &header.names {
        taker.column(*column as usize, name, false);
    }
    if !taker.is_complete() {
        header.names.iter().for_each(|(_, name)| taker.remember(name));
    }
    for row in table_rows(grid, &header, options) {
        taker.row(Row::Sheet(row), row.number().into());
    }
    Ok(())
}

/// The rows of these numbers, for people to look at. `wanted` is in order. What cannot be read has been said before.
pub(in crate::source) fn printed(
    bytes: &[u8],
    options: &SheetOptions<'_>,
    wanted: &[u64],
) -> Vec<PrintedRow> {
    let found = || {
        let book = Book::open(bytes).ok()?;
        let grid = book.grid(book.choose(options.sheet).ok()?).ok()?;
        let header = header(&grid, options).ok()?;
        let rows = table_rows(&grid, &header, options)
            .filter(|row| wanted.binary_search(&row.number().into()).is_ok());
        let printed = rows.map(|row| PrintedRow {
            line: row.number().into(),
            cells: header
                .names
                .iter()
                .map(|(column, name)| PrintedCell {
                    column: name.clone(),
                    text: row.label(*column).to_owned(),
                })
                .collect(),
        });
        Some(printed.collect())
    };
    found().unwrap_or_default()
}

fn header(grid: &Grid, options: &SheetOptions<'_>) -> Result<Header, TableError> {
    Ok(match options.header {
        Some(row) => Header::at(grid, row, options.range)?,
        None => Header::find(grid, options.range)?,
    })
}

/// The rows below the header that have a cell in its columns.
fn table_rows<'g>(
    grid: &'g Grid,
    header: &'g Header,
    options: &SheetOptions<'_>,
) -> impl Iterator<Item = super::grid::SheetRow<'g>> {
    let bottom = options.range.map_or(u32::MAX, |range| range.bottom);
    let top = options.range.map_or(0, |range| range.top);
    let is_named = |column: u32| header.names.binary_search_by_key(&column, |(column, _)| *column).is_ok();
    grid.rows()
        .filter(move |row| row.number() > header.last && (top..=bottom).contains(&row.number()))
        .filter(move |row| row.cells().any(|(column, _)| is_named(column)))
}
