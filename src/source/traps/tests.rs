use rust_decimal::dec;

use crate::scope::FiscalYear;
use crate::source::tests::{csv, figures, is, taken};
use crate::source::{
    Answer, Bound, Condition, End, Format, Input, Match, Request, RowPlace, Sign, TableOptions, Take, Test,
    Trap, answer,
};

fn one(table: &str, request: Request<'_>) -> Answer {
    figures(table, &csv(), &[request]).remove(0).unwrap()
}

fn traps(table: &str, request: Request<'_>) -> Vec<Trap> {
    one(table, request).traps
}

fn sum(table: &str) -> Vec<Trap> {
    traps(table, taken(Take::Sum, "n", vec![]))
}

#[test]
fn a_row_that_stands_twice_is_told_by_its_lines() {
    let table = "a,n\nx,1\ny,2\nx, 1\nx,1\nz,1\n";
    let twice = [Trap::DuplicateRows {
        pairs: [(4, 2), (5, 2)].map(|(row, first)| (RowPlace::line(row), RowPlace::line(first))).to_vec(),
        rows: 2,
    }];
    assert_eq!(sum(table), twice);
    assert_eq!(traps(table, taken(Take::Count, "n", vec![])), twice);
    assert_eq!(traps(table, taken(Take::Sum, "n", vec![is("a", "y")])), []);
    assert_eq!(traps(table, taken(Take::Max, "n", vec![])), []);
    assert_eq!(sum("n\n1\n1\n"), []);
    // A column that no rule names tells rows apart, in JSON too.
    let json = |rows: &[u8]| {
        let requests = [taken(Take::Sum, "n", vec![])];
        let options = TableOptions::new(Format::Ndjson);
        answer(Input::Bytes(rows), &options, &requests).unwrap().remove(0).unwrap().traps
    };
    assert_eq!(json(b"{\"n\":1,\"a\":1}\n{\"n\":1,\"a\":2}\n"), []);
    assert_eq!(json(b"{\"n\":1,\"a\":1}\n{\"a\":1,\"n\":1}\n").len(), 1);
}

#[test]
fn a_total_is_told_by_its_word_or_by_being_the_sum() {
    let is_total = |table: &str| match sum(table).as_slice() {
        [] => None,
        [Trap::TotalAmongParts { cell, sign }] => Some((cell.row.line, matches!(sign, Sign::Word(_)))),
        other => panic!("{other:?}"),
    };
    assert_eq!(is_total("place,n\nNorth,4\nSouth,5\nTotal,9\n"), Some((4, true)));
    assert_eq!(is_total("place,n\nGrand total,9\nNorth,4\nSouth,5\n"), Some((2, true)));
    assert_eq!(is_total("place,n\nAll ages,9\nyoung,4\nold,5\n"), Some((2, true)));
    assert_eq!(is_total("place,n\nA,100\nB,200\nC,300\nEverywhere,600\n"), Some((5, false)));
    // Parts that are named in words like these, sums by chance, and totals that are asked for.
    assert_eq!(is_total("place,n\nAll other causes,2\nyoung,4\nold,5\n"), None);
    assert_eq!(is_total("place,n\nAll Saints,7\nSt Mary,2\nSt John,3\n"), None);
    assert_eq!(
        is_total("age,year,n\nAll,1,9\nyoung,1,4\nold,1,5\nAll,2,7\nyoung,2,3\nold,2,4\n"),
        Some((2, true))
    );
    assert_eq!(is_total("place,n\nA,1\nB,2\nC,3\nD,6\n"), None);
    assert_eq!(is_total("place,n\nA,300\nB,300\n"), None);
    assert_eq!(is_total("place,n\nA,100\nB,200\nC,0\nD,300\n"), None);
    assert_eq!(is_total("kind,year,n\ntotal,2023,4\ntotal,2024,5\n"), None);
}

#[test]
fn numbers_that_run_on_need_a_name_that_says_so() {
    let months = "1,3\n2,5\n3,5\n4,9\n5,12\n6,13\n";
    for (header, is_told) in [
        ("month,cases (YTD)", true),
        ("month,Cumulative cases", true),
        ("month,cases to date", true),
        ("month,cases", false),
        ("month,date", false),
    ] {
        let column = header.split_once(',').unwrap().1;
        let found = traps(&format!("{header}\n{months}"), taken(Take::Sum, column, vec![]));
        assert_eq!(
            matches!(found[..], [Trap::CumulativeSummed { rows: 6, .. }]),
            is_told,
            "{header}: {found:?}"
        );
    }
    let of = |rows: &str| traps(&format!("month,ytd\n{rows}"), taken(Take::Sum, "ytd", vec![]));
    let backwards: Vec<&str> = months.lines().rev().collect();
    assert_eq!(of(&backwards.join("\n")).len(), 1);
    assert_eq!(of("1,3\n2,5\n3,4\n4,9\n5,12\n6,11\n"), []);
    assert_eq!(of("1,3\n2,3\n3,3\n4,3\n5,3\n6,3\n"), []);
    assert_eq!(traps(&format!("month,ytd\n{months}"), taken(Take::Max, "ytd", vec![])), []);
}

#[test]
fn counts_at_which_programs_stop_are_told_and_no_values() {
    let rows = |count: usize| (0..count).fold("a,n\n".to_owned(), |table, row| table + &format!("{row},1\n"));
    let counted = |count| traps(&rows(count), taken(Take::Count, "n", vec![]));
    assert_eq!(counted(255), [Trap::SuspiciousCount { rows: 255, is_table: false }]);
    assert_eq!(counted(254), []);
    assert_eq!(sum(&rows(255)), []);
    assert_eq!(sum(&rows(65_535)), [Trap::SuspiciousCount { rows: 65_535, is_table: true }]);
    assert_eq!(one(&rows(255), taken(Take::Sum, "n", vec![])).value, dec!(255));
}

#[test]
fn months_without_a_row_are_told_between_and_at_the_ends() {
    let fiscal = FiscalYear::default();
    let test = |end, day: &str| Condition {
        column: "m",
        test: Test::Days { end, day: day.parse().unwrap(), fiscal },
    };
    let range = || vec![test(End::First, "2025-01-01"), test(End::Last, "2025-06-30")];
    let holes = |traps: Vec<Trap>| -> Vec<String> {
        let [Trap::MissingPeriods { holes, .. }] = &traps[..] else { return Vec::new() };
        holes.iter().map(|hole| format!("{} {} {}", hole.gap.first, hole.gap.last, hole.is_at_end)).collect()
    };
    let of = |months: &[&str]| {
        let rows: Vec<String> = months.iter().zip(1..).map(|(month, n)| format!("{month},{n}")).collect();
        holes(traps(&format!("m,n\n{}\n", rows.join("\n")), taken(Take::Sum, "n", range())))
    };
    assert_eq!(of(&["2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06"]), [""; 0]);
    assert_eq!(of(&["2025-06", "2025-01", "2025-04"]), ["2025-02 2025-03 false", "2025-05 2025-05 false"]);
    assert_eq!(
        of(&["2025-02", "2025-03", "2025-04", "2025-05"]),
        ["2025-01 2025-01 false", "2025-06 2025-06 true"]
    );
    assert_eq!(of(&["2025-01-03", "2025-04-11"]), [""; 0]);
    let years = || vec![Condition { column: "m", test: Test::Number(Bound::AtLeast, dec!(2019)) }];
    let found = traps("m,n\n2019,1\n2020,2\n2022,3\n", taken(Take::Sum, "n", years()));
    assert_eq!(holes(found), ["2021 2021 false"]);
    let series = |table: &str| {
        let request = Request { group_by: Some("m"), ..taken(Take::Sum, "n", vec![]) };
        holes(traps(table, request))
    };
    assert_eq!(series("m,n\n2019,1\n2020,2\n2022,3\n"), ["2021 2021 false"]);
    assert_eq!(series("m,n\n2008,1\n2012,2\n2016,3\n"), [""; 0]);
    // Rows that are picked one by one are no series.
    let picked = Test::OneOf(vec![Match::Text("2019".into()), Match::Text("2022".into())]);
    let picked = taken(Take::Sum, "n", vec![Condition { column: "m", test: picked }]);
    assert_eq!(traps("m,n\n2019,1\n2020,2\n2022,3\n", picked), []);
}

#[test]
fn a_word_for_a_scale_among_numbers_without_one_is_told() {
    assert!(matches!(sum("a,n\nx,1.5 million\ny,0\nz,2.1\n")[..], [Trap::MixedScales { .. }]));
    assert_eq!(sum("a,n\nx,1.5 million\ny,0\nz,2.1 million\n"), []);
    assert_eq!(sum("a,n\nx,$1\ny,2\nz,$3\n"), []);
    assert_eq!(traps("a,n\nx,1.5 million\ny,2.1\n", taken(Take::One, "n", vec![is("a", "x")])), []);
}
