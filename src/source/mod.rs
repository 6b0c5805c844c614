//! Sources: from tables to figures.
//!
//! [`answer`] reads a table once, from beginning to end, and takes from it every figure that is asked for. Rows are
//! split where they stand, and only the cells of rows that a request selects are read as numbers ([`Cell`]); memory
//! does not grow with the file.

mod answer;
mod cell;
pub mod cluster;
mod columns;
mod condition;
mod content;
mod days;
pub mod databases;
mod encoding;
mod error;
mod groups;
mod json;
mod keys;
mod name;
mod pass;
mod place;
mod plan;
pub mod query;
mod reader;
mod request;
mod row;
mod rows;
mod sample;
mod separated;
pub mod sql;
mod taker;
mod tally;
mod traps;
mod workbook;

pub use answer::{Answer, CellPlace, Printed};
pub use cell::{Cell, Number};
pub use content::{Content, Digest, Digesting, NoDigest};
pub use error::{FigureError, TableError, Unclear};
pub use pass::Pass;
pub use place::{Hidden, RowPlace};
pub use request::{
    Bound, ColumnOptions, Condition, End, Format, Match, MissingRule, Request, Select, SheetOptions,
    TableOptions, Take, Test,
};
pub use rows::{PrintedCell, PrintedRow, rows};
pub use traps::{Hole, Sign, Trap};
pub use workbook::{Area, Reference, WorkbookError};

use std::io::BufRead;

use crate::packed::Packing;

/// Where a table is read from.
pub enum Input<'a> {
    /// The whole file, in memory.
    Bytes(&'a [u8]),
    /// A file of any size, read piece by piece.
    Stream(&'a mut dyn BufRead),
}

/// Takes figures from a table: for each request, in order, the figure or what is wrong with it.
///
/// # Errors
/// Where the input is no table of the format, rows have other numbers of cells than the header, or the options name a
/// column that is not there.
pub fn answer<'a>(
    input: Input<'_>,
    options: &'a TableOptions<'a>,
    requests: &'a [Request<'a>],
) -> Result<Vec<Result<Answer, FigureError>>, TableError> {
    match input {
        Input::Bytes(bytes) if !encoding::is_utf16(bytes) && Packing::of_start(bytes).is_none() => {
            let figures = whole(bytes, options, requests, false)?;
            // Similar values are looked for only where one is not found.
            let is_lost = |figure: &Result<_, _>| matches!(figure, Err(FigureError::NoRow { .. }));
            if figures.iter().any(is_lost) { whole(bytes, options, requests, true) } else { Ok(figures) }
        }
        input => {
            let mut pass = Pass::new(options, requests);
            pass.read(input)?;
            pass.finish()
        }
    }
}

/// From a file in memory.
fn whole<'a>(
    bytes: &[u8],
    options: &'a TableOptions<'a>,
    requests: &'a [Request<'a>],
    is_sampled: bool,
) -> Result<Vec<Result<Answer, FigureError>>, TableError> {
    let mut pass = Pass::sampled(options, requests, is_sampled);
    pass.read(Input::Bytes(bytes))?;
    pass.finish()
}

#[cfg(test)]
mod tests;
