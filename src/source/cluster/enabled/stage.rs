//! Tables that executors cannot read themselves, written down as Parquet where they see them.
//!
//! The columns are those that the engine in this program scans, of the same types, so that the figures are the same. A file is
//! called by the hash of its content: whatever is changed in a source makes another file, and no executor can take one for the
//! other. Files are left where they are, for the next query that needs the same.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use datafusion::arrow::array::{ArrayRef, BooleanArray, RecordBatch};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::catalog::TableProvider;
use datafusion::error::DataFusionError;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::Compression;
use datafusion::parquet::file::properties::WriterProperties;
use datafusion::prelude::SessionContext;
use futures::StreamExt;

use crate::source::Digesting;
use crate::source::query::QueryError;
use crate::source::sql::{Clock, Failure, listed};
use crate::system;

/// How many rows executors share a file by.
const ROWS: usize = 1 << 17;
/// What a table without any column has in place of one, so that its rows can be counted. No query can name it by chance.
const NO_COLUMN: &str = "(rows)";

/// Writes a table down in a folder; gives the same table, read from there.
pub(super) async fn stage(
    folder: &Path,
    table: &dyn TableProvider,
    context: &SessionContext,
    clock: &Clock,
) -> Result<Arc<dyn TableProvider>, Failure> {
    let folder = std::path::absolute(folder).map_err(|error| unwritable(folder, &error))?;
    let part = Part::new(&folder).map_err(|error| unwritable(&folder, &error))?;
    write(&part, table, context, clock).await?;
    let path = part.keep(&folder).map_err(|error| unwritable(&folder, &error))?;
    listed(&path, context).await
}

async fn write(
    part: &Part,
    table: &dyn TableProvider,
    context: &SessionContext,
    clock: &Clock,
) -> Result<(), Failure> {
    let scan = table.scan(&context.state(), None, &[], None).await?;
    let schema = written(&table.schema());
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(ROWS))
        .set_compression(Compression::ZSTD(Default::default()))
        .build();
    let mut writer = ArrowWriter::try_new(&part.file, Arc::clone(&schema), Some(properties))
        .map_err(DataFusionError::from)?;
    // One after the other, so that the same table makes the same file.
    for partition in 0..scan.properties().partitioning.partition_count() {
        let mut batches = scan.execute(partition, context.task_ctx())?;
        while let Some(batch) = batches.next().await {
            let batch = batch?;
            if clock.left().is_zero() {
                return Err(QueryError::TooSlow(clock.time).into());
            }
            writer.write(&with_column(batch, &schema)?).map_err(DataFusionError::from)?;
        }
    }
    writer.close().map_err(DataFusionError::from)?;
    Ok(())
}

/// The columns of the file.
fn written(schema: &SchemaRef) -> SchemaRef {
    if schema.fields().is_empty() {
        return Arc::new(Schema::new(vec![Field::new(NO_COLUMN, DataType::Boolean, true)]));
    }
    Arc::clone(schema)
}

fn with_column(batch: RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, DataFusionError> {
    if batch.num_columns() > 0 {
        return Ok(batch);
    }
    let nothing: BooleanArray = std::iter::repeat_n(None::<bool>, batch.num_rows()).collect();
    Ok(RecordBatch::try_new(Arc::clone(schema), vec![Arc::new(nothing) as ArrayRef])?)
}

fn unwritable(folder: &Path, error: &io::Error) -> QueryError {
    QueryError::Unreadable(format!("the folder for the cluster, {}: {error}", folder.display()))
}

/// A file that is being written. Dropped, it is removed.
struct Part {
    path: PathBuf,
    file: File,
}

impl Part {
    fn new(folder: &Path) -> io::Result<Self> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        system::create_folder(folder)?;
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("factcheck-{}-{number}.part", std::process::id()));
        // What an earlier process of this number has left.
        system::discard(&path);
        let file = system::create_new(&path)?;
        Ok(Self { path, file })
    }

    /// Gives it the name that its content has. What has that name already is replaced: whether it still is what its name
    /// says, nobody knows.
    fn keep(self, folder: &Path) -> io::Result<PathBuf> {
        let written = Digesting::new(BufReader::new(system::open(&self.path)?)).finish()?;
        let path = folder.join(format!("factcheck-{}.parquet", written.digest));
        system::rename(&self.path, &path)?;
        Ok(path)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        system::discard(&self.path);
    }
}
