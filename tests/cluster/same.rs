//! Whatever this machine answers, a cluster answers the same.

use std::time::Duration;

use factcheck::source::cluster;
use factcheck::source::query::{Limits, QueryError};
use factcheck::source::sql;

use crate::node::Nodes;
use crate::rows;
use crate::tables::Tables;

/// Queries of every kind. What has no ORDER BY is compared without regard to the order of rows.
const QUERIES: &[&str] = &[
    "select count(*) from payments",
    "select count(*) from payments, agencies",
    "select sum(amount), count(amount), min(amount), max(amount) from payments",
    "select agency, sum(amount) as total, avg(amount) as mean, avg(share) from payments group by agency order by agency",
    "select avg(amount), round(avg(amount), 2), sum(amount) / count(*), 7/2, 1/3, -2/3 from payments",
    "select agency, median(amount), stddev(amount) is null from payments group by agency order by 1",
    "select count(distinct zip_code), min(zip_code), max(zip_code) from payments",
    "select sum(amount) from payments where zip_code < '02134' and day between '2025-03-01' and date '2025-03-31'",
    "select date_trunc('month', day) as month, sum(amount) from payments group by 1 order by 1",
    "select extract(month from day) as m, count(*) filter (where final), count(final) from payments group by 1 order by 1",
    "select \"ZIP Code\", amount from payments where amount > 8900000 order by amount desc, \"ZIP Code\" limit 5",
    "select p.agency, a.staff, sum(p.amount) / a.staff as per_head from payments p join agencies a on p.agency = a.agency group by p.agency, a.staff order by 1",
    "select a.agency, count(p.id) from agencies a left join payments p using (agency) group by a.agency order by 1",
    "select coalesce(a.agency, p.agency), a.staff, count(p.id) from agencies a full join payments p on a.agency = p.agency group by 1, 2 order by 1, 2",
    "select agency from agencies where agency not in (select agency from payments)",
    "select count(*) from payments where agency not in (select head from agencies)",
    "select count(*) from payments where agency not in (select agency from agencies where head is not null)",
    "select count(*) from payments p where exists (select 1 from agencies a where a.agency = p.agency and a.staff > 30000)",
    "select count(*) from payments where amount > (select avg(amount) from payments)",
    "select (select max(staff) from agencies) - (select min(staff) from agencies) as spread",
    "select agency, (select sum(amount) from payments p where p.agency = a.agency) as paid from agencies a order by agency",
    "select agency, rank() over (order by sum(amount) desc) as place from payments group by agency order by place",
    "select id, sum(amount) over (partition by agency order by id rows between 2 preceding and current row) as moving from payments where id < 60 order by id",
    "select id, lag(amount) over (order by id) as before, amount - lag(amount) over (order by id) as change from payments where id < 30 order by id",
    "with m as (select agency, day, sum(amount) as s from payments group by agency, day) select agency, max(s), avg(s) from m group by agency order by agency",
    "select agency, case when amount > 5000000 then 'large' when amount is null then 'none' else 'small' end as size, count(*) from payments group by 1, 2 order by 1, 2",
    "select agency from payments union select agency from agencies order by agency",
    "select agency from payments intersect select agency from agencies order by agency",
    "select agency from agencies except select agency from payments",
    "select file, sum(count), count(*) from months group by file order by file",
    "select place, sum(count) from months group by rollup (place) order by place nulls last",
    "select sum(a), max(b), sum(b), avg(b) from huge",
    "select sum(a), avg(a) from wide",
    "select sum(big), avg(money), sum(money), max(huge), sum(huge), min(day) from flights",
    "select fy_2024, sum(money), count(*), avg(big) from flights group by fy_2024 order by fy_2024",
    "select sum(big), avg(money), sum(money), max(huge), sum(huge), min(day) from flown",
    "select year, kind, sum(money), count(*) from parted group by year, kind order by 1, 2",
    "select count(*), sum(big) from parted where year > 2024 and kind = 'c'",
    "select count(*) from flights f join flown g on f.big = g.big where f.money <> g.money or f.day <> g.day",
    "select upper(agency), length(note), substr(note, 1, 4), replace(agency, 'I', 'J') from payments where id < 20 order by id",
    "select agency || '/' || zip_code as k, regexp_replace(note, '[0-9]+', '#') from payments where id between 40 and 50 order by id",
    "select cast(amount as int), cast(amount as decimal(12,1)), abs(amount - 5000000), round(amount, -3) from payments where id < 10 order by id",
    "select 0.1 + 0.2 as sum, 1.10 as price, 1e3 as thousand, date '2025-03-01' + interval '1 month' as later from agencies",
    "select agency, final, count(*) from payments group by grouping sets ((agency), (final), ()) order by 1, 2",
    "select distinct agency, final from payments order by 1, 2",
    "select string_agg(agency, ',' order by agency) from agencies",
    "values (1, 'a'), (2, 'b')",
    "select 1 + 1 as two",
];

/// What a cluster of this kind cannot run: there is an error in place of an answer.
const UNABLE: &[&str] = &[
    "select max(id) from payments where 1 = 0",
    "select id from payments where 1 = 0",
    "select 'a' as k, sum(amount) as n from payments union all select 'b', sum(staff) from agencies order by k",
];

/// What goes wrong here goes wrong there, and for the same reason.
const WRONG: &[&str] = &[
    "select 1 / (amount - amount) from payments",
    "select sum(a * a * 10) from huge",
    "select amonut from payments",
    "select sum(zip_code) from payments",
    "select id from payments where zip_code = 2134",
    "drop table payments",
    "select id from payments a cross join agencies b cross join months",
    "select p.agency, a.agency from payments p join agencies a on p.agency = a.agency",
];

#[test]
fn every_query_has_the_same_answer_on_two_executors() {
    let (nodes, tables) = (Nodes::start(2), Tables::new());
    let (cluster, relations, limits) = (nodes.cluster(), tables.relations(), Limits::default());
    let mut other = Vec::new();
    for query in QUERIES {
        let here = sql::run(&relations, query, &limits).unwrap_or_else(|error| panic!("{query}: {error:?}"));
        let sorted = |reply| {
            let mut rows = rows(&reply);
            if !query.contains("order by") {
                rows.sort();
            }
            rows
        };
        let columns = here.columns.clone();
        let here = sorted(here);
        assert!(!here.is_empty() || query.contains("1 = 0"), "{query}: no rows");
        match cluster::run(&cluster, &relations, query, &limits) {
            Ok(there) if there.columns == columns && sorted(there.clone()) == here => {}
            there => other.push(format!("{query}\n  here  {here:?}\n  there {there:?}")),
        }
    }
    assert!(other.is_empty(), "{} of {} differ:\n{}", other.len(), QUERIES.len(), other.join("\n"));
    for query in WRONG {
        let here = sql::run(&relations, query, &limits).unwrap_err();
        let there = cluster::run(&cluster, &relations, query, &limits).unwrap_err();
        assert_eq!(here, there, "{query}");
    }
    for query in UNABLE {
        assert!(sql::run(&relations, query, &limits).is_ok(), "{query}");
        let limits = Limits { time: Duration::from_secs(15), ..limits.clone() };
        let there = cluster::run(&cluster, &relations, query, &limits);
        assert!(
            matches!(there, Err(QueryError::Wrong { .. } | QueryError::TooSlow(_))),
            "{query}: {there:?}"
        );
    }
    several_rows_are_no_value(&nodes, &tables);
}

/// A cluster makes a join of a subquery in place of a value, and would give several rows for one.
fn several_rows_are_no_value(nodes: &Nodes, tables: &Tables) {
    let (relations, limits) = (tables.relations(), Limits::default());
    let query = "select (select staff from agencies) + 1 as n";
    assert!(sql::run(&relations, query, &limits).is_err());
    let error = cluster::run(&nodes.cluster(), &relations, query, &limits).unwrap_err();
    assert!(
        matches!(&error, QueryError::Wrong { message, .. } if message.contains("may have several rows")),
        "{error:?}"
    );
}
