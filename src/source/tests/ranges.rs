//! Rows that are selected by ranges, lists and beginnings.

use super::*;
use crate::scope::FiscalYear;

const FLIGHTS: &str = "day,state,fips,deaths\n2025-01-19,TX,48201,1\n2025-01-20,TX,48113,2\n2025-02-11,CA,06037,4\n\
                       2025-03-30,TX,48029,8\n2025-03-31,NM,35001,16\n,TX,48001,32\n";

fn end(end: End, day: Date) -> Condition<'static> {
    Condition { column: "day", test: Test::Days { end, day, fiscal: FiscalYear::default() } }
}

fn sum(conditions: Vec<Condition<'_>>) -> Result<Decimal, FigureError> {
    let requests = [taken(Take::Sum, "deaths", conditions)];
    figures(FLIGHTS, &csv(), &requests).remove(0).map(|answer| answer.value)
}

fn from_to() -> Vec<Condition<'static>> {
    vec![end(End::First, date(2025, 1, 20)), end(End::Last, date(2025, 3, 30))]
}

#[test]
fn a_range_of_days_has_both_its_ends() {
    assert_eq!(sum(from_to()), Ok(dec!(14)));
    let prefix = Condition { column: "fips", test: Test::Prefix("48".into()) };
    assert_eq!(sum(from_to().into_iter().chain([prefix]).collect()), Ok(dec!(10)));
    let other = |states: &[&'static str]| states.iter().map(|state| Match::Text((*state).into())).collect();
    let not = Condition { column: "state", test: Test::NoneOf(other(&["TX", "NM"])) };
    assert_eq!(sum(vec![not]), Ok(dec!(4)));
    let any = Condition { column: "state", test: Test::OneOf(other(&["CA", "NM"])) };
    assert_eq!(sum(vec![any]), Ok(dec!(20)));
    let many = Condition { column: "deaths", test: Test::Number(Bound::AtLeast, dec!(8)) };
    assert_eq!(sum(vec![many]), Ok(dec!(56)));
}

#[test]
fn a_row_without_a_date_is_in_no_range_and_is_told_where_nothing_is() {
    let error = sum(vec![end(End::First, date(2025, 4, 1))]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no row where `day` is 2025-04-01 or later; 1 row that might be meant has nothing in the cell that is asked for"
    );
}

#[test]
fn a_cell_that_is_no_date_is_an_error_unless_its_row_is_not_meant() {
    let table = "day,state,n\n2025-01-20,TX,1\nJan 21,CA,2\n2025-01-22,TX,4\n";
    let of = |conditions| figures(table, &csv(), &[taken(Take::Sum, "n", conditions)]).remove(0);
    let from = || end(End::First, date(2025, 1, 20));
    let error = of(vec![from()]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "nobody can tell whether line 3 is meant: `Jan 21` in column `day` is no date"
    );
    assert!(error.help().unwrap().contains("2025-03-01"));
    for conditions in [vec![from(), is("state", "TX")], vec![is("state", "TX"), from()]] {
        assert_eq!(of(conditions).unwrap().value, dec!(5));
    }
    let months = "day,n\n2025-01,1\n2025-02,2\n";
    let of = |day| figures(months, &csv(), &[taken(Take::Sum, "n", vec![end(End::First, day)])]).remove(0);
    assert_eq!(of(date(2025, 1, 1)).unwrap().value, dec!(3));
    let error = of(date(2025, 1, 20)).unwrap_err();
    assert!(
        matches!(
            error,
            FigureError::Unclear { at: RowPlace { line: 2, .. }, why: Unclear::Straddles(_), .. }
        ),
        "{error}"
    );
}
