//! Files on disk: the one place that touches `std::fs`.
#![expect(clippy::disallowed_methods, reason = "this is the module that the others go through")]

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::{Entry, Kind, Stamp, System};

/// Creates or replaces a file to write a report to.
pub fn create(path: &Path) -> io::Result<File> {
    File::create(path)
}

/// Creates a file where there is none yet, and no link.
pub fn create_new(path: &Path) -> io::Result<File> {
    File::options().write(true).create_new(true).open(path)
}

/// Gives a file another name in the same folder, in place of whatever had that name.
pub fn rename(path: &Path, name: &Path) -> io::Result<()> {
    fs::rename(path, name)
}

/// Removes a file that was written and is of no use to anybody.
pub fn discard(path: &Path) {
    _ = fs::remove_file(path);
}

/// Creates a folder with those that it lies in, where it is not there yet.
pub fn create_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Opens a file to write at its end, and creates it where there is none.
pub fn append(path: &Path) -> io::Result<File> {
    File::options().append(true).create(true).open(path)
}

/// Creates or replaces a file, with the folders that it lies in. Whoever reads it meanwhile sees the old file or the new one,
/// never a part.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = folder.join(name);
    let written = fs::write(&part, content).and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // What could not be put in place is of no use to anybody.
        _ = fs::remove_file(&part);
    }
    written
}

/// Removes a folder with all that is in it; says whether there was one. A link is removed itself, and not what it leads to.
pub fn remove_folder(path: &Path) -> io::Result<bool> {
    match fs::remove_dir_all(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Opens a file to be read line by line.
pub fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// The file system of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl System for Disk {
    /// Reads standard input for `-`.
    fn read_up_to(&self, path: &Path, limit: u64, into: &mut Vec<u8>) -> io::Result<bool> {
        if path.as_os_str() == "-" {
            return read_up_to(io::stdin().lock(), limit, into);
        }
        read_up_to(&File::open(path)?, limit, into)
    }

    fn read_unlinked(&self, path: &Path, limit: u64, into: &mut Vec<u8>) -> io::Result<Option<bool>> {
        match open_unlinked(path)? {
            Some(file) => read_up_to(&file, limit, into).map(Some),
            None => Ok(None),
        }
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn BufRead + '_>> {
        Ok(Box::new(BufReader::with_capacity(256 * 1024, File::open(path)?)))
    }

    fn read_start(&self, path: &Path, into: &mut [u8]) -> io::Result<usize> {
        let mut file = File::open(path)?;
        let mut filled = 0;
        while let Some(rest) = into.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match file.read(rest)? {
                0 => break,
                read => filled += read,
            }
        }
        Ok(filled)
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        let metadata = fs::metadata(path).ok()?;
        Some(if metadata.is_dir() { Kind::Folder } else { Kind::File })
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let mut named = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let kind = match entry.file_type()? {
                kind if kind.is_dir() => Some(Kind::Folder),
                kind if kind.is_file() => Some(Kind::File),
                // A link to a folder may lead back up; links to files are read like files.
                kind if kind.is_symlink() => self.kind(&entry.path()).filter(|kind| *kind == Kind::File),
                _ => None,
            };
            named.extend(kind.map(|kind| (entry.file_name(), kind)));
        }
        // Names are compared many times faster than paths.
        named.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Ok(named.into_iter().map(|(name, kind)| Entry { path: folder.join(name), kind }).collect())
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        Some(Stamp::Written(metadata.modified().ok()?, metadata.len()))
    }

    fn is_on_disk(&self, path: &Path) -> bool {
        self.kind(path).is_some()
    }

    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    /// In UTC: whoever reads a lock or a baseline anywhere reads the same.
    fn today(&self) -> Date {
        Offset::UTC.to_datetime(Timestamp::now()).date()
    }

    fn write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = File::create(path)?;
        file.write_all(content)
    }
}

fn read_up_to(file: impl Read, limit: u64, into: &mut Vec<u8>) -> io::Result<bool> {
    into.clear();
    // Room for most files at once: asking for the size would cost more.
    into.reserve(16 * 1024);
    file.take(limit.saturating_add(1)).read_to_end(into)?;
    let is_whole = into.len() as u64 <= limit;
    into.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(is_whole)
}

/// Opens a file; `None` where a link stands at the path. The system looks for the link as it opens, which is one call
/// instead of two.
#[cfg(unix)]
fn open_unlinked(path: &Path) -> io::Result<Option<File>> {
    use std::os::unix::fs::OpenOptionsExt;
    match File::options().read(true).custom_flags(libc::O_NOFOLLOW).open(path) {
        Ok(file) => Ok(Some(file)),
        // Systems have different errors for it.
        Err(_) if is_link(path) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Opens a file; `None` where a link stands at the path.
#[cfg(not(unix))]
fn open_unlinked(path: &Path) -> io::Result<Option<File>> {
    if is_link(path) { Ok(None) } else { File::open(path).map(Some) }
}

fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it() {
        let folder = std::env::temp_dir().join(format!("factcheck-replace-{}", std::process::id()));
        let file = folder.join("below/page.html");
        replace(&file, b"first, and longer").unwrap();
        let mut old = open(&file).unwrap();
        replace(&file, b"second").unwrap();
        let mut read = String::new();
        old.read_to_string(&mut read).unwrap();
        assert_eq!(read, "first, and longer");
        let mut now = Vec::new();
        Disk.read(&file, &mut now).unwrap();
        assert_eq!(now, b"second");
        assert_eq!(Disk.list(&folder.join("below")).unwrap().len(), 1);
        assert!(replace(&folder.join("below"), b"a folder").is_err());
        assert_eq!(Disk.list(&folder).unwrap().len(), 1);
        fs::remove_dir_all(&folder).unwrap();
    }
}
