//! What the server and the driver say is wrong, in our terms.

use std::error::Error as _;
use std::time::{Duration, Instant};

use tokio_postgres::Error;
use tokio_postgres::error::{DbError, ErrorPosition, SqlState};

use crate::source::databases::address::Address;
use crate::source::databases::words::plain;
use crate::source::query::{Limits, QueryError};

/// The query that errors are about, and whom it is for.
pub(super) struct Told<'a> {
    pub(super) address: &'a Address,
    pub(super) sql: &'a str,
    pub(super) limits: &'a Limits,
    pub(super) deadline: Instant,
}

impl Told<'_> {
    /// There is no way to the server.
    pub(super) fn unreachable(&self, why: &str) -> QueryError {
        QueryError::Unreachable { whom: self.address.to_string(), why: plain(why) }
    }

    /// The role could do more than any query should.
    pub(super) fn privileged(&self, power: &str) -> QueryError {
        QueryError::Privileged { whom: self.address.to_string(), power: plain(power) }
    }

    /// An error while the server had not yet let us in.
    pub(super) fn not_let_in(&self, error: &Error) -> QueryError {
        match error.as_db_error() {
            Some(error) => self.unreachable(error.message()),
            None if error.source().is_some_and(|cause| cause.to_string() == "password missing") => {
                self.unreachable("it asks for a password, and none is known for it")
            }
            None => self.unreachable(&words(error)),
        }
    }

    /// An error that the query as it stands leads to.
    pub(super) fn of(&self, error: &Error) -> QueryError {
        match error.as_db_error() {
            Some(error) => self.said(error, self.place(error)),
            None => self.unreachable(&words(error)),
        }
    }

    /// An error of the query behind `DECLARE`, where only a query may stand, and whose places are others.
    pub(super) fn of_declared(&self, error: &Error) -> QueryError {
        match error.as_db_error() {
            Some(error)
                if [SqlState::SYNTAX_ERROR, SqlState::FEATURE_NOT_SUPPORTED].contains(error.code()) =>
            {
                QueryError::Refused(format!("it is no query that only reads ({})", plain(error.message())))
            }
            _ => self.of_running(error),
        }
    }

    /// An error without a place, since the statement was another.
    pub(super) fn of_running(&self, error: &Error) -> QueryError {
        match error.as_db_error() {
            Some(error) => self.said(error, None),
            None => self.of(error),
        }
    }

    /// What the server says. <https://www.postgresql.org/docs/current/errcodes-appendix.html>
    fn said(&self, error: &DbError, at: Option<usize>) -> QueryError {
        let message = plain(error.message());
        let code = error.code();
        let what = match code {
            code if *code == SqlState::UNDEFINED_TABLE => Some("table"),
            code if *code == SqlState::UNDEFINED_COLUMN => Some("column"),
            _ => None,
        };
        if let (Some(what), Some(name)) = (what, at.and_then(|at| name_at(self.sql, at))) {
            let nearest = error.hint().and_then(quoted).filter(|_| what == "column").map(plain);
            return QueryError::Unknown { what, name: name.to_owned(), nearest, at };
        }
        // More than one statement is the one error of syntax that has no place.
        if *code == SqlState::SYNTAX_ERROR && error.position().is_none() {
            return QueryError::Refused(format!("it is more than one statement ({message})"));
        }
        if [SqlState::READ_ONLY_SQL_TRANSACTION, SqlState::INVALID_TRANSACTION_TERMINATION].contains(code) {
            return QueryError::Refused(format!("it does more than read ({message})"));
        }
        let is_late = Instant::now() + Duration::from_millis(50) >= self.deadline;
        if is_late && [SqlState::QUERY_CANCELED, SqlState::LOCK_NOT_AVAILABLE].contains(code) {
            return QueryError::TooSlow(self.limits.time);
        }
        // By class: resources, limits, an operator who ends it, connections, authorisation.
        match code.code().get(..2) {
            Some("53" | "54") if *code != SqlState::TOO_MANY_CONNECTIONS => QueryError::TooLarge(message),
            Some("57") if *code != SqlState::QUERY_CANCELED => self.unreachable(&message),
            Some("08" | "28" | "53") => self.unreachable(&message),
            _ => QueryError::Wrong { message, at },
        }
    }

    /// The byte of the query that the server means: it counts characters, from 1.
    fn place(&self, error: &DbError) -> Option<usize> {
        match error.position()? {
            ErrorPosition::Original(character) => {
                let before = usize::try_from(*character).ok()?.checked_sub(1)?;
                let places = self.sql.char_indices().map(|(at, _)| at).chain([self.sql.len()]);
                places.take(before + 1).nth(before)
            }
            ErrorPosition::Internal { .. } => None,
        }
    }
}

/// The name that begins at a byte, with its schema or table before it.
fn name_at(sql: &str, at: usize) -> Option<&str> {
    let rest = sql.get(at..)?;
    let mut is_quoted = false;
    let end = rest.find(|c: char| {
        is_quoted ^= c == '"';
        !(is_quoted || c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '"'))
    });
    let name = rest.get(..end.unwrap_or(rest.len()))?.trim_matches('"');
    (!name.is_empty()).then_some(name)
}

/// The last part of the name that a hint has in quotes.
fn quoted(hint: &str) -> Option<&str> {
    let (_, rest) = hint.split_once('"')?;
    let (name, _) = rest.split_once('"')?;
    name.rsplit('.').next()
}

/// The driver's words, with their cause.
fn words(error: &Error) -> String {
    match error.source() {
        Some(cause) => format!("{error} ({cause})"),
        None => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_from_the_query_and_from_hints() {
        assert_eq!(name_at("SELECT a.total FROM a", 7), Some("a.total"));
        assert_eq!(name_at("SELECT \"two words\" FROM a", 7), Some("two words"));
        assert_eq!(name_at("SELECT", 40), None);
        assert_eq!(quoted("Perhaps you meant to reference the column \"a.total\"."), Some("total"));
        assert_eq!(quoted("no quotes"), None);
    }
}
