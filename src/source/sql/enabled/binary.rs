//! Parquet and Arrow files, which say themselves what their columns are, and are read where they stand.

mod ipc;
mod parquet;

#[cfg(feature = "cluster")]
pub(in crate::source) use parquet::listed;

use std::path::{Path, PathBuf};

use super::clock::Clock;
use super::failure::Failure;
use super::folder::{self, Placed};
use super::names::Asked;
use super::session::Session;
use super::table::Table;
use crate::source::query::QueryError;
use crate::source::sql::{Place, Relation};

/// The most columns of a file.
const MOST_COLUMNS: usize = 10_000;

/// The files of a source.
struct Files {
    /// The folder that they all lie in, where there is one.
    root: Option<PathBuf>,
    /// Each with the columns that its folders or its name say.
    files: Vec<Placed>,
}

/// A source of Parquet files.
pub(super) fn parquet(relation: &Relation<'_>, session: &Session, clock: &Clock) -> Result<Table, Failure> {
    let files = files(relation, ".parquet")?;
    session.wait(clock, parquet::table(relation.name, files, session.context()))
}

/// A source of Arrow files.
pub(super) fn arrow(relation: &Relation<'_>, asked: &Asked) -> Result<Table, Failure> {
    ipc::table(relation.name, files(relation, ".arrow")?.files, asked)
}

fn files(relation: &Relation<'_>, ending: &str) -> Result<Files, QueryError> {
    if let [Place::Folder(root)] = relation.places.as_slice() {
        return Ok(Files { root: Some(root.clone()), files: folder::files(root, &[ending])? });
    }
    let is_several = relation.places.len() > 1;
    let mut files = Vec::new();
    for place in &relation.places {
        match place {
            Place::File(path) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let values = if is_several { vec![("file".to_owned(), name)] } else { Vec::new() };
                files.push(Placed { path: path.clone(), values });
            }
            Place::Folder(folder) => {
                return Err(unreadable(relation.name, folder, "a folder is a source of its own"));
            }
            Place::Memory { name, .. } => {
                return Err(unreadable(relation.name, name, "it is read from disk alone, and is not there"));
            }
        }
    }
    Ok(Files { root: None, files })
}

fn unreadable(source: &str, path: &Path, why: impl std::fmt::Display) -> QueryError {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    QueryError::Unreadable(format!("source `{source}`, {name}: {why}"))
}
