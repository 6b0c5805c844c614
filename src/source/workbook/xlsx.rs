//! XLSX and XLSM: Office Open XML (ECMA-376).

use std::collections::HashMap;

use super::SheetEntry;
use super::area::{self, Area};
use super::display::NumberFormat;
use super::error::WorkbookError;
use super::grid::Grid;
use super::xml::{Element, Name, Tag, Tags};
use crate::packed::Archive;

/// What the sheets of a book share.
pub(super) struct Xlsx<'a> {
    archive: Archive<'a>,
    /// The parts of the sheets, in their order.
    parts: Vec<String>,
    strings: Option<String>,
    styles: Option<String>,
    from_1904: bool,
}

/// The most bytes of shared strings.
const MOST_TEXT: usize = 512 << 20;
/// The most shared strings.
const MOST_STRINGS: usize = 1 << 24;
/// The most formats of cells. Excel has 65,490.
const MOST_FORMATS: usize = 1 << 18;

impl<'a> Xlsx<'a> {
    /// Opens a book, if the archive has one, and lists its sheets.
    pub(super) fn open(archive: Archive<'a>) -> Result<Option<(Self, Vec<SheetEntry>)>, WorkbookError> {
        let book = relationships(&archive, "")?.into_iter().find(|it| it.kind == "officeDocument");
        let book = book.map_or_else(|| "xl/workbook.xml".to_owned(), |book| book.target);
        if book.to_ascii_lowercase().strip_suffix(".bin").is_some() {
            return Err(WorkbookError::OtherKind { kind: "Excel's binary format (.xlsb)" });
        }
        let Some((found, from_1904)) = sheets(&archive, &book)? else { return Ok(None) };
        let related = relationships(&archive, &book)?;
        let of_kind = |kind: &str| related.iter().find(|it| it.kind == kind).map(|it| it.target.clone());
        let (strings, styles) = (of_kind("sharedStrings"), of_kind("styles"));
        let (mut parts, mut entries) = (Vec::new(), Vec::new());
        for (entry, id) in found {
            // A chart or a dialogue has a sheet of its own, without cells.
            let part = related.iter().find(|it| it.id == id && it.kind == "worksheet");
            if let Some(part) = part {
                parts.push(part.target.clone());
                entries.push(entry);
            }
        }
        Ok(Some((Self { archive, parts, strings, styles, from_1904 }, entries)))
    }

    /// Reads the cells of a sheet.
    pub(super) fn grid(&self, at: usize, entry: &SheetEntry) -> Result<Grid, WorkbookError> {
        let strings = match &self.strings {
            Some(part) => Strings::read(&self.archive, part)?,
            None => Strings::default(),
        };
        let formats = match &self.styles {
            Some(part) => formats(&self.archive, part)?,
            None => Vec::new(),
        };
        let part = self.parts.get(at).map_or("", String::as_str);
        let tags = Tags::of(&self.archive, part)?
            .ok_or_else(|| WorkbookError::damaged(part, "it is not in the archive"))?;
        let sheet = Sheet {
            grid: Grid::new(&entry.name, entry.is_hidden),
            strings: &strings,
            formats: &formats,
            from_1904: self.from_1904,
            cell: None,
            row: 0,
            column: 0,
        };
        sheet.read(tags)
    }
}

/// A relationship of a part with another.
struct Relationship {
    id: String,
    kind: String,
    target: String,
}

fn relationships(archive: &Archive<'_>, of: &str) -> Result<Vec<Relationship>, WorkbookError> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let slash = if folder.is_empty() { "" } else { "/" };
    let mut found = Vec::new();
    let Some(mut tags) = Tags::of(archive, &format!("{folder}{slash}_rels/{name}.rels"))? else {
        return Ok(found);
    };
    while let Some(tag) = tags.next()? {
        if let Tag::Start(element) = tag
            && element.name == Name::Relationship
            && let (Some(kind), Some(target)) = (element.attribute("Type"), element.attribute("Target"))
        {
            found.push(Relationship {
                id: element.attribute("Id").unwrap_or_default(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: crate::packed::joined(folder, &target),
            });
        }
    }
    Ok(found)
}

/// The sheets of a book, each with the id of its relationship, and whether its days are counted from 1904.
type Sheets = (Vec<(SheetEntry, String)>, bool);

fn sheets(archive: &Archive<'_>, book: &str) -> Result<Option<Sheets>, WorkbookError> {
    let Some(mut tags) = Tags::of(archive, book)? else { return Ok(None) };
    let (mut found, mut from_1904) = (Vec::new(), false);
    while let Some(tag) = tags.next()? {
        let Tag::Start(element) = tag else { continue };
        match element.name {
            Name::WorkbookPr => from_1904 = element.is_set("date1904"),
            Name::Sheet => {
                let is_hidden = element.attribute("state").is_some_and(|state| state != "visible");
                let name = element.attribute("name").unwrap_or_default();
                found.push((SheetEntry { name, is_hidden }, element.attribute("id").unwrap_or_default()));
            }
            _ => {}
        }
    }
    Ok(Some((found, from_1904)))
}

/// The texts that cells share, one after the other.
#[derive(Default)]
struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    fn read(archive: &Archive<'_>, part: &str) -> Result<Self, WorkbookError> {
        let mut strings = Self::default();
        let Some(mut tags) = Tags::of(archive, part)? else { return Ok(strings) };
        let (mut is_text, mut is_spoken) = (false, false);
        while let Some(tag) = tags.next()? {
            match tag {
                Tag::Start(Element { name: Name::T, .. }) => is_text = !is_spoken,
                // How a text is pronounced stands beside it.
                Tag::Start(Element { name: Name::RPh, .. }) => is_spoken = true,
                Tag::End(Name::T) => is_text = false,
                Tag::End(Name::RPh) => is_spoken = false,
                Tag::End(Name::Si) => strings.ends.push(strings.text.len()),
                Tag::Text(text) if is_text => strings.text.push_str(&text),
                _ => {}
            }
            if strings.text.len() > MOST_TEXT || strings.ends.len() > MOST_STRINGS {
                return Err(tags.damaged("it has more texts than are read"));
            }
        }
        Ok(strings)
    }

    fn get(&self, at: usize) -> Option<&str> {
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(start..*self.ends.get(at)?)
    }
}

/// What the formats of cells make of their numbers.
fn formats(archive: &Archive<'_>, part: &str) -> Result<Vec<NumberFormat>, WorkbookError> {
    let (mut codes, mut formats) = (HashMap::new(), Vec::new());
    let Some(mut tags) = Tags::of(archive, part)? else { return Ok(formats) };
    let mut is_of_cells = false;
    while let Some(tag) = tags.next()? {
        match tag {
            Tag::Start(element) if element.name == Name::NumFmt && formats.is_empty() => {
                if let (Some(id), Some(code)) =
                    (element.number::<u32>("numFmtId"), element.attribute("formatCode"))
                {
                    codes.insert(id, NumberFormat::of_code(&code));
                }
            }
            Tag::Start(element) if element.name == Name::Xf && is_of_cells => {
                let id = element.number("numFmtId").unwrap_or(0);
                formats.push(codes.get(&id).copied().unwrap_or_else(|| NumberFormat::built_in(id)));
            }
            Tag::Start(Element { name: Name::CellXfs, .. }) => is_of_cells = true,
            Tag::End(Name::CellXfs) => is_of_cells = false,
            _ => {}
        }
        if formats.len().max(codes.len()) > MOST_FORMATS {
            return Err(tags.damaged("it has more formats than any program writes"));
        }
    }
    Ok(formats)
}

/// A sheet that is being read.
struct Sheet<'s> {
    grid: Grid,
    strings: &'s Strings,
    formats: &'s [NumberFormat],
    from_1904: bool,
    cell: Option<Cell>,
    /// The number of the row at hand.
    row: u32,
    /// The column after the last cell.
    column: u32,
}

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    column: u32,
    /// What its value is: `s` for a shared text, `n` for a number, …
    kind: String,
    format: usize,
    value: String,
    has_value: bool,
    formula: String,
    /// What the text at hand belongs to.
    inside: Option<Name>,
    is_spoken: bool,
}

impl Sheet<'_> {
    fn read(mut self, mut tags: Tags<'_>) -> Result<Grid, WorkbookError> {
        let mut extensions = 0_usize;
        while let Some(tag) = tags.next()? {
            match tag {
                // Extensions have tags of the same names that mean something else.
                Tag::Start(Element { name: Name::ExtLst, .. }) => extensions += 1,
                Tag::End(Name::ExtLst) => extensions = extensions.saturating_sub(1),
                _ if extensions > 0 => {}
                Tag::Start(element) => self.start(&element)?,
                Tag::End(Name::C) => self.finish_cell()?,
                Tag::End(Name::RPh) => self.spoken(false),
                Tag::End(Name::V | Name::T | Name::F) => self.enter(None),
                Tag::End(_) => {}
                Tag::Text(text) => self.text(&text),
            }
        }
        self.grid.merge()?;
        Ok(self.grid)
    }

    fn start(&mut self, element: &Element<'_>) -> Result<(), WorkbookError> {
        match element.name {
            Name::Col if element.is_set("hidden") => {
                // They are counted from 1.
                let (first, last) = (element.number::<u32>("min"), element.number::<u32>("max"));
                if let (Some(first), Some(last)) = (first, last) {
                    self.grid.hide_columns(first.saturating_sub(1), last.saturating_sub(1));
                }
            }
            Name::Row => {
                self.row = element.number("r").unwrap_or(self.row.saturating_add(1));
                self.column = 0;
                self.grid.begin_row(self.row, element.is_set("hidden"))?;
            }
            Name::C => {
                let place = element.attribute("r").and_then(|place| area::cell(&place));
                let column = place.map_or(self.column, |(column, _)| column);
                if place.is_some_and(|(_, row)| row != self.row)
                    || (place.is_none() && element.attribute("r").is_some())
                {
                    let place = element.attribute("r").unwrap_or_default();
                    let what = format!("a cell in row {} says that it is {place}", self.row);
                    return Err(WorkbookError::damaged(&self.grid.name, what));
                }
                self.column = column.saturating_add(1);
                self.cell = Some(Cell {
                    column,
                    kind: element.attribute("t").unwrap_or_default(),
                    format: element.number("s").unwrap_or(0),
                    ..Cell::default()
                });
            }
            Name::V | Name::T | Name::F => self.enter(Some(element.name)),
            Name::RPh => self.spoken(true),
            Name::MergeCell => {
                let area = element.attribute("ref").and_then(|area| Area::parse(&area));
                if let Some(area) = area {
                    self.grid.add_merged(area)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn enter(&mut self, inside: Option<Name>) {
        if let Some(cell) = &mut self.cell {
            cell.has_value |= matches!(inside, Some(Name::V | Name::T));
            cell.inside = inside;
        }
    }

    fn spoken(&mut self, is_spoken: bool) {
        if let Some(cell) = &mut self.cell {
            cell.is_spoken = is_spoken;
        }
    }

    fn text(&mut self, text: &str) {
        let Some(cell) = &mut self.cell else { return };
        match cell.inside {
            Some(Name::V | Name::T) if !cell.is_spoken => cell.value.push_str(text),
            Some(Name::F) => cell.formula.push_str(text),
            _ => {}
        }
    }

    fn finish_cell(&mut self) -> Result<(), WorkbookError> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        if !cell.has_value {
            // Nobody knows yet what it comes to; it is not nothing.
            let formula = format!("={}", cell.formula);
            return self.grid.cell(cell.column, if cell.formula.is_empty() { "" } else { &formula });
        }
        match cell.kind.as_str() {
            "s" => {
                let at = cell.value.trim().parse().ok();
                let text = at.and_then(|at| self.strings.get(at)).ok_or_else(|| {
                    WorkbookError::damaged(&self.grid.name, format!("there is no text {}", cell.value))
                })?;
                self.grid.cell(cell.column, text)
            }
            "b" => self.grid.cell(cell.column, if cell.value.trim() == "1" { "TRUE" } else { "FALSE" }),
            "" | "n" => {
                let format = self.formats.get(cell.format).copied().unwrap_or_default();
                let mut shown = String::new();
                format.show(cell.value.trim(), self.from_1904, &mut shown);
                self.grid.cell(cell.column, &shown)
            }
            // Texts, errors (`#DIV/0!`) and days in ISO 8601 are shown as they are.
            _ => self.grid.cell(cell.column, &cell.value),
        }
    }
}
