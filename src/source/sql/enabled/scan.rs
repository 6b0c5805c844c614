//! A table of texts as the engine scans it: decoded piece by piece, as it goes.

use std::fmt;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions, StringArray};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::error::DataFusionError;
use datafusion::execution::TaskContext;
use datafusion::physical_plan::SendableRecordBatchStream;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::streaming::PartitionStream;
use futures::stream;

use super::decode;
use super::store::{Piece, Run};
use super::survey::Kind;

/// Some rows of a table, and how they are read.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) run: Arc<Run>,
    /// For each column of the table, where it is in the pieces, and what it is read as.
    pub(super) kinds: Arc<Vec<(Option<usize>, Kind)>>,
    /// What stands in the last column, of a table in several files.
    pub(super) file: Option<String>,
}

/// What one core scans of a table.
pub(super) struct Scanned {
    pub(super) schema: SchemaRef,
    pub(super) parts: Vec<Part>,
}

impl fmt::Debug for Scanned {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} parts, {} spilled",
            self.parts.len(),
            self.parts.iter().filter(|part| part.is_spilled()).count()
        )
    }
}

impl PartitionStream for Scanned {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, _: Arc<TaskContext>) -> SendableRecordBatchStream {
        let schema = Arc::clone(&self.schema);
        let batches = self.parts.clone().into_iter().flat_map(move |part| part.batches(&schema));
        Box::pin(RecordBatchStreamAdapter::new(Arc::clone(&self.schema), stream::iter(batches)))
    }
}

impl Part {
    fn batches(
        self,
        schema: &SchemaRef,
    ) -> Box<dyn Iterator<Item = Result<RecordBatch, DataFusionError>> + Send> {
        let schema = Arc::clone(schema);
        match self.run.pieces() {
            Err(error) => Box::new(std::iter::once(Err(error))),
            Ok(pieces) => Box::new(pieces.map(move |piece| self.batch(&piece?, &schema))),
        }
    }

    fn batch(&self, piece: &Piece, schema: &SchemaRef) -> Result<RecordBatch, DataFusionError> {
        let mut columns = decode::columns(piece, &self.kinds)?;
        if let (Some(file), Some(last)) = (&self.file, columns.last_mut()) {
            *last =
                Arc::new(StringArray::from_iter_values(std::iter::repeat_n(file, piece.rows))) as ArrayRef;
        }
        let options = RecordBatchOptions::new().with_row_count(Some(piece.rows));
        Ok(RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options)?)
    }
}
