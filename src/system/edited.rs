//! A system in which some files are other than they are: what a change would do is seen before it is made.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Cursor};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{Entry, Kind, System};

/// Lends out another system's files, and its own texts in the place of some of them.
#[derive(Debug)]
pub struct Edited<S> {
    inner: S,
    /// By the absolute path with every link followed.
    texts: BTreeMap<PathBuf, Vec<u8>>,
}

impl<S: System> Edited<S> {
    /// Nothing is edited yet.
    pub fn new(inner: S) -> Self {
        Self { inner, texts: BTreeMap::new() }
    }

    /// Puts a text in the place of a file's, or takes it away again.
    ///
    /// # Errors
    /// There is no such file.
    pub fn set(&mut self, path: &Path, text: Option<Vec<u8>>) -> io::Result<()> {
        let path = self.inner.resolve(path)?;
        match text {
            Some(text) => self.texts.insert(path, text),
            None => self.texts.remove(&path),
        };
        Ok(())
    }

    fn text(&self, path: &Path) -> Option<&[u8]> {
        // Following links costs more than reading a small file, and most runs edit nothing.
        if self.texts.is_empty() {
            return None;
        }
        self.texts.get(&self.inner.resolve(path).ok()?).map(Vec::as_slice)
    }
}

impl<S: System> System for Edited<S> {
    fn read_up_to(&self, path: &Path, limit: u64, into: &mut Vec<u8>) -> io::Result<bool> {
        match self.text(path) {
            Some(text) => Ok(copy(text, limit, into)),
            None => self.inner.read_up_to(path, limit, into),
        }
    }

    fn read_unlinked(&self, path: &Path, limit: u64, into: &mut Vec<u8>) -> io::Result<Option<bool>> {
        // Whether a link stands there is for the other system to say.
        let read = self.inner.read_unlinked(path, limit, into)?;
        match self.text(path) {
            Some(text) if read.is_some() => Ok(Some(copy(text, limit, into))),
            _ => Ok(read),
        }
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn BufRead + '_>> {
        match self.text(path) {
            Some(text) => Ok(Box::new(Cursor::new(text))),
            None => self.inner.open(path),
        }
    }

    fn read_start(&self, path: &Path, into: &mut [u8]) -> io::Result<usize> {
        let Some(text) = self.text(path) else { return self.inner.read_start(path, into) };
        into.iter_mut().zip(text).for_each(|(to, from)| *to = *from);
        Ok(text.len().min(into.len()))
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        self.inner.kind(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        self.inner.list(folder)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.inner.resolve(path)
    }

    fn is_on_disk(&self, path: &Path) -> bool {
        self.text(path).is_none() && self.inner.is_on_disk(path)
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

fn copy(text: &[u8], limit: u64, into: &mut Vec<u8>) -> bool {
    into.clear();
    into.extend_from_slice(text);
    into.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    text.len() as u64 <= limit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Memory;

    #[test]
    fn a_text_stands_in_the_place_of_a_file_until_it_is_taken_away() {
        let mut system = Edited::new(Memory::new([("claims/a.toml", "old"), ("b.md", "b")]));
        let read = |system: &Edited<Memory>, path: &str| {
            let (mut bytes, mut unlinked, mut start) = (Vec::new(), Vec::new(), [0; 2]);
            system.read(Path::new(path), &mut bytes).unwrap();
            assert_eq!(
                system.read_unlinked(Path::new(path), 2, &mut unlinked).unwrap(),
                Some(bytes.len() < 3)
            );
            let length = system.read_start(Path::new(path), &mut start).unwrap();
            assert_eq!((&start[..length], &*unlinked), (&bytes[..length], &bytes[..length]));
            let mut streamed = String::new();
            system.open(Path::new(path)).unwrap().read_to_string(&mut streamed).unwrap();
            assert_eq!(streamed.as_bytes(), bytes);
            streamed
        };
        system.set(Path::new("claims/../claims/a.toml"), Some(b"newer".to_vec())).unwrap();
        assert_eq!((read(&system, "claims/a.toml").as_str(), read(&system, "b.md").as_str()), ("newer", "b"));
        system.set(Path::new("claims/a.toml"), None).unwrap();
        assert_eq!(read(&system, "claims/a.toml"), "old");
        assert!(system.set(Path::new("none.md"), None).is_err());
    }
}
