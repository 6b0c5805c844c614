//! The files of sources, read once each: as tables that requests are answered from, or for their content alone.

use std::path::{Path, PathBuf};

use super::super::memo::Memo;
use super::super::names::SourceDefinition;
use super::super::root::Refused;
use super::Desk;
use super::beside::beside;
use super::described::{columns, table_format, table_options};
use super::fetch::{Fetched, Given};
use super::files::{PatternError, is_pattern};
use super::relation::packed_by_column;
use crate::claim::Complaint;
use crate::source::{
    ColumnOptions, Content, Digesting, Input, MissingRule, Pass, Request, Select, TableError, TableOptions,
    Take, answer,
};
use crate::system::Kind;
use crate::text::Span;

/// A table past this size is streamed, not read into memory.
const STREAMED: u64 = 8 << 20;

impl Desk<'_> {
    /// Fetched requests from a source's table, in one pass.
    pub(super) fn read_source(
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
    pub(super) fn read_documents(
        &self,
        path: &Path,
        named: Span,
        buffer: &mut Vec<u8>,
    ) -> Result<Content, Complaint> {
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
