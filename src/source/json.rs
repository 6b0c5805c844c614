//! JSON and NDJSON: objects as rows, or arrays below an array that is the header.

mod document;
mod table;

pub(super) use document::Document;

use memchr::memchr;

use super::error::TableError;
use super::separated::LONGEST_ROW;
use super::taker::Taker;
use table::Table;

/// A file of one row a line, of which more and more is read.
#[derive(Debug, Default)]
pub(super) struct Lines {
    table: Table,
    /// How many lines have been read.
    lines: u64,
}

impl Lines {
    /// Hands the lines that are complete in `bytes` over, and says how many bytes they take. `last` says that
    /// the file ends with the bytes.
    pub(super) fn feed<T: Taker>(
        &mut self,
        bytes: &[u8],
        last: bool,
        taker: &mut T,
    ) -> Result<usize, TableError> {
        let mut at = 0;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let end = memchr(b'\n', rest);
            let length = end.unwrap_or(rest.len());
            let line = self.lines + 1;
            if length > LONGEST_ROW {
                return Err(TableError::RowTooLong { line, limit: LONGEST_ROW });
            }
            if end.is_none() && !last {
                return Ok(at);
            }
            let row = rest.get(..length).unwrap_or_default().trim_ascii();
            if !row.is_empty() {
                self.table.row(row, line, taker)?;
            }
            self.lines = line;
            if end.is_none() {
                return Ok(bytes.len());
            }
            at += length + 1;
        }
    }

    /// The end of the file has been reached.
    pub(super) fn finish(&self) -> Result<(), TableError> {
        self.table.finish()
    }
}

#[cfg(test)]
mod tests;
