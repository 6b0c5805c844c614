//! Databases: SQL that runs where the data is, and only reads. The feature `databases`.
//!
//! A [`Database`] and one statement go in, a bounded [`Reply`](super::query::Reply) comes out, or the reason why there is
//! none. Whatever the database or its server does, [`run`] comes back in the time and memory that
//! [`Limits`](super::query::Limits) say.

mod address;
mod passwords;

#[cfg(not(feature = "databases"))]
mod disabled;
#[cfg(not(feature = "databases"))]
pub use disabled::run;

#[cfg(feature = "databases")]
mod deadline;
#[cfg(feature = "databases")]
mod enabled;
#[cfg(feature = "databases")]
mod filling;
#[cfg(feature = "databases")]
mod postgres;
#[cfg(feature = "databases")]
mod sqlite;
#[cfg(feature = "databases")]
mod statement;
#[cfg(feature = "databases")]
mod words;
#[cfg(feature = "databases")]
pub use enabled::run;

pub use passwords::{has_password, password_from, with_password, without_password};

use std::fmt;
use std::path::PathBuf;

/// A database, and the way to it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Database {
    /// A file of `SQLite`, every link followed.
    Sqlite(PathBuf),
    /// A connection to `PostgreSQL`, as its URL says. It may hold a password.
    Postgres(String),
}

/// Without what may be a password.
impl fmt::Debug for Database {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(out, "Sqlite({})", path.display()),
            Self::Postgres(url) => write!(out, "Postgres({})", without_password(url)),
        }
    }
}

/// Whether a text is a URL of `PostgreSQL`.
pub fn is_postgres(text: &str) -> bool {
    text.starts_with("postgres://") || text.starts_with("postgresql://")
}
