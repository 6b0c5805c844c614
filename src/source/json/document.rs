//! A JSON document with a table in it.

use memchr::{memchr_iter, memchr2};
use serde::de::IgnoredAny;

use super::table::{Table, kind, parse};
use crate::source::error::TableError;
use crate::source::separated::LONGEST_ROW;
use crate::source::taker::Taker;

/// The largest document that is read, in bytes: unlike a file of lines it is kept in memory.
const LARGEST: usize = 1 << 29;

/// A document, which is read once all of it is there.
#[derive(Debug)]
pub(in crate::source) struct Document;

impl Document {
    /// Hands the rows over, once the document is complete.
    #[expect(clippy::unused_self, reason = "the same shape as the other formats' readers")]
    pub(in crate::source) fn feed<T: Taker>(
        &self,
        bytes: &[u8],
        last: bool,
        taker: &mut T,
    ) -> Result<usize, TableError> {
        if bytes.len() > LARGEST {
            return Err(TableError::TooLarge { limit: LARGEST as u64 });
        }
        if !last {
            return Ok(0);
        }
        // From here on the bytes are known to be valid JSON, and values need only be told apart.
        let _: IgnoredAny = parse(bytes, 1)?;
        let mut table = Table::default();
        let mut line = 1;
        let mut counted = 0;
        let mut at = table_start(bytes)?;
        while let Some(start) = next_value(bytes, at, b']') {
            at = value_end(bytes, start);
            line += memchr_iter(b'\n', bytes.get(counted..start).unwrap_or_default()).count() as u64;
            counted = start;
            if at - start > LONGEST_ROW {
                return Err(TableError::RowTooLong { line, limit: LONGEST_ROW });
            }
            table.row(bytes.get(start..at).unwrap_or_default(), line, taker)?;
        }
        table.finish()?;
        Ok(bytes.len())
    }
}

/// The offset just inside the array that holds the rows.
fn table_start(bytes: &[u8]) -> Result<usize, TableError> {
    let start = skip_space(bytes, 0);
    match bytes.get(start) {
        Some(b'[') => Ok(start + 1),
        Some(b'{') => member_table(bytes, start + 1),
        found => Err(TableError::NoTable { found: kind(found) }),
    }
}

/// The only array of objects among the members of an object.
fn member_table(bytes: &[u8], inside: usize) -> Result<usize, TableError> {
    let mut found = None;
    let mut at = inside;
    while let Some(name) = next_value(bytes, at, b'}') {
        let colon = skip_space(bytes, value_end(bytes, name));
        let value = skip_space(bytes, colon + 1);
        at = value_end(bytes, value);
        let has_objects =
            bytes.get(value) == Some(&b'[') && bytes.get(skip_space(bytes, value + 1)) == Some(&b'{');
        if has_objects && found.replace(value + 1).is_some() {
            return Err(TableError::NoTable { found: "several arrays of objects" });
        }
    }
    found.ok_or(TableError::NoTable { found: "an object without an array of objects" })
}

/// Where the next value or name begins, past the comma before it; `None` before the closing bracket.
fn next_value(bytes: &[u8], at: usize, close: u8) -> Option<usize> {
    let at = skip_space(bytes, at);
    match bytes.get(at)? {
        b',' => Some(skip_space(bytes, at + 1)),
        byte if *byte == close => None,
        _ => Some(at),
    }
}

/// Where the value that begins at `start` ends.
fn value_end(bytes: &[u8], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = string_end(bytes, at),
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' | b',' if depth == 0 => return at,
            b'}' | b']' => {
                depth -= 1;
                at += 1;
            }
            _ => {
                at += 1;
                continue;
            }
        }
        if depth == 0 {
            return at;
        }
    }
    at
}

/// Where the string that begins at `quote` ends, past its closing quotation mark.
fn string_end(bytes: &[u8], quote: usize) -> usize {
    let mut at = quote + 1;
    while let Some(length) = memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
        at += length;
        if bytes.get(at) == Some(&b'"') {
            return at + 1;
        }
        at += 2;
    }
    bytes.len()
}

fn skip_space(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}
