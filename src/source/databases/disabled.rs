//! No databases in this build.

use super::Database;
use crate::source::query::{Feature, Limits, QueryError, Reply};

/// Runs one statement that only reads: not in this build.
///
/// # Errors
/// Always.
pub fn run(_: &Database, _: &str, _: &Limits) -> Result<Reply, QueryError> {
    Err(QueryError::Missing(Feature::Databases))
}
