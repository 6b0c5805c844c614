//! Clusters that are not there, have nobody, or do not answer: an error within a set time, and exit code 2.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use factcheck::source::cluster::{self, Cluster};
use factcheck::source::query::{Limits, QueryError};

use crate::node::{Nodes, free_port};
use crate::tables::Tables;
use crate::{Folder, rows};

const SQL: &str = "select sum(amount) from payments";

/// What a cluster gives, which must come within so many seconds.
fn error(cluster: &Cluster, limit: u64, within: u64) -> QueryError {
    let tables = Tables::new();
    let limits = Limits { time: Duration::from_secs(limit), ..Limits::default() };
    let begun = Instant::now();
    let error = cluster::run(cluster, &tables.relations(), SQL, &limits).unwrap_err();
    let taken = begun.elapsed();
    assert!(taken < Duration::from_secs(within), "{taken:?}: {error}");
    println!("after {taken:?}: {error}");
    error
}

fn at(port: u16, folder: &Folder) -> Cluster {
    Cluster { url: format!("df://127.0.0.1:{port}"), folder: Some(folder.0.clone()) }
}

fn why(error: QueryError) -> String {
    match error {
        QueryError::Unreachable { whom, why } => {
            assert!(whom.starts_with("the cluster df://127.0.0.1:"), "{whom}");
            why
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_scheduler_that_is_down_is_told_at_once() {
    let folder = Folder::new();
    let why = why(error(&at(free_port(), &folder), 60, 10));
    assert!(why.to_lowercase().contains("refused"), "{why}");
}

#[test]
fn one_that_takes_the_connection_and_says_nothing_is_told_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = Folder::new();
    let why = why(error(&at(listener.local_addr().unwrap().port(), &folder), 4, 15));
    assert!(why.contains("no answer"), "{why}");
}

#[test]
fn what_is_no_scheduler_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            _ = stream.read(&mut [0; 1024]);
            _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
        }
    });
    let folder = Folder::new();
    why(error(&at(port, &folder), 20, 30));
}

#[test]
fn a_cluster_without_an_executor_is_told_and_ends_with_2() {
    let nodes = Nodes::start(0);
    let cluster = nodes.cluster();
    let why = why(error(&cluster, 60, 25));
    assert!(why.contains("no executor"), "{why}");
    let folder = Folder::new();
    folder.file("factcheck.toml", "");
    folder.file("t.csv", "half,removals\nfirst,17\nsecond,20\n");
    folder.file("draft.md", "The agency removed 37 people in March.\n");
    folder.file(
        "claims/story.toml",
        "draft = \"../draft.md\"\n[source.ice]\nfile = \"../t.csv\"\n[figure.total]\nsql = \"select sum(removals) from ice\"\n\
         [[claim]]\nid = \"total\"\nquote = \"37 people\"\nformula = \"total\"\n",
    );
    let check = |engine: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_factcheck"));
        let output = command
            .args(["--no-cache", "--color", "never"])
            .args(engine)
            .arg(folder.0.join("claims"))
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).unwrap())
    };
    let (code, text) = check(&[]);
    assert_eq!(code, Some(0), "{text}");
    let (code, text) = check(&["--engine", &cluster.url]);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("has no executor"), "{text}");
    println!("{text}");
}

#[test]
#[cfg(unix)]
fn one_that_stops_answering_is_told_in_time() {
    let tables = Tables::new();
    let nodes = Nodes::start(1);
    let cluster = nodes.cluster();
    let limits = Limits::default();
    assert_eq!(
        rows(&cluster::run(&cluster, &tables.relations(), "select count(*) from payments", &limits).unwrap()),
        ["5000"]
    );
    nodes.scheduler.freeze();
    let why = why(error(&cluster, 60, 45));
    assert!(why.contains("no answer"), "{why}");
}
