//! No cluster in this build.

use super::Cluster;
use crate::source::query::{Feature, Limits, QueryError, Reply};
use crate::source::sql::Relation;

/// Runs a query over some sources on a cluster: not in this build.
///
/// # Errors
/// Always.
pub fn run(_: &Cluster, _: &[Relation<'_>], _: &str, _: &Limits) -> Result<Reply, QueryError> {
    Err(QueryError::Missing(Feature::Cluster))
}
