//! Traps of the engine, each closed.

use factcheck::source::query::QueryError;

use crate::{error, of};

#[test]
fn columns_are_what_all_of_their_cells_are() {
    let csv = "n,zip,mixed,day,flag,money,share,none\n\
               1,02134,1,2025-03-01,true,\"$1,200.50\",12.5%,\n\
               20,10001,x,2025-03-02,FALSE,$3,4%,n/a\n\
               n/a,90210,3,,true,($4.25),-1%,\n";
    assert_eq!(
        of(csv, "select n + 1, zip, mixed, day, flag, money, share, none from t order by zip"),
        [
            "2 '02134' '1' '2025-03-01' 'true' 1200.50 12.5 NULL",
            "21 '10001' 'x' '2025-03-02' 'false' 3.00 4.0 'n/a'",
            "NULL '90210' '3' NULL 'true' -4.25 -1.0 NULL"
        ]
    );
    // A code for a party is no missing number.
    assert_eq!(
        of("party\nD\nR\nD\n", "select party, count(*) from t group by party order by party"),
        ["'D' 2", "'R' 1"]
    );
    // Dollars and euros make no sum, and nor do shares and numbers.
    for csv in ["a\n$5\n€5\n", "a\n5%\n5\n"] {
        assert!(matches!(error(csv, "select sum(a) from t"), QueryError::Wrong { .. }));
    }
}

#[test]
fn a_type_is_not_settled_before_the_last_row() {
    let mut csv = "a,b\n".to_owned();
    for _ in 0..5000 {
        csv.push_str("1,7\n");
    }
    csv.push_str("2.125,x\n");
    assert_eq!(of(&csv, "select sum(a), min(b), max(b), count(b) from t"), ["5002.125 '7' 'x' 5001"]);
}

#[test]
fn sums_do_not_wrap() {
    let most = i64::MAX;
    assert_eq!(of(&format!("a\n{most}\n{most}\n"), "select sum(a) from t"), ["18446744073709551614"]);
    // Past 38 digits, where decimals of 128 bits are printed cut off.
    let nines = "9".repeat(38);
    assert_eq!(
        of(&format!("a\n{nines}\n1\n{nines}\n"), "select sum(a) from t"),
        [format!("1{}9", "9".repeat(37))]
    );
    // Integers of the engine's own: counts and casts.
    assert_eq!(
        of("a\n1\n2\n", &format!("select sum(b) from (select cast({most} as bigint) as b from t)")),
        ["18446744073709551614"]
    );
    assert_eq!(of("a\n1\n2\n", &format!("select sum(b) over (), {most} + {most}, {most} * {most} from (select cast({most} as bigint) as b from t) limit 1").replace(" limit 1", "")), vec!["18446744073709551614 18446744073709551614 85070591730234615847396907784232501249"; 2]);
    assert_eq!(of("a\n1\n", "select -(-9223372036854775807 - 1) from t"), ["9223372036854775808"]);
}

#[test]
fn what_is_too_large_is_an_error_and_no_number() {
    let nines = "9".repeat(38);
    let csv = format!("a\n{nines}\n{nines}\n");
    for sql in
        ["select sum(a * a * 10) from t", "select a * a * a from t", "select sum(a) * sum(a) * sum(a) from t"]
    {
        assert!(matches!(error(&csv, sql), QueryError::TooManyDigits(_)), "{sql}: {:?}", error(&csv, sql));
    }
    assert_eq!(of(&csv, "select sum(a) * 1000000 from t"), [format!("1{}8000000", "9".repeat(37))]);
}

#[test]
fn decimals_keep_every_digit() {
    assert_eq!(
        of("a\n2.995\n1\n", "select a, sum(a) over () from t order by a"),
        ["1.000 3.995", "2.995 3.995"]
    );
    assert_eq!(of("a\n0.1\n0.2\n", "select sum(a), sum(a) = 0.3, sum(a * a) from t"), ["0.3 'true' 0.05"]);
    // More than 38 digits before and after the point together.
    let csv = format!("a\n{}\n0.{}1\n", "9".repeat(30), "0".repeat(20));
    assert_eq!(of(&csv, "select sum(a) from t"), [format!("{}.{}1", "9".repeat(30), "0".repeat(20))]);
    assert_eq!(of("a\n1\n", "select 0.1 + 0.2, 1.10, 1e3 from t"), ["0.3 1.10 1000"]);
}

#[test]
fn quotients_and_means_are_neither_cut_off_nor_integers() {
    assert_eq!(
        of("a\n1\n2\n4\n", "select 7/2, sum(a)/count(*), avg(a), 1/3, 2/3, -2/3 from t"),
        ["3.5 2.333333333333333333333333333 2.333333333333333333333333333 0.3333333333333333333333333333 \
          0.6666666666666666666666666667 -0.6666666666666666666666666667"]
    );
    let csv = "k,a\nx,0.01\nx,0.02\nx,0.02\ny,\ny,n/a\n";
    assert_eq!(
        of(csv, "select k, avg(a), round(avg(a), 2) from t group by k order by k"),
        ["'x' 0.0166666666666666666666666667 0.02", "'y' NULL NULL"]
    );
    assert_eq!(of(csv, "select avg(distinct a), avg(a) filter (where a > 0.01) from t"), ["0.015 0.02"]);
    assert_eq!(of("a\n1\n2\n", "select avg(a) over () from t"), ["1.5", "1.5"]);
    assert_eq!(
        of("k,a\nx,1\nx,2\ny,5\n", "select avg(m) from (select k, avg(a) m from t group by k)"),
        ["3.25"]
    );
    assert_eq!(of("a\n3\n", "select (a - 4) / 4 * 100, (a/7)*(7/a) from t"), ["-25 1"]);
    assert!(error("a\n0\n", "select 1/a from t").to_string().contains("division by zero"));
}

#[test]
fn medians_and_casts_are_not_cut_off() {
    assert_eq!(of("a\n2.99\n3.00\n", "select median(a) from t"), ["2.995"]);
    assert_eq!(of("a\n1\n2\n", "select median(a) from t"), ["1.5"]);
    assert_eq!(of("a\n2.9\n-2.5\n", "select cast(a as int) from t order by a"), ["-3", "3"]);
    assert_eq!(
        of(
            "a\n2.995\n",
            "select cast(a as decimal(10,2)), cast('2.995' as decimal(10,2)), round(a, 2) from t"
        ),
        ["3.00 3.00 3.00"]
    );
}

#[test]
fn floats_are_floats() {
    let floats =
        of("a\n1\n2\n", "select stddev(a), sqrt(2), cast(0.1 as double), cast('1e300' as double) from t");
    assert_eq!(floats, ["~0.7071067811865476 ~1.4142135623730951 ~0.1 ~1e300"]);
}

#[test]
fn texts_are_not_compared_with_numbers() {
    let csv = "zip,a\n02134,1\n10001,2\n";
    for sql in [
        "select count(*) from t where zip = 2134",
        "select count(*) from t where zip in (2134)",
        "select count(*) from t where zip between 1 and 2",
        "select count(*) from t where 2134 <> zip",
        "select count(*) from t join t u on t.zip = u.a",
        "select zip + 1 from t",
        "select sum(zip) from t",
        "select avg(zip) from t",
    ] {
        assert!(matches!(error(csv, sql), QueryError::Wrong { .. }), "{sql}");
    }
    assert_eq!(of(csv, "select sum(a) from t where zip = '02134'"), ["1"]);
}

#[test]
fn columns_of_one_name_are_told_apart() {
    let columns = |sql: &str| {
        crate::reply(&[crate::texts("t", "a,FY 2024\n1,2\n", factcheck::source::Format::Csv)], sql).columns
    };
    assert_eq!(
        columns("select count(*), count(*), sum(a) + 0, a from t group by a"),
        ["count(*)", "count(*) (2)", "sum(a) + 0", "a"]
    );
    assert_eq!(columns("select * from t"), ["a", "fy_2024"]);
    assert_eq!(columns("select \"FY 2024\", fy2024 + 1 as next from t"), ["FY 2024", "next"]);
    let same = error("a\n1\n", "select t.a, u.a from t join t u on t.a = u.a");
    assert_eq!(same, QueryError::SameName("a".to_owned()));
}

#[test]
fn names_are_those_of_the_file_or_snake_case() {
    let csv = "FY 2024,Amount,a b,a_b\n1,2,3,4\n";
    for (sql, row) in [
        ("select \"FY 2024\" + Amount, AMOUNT, amount, \"Amount\" from t", "3 2 2 2"),
        ("select fy2024, fy_2024, FY_2024 from t", "1 1 1"),
        ("select \"a b\", a_b, \"a_b\" from t", "3 4 4"),
        ("select x.\"FY 2024\" from (select \"FY 2024\" from t) x", "1"),
        ("select sum(amount) as amount from t group by \"FY 2024\" order by amount", "2"),
        ("with x as (select \"FY 2024\" y from T) select y from x", "1"),
    ] {
        let sql = sql
            .replace("AMOUNT, amount", "AMOUNT + 0, amount")
            .replace("fy2024, fy_2024, FY", "fy2024 as q, fy_2024, 0 + FY");
        let sql = sql
            .replace("a_b, \"a_b\"", "a_b, \"a_b\" + 0")
            .replace("amount, \"Amount\" from", "amount, 0 + \"Amount\" from");
        assert_eq!(of(csv, &sql), [row], "{sql}");
    }
}
