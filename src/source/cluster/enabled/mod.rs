//! SQL over sources, run by an Apache Ballista cluster.
//!
//! A query is read, planned and made exact as for the engine in this program ([`crate::source::sql`]). Only its tables
//! differ: executors read nothing but Parquet, so what is none is written down as such where they see it ([`stage`]). The plan
//! is put into the form that clusters take ([`order`]) and handed to the scheduler ([`scheduler`]), who is asked how it goes,
//! until the rows lie with the executors. From there they are fetched and counted ([`rows`]), and become the reply as any
//! others do. Where nothing comes, the scheduler is asked what executors it has ([`executors`]).

mod address;
mod executors;
mod failed;
mod order;
mod rows;
mod scheduler;
mod stage;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::TableProvider;
use datafusion::logical_expr::LogicalPlan;
use tokio::time::timeout;

use super::Cluster;
use crate::source::query::{Limits, QueryError, Reply};
use crate::source::sql::{Clock, Engine, Failure, Layout, Relation, Session, collect, run_on};
use address::Address;
use scheduler::{Job, Scheduler};

/// How long a query that is given up may take to be called off.
const CALLING_OFF: Duration = Duration::from_secs(5);

/// Runs a query over some sources on a cluster.
///
/// # Errors
/// As on this machine, and where the cluster cannot be reached, has no executor, or cannot run it.
pub fn run(
    cluster: &Cluster,
    relations: &[Relation<'_>],
    sql: &str,
    limits: &Limits,
) -> Result<Reply, QueryError> {
    let address = Address::of(&cluster.url)?;
    let folder = cluster.folder.clone().unwrap_or_else(std::env::temp_dir);
    run_on(&Remote { address, folder }, relations, sql, limits)
}

/// A cluster as an engine.
struct Remote {
    address: Address,
    folder: PathBuf,
}

impl Engine for Remote {
    fn table(
        &self,
        table: Arc<dyn TableProvider>,
        layout: &Layout<'_>,
        session: &Session,
        clock: &Clock,
    ) -> Result<Arc<dyn TableProvider>, Failure> {
        match layout {
            Layout::Parquet => Ok(table),
            Layout::Table(_) | Layout::Arrow => {
                session.wait(clock, stage::stage(&self.folder, table.as_ref(), session.context(), clock))
            }
        }
    }

    fn run(&self, plan: LogicalPlan, session: &Session, clock: &Clock) -> Result<Reply, Failure> {
        let order = order::order(&plan, session.context().state())?;
        session.wait_past(CALLING_OFF, clock, async {
            let mut scheduler = Scheduler::connect(&self.address, clock).await?;
            let schema = Arc::clone(&order.schema);
            let job = scheduler.submit(order, clock).await?;
            match timeout(clock.left(), answer(&mut scheduler, &job, schema)).await {
                Ok(Ok(reply)) => Ok(reply),
                Ok(Err(failure)) => {
                    scheduler.call_off(&job).await;
                    Err(failure)
                }
                Err(_) => {
                    scheduler.call_off(&job).await;
                    Err(executors::why_so_slow(&self.address, clock).await.into())
                }
            }
        })
    }
}

/// Waits for the rows, and fetches them.
async fn answer(scheduler: &mut Scheduler, job: &Job, schema: SchemaRef) -> Result<Reply, Failure> {
    let parts = scheduler.follow(job).await?;
    collect(rows::rows(parts, schema)).await
}
