//! Spreadsheets: a sheet of a workbook as a table, and single cells.
//!
//! The usual library, `calamine`, turns every number into a binary one, keeps nothing of hidden rows and of percent formats,
//! and sets room aside for as many cells as a file claims to have: three changed bytes in a file of 6 KB ask it for 118 GB.
//! Here sheets are read from the same events of XML as Word documents, in bounded memory, with the digits that are stored. In
//! tests it is `calamine` that says whether the cells are read rightly.

pub(super) mod area;
mod display;
mod error;
pub(super) mod grid;
mod header;
mod ods;
mod table;
mod xls;
mod xlsx;
mod xml;

pub use area::{Area, Reference};
pub use error::WorkbookError;
#[cfg(feature = "sql")]
pub(super) use table::read_rows;
pub(super) use table::{printed, read};

use crate::packed::Archive;
use crate::text::nearest;
use grid::Grid;
use ods::Ods;
use xls::Xls;
use xlsx::Xlsx;

/// The largest file that is read, in bytes: it is kept in memory.
pub(super) const LARGEST: u64 = 256 << 20;

/// A workbook of any kind. Which it is, its bytes say, and not its ending: agencies name all sorts of files `.xls`.
struct Book<'a> {
    sheets: Vec<SheetEntry>,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Xlsx(Xlsx<'a>),
    Ods(Ods<'a>),
    Xls(Xls),
}

/// A sheet of cells.
struct SheetEntry {
    name: String,
    is_hidden: bool,
}

impl<'a> Book<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, WorkbookError> {
        const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
        let (kind, sheets) = if bytes.starts_with(COMPOUND) {
            let (book, sheets) = Xls::open(bytes)?;
            (Kind::Xls(book), sheets)
        } else if bytes.starts_with(b"PK") {
            match Xlsx::open(Archive::open(bytes)?)? {
                Some((book, sheets)) => (Kind::Xlsx(book), sheets),
                None => {
                    let book = Ods::Packed(Archive::open(bytes)?);
                    let sheets = book.sheets()?;
                    (Kind::Ods(book), sheets)
                }
            }
        } else if bytes.starts_with(b"<") && Ods::is_flat(bytes) {
            let book = Ods::Flat(bytes);
            let sheets = book.sheets()?;
            (Kind::Ods(book), sheets)
        } else {
            return Err(WorkbookError::NotASpreadsheet { found: looks_like(bytes) });
        };
        if sheets.is_empty() { Err(WorkbookError::NoSheet) } else { Ok(Self { sheets, kind }) }
    }

    /// The sheet of a name; without one, the only one that is visible.
    fn choose(&self, wanted: Option<&str>) -> Result<usize, WorkbookError> {
        let names = || self.sheets.iter().map(|sheet| sheet.name.as_str());
        let Some(wanted) = wanted.map(str::trim) else {
            let mut visible = (0..).zip(&self.sheets).filter(|(_, sheet)| !sheet.is_hidden);
            return match (visible.next(), visible.next(), self.sheets.len()) {
                (Some((only, _)), None, _) => Ok(only),
                (None, _, 1) => Ok(0),
                (None, ..) => Err(WorkbookError::WhichSheet { known: names().map(str::to_owned).collect() }),
                (Some(_), Some(_), _) => {
                    let visible = self.sheets.iter().filter(|sheet| !sheet.is_hidden);
                    Err(WorkbookError::WhichSheet { known: visible.map(|it| it.name.clone()).collect() })
                }
            };
        };
        // Programs know no two sheets by names that differ in capital letters alone.
        let same = |name: &str| name.trim() == wanted;
        let alike = |name: &str| name.trim().to_lowercase() == wanted.to_lowercase();
        names().position(same).or_else(|| names().position(alike)).ok_or_else(|| {
            WorkbookError::UnknownSheet {
                sheet: wanted.to_owned(),
                known: names().map(str::to_owned).collect(),
                nearest: nearest(wanted, names()).map(str::to_owned),
            }
        })
    }

    fn grid(&self, at: usize) -> Result<Grid, WorkbookError> {
        let entry = self.sheets.get(at).ok_or(WorkbookError::NoSheet)?;
        match &self.kind {
            Kind::Xlsx(book) => book.grid(at, entry),
            Kind::Ods(book) => book.grid(at, entry),
            Kind::Xls(book) => book.grid(at, entry),
        }
    }
}

/// What a file is that is no workbook.
fn looks_like(bytes: &[u8]) -> &'static str {
    let start = bytes.trim_ascii_start();
    match start.first() {
        None => "empty",
        Some(b'<') => "HTML or XML",
        Some(b'\t' | b' '..=b'~') => "text",
        Some(_) => "something else",
    }
}

#[cfg(test)]
mod tests;
