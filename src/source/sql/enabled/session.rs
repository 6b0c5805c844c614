//! The engine, with what a query may take of the machine.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use datafusion::catalog::TableProvider;
use datafusion::common::TableReference;
use datafusion::config::Dialect;
use datafusion::error::DataFusionError;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::logical_expr::LogicalPlan;
use datafusion::prelude::{SQLOptions, SessionConfig, SessionContext};
use datafusion::sql::parser::Statement as EngineStatement;
use datafusion::sql::sqlparser::ast::Statement;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

use super::clock::Clock;
use super::exact::exact;
use super::failure::Failure;
use super::reply;
use super::store::Store;
use crate::source::query::{Limits, QueryError, Reply};

/// Of the memory of a query, which share tables of texts may take: one in this many.
const SHARE: u64 = 4;
/// The stack of a thread of the engine's, set aside and not used until then.
const STACK: usize = 64 << 20;

/// An engine for one query.
pub(in crate::source) struct Session {
    context: SessionContext,
    memory: u64,
    store: Arc<Store>,
    runtime: Option<Runtime>,
}

impl Session {
    /// An engine that keeps within bounds.
    pub(super) fn new(limits: &Limits) -> Result<Self, Failure> {
        let spill = match &limits.spill {
            Some(folder) => DiskManagerMode::Directories(vec![folder.clone()]),
            None => DiskManagerMode::OsTmpDirectory,
        };
        let environment = RuntimeEnvBuilder::new()
            .with_memory_pool(pool(limits.memory))
            .with_disk_manager_builder(DiskManagerBuilder::default().with_mode(spill))
            .build_arc()?;
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let store = Store::new(bounded(limits.memory / SHARE), Arc::clone(&environment.disk_manager));
        let runtime =
            Builder::new_multi_thread().worker_threads(cores).thread_stack_size(STACK).enable_all().build();
        Ok(Self {
            context: SessionContext::new_with_config_rt(config(limits.memory, cores), environment),
            memory: limits.memory,
            store: Arc::new(store),
            runtime: Some(runtime.map_err(DataFusionError::IoError)?),
        })
    }

    /// Where texts are kept.
    pub(super) fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// The engine's own name for all of this.
    pub(in crate::source) fn context(&self) -> &SessionContext {
        &self.context
    }

    /// Makes a table known.
    pub(super) fn register(&self, name: &str, table: Arc<dyn TableProvider>) -> Result<(), Failure> {
        self.context.register_table(TableReference::bare(name), table)?;
        Ok(())
    }

    /// Waits for something, as long as there is time.
    pub(in crate::source) fn wait<T>(
        &self,
        clock: &Clock,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        self.wait_past(Duration::ZERO, clock, work)
    }

    /// The same, and for a while longer, in which what was begun elsewhere is called off.
    pub(in crate::source) fn wait_past<T>(
        &self,
        more: Duration,
        clock: &Clock,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let Some(runtime) = &self.runtime else { return Err(QueryError::TooSlow(clock.time).into()) };
        let done = runtime.block_on(async { timeout(clock.left() + more, work).await });
        done.map_err(|_| QueryError::TooSlow(clock.time))?
    }

    /// Plans a statement over the tables that are known, so that what comes out is exact.
    pub(super) fn plan(&self, statement: Statement, clock: &Clock) -> Result<LogicalPlan, Failure> {
        self.wait(clock, async {
            let state = self.context.state();
            let statement = EngineStatement::Statement(Box::new(statement));
            let plan = state.statement_to_plan(statement).await?;
            let only_reads =
                SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
            only_reads.verify_plan(&plan)?;
            Ok(exact(plan)?)
        })
    }

    /// Runs a plan here.
    pub(super) fn run(&self, plan: LogicalPlan, clock: &Clock) -> Result<Reply, Failure> {
        self.wait(clock, async {
            match execute(&self.context, plan.clone()).await {
                // On all cores at once it needs more than on one.
                Err(Failure::Engine(error)) if is_exhausted(&error) => execute(&self.frugal()?, plan).await,
                done => done,
            }
        })
    }

    /// The same engine on one core, and with memory of its own.
    fn frugal(&self) -> Result<SessionContext, Failure> {
        let environment = RuntimeEnvBuilder::from_runtime_env(&self.context.runtime_env())
            .with_memory_pool(pool(self.memory))
            .build_arc()?;
        Ok(SessionContext::new_with_config_rt(config(self.memory, 1), environment))
    }
}

async fn execute(context: &SessionContext, plan: LogicalPlan) -> Result<Reply, Failure> {
    let frame = context.execute_logical_plan(plan).await?;
    reply::collect(frame.execute_stream().await?).await
}

fn is_exhausted(error: &DataFusionError) -> bool {
    matches!(error.find_root(), DataFusionError::ResourcesExhausted(_))
}

/// What operators share of the memory; the rest is for tables of texts.
fn pool(memory: u64) -> Arc<FairSpillPool> {
    Arc::new(FairSpillPool::new(bounded(memory - memory / SHARE)))
}

fn config(memory: u64, cores: usize) -> SessionConfig {
    // Of little memory, even one batch for each operator must not take all.
    let batch = (bounded(memory) / cores / 4096).clamp(512, 8192);
    let mut config = SessionConfig::new().with_target_partitions(cores).with_batch_size(batch);
    let options = config.options_mut();
    options.sql_parser.parse_float_as_decimal = true;
    options.sql_parser.dialect = Dialect::Generic;
    options.sql_parser.collect_spans = true;
    // What is set aside for merging what was spilled must leave room for sorting.
    options.execution.sort_spill_reservation_bytes = (bounded(memory) / cores / 32).min(10 << 20);
    // Texts that are compared bytewise need no views; the rest of the program knows plain ones.
    options.execution.parquet.schema_force_view_types = false;
    config
}

fn bounded(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

impl Drop for Session {
    fn drop(&mut self) {
        // Threads that are busy with a query that was stopped are not waited for.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
