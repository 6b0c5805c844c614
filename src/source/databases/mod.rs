//! Databases: SQL that runs where the data is, and only reads. The feature `databases`.

#[cfg(not(feature = "databases"))]
mod disabled;
#[cfg(not(feature = "databases"))]
pub use disabled::run;

use std::fmt;
use std::path::PathBuf;

/// A database, and the way to it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Database {
    /// A file of `SQLite`, every link followed.
    Sqlite(PathBuf),
    /// A connection to `PostgreSQL`, as its URL or its keywords and values say. It may hold a password.
    Postgres(String),
}

/// Without what may be a password.
impl fmt::Debug for Database {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(out, "Sqlite({})", path.display()),
            Self::Postgres(_) => out.write_str("Postgres(…)"),
        }
    }
}
