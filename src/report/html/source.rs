//! Where figures come from: each in its row of the table, with its source.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::draft::is_web;
use crate::claim::RawStatus;
use crate::engine::{CellFile, ClaimFile, Dossier, FigureFile, QueryFile, SourceFile, TableFile};

/// As many cells of a row are shown to each side of one that is meant.
const AROUND: usize = 4;
/// A cell with more characters holds words, which may stand on several lines; a number never does.
const LONG_TEXT: usize = 24;
/// A table of so many columns has room.
const NARROW: usize = 5;

/// Every figure that a claim rests on, with those that they are computed from.
pub(super) fn figures(dossier: &Dossier, file: &ClaimFile) -> Markup {
    let steps = file.formula.steps.iter().chain(file.against.iter().flat_map(|against| &against.steps));
    let mut waiting: Vec<usize> = steps.filter_map(|step| step.figure).collect();
    let mut seen = BTreeSet::new();
    let mut figures: Vec<&FigureFile> = Vec::new();
    waiting.reverse();
    while let Some(at) = waiting.pop() {
        if let Some(figure) = dossier.figures.get(at).filter(|_| seen.insert(at)) {
            figures.push(figure);
            waiting.extend(figure.parts.iter().rev());
        }
    }
    html! { @for group in groups(figures) { (self::group(dossier, &group)) } }
}

/// Figures of one source and one table, together, and in the order in which they are used.
fn groups(figures: Vec<&FigureFile>) -> Vec<Vec<&FigureFile>> {
    let table = |table: &TableFile| (table.path.clone(), table.sheet.clone());
    let home = |figure: &FigureFile| (figure.source, figure.table.as_ref().map(table));
    let mut groups: Vec<Vec<&FigureFile>> = Vec::new();
    for figure in figures {
        let is_told = figure.source.is_some();
        match groups
            .iter_mut()
            .find(|group| is_told && group.first().map(|first| home(first)) == Some(home(figure)))
        {
            Some(group) => group.push(figure),
            None => groups.push(vec![figure]),
        }
    }
    groups
}

fn group(dossier: &Dossier, figures: &[&FigureFile]) -> Markup {
    let first = figures.first();
    let source = first.and_then(|figure| figure.source).and_then(|at| dossier.sources.get(at));
    let tables: Vec<&TableFile> = figures.iter().filter_map(|figure| figure.table.as_ref()).collect();
    html! {
        div .figure {
            @for figure in figures { (self::figure(figure, source.is_none())) }
            (self::tables(&tables))
            @if let Some(source) = source { (self::source(source)) }
        }
    }
}

fn figure(figure: &FigureFile, is_without_source: bool) -> Markup {
    html! {
        p .name { code { (figure.name) } @if !figure.value.is_empty() { b { " = " (figure.value) } } }
        @if let Some(stated) = &figure.stated { p .stated {
            @if figure.parts.is_empty() { "Stated as “" bdi { (stated) } "”" } @else { "Computed: " code { (stated) } }
        } }
        @if let Some(TableFile { take: Some(take), column, cells, more, .. }) = &figure.table {
            p .stated { (take) " of " code { (column) } ", " (cells.len() as u64 + more) " rows" }
        }
        @if let Some(QueryFile { whom, sql }) = &figure.query {
            p .stated { "Queried from " (whom) ": " code { (sql) } }
        }
        @if let Some(note) = &figure.note { p .stated { "Note: " bdi { (note) } } }
        @if let (true, Some((path, line))) = (is_without_source, &figure.defined) {
            p .stated { "Defined in " (path.display()) ", line " (line) }
        }
    }
}

fn source(source: &SourceFile) -> Markup {
    html! {
        p .source {
            @if let Some(publisher) = &source.publisher { bdi { (publisher) } ": " }
            (linked(source.title.as_deref().unwrap_or(&source.name), source.url.as_deref()))
            @if let Some(page) = &source.page { ", " (page) }
            @if let Some(archive) = &source.archive_url { " (" (linked("archived", Some(archive))) ")" }
            @if source.status == Some(RawStatus::Preliminary) { ", preliminary" }
            @if let Some(day) = source.as_of { ", as of " (day) }
            @if let Some(day) = source.retrieved { ". Retrieved " (day) }
            "."
            @if let Some(note) = &source.note { " " span .remark { bdi { (note) } } }
        }
    }
}

/// Words that lead to an address of the web, which stands beside them on paper; any other address leads nowhere.
fn linked(words: &str, address: Option<&str>) -> Markup {
    match address {
        Some(address) if is_web(address) => html! { a href=(address) { (words) } },
        Some(address) => html! { bdi { (words) } " (" bdi { (address) } ")" },
        None => html! { bdi { (words) } },
    }
}

/// A row with the cells in it that are meant.
struct Row<'t> {
    cell: &'t CellFile,
    meant: BTreeSet<usize>,
}

/// The rows of figures from one table, each once.
fn tables(tables: &[&TableFile]) -> Markup {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut more = 0;
    for table in tables {
        more += table.more;
        for cell in &table.cells {
            let at =
                cell.row.as_ref().and_then(|row| row.cells.iter().position(|cell| cell.is_in(&table.column)));
            match rows.iter_mut().find(|row| row.cell.is_in_row_of(cell)) {
                Some(row) => row.meant.extend(at),
                None => rows.push(Row { cell, meant: at.into_iter().collect() }),
            }
        }
    }
    let Some(first) = tables.first() else { return html! {} };
    let is_numbered = rows.len() > 1;
    html! {
        p .table {
            @if let [only] = rows.as_slice() { (only.cell.path) } @else { (first.path) }
            @if let Some(sheet) = &first.sheet { ", sheet “" bdi { (sheet) } "”" }
            @if let [only] = rows.as_slice() { ", " (first.counted) " " (only.cell.line) }
        }
        @for rows in alike(rows) { (self::rows(&rows, is_numbered.then_some(*first))) }
        @if more > 0 { p .stated { "and " (more) " more rows" } }
    }
}

/// Rows that have the same columns, together.
fn alike(rows: Vec<Row<'_>>) -> Vec<Vec<Row<'_>>> {
    let columns = |row: &Row<'_>| -> Option<Vec<String>> {
        row.cell.row.as_ref().map(|row| row.cells.iter().map(|cell| cell.column.clone()).collect())
    };
    let mut groups: Vec<Vec<Row<'_>>> = Vec::new();
    for row in rows {
        match groups.last_mut() {
            Some(group) if group.last().map(columns) == Some(columns(&row)) => group.push(row),
            _ => groups.push(vec![row]),
        }
    }
    groups
}

/// The table of some rows; with their numbers, where the table that they are from is told.
fn rows(rows: &[Row<'_>], numbered: Option<&TableFile>) -> Markup {
    let columns = rows.first().and_then(|row| row.cell.row.as_ref()).map_or(&[][..], |row| &row.cells);
    // The first column names the row; around those that are meant stand their neighbours.
    let meant: BTreeSet<usize> = rows.iter().flat_map(|row| &row.meant).copied().collect();
    let is_shown = |at: &usize| *at == 0 || meant.iter().any(|meant| meant.abs_diff(*at) <= AROUND);
    let shown: Vec<usize> = (0..columns.len()).filter(is_shown).collect();
    let table = html! {
        table .rows {
            @if !shown.is_empty() {
                tr {
                    @if let Some(table) = numbered { th { (table.counted) } }
                    @for column in shown.iter().filter_map(|at| columns.get(*at)) { th { (column.column) } }
                }
            }
            @for row in rows { (self::row(row, &shown, numbered)) }
        }
    };
    html! {
        @if shown.len() > NARROW { div .scroll tabindex="0" role="group" aria-label="Rows of the table" { (table) } }
        @else { (table) }
    }
}

fn row(row: &Row<'_>, shown: &[usize], numbered: Option<&TableFile>) -> Markup {
    let cells = row.cell.row.as_ref().map_or(&[][..], |row| &row.cells);
    html! {
        tr {
            @if let Some(table) = numbered {
                // In several files, a line alone would not tell which row it is.
                th { @if row.cell.path != table.path { (row.cell.path) ":" } (row.cell.line) }
            }
            @if cells.is_empty() { td { mark { (row.cell.text) } } }
            @for at in shown {
                @if let Some(cell) = cells.get(*at) {
                    td class=[(cell.text.chars().nth(LONG_TEXT).is_some()).then_some("t")] { @if row.meant.contains(at) { mark { (cell.text) } } @else { (cell.text) } }
                }
            }
        }
    }
}
