//! Whole rows of a table, as they are printed, for people to look at: a cell says more with its neighbours.

use std::io::Read as _;

use memchr::memchr_iter;
use serde_json::{Map, Value};

use super::encoding;
use super::name;
use super::request::{Format, SheetOptions};
use super::separated::record::{self, Step};
use super::separated::{MOST_COLUMNS, detect};
use super::workbook;
use crate::packed::{Packing, unpack};

/// A row as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedRow {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<PrintedCell>,
}

/// A cell with the name of its column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedCell {
    /// The column, as the table names it.
    pub column: String,
    /// What is printed in it.
    pub text: String,
}

impl PrintedCell {
    /// Whether its column goes by this name in rules.
    pub fn is_in(&self, column: &str) -> bool {
        let (column, printed) = (column.trim(), self.column.trim());
        column == printed || name::names(column, printed)
    }
}

/// The rows that begin on these lines. `lines` is in order. A row that cannot be told from its neighbours is left out.
pub fn rows(bytes: &[u8], format: Format, sheet: &SheetOptions<'_>, lines: &[u64]) -> Vec<PrintedRow> {
    if format == Format::Workbook {
        return workbook::printed(bytes, sheet, lines);
    }
    if let Some(packing) = Packing::of_start(bytes) {
        let mut unpacked = Vec::new();
        let read = unpack(bytes, packing).take(LARGEST_UNPACKED).read_to_end(&mut unpacked);
        return read.map(|_| rows_of_text(&unpacked, format, lines)).unwrap_or_default();
    }
    rows_of_text(bytes, format, lines)
}

/// How much of a packed table is looked through.
const LARGEST_UNPACKED: u64 = 64 << 20;

fn rows_of_text(bytes: &[u8], format: Format, lines: &[u64]) -> Vec<PrintedRow> {
    match format {
        Format::Csv | Format::Tsv | Format::Workbook => {
            separated(encoding::without_mark(bytes), format, lines)
        }
        Format::Json | Format::Ndjson => objects(encoding::without_mark(bytes), lines),
    }
}

fn separated(bytes: &[u8], format: Format, wanted: &[u64]) -> Vec<PrintedRow> {
    let separator = if format == Format::Tsv { b'\t' } else { detect(bytes) };
    let mut fields = Vec::new();
    let mut header: Vec<String> = Vec::new();
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    while found.len() < wanted.len()
        && let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty())
        && let Step::Row { length, lines } = record::read(rest, true, separator, MOST_COLUMNS, &mut fields)
    {
        let cells = || fields.iter().map(|field| field.text(rest).trim().to_owned());
        if header.is_empty() {
            if cells().any(|cell| !cell.is_empty()) {
                header = cells().collect();
            }
        } else if wanted.binary_search(&line).is_ok() {
            let cells = header.iter().cloned().zip(cells());
            let cells = cells.map(|(column, text)| PrintedCell { column, text }).collect();
            found.push(PrintedRow { line, cells });
        }
        at += length;
        line += lines;
    }
    found
}

/// Rows that are objects, each the first on its line.
fn objects(bytes: &[u8], wanted: &[u64]) -> Vec<PrintedRow> {
    let starts: Vec<usize> = std::iter::once(0).chain(memchr_iter(b'\n', bytes).map(|end| end + 1)).collect();
    let object = |line: u64| -> Option<PrintedRow> {
        let at = usize::try_from(line).ok()?.checked_sub(1)?;
        let start = *starts.get(at)?;
        let end = starts.get(at + 1).copied().unwrap_or(bytes.len());
        let here = bytes.get(start..end)?;
        let open = here.iter().position(|byte| *byte == b'{')?;
        let rest = bytes.get(start + open..)?;
        let mut values = serde_json::Deserializer::from_slice(rest).into_iter::<Map<String, Value>>();
        let members = values.next()?.ok()?;
        // Another object on the line may be the row that is meant.
        let read = values.byte_offset();
        let is_alone = here.get(open + read..).is_none_or(|after| !after.contains(&b'{'));
        let cells: Vec<PrintedCell> = members
            .iter()
            .filter_map(|(column, value)| Some(PrintedCell { column: column.clone(), text: scalar(value)? }))
            .collect();
        (is_alone && !cells.is_empty()).then_some(PrintedRow { line, cells })
    };
    wanted.iter().filter_map(|line| object(*line)).collect()
}

/// A value as it is printed; none for what is a table of its own.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(table: &str, format: Format, lines: &[u64]) -> Vec<(u64, String)> {
        let told = |row: PrintedRow| {
            let cells: Vec<String> =
                row.cells.iter().map(|cell| format!("{}={}", cell.column, cell.text)).collect();
            (row.line, cells.join(" "))
        };
        rows_of_text(table.as_bytes(), format, lines).into_iter().map(told).collect()
    }

    #[test]
    fn rows_are_those_of_their_lines() {
        let table = "\u{feff}year;amount\n2024;\"9,\n0\"\n2025;9.5\n2026;10\n";
        let expected = [(2, "year=2024 amount=9,\n0".to_owned()), (4, "year=2025 amount=9.5".to_owned())];
        assert_eq!(printed(table, Format::Csv, &[2, 4]), expected);
        assert_eq!(printed(table, Format::Csv, &[3]), []);
        assert_eq!(printed("a\tb\n1\t<b>", Format::Tsv, &[2]), [(2, "a=1 b=<b>".to_owned())]);
    }

    #[test]
    fn objects_are_rows_if_they_stand_alone() {
        let lines = "{\"a\": 1.50, \"b\": {\"c\": 2}}\n{\"a\": 2, \"b\": null}\n";
        let expected = [(1, "a=1.50".to_owned()), (2, "a=2 b=".to_owned())];
        assert_eq!(printed(lines, Format::Ndjson, &[1, 2]), expected);
        assert_eq!(printed("[{\"a\": 1}, {\"a\": 2}]", Format::Json, &[1]), []);
        assert_eq!(printed("[\n {\"a\": 1},\n {\"a\": 2}\n]", Format::Json, &[3]), [(3, "a=2".to_owned())]);
    }

    #[test]
    fn names_in_rules_find_their_cell() {
        let cell = PrintedCell { column: "FY 2024 ".into(), text: String::new() };
        assert!(cell.is_in("fy_2024") && cell.is_in("FY 2024") && !cell.is_in("fy_2025"));
    }
}
