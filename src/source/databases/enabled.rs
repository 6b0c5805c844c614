//! A statement is looked at, and run by whom it is for.

use super::address::Address;
use super::deadline::within;
use super::statement::{Dialect, check};
use super::{Database, postgres, sqlite};
use crate::source::query::{Limits, QueryError, Reply};

/// Runs one statement that only reads.
///
/// # Errors
/// Whatever keeps the reply from being whole: see [`QueryError`]. No message holds a password.
pub fn run(database: &Database, sql: &str, limits: &Limits) -> Result<Reply, QueryError> {
    let sql = sql.to_owned();
    let limits = limits.clone();
    match database {
        Database::Sqlite(path) => {
            check(&sql, Dialect::Sqlite)?;
            let path = path.clone();
            within(limits.time, move |deadline| sqlite::run(&path, &sql, &limits, deadline))
        }
        Database::Postgres(url) => {
            check(&sql, Dialect::Postgres)?;
            let address = Address::parse(url).map_err(|error| {
                QueryError::Unreadable(format!("the connection to PostgreSQL cannot be read: {error}"))
            })?;
            within(limits.time, move |deadline| postgres::run(&address, &sql, &limits, deadline))
        }
    }
}
