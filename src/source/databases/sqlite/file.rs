//! A file of `SQLite`, opened so that nothing is written: not into it, and not beside it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};

use crate::source::query::QueryError;
use crate::system::{Disk, Kind, Stamp, System};

/// The first bytes of every database; after them come the sizes and the ways of writing and reading.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Where the header says how changes are written, and what stands there if they go to a log beside the file (WAL).
/// <https://www.sqlite.org/fileformat.html#file_format_version_numbers>
const WRITTEN_BY: usize = 18;
const TO_A_LOG: u8 = 2;

/// How long the head of a database is. <https://www.sqlite.org/fileformat.html#the_database_header>
const HEAD: usize = 100;

/// How long it takes until a file that is being written is looked at again.
const MOMENT: Duration = Duration::from_millis(100);

/// How long somebody who writes is waited for. A writer holds its lock for milliseconds.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open file, and what it was like when it was opened.
pub(super) struct Opened {
    pub(super) connection: Connection,
    pub(super) state: State,
}

/// What keeps a reader and a writer apart.
pub(super) enum State {
    /// The locks of the file system, which `SQLite` takes.
    Locked,
    /// Nothing: the file was as this stamp says, and must still be so when all is read.
    Still(Option<Stamp>),
}

/// Opens the file.
pub(super) fn open(path: &Path, deadline: Instant) -> Result<Opened, QueryError> {
    let header = header(path)?;
    let is_alone = beside(path).iter().all(|path| Disk.kind(path).is_none());
    // What is written at this moment may be whole in parts only, and is read once its lock is gone.
    if is_alone && check_whole(path, &header).is_err() {
        std::thread::sleep(MOMENT);
        check_whole(path, &self::header(path)?)?;
    }
    let read_only = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    // A reader of a database with a log would have to make the log and its index where there are none. Then nobody has it
    // open, and it is read as a file that does not change.
    let is_still = header.get(WRITTEN_BY) == Some(&TO_A_LOG) && is_alone;
    let (opened, state) = if is_still {
        let state = State::Still(Disk.stamp(path));
        (Connection::open_with_flags(unchanging(path), read_only | OpenFlags::SQLITE_OPEN_URI), state)
    } else {
        (Connection::open_with_flags(path, read_only), State::Locked)
    };
    let connection = opened.map_err(|error| unreadable(path, &error.to_string()))?;
    let left = deadline.saturating_duration_since(Instant::now());
    connection.busy_timeout(left.min(PATIENCE)).map_err(|error| unreadable(path, &error.to_string()))?;
    Ok(Opened { connection, state })
}

impl State {
    /// Fails if what was read may be half of one state and half of another.
    pub(super) fn check_unchanged(&self, path: &Path) -> Result<(), QueryError> {
        match self {
            Self::Locked => Ok(()),
            Self::Still(stamp)
                if Disk.stamp(path) == *stamp
                    && beside(path).iter().all(|path| Disk.kind(path).is_none()) =>
            {
                Ok(())
            }
            Self::Still(_) => Err(unreadable(path, "it was changed while it was read; run this again")),
        }
    }
}

/// What is said of a file that cannot be read.
pub(super) fn unreadable(path: &Path, why: &str) -> QueryError {
    QueryError::Unreadable(format!("{} cannot be read as a database: {why}", path.display()))
}

/// The head of the file, if it is one of a database.
fn header(path: &Path) -> Result<[u8; HEAD], QueryError> {
    if Disk.kind(path) == Some(Kind::Folder) {
        return Err(unreadable(path, "it is a folder"));
    }
    let mut header = [0; HEAD];
    let read = Disk.read_start(path, &mut header).map_err(|error| unreadable(path, &error.to_string()))?;
    if read < header.len() || !header.starts_with(MAGIC) {
        let why = if read == 0 { "it is empty" } else { "it is no file of SQLite, or an encrypted one" };
        return Err(unreadable(path, why));
    }
    Ok(header)
}

/// Fails if the end of the file is missing. The database would take zeros for it, and may not notice.
fn check_whole(path: &Path, header: &[u8; HEAD]) -> Result<(), QueryError> {
    let number = |at: usize| {
        let bytes = header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        u64::from(bytes.map_or(0, u32::from_be_bytes))
    };
    let page = match number(14) & 0xffff {
        // The field has two bytes.
        1 => 65536,
        size => size.max(1),
    };
    let Some(Stamp::Written(_, length)) = Disk.stamp(path) else { return Ok(()) };
    // How many pages there are was not written by programs before 2010; what they leave is a copy of the second number.
    let is_counted = number(28) > 0 && number(24) == number(92);
    let is_whole = if is_counted { number(28) * page <= length } else { length % page == 0 };
    if is_whole { Ok(()) } else { Err(unreadable(path, "its end is missing; copy it again")) }
}

/// The files beside a database that hold changes which are not in it, or not wholly.
fn beside(path: &Path) -> [PathBuf; 3] {
    ["-wal", "-shm", "-journal"].map(|ending| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    })
}

/// The path as a URI that says that the file does not change.
fn unchanging(path: &Path) -> String {
    use std::fmt::Write;

    let mut uri = "file:".to_owned();
    let text = path.as_os_str().as_encoded_bytes();
    if cfg!(windows) && text.get(1) == Some(&b':') {
        uri.push('/');
    }
    for byte in text {
        // Writing to a text does not fail.
        _ = match byte {
            b'\\' if cfg!(windows) => write!(uri, "/"),
            b'/' | b'.' | b'-' | b'_' | b':' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                write!(uri, "{}", char::from(*byte))
            }
            _ => write!(uri, "%{byte:02X}"),
        };
    }
    uri.push_str("?immutable=1");
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changes_while_it_is_read_is_told() {
        let path = std::env::temp_dir().join(format!("factcheck-still-{}.db", std::process::id()));
        let writer = Connection::open(&path).unwrap();
        writer.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE a (n)").unwrap();
        drop(writer);
        let opened = open(&path, Instant::now() + PATIENCE).unwrap();
        assert!(matches!(opened.state, State::Still(Some(_))));
        assert_eq!(opened.state.check_unchanged(&path), Ok(()));
        let writer = Connection::open(&path).unwrap();
        writer.execute_batch("INSERT INTO a VALUES (1)").unwrap();
        let told = opened.state.check_unchanged(&path).unwrap_err().to_string();
        assert!(told.contains("it was changed while it was read"), "{told}");
        drop(writer);
        assert!(opened.state.check_unchanged(&path).is_err());
        std::fs::remove_file(&path).unwrap();
    }
}
