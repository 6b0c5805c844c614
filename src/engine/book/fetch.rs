//! Reading tables: one pass a source, however many figures come from it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::names::{FigureDefinition, SourceDefinition};
use super::beside::path_of;
use super::conditions::conditions;
use super::described::{letters_of, single_cell, written};
use super::{Book, Trouble};
use crate::assessment::TableAnswer;
use crate::claim::{Complaint, RawFigure, RawMissing, RawTake};
use crate::formula::Key;
use crate::source::{Answer, ColumnOptions, Content, FigureError, MissingRule, Request, Select, Take};

/// A cell that a formula names.
pub(super) fn cell_request<'a>(row: &Key<'a>, column: &Key<'a>) -> Request<'a> {
    Request {
        select: if row.quoted { Select::Key(row.text) } else { Select::Named(row.text) },
        column: column.text,
        group_by: None,
        take: Take::One,
        missing: MissingRule::Error,
        written: ColumnOptions::default(),
    }
}

impl<'a> Book<'a> {
    /// What a figure asks of its source's table.
    pub(super) fn table_request(
        &self,
        figure: FigureDefinition<'a>,
    ) -> Result<(SourceDefinition<'a>, Request<'a>), Complaint> {
        let raw = figure.raw;
        let source = self.source_of(figure)?.ok_or_else(|| {
            Complaint::new(figure.name_span, format!("the figure `{}` names no source", figure.name))
        })?;
        if let Some(cell) = &raw.cell {
            let request = Request {
                select: Select::Cell(single_cell(cell, source)?),
                column: letters_of(&cell.value),
                group_by: None,
                take: Take::One,
                missing: missing(raw),
                written: written(raw.unit.as_ref(), raw.scale.as_ref())?,
            };
            return Ok((source, request));
        }
        let conditions = raw.rows.as_ref().map(|rows| conditions(&rows.value, self.desk.fiscal));
        let request = Request {
            select: Select::Where(conditions.transpose()?.unwrap_or_default()),
            column: raw.column.as_ref().map_or("", |column| &column.value.0),
            group_by: raw.group_by.as_ref().map(|keys| &*keys.value.0),
            take: raw.take.as_ref().map_or(Take::One, |take| taken(take.value)),
            missing: missing(raw),
            written: written(raw.unit.as_ref(), raw.scale.as_ref())?,
        };
        Ok((source, request))
    }

    /// The source that a figure names, if it names one.
    pub(super) fn source_of(
        &self,
        figure: FigureDefinition<'a>,
    ) -> Result<Option<SourceDefinition<'a>>, Complaint> {
        let Some(name) = &figure.raw.source else { return Ok(None) };
        let source = self.names.source(&name.value).ok_or_else(|| {
            let unknown = self.names.unknown_source(&name.value);
            Complaint { help: unknown.help, ..Complaint::new(name.span, unknown.message) }
        })?;
        Ok(Some(source))
    }

    /// Reads every source that something was asked of.
    pub(in crate::engine) fn fetch(&mut self, buffer: &mut Vec<u8>) {
        for table in &mut self.tables {
            let source = table.source;
            let read = self.desk.read_source(source, &table.requests, buffer);
            table.read = Some(read.map_err(|complaint| {
                let message =
                    format!("the source `{}` could not be read: {}", source.name, complaint.message);
                self.troubles.push(Trouble { file: source.file, complaint });
                message
            }));
        }
        if !self.queries.is_empty() {
            self.ask_queries();
        }
        if self.desk.ledger.is_some() {
            self.fetch_documents(buffer);
        }
    }

    /// Hashes the files of sources that figures are stated from: nothing else reads them.
    fn fetch_documents(&mut self, buffer: &mut Vec<u8>) {
        let stated = (0..self.slots.len()).filter_map(|at| self.stated_from(at));
        let queried = (0..self.queries.len()).flat_map(|query| self.query_sources(query)).copied();
        let sources: Vec<SourceDefinition<'a>> = stated.chain(queried).collect();
        for source in sources {
            let is_known = self.tables.iter().any(|table| table.is_of(source))
                || self.documents.iter().any(|(known, _)| std::ptr::eq(known.raw, source.raw));
            if is_known {
                continue;
            }
            let named = source.raw.file.as_ref().or(source.raw.database.as_ref());
            let (Some(path), Some(named)) = (path_of(source), named) else { continue };
            match self.desk.read_documents(&path, named.span, buffer) {
                Ok(content) => self.documents.push((source, content)),
                Err(complaint) => self.troubles.push(Trouble { file: source.file, complaint }),
            }
        }
    }
}

/// What is asked of a source's table, and what it answers.
pub(super) struct Table<'a> {
    pub(super) source: SourceDefinition<'a>,
    requests: Vec<Request<'a>>,
    /// The answers, or why the table could not be read; `None` before it was.
    read: Option<Result<Fetched, String>>,
}

/// The answers of a table, in the order of the requests.
pub(super) type Given = Vec<Result<Answer, FigureError>>;

/// What was read of a table.
pub(super) struct Fetched {
    /// The file, or the pattern that names several.
    path: Arc<Path>,
    files: Vec<Arc<Path>>,
    given: Given,
    /// What the table is known by, where that is asked for.
    content: Option<Content>,
}

/// Something that was asked for a figure.
#[derive(Clone, Copy, Debug)]
pub(super) enum RequestId {
    /// Of one of the story's tables.
    Table {
        table: usize,
        /// Among those to this table.
        request: usize,
    },
    /// By a query of its own.
    Query(usize),
}

impl<'a> Table<'a> {
    /// The table of a source, of which nothing is asked yet; about how many figures will be.
    pub(super) fn new(source: SourceDefinition<'a>, expected: usize) -> Self {
        Self { source, requests: Vec::with_capacity(expected), read: None }
    }

    /// Whether it is this source's.
    pub(super) fn is_of(&self, source: SourceDefinition<'_>) -> bool {
        std::ptr::eq(self.source.raw, source.raw)
    }

    /// Takes a request, and gives its number.
    pub(super) fn ask(&mut self, request: Request<'a>) -> usize {
        self.requests.push(request);
        self.requests.len() - 1
    }

    /// The column that a request is about.
    pub(super) fn column(&self, request: usize) -> &'a str {
        self.requests.get(request).map_or("", |request| request.column)
    }

    /// What the table is known by, where it could be read and is hashed.
    pub(super) fn content(&self) -> Option<Content> {
        self.read.as_ref()?.as_ref().ok()?.content
    }

    /// The answer to a request and the files that it comes from; why there is none, in words.
    pub(super) fn answer(&self, request: usize) -> Result<TableAnswer<'_>, String> {
        let unread = || "its source was not read".to_owned();
        let Fetched { path, files, given, .. } =
            self.read.as_ref().ok_or_else(unread)?.as_ref().map_err(Clone::clone)?;
        let told = |error: &FigureError| {
            let file = error.place().and_then(|place| files.get(place.file as usize));
            let path = file.unwrap_or(path).display();
            match error.help() {
                Some(help) => format!("{path}: {error}; {help}"),
                None => format!("{path}: {error}"),
            }
        };
        let answer = given.get(request).ok_or_else(unread)?.as_ref().map_err(told)?;
        Ok(TableAnswer { path, files, answer, query: None })
    }
}

impl Fetched {
    pub(super) fn new(path: PathBuf, files: Vec<PathBuf>, given: Given, content: Option<Content>) -> Self {
        let files = files.into_iter().map(Arc::from).collect();
        Self { path: path.into(), files, given, content }
    }
}

fn taken(take: RawTake) -> Take {
    match take {
        RawTake::Sum => Take::Sum,
        RawTake::Count => Take::Count,
        RawTake::Mean => Take::Mean,
        RawTake::Median => Take::Median,
        RawTake::Min => Take::Min,
        RawTake::Max => Take::Max,
    }
}

/// What a figure makes of a missing number.
pub(super) fn missing(figure: &RawFigure<'_>) -> MissingRule {
    match figure.missing.as_ref().map(|missing| missing.value) {
        None | Some(RawMissing::Error) => MissingRule::Error,
        Some(RawMissing::Skip) => MissingRule::Skip,
        Some(RawMissing::Zero) => MissingRule::Zero,
    }
}
