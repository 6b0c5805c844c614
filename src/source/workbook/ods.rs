//! ODS: spreadsheets of the Open Document Format (ISO/IEC 26300).

use std::collections::HashSet;

use super::SheetEntry;
use super::area::{Area, MOST_COLUMNS, MOST_ROWS};
use super::display::NumberFormat;
use super::error::WorkbookError;
use super::grid::Grid;
use super::xml::{Element, Name, Tag, Tags};
use crate::packed::Archive;

/// The longest text of a cell, in bytes.
const LONGEST: usize = 16 << 20;

/// The part with all cells.
const CONTENT: &str = "content.xml";

/// A book. All its sheets are in one part.
pub(super) enum Ods<'a> {
    /// In an archive.
    Packed(Archive<'a>),
    /// A file by itself (`.fods`).
    Flat(&'a [u8]),
}

impl Ods<'_> {
    /// Whether a file that is XML is a book.
    pub(super) fn is_flat(bytes: &[u8]) -> bool {
        memchr::memmem::find(bytes.get(..1000).unwrap_or(bytes), b"office:document").is_some()
    }

    /// Its sheets, in their order.
    pub(super) fn sheets(&self) -> Result<Vec<SheetEntry>, WorkbookError> {
        entries(self.content()?)
    }

    fn content(&self) -> Result<Tags<'_>, WorkbookError> {
        match self {
            Self::Packed(archive) => Tags::of(archive, CONTENT)?
                .ok_or(WorkbookError::NotASpreadsheet { found: "a zip archive of something else" }),
            Self::Flat(bytes) => Ok(Tags::of_file(bytes)),
        }
    }

    /// Reads the cells of a sheet.
    pub(super) fn grid(&self, at: usize, entry: &SheetEntry) -> Result<Grid, WorkbookError> {
        let mut tags = self.content()?;
        let mut sheet = Sheet::new(Grid::new(&entry.name, entry.is_hidden));
        let (mut tables, mut depth, mut passed) = (0_usize, 0_usize, 0_usize);
        while let Some(tag) = tags.next()? {
            match &tag {
                Tag::Start(Element { name: Name::Table, .. }) => {
                    tables += usize::from(depth == 0);
                    depth += 1;
                    continue;
                }
                Tag::End(Name::Table) => {
                    depth = depth.saturating_sub(1);
                    continue;
                }
                // What lies on the sheet, and what is written beside a cell, is not in it.
                Tag::Start(Element { name: Name::Shapes | Name::Annotation, .. }) => passed += 1,
                Tag::End(Name::Shapes | Name::Annotation) => passed = passed.saturating_sub(1),
                _ => {}
            }
            // A table within a cell is no part of the sheet.
            if depth == 1 && tables == at + 1 && passed == 0 {
                sheet.take(tag)?;
            }
        }
        sheet.grid.merge()?;
        Ok(sheet.grid)
    }
}

fn entries(mut tags: Tags<'_>) -> Result<Vec<SheetEntry>, WorkbookError> {
    let mut entries = Vec::new();
    let (mut hiding, mut style, mut depth) = (HashSet::new(), String::new(), 0_usize);
    while let Some(tag) = tags.next()? {
        match tag {
            Tag::Start(element) => match element.name {
                Name::Style => style = element.attribute("name").unwrap_or_default(),
                Name::TableProperties if element.attribute("display").as_deref() == Some("false") => {
                    hiding.insert(style.clone());
                }
                Name::Table => {
                    if depth == 0 {
                        let is_hidden =
                            element.attribute("style-name").is_some_and(|style| hiding.contains(&style));
                        let name = element.attribute("name").unwrap_or_default();
                        entries.push(SheetEntry { name, is_hidden });
                    }
                    depth += 1;
                }
                _ => {}
            },
            Tag::End(Name::Table) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(entries)
}

/// A sheet that is being read.
struct Sheet {
    grid: Grid,
    /// The number of the row at hand, from 1, and how many rows are like it.
    row: u32,
    repeated: u32,
    is_hidden: bool,
    /// The next column; of cells, and of the columns' own tags.
    column: u32,
    described: u32,
    /// The cells of the row at hand, with their columns.
    cells: Vec<(u32, String)>,
    cell: Option<Cell>,
}

/// A cell that is being read.
struct Cell {
    repeated: u32,
    /// What it shows; none where its value is told.
    shown: Option<String>,
    value: String,
    /// How many paragraphs have begun, and whether one is open.
    paragraphs: usize,
    is_text: bool,
}

impl Sheet {
    fn new(grid: Grid) -> Self {
        Self {
            grid,
            row: 0,
            repeated: 1,
            is_hidden: false,
            column: 0,
            described: 0,
            cells: Vec::new(),
            cell: None,
        }
    }

    fn take(&mut self, tag: Tag<'_>) -> Result<(), WorkbookError> {
        match tag {
            Tag::Start(element) => return self.start(&element),
            Tag::End(Name::TableRow) => return self.finish_row(),
            Tag::End(Name::TableCell | Name::CoveredCell) => return self.finish_cell(),
            Tag::End(Name::P) => self.paragraph(false),
            Tag::Text(text) => return self.text(&text),
            Tag::End(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, element: &Element<'_>) -> Result<(), WorkbookError> {
        let repeated = |of: &str| element.number::<u32>(of).unwrap_or(1).max(1);
        let is_hidden =
            || element.attribute("visibility").is_some_and(|it| matches!(&*it, "collapse" | "filter"));
        match element.name {
            Name::TableColumn => {
                let after = self.described.saturating_add(repeated("number-columns-repeated"));
                if is_hidden() {
                    self.grid.hide_columns(self.described, after - 1);
                }
                self.described = after;
            }
            Name::TableRow => {
                self.repeated = repeated("number-rows-repeated");
                self.is_hidden = is_hidden();
                self.column = 0;
                self.row = self.row.saturating_add(1);
            }
            Name::TableCell | Name::CoveredCell => {
                return self.begin_cell(element, repeated("number-columns-repeated"));
            }
            Name::P => self.paragraph(true),
            Name::S => {
                let spaces = element.number::<usize>("c").unwrap_or(1).min(1000);
                return self.text(&" ".repeat(spaces));
            }
            Name::Tab | Name::LineBreak => return self.text(" "),
            _ => {}
        }
        Ok(())
    }

    fn begin_cell(&mut self, element: &Element<'_>, repeated: u32) -> Result<(), WorkbookError> {
        let spanned = |of: &str| element.number::<u32>(of).unwrap_or(1).max(1);
        let (wide, high) = (spanned("number-columns-spanned"), spanned("number-rows-spanned"));
        if wide > 1 || high > 1 {
            self.grid.add_merged(Area {
                top: self.row,
                left: self.column,
                bottom: self.row.saturating_add(high - 1).min(MOST_ROWS),
                right: self.column.saturating_add(wide - 1).min(MOST_COLUMNS),
            })?;
        }
        let number = |format: NumberFormat| {
            let mut shown = String::new();
            format.show(element.attribute("value")?.trim(), false, &mut shown);
            Some(shown)
        };
        let shown = match element.attribute("value-type").as_deref() {
            Some("float") => number(NumberFormat::default()),
            Some("percentage") => number(NumberFormat::PERCENT),
            Some("currency") => {
                number(NumberFormat::money(&element.attribute("currency").unwrap_or_default()))
            }
            Some("date") => element.attribute("date-value"),
            Some("boolean") => element.attribute("boolean-value").map(|value| value.to_uppercase()),
            _ => None,
        };
        // What is under a merged cell is not shown.
        let shown = if element.name == Name::CoveredCell { Some(String::new()) } else { shown };
        self.cell = Some(Cell { repeated, shown, value: String::new(), paragraphs: 0, is_text: false });
        Ok(())
    }

    fn paragraph(&mut self, begins: bool) {
        let Some(cell) = &mut self.cell else { return };
        if begins && cell.paragraphs > 0 {
            cell.value.push(' ');
        }
        cell.paragraphs += usize::from(begins);
        cell.is_text = begins;
    }

    fn text(&mut self, text: &str) -> Result<(), WorkbookError> {
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.is_text) {
            cell.value.push_str(text);
            if cell.value.len() > LONGEST {
                return Err(WorkbookError::damaged(&self.grid.name, "a cell has more than 16 MB of text"));
            }
        }
        Ok(())
    }

    fn finish_cell(&mut self) -> Result<(), WorkbookError> {
        let Some(Cell { repeated, shown, value, .. }) = self.cell.take() else { return Ok(()) };
        let text = shown.unwrap_or(value);
        let after = self.column.saturating_add(repeated);
        if !text.is_empty() {
            // One past the last column is refused by the grid.
            let last = after.min(MOST_COLUMNS + 1);
            self.cells.extend((self.column..last).map(|column| (column, text.clone())));
            let size: usize = text.len().saturating_mul(self.cells.len());
            if size > 64 << 20 {
                return Err(WorkbookError::damaged(&self.grid.name, "a row has more than 64 MB of text"));
            }
        }
        self.column = after;
        Ok(())
    }

    /// Adds the row, as often as it is there. Rows of empty cells, of which programs write a million, are passed over.
    fn finish_row(&mut self) -> Result<(), WorkbookError> {
        if !self.cells.is_empty() {
            for number in self.row..self.row.saturating_add(self.repeated) {
                self.grid.begin_row(number, self.is_hidden)?;
                for (column, text) in &self.cells {
                    self.grid.cell(*column, text)?;
                }
            }
            self.cells.clear();
        }
        self.row = self.row.saturating_add(self.repeated - 1);
        Ok(())
    }
}
