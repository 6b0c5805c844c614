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

/// Whether a URL of `PostgreSQL` has a password in it.
pub fn has_password(url: &str) -> bool {
    without_password(url) != url
}

/// A URL of `PostgreSQL`, to be shown: without its password, if it has one.
pub fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    // A password may hold any of the signs that part the rest, if it is not written as it should be.
    let (user, rest) = rest.rsplit_once('@').map_or((None, rest), |(user, rest)| (Some(user), rest));
    let user = user.map(|user| user.split_once(':').map_or(user, |(user, _)| user));
    let user = user.map_or_else(String::new, |user| format!("{user}@"));
    let (address, parameters) =
        rest.split_once('?').map_or((rest, None), |(address, more)| (address, Some(more)));
    let kept: Vec<&str> = parameters
        .into_iter()
        .flat_map(|parameters| parameters.split('&'))
        .filter(|parameter| !parameter.to_ascii_lowercase().contains("password"))
        .collect();
    let parameters = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    format!("{scheme}://{user}{address}{parameters}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        for (url, shown) in [
            ("postgres://me:secret@db.example:5432/desk", "postgres://me@db.example:5432/desk"),
            ("postgres://me:a?b@db/desk", "postgres://me@db/desk"),
            ("postgresql://me:se@cret@db/desk?sslmode=require", "postgresql://me@db/desk?sslmode=require"),
            ("postgres://db/desk?user=me&password=secret", "postgres://db/desk?user=me"),
            ("postgres://db/desk?PASSWORD=secret", "postgres://db/desk"),
            ("postgres://db/desk?sslpassword=secret&a=b", "postgres://db/desk?a=b"),
        ] {
            assert_eq!(without_password(url), shown);
            assert!(has_password(url), "{url}");
        }
        for url in ["postgres://db/desk", "postgres://me@db/desk?sslmode=disable", "postgres:///desk"] {
            assert!(!has_password(url), "{url}");
        }
    }
}
