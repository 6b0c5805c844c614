//! Splitting one row of separated cells, in place.

use memchr::{memchr, memchr_iter};

use crate::source::row::Field;

/// What was found at the beginning of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) enum Step {
    /// A row, with the line end after it.
    Row {
        /// Its bytes.
        length: usize,
        /// The line ends among them.
        lines: u64,
    },
    /// The beginning of a row; the bytes end before it does.
    Incomplete,
    /// A quotation mark that is never closed.
    Unclosed,
    /// A closing quotation mark with something else after it than a separator or a line end.
    AfterQuote,
    /// More cells than are read.
    TooManyCells,
}

/// Where a cell ends.
enum End {
    /// At a separator; the next cell begins here.
    Cell(usize),
    /// With its row; the next row begins here.
    Row(usize),
    /// Not in these bytes, or not well.
    Not(Step),
}

/// Splits the row at the beginning of `bytes` into `fields`.
pub(in crate::source) fn read(
    bytes: &[u8],
    last: bool,
    separator: u8,
    most: usize,
    fields: &mut Vec<Field>,
) -> Step {
    fields.clear();
    let (mut at, mut lines) = (0, 0);
    loop {
        let end = if bytes.get(at) == Some(&b'"') {
            quoted(bytes, at, last, separator, fields, &mut lines)
        } else {
            plain(bytes, at, last, separator, fields)
        };
        match end {
            End::Cell(_) if fields.len() >= most => return Step::TooManyCells,
            End::Cell(next) => at = next,
            End::Row(length) => return Step::Row { length, lines: lines + 1 },
            End::Not(step) => return step,
        }
    }
}

/// A cell without quotation marks around it.
fn plain(bytes: &[u8], start: usize, last: bool, separator: u8, fields: &mut Vec<Field>) -> End {
    let rest = bytes.get(start..).unwrap_or_default();
    // Cells are short: looking at each byte costs less than setting up a search.
    let length = rest.iter().position(|&byte| byte == separator || byte == b'\n');
    let Some(length) = length else {
        if !last {
            return End::Not(Step::Incomplete);
        }
        fields.push(field(start, without_return(bytes, start, bytes.len()), false));
        return End::Row(bytes.len());
    };
    let end = start + length;
    if rest.get(length) == Some(&separator) {
        fields.push(field(start, end, false));
        return End::Cell(end + 1);
    }
    fields.push(field(start, without_return(bytes, start, end), false));
    End::Row(end + 1)
}

/// A cell that begins with a quotation mark, at `open`.
fn quoted(
    bytes: &[u8],
    open: usize,
    last: bool,
    separator: u8,
    fields: &mut Vec<Field>,
    lines: &mut u64,
) -> End {
    let mut doubled = false;
    let mut from = open + 1;
    let close = loop {
        let Some(length) = memchr(b'"', bytes.get(from..).unwrap_or_default()) else {
            return End::Not(if last { Step::Unclosed } else { Step::Incomplete });
        };
        let mark = from + length;
        match bytes.get(mark + 1) {
            Some(b'"') => {
                doubled = true;
                from = mark + 2;
            }
            None if !last => return End::Not(Step::Incomplete),
            _ => break mark,
        }
    };
    let inside = bytes.get(open + 1..close).unwrap_or_default();
    *lines += memchr_iter(b'\n', inside).count() as u64;
    fields.push(field(open + 1, close, doubled));
    let after = close + 1;
    match (bytes.get(after), bytes.get(after + 1)) {
        (None, _) | (Some(b'\r'), None) if last => End::Row(bytes.len()),
        (None, _) | (Some(b'\r'), None) => End::Not(Step::Incomplete),
        (Some(byte), _) if *byte == separator => End::Cell(after + 1),
        (Some(b'\n'), _) => End::Row(after + 1),
        (Some(b'\r'), Some(b'\n')) => End::Row(after + 2),
        _ => End::Not(Step::AfterQuote),
    }
}

/// The end of a cell at the end of a line, without the carriage return.
fn without_return(bytes: &[u8], start: usize, end: usize) -> usize {
    if end > start && bytes.get(end - 1) == Some(&b'\r') { end - 1 } else { end }
}

/// A cell. Rows past 4 GiB are refused as too long after they are split.
fn field(start: usize, end: usize, doubled: bool) -> Field {
    let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Field { start: clamp(start), end: clamp(end), doubled }
}
