//! No SQL engine in this build.

use super::Relation;
use crate::source::query::{Feature, Limits, QueryError, Reply};

/// The names of the tables that a query reads: not in this build.
///
/// # Errors
/// Always.
pub fn names(_: &str) -> Result<Vec<String>, QueryError> {
    Err(QueryError::Missing(Feature::Sql))
}

/// Runs a query over some sources: not in this build.
///
/// # Errors
/// Always.
pub fn run(_: &[Relation<'_>], _: &str, _: &Limits) -> Result<Reply, QueryError> {
    Err(QueryError::Missing(Feature::Sql))
}
