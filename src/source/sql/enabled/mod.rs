//! SQL over sources, run by `DataFusion`.
//!
//! A statement is parsed and refused where it does more than read ([`statement`]). Its tables are read as far as it may ask for
//! them: texts into pieces, while every cell says what its column can be ([`table`]); Parquet and Arrow stay where they are
//! ([`binary`]). Then the statement is reworded ([`wording`]), planned, and made exact ([`exact`]), and the plan is run within its
//! bounds ([`session`]).

mod binary;
mod clock;
mod decode;
mod exact;
mod failure;
mod folder;
mod names;
mod ranges;
mod reply;
mod scan;
mod session;
mod statement;
mod store;
mod survey;
mod table;
mod texts;
mod wording;

use std::sync::Arc;
use std::thread;

use datafusion::catalog::TableProvider;
use datafusion::logical_expr::LogicalPlan;
use datafusion::sql::sqlparser::ast::Ident;

use super::{Layout, Relation};
use crate::source::query::{Limits, QueryError, Reply};
use crate::text::nearest;
#[cfg(feature = "cluster")]
pub(in crate::source) use binary::listed;
pub(in crate::source) use clock::Clock;
pub(in crate::source) use failure::Failure;
#[cfg(feature = "cluster")]
pub(in crate::source) use reply::collect;
pub(in crate::source) use session::Session;
use statement::{Reading, byte_of, meant};

/// What deep expressions take when they are gone through. It is set aside, and not used until then.
const STACK: usize = 256 << 20;

/// The names of the tables that a query reads, as it writes them, in their order and each once. What it names itself, by WITH, is
/// not among them.
///
/// # Errors
/// Where it is no single statement that only reads.
pub fn names(sql: &str) -> Result<Vec<String>, QueryError> {
    on_deep_stack(|| {
        let reading = Reading::parse(sql)?;
        Ok(reading.tables.into_iter().map(|name| name.value).collect())
    })
}

/// Runs a query over some sources, of which it may name any.
///
/// # Errors
/// Where it does more than read them, they cannot be read, something is wrong with it, or it takes more than it may.
pub fn run(relations: &[Relation<'_>], sql: &str, limits: &Limits) -> Result<Reply, QueryError> {
    run_on(&Embedded, relations, sql, limits)
}

/// Who runs the plan that a query becomes.
pub(in crate::source) trait Engine: Sync {
    /// A source as it can be scanned there.
    fn table(
        &self,
        table: Arc<dyn TableProvider>,
        layout: &Layout<'_>,
        session: &Session,
        clock: &Clock,
    ) -> Result<Arc<dyn TableProvider>, Failure>;

    /// Runs a plan over tables that are known.
    fn run(&self, plan: LogicalPlan, session: &Session, clock: &Clock) -> Result<Reply, Failure>;
}

/// The engine in this program.
struct Embedded;

impl Engine for Embedded {
    fn table(
        &self,
        table: Arc<dyn TableProvider>,
        _: &Layout<'_>,
        _: &Session,
        _: &Clock,
    ) -> Result<Arc<dyn TableProvider>, Failure> {
        Ok(table)
    }

    fn run(&self, plan: LogicalPlan, session: &Session, clock: &Clock) -> Result<Reply, Failure> {
        session.run(plan, clock)
    }
}

/// Runs a query over some sources by whatever engine.
pub(in crate::source) fn run_on(
    engine: &impl Engine,
    relations: &[Relation<'_>],
    sql: &str,
    limits: &Limits,
) -> Result<Reply, QueryError> {
    on_deep_stack(|| {
        let clock = Clock::start(limits.time);
        let reading = Reading::parse(sql)?;
        let mut columns = Vec::new();
        let reply = reply(engine, relations, reading, limits, &clock, sql, &mut columns);
        let known: Vec<&str> = columns.iter().map(|(_, called)| called.as_str()).collect();
        reply.map_err(|failure| failure.told(sql, &known, &clock))
    })
}

fn reply(
    engine: &impl Engine,
    relations: &[Relation<'_>],
    reading: Reading,
    limits: &Limits,
    clock: &Clock,
    sql: &str,
    columns: &mut Vec<(String, String)>,
) -> Result<Reply, Failure> {
    let Reading { mut statement, tables } = reading;
    let asked = wording::asked(&statement);
    let session = Session::new(limits)?;
    for name in &tables {
        let relation = find(relations, name, sql)?;
        let table = match &relation.layout {
            Layout::Table(options) => table::read(relation, options, &asked, session.store(), clock)?,
            Layout::Parquet => binary::parquet(relation, &session, clock)?,
            Layout::Arrow => binary::arrow(relation, &asked)?,
        };
        columns.extend(table.columns);
        let provider = engine.table(table.provider, &relation.layout, &session, clock)?;
        session.register(&meant(name), provider)?;
    }
    wording::reword(&mut statement, columns);
    let plan = session.plan(statement, clock)?;
    engine.run(plan, &session, clock)
}

/// The source that a name in a query means: that of this very name, or else of this name in another case.
fn find<'r, 'a>(
    relations: &'r [Relation<'a>],
    name: &Ident,
    sql: &str,
) -> Result<&'r Relation<'a>, QueryError> {
    let is_quoted = name.quote_style.is_some();
    let exact = relations.iter().find(|relation| relation.name == name.value);
    let like =
        || relations.iter().find(|relation| !is_quoted && relation.name.eq_ignore_ascii_case(&name.value));
    exact.or_else(like).ok_or_else(|| QueryError::Unknown {
        what: "source",
        name: name.value.clone(),
        nearest: nearest(&name.value, relations.iter().map(|relation| relation.name)).map(str::to_owned),
        at: byte_of(sql, name.span.start.line, name.span.start.column),
    })
}

/// Runs something where expressions may lie deep in each other.
fn on_deep_stack<T: Send>(work: impl FnOnce() -> Result<T, QueryError> + Send) -> Result<T, QueryError> {
    let gone = |why: String| QueryError::TooLarge(why);
    thread::scope(|scope| {
        let thread = thread::Builder::new().name("query".to_owned()).stack_size(STACK);
        let worker = thread.spawn_scoped(scope, work).map_err(|error| gone(error.to_string()))?;
        worker.join().map_err(|_| gone("it ended unexpectedly".to_owned()))?
    })
}
