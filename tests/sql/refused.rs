//! No statement does more than read sources.

use factcheck::source::query::QueryError;
use factcheck::source::sql::names;

use crate::{Folder, error};

#[test]
fn statements_that_do_more_than_read_are_refused() {
    let folder = Folder::new();
    let secret = folder.file("secret.csv", "a\n1\n");
    let secret = secret.display();
    let out = folder.0.join("out.csv");
    let written = out.display();
    for sql in [
        format!("COPY t TO '{written}'"),
        format!("COPY (select * from t) TO '{written}' STORED AS CSV"),
        format!("CREATE EXTERNAL TABLE u STORED AS CSV LOCATION '{secret}'"),
        "CREATE TABLE u AS SELECT * FROM t".to_owned(),
        "CREATE VIEW u AS SELECT * FROM t".to_owned(),
        "INSERT INTO t VALUES (1)".to_owned(),
        "UPDATE t SET a = 1".to_owned(),
        "DELETE FROM t".to_owned(),
        "DROP TABLE t".to_owned(),
        "SET datafusion.execution.batch_size = 1".to_owned(),
        "SHOW TABLES".to_owned(),
        "EXPLAIN SELECT * FROM t".to_owned(),
        "DESCRIBE t".to_owned(),
        "PREPARE p AS SELECT 1".to_owned(),
        "SELECT 1; SELECT 2".to_owned(),
        "SELECT 1; DROP TABLE t".to_owned(),
        "SELECT a INTO u FROM t".to_owned(),
        format!("SELECT * FROM '{secret}'"),
        format!("SELECT a FROM t WHERE a IN (SELECT a FROM '{secret}')"),
        "SELECT * FROM information_schema.tables".to_owned(),
        "SELECT * FROM generate_series(1, 5)".to_owned(),
        "SELECT * FROM read_csv('x.csv')".to_owned(),
        "SELECT * FROM t, LATERAL generate_series(1, t.a)".to_owned(),
        "WITH x AS (INSERT INTO t VALUES (1) RETURNING a) SELECT * FROM x".to_owned(),
        "WITH RECURSIVE x AS (SELECT 1 n UNION ALL SELECT n + 1 FROM x) SELECT sum(n) FROM x".to_owned(),
        "SELECT * FROM t LIMIT 1".to_owned(),
        "SELECT * FROM t FOR UPDATE".to_owned(),
        "SELECT random() FROM t".to_owned(),
        "SELECT now() FROM t".to_owned(),
        "SELECT current_date FROM t".to_owned(),
        "SELECT approx_distinct(a) FROM t".to_owned(),
        "SELECT first_value(a) FROM t".to_owned(),
        "SELECT row_number() over () FROM t".to_owned(),
        String::new(),
        "-- nothing".to_owned(),
    ] {
        match error("a\n1\n", &sql) {
            QueryError::Refused(_) => {}
            other => panic!("{sql}: {other:?}"),
        }
    }
    // Quoted with double marks, a path is the name of a source that is not there.
    let unknown = error("a\n1\n", &format!("SELECT * FROM \"{secret}\""));
    assert!(matches!(unknown, QueryError::Unknown { what: "source", .. }), "{unknown:?}");
    assert!(!out.exists());
}

#[test]
fn tables_are_named_in_order_and_each_once() {
    let of = |sql: &str| names(sql).unwrap();
    assert_eq!(
        of("with x as (select * from ice) select * from x join Cbp using (a) join ice on true"),
        ["ice", "Cbp"]
    );
    assert_eq!(
        of("select (select max(b) from \"B b\") from a where a in (select c from c)"),
        ["B b", "a", "c"].map(str::to_owned).into_iter().collect::<Vec<_>>()
    );
    assert_eq!(of("with ice as (select * from ice) select * from ice"), ["ice"]);
    assert_eq!(of("values (1), (2)"), [""; 0]);
    assert!(matches!(names("drop table x"), Err(QueryError::Refused(_))));
}

#[test]
fn unknown_names_are_told_with_the_nearest_and_their_place() {
    let unknown = |sql: &str| match error("amount,year\n1,2\n", sql) {
        QueryError::Unknown { what, name, nearest, at } => (what, name, nearest.unwrap_or_default(), at),
        other => panic!("{sql}: {other:?}"),
    };
    let sql = "select sum(amonut)\nfrom t";
    assert_eq!(unknown(sql), ("column", "amonut".into(), "amount".into(), sql.find("amonut")));
    let sql = "select sum(amount)\nfrom  tt";
    assert_eq!(unknown(sql), ("source", "tt".into(), "t".into(), sql.find("tt")));
    let sql = "select a from t where 1 = 1 and\n  yaer = 2";
    assert_eq!(unknown(&sql.replace("select a", "select year")).3, Some(sql.find("yaer").unwrap() + 3));
}

#[test]
fn mistakes_have_their_place() {
    let wrong = error("a\n1\n", "select a\nfrom t where");
    assert!(matches!(wrong, QueryError::Wrong { .. }), "{wrong:?}");
    let wrong = error("a\n1\n", "select a fro t t t");
    assert!(wrong.at().is_some(), "{wrong:?}");
}

#[test]
fn deep_and_long_expressions_end_in_time() {
    let chain = format!("select {} from t", vec!["a"; 400].join(" + "));
    assert_eq!(crate::of("a\n1\n", &chain), ["400"]);
    let longer = format!("select {} from t", vec!["a"; 3000].join(" + "));
    assert!(matches!(error("a\n1\n", &longer), QueryError::Refused(_)));
    let deep = format!("select {}a{} from t", "(".repeat(20000), ")".repeat(20000));
    assert!(matches!(error("a\n1\n", &deep), QueryError::Refused(_)));
    let long = format!("select a from t where a in ({})", vec!["1"; 50_000].join(","));
    assert!(matches!(error("a\n1\n", &long), QueryError::Refused(_)));
}
