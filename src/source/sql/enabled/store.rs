//! The texts of tables, in memory up to a bound and on disk beyond it.

use std::fs::File;
use std::io::{self, BufReader};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use datafusion::arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::arrow::ipc::reader::StreamReader;
use datafusion::arrow::ipc::writer::StreamWriter;
use datafusion::error::DataFusionError;
use datafusion::execution::disk_manager::DiskManager;
use datafusion::execution::{SpillFile, SpillWriter};

use crate::system;

/// How much of all tables is kept in memory.
#[derive(Debug)]
pub(super) struct Store {
    room: usize,
    used: AtomicUsize,
    disk: Arc<DiskManager>,
}

/// Some rows of a table: a text for each of the columns that are wanted. There may be fewer columns than in later pieces.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// How many rows.
    pub(super) rows: usize,
    /// A column each.
    pub(super) columns: Vec<StringArray>,
}

/// Pieces one after the other.
pub(super) enum Run {
    /// In memory.
    Kept(Piece),
    /// In a file, which is removed with this.
    Spilled(Arc<dyn SpillFile>),
}

/// The file that pieces are written to.
pub(super) struct Spill {
    file: Arc<dyn SpillFile>,
    writer: StreamWriter<Box<dyn SpillWriter>>,
    columns: usize,
}

impl Store {
    /// Room for so many bytes, and a disk for more.
    pub(super) fn new(room: usize, disk: Arc<DiskManager>) -> Self {
        Self { room, used: AtomicUsize::new(0), disk }
    }

    /// Keeps a piece; on disk where there is no room.
    pub(super) fn keep(
        &self,
        piece: Piece,
        spill: &mut Option<Spill>,
        runs: &mut Vec<Run>,
    ) -> Result<(), DataFusionError> {
        let size: usize = piece.columns.iter().map(|column| column.value_data().len() + 4 * piece.rows).sum();
        if spill.is_none() && self.used.fetch_add(size, Ordering::Relaxed) + size <= self.room {
            runs.push(Run::Kept(piece));
            return Ok(());
        }
        if spill.as_ref().is_some_and(|spill| spill.columns != piece.columns.len()) {
            Self::close(spill, runs)?;
        }
        let open = match spill {
            Some(open) => open,
            None => spill.insert(self.spill(piece.columns.len())?),
        };
        open.writer.write(&batch(piece)?)?;
        Ok(())
    }

    /// Ends the file that pieces are written to.
    pub(super) fn close(spill: &mut Option<Spill>, runs: &mut Vec<Run>) -> Result<(), DataFusionError> {
        if let Some(Spill { file, mut writer, .. }) = spill.take() {
            writer.finish()?;
            writer.into_inner()?.finish()?;
            runs.push(Run::Spilled(file));
        }
        Ok(())
    }

    fn spill(&self, columns: usize) -> Result<Spill, DataFusionError> {
        let file = self.disk.create_tmp_file("the texts of a table")?;
        let writer = file.open_writer()?;
        Ok(Spill { file, writer: StreamWriter::try_new(writer, &schema(columns))?, columns })
    }
}

impl Run {
    /// Its pieces.
    pub(super) fn pieces(&self) -> Result<Pieces, DataFusionError> {
        Ok(match self {
            Self::Kept(piece) => Pieces::Kept(Some(piece.clone())),
            Self::Spilled(file) => {
                let path = file.path().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
                let input = BufReader::new(system::open(path)?);
                Pieces::Spilled(Box::new(StreamReader::try_new(input, None)?))
            }
        })
    }
}

/// The pieces of a run, read one by one.
pub(super) enum Pieces {
    Kept(Option<Piece>),
    Spilled(Box<StreamReader<BufReader<File>>>),
}

impl Iterator for Pieces {
    type Item = Result<Piece, DataFusionError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Kept(piece) => piece.take().map(Ok),
            Self::Spilled(reader) => {
                let batch = reader.next()?;
                Some(batch.map_err(DataFusionError::from).map(|batch| {
                    Piece {
                        rows: batch.num_rows(),
                        columns: batch
                            .columns()
                            .iter()
                            .filter_map(|column| column.as_any().downcast_ref().cloned())
                            .collect(),
                    }
                }))
            }
        }
    }
}

fn batch(piece: Piece) -> Result<RecordBatch, DataFusionError> {
    let schema = schema(piece.columns.len());
    let options = RecordBatchOptions::new().with_row_count(Some(piece.rows));
    let columns = piece.columns.into_iter().map(|column| Arc::new(column) as ArrayRef).collect();
    Ok(RecordBatch::try_new_with_options(schema, columns, &options)?)
}

fn schema(columns: usize) -> Arc<Schema> {
    let field = |number: usize| Field::new(number.to_string(), DataType::Utf8, true);
    Arc::new(Schema::new((0..columns).map(field).collect::<Vec<_>>()))
}
