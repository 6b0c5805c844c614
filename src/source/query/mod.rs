//! Queries: SQL that a database or an engine runs, and the small table that it replies with.
//!
//! Whoever runs the SQL, its [`Reply`] is a table of texts, and figures are taken from that as from any other: exactly one
//! row, or a series by key, with the units that the rules say. What differs is held here: a reply is bounded, decimals keep
//! all their digits, and a binary float is no figure until the rules say how finely it is known.

mod error;
mod limits;
mod reply;
mod take;

pub use error::{Feature, QueryError};
pub use limits::Limits;
pub use reply::{Reply, Value};
pub use take::{ReplyError, Wanted};
