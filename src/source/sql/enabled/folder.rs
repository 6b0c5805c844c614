//! Folders whose subfolders are named by columns and their values: `year=2025/month=03`.

use std::path::{Path, PathBuf};

use crate::source::query::QueryError;
use crate::system::{Disk, Kind, System};

/// The most files of a folder.
const MOST_FILES: usize = 100_000;
/// How deep folders may lie in each other.
const DEEPEST: usize = 32;

/// A file of a folder, with the values of the columns that its place says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) path: PathBuf,
    pub(super) values: Vec<(String, String)>,
}

/// The files below a folder whose names end so. All say the same columns.
pub(super) fn files(folder: &Path, endings: &[&str]) -> Result<Vec<Placed>, QueryError> {
    let mut found = Vec::new();
    look(folder, endings, &mut Vec::new(), &mut found)?;
    let names = |file: &Placed| file.values.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let Some(first) = found.first() else {
        return Err(QueryError::Unreadable(format!(
            "{}: no file in it ends in {}",
            told(folder),
            endings.join(" or ")
        )));
    };
    if let Some(other) = found.iter().find(|file| names(file) != names(first)) {
        return Err(QueryError::Unreadable(format!(
            "{}: {} and {} lie in folders that name other columns",
            told(folder),
            told(&first.path),
            told(&other.path)
        )));
    }
    Ok(found)
}

fn look(
    folder: &Path,
    endings: &[&str],
    values: &mut Vec<(String, String)>,
    found: &mut Vec<Placed>,
) -> Result<(), QueryError> {
    let unreadable = |why: &str| QueryError::Unreadable(format!("{}: {why}", told(folder)));
    if values.len() > DEEPEST {
        return Err(unreadable("folders lie too deep in each other"));
    }
    for entry in Disk.list(folder).map_err(|error| unreadable(&error.to_string()))? {
        let name = entry.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // What programs leave behind: `_SUCCESS`, `.crc`.
        if name.starts_with(['_', '.']) {
            continue;
        }
        match entry.kind {
            Kind::File if endings.iter().any(|ending| name.ends_with(ending)) => {
                if found.len() >= MOST_FILES {
                    return Err(unreadable("too many files"));
                }
                found.push(Placed { path: entry.path, values: values.clone() });
            }
            Kind::File => {}
            Kind::Folder => {
                let Some((column, value)) = name.split_once('=') else {
                    return Err(unreadable(&format!("`{name}` is no folder of the form column=value")));
                };
                values.push((column.to_owned(), value.to_owned()));
                look(&entry.path, endings, values, found)?;
                values.pop();
            }
        }
    }
    Ok(())
}

/// A place as messages put it, by its last name alone.
fn told(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
