//! Sources: from tables to figures.
//!
//! [`answer`] reads a table once, from beginning to end, and takes from it every figure that is asked for. Rows are
//! split where they stand, and only the cells of rows that a request selects are read as numbers ([`Cell`]); memory
//! does not grow with the file.

mod answer;
mod cell;
mod columns;
mod condition;
mod days;
mod content;
mod encoding;
mod error;
mod groups;
mod json;
mod keys;
mod name;
mod plan;
mod request;
mod row;
mod rows;
mod sample;
mod separated;
mod tally;
mod traps;

pub use answer::{Answer, CellPlace, Printed};
pub use cell::{Cell, Number};
pub use content::{Content, Digest, Digesting, NoDigest};
pub use error::{FigureError, TableError, Unclear};
pub use request::{
    Bound, ColumnOptions, Condition, End, Format, Match, MissingRule, Request, Select, TableOptions, Take,
    Test,
};
pub use rows::{PrintedCell, PrintedRow, rows};
pub use traps::{Hole, Sign, Trap};

use std::io::BufRead;

use encoding::Bytes;
use plan::Plan;
use separated::Separated;

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
        Input::Bytes(mut bytes) if encoding::is_utf16(bytes) => stream(&mut bytes, options, requests),
        Input::Bytes(bytes) => {
            let figures = whole(bytes, options, requests, false)?;
            // Similar values are looked for only where one is not found.
            let is_lost = |figure: &Result<_, _>| matches!(figure, Err(FigureError::NoRow { .. }));
            if figures.iter().any(is_lost) { whole(bytes, options, requests, true) } else { Ok(figures) }
        }
        Input::Stream(input) => stream(input, options, requests),
    }
}

/// From a file in memory.
fn whole<'a>(
    bytes: &[u8],
    options: &'a TableOptions<'a>,
    requests: &'a [Request<'a>],
    sampled: bool,
) -> Result<Vec<Result<Answer, FigureError>>, TableError> {
    let mut plan = Plan::new(options, requests, sampled);
    let mut reader = Reader::new(options.format);
    reader.feed(encoding::without_mark(bytes), true, &mut plan)?;
    reader.finish()?;
    plan.finish()
}

/// From a file that is read piece by piece.
fn stream<'a>(
    input: &mut dyn BufRead,
    options: &'a TableOptions<'a>,
    requests: &'a [Request<'a>],
) -> Result<Vec<Result<Answer, FigureError>>, TableError> {
    /// How much is read before rows are looked for.
    const PIECE: usize = 1 << 16;
    let mut plan = Plan::new(options, requests, true);
    let mut reader = Reader::new(options.format);
    let mut bytes = Bytes::new(input);
    let mut buffer = Vec::with_capacity(2 * PIECE);
    let mut enough = PIECE;
    let mut more = true;
    while more {
        while more && buffer.len() < enough {
            more = bytes.read(&mut buffer)?;
        }
        let used = reader.feed(&buffer, !more, &mut plan)?;
        buffer.drain(..used);
        // A row that did not fit is looked at again when twice as much of it has been read.
        enough = PIECE.max(2 * buffer.len());
    }
    reader.finish()?;
    plan.finish()
}

/// The reader of one format.
enum Reader {
    Separated(Separated),
    Lines(json::Lines),
    Document(json::Document),
}

impl Reader {
    fn new(format: Format) -> Self {
        match format {
            Format::Csv | Format::Tsv => Self::Separated(Separated::new(format)),
            Format::Ndjson => Self::Lines(json::Lines::default()),
            Format::Json => Self::Document(json::Document),
        }
    }

    /// Hands what is complete in `bytes` to the plan, and says how many bytes that is.
    fn feed(&mut self, bytes: &[u8], last: bool, plan: &mut Plan<'_>) -> Result<usize, TableError> {
        match self {
            Self::Separated(table) => table.feed(bytes, last, plan),
            Self::Lines(lines) => lines.feed(bytes, last, plan),
            Self::Document(document) => document.feed(bytes, last, plan),
        }
    }

    fn finish(&self) -> Result<(), TableError> {
        match self {
            Self::Separated(table) => table.finish(),
            Self::Lines(lines) => lines.finish(),
            // A document has been read as a whole.
            Self::Document(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
