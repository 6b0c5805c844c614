//! What is asked of a table.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::workbook::{Area, Reference};
use crate::packed::Packing;
use crate::scope::FiscalYear;
use crate::unit::Unit;

/// How a table is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A header line, then one record a line; separated by commas, semicolons or tabs, whichever the header shows.
    Csv,
    /// The same, separated by tabs.
    Tsv,
    /// An array of objects, an object with one such array in it, or an array of arrays of which the first is the header.
    Json,
    /// One JSON object, or array, a line.
    Ndjson,
    /// A sheet of a workbook: XLSX, XLSM, ODS, flat ODS or XLS, whichever the file is.
    Workbook,
}

impl Format {
    /// The format that a file's name stands for, less the ending of what packed it.
    pub fn of_name(name: &str) -> Option<Self> {
        let (stem, ending) = name.rsplit_once('.')?;
        let is_packed = Packing::ENDINGS.iter().any(|packed| packed.eq_ignore_ascii_case(ending));
        let format = if is_packed {
            Self::from_extension(stem.rsplit_once('.')?.1)
        } else {
            Self::from_extension(ending)
        };
        // A spreadsheet is packed already.
        format.filter(|format| !is_packed || *format != Self::Workbook)
    }

    /// The format that a file's extension, without its dot, stands for.
    fn from_extension(extension: &str) -> Option<Self> {
        let formats = [
            ("csv", Self::Csv),
            ("tsv", Self::Tsv),
            ("tab", Self::Tsv),
            ("json", Self::Json),
            ("ndjson", Self::Ndjson),
            ("jsonl", Self::Ndjson),
            ("xlsx", Self::Workbook),
            ("xlsm", Self::Workbook),
            ("ods", Self::Workbook),
            ("fods", Self::Workbook),
            ("xls", Self::Workbook),
        ];
        formats.into_iter().find_map(|(name, format)| extension.eq_ignore_ascii_case(name).then_some(format))
    }
}

/// What the rules say of a table as a whole.
#[derive(Clone, Copy, Debug)]
pub struct TableOptions<'a> {
    /// How it is written down.
    pub format: Format,
    /// The column whose values name the rows.
    pub key: Option<&'a str>,
    /// What holds for every column.
    pub written: ColumnOptions,
    /// What holds for single columns, by name. Each must be there.
    pub columns: &'a [(&'a str, ColumnOptions)],
    /// Marks of a missing number, besides those that [`super::Cell`] knows.
    pub missing: &'a [&'a str],
    /// Where in a workbook the table is.
    pub sheet: SheetOptions<'a>,
    /// The column with the file's name, of a table in several files.
    pub file_column: Option<&'a str>,
}

/// Where in a workbook a table is.
#[derive(Clone, Copy, Debug, Default)]
pub struct SheetOptions<'a> {
    /// The sheet; without a name, the only one that is visible.
    pub sheet: Option<&'a str>,
    /// The row with the names of the columns, as programs number it; if they take several rows, the lowest.
    pub header: Option<u32>,
    /// The cells of the table.
    pub range: Option<Area>,
}

impl TableOptions<'_> {
    /// A table of this format of which nothing else is said.
    pub fn new(format: Format) -> Self {
        Self {
            format,
            key: None,
            written: ColumnOptions::default(),
            columns: &[],
            missing: &[],
            sheet: SheetOptions::default(),
            file_column: None,
        }
    }
}

/// What the cells of a column, a table or a figure leave unsaid. The figure's word goes before the column's, the
/// column's before the table's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ColumnOptions {
    /// The unit. A cell with a conflicting one of its own is an error; 12.5 in percent is 0.125.
    pub unit: Option<Unit>,
    /// What every cell is multiplied by: 1000 where the table is "in thousands".
    pub scale: Option<Decimal>,
}

/// One figure to be taken from a table.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The rows.
    pub select: Select<'a>,
    /// The column, as the table names it or in snake case.
    pub column: &'a str,
    /// The column whose values each have a value of their own, where the figure is a series.
    pub group_by: Option<&'a str>,
    /// What is made of the cells.
    pub take: Take,
    /// What a missing number means.
    pub missing: MissingRule,
    /// What the figure itself says of how its cells are written.
    pub written: ColumnOptions,
}

/// Which rows a figure is taken from.
#[derive(Clone, Debug)]
pub enum Select<'a> {
    /// Those with this value, and no other, in the key column: `budget["FY 2024"].amount`.
    Key(&'a str),
    /// The same, or else the one row whose key is this in snake case: `budget.fy_2024.amount`, `budget.fy2024.amount`.
    Named(&'a str),
    /// Those that meet all of the conditions; all rows where there are none.
    Where(Vec<Condition<'a>>),
    /// No row: the one cell of a workbook that this names.
    Cell(Reference<'a>),
}

/// A column and what its cells are asked for. A column may stand in several conditions, as the ends of a range do.
#[derive(Clone, Debug)]
pub struct Condition<'a> {
    /// The column, as the table names it or in snake case.
    pub column: &'a str,
    /// What is asked.
    pub test: Test<'a>,
}

/// What a cell is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test<'a> {
    /// It has this value.
    Is(Match<'a>),
    /// It has one of these values.
    OneOf(Vec<Match<'a>>),
    /// It has none of these values. A cell without a value has none of them.
    NoneOf(Vec<Match<'a>>),
    /// Its number lies on this side of another, as written. A cell that is no number is an error.
    Number(Bound, Decimal),
    /// All of its days lie from this day on, or up to it. A cell that is no date is an error, and so is one whose days
    /// lie on both sides.
    Days {
        /// Which end of a range the day is.
        end: End,
        /// The day, which is included.
        day: Date,
        /// On which day fiscal years begin, where a cell is one.
        fiscal: FiscalYear,
    },
    /// Its text begins like this.
    Prefix(Cow<'a, str>),
}

/// On which side of another number a number lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// It is greater.
    Above,
    /// It is greater or the same.
    AtLeast,
    /// It is less.
    Below,
    /// It is less or the same.
    AtMost,
}

/// An end of a range of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Its first day.
    First,
    /// Its last day.
    Last,
}

/// A value that a cell is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match<'a> {
    /// The text of the cell, without the white space around it.
    Text(Cow<'a, str>),
    /// A number that equals the cell's as written: 12.5 for `12.5%`, 1234 for `1,234*`.
    Number(Decimal),
    /// A day in ISO 8601, with or without midnight after it.
    Date(Date),
    /// `true` or `false`, in whatever case.
    Flag(bool),
}

/// What is made of the cells of the rows selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Take {
    /// The cell itself: there must be exactly one row.
    #[default]
    One,
    /// Their sum.
    Sum,
    /// How many there are, numbers or not; missing ones as [`MissingRule`] says. The only one that may come from no row.
    Count,
    /// Their sum over their number, rounded at 28 digits.
    Mean,
    /// The middle one, or the mean of the two in the middle.
    Median,
    /// The smallest.
    Min,
    /// The largest.
    Max,
}

/// What a missing number means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MissingRule {
    /// Nothing: there is no figure without it.
    #[default]
    Error,
    /// The row is left out.
    Skip,
    /// Zero.
    Zero,
}
