//! Figures, down to the rows of tables and the words of sources.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::super::book::{sheet_options, table_format};
use super::super::story::Opened;
use super::steps::{shared, stated};
use super::{CellFile, FigureFile, QueryFile, SourceFile, TableFile};
use crate::assessment::{Story, TableAnswer, UsedFigure};
use crate::checks::kept_in_words;
use crate::claim::{RawSource, RawTake, RawValue};
use crate::formula::Quantity;
use crate::source::{Format, PrintedRow, SheetOptions, rows};

/// Rows of a larger table are not looked up.
const LARGEST: u64 = 64 << 20;

/// The rows of tables by file, sheet and line.
type Rows = BTreeMap<(Arc<Path>, Option<String>, u64), PrintedRow>;

impl Opened<'_> {
    /// Every figure in the order of its slot, and their sources.
    pub(super) fn figure_files(&self, story: &Story<'_>) -> (Vec<FigureFile>, Vec<SourceFile>) {
        let rows = self.rows(story);
        let mut sources: Vec<SourceFile> = Vec::new();
        let mut known: BTreeMap<*const (), usize> = BTreeMap::new();
        let figures = story.figures.iter().enumerate().map(|(slot, used)| {
            let origin = self.book.origin(slot);
            let raw = origin.as_ref().and_then(|origin| origin.definition).map(|definition| definition.raw);
            let source = origin.as_ref().and_then(|origin| origin.source).map(|source| {
                *known.entry(std::ptr::from_ref(source.raw).cast()).or_insert_with(|| {
                    sources.push(source_file(source.name, source.raw));
                    sources.len() - 1
                })
            });
            let quantity = self.book.known(slot);
            let query = used.table.and_then(|table| Some((table.query?, table.path)));
            let query = query.map(|(place, whom)| QueryFile {
                whom: shared(whom),
                sql: raw.and_then(|raw| raw.sql.as_ref()).map_or_else(
                    || place.span.of(&place.file.text).to_owned(),
                    |sql| sql.value.trim().to_owned(),
                ),
            });
            let table = used.table.filter(|table| table.query.is_none()).map(
                |TableAnswer { path, answer, .. }| {
                    let sheet = answer.sheet().map(str::to_owned);
                    let cells =
                        used.table.into_iter().flat_map(TableAnswer::cells).map(|(file, cell)| CellFile {
                            path: shared(file),
                            line: cell.row.line,
                            text: cell.text.to_string(),
                            row: rows.get(&(Arc::clone(file), sheet.clone(), cell.row.line)).cloned(),
                        });
                    let cells: Vec<CellFile> = cells.collect();
                    let column =
                        origin.as_ref().and_then(|origin| origin.column).unwrap_or_default().to_owned();
                    let take = raw.and_then(|raw| raw.take.as_ref()).map(|take| taken(take.value));
                    let more = answer.rows.saturating_sub(cells.len() as u64);
                    TableFile {
                        path: shared(path),
                        counted: if sheet.is_some() { "row" } else { "line" },
                        sheet,
                        column,
                        take,
                        cells,
                        more,
                    }
                },
            );
            FigureFile {
                name: used.name.to_string(),
                value: quantity.as_ref().map(in_words).unwrap_or_default(),
                stated: raw.and_then(stated),
                parts: origin.map(|origin| origin.parts).unwrap_or_default(),
                source,
                table,
                query,
                defined: defined(used),
                note: raw.and_then(|raw| raw.note.as_ref()).map(|note| note.value.to_string()),
            }
        });
        (figures.collect(), sources)
    }

    /// The rows of all cells, each table read once more.
    fn rows(&self, story: &Story<'_>) -> Rows {
        type Asked<'r> = (Option<(Format, SheetOptions<'r>)>, BTreeSet<u64>);
        let mut wanted: BTreeMap<(&Arc<Path>, Option<&str>), Asked<'_>> = BTreeMap::new();
        for (slot, figure) in story.figures.iter().enumerate() {
            let table = figure.table.filter(|table| table.query.is_none());
            let sheet = table.and_then(|table| table.answer.sheet());
            for (path, cell) in table.into_iter().flat_map(TableAnswer::cells) {
                let (table, lines) = wanted.entry((path, sheet)).or_default();
                if table.is_none() {
                    let source = self.book.origin(slot).and_then(|origin| origin.source);
                    *table = source.and_then(|source| {
                        let format = table_format(source.raw)?;
                        Some((format, sheet_options(source.raw, format).ok()?))
                    });
                }
                lines.insert(cell.row.line);
            }
        }
        let desk = self.newsroom.desk;
        let mut found = Rows::new();
        let mut bytes = Vec::new();
        for ((path, sheet), (table, lines)) in wanted {
            let read = desk.root.read_up_to(desk.system, path, LARGEST, &mut bytes);
            let (Some((format, options)), Ok(true)) = (table, read) else { continue };
            let options = SheetOptions { sheet: sheet.or(options.sheet), ..options };
            let lines: Vec<u64> = lines.into_iter().collect();
            let printed = rows(&bytes, format, &options, &lines).into_iter();
            found.extend(printed.map(|row| ((Arc::clone(path), sheet.map(str::to_owned), row.line), row)));
        }
        found
    }
}

/// A quantity as people write it; where it is uncertain, where it lies; of a series, from where to where it goes.
fn in_words(quantity: &Quantity) -> String {
    match &quantity.series {
        Some(series) => series.extent(),
        None => kept_in_words(quantity.nominal, &quantity.range, quantity.unit),
    }
}

fn defined(used: &UsedFigure<'_>) -> Option<(Arc<Path>, usize)> {
    let (file, span) = used.defined?;
    Some((file.path.clone(), file.lines().position(&file.text, span.start as usize).line))
}

/// A source as its rules describe it.
pub(in crate::engine) fn source_file(name: &str, raw: &RawSource<'_>) -> SourceFile {
    let text = |it: &Option<crate::claim::Spanned<crate::claim::RawText<'_>>>| {
        it.as_ref().map(|text| text.value.to_string())
    };
    let day = |it: &Option<crate::claim::Spanned<crate::claim::RawDate>>| it.as_ref().map(|day| day.value.0);
    let page = raw.page.as_ref().map(|page| match &page.value {
        RawValue::Number(number) => number.normalize().to_string(),
        RawValue::Text(text) => text.to_string(),
    });
    SourceFile {
        name: name.to_owned(),
        title: text(&raw.title),
        publisher: text(&raw.publisher),
        url: text(&raw.url),
        archive_url: text(&raw.archive_url),
        page,
        retrieved: day(&raw.retrieved),
        as_of: day(&raw.as_of),
        recheck_by: day(&raw.recheck_by),
        status: raw.status.as_ref().map(|status| status.value),
        note: text(&raw.note),
    }
}

fn taken(take: RawTake) -> &'static str {
    match take {
        RawTake::Sum => "sum",
        RawTake::Count => "count",
        RawTake::Mean => "mean",
        RawTake::Median => "median",
        RawTake::Min => "smallest",
        RawTake::Max => "largest",
    }
}
