//! What can go wrong with a table, and with one figure taken from it.

use std::{fmt, io};

use jiff::civil::Date;

use super::answer::Printed;
use super::place::RowPlace;
use super::workbook::WorkbookError;

/// Why a file is not a table. The caller knows the file's name.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Reading failed.
    #[error("could not be read: {0}")]
    Io(#[from] io::Error),
    /// There is no header and no row.
    #[error("no table in it: it has neither header nor rows")]
    Empty,
    /// The beginning has bytes that no text has.
    #[error("not a text file")]
    NotText,
    /// Lines end as they did before 2001.
    #[error("its lines end in lone carriage returns: save it with line feeds")]
    LineEnds,
    /// A row has more or fewer cells than the header.
    #[error("line {line} has {cells} cells, the header {header}")]
    Ragged {
        /// The line on which the row begins.
        line: u64,
        /// The cells in it.
        cells: usize,
        /// The cells in the header.
        header: usize,
    },
    /// A quoted cell does not end.
    #[error("a quotation mark on line {line} is never closed")]
    UnclosedQuote {
        /// The line on which its row begins.
        line: u64,
    },
    /// Something stands between a closing quotation mark and the next separator.
    #[error("text after a closing quotation mark in the row that begins on line {line}")]
    AfterQuote {
        /// The line on which the row begins.
        line: u64,
    },
    /// A row is past all measure: most often a quotation mark is missing.
    #[error("the row that begins on line {line} is longer than {limit} bytes")]
    RowTooLong {
        /// The line on which it begins.
        line: u64,
        /// The longest that is read.
        limit: usize,
    },
    /// More columns than any table has.
    #[error("more than {limit} columns on line {line}")]
    TooManyColumns {
        /// The line.
        line: u64,
        /// The most that are read.
        limit: usize,
    },
    /// A JSON document that is too large to be read whole.
    #[error("a JSON document of more than {limit} bytes: save it as one object a line (NDJSON)")]
    TooLarge {
        /// The largest that is read.
        limit: u64,
    },
    /// Not JSON.
    #[error("not valid JSON on line {line}, column {column}: {message}")]
    Json {
        /// The line.
        line: u64,
        /// The column, in bytes.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// JSON, but no table.
    #[error("no table in it: expected an array of objects, or an object with one such array, found {found}")]
    NoTable {
        /// What stands there.
        found: &'static str,
    },
    /// An element of the array is no row.
    #[error("expected an object on line {line}, found {found}")]
    NotARow {
        /// The line on which it begins.
        line: u64,
        /// What stands there.
        found: &'static str,
    },
    /// A spreadsheet.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// A spreadsheet that is too large to be kept in memory.
    #[error("a spreadsheet of more than {limit} MB: save its sheet as .csv")]
    WorkbookTooLarge {
        /// The largest that is read.
        limit: u64,
    },
    /// Of several files that are one table, one has other columns.
    #[error("its columns are not those of the first file{}{}", listed(" that it lacks", .missing), listed(" that only it has", .extra))]
    OtherColumns {
        /// Those that only the first has.
        missing: Vec<String>,
        /// Those that only this one has.
        extra: Vec<String>,
    },
    /// The rules speak of a column that is not there.
    #[error("no column `{column}` (it has {})", list(.known))]
    UnknownColumn {
        /// The column.
        column: String,
        /// The first of those that are there.
        known: Vec<String>,
        /// The most similar of them.
        nearest: Option<String>,
    },
}

impl TableError {
    /// What to do about it, where that is known.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Workbook(error) => error.help(),
            Self::OtherColumns { .. } => {
                Some("give the files the same column names, or narrow the pattern in `file`".to_owned())
            }
            _ => None,
        }
    }
}

/// Why a figure cannot be taken from a table. What to do about it is in [`FigureError::help`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FigureError {
    /// Rows are asked for by key, and nothing says which column holds the keys.
    #[error("the source names no key column")]
    NoKey,
    /// There is no such column.
    #[error("no column `{column}` (the table has {})", list(.known))]
    UnknownColumn {
        /// The column.
        column: String,
        /// The first of those that are there.
        known: Vec<String>,
        /// The most similar of them.
        nearest: Option<String>,
    },
    /// Several columns could be meant.
    #[error("several columns could be `{column}`: {}", list(.found))]
    SeveralColumns {
        /// The column.
        column: String,
        /// Those that could be meant, as the table names them.
        found: Vec<String>,
    },
    /// No row has the value, or all of the values.
    #[error("no row where {condition}{}", with_missing(*.missing))]
    NoRow {
        /// The key or the conditions: ``key is `FY 2042` ``.
        condition: String,
        /// The most similar value of the column whose value no row has.
        nearest: Option<String>,
        /// How many rows might have been meant, had they a value there.
        missing: u64,
    },
    /// Nobody can tell whether a row lies in a range.
    #[error("nobody can tell whether {at} is meant: `{text}` in column `{column}` {why}")]
    Unclear {
        /// The column.
        column: String,
        /// Where.
        at: RowPlace,
        /// What stands in the cell.
        text: Printed,
        /// What is wrong with it.
        why: Unclear,
    },
    /// One row is asked for, and several are there.
    #[error("{rows} rows where {condition} ({})", place_list(.lines, *.rows))]
    SeveralRows {
        /// The key or the conditions.
        condition: String,
        /// How many rows.
        rows: u64,
        /// Where the first of them are.
        lines: Vec<RowPlace>,
    },
    /// A number is missing, and nothing says what that means.
    #[error("no number in column `{column}` on {at}, where `{marker}` stands for a missing one")]
    Missing {
        /// The column.
        column: String,
        /// Where.
        at: RowPlace,
        /// What stands in the cell.
        marker: Printed,
    },
    /// Every number is missing, and left out.
    #[error("all {rows} numbers in column `{column}` are missing")]
    AllMissing {
        /// The column.
        column: String,
        /// How many.
        rows: u64,
    },
    /// Something other than a number.
    #[error("no number in column `{column}` on {at}: `{text}`")]
    NotANumber {
        /// The column.
        column: String,
        /// Where.
        at: RowPlace,
        /// What stands in the cell.
        text: Printed,
    },
    /// The cell says another unit than the rules.
    #[error("`{text}` in column `{column}` on {at} is in {found}, but the rules say {declared}")]
    UnitConflict {
        /// The column.
        column: String,
        /// Where.
        at: RowPlace,
        /// What stands in the cell.
        text: Printed,
        /// The cell's unit.
        found: String,
        /// The unit that the rules declare.
        declared: String,
    },
    /// The cell has a scale word, and the rules give the column a scale.
    #[error(
        "`{text}` in column `{column}` on {at} has a scale of its own, and the rules scale the column too"
    )]
    ScaledTwice {
        /// The column.
        column: String,
        /// Where.
        at: RowPlace,
        /// What stands in the cell.
        text: Printed,
    },
    /// Cells of different units taken together.
    #[error("`{text}` in column `{column}` on {at} is in {found}, the cells before it in {before}")]
    MixedUnits {
        /// The column.
        column: String,
        /// Where.
        at: RowPlace,
        /// What stands in the cell.
        text: Printed,
        /// The cell's unit.
        found: String,
        /// The unit so far.
        before: String,
    },
    /// The value has more digits than a decimal holds.
    #[error("overflow in column `{column}` on {at}")]
    Overflow {
        /// The column.
        column: String,
        /// Where.
        at: RowPlace,
    },
    /// A row of a series has no key.
    #[error("nothing in column `{column}` on {at}, which the series is grouped by")]
    NoGroup {
        /// The column.
        column: String,
        /// Where.
        at: RowPlace,
    },
    /// A series has more keys than anybody reads.
    #[error("a series of more than {limit} keys")]
    TooManyGroups {
        /// The most that are told apart.
        limit: usize,
    },
    /// A median is asked for of more values than are kept.
    #[error("a median of more than {limit} values")]
    TooMany {
        /// The most that are kept.
        limit: usize,
    },
}

/// Why nobody can tell whether a cell lies in a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// It is no number.
    NoNumber,
    /// It is no date.
    NoDate,
    /// Some of its days do, and some do not: the end of the range lies among them.
    Straddles(Date),
}

impl FigureError {
    /// The row that it is about.
    pub fn place(&self) -> Option<RowPlace> {
        match self {
            Self::Missing { at, .. }
            | Self::NotANumber { at, .. }
            | Self::UnitConflict { at, .. }
            | Self::ScaledTwice { at, .. }
            | Self::MixedUnits { at, .. }
            | Self::Unclear { at, .. }
            | Self::NoGroup { at, .. }
            | Self::Overflow { at, .. } => Some(*at),
            Self::SeveralRows { lines, .. } => {
                // Only where all are in one file, it can be named.
                let first = lines.first().copied()?;
                lines.iter().all(|place| place.file == first.file).then_some(first)
            }
            _ => None,
        }
    }

    /// What to do about it, where that is known.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::NoKey => Some("name the column that holds the keys: `key = \"…\"` in the source".to_owned()),
            Self::UnknownColumn { nearest, .. } | Self::NoRow { nearest, .. } => {
                nearest.as_ref().map(|nearest| format!("did you mean `{nearest}`?"))
            }
            Self::Unclear { why: Unclear::NoDate, .. } => Some(
                "dates are read as in 2025-03-01, 2025-03, 2025-Q1, 2025 and FY2025; leave the row out by another condition, or correct the table"
                    .to_owned(),
            ),
            Self::Unclear { why: Unclear::NoNumber, .. } => {
                Some("leave the row out by another condition, or correct the table".to_owned())
            }
            Self::Unclear { why: Unclear::Straddles(_), .. } => {
                Some("choose a range that takes in whole rows, or a table with a row a day".to_owned())
            }
            Self::NoGroup { .. } => {
                Some("leave the row out by a condition, or correct the table".to_owned())
            }
            Self::SeveralColumns { .. } => Some("rename one of them in the table".to_owned()),
            Self::SeveralRows { .. } => {
                Some("add a condition to `where`, or say what to make of them: `take = \"sum\"`".to_owned())
            }
            Self::Missing { .. } => Some(
                "say what a missing number means: `missing = \"skip\"` leaves the row out, `missing = \"zero\"` counts it as 0"
                    .to_owned(),
            ),
            Self::ScaledTwice { .. } => Some("remove `scale` from the rules".to_owned()),
            _ => None,
        }
    }
}

impl fmt::Display for Unclear {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoNumber => out.write_str("is no number"),
            Self::NoDate => out.write_str("is no date"),
            Self::Straddles(day) => write!(out, "has days on both sides of the range's end, {day}"),
        }
    }
}

fn with_missing(rows: u64) -> String {
    match rows {
        0 => String::new(),
        1 => "; 1 row that might be meant has nothing in the cell that is asked for".to_owned(),
        _ => format!("; {rows} rows that might be meant have nothing in the cells that are asked for"),
    }
}

/// The first of some names after what they are, if there are any.
fn listed(what: &str, names: &[String]) -> String {
    const TOLD: usize = 5;
    if names.is_empty() {
        return String::new();
    }
    let more = if names.len() > TOLD { ", …" } else { "" };
    format!("; {what}: {}{more}", list(names.get(..TOLD).unwrap_or(names))).replace(";  ", "; ")
}

fn list(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// Where rows are: `lines 3, 7, …`.
fn place_list(places: &[RowPlace], rows: u64) -> String {
    let what = places.first().map_or_else(String::new, ToString::to_string);
    let what = what.split(' ').next().unwrap_or_default();
    let listed: Vec<String> = places.iter().map(|place| place.line.to_string()).collect();
    let more = rows > places.len() as u64;
    format!("{what}s {}{}", listed.join(", "), if more { ", …" } else { "" })
}
