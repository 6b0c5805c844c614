//! Files in memory, for tests, documentation examples and unsaved editor buffers.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Cursor};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::civil::{Date, date};

use super::{Entry, Kind, System, tidy};

/// A file system that lives in memory; folders are there because files lie in them.
#[derive(Debug)]
pub struct Memory {
    files: Mutex<BTreeMap<PathBuf, Vec<u8>>>,
    today: Date,
}

/// The day it is where nothing else is said.
const TODAY: Date = date(2026, 11, 24);

impl Default for Memory {
    fn default() -> Self {
        Self { files: Mutex::default(), today: TODAY }
    }
}

impl Memory {
    /// Holds these files.
    pub fn new<P: AsRef<Path>, C: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, C)>) -> Self {
        let files = files.into_iter().map(|(path, content)| (key(path.as_ref()), content.into())).collect();
        Self { files: Mutex::new(files), today: TODAY }
    }

    fn content(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.files().get(&key(path)).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn files(&self) -> std::sync::MutexGuard<'_, BTreeMap<PathBuf, Vec<u8>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl System for Memory {
    fn read_up_to(&self, path: &Path, limit: u64, into: &mut Vec<u8>) -> io::Result<bool> {
        *into = self.content(path)?;
        let is_whole = into.len() as u64 <= limit;
        into.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(is_whole)
    }

    fn read_unlinked(&self, path: &Path, limit: u64, into: &mut Vec<u8>) -> io::Result<Option<bool>> {
        self.read_up_to(path, limit, into).map(Some)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn BufRead + '_>> {
        Ok(Box::new(Cursor::new(self.content(path)?)))
    }

    fn read_start(&self, path: &Path, into: &mut [u8]) -> io::Result<usize> {
        let content = self.content(path)?;
        let length = content.len().min(into.len());
        into.iter_mut().zip(&content).for_each(|(to, from)| *to = *from);
        Ok(length)
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        let path = key(path);
        let files = self.files();
        if files.contains_key(&path) {
            return Some(Kind::File);
        }
        let is_folder = path == Path::new(".") || files.keys().any(|file| file.starts_with(&path));
        is_folder.then_some(Kind::Folder)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        if self.kind(folder) != Some(Kind::Folder) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let tidied = key(folder);
        let root = if tidied == Path::new(".") { Path::new("") } else { tidied.as_path() };
        let mut entries: Vec<Entry> = Vec::new();
        for file in self.files().keys() {
            let Ok(below) = file.strip_prefix(root) else { continue };
            let mut parts = below.components();
            let Some(name) = parts.next() else { continue };
            let kind = if parts.next().is_some() { Kind::Folder } else { Kind::File };
            let path = folder.join(name);
            if entries.last().is_none_or(|last| last.path != path) {
                entries.push(Entry { path, kind });
            }
        }
        Ok(entries)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.kind(path).map(|_| absolute(path)).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn today(&self) -> Date {
        self.today
    }

    fn write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        self.files().insert(key(path), content.to_vec());
        Ok(())
    }
}

/// Where a file is kept: the working folder is the root.
fn key(path: &Path) -> PathBuf {
    tidy(path.strip_prefix("/").unwrap_or(path))
}

fn absolute(path: &Path) -> PathBuf {
    let key = key(path);
    if key == Path::new(".") { PathBuf::from("/") } else { Path::new("/").join(key) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_listed_once_and_sorted() {
        let memory =
            Memory::new([("claims/b.toml", ""), ("claims/sub/a.toml", ""), ("claims/sub/b.toml", "")]);
        let listed = memory.list(Path::new("claims")).unwrap();
        assert_eq!(listed.iter().map(|entry| entry.kind).collect::<Vec<_>>(), [Kind::File, Kind::Folder]);
        assert_eq!(memory.kind(Path::new("claims/nothing")), None);
    }
}
