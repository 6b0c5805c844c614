//! Which rows of a sheet hold the names of its columns, and what the names are.
//!
//! Above a table stand titles and notes, and names may take several rows, the upper ones merged across: "2024" above
//! "Removals" and "Arrests" makes "2024 Removals" and "2024 Arrests".

use std::collections::BTreeSet;
use std::sync::Arc;

use super::area::{Area, MOST_COLUMNS};
use super::error::WorkbookError;
use super::grid::{Grid, SheetRow};
use crate::source::cell::Cell;

/// How many rows are searched for the names of columns.
const SEARCHED: usize = 100;
/// How many rows below are looked at to tell names from values.
const LOOKED_AT: usize = 20;

/// How many rows names take, at most.
const HIGHEST: u32 = 6;

/// The names of a table's columns.
#[derive(Debug)]
pub(super) struct Header {
    /// The row just above the first of values.
    pub(super) last: u32,
    /// Columns, from 0, with their names.
    pub(super) names: Vec<(u32, String)>,
}

impl Header {
    /// The names in this row, the lowest if there are several, of those columns that lie in the range.
    pub(super) fn at(grid: &Grid, row: u32, range: Option<Area>) -> Result<Self, WorkbookError> {
        let empty = || WorkbookError::EmptyHeader { sheet: Arc::clone(&grid.name), row };
        let is_in = |column: u32| range.is_none_or(|range| (range.left..=range.right).contains(&column));
        let top = first_row(grid, row, range.map_or(1, |range| range.top.min(row)), &is_in);
        let rows: Vec<SheetRow<'_>> = (top..=row).filter_map(|number| grid.row(number)).collect();
        let mut columns: BTreeSet<u32> =
            rows.iter().flat_map(|row| row.cells().map(|(column, _)| column)).collect();
        let merged_in = |row| grid.merged_in(row).filter(|area| area.top >= top).collect();
        let merged: Vec<(u32, Vec<Area>)> = (top..=row).map(|row| (row, merged_in(row))).collect();
        for area in merged.iter().flat_map(|(_, areas)| areas) {
            if columns.len() < MOST_COLUMNS as usize {
                columns.extend(area.left..=area.right);
            }
        }
        columns.retain(|column| is_in(*column));
        let names = columns.into_iter().filter_map(|column| {
            let name = joined(grid, &merged, column);
            (!name.is_empty()).then_some((column, name))
        });
        let names: Vec<_> = names.collect();
        if names.is_empty() { Err(empty()) } else { Ok(Self { last: row, names }) }
    }

    /// The first row of several texts with values below. With a range, its first row, and what that is merged with.
    pub(super) fn find(grid: &Grid, range: Option<Area>) -> Result<Self, WorkbookError> {
        if let Some(range) = range {
            return Self::at(grid, lowest(grid, range.top), Some(range));
        }
        let rows: Vec<SheetRow<'_>> = grid.rows().take(SEARCHED + LOOKED_AT).collect();
        for (at, row) in rows.iter().enumerate().take(SEARCHED) {
            if texts(*row) < 2 {
                continue;
            }
            let last = lowest(grid, row.number());
            let mut below = rows.iter().skip(at + 1).filter(|row| row.number() > last);
            let Some(next) = below.next().filter(|next| next.number() == last + 1) else { continue };
            let numbers_follow = || below.clone().take(LOOKED_AT).any(|row| has_values(*row));
            if !has_values(*next) && texts(*next) >= 2 && numbers_follow() {
                let (first, second) = (last, next.number());
                return Err(WorkbookError::WhichHeader { sheet: Arc::clone(&grid.name), first, second });
            }
            return Self::at(grid, last, None);
        }
        Err(WorkbookError::NoHeader { sheet: Arc::clone(&grid.name) })
    }
}

/// The first row of names, of which `last` is the lowest: rows above it belong to it where a cell in them is merged across
/// some columns, but not across all, as titles are, or down to it.
fn first_row(grid: &Grid, last: u32, highest: u32, is_in: &impl Fn(u32) -> bool) -> u32 {
    let mut top = last;
    let ends = |row: u32| {
        let mut columns = grid.row(row).into_iter().flat_map(SheetRow::cells).map(|(column, _)| column);
        let first = columns.find(|column| is_in(*column))?;
        Some((first, columns.filter(|column| is_in(*column)).last().unwrap_or(first)))
    };
    while top > highest && last - top < HIGHEST {
        let above = top - 1;
        let across = ends(top);
        let belongs = grid.merged_in(above).filter(|area| is_in(area.left)).any(|area| {
            let is_title =
                across.is_some_and(|(first, last)| area.left <= first && area.right >= last && first < last);
            area.bottom >= top || (area.right > area.left && area.bottom == above && !is_title)
        });
        if !belongs {
            break;
        }
        top = above;
    }
    top
}

/// The lowest row of names that begin in this one: below cells that are merged down, and below those merged across.
fn lowest(grid: &Grid, row: u32) -> u32 {
    let mut last = row;
    let width = |row: u32| {
        let columns = grid.row(row).into_iter().flat_map(SheetRow::cells).map(|(column, _)| column);
        columns.collect::<Vec<u32>>()
    };
    loop {
        let down = grid.merged_in(last).map(|area| area.bottom).max().unwrap_or(last);
        let is_across = |area: &Area| area.top == last && area.bottom == last && area.right > area.left;
        let (here, below) = (width(last), width(last + 1));
        // Names stand below each column that is merged, and values below none.
        let is_named_below = |area: Area| {
            (area.left..=area.right).all(|column| {
                grid.row(last + 1).is_some_and(|row| matches!(Cell::parse(row.text(column)), Cell::Text(_)))
            })
        };
        let goes_on =
            here.len() > 1 && !below.is_empty() && grid.merged_in(last).filter(is_across).any(is_named_below);
        let next = down.max(if goes_on { last + 1 } else { last });
        if next == last || next - row >= HIGHEST {
            return last;
        }
        last = next;
    }
}

/// The name of a column: what stands in the rows above it, each once, without line ends.
fn joined(grid: &Grid, rows: &[(u32, Vec<Area>)], column: u32) -> String {
    let mut name = String::new();
    let mut taken: Option<Area> = None;
    for (number, merged) in rows {
        let number = *number;
        let area = merged.iter().find(|area| (area.left..=area.right).contains(&column)).copied();
        if area.is_some() && area == taken {
            continue;
        }
        taken = area;
        let (row, column) = area.map_or((number, column), |area| (area.top, area.left));
        for word in grid.row(row).map_or("", |row| row.text(column)).split_whitespace() {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(word);
        }
    }
    name
}

/// How many texts a row has.
fn texts(row: SheetRow<'_>) -> usize {
    row.cells().filter(|(_, text)| is_text(text)).count()
}

/// Whether a row has a number or a day.
fn has_values(row: SheetRow<'_>) -> bool {
    row.cells().any(|(_, text)| matches!(Cell::parse(text), Cell::Number(_)) || is_day(text))
}

fn is_text(text: &str) -> bool {
    matches!(Cell::parse(text), Cell::Text(_)) && !is_day(text)
}

fn is_day(text: &str) -> bool {
    let day = text.get(..text.find('T').unwrap_or(text.len())).unwrap_or_default();
    day.len() == "2025-03-01".len() && day.parse::<jiff::civil::Date>().is_ok()
}
