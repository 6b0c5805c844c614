//! Parquet and Arrow, read in place.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, Date32Array, Decimal128Array, Float64Array, Int32Array, Int64Array, ListArray, RecordBatch,
    StringArray, UInt64Array,
};
use datafusion::arrow::datatypes::Int32Type;
use datafusion::arrow::ipc::writer::FileWriter;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, GzipLevel, ZstdLevel};
use datafusion::parquet::file::properties::WriterProperties;
use factcheck::source::query::{Limits, QueryError};
use factcheck::source::sql::{Layout, Place, Relation, run};

use crate::{Folder, file, reply, rows};

fn batch() -> RecordBatch {
    let money =
        Decimal128Array::from(vec![Some(1050), Some(2995), None]).with_precision_and_scale(18, 2).unwrap();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("Big", Arc::new(Int64Array::from(vec![i64::MAX, i64::MAX, 1]))),
        ("Money", Arc::new(money)),
        ("float", Arc::new(Float64Array::from(vec![0.1, 0.2, f64::NAN]))),
        ("FY 2024", Arc::new(StringArray::from(vec!["a", "b", "c"]))),
        ("day", Arc::new(Date32Array::from(vec![20148, 20149, 20150]))),
        ("huge", Arc::new(UInt64Array::from(vec![u64::MAX, 1, 2]))),
    ];
    RecordBatch::try_from_iter(columns).unwrap()
}

fn parquet(path: &Path, batch: &RecordBatch, compression: Compression) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let properties = WriterProperties::builder().set_compression(compression).build();
    let mut writer =
        ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
}

fn ipc(path: &Path, batch: &RecordBatch) {
    let mut writer = FileWriter::try_new(File::create(path).unwrap(), &batch.schema()).unwrap();
    writer.write(batch).unwrap();
    writer.finish().unwrap();
}

#[test]
fn parquet_and_arrow_are_read_and_exact() {
    let folder = Folder::new();
    let (one, two) = (folder.0.join("a b%41#.parquet"), folder.0.join("t.arrow"));
    parquet(&one, &batch(), Compression::SNAPPY);
    ipc(&two, &batch());
    for relation in [file("t", &one, Layout::Parquet), file("t", &two, Layout::Arrow)] {
        let of = |sql: &str| rows(&reply(std::slice::from_ref(&relation), sql));
        assert_eq!(
            of("select sum(big), avg(money), sum(money), max(huge), sum(huge) from t"),
            ["18446744073709551615 20.225 40.45 18446744073709551615 18446744073709551618"]
        );
        assert_eq!(
            of("select \"FY 2024\", fy2024 || 'x' as y, day, float from t where big = 1"),
            ["'c' 'cx' '2025-03-03' ~NaN"]
        );
        assert_eq!(of("select big / 2 from t where fy_2024 = 'a'"), ["4611686018427387903.5"]);
        assert_eq!(of("select sum(float) from t where day < '2025-03-03'"), ["~0.30000000000000004"]);
        let limits = Limits::default();
        assert!(
            matches!(run(std::slice::from_ref(&relation), "select mony from t", &limits), Err(QueryError::Unknown { nearest: Some(nearest), .. }) if nearest == "money")
        );
    }
}

#[test]
fn every_codec_is_read() {
    let folder = Folder::new();
    let codecs = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::ZSTD(ZstdLevel::default()),
        Compression::LZ4,
        Compression::LZ4_RAW,
    ];
    for codec in codecs {
        let path = folder.0.join("t.parquet");
        parquet(&path, &batch(), codec);
        assert_eq!(
            rows(&reply(&[file("t", &path, Layout::Parquet)], "select sum(money) from t")),
            ["40.45"],
            "{codec}"
        );
    }
}

#[test]
fn folders_say_columns() {
    let folder = Folder::new();
    for (place, amount) in [("year=2024/kind=a b", 1), ("year=2025/kind=a b", 2), ("year=2025/kind=c", 4)] {
        let batch = RecordBatch::try_from_iter([(
            "amount",
            Arc::new(Int32Array::from(vec![amount, amount])) as ArrayRef,
        )])
        .unwrap();
        parquet(&folder.0.join(place).join("part-0.parquet"), &batch, Compression::SNAPPY);
    }
    folder.file("_SUCCESS", "");
    let relation = |root: &Path| Relation {
        name: "t",
        places: vec![Place::Folder(root.to_owned())],
        layout: Layout::Parquet,
    };
    let of = |sql: &str| rows(&reply(&[relation(&folder.0)], sql));
    assert_eq!(
        of("select year, kind, sum(amount) from t group by year, kind order by 1, 2"),
        ["2024 'a b' 2", "2025 'a b' 4", "2025 'c' 8"]
    );
    assert_eq!(of("select sum(amount), count(*) from t where year > 2024"), ["12 4"]);
    let empty = Folder::new();
    assert!(matches!(
        run(&[relation(&empty.0)], "select 1 from t", &Limits::default()),
        Err(QueryError::Unreadable(_))
    ));
    folder.file("year=2024/more.parquet", "");
    assert!(matches!(
        run(&[relation(&folder.0)], "select 1 from t", &Limits::default()),
        Err(QueryError::Unreadable(_))
    ));
}

#[test]
fn several_files_are_one_table() {
    let folder = Folder::new();
    let paths: Vec<PathBuf> = ["a", "b"].iter().map(|name| folder.0.join(format!("{name}.x"))).collect();
    for layout in [Layout::Parquet, Layout::Arrow] {
        for path in &paths {
            match layout {
                Layout::Parquet => parquet(path, &batch(), Compression::SNAPPY),
                _ => ipc(path, &batch()),
            }
        }
        let places = paths.iter().cloned().map(Place::File).collect();
        let relation = Relation { name: "t", places, layout };
        let sql = "select file, sum(big) from t group by file order by file";
        assert_eq!(
            rows(&reply(&[relation], sql)),
            ["'a.x' 18446744073709551615", "'b.x' 18446744073709551615"]
        );
    }
}

#[test]
fn nested_columns_are_named() {
    let folder = Folder::new();
    let path = folder.0.join("t.parquet");
    let list = ListArray::from_iter_primitive::<Int32Type, _, _>([Some(vec![Some(1)])]);
    let batch = RecordBatch::try_from_iter([("parts", Arc::new(list) as ArrayRef)]).unwrap();
    parquet(&path, &batch, Compression::SNAPPY);
    let error =
        run(&[file("t", &path, Layout::Parquet)], "select parts from t", &Limits::default()).unwrap_err();
    assert!(error.to_string().contains("`parts` holds lists"), "{error:?}");
}

/// What is broken must be told as such. A panic would end this test.
#[test]
fn broken_files_are_errors() {
    let folder = Folder::new();
    let path = folder.0.join("t");
    parquet(&path, &batch(), Compression::SNAPPY);
    let sound = std::fs::read(&path).unwrap();
    ipc(&path, &batch());
    let arrow = std::fs::read(&path).unwrap();
    for (sound, layout) in [(sound, Layout::Parquet), (arrow, Layout::Arrow)] {
        let query = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            run(
                &[file("t", &path, layout)],
                "select sum(big), max(fy_2024), sum(money), max(day) from t",
                &Limits::default(),
            )
        };
        assert!(query(&sound).is_ok());
        for length in [0, 3, 8, 11, 12, 19, sound.len() / 2, sound.len() - 1] {
            assert!(matches!(query(&sound[..length]), Err(QueryError::Unreadable(_))), "{length}");
        }
        // A footer that claims to be larger than the file.
        let mut claims = sound.clone();
        let end = sound.len() - if matches!(layout, Layout::Parquet) { 8 } else { 10 };
        claims[end..end + 4].copy_from_slice(&[0xff, 0xff, 0xff, 0x7f]);
        assert!(matches!(query(&claims), Err(QueryError::Unreadable(_))));
        assert!(matches!(query(b"a,b\n1,2\n3,4\n5,6\n7,8\n9,10\n"), Err(QueryError::Unreadable(_))));
    }
}
