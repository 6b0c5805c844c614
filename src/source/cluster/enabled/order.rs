//! A plan in the form in which clusters take it.

use std::sync::Arc;
use std::thread;

use ballista_core::extension::{SessionConfigExt, SessionStateExt};
use ballista_core::serde::BallistaLogicalExtensionCodec;
use ballista_core::serde::protobuf::KeyValuePair;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::error::DataFusionError;
use datafusion::execution::SessionState;
use datafusion::logical_expr::{Expr, LogicalPlan};
use datafusion_proto::logical_plan::AsLogicalPlan;
use datafusion_proto::protobuf::LogicalPlanNode;

use crate::source::query::QueryError;
use crate::source::sql::Failure;

/// Into how many parts the work is shared out at least: a cluster has more cores than the machine that asks.
const PARTS: usize = 16;

/// What is asked of a cluster.
pub(super) struct Order {
    /// The plan.
    pub(super) plan: Vec<u8>,
    /// The settings under which it is to be run.
    pub(super) settings: Vec<KeyValuePair>,
    /// The columns that come back.
    pub(super) schema: SchemaRef,
}

/// Puts a plan into an order. `state` is what it was planned with.
pub(super) fn order(plan: &LogicalPlan, state: SessionState) -> Result<Order, Failure> {
    single_rows(plan)?;
    // It is never called: the order goes out by other ways.
    let state = state.upgrade_for_ballista(String::new())?;
    let plan = state.optimize(plan)?;
    let schema = Arc::new(plan.schema().as_arrow().clone());
    let codec = BallistaLogicalExtensionCodec::default();
    let node = LogicalPlanNode::try_from_logical_plan(&plan, &codec).map_err(|error| refused(&error))?;
    let mut bytes = Vec::new();
    node.try_encode(&mut bytes).map_err(|error| refused(&error))?;
    // What another version of the engine would read in it must be what was written.
    let read = LogicalPlanNode::try_decode(&bytes)
        .and_then(|node| node.try_into_logical_plan(&state.task_ctx(), &codec))
        .map_err(|error| refused(&error))?;
    if told(&read) != told(&plan) {
        return Err(not_there("a part of it is lost on the way").into());
    }
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let config = state.config().clone().upgrade_for_ballista().with_target_partitions(cores.max(PARTS));
    let settings = config.options().entries().into_iter();
    let settings = settings.map(|entry| KeyValuePair { key: entry.key, value: entry.value }).collect();
    Ok(Order { plan: bytes, settings, schema })
}

/// Refuses a subquery in place of a value that may have several rows. This program's engine stops where it has;
/// a cluster makes a join of it, and would give several rows in place of one.
fn single_rows(plan: &LogicalPlan) -> Result<(), Failure> {
    plan.apply_with_subqueries(|node| {
        node.apply_expressions(|expression| {
            expression.apply(|part| match part {
                Expr::ScalarSubquery(inner)
                    if inner.outer_ref_columns.is_empty() && inner.subquery.max_rows().is_none_or(|rows| rows > 1) =>
                {
                    let why = "a subquery in place of a value may have several rows: let it aggregate, as by max(…)";
                    Err(DataFusionError::External(Box::new(not_there(why))))
                }
                _ => Ok(TreeNodeRecursion::Continue),
            })
        })
    })?;
    Ok(())
}

/// All that a plan is, in words.
fn told(plan: &LogicalPlan) -> String {
    plan.display_indent_schema().to_string()
}

fn refused(error: &DataFusionError) -> QueryError {
    let error = error.strip_backtrace();
    let line: String = error.lines().next().unwrap_or_default().chars().take(200).collect();
    not_there(&line)
}

fn not_there(why: &str) -> QueryError {
    QueryError::Wrong {
        message: format!(
            "this query cannot be run on a cluster: {why}; leave out the engine, and it runs on this machine"
        ),
        at: None,
    }
}
