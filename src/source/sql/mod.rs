//! SQL over the project's own sources, by an engine that is embedded. The feature `sql`.

#[cfg(not(feature = "sql"))]
mod disabled;
#[cfg(not(feature = "sql"))]
pub use disabled::{names, run};
#[cfg(feature = "sql")]
mod enabled;
#[cfg(feature = "cluster")]
pub(super) use enabled::{Clock, Engine, Failure, Session, collect, listed, run_on};
#[cfg(feature = "sql")]
pub use enabled::{names, run};

use std::path::PathBuf;
use std::sync::Arc;

use super::TableOptions;

/// A source, as a query names it.
#[derive(Clone, Debug)]
pub struct Relation<'a> {
    /// Its name in the rules, which is the table's in the query.
    pub name: &'a str,
    /// What it is read from: one file, several with the same columns, or a folder.
    pub places: Vec<Place>,
    /// How it is written down.
    pub layout: Layout<'a>,
}

/// Where the content of a source is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file on disk, every link followed.
    File(PathBuf),
    /// A folder on disk whose subfolders are named by columns and their values: `year=2025/month=03`.
    Folder(PathBuf),
    /// A file that is not on disk, as in an editor's unsaved text.
    Memory {
        /// As rules name it.
        name: PathBuf,
        /// All of it.
        content: Arc<[u8]>,
    },
}

/// How a source is written down.
#[derive(Clone, Copy, Debug)]
pub enum Layout<'a> {
    /// A table of texts or a sheet, which figures could be taken from without SQL, too.
    Table(TableOptions<'a>),
    /// Apache Parquet.
    Parquet,
    /// Apache Arrow's file format.
    Arrow,
}
