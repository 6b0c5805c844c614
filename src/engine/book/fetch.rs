//! Reading tables: one pass a source, however many figures come from it.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::super::memo::Memo;
use super::super::names::{FigureDefinition, SourceDefinition};
use super::super::root::Refused;
use super::conditions::conditions;
use super::described::{columns, letters_of, single_cell, table_format, table_options, written};
use super::files::{PatternError, is_pattern};
use super::relation::packed_by_column;
use super::{Book, Desk, Trouble};
use crate::assessment::TableAnswer;
use crate::claim::{Complaint, RawFigure, RawMissing, RawTake};
use crate::formula::Key;
use crate::source::{
    Answer, ColumnOptions, Content, Digesting, FigureError, Input, MissingRule, Pass, Request, Select,
    TableError, TableOptions, Take, answer,
};
use crate::system::{Kind, tidy};
use crate::text::Span;

/// A table past this size is streamed, not read into memory.
const STREAMED: u64 = 8 << 20;

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
type Given = Vec<Result<Answer, FigureError>>;

/// What was read of a table.
struct Fetched {
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

impl Desk<'_> {
    /// Fetched requests from a source's table, in one pass.
    fn read_source(
        &self,
        source: SourceDefinition<'_>,
        requests: &[Request<'_>],
        buffer: &mut Vec<u8>,
    ) -> Result<Fetched, Complaint> {
        let Some(file) = &source.raw.file else {
            return Err(no_file(source));
        };
        let path = beside(&source.file.path, &file.value);
        let refuse = |message: String| Complaint::new(file.span, message);
        // Rows are counted as one more figure, which every table has.
        let counted = self.ledger.and_then(|_| with_row_count(requests));
        let requests = counted.as_deref().unwrap_or(requests);
        let format = table_format(source.raw).ok_or_else(|| no_table(source, &path, file.span))?;
        let columns = columns(source.raw)?;
        let options = table_options(source.raw, format, &columns)?;
        let is_several = is_pattern(&file.value);
        let files = if is_several {
            self.fitting(&path).map_err(|error| match error {
                PatternError::Refused(refused) => refused_at(file.span, &path, &refused),
                error => refuse(error.to_string()),
            })?
        } else {
            vec![path.clone()]
        };
        let question =
            self.memo.and_then(|memo| Some((memo, Memo::question(self.system, &files, &options, requests)?)));
        let known = question.as_ref().and_then(|(memo, question)| memo.recall(question));
        let (given, content) = match known {
            Some((given, content)) => return Ok(Fetched::new(path, files, given, content)),
            None if is_several => self.read_several(file.span, &files, &options, requests, buffer)?,
            None => {
                let ask = |input: Input<'_>| answer(input, &options, requests);
                self.read_file(file.span, &path, buffer, ask)?
            }
        };
        let rows = counted.as_ref().and_then(|_| given.last()?.as_ref().ok()).map(|rows| rows.rows);
        let content = content.map(|content| Content { rows, ..content });
        if let Some((memo, question)) = question {
            memo.remember(question, &given, content);
        }
        Ok(Fetched::new(path, files, given, content))
    }

    /// Answers requests from a table in several files.
    fn read_several(
        &self,
        named: Span,
        files: &[PathBuf],
        options: &TableOptions<'_>,
        requests: &[Request<'_>],
        buffer: &mut Vec<u8>,
    ) -> Result<(Given, Option<Content>), Complaint> {
        let mut pass = Pass::new(options, requests);
        let mut whole: Option<Content> = None;
        for path in files {
            let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
            let ask = |input: Input<'_>| pass.read_one_of_several(&name, input);
            let ((), content) = self.read_file(named, path, buffer, ask)?;
            whole = match (whole, content) {
                (Some(whole), Some(next)) => Some(whole.and(next)),
                (whole, next) => whole.or(next),
            };
        }
        let given = pass.finish().map_err(|error| Complaint::new(named, error.to_string()))?;
        Ok((given, whole))
    }

    /// Lends the content of a file, as a whole if it is not large, and says what it is known by, if that is asked for.
    fn read_file<T>(
        &self,
        named: Span,
        path: &Path,
        buffer: &mut Vec<u8>,
        read: impl FnOnce(Input<'_>) -> Result<T, TableError>,
    ) -> Result<(T, Option<Content>), Complaint> {
        let is_hashed = self.ledger.is_some();
        let done = if self.read_inside(path, named, buffer)? {
            read(Input::Bytes(buffer)).map(|done| (done, is_hashed.then(|| Content::of(buffer))))
        } else {
            let stream = self.system.open(path).map_err(TableError::Io);
            stream.and_then(|mut stream| {
                if !is_hashed {
                    return Ok((read(Input::Stream(&mut *stream))?, None));
                }
                let mut stream = Digesting::new(stream);
                let done = read(Input::Stream(&mut stream))?;
                Ok((done, Some(stream.finish()?)))
            })
        };
        done.map_err(|error| {
            let complaint = Complaint::new(named, format!("{}: {error}", path.display()));
            Complaint { help: error.help(), ..complaint }
        })
    }

    /// The content of the files that a source's path names, which are read for nothing else.
    fn read_documents(&self, path: &Path, named: Span, buffer: &mut Vec<u8>) -> Result<Content, Complaint> {
        let is_folder = self.system.kind(path) == Some(Kind::Folder);
        if !is_folder && !path.to_str().is_some_and(is_pattern) {
            return self.read_document(path, named, buffer);
        }
        let files = if is_folder {
            self.files_below(path)
        } else {
            self.fitting(path).map_err(|error| error.to_string())
        };
        let files = files.map_err(|message| Complaint::new(named, message))?;
        let mut whole: Option<Content> = None;
        for file in files {
            let next = self.read_document(&file, named, buffer)?;
            whole = Some(whole.map_or(next, |whole| whole.and(next)));
        }
        whole.ok_or_else(|| Complaint::new(named, format!("{}: no file in it", path.display())))
    }

    /// The content of a source's file that is read for nothing else. `named` is where a rule file names it.
    pub(in crate::engine) fn read_document(
        &self,
        path: &Path,
        named: Span,
        buffer: &mut Vec<u8>,
    ) -> Result<Content, Complaint> {
        let content = if self.read_inside(path, named, buffer)? {
            Ok(Content::of(buffer))
        } else {
            self.system.open(path).and_then(|stream| Digesting::new(stream).finish())
        };
        content.map_err(|error| Complaint::new(named, format!("{}: {error}", path.display())))
    }

    /// Reads a source's file, if it is not too large and lies inside the project; says whether it is there as a whole.
    fn read_inside(&self, path: &Path, named: Span, buffer: &mut Vec<u8>) -> Result<bool, Complaint> {
        let read = self.root.read_up_to(self.system, path, STREAMED, buffer);
        read.map_err(|refused| refused_at(named, path, &refused))
    }
}

/// That a source has nothing to take a cell from.
fn no_file(source: SourceDefinition<'_>) -> Complaint {
    match &source.raw.database {
        Some(database) => {
            let message = format!("`{}` is a database, and has no cells that rules could name", source.name);
            Complaint::new(database.span, message)
                .help("query it: sql = \"select …\" in a figure with this source")
        }
        None => Complaint::new(source.name_span, "no file")
            .help("name the table that figures are taken from: file = \"…\", relative to this rule file"),
    }
}

/// That a source's file is of no format that figures are taken from by column.
fn no_table(source: SourceDefinition<'_>, path: &Path, named: Span) -> Complaint {
    let complaint = Complaint::new(named, format!("{}: no table that can be read", path.display()));
    let format = source.raw.format.as_ref().map(|format| format.value);
    if packed_by_column(format, source.raw.file_name()).is_some() {
        return complaint
            .help(format!("it is read by SQL: sql = \"select … from {}\" in a figure", source.name));
    }
    complaint
        .help("tables are .csv, .tsv, .json, .ndjson, .xlsx, .ods or .xls; say which with format = \"csv\"")
}

/// That a file was not read, where a rule file names it.
pub(super) fn refused_at(named: Span, path: &Path, refused: &Refused) -> Complaint {
    match refused {
        Refused::Outside => Complaint::new(named, format!("{} lies outside of the project", path.display()))
            .help("allow_outside_root = true in factcheck.toml lets rule files name any path"),
        Refused::Unreadable(error) => Complaint::new(named, format!("{}: {error}", path.display())),
    }
}

impl Fetched {
    fn new(path: PathBuf, files: Vec<PathBuf>, given: Given, content: Option<Content>) -> Self {
        let files = files.into_iter().map(Arc::from).collect();
        Self { path: path.into(), files, given, content }
    }
}

/// The requests, with how many rows there are as the last one; none where single cells alone are asked for.
fn with_row_count<'a>(requests: &[Request<'a>]) -> Option<Vec<Request<'a>>> {
    let of_rows = |request: &&Request<'a>| !matches!(request.select, Select::Cell(_));
    let count = Request {
        select: Select::Where(Vec::new()),
        // Any column that is there will do.
        column: requests.iter().find(of_rows)?.column,
        take: Take::Count,
        group_by: None,
        missing: MissingRule::Zero,
        written: ColumnOptions::default(),
    };
    Some(requests.iter().cloned().chain([count]).collect())
}

/// The file that a source is read from, or those of its name; a database's, if that is one. None where it is elsewhere.
pub(in crate::engine) fn path_of(source: SourceDefinition<'_>) -> Option<PathBuf> {
    let named =
        source.raw.file.as_ref().or(source.raw.database.as_ref().filter(|named| is_path(&named.value)));
    named.map(|named| beside(&source.file.path, named.value.trim()))
}

/// Whether what names a database is the path of a file: neither an address nor the name of a connection.
pub(super) fn is_path(database: &str) -> bool {
    !database.contains("://") && database.contains(['.', '/', '\\'])
}

/// A path that a rule file names, seen from where the program runs. `rules` is tidy.
pub(in crate::engine) fn beside(rules: &Path, path: &str) -> PathBuf {
    let mut folder = rules.parent().unwrap_or(Path::new(""));
    let mut rest = path;
    // Rule files name their neighbours, mostly: steps back are taken without building a path.
    while let Some(after) = rest.strip_prefix("../").filter(|after| !after.starts_with('/'))
        && let Some(Component::Normal(_)) = folder.components().next_back()
    {
        (folder, rest) = (folder.parent().unwrap_or(Path::new("")), after);
    }
    let joined = folder.join(rest);
    if is_tidy(rest) { joined } else { tidy(&joined) }
}

/// Whether a relative path is surely names alone; not said of names that some system gives a meaning.
fn is_tidy(path: &str) -> bool {
    let mut parts = path.as_bytes().split(|byte| *byte == b'/');
    !path.bytes().any(|byte| matches!(byte, b'\\' | b':'))
        && parts.all(|part| !matches!(part, b"" | b"." | b".."))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_neighbour_s_path_is_tidy(rules in "(\\./|\\.\\./|/)?(a/){0,3}b\\.toml", path in "/?((\\.\\./|\\./|c/|/){0,5})(c\\.md|\\.\\.|)") {
            let rules = tidy(Path::new(&rules));
            let folder = rules.parent().unwrap_or(Path::new(""));
            prop_assert_eq!(beside(&rules, &path), tidy(&folder.join(&path)));
        }
    }

    #[test]
    fn a_doubled_slash_does_not_lead_to_the_root() {
        assert_eq!(beside(Path::new("a/b.toml"), "..//c.md"), Path::new("c.md"));
    }
}
