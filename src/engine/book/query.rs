//! Figures that a query gives: who is asked, and what is taken from the reply.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::beside::path_of;
use super::described::written;
use super::fetch::{RequestId, missing};
use super::relation::Described;
use super::{Book, Desk, Trouble};
use crate::assessment::{QueryPlace, TableAnswer};
use crate::claim::{Complaint, RawText, Spanned};
use crate::engine::complaints::inside;
use crate::engine::names::{FigureDefinition, Names, SourceDefinition};
use crate::engine::parallel;
use crate::engine::queries::Question;
use crate::source::Answer;
use crate::source::cluster;
use crate::source::databases::{self, Database};
use crate::source::query::{QueryError, Reply, Wanted};
use crate::source::sql;
use crate::text::Span;

/// A figure's query, and the figure that came of it.
pub(super) struct Query<'a> {
    definition: FigureDefinition<'a>,
    sql: &'a Spanned<RawText<'a>>,
    /// `None` before it was asked.
    read: Option<Result<Read<'a>, String>>,
}

/// What a query came to.
struct Read<'a> {
    /// Who answered, as messages name it.
    whom: Arc<Path>,
    /// The sources that it rests on.
    sources: Vec<SourceDefinition<'a>>,
    answer: Answer,
}

impl<'a> Book<'a> {
    /// Takes a query, to be asked with all others.
    pub(super) fn ask_query(
        &mut self,
        definition: FigureDefinition<'a>,
        sql: &'a Spanned<RawText<'a>>,
    ) -> RequestId {
        self.queries.push(Query { definition, sql, read: None });
        RequestId::Query(self.queries.len() - 1)
    }

    /// Asks every query, several at once.
    pub(super) fn ask_queries(&mut self) {
        let (desk, names) = (self.desk, self.names);
        let mut replies = Vec::with_capacity(self.queries.len());
        parallel::in_order(
            &self.queries,
            None,
            || (),
            |(), query| desk.ask(names, query),
            |read| {
                replies.push(read);
                true
            },
        );
        for (query, read) in self.queries.iter_mut().zip(replies) {
            query.read = Some(read.map_err(|trouble| {
                let message = trouble.complaint.message.clone();
                self.troubles.push(trouble);
                message
            }));
        }
    }

    /// What a query gave; why there is nothing, in words.
    pub(super) fn query_answer(&self, query: usize) -> Result<TableAnswer<'_>, String> {
        let unread = || "its query was not asked".to_owned();
        let query = self.queries.get(query).ok_or_else(unread)?;
        let Read { whom, answer, .. } =
            query.read.as_ref().ok_or_else(unread)?.as_ref().map_err(Clone::clone)?;
        let place = QueryPlace { file: query.definition.file, span: query.sql.span };
        Ok(TableAnswer { path: whom, files: &[], answer, query: Some(place) })
    }

    /// The column of its reply that a query names.
    pub(super) fn query_column(&self, query: usize) -> Option<&'a str> {
        let raw = self.queries.get(query)?.definition.raw;
        raw.column.as_ref().map(|column| &*column.value.0)
    }

    /// The sources that a query rests on, where it could be asked.
    pub(super) fn query_sources(&self, query: usize) -> &[SourceDefinition<'a>] {
        match self.queries.get(query).and_then(|query| query.read.as_ref()) {
            Some(Ok(read)) => &read.sources,
            _ => &[],
        }
    }
}

impl Desk<'_> {
    /// Asks one query, of its source if that is a database, else of the engine.
    fn ask<'a>(&self, names: &Names<'a>, query: &Query<'a>) -> Result<Read<'a>, Trouble<'a>> {
        let file = query.definition.file;
        let own = |complaint: Complaint| Trouble { file, complaint };
        let source = match &query.definition.raw.source {
            Some(name) => Some(names.source(&name.value).ok_or_else(|| {
                let unknown = names.unknown_source(&name.value);
                own(Complaint { help: unknown.help, ..Complaint::new(name.span, unknown.message) })
            })?),
            None => None,
        };
        let wanted = wanted(query.definition).map_err(own)?;
        let database = source.and_then(|source| Some((source, source.raw.database.as_ref()?)));
        let (whom, sources, reply) = match database {
            Some((source, named)) => {
                let (database, shown) = self
                    .database(source, named)
                    .map_err(|complaint| Trouble { file: source.file, complaint })?;
                let reply = self.ask_database(&database, &shown, query);
                (shown, vec![source], reply)
            }
            None => {
                let sources = named_sources(names, query).map_err(own)?;
                let reply = self.ask_of_sources(&sources, query)?;
                let only = if let [only] = &sources[..] { path_of(*only) } else { None };
                (only.unwrap_or_else(|| file.path.to_path_buf()), sources, reply)
            }
        };
        let reply = reply.map_err(|error| own(of_query(&error, query)))?;
        let answer = reply.answer(&wanted).map_err(|error| {
            let message = format!("the query of `{}`: {error}", query.definition.name);
            own(Complaint { help: error.help(), ..Complaint::new(query.sql.span, message) })
        })?;
        Ok(Read { whom: whom.into(), sources, answer })
    }

    /// Asks the engine, with these sources as tables; the outer error is that of a source.
    fn ask_of_sources<'a>(
        &self,
        sources: &[SourceDefinition<'a>],
        query: &Query<'a>,
    ) -> Result<Result<Arc<Reply>, QueryError>, Trouble<'a>> {
        let mut described = Vec::with_capacity(sources.len());
        for source in sources {
            let known = Described::of(*source);
            described.push(known.map_err(|complaint| Trouble { file: source.file, complaint })?);
        }
        let mut relations = Vec::with_capacity(sources.len());
        for (source, described) in sources.iter().zip(&described) {
            let relation = self.relation(described);
            relations.push(relation.map_err(|complaint| Trouble { file: source.file, complaint })?);
        }
        Ok(self.ask_engine(&relations, query))
    }

    fn ask_database(
        &self,
        database: &Database,
        shown: &Path,
        query: &Query<'_>,
    ) -> Result<Arc<Reply>, QueryError> {
        let (figure, query) = (query.definition.name, &*query.sql.value.0);
        let limits = &self.queries.limits;
        let run = || databases::run(database, query, limits);
        let rests_on = match database {
            Database::Postgres(_) => None,
            Database::Sqlite(path) => {
                // What is not written back yet lies beside the file.
                let mut journal = path.clone().into_os_string();
                journal.push("-wal");
                let journal = PathBuf::from(journal);
                let journal = self.system.kind(&journal).map(|_| journal);
                Some(std::iter::once(path.clone()).chain(journal).collect())
            }
        };
        let identity = format!("database {}\n{query}", shown.display());
        self.queries.reply(self.system, &Question { figure, identity, rests_on, run: &run })
    }

    fn ask_engine(
        &self,
        relations: &[sql::Relation<'_>],
        query: &Query<'_>,
    ) -> Result<Arc<Reply>, QueryError> {
        let (figure, query) = (query.definition.name, &*query.sql.value.0);
        let limits = &self.queries.limits;
        let engine = self.queries.engine.as_ref();
        let run = || match engine {
            Some(cluster) => cluster::run(cluster, relations, query, limits),
            None => sql::run(relations, query, limits),
        };
        let mut files = Vec::new();
        for place in relations.iter().flat_map(|relation| &relation.places) {
            match place {
                sql::Place::File(path) | sql::Place::Folder(path) => files.push(path.clone()),
                sql::Place::Memory { name, .. } => files.push(name.clone()),
            }
        }
        let read: Vec<String> =
            relations.iter().map(|relation| format!("{} {:?}", relation.name, relation.layout)).collect();
        let engine = engine.map(|cluster| cluster.url.as_str()).unwrap_or_default();
        let identity = format!("sql {engine}\n{}\n{query}", read.join("\n"));
        self.queries.reply(self.system, &Question { figure, identity, rests_on: Some(files), run: &run })
    }
}

/// The sources that the tables of a query are.
fn named_sources<'a>(names: &Names<'a>, query: &Query<'a>) -> Result<Vec<SourceDefinition<'a>>, Complaint> {
    let tables = sql::names(&query.sql.value).map_err(|error| of_query(&error, query))?;
    let mut sources = Vec::with_capacity(tables.len());
    for name in &tables {
        let Some(source) = names.source(name) else {
            let unknown = names.unknown_source(name);
            let at = query.sql.value.find(name.as_str());
            let complaint = Complaint::new(part(query, at, name.len()), unknown.message);
            return Err(complaint.help(unknown.help.unwrap_or_else(|| {
                "the tables of a query are sources: [source.name] with a `file`".to_owned()
            })));
        };
        sources.push(source);
    }
    Ok(sources)
}

fn wanted(definition: FigureDefinition<'_>) -> Result<Wanted<'_>, Complaint> {
    let raw = definition.raw;
    Ok(Wanted {
        column: raw.column.as_ref().map(|column| &*column.value.0),
        group_by: raw.group_by.as_ref().map(|keys| &*keys.value.0),
        missing: missing(raw),
        written: written(raw.unit.as_ref(), raw.scale.as_ref())?,
        floats: raw.precision.is_some(),
    })
}

/// An error at its place in the query.
fn of_query(error: &QueryError, query: &Query<'_>) -> Complaint {
    let length = if let QueryError::Unknown { name, .. } = error { name.len() } else { 1 };
    let place = part(query, error.at(), length);
    let complaint = Complaint::new(place, format!("the query of `{}`: {error}", query.definition.name));
    Complaint { help: error.help(), ..complaint }
}

/// Where a part of a query stands in the rule file.
fn part(query: &Query<'_>, at: Option<usize>, length: usize) -> Span {
    let Some(at) = at else { return query.sql.span };
    let text = &*query.sql.value.0;
    let start = text.floor_char_boundary(at.min(text.len()));
    let end = text.ceil_char_boundary((start + length).min(text.len()));
    inside(query.definition.file, query.sql.span, text, Span::new(start, end))
}
