//! Five million rows, and more than fits into the memory that a query may take.

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Duration;

use factcheck::source::query::{Limits, QueryError};
use factcheck::source::sql::{Layout, run};
use factcheck::source::{Format, TableOptions};

use crate::{Folder, file, rows};

/// Numbers that look random, and are the same each time.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
}

#[test]
fn a_sum_of_five_million_amounts_is_exact_to_the_cent() {
    let folder = Folder::new();
    let path = folder.0.join("payments.csv");
    let mut out = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    out.write_all(b"id,agency,amount\n").unwrap();
    let (mut dice, mut cents, mut large) = (Dice(7), 0_i64, 0_u64);
    let mut line = String::new();
    for id in 0..5_000_000_u64 {
        let amount = dice.next() % 10_000_000;
        cents += i64::try_from(amount).unwrap();
        large += u64::from(amount > 5_000_000);
        line.clear();
        writeln!(
            line,
            "{id},{},{}.{:02}",
            if id % 3 == 0 { "ICE" } else { "CBP" },
            amount / 100,
            amount % 100
        )
        .unwrap();
        out.write_all(line.as_bytes()).unwrap();
    }
    out.into_inner().unwrap();
    let layout = Layout::Table(TableOptions::new(Format::Csv));
    let sql = "select sum(amount), count(*), count(*) filter (where amount > 50000) from payments";
    let reply = run(&[file("payments", &path, layout)], sql, &Limits::default()).unwrap();
    assert_eq!(rows(&reply), [format!("{}.{:02} 5000000 {large}", cents / 100, cents % 100)]);
}

/// A file of some megabytes, of which nearly every row has a text of its own.
fn large(folder: &Folder, rows: u64) -> std::path::PathBuf {
    let mut csv = String::from("id,name,amount\n");
    let mut dice = Dice(3);
    for id in 0..rows {
        let (one, two) = (dice.next(), dice.next());
        writeln!(csv, "{id},name-{one:016x}-{two:016x}-{id:016},{}.5", one % 1000).unwrap();
    }
    folder.file("large.csv", csv)
}

#[test]
fn a_file_of_four_times_the_memory_is_sorted_and_grouped_on_disk() {
    let folder = Folder::new();
    let spill = folder.0.join("spill");
    std::fs::create_dir_all(&spill).unwrap();
    let path = large(&folder, 600_000);
    let size = std::fs::metadata(&path).unwrap().len();
    let limits = Limits { memory: size / 4, spill: Some(spill.clone()), ..Limits::default() };
    let layout = Layout::Table(TableOptions::new(Format::Csv));
    let query = |sql: &str| rows(&run(&[file("large", &path, layout)], sql, &limits).unwrap());
    assert_eq!(
        query(
            "select count(*), sum(n), max(place) from (select name, count(*) n, row_number() over (order by name) place from large group by name)"
        ),
        ["600000 600000 600000"]
    );
    // Nothing is left behind.
    assert_eq!(std::fs::read_dir(&spill).unwrap().count(), 0);
}

#[test]
fn time_and_size_are_bounded() {
    let folder = Folder::new();
    let path = large(&folder, 100_000);
    let layout = Layout::Table(TableOptions::new(Format::Csv));
    let query = |sql: &str, limits: &Limits| run(&[file("large", &path, layout)], sql, limits).unwrap_err();
    let begun = std::time::Instant::now();
    let short = Limits { time: Duration::from_millis(1500), ..Limits::default() };
    let slow = "select count(*) from large a, large b, large c where a.amount * b.amount * c.amount > 0.25";
    assert_eq!(query(slow, &short), QueryError::TooSlow(short.time));
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    let none = Limits { time: Duration::ZERO, ..Limits::default() };
    assert_eq!(query("select count(*) from large", &none), QueryError::TooSlow(none.time));
    let limits = Limits::default();
    assert!(matches!(query("select id from large", &limits), QueryError::TooMuch { what: "rows", .. }));
    let wide: Vec<String> = (0..101).map(|number| format!("{number} as c{number}")).collect();
    let wide = format!("select {}", wide.join(", "));
    assert!(matches!(query(&wide, &limits), QueryError::TooMuch { what: "columns", .. }));
    let long = "select repeat(name, 1000) from large where id < 200";
    assert!(matches!(query(long, &limits), QueryError::TooMuch { what: "bytes", .. }));
}

#[test]
fn quoted_line_ends_in_a_large_file_are_no_rows() {
    let folder = Folder::new();
    let mut csv = String::from("id,note,amount\n");
    for id in 0..60_000 {
        writeln!(csv, "{id},\"first line of {id}\n1,2,3\nthird, of a note that is long enough to be cut by a range of bytes, which is so in any file with so many of them\n9,8,7\n\",0.25").unwrap();
    }
    let path = folder.file("notes.csv", &csv);
    let layout = Layout::Table(TableOptions::new(Format::Csv));
    let query = |sql: &str| rows(&run(&[file("notes", &path, layout)], sql, &Limits::default()).unwrap());
    assert!(csv.len() > 9_000_000);
    assert_eq!(query("select count(*), sum(amount), max(id) from notes"), ["60000 15000.00 59999"]);
    csv.push_str("1,2\n");
    let path = folder.file("ragged.csv", &csv);
    let error =
        run(&[file("notes", &path, layout)], "select count(*) from notes", &Limits::default()).unwrap_err();
    assert_eq!(error.to_string(), "source `notes`, ragged.csv: line 300002 has 2 cells, the header 3");
}
