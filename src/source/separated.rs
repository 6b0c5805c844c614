//! CSV and TSV: a header, and rows of as many cells.
//!
//! The `csv` crate reads every input as some table: a quotation mark that is never closed swallows the rows after it,
//! and a sum over the rest would be wrong without a word. Here what RFC 4180 does not allow is an error, and rows are
//! split in place, which for small files is most of the cost.

pub(super) mod record;

use memchr::memchr;

use super::encoding;
use super::error::TableError;
use super::request::Format;
use super::row::{Field, Row};
use super::taker::Taker;
use record::Step;

/// The longest row that is read, in bytes.
pub(super) const LONGEST_ROW: usize = 16 << 20;
/// The most columns that are read. Spreadsheets have 16,384.
pub(super) const MOST_COLUMNS: usize = 1 << 17;

/// A table of which more and more is read.
#[derive(Debug)]
pub(super) struct Separated {
    /// Known once the header has been read.
    separator: Option<u8>,
    columns: usize,
    /// The line on which the next row begins.
    line: u64,
    /// The cells of the row at hand.
    fields: Vec<Field>,
}

impl Separated {
    /// At the beginning of a file in this format.
    pub(super) fn new(format: Format) -> Self {
        let separator = (format == Format::Tsv).then_some(b'\t');
        Self { separator, columns: 0, line: 1, fields: Vec::with_capacity(16) }
    }

    /// Among the rows below a header that has been read elsewhere.
    #[cfg(feature = "sql")]
    pub(super) fn below(separator: u8, columns: usize) -> Self {
        Self { separator: Some(separator), columns, line: 1, fields: Vec::with_capacity(16) }
    }

    /// Hands over the header that a file begins with, and says how many bytes it takes, and what separates it; `None` where
    /// it is not complete in `bytes`.
    #[cfg(feature = "sql")]
    pub(super) fn feed_header<T: Taker>(
        &mut self,
        bytes: &[u8],
        taker: &mut T,
    ) -> Result<Option<(usize, u8)>, TableError> {
        let mut at = 0;
        while let Some(length) = memchr(b'\n', bytes.get(at..).unwrap_or_default()) {
            at += length + 1;
            // As many lines as the header takes.
            let used = self.feed(bytes.get(..at).unwrap_or_default(), false, taker)?;
            if let Some(separator) = self.separator.filter(|_| self.columns > 0) {
                return Ok(Some((used, separator)));
            }
        }
        Ok(None)
    }

    /// Hands the rows that are complete in `bytes` over, and says how many bytes they take. `last` says that
    /// the file ends with the bytes.
    pub(super) fn feed<T: Taker>(
        &mut self,
        bytes: &[u8],
        last: bool,
        taker: &mut T,
    ) -> Result<usize, TableError> {
        // What is UTF-8 is found out once; in files that are not, rows after the first wrong byte are read by cells.
        let text = encoding::utf8_prefix(bytes);
        let mut at = 0;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            if rest.is_empty() {
                return Ok(at);
            }
            let separator = match self.separator {
                Some(separator) => separator,
                None if last || memchr(b'\n', rest).is_some() => detect(rest),
                None => return self.wait(at, rest),
            };
            let line = self.line;
            let (length, lines) = match record::read(rest, last, separator, MOST_COLUMNS, &mut self.fields) {
                Step::Row { length, .. } if length > LONGEST_ROW => {
                    return Err(TableError::RowTooLong { line, limit: LONGEST_ROW });
                }
                Step::Row { length, lines } => (length, lines),
                Step::Incomplete => return self.wait(at, rest),
                Step::Unclosed => return Err(TableError::UnclosedQuote { line }),
                Step::AfterQuote => return Err(TableError::AfterQuote { line }),
                Step::TooManyCells => return Err(TableError::TooManyColumns { line, limit: MOST_COLUMNS }),
            };
            let row = rest.get(..length).unwrap_or_default();
            self.row(row, text.get(at..at + length), separator, taker)?;
            at += length;
            self.line += lines;
        }
    }

    /// The end of the file has been reached.
    pub(super) fn finish(&self) -> Result<(), TableError> {
        if self.columns == 0 { Err(TableError::Empty) } else { Ok(()) }
    }

    fn wait(&self, at: usize, rest: &[u8]) -> Result<usize, TableError> {
        if rest.len() > LONGEST_ROW {
            return Err(TableError::RowTooLong { line: self.line, limit: LONGEST_ROW });
        }
        Ok(at)
    }

    /// Takes in a row; `text` is the same where it is UTF-8.
    fn row<T: Taker>(
        &mut self,
        bytes: &[u8],
        text: Option<&str>,
        separator: u8,
        taker: &mut T,
    ) -> Result<(), TableError> {
        // Spreadsheets leave rows of empty cells at the end; they are no rows.
        let is_blank = |byte: &u8| *byte == separator || matches!(byte, b' ' | b'\r' | b'\n' | b'\t');
        if bytes.first().is_none_or(is_blank) && bytes.iter().all(is_blank) {
            return Ok(());
        }
        if self.columns == 0 {
            return self.header(bytes, separator, taker);
        }
        if self.fields.len() != self.columns {
            let (cells, header) = (self.fields.len(), self.columns);
            return Err(TableError::Ragged { line: self.line, cells, header });
        }
        let fields = self.fields.as_slice();
        let row = text.map_or(Row::Bytes { bytes, fields }, |text| Row::Text { text, fields });
        taker.row(row, self.line);
        Ok(())
    }

    fn header<T: Taker>(&mut self, bytes: &[u8], separator: u8, taker: &mut T) -> Result<(), TableError> {
        if memchr(0, bytes).is_some() {
            return Err(TableError::NotText);
        }
        let line = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if memchr(b'\r', line).is_some() && memchr(b'"', line).is_none() {
            return Err(TableError::LineEnds);
        }
        self.separator = Some(separator);
        self.columns = self.fields.len();
        for (index, field) in self.fields.iter().enumerate() {
            taker.column(index, &field.text(bytes), false);
        }
        if !taker.is_complete() {
            self.fields.iter().for_each(|field| taker.remember(&field.text(bytes)));
        }
        Ok(())
    }
}

/// The separator that a header is written with: of comma, semicolon and tab the one that stands in it most often,
/// outside quotation marks.
pub(super) fn detect(bytes: &[u8]) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for &byte in bytes {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'\n' => break,
            _ => counts
                .iter_mut()
                .filter(|(separator, _)| *separator == byte)
                .for_each(|(_, count)| *count += 1),
        }
    }
    // Of several as frequent, the first.
    let most = counts.iter().map(|(_, count)| *count).max();
    counts.iter().find(|(_, count)| Some(*count) == most).map_or(b',', |(separator, _)| *separator)
}

#[cfg(test)]
mod tests;
