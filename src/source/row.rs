//! One row of a table, of whatever format.

use std::borrow::Cow;

use super::encoding;

/// A row, lent for as long as it is looked at. Cells are read only when they are asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Row<'r> {
    /// Separated cells in their file's own bytes.
    Separated {
        /// The bytes of the row, and more.
        bytes: &'r [u8],
        /// Where its cells are.
        fields: &'r [Field],
    },
    /// Values of JSON, by column; empty where the row has none.
    Values(&'r [String]),
}

/// Where a cell stands among the bytes of its row, without the quotation marks around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Whether quotation marks in it are doubled.
    pub(super) doubled: bool,
}

/// The text without the white space around it, of which most cells have none.
pub(super) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

impl<'r> Row<'r> {
    /// The text in the column at `index`; empty where there is none.
    pub(super) fn text(&self, index: usize) -> Cow<'r, str> {
        match self {
            Self::Separated { bytes, fields } => {
                fields.get(index).map(|field| field.text(bytes)).unwrap_or_default()
            }
            Self::Values(values) => Cow::Borrowed(values.get(index).map(String::as_str).unwrap_or_default()),
        }
    }
}

impl Field {
    /// The text, with doubled quotation marks made single.
    pub(super) fn text<'r>(&self, bytes: &'r [u8]) -> Cow<'r, str> {
        let text = encoding::decode(bytes.get(self.start as usize..self.end as usize).unwrap_or_default());
        if self.doubled { Cow::Owned(text.replace("\"\"", "\"")) } else { text }
    }
}
