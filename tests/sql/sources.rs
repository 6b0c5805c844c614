//! Every format of texts, in one file or several.

use std::path::PathBuf;
use std::sync::Arc;

use factcheck::source::query::{Limits, QueryError};
use factcheck::source::sql::{Layout, Place, Relation, run};
use factcheck::source::{Format, TableOptions};

use crate::{Folder, file, reply, rows, texts};

const SQL: &str = "select sum(amount), count(*), max(day) from t where place <> 'x'";

#[test]
fn every_format_of_texts_gives_the_same() {
    let expected = ["3.75 2 '2025-03-02'"];
    for (content, format) in [
        ("place,amount,day\na,1.50,2025-03-01\nb,2.25,2025-03-02\nx,9,2025-03-03\n", Format::Csv),
        ("place;amount;day\na;1.50;2025-03-01\nb;2.25;2025-03-02\nx;9;2025-03-03\n", Format::Csv),
        ("place\tamount\tday\na\t1.50\t2025-03-01\nb\t2.25\t2025-03-02\nx\t9\t2025-03-03\n", Format::Tsv),
        (
            "[{\"place\":\"a\",\"amount\":1.50,\"day\":\"2025-03-01\"},{\"place\":\"b\",\"amount\":2.25,\"day\":\"2025-03-02\"},{\"place\":\"x\",\"amount\":9,\"day\":null}]",
            Format::Json,
        ),
        (
            "{\"place\":\"a\",\"amount\":1.50}\n{\"place\":\"b\",\"day\":\"2025-03-02\",\"amount\":2.25}\n{\"place\":\"x\"}\n",
            Format::Ndjson,
        ),
    ] {
        assert_eq!(rows(&reply(&[texts("t", content, format)], SQL)), expected, "{format:?}");
    }
    let utf16: Vec<u8> = "\u{feff}place,amount,day\na,3.75,2025-03-02\né,,\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let folder = Folder::new();
    for (name, content) in
        [("a.csv", utf16), ("b.csv", b"place,amount,day\na,3.75,2025-03-02\n\xe9,,\n".to_vec())]
    {
        let path = folder.file(name, content);
        let relation = file("t", &path, Layout::Table(TableOptions::new(Format::Csv)));
        assert_eq!(rows(&reply(std::slice::from_ref(&relation), SQL)), expected, "{name}");
        assert_eq!(rows(&reply(&[relation], "select place from t where amount is null")), ["'é'"], "{name}");
    }
}

#[test]
fn workbooks_are_tables() {
    for name in ["visits.xlsx", "visits.ods", "visits.xls"] {
        let path = PathBuf::from("src/source/workbook/samples").join(name);
        let relation = file("v", &path, Layout::Table(TableOptions::new(Format::Workbook)));
        let all = reply(&[relation], "select count(*) from v");
        assert_ne!(rows(&all), ["0"], "{name}");
    }
}

#[test]
fn several_files_are_one_table_with_their_names() {
    let place = |name: &str, content: &str| Place::Memory {
        name: name.into(),
        content: Arc::from(content.as_bytes()),
    };
    let relation = |second: &str| Relation {
        name: "t",
        places: vec![place("in/jan.csv", "a,b\n1,x\n2,y\n"), place("in/feb.csv", second)],
        layout: Layout::Table(TableOptions::new(Format::Csv)),
    };
    let sql = "select file, sum(a), min(b) from t group by file order by file";
    assert_eq!(rows(&reply(&[relation("b,a\nz,2.5\n")], sql)), ["'feb.csv' 2.5 'z'", "'jan.csv' 3.0 'x'"]);
    let error = run(&[relation("b,c\nz,2.5\n")], sql, &Limits::default()).unwrap_err();
    assert!(
        matches!(&error, QueryError::Unreadable(why) if why.contains("feb.csv") && why.contains("`a`")),
        "{error:?}"
    );
}

#[test]
fn broken_tables_are_told_with_their_line() {
    for (content, format, line) in [
        ("a,b\n1,2\n3\n", Format::Csv, "line 3"),
        ("a,b\n1,\"2\n", Format::Csv, "line 2"),
        ("", Format::Csv, "neither header nor rows"),
        ("{\"a\":1}\n{\"a\":\n", Format::Ndjson, "line 2"),
    ] {
        let error =
            run(&[texts("t", content, format)], "select count(*) from t", &Limits::default()).unwrap_err();
        assert!(matches!(&error, QueryError::Unreadable(why) if why.contains(line)), "{error:?}");
    }
    let gone = file("t", "/nowhere/t.csv".as_ref(), Layout::Table(TableOptions::new(Format::Csv)));
    assert!(matches!(run(&[gone], "select 1 from t", &Limits::default()), Err(QueryError::Unreadable(_))));
}

#[test]
fn tables_of_several_sources_are_joined() {
    let one = texts("budget", "Agency,Amount\nICE,10.5\nCBP,20\n", Format::Csv);
    let two =
        texts("staff", "[{\"agency\":\"ICE\",\"people\":4},{\"agency\":\"CBP\",\"people\":8}]", Format::Json);
    let sql = "select b.agency, b.amount / s.people from budget b join staff s using (agency) order by 1";
    assert_eq!(rows(&reply(&[one, two], sql)), ["'CBP' 2.5", "'ICE' 2.625"]);
}

#[test]
fn queries_run_at_once_and_give_the_same() {
    let csv = "a\n1\n2\n3\n";
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(crate::of(csv, "select avg(a) from t"), ["2"]));
        }
    });
}
