//! No cluster in this build.

use crate::source::query::{Feature, Limits, QueryError, Reply};
use crate::source::sql::Relation;

/// Runs a query over some sources on the cluster at an address: not in this build.
///
/// # Errors
/// Always.
pub fn run(_: &str, _: &[Relation<'_>], _: &str, _: &Limits) -> Result<Reply, QueryError> {
    Err(QueryError::Missing(Feature::Cluster))
}
