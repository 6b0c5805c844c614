//! Formulas as stories need them, and the laws of their intervals.

use proptest::prelude::*;
use rust_decimal::dec;

use super::*;
use crate::number::Interval;
use crate::scope::{Facets, FiscalYear};
use crate::unit::{Currency, Unit};

fn parse(text: &str) -> Result<Formula<'_>, FormulaError> {
    Formula::parse(text, FiscalYear::default())
}

fn evaluate(text: &str, figures: &[Quantity]) -> Result<Value, FormulaError> {
    let facets = Facets::default();
    parse(text)?.evaluate(figures, &Context { facets: &facets, over: None })
}

fn point(value: Decimal) -> Quantity {
    Quantity::point(value, Unit::Bare)
}

fn uncertain(range: Interval) -> Quantity {
    let nominal = range.low().value().or(range.high().value()).unwrap_or_default();
    Quantity { range, ..point(nominal) }
}

#[test]
fn arithmetic_is_exact() {
    let cases = [
        ("0.1 + 0.2", "0.3"),
        ("(.455 - .450) / .450 * 100", "1.11111111111111111111111111"),
        ("2 ^ 10 - 2 ^ -1", "1023.5"),
        ("-2 ^ 2", "-4"),
        ("2 ^ 3 ^ 2", "512"),
        ("1_000 + 9.5 billion", "9500001000"),
        ("mean(1, 2, 6) + median(4, 1) - max(1, 2)", "3.5"),
        ("abs(3 - 5) * count(1, 1, 1)", "6"),
        ("real(100, 200, 250)", "125"),
        ("days(\"2025-01-20/P70D\")", "70"),
    ];
    for (text, expected) in cases {
        let value = evaluate(text, &[]).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(value.nominal.normalize().to_string(), expected, "{text}");
    }
}

#[test]
fn units_follow_the_arithmetic() {
    let unit = |text| evaluate(text, &[]).unwrap().unit;
    assert_eq!(unit("change($9 billion, $9.5 billion)"), Unit::Percent);
    assert_eq!(unit("45% - 40%"), Unit::Points);
    assert_eq!(unit("points(40%, 45%)"), Unit::Points);
    assert_eq!(unit("USD 998 * 365"), Unit::money(Currency::USD));
    assert_eq!(unit("1 million / 12 months").to_string(), "number per month");
    assert_eq!(unit("$5 / $10"), Unit::Ratio);
    assert_eq!(unit("per(40, 1 million, 100_000)"), Unit::Per(100_000));
    let months = evaluate("1 year + 30 days", &[]).unwrap();
    assert!(months.range.as_point().is_none(), "a day is not the same part of every year: {}", months.range);
}

#[test]
fn mistakes_are_shown_at_their_place() {
    let fails = |text: &str| {
        let error = evaluate(text, &vec![point(Decimal::ZERO); 4]).unwrap_err();
        (error.span.of(text).to_owned(), error.to_string(), error.help.unwrap_or_default())
    };
    assert_eq!(fails("1 / (2 - 2)").0, "(2 - 2)");
    assert_eq!(fails("chnge(1, 2)").2, "did you mean `change`?");
    assert_eq!(fails("$5 + 3 days").0, "$5 + 3 days");
    assert!(fails("$5 + 3 days").1.contains("left: USD"));
    assert_eq!(fails("1,000 + 2").0, ",");
    assert_eq!(fails("change(0%, 5%)").0, "0%");
    assert_eq!(fails("share(-5, 10)").0, "share(-5, 10)");
    assert_eq!(fails("1 +").0, "");
    assert_eq!(fails("points($5, 3%)").0, "$5");
    assert_eq!(
        fails("99999999999999999999999999 * 99999999999999999999999999").1,
        "the result is too large to be computed exactly"
    );
    assert!(fails("5 # 3").1.contains('#'));
    assert!(parse(&"(".repeat(10_000)).unwrap_err().to_string().contains("nested"));
    assert!(parse(&"-".repeat(10_000)).unwrap_err().to_string().contains("nested"));
    assert!(fails("budget.fy2024").1.contains("expected a row and a column"));
}

#[test]
fn a_sum_may_be_as_long_as_it_likes() {
    let long = vec!["1"; 20_000].join(" + ");
    assert_eq!(evaluate(&long, &[]).unwrap().nominal, dec!(20000));
}

#[test]
fn names_are_told_once() {
    let formula =
        parse("(budget.fy2025.amount - budget[\"FY 2024\"].amount) / budget[\"FY 2024\"].amount").unwrap();
    let names: Vec<String> = formula.names().iter().map(ToString::to_string).collect();
    assert_eq!(names, ["budget.fy2025.amount", "budget[\"FY 2024\"].amount"]);
}

#[test]
fn a_figure_that_occurs_twice_varies_once() {
    let between = uncertain(Interval::closed(dec!(8.5), dec!(9.5)));
    let value = evaluate("a - a", std::slice::from_ref(&between)).unwrap();
    assert_eq!(value.range, Interval::point(Decimal::ZERO));
    let value = evaluate("(b - a) / a", &[point(dec!(9.5)), between.clone()]).unwrap();
    assert_eq!(value.range, evaluate("change(a, b)", &[between, point(dec!(9.5))]).unwrap().range);
    let above = uncertain(Interval::above(dec!(117_000)));
    let value = evaluate("a + a", std::slice::from_ref(&above)).unwrap();
    assert_eq!(value.range, Interval::above(dec!(234_000)));
}

#[test]
fn comparisons_hold_or_do_not_or_cannot_be_told() {
    let range = |figure: Interval| evaluate("a > 10", &[uncertain(figure)]).unwrap().range;
    assert_eq!(range(Interval::closed(dec!(11), dec!(12))), Interval::point(Decimal::ONE));
    assert_eq!(range(Interval::closed(dec!(9), dec!(10))), Interval::point(Decimal::ZERO));
    assert_eq!(range(Interval::closed(dec!(9), dec!(12))), Interval::closed(Decimal::ZERO, Decimal::ONE));
}

#[test]
fn a_failing_formula_is_traced_to_where_it_fails() {
    let facets = Facets::default();
    let text = "(a + b) / (a - a)";
    let figures = [point(dec!(1)), point(dec!(2))];
    let trace = parse(text).unwrap().trace(&figures, &Context { facets: &facets, over: None });
    let steps: Vec<&str> = trace.steps.iter().map(|step| step.span.of(text)).collect();
    assert_eq!(steps, ["a", "b", "(a + b)", "a", "a", "(a - a)"]);
    assert_eq!(trace.error.unwrap().span.of(text), "(a - a)");
}

/// Formulas over the figures a and b.
fn any_formula() -> impl Strategy<Value = String> {
    let leaf =
        prop_oneof![Just("a".to_owned()), Just("b".to_owned()), (1u32..50).prop_map(|n| n.to_string())];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            (pair.clone(), "[-+*/]").prop_map(|((a, b), operator)| format!("({a} {operator} {b})")),
            (pair.clone(), "change|ratio|min|max|sum|mean|median")
                .prop_map(|((a, b), f)| format!("{f}({a}, {b})")),
            inner.clone().prop_map(|a| format!("-{a}")),
            inner.clone().prop_map(|a| format!("abs({a})")),
            inner.prop_map(|a| format!("{a} ^ 2")),
        ]
    })
}

proptest! {
    #[test]
    fn no_value_escapes_its_interval(text in any_formula(), low in 1i64..60, width in 0i64..20, at in 0i64..=20, b in 1i64..60) {
        let formula = parse(&text).unwrap();
        let figure = |name: &str, other: &Quantity, own: &Quantity| if name == "a" { own.clone() } else { other.clone() };
        let range = Interval::closed(Decimal::new(low, 1), Decimal::new(low + width, 1));
        let (a, b) = (uncertain(range), point(Decimal::new(b, 1)));
        let inside = point(Decimal::new(low * 20 + width * at, 1) / dec!(20));
        let with = |own: &Quantity| -> Vec<Quantity> { formula.names().iter().map(|name| figure(name.head, &b, own)).collect() };
        let facets = Facets::default();
        let context = Context { facets: &facets, over: None };
        if let (Ok(whole), Ok(sample)) = (formula.evaluate(&with(&a), &context), formula.evaluate(&with(&inside), &context)) {
            // Quotients are rounded at 28 digits, so that an end may be missed by the last of them.
            let slack = dec!(0.000000000000001) * sample.nominal.abs().max(Decimal::ONE);
            prop_assert!(whole.range.distance(sample.nominal) <= slack, "{} not in {} for {text}", sample.nominal, whole.range);
        }
    }

    #[test]
    fn a_change_is_enclosed_tightly(low in 10i64..60, width in 1i64..20, b in 1i64..60) {
        let range = Interval::closed(Decimal::new(low, 1), Decimal::new(low + width, 1));
        let after = point(Decimal::new(b, 1));
        let change = evaluate("change(a, b)", &[uncertain(range), after.clone()]).unwrap().range;
        let at = |before: Decimal| evaluate("change(a, b)", &[point(before), after.clone()]).unwrap().nominal;
        let ends = Interval::closed(at(Decimal::new(low, 1)), at(Decimal::new(low + width, 1)));
        prop_assert_eq!(change, ends);
    }

    #[test]
    fn formulas_read_back_as_they_print(text in any_formula()) {
        let printed = parse(&text).unwrap().to_string();
        prop_assert_eq!(parse(&printed).unwrap().to_string(), printed.clone());
        let figures = [point(dec!(3)), point(dec!(7))];
        let same = |text: &str| evaluate(text, &figures).map(|value| value.nominal).ok();
        if parse(&text).unwrap().names().len() == parse(&printed).unwrap().names().len() {
            prop_assert_eq!(same(&text), same(&printed));
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,40}|[-+*/^()a-c0-9.,%$ <>=\"\\[\\]]{0,40}") {
        if let Ok(formula) = parse(&text) {
            let figures = vec![uncertain(Interval::closed(dec!(-1), dec!(2))); formula.names().len()];
            let facets = Facets::default();
            _ = formula.evaluate(&figures, &Context { facets: &facets, over: None });
        }
    }
}
