//! Files of `SQLite` that are damaged, by chance and on purpose.

use std::fs;
use std::time::{Duration, Instant};

use factcheck::source::databases::Database;
use rusqlite::Connection;

use super::ask_within;
use super::sqlite::{CROSSINGS, Folder};

/// So many damaged files are read.
const FILES: usize = 3000;

/// Numbers that look random and are the same on every run (Marsaglia, "Xorshift RNGs", 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }
}

/// A small file with tables, an index, a view, and virtual tables, whose own data can be damaged too.
fn sound(folder: &Folder) -> Vec<u8> {
    let path = folder.join("sound.db");
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("PRAGMA page_size = 512").unwrap();
    connection.execute_batch(CROSSINGS).unwrap();
    connection
        .execute_batch(
            "CREATE VIRTUAL TABLE words USING fts5(word); INSERT INTO words VALUES ('ferry'), ('harbor');
             CREATE TABLE long AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT i, 'row ' || i AS t FROM n;",
        )
        .unwrap();
    drop(connection);
    fs::read(path).unwrap()
}

const QUERIES: [&str; 5] = [
    "SELECT count(*), sum(passengers) FROM crossings INDEXED BY by_passengers WHERE passengers > 0",
    "SELECT * FROM busy",
    "SELECT count(*), max(t) FROM long",
    "SELECT word FROM words WHERE words MATCH 'ferry'",
    "SELECT day, share FROM crossings ORDER BY share DESC, day",
];

/// Reads the damaged file in bounded time; that nothing panics is the other half.
fn read(database: &Database, query: &str) -> bool {
    let start = Instant::now();
    let time = Duration::from_secs(5);
    let outcome = ask_within(database, query, time);
    assert!(start.elapsed() < time * 4, "{outcome:?}");
    outcome.is_ok()
}

#[test]
fn flipped_bytes_are_read_or_told() {
    let folder = Folder::new();
    let sound = sound(&folder);
    let path = folder.join("damaged.db");
    let database = Database::Sqlite(path.clone());
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut unread = 0;
    for query in QUERIES.iter().cycle().take(FILES) {
        let mut bytes = sound.clone();
        for _ in 0..=dice.below(12) {
            let at = dice.below(bytes.len());
            bytes[at] = u8::try_from(dice.below(256)).unwrap();
        }
        fs::write(&path, bytes).unwrap();
        unread += u64::from(!read(&database, query));
    }
    assert!(unread > 20, "damage is noticed: {unread}");
}

#[test]
fn a_file_that_is_cut_short_is_told() {
    let folder = Folder::new();
    let sound = sound(&folder);
    let path = folder.join("cut.db");
    let database = Database::Sqlite(path.clone());
    for query in QUERIES {
        fs::write(&path, &sound).unwrap();
        assert!(read(&database, query), "{query}");
    }
    for length in (0..sound.len()).step_by(301) {
        fs::write(&path, &sound[..length]).unwrap();
        // The pages of a file are counted in its head, so that none can be missing unseen.
        assert!(!read(&database, QUERIES[2]), "{length} of {}", sound.len());
    }
}
