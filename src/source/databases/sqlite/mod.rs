//! `SQLite` files, read where they stand.

mod error;
mod file;
mod guard;

use std::path::Path;
use std::time::Instant;

use rusqlite::types::ValueRef;

use self::error::Told;
use super::filling::{Filling, float};
use crate::source::query::{Limits, QueryError, Reply, Value};

/// Runs one statement over the file.
pub(super) fn run(path: &Path, sql: &str, limits: &Limits, deadline: Instant) -> Result<Reply, QueryError> {
    let file = file::open(path, deadline)?;
    let mut connection = file.connection;
    let told = Told { path, sql, limits, deadline };
    guard::set(&mut connection, limits, deadline).map_err(|error| told.of(&error))?;
    let reply = match ask(&connection, &told) {
        Err(Asked::Other(error)) => Err(error),
        Err(Asked::Database(error)) => Err(told.with_names(&error, &mut connection)),
        Ok(reply) => Ok(reply),
    };
    file.state.check_unchanged(path)?;
    reply
}

/// Why there is no reply: as the database says it, or as we do.
enum Asked {
    Database(rusqlite::Error),
    Other(QueryError),
}

impl From<rusqlite::Error> for Asked {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<QueryError> for Asked {
    fn from(error: QueryError) -> Self {
        Self::Other(error)
    }
}

fn ask(connection: &rusqlite::Connection, told: &Told) -> Result<Reply, Asked> {
    let mut statement = connection.prepare(told.sql)?;
    if !statement.readonly() || statement.column_count() == 0 {
        return Err(QueryError::Refused("it is no query".to_owned()).into());
    }
    if statement.parameter_count() > 0 {
        return Err(
            QueryError::Refused("it has parameters, and nobody to give them a value".to_owned()).into()
        );
    }
    let names = statement.column_names().map(str::to_owned).collect();
    let mut filling = Filling::new(names)?;
    let columns = statement.column_count();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        let values: Result<Vec<Value>, Asked> =
            (0..columns).map(|column| Ok(value(row.get_ref(column)?, filling.column(column))?)).collect();
        filling.push(values?)?;
    }
    Ok(filling.finish())
}

/// A value as it is stored: what a column is declared as says nothing certain about what is in it.
fn value(stored: ValueRef<'_>, column: &str) -> Result<Value, QueryError> {
    Ok(match stored {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Exact(number.to_string()),
        ValueRef::Real(number) => float(number),
        ValueRef::Text(text) => match str::from_utf8(text) {
            Ok(text) => Value::Text(text.to_owned()),
            Err(_) => {
                return Err(QueryError::Unreadable(format!(
                    "the column `{column}` holds text that is not UTF-8"
                )));
            }
        },
        ValueRef::Blob(_) => {
            return Err(QueryError::Unreadable(format!(
                "the column `{column}` holds bytes (BLOB), which are no figure"
            )));
        }
    })
}
