//! Arrow's file format.

use std::fmt;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions, StringArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::ipc::reader::FileReader;
use datafusion::catalog::streaming::StreamingTable;
use datafusion::error::DataFusionError;
use datafusion::execution::TaskContext;
use datafusion::physical_plan::SendableRecordBatchStream;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::streaming::PartitionStream;
use futures::stream;

use super::{MOST_COLUMNS, Placed, unreadable};
use crate::source::query::QueryError;
use crate::source::sql::enabled::failure::Failure;
use crate::source::sql::enabled::names::{Asked, called};
use crate::source::sql::enabled::survey::Survey;
use crate::source::sql::enabled::table::Table;
use crate::system;

/// The files of a source as one table.
pub(super) fn table(source: &str, files: Vec<Placed>, asked: &Asked) -> Result<Table, Failure> {
    let mut first: Option<SchemaRef> = None;
    for file in &files {
        let schema = check(&file.path).map_err(|why| unreadable(source, &file.path, why))?;
        match &first {
            None => first = Some(schema),
            Some(first) if first.fields() == schema.fields() => {}
            Some(_) => {
                return Err(unreadable(
                    source,
                    &file.path,
                    "its columns, or their types, are not those of the first file",
                )
                .into());
            }
        }
    }
    let (Some(schema), Some(example)) = (first, files.first()) else {
        return Err(QueryError::Unreadable(format!("source `{source}`: there is no file")).into());
    };
    let placed = example.values.iter().map(|(name, _)| name);
    let printed: Vec<String> =
        schema.fields().iter().map(|field| field.name()).chain(placed).cloned().collect();
    let calls = called(&printed);
    // Only what may be asked for is read.
    let wanted: Vec<usize> = (0..schema.fields().len())
        .filter(|at| printed.get(*at).is_some_and(|name| asked.may_mean(name)))
        .collect();
    let mut fields: Vec<Field> = wanted
        .iter()
        .filter_map(|at| Some(schema.fields().get(*at)?.as_ref().clone().with_name(calls.get(*at)?)))
        .collect();
    for at in 0..example.values.len() {
        let mut survey = Survey::default();
        files.iter().filter_map(|file| file.values.get(at)).for_each(|(_, value)| survey.add(value, &[]));
        let name = calls.get(schema.fields().len() + at).cloned().unwrap_or_default();
        fields.push(Field::new(name, survey.kind().data_type(), true));
    }
    let schema = Arc::new(Schema::new(fields));
    let partitions = files.into_iter().map(|file| {
        let values = file.values.into_iter().map(|(_, value)| value).collect();
        let part = Placeable { path: file.path, wanted: wanted.clone(), values, schema: Arc::clone(&schema) };
        Arc::new(part) as Arc<dyn PartitionStream>
    });
    let provider = StreamingTable::try_new(Arc::clone(&schema), partitions.collect())?;
    Ok(Table { provider: Arc::new(provider), columns: printed.into_iter().zip(calls).collect() })
}

/// What a file says of its columns, held against what is read of them.
fn check(path: &Path) -> Result<SchemaRef, String> {
    let mut file = system::open(path).map_err(|error| error.to_string())?;
    let size = file.seek(SeekFrom::End(0)).map_err(|error| error.to_string())?;
    let mut end = [0_u8; 10];
    let not = |why: &str| Err(format!("no Arrow file that can be read: {why}"));
    if size < 20 {
        return not("it is too short");
    }
    file.seek(SeekFrom::Start(size - 10))
        .and_then(|_| file.read_exact(&mut end))
        .map_err(|error| error.to_string())?;
    let [a, b, c, d, magic @ ..] = end;
    let footer = i32::from_le_bytes([a, b, c, d]);
    if magic != *b"ARROW1" {
        return not("it does not end as such a file does; perhaps a part of it is missing");
    }
    if u64::try_from(footer).map_or(true, |footer| footer > size - 18) {
        return not("what it says of itself is longer than it may be");
    }
    let reader = open(path, None).map_err(|error| format!("no Arrow file that can be read: {error}"))?;
    let schema = reader.schema();
    if schema.fields().len() > MOST_COLUMNS {
        return Err(format!("more than {MOST_COLUMNS} columns"));
    }
    Ok(schema)
}

fn open(path: &Path, projection: Option<Vec<usize>>) -> Result<FileReader<BufReader<File>>, ArrowError> {
    FileReader::try_new(BufReader::new(system::open(path)?), projection)
}

/// One file of a table.
struct Placeable {
    path: PathBuf,
    /// The columns that are read of it.
    wanted: Vec<usize>,
    /// The values of those that its place says.
    values: Vec<String>,
    schema: SchemaRef,
}

impl fmt::Debug for Placeable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.path.display())
    }
}

impl PartitionStream for Placeable {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, _: Arc<TaskContext>) -> SendableRecordBatchStream {
        let (values, schema) = (self.values.clone(), Arc::clone(&self.schema));
        let batches: Box<dyn Iterator<Item = Result<RecordBatch, DataFusionError>> + Send> =
            match open(&self.path, Some(self.wanted.clone())) {
                Err(error) => Box::new(std::iter::once(Err(error.into()))),
                Ok(reader) => Box::new(reader.map(move |batch| Ok(placed(&batch?, &values, &schema)?))),
            };
        Box::pin(RecordBatchStreamAdapter::new(Arc::clone(&self.schema), stream::iter(batches)))
    }
}

/// A batch with the columns that its file's place says.
fn placed(batch: &RecordBatch, values: &[String], schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
    let mut columns = batch.columns().to_vec();
    let kinds: Vec<&DataType> =
        schema.fields().iter().skip(columns.len()).map(|field| field.data_type()).collect();
    for (value, kind) in values.iter().zip(kinds) {
        let texts =
            Arc::new(StringArray::from_iter_values(std::iter::repeat_n(value, batch.num_rows()))) as ArrayRef;
        columns.push(cast(&texts, kind)?);
    }
    let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options)
}
