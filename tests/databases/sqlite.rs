//! Files of `SQLite`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use factcheck::source::databases::Database;
use factcheck::source::query::{Limits, QueryError, Value};
use rusqlite::Connection;

use super::{ask, ask_within, error, exact, float, refusal, row, text};

/// A folder that is gone after the test.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name =
            format!("factcheck-databases-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(super) fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The names of what is in it, sorted.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.0)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

/// The crossings of a ferry that nobody runs.
pub(super) const CROSSINGS: &str = "
    CREATE TABLE crossings (day TEXT PRIMARY KEY, passengers INTEGER, cents INTEGER, fare REAL, share NUMERIC, ticket BLOB);
    CREATE INDEX by_passengers ON crossings (passengers);
    INSERT INTO crossings VALUES
        ('2025-03-01', 120, 36050, 3.1, 0.25, x'00ff'),
        ('2025-03-02', 9007199254740993, 27000, 0.1, 12, NULL),
        ('2025-03-03', NULL, 19000, 1e300, 'none', NULL);
    CREATE VIEW busy AS SELECT day, passengers FROM crossings WHERE passengers > 100;";

fn made(path: &Path, sql: &str) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(sql).unwrap();
    connection
}

fn crossings() -> (Folder, Database) {
    let folder = Folder::new();
    let path = folder.join("crossings.db");
    drop(made(&path, CROSSINGS));
    (folder, Database::Sqlite(path))
}

#[test]
fn values_come_as_they_are_stored() {
    let (_folder, ferry) = crossings();
    let reply =
        ask(&ferry, "SELECT day, passengers AS n, fare, share FROM crossings ORDER BY day;  -- all\n")
            .unwrap();
    assert_eq!(reply.columns, ["day", "n", "fare", "share"]);
    assert_eq!(
        reply.rows,
        [
            [text("2025-03-01"), exact("120"), float("3.1"), float("0.25")],
            [text("2025-03-02"), exact("9007199254740993"), float("0.1"), exact("12")],
            [text("2025-03-03"), Value::Null, float("1e300"), text("none")],
        ]
    );
    assert_eq!(row(&ferry, "SELECT sum(cents) FROM crossings"), [exact("82050")]);
    assert_eq!(row(&ferry, "SELECT printf('%.2f', sum(cents) / 100.0) FROM crossings"), [text("820.50")]);
    assert_eq!(row(&ferry, "SELECT count(*) FROM busy"), [exact("2")]);
    let counted =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT max(i) FROM n";
    assert_eq!(row(&ferry, counted), [exact("9")]);
    assert!(ask(&ferry, "SELECT day FROM crossings WHERE 0").unwrap().rows.is_empty());
}

#[test]
fn bytes_are_no_figure() {
    let (_folder, ferry) = crossings();
    assert_eq!(
        error(&ferry, "SELECT ticket FROM crossings").to_string(),
        "the column `ticket` holds bytes (BLOB), which are no figure"
    );
    assert!(
        error(&ferry, "SELECT cast(x'ff' AS TEXT) AS word")
            .to_string()
            .contains("`word` holds text that is not UTF-8")
    );
}

#[test]
fn what_does_more_than_read_is_refused() {
    let (folder, ferry) = crossings();
    let other = folder.join("other.db");
    for sql in [
        "INSERT INTO crossings (day) VALUES ('2025-04-01')",
        "WITH a AS (SELECT 1) INSERT INTO crossings (day) SELECT 'x' FROM a",
        "WITH a AS (SELECT 1) DELETE FROM crossings",
        "PRAGMA user_version = 3",
        &format!("ATTACH '{}' AS other", other.display()),
        "CREATE TABLE a (b)",
        "EXPLAIN SELECT 1",
        "VACUUM",
        "BEGIN",
        "SELECT * FROM pragma_database_list",
        "SELECT load_extension('/tmp/nothing')",
        "SELECT fts3_tokenizer('simple')",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE crossings",
        "SELECT ?",
        "",
        ";",
        "-- nothing",
    ] {
        assert!(!refusal(&ferry, sql).is_empty());
    }
    assert_eq!(refusal(&ferry, "SELECT 1; SELECT 2"), "it is more than one statement");
    assert_eq!(folder.names(), ["crossings.db"]);
    assert_eq!(row(&ferry, "SELECT count(*) FROM crossings"), [exact("3")]);
}

#[test]
fn a_mistake_has_its_place_and_a_name_its_neighbour() {
    let (_folder, ferry) = crossings();
    let sql = "SELECT 'é', passenger FROM crossings";
    let QueryError::Unknown { what, name, nearest, at } = error(&ferry, sql) else { panic!("{sql}") };
    assert_eq!((what, name.as_str(), nearest.as_deref()), ("column", "passenger", Some("passengers")));
    assert_eq!(at, sql.find("passenger"));
    let sql = "SELECT 1 AS crossings FROM crossing";
    let QueryError::Unknown { what, name, nearest, at } = error(&ferry, sql) else { panic!("{sql}") };
    assert_eq!(
        (what, name.as_str(), nearest.as_deref(), at),
        ("table", "crossing", Some("crossings"), Some(27))
    );
    let sql = "SELECT 'é' FRO crossings x y";
    assert!(
        matches!(error(&ferry, sql), QueryError::Wrong { at: Some(at), .. } if at == sql.find("crossings").unwrap()),
        "{:?}",
        error(&ferry, sql)
    );
    let sql = "SELECT 1; SELEC 2";
    assert_eq!(error(&ferry, sql).at(), Some(10));
    // Otherwise a column that does not exist would be a text.
    assert!(matches!(
        error(&ferry, "SELECT sum(\"cent\") FROM crossings"),
        QueryError::Unknown { what: "column", .. }
    ));
}

#[test]
fn a_reply_has_bounds() {
    let (_folder, ferry) = crossings();
    let numbers = |most: usize| {
        format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most}) SELECT i FROM n"
        )
    };
    assert_eq!(ask(&ferry, &numbers(Limits::ROWS)).unwrap().rows.len(), Limits::ROWS);
    assert_eq!(
        error(&ferry, &numbers(Limits::ROWS + 1)),
        QueryError::TooMuch { most: Limits::ROWS, what: "rows" }
    );
    let wide = (0..=Limits::COLUMNS).map(|n| format!("{n} AS c{n}")).collect::<Vec<_>>().join(",");
    assert_eq!(
        error(&ferry, &format!("SELECT {wide}")),
        QueryError::TooMuch { most: Limits::COLUMNS, what: "columns" }
    );
    assert_eq!(
        error(&ferry, "SELECT printf('%.*c', 8000000, 'x') AS x"),
        QueryError::TooMuch { most: Limits::BYTES, what: "bytes" }
    );
    assert_eq!(
        error(&ferry, "SELECT day, cents AS day FROM crossings"),
        QueryError::SameName("day".to_owned())
    );
}

#[test]
fn a_query_without_end_is_stopped() {
    let (_folder, ferry) = crossings();
    let time = Duration::from_millis(300);
    let deep = "WITH a(s) AS (SELECT printf('%.*c', 4000000, 'a')) SELECT instr(s, substr(s, 1, 2000000) || 'b') FROM a";
    for sql in ["WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n", deep]
    {
        let start = Instant::now();
        assert_eq!(ask_within(&ferry, sql, time), Err(QueryError::TooSlow(time)), "{sql}");
        assert!(start.elapsed() < Duration::from_secs(5), "{sql}");
    }
}

/// The bound holds for a whole process and can only be lowered, so that this runs in one of its own.
#[test]
fn memory_has_a_bound() {
    const ALONE: &str = "FACTCHECK_TEST_ALONE";
    if std::env::var_os(ALONE).is_none() {
        let own = std::env::current_exe().unwrap();
        let test = std::process::Command::new(own)
            .args(["--exact", "sqlite::memory_has_a_bound", "--nocapture"])
            .env(ALONE, "1")
            .output()
            .unwrap();
        assert!(test.status.success(), "{}", String::from_utf8_lossy(&test.stdout));
        assert!(String::from_utf8_lossy(&test.stdout).contains("1 passed"));
        return;
    }
    let (_folder, ferry) = crossings();
    let limits = Limits { memory: 8 << 20, ..Limits::default() };
    let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT count(*) FROM (SELECT DISTINCT i || 'a long text so that memory is used' FROM n)";
    let outcome = factcheck::source::databases::run(&ferry, sql, &limits);
    assert!(matches!(outcome, Err(QueryError::TooLarge(_))), "{outcome:?}");
    assert_eq!(row(&ferry, "SELECT count(*) FROM crossings"), [exact("3")]);
}

#[test]
fn a_log_beside_the_file_is_read_and_none_is_made() {
    let folder = Folder::new();
    let path = folder.join("log #1 100%?.db");
    let ferry = Database::Sqlite(path.clone());
    let writer = made(&path, "PRAGMA journal_mode = WAL; CREATE TABLE a (n); INSERT INTO a VALUES (1);");
    assert!(folder.names().len() > 1, "the change is in the log");
    assert_eq!(row(&ferry, "SELECT sum(n) FROM a"), [exact("1")]);
    // A change that is not committed is none.
    writer.execute_batch("BEGIN; INSERT INTO a VALUES (2);").unwrap();
    assert_eq!(row(&ferry, "SELECT sum(n) FROM a"), [exact("1")]);
    writer.execute_batch("COMMIT").unwrap();
    assert_eq!(row(&ferry, "SELECT sum(n) FROM a"), [exact("3")]);
    drop(writer);
    assert_eq!(folder.names(), ["log #1 100%?.db"]);
    assert_eq!(row(&ferry, "SELECT sum(n) FROM a"), [exact("3")]);
    assert_eq!(folder.names(), ["log #1 100%?.db"]);
}

#[test]
fn a_writer_is_waited_for_and_an_unfinished_change_is_told() {
    let (folder, ferry) = crossings();
    let path = folder.join("crossings.db");
    let writer = Connection::open(&path).unwrap();
    writer.execute_batch("BEGIN EXCLUSIVE; DELETE FROM crossings;").unwrap();
    let time = Duration::from_millis(300);
    let outcome = ask_within(&ferry, "SELECT count(*) FROM crossings", time);
    assert!(matches!(outcome, Err(QueryError::TooSlow(_) | QueryError::Unreachable { .. })), "{outcome:?}");
    // The program that writes dies: its journal stays, and what is in the file is half of a change.
    writer.execute_batch("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; CREATE TABLE b AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999) SELECT i FROM n;").unwrap();
    let left = folder.join("left.db");
    fs::copy(&path, &left).unwrap();
    fs::copy(folder.join("crossings.db-journal"), folder.join("left.db-journal")).unwrap();
    let told = error(&Database::Sqlite(left), "SELECT count(*) FROM crossings").to_string();
    assert!(told.contains("changes to it are not finished"), "{told}");
    writer.execute_batch("ROLLBACK").unwrap();
    assert_eq!(row(&ferry, "SELECT count(*) FROM crossings"), [exact("3")]);
}

#[test]
fn what_is_no_database_is_named() {
    let folder = Folder::new();
    let words = folder.join("words.db");
    fs::write(&words, "day,passengers\n2025-03-01,120\n").unwrap();
    let empty = folder.join("empty.db");
    fs::write(&empty, "").unwrap();
    for (path, why) in [
        (words, "it is no file of SQLite"),
        (empty, "it is empty"),
        (folder.join("."), "it is a folder"),
        (folder.join("none.db"), "No such file"),
    ] {
        let told = error(&Database::Sqlite(path.clone()), "SELECT 1").to_string();
        assert!(told.contains(why) && told.contains(&path.display().to_string()), "{told}");
    }
    assert_eq!(folder.names(), ["empty.db", "words.db"]);
}
