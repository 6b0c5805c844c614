//! XLS: what Excel 97 to 2003 saved (BIFF8, [MS-XLS]), in a compound file.
//!
//! Numbers are binary ones of 64 bits here. They are written out in the fewest digits that lead back to them, and from
//! there on read as those of any other spreadsheet.

mod compound;
mod records;
mod texts;

use std::collections::HashMap;

use super::SheetEntry;
use super::area::Area;
use super::display::NumberFormat;
use super::error::WorkbookError;
use super::grid::Grid;
use records::{Record, Records, kind};

/// A book: its stream of records.
pub(super) struct Xls {
    stream: Vec<u8>,
    /// Where in the stream the sheets begin.
    starts: Vec<usize>,
    shared: Shared,
}

/// What all sheets share.
#[derive(Default)]
struct Shared {
    strings: Vec<String>,
    formats: Vec<NumberFormat>,
    from_1904: bool,
}

/// What damage is reported of.
const STREAM: &str = "its stream of records";

impl Xls {
    /// Opens a book, and lists its sheets.
    pub(super) fn open(bytes: &[u8]) -> Result<(Self, Vec<SheetEntry>), WorkbookError> {
        let stream = compound::stream(bytes)?;
        let mut shared = Shared::default();
        let (mut entries, mut starts, mut codes, mut of_cells) =
            (Vec::new(), Vec::new(), HashMap::new(), Vec::new());
        let mut records = Records::at(&stream, 0);
        let Some(Record { kind: kind::BOF, data, .. }) = records.next()? else {
            return Err(WorkbookError::damaged(STREAM, "it does not begin as one"));
        };
        if records::u16_at(data, 0) != Some(0x0600) {
            return Err(WorkbookError::OtherKind { kind: "Excel's format before 1997" });
        }
        while let Some(record) = records.next()? {
            match record.kind {
                kind::FILE_PASS => return Err(WorkbookError::Protected),
                kind::DATE_1904 => shared.from_1904 = records::u16_at(record.data, 0) == Some(1),
                kind::FORMAT => {
                    let code = record.data.get(2..).and_then(texts::long);
                    let format = code.map(|code| NumberFormat::of_code(&code));
                    codes.extend(records::u16_at(record.data, 0).zip(format));
                }
                // Cells name no more of them than this.
                kind::XF if u16::try_from(of_cells.len()).is_ok() => {
                    of_cells.extend(records::u16_at(record.data, 2));
                }
                kind::SHEET => entries.extend(sheet_entry(record.data, &mut starts)),
                kind::STRINGS => shared.strings = texts::shared(&record, &mut records)?,
                kind::EOF => break,
                _ => {}
            }
        }
        let formats = of_cells
            .into_iter()
            .map(|id: u16| codes.get(&id).copied().unwrap_or_else(|| NumberFormat::built_in(id.into())));
        shared.formats = formats.collect();
        Ok((Self { stream, starts, shared }, entries))
    }

    /// Reads the cells of a sheet.
    pub(super) fn grid(&self, at: usize, entry: &SheetEntry) -> Result<Grid, WorkbookError> {
        let start = self.starts.get(at).copied().unwrap_or(usize::MAX);
        let mut sheet =
            Sheet { shared: &self.shared, cells: Vec::new(), hidden: Vec::new(), size: 0, text_of: None };
        let mut grid = Grid::new(&entry.name, entry.is_hidden);
        let mut records = Records::at(&self.stream, start);
        if records.next()?.is_none_or(|first| first.kind != kind::BOF) {
            return Err(WorkbookError::damaged(STREAM, format!("the sheet “{}” is not in it", entry.name)));
        }
        // Charts in a sheet have a beginning and an end of their own.
        let mut depth = 1_usize;
        while let Some(record) = records.next()? {
            match record.kind {
                kind::BOF => depth += 1,
                kind::EOF => depth -= 1,
                _ if depth > 1 => {}
                kind::COLUMNS => {
                    let is_hidden = records::u16_at(record.data, 8).is_some_and(|flags| flags & 1 != 0);
                    let ends = records::u16_at(record.data, 0).zip(records::u16_at(record.data, 2));
                    if let Some((first, last)) = ends.filter(|_| is_hidden) {
                        grid.hide_columns(first.into(), last.into());
                    }
                }
                kind::MERGED => merged(record.data, &mut grid)?,
                _ => sheet.take(&record)?,
            }
            if depth == 0 {
                break;
            }
        }
        sheet.into_grid(grid)
    }
}

/// A sheet of cells, and where it begins; charts and macros are none.
fn sheet_entry(data: &[u8], starts: &mut Vec<usize>) -> Option<SheetEntry> {
    let start = records::u32_at(data, 0)?;
    let (&hidden, &of_kind) = (data.get(4)?, data.get(5)?);
    let name = texts::short(data.get(6..)?)?;
    if of_kind != 0 {
        return None;
    }
    starts.push(start as usize);
    Some(SheetEntry { name, is_hidden: hidden & 3 != 0 })
}

fn merged(data: &[u8], grid: &mut Grid) -> Result<(), WorkbookError> {
    for range in data.get(2..).unwrap_or_default().chunks_exact(8) {
        let at = |place| records::u16_at(range, place).map_or(0, u32::from);
        grid.add_merged(Area { top: at(0) + 1, bottom: at(2) + 1, left: at(4), right: at(6) })?;
    }
    Ok(())
}

/// A sheet that is being read.
struct Sheet<'s> {
    shared: &'s Shared,
    /// Rows from 1, columns from 0. They mostly come in order, but need not.
    cells: Vec<(u32, u32, String)>,
    hidden: Vec<u32>,
    /// The bytes of shared texts in the cells.
    size: usize,
    /// The cell whose formula gave the text that follows.
    text_of: Option<(u32, u32)>,
}

impl Sheet<'_> {
    fn take(&mut self, record: &Record<'_>) -> Result<(), WorkbookError> {
        let data = record.data;
        let pair = records::u16_at(data, 0).zip(records::u16_at(data, 2));
        let Some((row, column)) = pair.map(|(row, column)| (u32::from(row) + 1, u32::from(column))) else {
            return Ok(());
        };
        match record.kind {
            // A height of none is how a row is hidden.
            kind::ROW if records::u16_at(data, 12).is_some_and(|flags| flags & 0x20 != 0) => {
                self.hidden.push(row);
            }
            kind::NUMBER => {
                let number = records::f64_at(data, 6).map(|number| number.to_string());
                self.number(row, column, records::u16_at(data, 4), number);
            }
            kind::RK => self.number(row, column, records::u16_at(data, 4), records::packed_at(data, 6)),
            kind::SEVERAL_RK => {
                let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default().chunks_exact(6);
                for (column, cell) in (column..).zip(cells) {
                    self.number(row, column, records::u16_at(cell, 0), records::packed_at(cell, 2));
                }
            }
            kind::SHARED_TEXT => {
                let at = records::u32_at(data, 6).unwrap_or(u32::MAX) as usize;
                let text = self.shared.strings.get(at);
                let text =
                    text.ok_or_else(|| WorkbookError::damaged(STREAM, format!("there is no text {at}")))?;
                self.size += text.len();
                if self.size > texts::MOST_TEXT {
                    return Err(WorkbookError::damaged(STREAM, "its cells have more text than is read"));
                }
                self.cells.push((row, column, text.clone()));
            }
            kind::TEXT | kind::RICH_TEXT => {
                let text = data.get(6..).and_then(texts::long);
                self.cells.extend(text.map(|text| (row, column, text)));
            }
            kind::FLAG_OR_ERROR => self.flag_or_error(row, column, data.get(6), data.get(7) == Some(&1)),
            kind::FORMULA => self.formula(row, column, data),
            _ => {}
        }
        if record.kind == kind::FORMULA_TEXT
            && let Some((row, column)) = self.text_of.take()
        {
            self.cells.extend(texts::long(data).map(|text| (row, column, text)));
        }
        Ok(())
    }

    fn number(&mut self, row: u32, column: u32, format: Option<u16>, number: Option<String>) {
        let format = format.and_then(|format| self.shared.formats.get(usize::from(format)));
        let mut shown = String::new();
        if let Some(number) = number {
            format.copied().unwrap_or_default().show(&number, self.shared.from_1904, &mut shown);
        }
        self.cells.push((row, column, shown));
    }

    fn flag_or_error(&mut self, row: u32, column: u32, value: Option<&u8>, is_error: bool) {
        let text = match (is_error, value) {
            (false, Some(1)) => "TRUE",
            (false, _) => "FALSE",
            (true, Some(0x07)) => "#DIV/0!",
            (true, Some(0x0f)) => "#VALUE!",
            (true, Some(0x17)) => "#REF!",
            (true, Some(0x1d)) => "#NAME?",
            (true, Some(0x24)) => "#NUM!",
            (true, Some(0x2a)) => "#N/A",
            (true, _) => "#NULL!",
        };
        self.cells.push((row, column, text.to_owned()));
    }

    /// What a formula came to when the file was saved.
    fn formula(&mut self, row: u32, column: u32, data: &[u8]) {
        if data.get(12..14) != Some(&[0xff, 0xff]) {
            let number = records::f64_at(data, 6).map(|number| number.to_string());
            return self.number(row, column, records::u16_at(data, 4), number);
        }
        match data.get(6) {
            Some(0) => self.text_of = Some((row, column)),
            Some(1) => self.flag_or_error(row, column, data.get(8), false),
            Some(2) => self.flag_or_error(row, column, data.get(8), true),
            _ => {}
        }
    }

    fn into_grid(mut self, mut grid: Grid) -> Result<Grid, WorkbookError> {
        // Of a cell that is there twice, the last is what programs show.
        self.cells.reverse();
        self.cells.sort_by_key(|(row, column, _)| (*row, *column));
        self.cells.dedup_by_key(|(row, column, _)| (*row, *column));
        self.hidden.sort_unstable();
        let mut begun = 0;
        for (row, column, text) in &self.cells {
            if *row != begun {
                grid.begin_row(*row, self.hidden.binary_search(row).is_ok())?;
                begun = *row;
            }
            grid.cell(*column, text)?;
        }
        grid.merge()?;
        Ok(grid)
    }
}
