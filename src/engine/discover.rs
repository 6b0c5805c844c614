//! Which rule files a run is about, which of them are stories, and where the project's root is.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use super::bare;
use crate::claim::{Head, head};
use crate::system::{Kind, System, tidy};

/// How much of a rule file is read to tell a story from a library: the keys before the first table.
const HEAD: usize = 1024;

/// The settings file's name; never a rule file.
pub const SETTINGS: &str = "factcheck.toml";

/// The rule files of a run.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Files with a draft, in the order of their paths.
    pub stories: Vec<PathBuf>,
    /// Files without one, in the order of their paths.
    pub libraries: Vec<PathBuf>,
    /// Drafts that are to be checked by themselves, in the order given.
    pub drafts: Vec<PathBuf>,
    /// Files in the parents of the paths given that may be libraries; what does not decode as one is none of ours.
    pub parents: Vec<PathBuf>,
}

/// Why there is nothing to check.
#[derive(Debug, thiserror::Error)]
pub enum DiscoverError {
    /// A path leads nowhere.
    #[error("{}: no such file or folder", .0.display())]
    Missing(PathBuf),
    /// A path is a file, but no rule file.
    #[error("{}: neither a rule file (.toml) nor a draft (.md, .txt …)", .0.display())]
    NotRules(PathBuf),
    /// A folder holds no rule file.
    #[error("{}: no rule files (*.toml) in this folder or below", .0.display())]
    Empty(PathBuf),
    /// A file or folder cannot be read.
    #[error("{}: {error}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// Finds the rule files below the folders, and the files, of `paths`, and the libraries in their parents up to `root`.
pub(super) fn discover(system: &dyn System, paths: &[PathBuf], root: &Path) -> Result<Found, DiscoverError> {
    let mut files = Vec::new();
    let mut folders_above = BTreeSet::new();
    let mut drafts = Vec::new();
    for path in paths {
        if bare::is_draft(path) && system.kind(path) != Some(Kind::Folder) {
            drafts.push(path.clone());
            continue;
        }
        match system.kind(path) {
            None => return Err(DiscoverError::Missing(path.clone())),
            Some(Kind::Folder) => {
                let before = files.len();
                walk(system, path, &tidy(path), &mut files)?;
                if files.len() == before {
                    return Err(DiscoverError::Empty(path.clone()));
                }
                folders_above.extend(parents(system, path, root).into_iter().skip(1));
            }
            Some(Kind::File) if is_rule_file(path) => {
                let path = tidy(path);
                folders_above.extend(parents(system, path.parent().map_or(Path::new("."), folder), root));
                files.push(path);
            }
            Some(Kind::File) => return Err(DiscoverError::NotRules(path.clone())),
        }
    }
    if paths.len() > 1 {
        // A folder's own files come in their order.
        files.sort_unstable();
        files.dedup();
    }
    let mut found = Found { drafts, ..Found::default() };
    for above in &folders_above {
        // A parent that cannot be listed holds no library for us.
        for entry in system.list(above).unwrap_or_default() {
            let path = tidy(&entry.path);
            if entry.kind == Kind::File
                && is_rule_file(&path)
                && files.binary_search(&path).is_err()
                && !is_story(system, &path)?
            {
                found.parents.push(path);
            }
        }
    }
    for path in files {
        let list = if is_story(system, &path)? { &mut found.stories } else { &mut found.libraries };
        list.push(path);
    }
    Ok(found)
}

/// The nearest folder above `path` that holds `name`.
pub(super) fn above(system: &dyn System, path: &Path, name: &str) -> Option<PathBuf> {
    let absolute = system.resolve(path).ok()?;
    absolute.ancestors().find(|folder| system.kind(&folder.join(name)).is_some()).map(Path::to_path_buf)
}

/// Adds the rule files in a folder and below, in the order of their paths. `tidied` is the folder's path, tidy.
pub(super) fn walk(
    system: &dyn System,
    at: &Path,
    tidied: &Path,
    files: &mut Vec<PathBuf>,
) -> Result<(), DiscoverError> {
    let entries =
        system.list(at).map_err(|error| DiscoverError::Unreadable { path: at.to_path_buf(), error })?;
    for entry in entries {
        let Some(name) = entry.path.file_name() else { continue };
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let tidied = || if tidied == Path::new(".") { PathBuf::from(name) } else { tidied.join(name) };
        match entry.kind {
            Kind::Folder => walk(system, &entry.path, &tidied(), files)?,
            Kind::File if names_rules(name) => files.push(tidied()),
            Kind::File => {}
        }
    }
    Ok(())
}

pub(super) fn is_rule_file(path: &Path) -> bool {
    path.file_name().is_some_and(names_rules)
}

/// Whether a file of this name holds rules.
fn names_rules(name: &OsStr) -> bool {
    let stem = name.as_encoded_bytes().strip_suffix(b".toml");
    stem.is_some_and(|stem| !stem.is_empty()) && name != SETTINGS
}

pub(super) fn is_story(system: &dyn System, path: &Path) -> Result<bool, DiscoverError> {
    let unreadable = |error| DiscoverError::Unreadable { path: path.to_path_buf(), error };
    let mut start = [0; HEAD];
    let length = system.read_start(path, &mut start).map_err(unreadable)?;
    let is_whole = length < HEAD;
    match head(start.get(..length).unwrap_or_default(), is_whole) {
        Head::Story => Ok(true),
        Head::Library => Ok(false),
        Head::Unclear => {
            let mut whole = Vec::new();
            system.read(path, &mut whole).map_err(unreadable)?;
            Ok(head(&whole, true) == Head::Story)
        }
    }
}

/// `path` and the folders above it, up to and with `root`, which has its links followed; as seen from the working
/// folder where they lie below it.
fn parents(system: &dyn System, path: &Path, root: &Path) -> Vec<PathBuf> {
    let Ok(absolute) = system.resolve(path) else { return Vec::new() };
    let working = system.resolve(Path::new(".")).unwrap_or_default();
    let seen_from_here = |above: &Path| match above.strip_prefix(&working) {
        Ok(below) => folder(below).to_path_buf(),
        Err(_) => above.to_path_buf(),
    };
    absolute.ancestors().take_while(|above| above.starts_with(root)).map(seen_from_here).collect()
}

/// The empty path is the working folder.
fn folder(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}
