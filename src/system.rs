//! The world outside: files and the day, behind one trait, so that tests and editors can lend the checker theirs.

mod disk;
mod edited;
mod memory;
mod recorder;
mod staged;

pub use disk::{
    Disk, append, create, create_folder, create_new, discard, open, remove_folder, rename, replace,
};
pub use edited::Edited;
pub use memory::Memory;
pub use recorder::Recorder;
pub use staged::Staged;

use std::io::{self, BufRead};
use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;

/// The largest file that is read as a whole, so that offsets fit into a `Span`.
pub const LARGEST: u64 = u32::MAX as u64;

/// What is said of a larger one.
pub fn too_large() -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, "larger than 4 GiB")
}

/// Where files come from. Paths are as the caller writes them: relative to the working folder, or absolute.
pub trait System: Sync {
    /// Replaces the content of `into` by the file's, or by its first `limit` bytes; says whether that is all of it.
    fn read_up_to(&self, path: &Path, limit: u64, into: &mut Vec<u8>) -> io::Result<bool>;

    /// Replaces the content of `into` by the file's.
    ///
    /// # Errors
    /// As the file system says; a file of 4 GiB, whose offsets no `Span` could hold, is refused.
    fn read(&self, path: &Path, into: &mut Vec<u8>) -> io::Result<()> {
        let is_whole = self.read_up_to(path, LARGEST, into)?;
        if is_whole { Ok(()) } else { Err(too_large()) }
    }

    /// The same, of the file itself; `None` where a symbolic link stands at the path, which is not followed.
    fn read_unlinked(&self, path: &Path, limit: u64, into: &mut Vec<u8>) -> io::Result<Option<bool>>;

    /// Opens a file to be read from beginning to end, whatever its size.
    fn open(&self, path: &Path) -> io::Result<Box<dyn BufRead + '_>>;

    /// Reads the first bytes of a file, as many as there are and fit.
    fn read_start(&self, path: &Path, into: &mut [u8]) -> io::Result<usize>;

    /// What stands at a path; `None` where nothing does.
    fn kind(&self, path: &Path) -> Option<Kind>;

    /// What a folder holds, sorted by name.
    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>>;

    /// The absolute path with every symbolic link followed.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf>;

    /// What tells the content of a file from what it was before; `None` where nothing does.
    fn stamp(&self, path: &Path) -> Option<Stamp> {
        _ = path;
        None
    }

    /// Whether the content of a path is what other programs find on disk there.
    fn is_on_disk(&self, path: &Path) -> bool {
        _ = path;
        false
    }

    /// A variable of the environment; `None` where there is none of that name.
    fn variable(&self, name: &str) -> Option<String> {
        _ = name;
        None
    }

    /// The day it is.
    fn today(&self) -> Date;

    /// Creates or replaces a file, and the folders that it lies in.
    fn write(&self, path: &Path, content: &[u8]) -> io::Result<()>;
}

/// The state of a file's content: another state, another stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stamp {
    /// Of a file on disk: when it was written, and how long it is.
    Written(std::time::SystemTime, u64),
    /// Of a text in an editor: a number that no other state of any text has.
    Edited(u64),
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file, or a link to one.
    File,
    /// A folder, or a link to one.
    Folder,
}

/// One thing in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path: the folder's as given, and its name.
    pub path: PathBuf,
    /// What it is.
    pub kind: Kind,
}

/// `path` without `.` and with each `..` taken back, as far as the words of the path allow. Links are not followed.
pub fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(tidied.components().next_back(), Some(Component::Normal(_))) => {
                tidied.pop();
            }
            _ => tidied.push(part),
        }
    }
    if tidied.as_os_str().is_empty() { PathBuf::from(".") } else { tidied }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidy_takes_back_what_it_can() {
        assert_eq!(tidy(Path::new("claims/../fixtures/./a.md")), Path::new("fixtures/a.md"));
        assert_eq!(tidy(Path::new("../../a")), Path::new("../../a"));
        assert_eq!(tidy(Path::new("claims/..")), Path::new("."));
        assert_eq!(tidy(Path::new("/a/../../b")), Path::new("/../b"));
    }
}
