//! What a source says of its table: how it is written down, and where in the file it is.

use rust_decimal::Decimal;

use super::super::names::SourceDefinition;
use super::super::unit_text;
use super::files::is_pattern;
use crate::claim::{Complaint, RawFormat, RawSource, RawText, Spanned};
use crate::source::{ColumnOptions, Format, Reference, SheetOptions, TableOptions};
use crate::text::Span;

/// The format of a source's table; none where nothing tells.
pub(in crate::engine) fn table_format(source: &RawSource<'_>) -> Option<Format> {
    match source.format.as_ref().map(|format| format.value) {
        Some(RawFormat::Csv) => Some(Format::Csv),
        Some(RawFormat::Tsv) => Some(Format::Tsv),
        Some(RawFormat::Json) => Some(Format::Json),
        Some(RawFormat::Ndjson) => Some(Format::Ndjson),
        Some(RawFormat::Xlsx | RawFormat::Xlsm | RawFormat::Ods | RawFormat::Xls) => Some(Format::Workbook),
        Some(RawFormat::Parquet | RawFormat::Arrow) => None,
        None => Format::of_name(source.file_name()),
    }
}

/// All that a source says of its table.
pub(super) fn table_options<'a>(
    source: &'a RawSource<'_>,
    format: Format,
    columns: &'a [(&'a str, ColumnOptions)],
) -> Result<TableOptions<'a>, Complaint> {
    Ok(TableOptions {
        key: source.key.as_ref().map(|key| &*key.value.0),
        written: written(source.unit.as_ref(), source.scale.as_ref())?,
        columns,
        sheet: sheet_options(source, format)?,
        file_column: file_column(source)?,
        ..TableOptions::new(format)
    })
}

/// Where in a workbook a source's table is. What says so is refused for other files.
pub(in crate::engine) fn sheet_options<'a>(
    source: &'a RawSource<'_>,
    format: Format,
) -> Result<SheetOptions<'a>, Complaint> {
    let keys = [
        ("sheet", source.sheet.as_ref().map(|sheet| sheet.span)),
        ("header", source.header.as_ref().map(|header| header.span)),
        ("range", source.range.as_ref().map(|range| range.span)),
    ];
    if format != Format::Workbook
        && let Some((key, span)) = keys.into_iter().find_map(|(key, span)| Some((key, span?)))
    {
        let complaint = Complaint::new(span, format!("`{key}` is for spreadsheets, and the file is none"));
        return Err(complaint.help("remove it, or say the format of the file: format = \"xlsx\""));
    }
    let mut options = SheetOptions {
        sheet: source.sheet.as_ref().map(|sheet| &*sheet.value.0),
        header: source.header.as_ref().map(|header| header.value.0),
        range: None,
    };
    let Some(range) = &source.range else { return Ok(options) };
    let refuse = |message: String| {
        Complaint::new(range.span, message).help("write a range as a spreadsheet does: \"B4:F31\"")
    };
    let Some(reference) = Reference::parse(&range.value) else {
        return Err(refuse(format!("`{}` is no range of cells", range.value)));
    };
    if reference.area.is_cell() {
        return Err(refuse(format!("`{}` is one cell, and no table", range.value)));
    }
    if options.header.is_some_and(|header| header >= reference.area.bottom) {
        let message = format!("the range `{}` ends above the row of column names", range.value);
        return Err(refuse(message));
    }
    options.range = Some(reference.area);
    match (reference.sheet, options.sheet) {
        (None, _) => {}
        (Some(named), Some(sheet)) if named.trim() == sheet.trim() => {}
        (Some(named), Some(sheet)) => {
            return Err(refuse(format!("the range is on the sheet “{named}”, and `sheet` says “{sheet}”")));
        }
        (Some(_), None) => options.sheet = sheet_of(&range.value),
    }
    Ok(options)
}

/// The name of the sheet in a range, as it is written there.
fn sheet_of(range: &str) -> Option<&str> {
    let (sheet, _) = range.rsplit_once('!')?;
    Some(sheet.trim().trim_matches('\''))
}

/// The column with the name of the file, where a table is in several.
pub(super) fn file_column<'a>(source: &'a RawSource<'_>) -> Result<Option<&'a str>, Complaint> {
    let Some(column) = &source.file_column else { return Ok(None) };
    let is_several = source.file.as_ref().is_some_and(|file| is_pattern(&file.value));
    if is_several {
        return Ok(Some(&column.value.0));
    }
    let complaint = Complaint::new(column.span, "`file_column` is for a table in several files");
    Err(complaint.help("remove it, or name the files by a pattern: file = \"removals/*.csv\""))
}

/// The cell that a figure names by its letters, in a source that has cells.
pub(super) fn single_cell<'a>(
    cell: &'a Spanned<RawText<'_>>,
    source: SourceDefinition<'_>,
) -> Result<Reference<'a>, Complaint> {
    let help = "write a cell as a spreadsheet does: \"C7\", \"Summary!C7\"";
    let Some(reference) = Reference::parse(&cell.value).filter(|reference| reference.area.is_cell()) else {
        return Err(Complaint::new(cell.span, format!("`{}` is no cell", cell.value)).help(help));
    };
    if table_format(source.raw).is_some_and(|format| format != Format::Workbook) {
        let message = format!("`cell` is for spreadsheets, and the file of `{}` is none", source.name);
        return Err(Complaint::new(cell.span, message).help("use `where` and `column`"));
    }
    if source.raw.file.as_ref().is_some_and(|file| is_pattern(&file.value)) {
        let message = format!("`cell` is for one file, and `{}` has several", source.name);
        return Err(Complaint::new(cell.span, message).help("make a source of the file that is meant"));
    }
    Ok(reference)
}

/// The letters of the column of a cell, as it is written.
pub(super) fn letters_of(cell: &str) -> &str {
    let cell = cell.rsplit_once('!').map_or(cell, |(_, cell)| cell).trim().trim_start_matches('$');
    let letters = cell.bytes().take_while(u8::is_ascii_alphabetic).count();
    cell.get(..letters).unwrap_or_default()
}

/// What a source says of each of its columns.
pub(super) fn columns<'a>(source: &'a RawSource<'_>) -> Result<Vec<(&'a str, ColumnOptions)>, Complaint> {
    let options = source
        .columns
        .iter()
        .map(|(name, column)| Ok((&*name.value.0, written(column.unit.as_ref(), column.scale.as_ref())?)));
    options.collect()
}

/// The unit and scale that rules declare; the scale includes what turns weeks into days, and the like.
pub(super) fn written(
    unit: Option<&Spanned<RawText<'_>>>,
    scale: Option<&Spanned<RawText<'_>>>,
) -> Result<ColumnOptions, Complaint> {
    let complain = |span: Span| move |message: String| Complaint::new(span, message);
    let unit = unit.map(|unit| unit_text::unit(&unit.value).map_err(complain(unit.span))).transpose()?;
    let scale =
        scale.map(|scale| unit_text::scale(&scale.value).map_err(complain(scale.span))).transpose()?;
    let factor = unit.map(|(_, factor)| factor).filter(|factor| *factor != Decimal::ONE);
    let scale = match (scale, factor) {
        (Some(scale), Some(factor)) => scale.checked_mul(factor),
        (scale, factor) => scale.or(factor),
    };
    Ok(ColumnOptions { unit: unit.map(|(unit, _)| unit), scale })
}
