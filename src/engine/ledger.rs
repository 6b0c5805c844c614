//! The lock of a project, while its sources are held against it.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::outcome::Problem;
use crate::assessment::FileText;
use crate::claim::utf8;
use crate::lock::{LOCK, Lock, seen_from};
use crate::system::System;

/// A lock and the folder that it lies in, from which the paths in it are seen.
#[derive(Debug)]
pub(super) struct Ledger {
    folder: PathBuf,
    /// None where there is no such file yet.
    pub(super) lock: Option<Lock>,
    /// The files that each story took figures from, by the lock.
    by_story: HashMap<String, Vec<String>>,
    /// The folders seen so far, with their links followed.
    folders: Mutex<HashMap<OsString, PathBuf>>,
}

impl Ledger {
    /// Reads the lock of a project. `folder` is the project's root, with its links followed.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub(super) fn open(system: &dyn System, folder: &Path) -> Result<Self, Vec<Problem>> {
        let lock = read(system, &lock_of(system, folder))?;
        let mut by_story: HashMap<String, Vec<String>> = HashMap::new();
        for (path, file) in lock.iter().flat_map(|lock| &lock.files) {
            for story in file.stories() {
                by_story.entry(story.to_owned()).or_default().push(path.clone());
            }
        }
        Ok(Self { folder: folder.to_path_buf(), lock, by_story, folders: Mutex::default() })
    }

    /// The files that a story took figures from, by the lock.
    pub(super) fn files_of(&self, story: &str) -> impl Iterator<Item = &String> {
        self.by_story.get(story).into_iter().flatten()
    }

    /// A path as the lock has it. A link is told from what it leads to, but the folders on the way are followed, so that one
    /// file has one path from wherever the program is run.
    pub(super) fn key(&self, system: &dyn System, path: &Path) -> String {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let absolute = folders
            .entry(folder.as_os_str().to_owned())
            .or_insert_with(|| system.resolve(folder).unwrap_or_else(|_| folder.to_path_buf()));
        seen_from(&self.folder, &absolute.join(path.file_name().unwrap_or_default()))
    }
}

/// Where a project's lock lies; as seen from the working folder where it lies below that.
pub(super) fn lock_of(system: &dyn System, folder: &Path) -> PathBuf {
    let working = system.resolve(Path::new(".")).unwrap_or_default();
    folder.strip_prefix(&working).unwrap_or(folder).join(LOCK)
}

fn read(system: &dyn System, path: &Path) -> Result<Option<Lock>, Vec<Problem>> {
    let shared: Arc<Path> = path.into();
    let mut bytes = Vec::new();
    match system.read(path, &mut bytes) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(vec![Problem::of_file(&shared, &error)]),
    }
    let file = FileText::new(shared, String::from_utf8_lossy(&bytes));
    let at = |complaint| Problem::at(&file, complaint);
    let text = utf8(&bytes).map_err(|complaint| vec![at(complaint)])?;
    Lock::parse(text).map(Some).map_err(|complaints| complaints.into_iter().map(at).collect())
}
