//! A real `PostgreSQL`.

use std::time::{Duration, Instant};

use factcheck::source::databases::{Database, password_from, run, with_password};
use factcheck::source::query::{Limits, QueryError, Value};

use super::server::{PASSWORD, server};
use super::{ask, ask_within, error, exact, float, refusal, row, text};

#[test]
fn values_come_with_all_their_digits() {
    let Some(server) = server() else { return };
    let ferry = server.reader();
    let reply = ask(&ferry, "SELECT *, 1 AS one FROM crossings ORDER BY day; -- all").unwrap();
    assert_eq!(
        reply.columns,
        [
            "day",
            "passengers",
            "takings",
            "ticket",
            "weight",
            "length",
            "at",
            "tide",
            "on_time",
            "note",
            "one"
        ]
    );
    assert_eq!(
        reply.rows,
        [
            vec![
                text("2025-03-01"),
                exact("9007199254740993"),
                exact("123456789012345678901234567890.120"),
                exact("3.10"),
                float("0.1"),
                float("0.1"),
                text("2025-03-01T09:30:00+00"),
                text("low"),
                text("true"),
                text("first"),
                exact("1"),
            ],
            vec![
                text("2025-03-02"),
                Value::Null,
                exact("0.00"),
                exact("12.00"),
                float("1e30"),
                float("1e300"),
                Value::Null,
                text("high"),
                text("false"),
                Value::Null,
                exact("1"),
            ],
        ]
    );
    assert_eq!(row(&ferry, "SELECT -0.5::numeric AS a, (-7)::smallint AS b"), [exact("-0.5"), exact("-7")]);
    assert_eq!(
        row(&ferry, "SELECT 1.0/3 AS a, 'NaN'::float8 AS b, '-inf'::real AS c"),
        [exact("0.33333333333333333333"), float("NaN"), float("-Infinity")]
    );
    assert_eq!(
        row(
            &ferry,
            "SELECT interval '1 day 2 hours' AS a, time '09:30' AS b, '{\"n\": 1.10}'::json AS c, timestamp '2025-03-01 09:30' AS d"
        ),
        [text("P1DT2H"), text("09:30:00"), text("{\"n\": 1.10}"), text("2025-03-01T09:30:00")]
    );
    for sql in [
        "TABLE crossings",
        "(VALUES (1), (2)) ORDER BY 1",
        "/* /* */ */ WITH a AS (SELECT 1) SELECT 1, 'x' AS y FROM a, crossings",
        "SELECT 1 AS \"count\" UNION SELECT 2",
    ] {
        assert_eq!(ask(&ferry, sql).unwrap_or_else(|error| panic!("{sql}: {error}")).rows.len(), 2, "{sql}");
    }
    assert!(ask(&ferry, "SELECT day FROM crossings WHERE false").unwrap().rows.is_empty());
}

#[test]
fn what_is_no_figure_is_told_with_its_column() {
    let Some(server) = server() else { return };
    let ferry = server.reader();
    for (sql, why) in [
        ("SELECT 1.50::money AS price", "cast it in the query: price::numeric"),
        ("SELECT array[1, 2] AS list", "the column `list` is of the type _int4"),
        ("SELECT '\\x00'::bytea AS bytes", "the column `bytes` is of the type bytea"),
        ("SELECT row(1, 2) AS pair", "the column `pair` is of the type record"),
        ("SELECT crossings AS whole FROM crossings", "the column `whole` is of the type crossings"),
        ("SELECT 'NaN'::numeric AS n", "the column `n` holds `NaN`, which is no number"),
        ("SELECT 'infinity'::numeric AS n", "the column `n` holds `Infinity`"),
    ] {
        let told = error(&ferry, sql).to_string();
        assert!(told.contains(why), "{sql}: {told}");
    }
    assert_eq!(error(&ferry, "SELECT 1 AS a, 2 AS a"), QueryError::SameName("a".to_owned()));
}

#[test]
fn what_does_more_than_read_is_refused() {
    let Some(server) = server() else { return };
    let ferry = server.reader();
    for sql in [
        "INSERT INTO log VALUES ('x')",
        "WITH a AS (SELECT 1) INSERT INTO log SELECT 'x' FROM a",
        "WITH a AS (INSERT INTO log VALUES ('x') RETURNING line) SELECT line FROM a",
        "SELECT * INTO copy FROM log",
        "SELECT line FROM log FOR UPDATE",
        "SELECT write_to_log()",
        "SELECT nextval('tickets')",
        "SELECT 1; SELECT 2",
        "SELECT 1; COMMIT; INSERT INTO log VALUES ('x')",
        "COPY log TO PROGRAM 'true'",
        "COMMIT",
        "SET transaction_read_only = off",
        "DO 'BEGIN END'",
        "SELECT $1::int",
        "SELECT",
        " -- nothing",
    ] {
        assert!(!refusal(&ferry, sql).is_empty(), "{sql}");
    }
    // A function cannot free the transaction from reading, and is not free once it has tried.
    for sql in [
        "SELECT set_config('transaction_read_only', 'off', true), write_to_log()",
        "SELECT set_config('statement_timeout', '0', true), query_to_xml('INSERT INTO log VALUES (1)', false, false, '')",
    ] {
        assert!(ask(&ferry, sql).is_err(), "{sql}");
    }
    assert_eq!(row(&ferry, "SELECT count(*) FROM log"), [exact("0")]);
    assert_eq!(row(&ferry, "SELECT current_setting('transaction_read_only') AS a"), [text("on")]);
}

#[test]
fn a_role_that_could_do_more_than_read_is_not_asked() {
    let Some(server) = server() else { return };
    for (role, power) in
        [("press", "press"), ("signaller", "pg_signal_backend"), ("climber", "pg_signal_backend")]
    {
        let database = Database::Postgres(with_password(&server.url(role), PASSWORD));
        let QueryError::Privileged { whom, power: told } = error(&database, "SELECT 1") else {
            panic!("{role}")
        };
        assert_eq!((whom, told.as_str()), (server.url(role), power));
    }
}

#[test]
fn a_mistake_has_its_place_and_a_name_its_neighbour() {
    let Some(server) = server() else { return };
    let ferry = server.reader();
    let sql = "SELECT 'é', passenger FROM crossings";
    let QueryError::Unknown { what, name, nearest, at } = error(&ferry, sql) else { panic!("{sql}") };
    assert_eq!((what, name.as_str(), nearest.as_deref()), ("column", "passenger", Some("passengers")));
    assert_eq!(at, sql.find("passenger"));
    let sql = "SELECT 'é' FROM crossing";
    let QueryError::Unknown { what, name, nearest, at } = error(&ferry, sql) else { panic!("{sql}") };
    assert_eq!(
        (what, name.as_str(), nearest.as_deref(), at),
        ("table", "crossing", Some("crossings"), sql.find("crossing"))
    );
    let sql = "SELECT 'é' FROM FROM";
    assert_eq!(
        error(&ferry, sql),
        QueryError::Wrong { message: "syntax error at or near \"FROM\"".to_owned(), at: sql.rfind("FROM") }
    );
    assert_eq!(error(&ferry, "SELECT (1").at(), Some(9));
    assert_eq!(
        error(&ferry, "SELECT 1/0 AS a"),
        QueryError::Wrong { message: "division by zero".to_owned(), at: None }
    );
    assert!(matches!(error(&ferry, "SELECT nothing(1)"), QueryError::Wrong { at: Some(7), .. }));
}

#[test]
fn a_reply_has_bounds() {
    let Some(server) = server() else { return };
    let ferry = server.reader();
    assert_eq!(ask(&ferry, "SELECT generate_series(1, 10000) AS n").unwrap().rows.len(), Limits::ROWS);
    let start = Instant::now();
    assert_eq!(
        error(&ferry, "SELECT generate_series(1, 1000000000) AS n"),
        QueryError::TooMuch { most: Limits::ROWS, what: "rows" }
    );
    let many = (0..=Limits::COLUMNS).map(|n| format!("{n} AS c{n}")).collect::<Vec<_>>().join(",");
    assert_eq!(
        error(&ferry, &format!("SELECT {many}")),
        QueryError::TooMuch { most: Limits::COLUMNS, what: "columns" }
    );
    for sql in [
        "SELECT repeat('x', 200000000) AS x",
        "SELECT repeat('x', 5000000) AS x",
        "SELECT repeat('x', 5000) AS x FROM generate_series(1, 2000)",
    ] {
        assert_eq!(error(&ferry, sql), QueryError::TooMuch { most: Limits::BYTES, what: "bytes" }, "{sql}");
    }
    assert!(start.elapsed() < Duration::from_secs(40));
}

#[test]
fn a_query_without_end_is_stopped_here_and_there() {
    let Some(server) = server() else { return };
    let ferry = server.reader_called("stopped");
    let time = Duration::from_millis(700);
    for sql in [
        "SELECT pg_sleep(30) IS NULL AS a",
        "SELECT set_config('statement_timeout', '0', false), pg_sleep(30) IS NULL AS a",
        "SELECT count(*) FROM generate_series(1, 1000000000) AS n",
    ] {
        let start = Instant::now();
        assert_eq!(ask_within(&ferry, sql, time), Err(QueryError::TooSlow(time)), "{sql}");
        assert!(start.elapsed() < Duration::from_secs(5), "{sql}");
    }
    // Nothing of it goes on there.
    let left = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'stopped'";
    let start = Instant::now();
    while row(&server.reader(), left) != [exact("0")] {
        assert!(start.elapsed() < Duration::from_secs(10));
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_lock_is_waited_for_no_longer_than_the_query_may_take() {
    let Some(server) = server() else { return };
    let ferry = server.reader();
    let holder = std::sync::Arc::clone(&server);
    let held = std::thread::spawn(move || holder.run("BEGIN; LOCK TABLE held; SELECT pg_sleep(4); COMMIT"));
    let waits =
        "SELECT count(*) FROM pg_locks WHERE relation = 'held'::regclass AND mode = 'AccessExclusiveLock'";
    let start = Instant::now();
    while row(&ferry, waits) == [exact("0")] {
        assert!(start.elapsed() < Duration::from_secs(10));
    }
    let time = Duration::from_millis(700);
    assert_eq!(ask_within(&ferry, "SELECT count(*) FROM held", time), Err(QueryError::TooSlow(time)));
    held.join().unwrap();
    assert_eq!(row(&ferry, "SELECT count(*) FROM held"), [exact("0")]);
}

#[test]
fn the_password_is_found_and_never_told() {
    let Some(server) = server() else { return };
    let url = server.url("reader");
    let file = format!("127.0.0.1:{}:*:reader:p@ss\\:w/rd?#% é\\\\\n", server.port);
    let password = password_from(&file, &url).unwrap();
    assert_eq!(password, PASSWORD);
    let database = Database::Postgres(with_password(&url, &password));
    assert_eq!(row(&database, "SELECT 1 AS a"), [exact("1")]);
    let local = Database::Postgres(with_password(&server.socket("reader"), PASSWORD));
    assert_eq!(
        row(&local, "SELECT application_name AS a FROM pg_stat_activity WHERE pid = pg_backend_pid()"),
        [text("factcheck")]
    );
    let whom = format!("postgres://reader@127.0.0.1:{}/postgres", server.port);
    let wrong = format!("postgres://reader:s3cret@127.0.0.1:{}/postgres", server.port);
    for (url, why) in [
        (url.clone(), "it asks for a password, and none is known for it"),
        (wrong.clone(), "password authentication failed"),
        (format!("{wrong}?sslmode=require"), "encrypted"),
    ] {
        let told = error(&Database::Postgres(url), "SELECT 1");
        assert!(told.to_string().contains(why) && told.to_string().contains(&whom), "{told}");
        assert!(!format!("{told} {told:?}").contains("s3cret"), "{told:?}");
    }
    let unreadable = Database::Postgres("postgres://reader:s3cret/more@127.0.0.1/postgres".to_owned());
    let told = error(&unreadable, "SELECT 1");
    assert!(!format!("{told} {told:?} {unreadable:?}").contains("s3cret"), "{told:?}");
    assert!(!format!("{:?}", Database::Postgres(wrong)).contains("s3cret"));
}

#[test]
fn a_server_that_dies_is_told() {
    let Some(server) = server() else { return };
    let ferry = server.reader_called("dying");
    let waiting =
        std::thread::spawn(move || run(&ferry, "SELECT pg_sleep(20) IS NULL AS a", &Limits::default()));
    let dying = "FROM pg_stat_activity WHERE application_name = 'dying' AND query LIKE 'FETCH%'";
    let start = Instant::now();
    while row(&server.reader(), &format!("SELECT count(*) {dying}")) == [exact("0")] {
        assert!(start.elapsed() < Duration::from_secs(10));
    }
    server.run(&format!("SELECT pg_terminate_backend(pid) {dying}"));
    let outcome = waiting.join().unwrap();
    assert!(matches!(&outcome, Err(QueryError::Unreachable { .. })), "{outcome:?}");
    assert!(start.elapsed() < Duration::from_secs(15));
}
