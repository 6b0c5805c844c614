//! A table of whatever format, from bytes to rows.

use std::io::{BufRead, Read as _};

use super::encoding::{self, Bytes};
use super::json;
use super::separated::Separated;
use super::taker::Taker;
use super::{Format, Input, TableError};
use crate::packed::{Packing, unpack};

/// Reads a table of text, and hands its columns and its rows over.
pub(super) fn read<T: Taker>(input: Input<'_>, format: Format, taker: &mut T) -> Result<(), TableError> {
    match input {
        Input::Bytes(bytes) => match Packing::of_start(bytes) {
            Some(packing) => stream(&mut unpack(bytes, packing), format, taker),
            None if encoding::is_utf16(bytes) => stream(&mut &*bytes, format, taker),
            None => {
                let mut reader = Reader::new(format);
                reader.feed(encoding::without_mark(bytes), true, taker)?;
                reader.finish()
            }
        },
        Input::Stream(input) => match Packing::of_start(input.fill_buf()?) {
            Some(packing) => stream(&mut unpack(input, packing), format, taker),
            None => stream(input, format, taker),
        },
    }
}

/// The whole of a workbook, whose parts may lie anywhere in the file.
pub(super) fn whole(input: &mut dyn BufRead, limit: u64) -> Result<Vec<u8>, TableError> {
    let mut bytes = Vec::new();
    if input.take(limit + 1).read_to_end(&mut bytes)? as u64 > limit {
        return Err(TableError::WorkbookTooLarge { limit: limit >> 20 });
    }
    Ok(bytes)
}

/// From a file that is read piece by piece.
fn stream<T: Taker>(input: &mut dyn BufRead, format: Format, taker: &mut T) -> Result<(), TableError> {
    /// How much is read before rows are looked for.
    const PIECE: usize = 1 << 16;
    let mut reader = Reader::new(format);
    let mut bytes = Bytes::new(input);
    let mut buffer = Vec::with_capacity(2 * PIECE);
    let mut enough = PIECE;
    let mut more = true;
    while more {
        while more && buffer.len() < enough {
            more = bytes.read(&mut buffer)?;
        }
        let used = reader.feed(&buffer, !more, taker)?;
        buffer.drain(..used);
        // A row that did not fit is looked at again when twice as much of it has been read.
        enough = PIECE.max(2 * buffer.len());
    }
    reader.finish()
}

/// The reader of one format of text.
enum Reader {
    Separated(Separated),
    Lines(json::Lines),
    Document(json::Document),
}

impl Reader {
    fn new(format: Format) -> Self {
        match format {
            Format::Csv | Format::Tsv | Format::Workbook => Self::Separated(Separated::new(format)),
            Format::Ndjson => Self::Lines(json::Lines::default()),
            Format::Json => Self::Document(json::Document),
        }
    }

    /// Hands over what is complete in `bytes`, and says how many bytes that is.
    fn feed<T: Taker>(&mut self, bytes: &[u8], last: bool, taker: &mut T) -> Result<usize, TableError> {
        match self {
            Self::Separated(table) => table.feed(bytes, last, taker),
            Self::Lines(lines) => lines.feed(bytes, last, taker),
            Self::Document(document) => document.feed(bytes, last, taker),
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
