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
const SHARE: u64 = 2;
/// The stack of a thread of the engine's, set aside and not used until then.
const STACK: usize = 64 << 20;

/// An engine for one query.
pub(in crate::source) struct Session {
    context: SessionContext,
    store: Arc<Store>,
    runtime: Option<Runtime>,
}

impl Session {
    /// An engine that keeps within bounds.
    pub(super) fn new(limits: &Limits) -> Result<Self, Failure> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let memory = limits.memory;
        let in_memory = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
        let spill = match &limits.spill {
            Some(folder) => DiskManagerMode::Directories(vec![folder.clone()]),
            None => DiskManagerMode::OsTmpDirectory,
        };
        let disk = DiskManagerBuilder::default().with_mode(spill);
        let environment = RuntimeEnvBuilder::new()
            .with_memory_pool(Arc::new(FairSpillPool::new(in_memory(memory - memory / SHARE))))
            .with_disk_manager_builder(disk)
            .build_arc()?;
        let mut config = SessionConfig::new().with_target_partitions(cores);
        let options = config.options_mut();
        options.sql_parser.parse_float_as_decimal = true;
        options.sql_parser.dialect = Dialect::Generic;
        options.sql_parser.collect_spans = true;
        // What is set aside for merging what was spilled must leave room for sorting.
        let reserved = in_memory(memory) / cores / 32;
        options.execution.sort_spill_reservation_bytes = reserved.min(10 << 20);
        // Texts that are compared bytewise need no views; the rest of the program knows plain ones.
        options.execution.parquet.schema_force_view_types = false;
        let store = Store::new(in_memory(memory / SHARE), Arc::clone(&environment.disk_manager));
        let runtime = Builder::new_multi_thread().worker_threads(cores).thread_stack_size(STACK).enable_all().build();
        Ok(Self {
            context: SessionContext::new_with_config_rt(config, environment),
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
            let only_reads = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
            only_reads.verify_plan(&plan)?;
            Ok(exact(plan)?)
        })
    }

    /// Runs a plan here.
    pub(super) fn run(&self, plan: LogicalPlan, clock: &Clock) -> Result<Reply, Failure> {
        self.wait(clock, async {
            let frame = self.context.execute_logical_plan(plan).await?;
            reply::collect(frame.execute_stream().await?).await
        })
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Threads that are busy with a query that was stopped are not waited for.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
