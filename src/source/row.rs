//! One row of a table, of whatever format.

use std::borrow::Cow;
use std::ops::Range;

use super::encoding;
use super::workbook::grid::SheetRow;

/// A row, lent for as long as it is looked at. Cells are read only when they are asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Row<'r> {
    /// Separated cells of a row in UTF-8, as nearly all are: cells need not be looked at one by one.
    Text {
        /// The row, and more.
        text: &'r str,
        /// Where its cells are.
        fields: &'r [Field],
    },
    /// Separated cells in their file's own bytes.
    Bytes {
        /// The bytes of the row, and more.
        bytes: &'r [u8],
        /// Where its cells are.
        fields: &'r [Field],
    },
    /// Values of JSON, by column; empty where the row has none.
    Values(&'r [String]),
    /// Values of a query's reply, likewise.
    Reply(&'r [String]),
    /// Cells of a sheet, by the sheet's own columns.
    Sheet(SheetRow<'r>),
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
    /// How many columns it has.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Text { fields, .. } | Self::Bytes { fields, .. } => fields.len(),
            Self::Values(values) | Self::Reply(values) => values.len(),
            Self::Sheet(row) => row.width(),
        }
    }

    /// The text in the column at `index`; empty where there is none.
    pub(super) fn text(&self, index: usize) -> Cow<'r, str> {
        match self {
            Self::Text { text, fields } => {
                let Some(field) = fields.get(index) else { return Cow::default() };
                let text = text.get(field.range()).unwrap_or_default();
                if field.doubled { field.single(text.into()) } else { text.into() }
            }
            Self::Bytes { bytes, fields } => {
                fields.get(index).map(|field| field.text(bytes)).unwrap_or_default()
            }
            Self::Values(values) | Self::Reply(values) => {
                Cow::Borrowed(values.get(index).map(String::as_str).unwrap_or_default())
            }
            Self::Sheet(row) => row.text(u32::try_from(index).unwrap_or(u32::MAX)).into(),
        }
    }

    /// The text that says which row it is: in a sheet also that of a cell above, if the two are merged. A number in merged cells
    /// is taken from the first alone.
    pub(super) fn label(&self, index: usize) -> Cow<'r, str> {
        match self {
            Self::Sheet(row) => row.label(u32::try_from(index).unwrap_or(u32::MAX)).into(),
            Self::Text { .. } | Self::Bytes { .. } | Self::Values(_) | Self::Reply(_) => self.text(index),
        }
    }
}

impl Field {
    /// The text, with doubled quotation marks made single.
    pub(super) fn text<'r>(&self, bytes: &'r [u8]) -> Cow<'r, str> {
        self.single(encoding::decode(bytes.get(self.range()).unwrap_or_default()))
    }

    fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    fn single<'r>(&self, text: Cow<'r, str>) -> Cow<'r, str> {
        if self.doubled { Cow::Owned(text.replace("\"\"", "\"")) } else { text }
    }
}
