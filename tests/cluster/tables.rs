//! Tables of every kind.

use std::fmt::Write as _;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, Date32Array, Decimal128Array, Int64Array, RecordBatch, StringArray, UInt64Array,
};
use datafusion::arrow::ipc::writer::FileWriter;
use datafusion::parquet::arrow::ArrowWriter;
use factcheck::source::sql::{Layout, Place, Relation};
use factcheck::source::{Format, TableOptions};

use crate::Folder;

/// A folder with tables.
pub(crate) struct Tables {
    folder: Folder,
}

/// Numbers that look random, and are the same each time.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

impl Tables {
    pub(crate) fn new() -> Self {
        let folder = Folder::new();
        let mut dice = Dice(11);
        let mut payments = String::from("Id,Agency,ZIP Code,Amount,Share,Day,Final,Note\n");
        for id in 0..5_000_u64 {
            let agency = ["ICE", "CBP", "USCIS", "FEMA"][usize::try_from(dice.next(4)).unwrap()];
            let (zip, cents, share) = (dice.next(99_999), dice.next(900_000_000), dice.next(1000));
            let (month, day) = (dice.next(12) + 1, dice.next(28) + 1);
            let amount = if dice.next(20) == 0 { "n/a".to_owned() } else { dollars(cents) };
            writeln!(
                payments,
                "{id},{agency},{zip:05},{amount},{}.{}%,2025-{month:02}-{day:02},{},\"note, {}\"",
                share / 10,
                share % 10,
                ["true", "FALSE", ""][usize::try_from(dice.next(3)).unwrap()],
                dice.next(50)
            )
            .unwrap();
        }
        folder.file("payments.csv", &payments);
        folder.file("agencies.json", r#"[{"agency":"ICE","head":"a","staff":21000,"rate":0.125},{"agency":"CBP","head":"b","staff":65000,"rate":1.5},{"agency":"TSA","head":null,"staff":60000,"rate":null}]"#);
        for (name, offset) in [("jan.csv", 1), ("feb.csv", 100)] {
            let lines: String = (0..500).map(|row| format!("{},{}\n", row % 7, row + offset)).collect();
            folder.file(name, format!("Place,Count\n{lines}"));
        }
        let nines = "9".repeat(38);
        folder.file("huge.csv", format!("a,b\n{nines},0.{}1\n1,2\n{nines},-3.5\n", "0".repeat(20)));
        folder.file("wide.csv", format!("a\n{}\n0.{}1\n", "9".repeat(30), "0".repeat(20)));
        batches(&folder.0.join("flights.parquet"), false);
        batches(&folder.0.join("flights.arrow"), true);
        for (year, kind, from) in [(2024, "a b", 0), (2025, "a b", 40), (2025, "c", 90)] {
            let path = folder.0.join(format!("parted/year={year}/kind={kind}/part-0.parquet"));
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            write(&path, &[batch(from, 40)], false);
        }
        Self { folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.0.join(name)
    }

    pub(crate) fn relations(&self) -> Vec<Relation<'static>> {
        let text = |name, files: &[&str], format| Relation {
            name,
            places: files.iter().map(|file| Place::File(self.path(file))).collect(),
            layout: Layout::Table(TableOptions::new(format)),
        };
        let binary = |name, place, layout| Relation { name, places: vec![place], layout };
        vec![
            text("payments", &["payments.csv"], Format::Csv),
            text("agencies", &["agencies.json"], Format::Json),
            text("months", &["jan.csv", "feb.csv"], Format::Csv),
            text("huge", &["huge.csv"], Format::Csv),
            text("wide", &["wide.csv"], Format::Csv),
            binary("flights", Place::File(self.path("flights.parquet")), Layout::Parquet),
            binary("flown", Place::File(self.path("flights.arrow")), Layout::Arrow),
            binary("parted", Place::Folder(self.path("parted")), Layout::Parquet),
        ]
    }
}

/// As agencies print it: `$1,234,567.89`.
fn dollars(cents: u64) -> String {
    let digits = (cents / 100).to_string();
    let mut whole = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            whole.push(',');
        }
        whole.push(digit);
    }
    format!("\"${whole}.{:02}\"", cents % 100)
}

fn batches(path: &Path, is_arrow: bool) {
    write(path, &[batch(0, 1000), batch(1000, 1000)], is_arrow);
}

fn batch(from: i64, rows: i64) -> RecordBatch {
    let ids = || from..from + rows;
    let money = ids().map(|id| (id % 9 != 0).then_some(i128::from(id) * 1037 % 99_991));
    let money: Decimal128Array = money.collect();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("Big", Arc::new(ids().map(|id| i64::MAX - id).collect::<Int64Array>())),
        ("Money", Arc::new(money.with_precision_and_scale(18, 2).unwrap())),
        ("FY 2024", Arc::new(ids().map(|id| Some(format!("k{}", id % 13))).collect::<StringArray>())),
        (
            "day",
            Arc::new(Date32Array::from_iter_values(ids().map(|id| 20_148 + i32::try_from(id % 40).unwrap()))),
        ),
        ("huge", Arc::new(ids().map(|id| u64::MAX - id.unsigned_abs()).collect::<UInt64Array>())),
    ];
    RecordBatch::try_from_iter(columns).unwrap()
}

fn write(path: &Path, batches: &[RecordBatch], is_arrow: bool) {
    let file = File::create(path).unwrap();
    if is_arrow {
        let mut writer = FileWriter::try_new(file, &batches[0].schema()).unwrap();
        batches.iter().for_each(|batch| writer.write(batch).unwrap());
        writer.finish().unwrap();
    } else {
        let mut writer = ArrowWriter::try_new(file, batches[0].schema(), None).unwrap();
        for batch in batches {
            writer.write(batch).unwrap();
            writer.flush().unwrap();
        }
        writer.close().unwrap();
    }
}
