//! What `SQLite` says is wrong, in our terms.

use std::path::Path;
use std::time::Instant;

use rusqlite::{Connection, Error, ErrorCode};

use super::file::unreadable;
use crate::source::query::{Limits, QueryError};
use crate::text::nearest;

/// How many names are looked through for one that is alike.
const NAMES: usize = 10_000;

/// The query that errors are about.
pub(super) struct Told<'a> {
    pub(super) path: &'a Path,
    pub(super) sql: &'a str,
    pub(super) limits: &'a Limits,
    pub(super) deadline: Instant,
}

impl Told<'_> {
    /// An error of the database.
    pub(super) fn of(&self, error: &Error) -> QueryError {
        let message = message(error);
        match error {
            Error::MultipleStatement => QueryError::Refused("it is more than one statement".to_owned()),
            Error::Empty => QueryError::Refused("it is empty".to_owned()),
            Error::SqlInputError { sql, offset, .. } => {
                // The text that the place counts in is the end of ours.
                let before = self.sql.len().saturating_sub(sql.len());
                let at = usize::try_from(*offset)
                    .ok()
                    .map(|offset| before + offset)
                    .filter(|at| *at <= self.sql.len());
                match self.unknown(&message, at) {
                    Some(unknown) => unknown,
                    None if message.starts_with("not authorized") => refused(&message),
                    None => QueryError::Wrong { message, at },
                }
            }
            Error::SqliteFailure(failure, _) => {
                self.unknown(&message, None).unwrap_or_else(|| self.failure(failure.code, message))
            }
            _ => QueryError::Wrong { message, at: None },
        }
    }

    /// The same, with the names that there are, where one is not known.
    pub(super) fn with_names(&self, error: &Error, connection: &mut Connection) -> QueryError {
        let mut told = self.of(error);
        if let QueryError::Unknown { what, name, nearest: found, .. } = &mut told {
            let last = name.rsplit('.').next().unwrap_or(name);
            // Without names there is no proposal, and that is all.
            let names = names(connection, what).unwrap_or_default();
            *found = nearest(last, names.iter().map(String::as_str)).map(str::to_owned);
        }
        told
    }

    fn failure(&self, code: ErrorCode, message: String) -> QueryError {
        match code {
            ErrorCode::OperationInterrupted => QueryError::TooSlow(self.limits.time),
            // A lock that is waited for is waited for until the deadline at most.
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked if Instant::now() >= self.deadline => {
                QueryError::TooSlow(self.limits.time)
            }
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => QueryError::Unreachable {
                whom: self.path.display().to_string(),
                why: "another program is writing it".to_owned(),
            },
            ErrorCode::ReadOnly | ErrorCode::CannotOpen => unreadable(
                self.path,
                "changes to it are not finished (see the files `…-wal` or `…-journal` beside it); open and close it with the program that writes it",
            ),
            ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => {
                unreadable(self.path, &format!("it is damaged or no file of SQLite ({message})"))
            }
            ErrorCode::SystemIoFailure
            | ErrorCode::PermissionDenied
            | ErrorCode::FileLockingProtocolFailed => unreadable(self.path, &message),
            ErrorCode::OutOfMemory | ErrorCode::DiskFull => {
                QueryError::TooLarge(format!("{} bytes of memory", self.limits.memory))
            }
            ErrorCode::TooBig => QueryError::TooMuch { most: Limits::BYTES, what: "bytes" },
            ErrorCode::AuthorizationForStatementDenied => refused(&message),
            _ => QueryError::Wrong { message, at: None },
        }
    }

    /// The name that a message says is not known.
    fn unknown(&self, message: &str, at: Option<usize>) -> Option<QueryError> {
        let kinds = [
            ("no such column: ", "column"),
            ("no such table: ", "table"),
            ("no such function: ", "function"),
        ];
        let (rest, what) =
            kinds.iter().find_map(|(start, what)| Some((message.strip_prefix(start)?, *what)))?;
        let name = rest.split(" - ").next().unwrap_or(rest).trim_matches('"').to_owned();
        let at = at.or_else(|| word(self.sql, &name));
        Some(QueryError::Unknown { what, name, nearest: None, at })
    }
}

fn refused(message: &str) -> QueryError {
    QueryError::Refused(format!("it does more than read ({message})"))
}

/// Where a name stands as a whole word.
fn word(sql: &str, name: &str) -> Option<usize> {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    sql.match_indices(name).map(|(at, _)| at).find(|&at| {
        let before = sql.get(..at).and_then(|before| before.chars().next_back());
        let after = sql.get(at + name.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(is_letter) && !after.is_some_and(is_letter)
    })
}

/// The names of the database's tables or columns.
fn names(connection: &mut Connection, what: &str) -> rusqlite::Result<Vec<String>> {
    let sql = match what {
        "table" => "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')",
        "column" => {
            "SELECT c.name FROM sqlite_schema t JOIN pragma_table_xinfo(t.name) c WHERE t.type IN ('table', 'view')"
        }
        _ => return Ok(Vec::new()),
    };
    // The statement is ours, and asks for what no query may ask for.
    connection.authorizer(None::<fn(rusqlite::hooks::AuthContext<'_>) -> rusqlite::hooks::Authorization>)?;
    let mut statement = connection.prepare(sql)?;
    statement.query_map([], |row| row.get(0))?.take(NAMES).collect()
}

/// The words of the database, on one line and not without end.
fn message(error: &Error) -> String {
    let message = match error {
        Error::SqlInputError { msg, .. } | Error::SqliteFailure(_, Some(msg)) => msg.clone(),
        _ => error.to_string(),
    };
    super::super::words::plain(&message)
}
