//! Amounts in the money of another time, and comparisons of money of several.

use super::*;
use crate::scope::{Period, Scope};

/// An amount of money of a year.
fn dollars(value: Decimal, year: &str) -> Quantity {
    let period = Period::parse(year, FiscalYear::default()).unwrap();
    let unit = Unit::money(Currency::USD);
    Quantity { scope: Scope::default().with_period(Some(period)), ..Quantity::point(value, unit) }
}

#[test]
fn an_index_is_a_column_of_a_table() {
    let text = "real(fare, \"1990\", \"2025\", cpi.value)";
    let formula = parse(text).unwrap();
    let names: Vec<String> = formula.names().iter().map(ToString::to_string).collect();
    assert_eq!(names, ["fare", "cpi[\"1990\"].value", "cpi[\"2025\"].value"]);
    assert!(formula.names()[1..].iter().map(|name| name.span.of(text)).eq(["\"1990\"", "\"2025\""]));
    assert_eq!(formula.to_string(), text);
    let figures = [dollars(dec!(2), "1990"), point(dec!(130.7)), point(dec!(326.75))];
    let value = evaluate(text, &figures).unwrap();
    assert_eq!((value.nominal, value.unit), (dec!(5), Unit::money(Currency::USD)));
    let uncertain = Quantity { range: Interval::closed(dec!(1.9), dec!(2.1)), ..figures[0].clone() };
    let [_, then, now] = figures;
    let range = evaluate(text, &[uncertain, then, now]).unwrap().range;
    assert_eq!(range, Interval::closed(dec!(4.75), dec!(5.25)));
    for text in ["real(a, 'Q \"1\"', \"b\", c[\"d\"])", "change(real(a, \"1990\", \"2025\", cpi.v), b)"] {
        let formula = parse(text).unwrap();
        assert_eq!(structure(&formula), structure(&parse(&formula.to_string()).unwrap()), "{text}");
    }
    for half in [
        "real(a, \"1990\")",
        "real(a, \"1990\", \"2025\")",
        "real(a, \"1990\", \"2025\", cpi)",
        "real(a, \"1990\", b, cpi.value)",
        "real(a, \"1990\", \"2025\", cpi.value, b)",
        "real(\"1990\", \"2025\", cpi.value)",
        "real(a, b, c, d)",
        "real(a, b, c, d, e)",
    ] {
        assert!(parse(half).is_err(), "{half}");
    }
}

#[test]
fn an_index_begins_in_the_time_of_the_amount() {
    let text = "real(fare, \"1990\", \"2025\", cpi.value)";
    let figures = [dollars(dec!(2), "2000"), point(dec!(1)), point(dec!(2))];
    let error = evaluate(text, &figures).unwrap_err();
    assert_eq!(error.span.of(text), "\"1990\"");
    assert!(error.message.contains("of 2000"), "{}", error.message);
    let month = [dollars(dec!(2), "1990-03"), point(dec!(1)), point(dec!(2))];
    assert!(evaluate(text, &month).is_ok(), "a month lies in its year");
}

#[test]
fn money_of_several_years_is_told() {
    let across = |text: &str, figures: &[Quantity]| evaluate(text, figures).unwrap().across_years;
    let fares = [dollars(dec!(2), "1990"), dollars(dec!(5), "2025")];
    assert_eq!(across("change(a, b)", &fares), Some((1990, 2025)));
    assert_eq!(across("b - a", &fares), Some((1990, 2025)));
    assert_eq!(across("b / a", &fares), Some((1990, 2025)));
    assert_eq!(across("b > a", &fares), Some((1990, 2025)));
    let with_index = [fares[0].clone(), point(dec!(1)), point(dec!(2)), fares[1].clone()];
    assert_eq!(across("change(real(a, \"1990\", \"2025\", cpi.value), b)", &with_index), None);
    assert_eq!(across("change(real(a, \"1990\", \"2015\", cpi.value), b)", &with_index), Some((2015, 2025)));
    assert_eq!(
        across("change(real(a, c, d), b)", &with_index),
        None,
        "nothing tells which time's money it is"
    );
    let people = [
        Quantity { unit: Unit::COUNT, ..fares[0].clone() },
        Quantity { unit: Unit::COUNT, ..fares[1].clone() },
    ];
    assert_eq!(across("change(a, b)", &people), None);
    assert_eq!(across("change($2, b)", &fares[1..]), None, "a number in a formula is of no year");
}
