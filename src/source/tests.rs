use jiff::civil::{Date, date};
use rust_decimal::{Decimal, dec};

use super::*;
use crate::unit::{Currency, Unit};

mod hostile;
mod ranges;
mod rules;
mod several;

/// The figures of a CSV table in memory.
pub(super) fn figures(
    table: &str,
    options: &TableOptions<'_>,
    requests: &[Request<'_>],
) -> Vec<Result<Answer, FigureError>> {
    answer(Input::Bytes(table.as_bytes()), options, requests).unwrap()
}

pub(super) fn csv() -> TableOptions<'static> {
    TableOptions::new(Format::Csv)
}

pub(super) fn named<'a>(key: &'a str, column: &'a str) -> Request<'a> {
    Request {
        select: Select::Named(key),
        column,
        group_by: None,
        take: Take::One,
        missing: MissingRule::Error,
        written: ColumnOptions::default(),
    }
}

pub(super) fn taken<'a>(take: Take, column: &'a str, conditions: Vec<Condition<'a>>) -> Request<'a> {
    Request { select: Select::Where(conditions), take, ..named("", column) }
}

pub(super) fn is<'a>(column: &'a str, text: &'a str) -> Condition<'a> {
    Condition { column, test: Test::Is(Match::Text(text.into())) }
}

const BUDGET: &str =
    "year,amount,Staff (FTE)\nFY 2023,9.0,\"7,100\"\nFY 2024,9.5,\"7,250*\"\nFY2025,n/a,\"7,400\"\n";

fn budget() -> TableOptions<'static> {
    TableOptions { key: Some("year"), ..csv() }
}

#[test]
fn a_cell_is_named_by_key_and_column() {
    let requests = [named("fy2024", "amount"), named("fy_2023", "staff_fte"), named("fy2025", "Staff (FTE)")];
    let figures = figures(BUDGET, &budget(), &requests);
    let values: Vec<Decimal> = figures.iter().map(|figure| figure.as_ref().unwrap().value).collect();
    assert_eq!(values, [dec!(9.5), dec!(7100), dec!(7400)]);
    let first = figures[0].as_ref().unwrap();
    assert_eq!((first.unit, first.rows, first.missing), (Unit::Bare, 1, 0));
    assert_eq!(
        first.cells().collect::<Vec<_>>(),
        [&CellPlace { row: RowPlace::line(3), column: None, text: Printed::new("9.5") }]
    );
}

#[test]
fn a_key_in_brackets_is_exact() {
    let exact = |key| Request { select: Select::Key(key), ..named("", "amount") };
    let figures = figures(BUDGET, &budget(), &[exact("FY 2024"), exact("fy2024")]);
    assert_eq!(figures[0].as_ref().unwrap().value, dec!(9.5));
    let error = figures[1].as_ref().unwrap_err();
    assert_eq!(error.to_string(), "no row where `year` is `fy2024`");
    assert_eq!(error.help().unwrap(), "did you mean `FY 2024`?");
}

#[test]
fn the_key_itself_goes_before_its_name_whatever_the_order() {
    let by_name_first = "k,n\nA 1,1\na1,2\n";
    let exact_first = "k,n\na1,2\nA-1,1\n";
    let options = TableOptions { key: Some("k"), ..csv() };
    for table in [by_name_first, exact_first] {
        let figure = figures(table, &options, &[named("a1", "n")]).remove(0).unwrap();
        assert_eq!(figure.value, dec!(2), "{table}");
    }
}

#[test]
fn keys_collide_only_for_those_who_ask() {
    let table = "k,n\nA 1,1\nA-1,2\nb,3\nb,4\nc,5\n";
    let options = TableOptions { key: Some("k"), ..csv() };
    let figures = figures(table, &options, &[named("a1", "n"), named("b", "n"), named("c", "n")]);
    assert_eq!(figures[0].as_ref().unwrap_err().to_string(), "2 rows where `k` is `a1` (lines 2, 3)");
    assert_eq!(figures[1].as_ref().unwrap_err().to_string(), "2 rows where `k` is `b` (lines 4, 5)");
    assert_eq!(figures[2].as_ref().unwrap().value, dec!(5));
}

#[test]
fn many_keys_are_each_given_their_own_row() {
    let rows: Vec<String> = (0..500).map(|row| format!("r{row},{}", row * 7)).collect();
    let table = format!("id,n\n{}\n", rows.join("\n"));
    let keys: Vec<String> = (0..500).rev().flat_map(|row| [format!("r{row}"), format!("r{row}")]).collect();
    let requests: Vec<Request<'_>> = keys.iter().map(|key| named(key, "n")).collect();
    let options = TableOptions { key: Some("id"), ..csv() };
    for (figure, row) in
        figures(&table, &options, &requests).iter().zip((0..500).rev().flat_map(|row| [row, row]))
    {
        assert_eq!(figure.as_ref().unwrap().value, Decimal::from(row * 7));
    }
}

const REMOVALS: &str = "from;to;agency;removals\n2025-02-01;2025-02-28;ICE;11,000\n2025-03-01;2025-03-28;ICE;12,300\n\
                        2025-03-01;2025-03-28;CBP;4,000\n2024-03-01;2024-03-28;ICE;12,700\n";

#[test]
fn rows_are_selected_by_the_values_they_have() {
    let day = |column, day| Condition { column, test: Test::Is(Match::Date(day)) };
    let march = || vec![day("from", date(2025, 3, 1)), is("agency", "ICE")];
    let requests = [
        taken(Take::One, "removals", march()),
        taken(Take::Sum, "removals", vec![is("agency", "ICE")]),
        taken(Take::Count, "removals", vec![]),
        taken(Take::Mean, "removals", vec![]),
        taken(Take::Median, "removals", vec![]),
        taken(Take::Median, "removals", vec![is("agency", "ICE")]),
        taken(Take::Min, "removals", vec![]),
        taken(Take::Max, "removals", vec![]),
        taken(Take::Count, "removals", vec![is("agency", "USCG")]),
        taken(
            Take::One,
            "removals",
            vec![Condition { column: "removals", test: Test::Is(Match::Number(dec!(4000))) }],
        ),
    ];
    let figures = figures(REMOVALS, &csv(), &requests);
    let values: Vec<Decimal> = figures.iter().map(|figure| figure.as_ref().unwrap().value).collect();
    let expected = [12300, 36000, 4, 10000, 11650, 12300, 4000, 12700, 0, 4000].map(Decimal::from);
    assert_eq!(values, expected);
    let lines = |place: usize| -> Vec<u64> {
        figures[place].as_ref().unwrap().cells().map(|cell| cell.row.line).collect()
    };
    assert_eq!(lines(2), [2, 3, 4, 5]);
    assert_eq!(lines(7), [5]);
    assert_eq!(figures[2].as_ref().unwrap().unit, Unit::COUNT);
}

#[test]
fn no_row_names_the_value_that_is_most_alike() {
    let requests = [
        taken(Take::Sum, "removals", vec![is("to", "2025-03-28"), is("agency", "ICF")]),
        taken(Take::One, "removals", vec![is("agency", "CBP"), is("from", "2025-02-01")]),
    ];
    for input in ["bytes", "stream"] {
        let mut bytes = REMOVALS.as_bytes();
        let input = if input == "bytes" { Input::Bytes(bytes) } else { Input::Stream(&mut bytes) };
        let figures = answer(input, &csv(), &requests).unwrap();
        let error = figures[0].as_ref().unwrap_err();
        assert_eq!(error.to_string(), "no row where `to` is `2025-03-28` and `agency` is `ICF`");
        assert_eq!(error.help().unwrap(), "did you mean `ICE`?");
        // Each value is there, but in different rows.
        assert_eq!(figures[1].as_ref().unwrap_err().help(), None);
    }
}

#[test]
fn several_rows_are_told_by_their_lines() {
    let figures = figures(REMOVALS, &csv(), &[taken(Take::One, "removals", vec![is("to", "2025-03-28")])]);
    let error = figures[0].as_ref().unwrap_err();
    assert_eq!(error.to_string(), "2 rows where `to` is `2025-03-28` (lines 3, 4)");
    assert!(error.help().unwrap().contains("take = \"sum\""));
}

#[test]
fn unknown_and_doubled_columns_are_errors_where_they_are_asked_for() {
    let table = "k,n,m,m,A b,a-b\nx,1,2,3,4,5\n";
    let options = TableOptions { key: Some("k"), ..csv() };
    let requests = [named("x", "n"), named("x", "m"), named("x", "a_b"), named("x", "A b"), named("x", "nn")];
    let figures = figures(table, &options, &requests);
    assert_eq!(figures[0].as_ref().unwrap().value, dec!(1));
    assert_eq!(figures[1].as_ref().unwrap_err().to_string(), "several columns could be `m`: `m`, `m`");
    assert_eq!(figures[2].as_ref().unwrap_err().to_string(), "several columns could be `a_b`: `A b`, `a-b`");
    assert_eq!(figures[3].as_ref().unwrap().value, dec!(4));
    let error = figures[4].as_ref().unwrap_err();
    assert_eq!(error.to_string(), "no column `nn` (the table has `k`, `n`, `m`, `m`, `A b`, `a-b`)");
    assert_eq!(error.help().unwrap(), "did you mean `n`?");
}

#[test]
fn the_rules_may_not_speak_of_columns_that_are_not_there() {
    let settings = [("amuont", ColumnOptions::default())];
    let options = TableOptions { columns: &settings, ..budget() };
    let error = answer(Input::Bytes(BUDGET.as_bytes()), &options, &[]).unwrap_err();
    assert!(matches!(error, TableError::UnknownColumn { nearest: Some(nearest), .. } if nearest == "amount"));
    let options = TableOptions { key: Some("yaer"), ..csv() };
    assert!(answer(Input::Bytes(BUDGET.as_bytes()), &options, &[]).is_err());
    let figures = figures(BUDGET, &csv(), &[named("fy2024", "amount")]);
    assert_eq!(figures[0], Err(FigureError::NoKey));
}

#[test]
fn money_and_its_currency() {
    let usd = Unit::money(Currency::USD);
    let figure =
        figures("n\n\"$1,000\"\n500\n$2\n", &csv(), &[taken(Take::Sum, "n", vec![])]).remove(0).unwrap();
    assert_eq!((figure.value, figure.unit), (dec!(1502), usd));
}

#[test]
fn one_wrong_byte_spoils_no_other_cell() {
    let table = b"name,many\nM\xc3\xa9tier,1\nCaf\xe9,2\nNa\xc3\xafve,3\n";
    let wanted = ["M\u{e9}tier", "Caf\u{e9}", "Na\u{ef}ve"].map(|key| named(key, "many"));
    let options = TableOptions { key: Some("name"), ..csv() };
    let mut stream = &table[..];
    for input in [Input::Bytes(table), Input::Stream(&mut stream)] {
        let answers = answer(input, &options, &wanted).unwrap();
        let values: Vec<_> = answers.into_iter().map(|answer| answer.unwrap().value).collect();
        assert_eq!(values, [dec!(1), dec!(2), dec!(3)]);
    }
}
