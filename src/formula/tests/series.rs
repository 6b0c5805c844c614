//! Series in formulas.

use super::*;
use crate::series::{Member, Series};

fn series(values: &[(&str, i64)]) -> Quantity {
    let member = |(key, value): &(&str, i64)| Member {
        key: (*key).into(),
        value: (*value).into(),
        rows: 1,
        file: 0,
        line: 2,
        column: None,
        printed: "".into(),
    };
    let series = Series::new(values.iter().map(member).collect());
    Quantity { series: Some(series.into()), ..point(dec!(0)) }
}

fn years() -> Quantity {
    series(&[("2021", 30), ("2022", 10), ("2023", 50), ("2024", 30)])
}

fn value(formula: &str, figures: &[Quantity]) -> Result<Decimal, FormulaError> {
    let facets = Facets::default();
    let context = Context { facets: &facets, over: None };
    Formula::parse(formula, FiscalYear::default())?.evaluate(figures, &context).map(|value| value.nominal)
}

#[test]
fn functions_make_one_value_of_a_series() {
    for (formula, expected) in [
        ("max(a)", dec!(50)),
        ("min(a)", dec!(10)),
        ("sum(a)", dec!(120)),
        ("mean(a)", dec!(30)),
        ("median(a)", dec!(30)),
        ("count(a)", dec!(4)),
        ("rank(a)", dec!(2)),
        ("rank(a, \"2023\")", dec!(1)),
        ("rank(a, \"2022\")", dec!(4)),
        ("max(a) - min(a) * 2", dec!(30)),
    ] {
        assert_eq!(value(formula, &[years()]), Ok(expected), "{formula}");
    }
}

#[test]
fn a_series_is_no_number() {
    for formula in
        ["a", "-a", "a + 1", "1 < a", "change(a, 2)", "max(a, 2)", "max(2, a)", "abs(a)", "days(a)"]
    {
        let error = value(formula, &[years()]).unwrap_err();
        assert!(
            error.message.contains("`a` is a series (4 values, from 2021 to 2024)"),
            "{formula}: {error}"
        );
        assert!(error.help.unwrap().contains("a[\"2024\"]"), "{formula}");
        assert_eq!(error.span.of(formula), "a", "{formula}");
    }
    assert!(value("rank(b)", &[point(dec!(1))]).unwrap_err().message.contains("no series"));
    let error = value("rank(a, \"2025\")", &[years()]).unwrap_err();
    assert!(error.message.contains("no key `2025`"), "{error}");
    assert!(value("rank(a, 2024)", &[years()]).is_err());
}

#[test]
fn a_key_in_brackets_names_one_value_and_reads_back() {
    for formula in
        ["a[\"2024\"] / a[\"2023\"]", "rank(a, \"2024\")", "max(a['x \"y\"'], t[\"FY 2024\"].amount)"]
    {
        let parsed = Formula::parse(formula, FiscalYear::default()).unwrap();
        assert_eq!(parsed.to_string(), formula);
        assert_eq!(Formula::parse(&parsed.to_string(), FiscalYear::default()).unwrap(), parsed);
    }
    let parsed = Formula::parse("a[\"2024\"] - a[\"2023\"] + a[\"2024\"]", FiscalYear::default()).unwrap();
    let names: Vec<String> = parsed.names().iter().map(ToString::to_string).collect();
    assert_eq!(names, ["a[\"2024\"]", "a[\"2023\"]"]);
}

#[test]
fn a_series_is_certain_beside_what_is_not() {
    let formula = Formula::parse("b - max(a) + b", FiscalYear::default()).unwrap();
    let facets = Facets::default();
    let context = Context { facets: &facets, over: None };
    let figures = [uncertain(Interval::closed(dec!(10), dec!(20))), years()];
    let value = formula.evaluate(&figures, &context).unwrap();
    assert_eq!(value.range, Interval::closed(dec!(-30), dec!(-10)));
}
