//! A system that notes what is looked at.

use std::collections::BTreeSet;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;

use super::{Entry, Kind, System};

/// Lends out another system's files, and notes the path of each file and folder that somebody asked for, whether or not
/// it was there.
#[derive(Debug)]
pub struct Recorder<S> {
    inner: S,
    paths: Mutex<BTreeSet<PathBuf>>,
}

impl<S: System> Recorder<S> {
    /// Notes what is asked of `inner`.
    pub fn new(inner: S) -> Self {
        Self { inner, paths: Mutex::default() }
    }

    /// All paths that were asked for, as they were written.
    pub fn into_paths(self) -> BTreeSet<PathBuf> {
        self.paths.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, path: &Path) -> &S {
        let mut paths = self.paths.lock().unwrap_or_else(PoisonError::into_inner);
        if !paths.contains(path) {
            paths.insert(path.to_owned());
        }
        &self.inner
    }
}

impl<S: System> System for Recorder<S> {
    fn read_up_to(&self, path: &Path, limit: u64, into: &mut Vec<u8>) -> io::Result<bool> {
        self.note(path).read_up_to(path, limit, into)
    }

    fn read_unlinked(&self, path: &Path, limit: u64, into: &mut Vec<u8>) -> io::Result<Option<bool>> {
        self.note(path).read_unlinked(path, limit, into)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn BufRead + '_>> {
        self.note(path).open(path)
    }

    fn read_start(&self, path: &Path, into: &mut [u8]) -> io::Result<usize> {
        self.note(path).read_start(path, into)
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        self.note(path).kind(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        self.note(folder).list(folder)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.inner.resolve(path)
    }

    fn is_on_disk(&self, path: &Path) -> bool {
        self.note(path).is_on_disk(path)
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.inner.variable(name)
    }

    fn today(&self) -> Date {
        self.inner.today()
    }

    fn write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        self.inner.write(path, content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Memory;

    #[test]
    fn what_is_there_and_what_is_not_is_noted_once() {
        let system = Recorder::new(Memory::new([("claims/a.toml", "a")]));
        let mut bytes = Vec::new();
        system.read(Path::new("claims/a.toml"), &mut bytes).unwrap();
        assert_eq!(bytes, b"a");
        assert_eq!(system.list(Path::new("claims")).unwrap().len(), 1);
        assert_eq!(system.kind(Path::new("gone.csv")), None);
        assert_eq!(system.kind(Path::new("gone.csv")), None);
        let paths: Vec<PathBuf> = system.into_paths().into_iter().collect();
        assert_eq!(paths, ["claims", "claims/a.toml", "gone.csv"].map(PathBuf::from));
    }
}
