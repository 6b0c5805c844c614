//! SQL that runs where the data is: real files of `SQLite`, a real `PostgreSQL`, and databases and servers that mean no good.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "tests read files, say what they skip, and fail by panicking"
)]

mod damaged;
mod hostile;
mod postgres;
mod server;
mod sqlite;

use std::time::Duration;

use factcheck::source::databases::{Database, run};
use factcheck::source::query::{Limits, QueryError, Reply, Value};

/// The reply, or what is wrong.
fn ask(database: &Database, sql: &str) -> Result<Reply, QueryError> {
    run(database, sql, &Limits::default())
}

/// The same, in so much time.
fn ask_within(database: &Database, sql: &str, time: Duration) -> Result<Reply, QueryError> {
    run(database, sql, &Limits { time, ..Limits::default() })
}

/// The values of the only row.
fn row(database: &Database, sql: &str) -> Vec<Value> {
    let mut reply = ask(database, sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    assert_eq!(reply.rows.len(), 1, "{sql}");
    reply.rows.remove(0)
}

/// What is wrong with a query.
fn error(database: &Database, sql: &str) -> QueryError {
    match ask(database, sql) {
        Err(error) => error,
        Ok(reply) => panic!("{sql} gave {reply:?}"),
    }
}

/// What is said of a query that is not run.
fn refusal(database: &Database, sql: &str) -> String {
    match error(database, sql) {
        QueryError::Refused(why) => why,
        other => panic!("{sql}: {other:?}"),
    }
}

fn exact(digits: &str) -> Value {
    Value::Exact(digits.to_owned())
}

fn float(digits: &str) -> Value {
    Value::Float(digits.to_owned())
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}
