//! Executors that are lost in the middle of a query: the right answer comes, or an error, and never a wrong figure.

use std::thread;
use std::time::{Duration, Instant};

use factcheck::source::cluster;
use factcheck::source::query::{Limits, QueryError};
use factcheck::source::sql;

use crate::node::{Node, Nodes};
use crate::rows;
use crate::tables::Tables;

/// A query of several stages, which takes some seconds on two executors.
const LONG: &str = "select a.agency, count(*) as n, sum(a.amount * b.share) as s, avg(a.amount) as m \
                    from payments a join payments b on a.id % 40 = b.id % 40 \
                    group by a.agency order by a.agency";

#[test]
fn an_executor_lost_in_the_middle_gives_the_answer_or_an_error() {
    let tables = Tables::new();
    let relations = tables.relations();
    let limits = Limits { time: Duration::from_secs(120), ..Limits::default() };
    let here = rows(&sql::run(&relations, LONG, &limits).unwrap());
    let mut nodes = Nodes::start(2);
    let begun = Instant::now();
    let there = cluster::run(&nodes.cluster(), &relations, LONG, &limits).unwrap();
    assert_eq!(rows(&there), here);
    let whole = begun.elapsed();
    let mut told = Vec::new();
    // At different moments of the query.
    for tenths in [2, 5, 8] {
        let cluster = nodes.cluster();
        let answer = thread::scope(|scope| {
            let asking = scope.spawn(|| cluster::run(&cluster, &relations, LONG, &limits));
            thread::sleep(whole * tenths / 10);
            nodes.executors[0].kill();
            asking.join().unwrap()
        });
        match answer {
            Ok(reply) => {
                assert_eq!(rows(&reply), here, "killed after {tenths} tenths of {whole:?}");
                told.push(format!("{tenths} tenths: the answer"));
            }
            Err(error) => told.push(format!("{tenths} tenths: {error}")),
        }
        nodes.executors[0] = Node::executor(&nodes.scheduler, &nodes.folder);
        // Afterwards all is as before.
        let again = cluster::run(&nodes.cluster(), &relations, LONG, &limits);
        assert_eq!(rows(&again.unwrap_or_else(|error| panic!("{told:?}, then {error}"))), here);
    }
    println!("{whole:?} undisturbed; {told:#?}");
}

#[test]
fn when_all_executors_are_lost_it_is_said_in_time() {
    let tables = Tables::new();
    let limits = Limits { time: Duration::from_secs(60), ..Limits::default() };
    let mut nodes = Nodes::start(1);
    let (cluster, relations) = (nodes.cluster(), tables.relations());
    let begun = Instant::now();
    let answer = thread::scope(|scope| {
        let asking = scope.spawn(|| cluster::run(&cluster, &relations, LONG, &limits));
        thread::sleep(Duration::from_millis(300));
        nodes.executors[0].kill();
        asking.join().unwrap()
    });
    let error = answer.unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(50), "{:?}", begun.elapsed());
    assert!(matches!(error, QueryError::Unreachable { .. }), "{error:?}");
    println!("after {:?}: {error}", begun.elapsed());
}
