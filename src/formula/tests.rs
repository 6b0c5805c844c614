//! Formulas as stories need them, and that they print as they read.

mod enclosing;
mod real;
mod scopes;
mod series;

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
        ("4 ^ 0.5 + 8 ^ (1 / 3)", "4"),
        ("1_000_000 * (3 / 1_000_000_000)", "0.003"),
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
    assert_eq!(unit("40% + 5 pp"), Unit::Percent);
    assert_eq!(unit("5 pp + 40%"), Unit::Percent);
    assert_eq!(unit("ratio(2 years, 30 days)"), Unit::Ratio);
    let months = evaluate("1 year + 30 days", &[]).unwrap();
    assert!(months.range.as_point().is_none(), "a day is not the same part of every year: {}", months.range);
}

#[test]
fn what_is_left_of_a_whole_is_a_share_and_no_difference() {
    let told =
        |text: &str| evaluate(text, &[]).map(|value| (value.unit, value.difference.is_some())).unwrap();
    assert_eq!(told("100% - 45%"), (Unit::Percent, false));
    assert_eq!(told("45% - 40%"), (Unit::Points, true));
    assert_eq!(told("1 - 30 / 40"), (Unit::Bare, false));
    assert_eq!(told("1 - 40 / 30"), (Unit::Bare, true));
    assert_eq!(told("(7 - 4) / 4 * 100"), (Unit::Bare, true));
    assert_eq!(told("abs(4 - 7)"), (Unit::Bare, false));
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
    assert_eq!(fails("2 ^ 3 days").0, "3 days");
    assert_eq!(fails("0 ^ -1").1, "a negative power of zero");
    assert_eq!(fails("(-2) ^ 0.5").1, "a root of a negative number");
    assert_eq!(fails("per(40, 1 million, 1.5)").0, "1.5");
    assert_eq!(fails("5% > 3 pp").0, "5% > 3 pp");
    assert_eq!(fails("1 + 0.00000000000000000000000000000001").0, "0.00000000000000000000000000000001");
    assert_eq!(fails("budget.2024.amount").2, "write [\"2024\"]");
    assert!(fails("5 # 3").1.contains('#'));
    assert!(parse(&"(".repeat(10_000)).unwrap_err().to_string().contains("nested"));
    assert!(parse(&"-".repeat(10_000)).unwrap_err().to_string().contains("nested"));
    assert!(fails("budget.fy2024").1.contains("expected a row and a column"));
}

#[test]
fn a_sum_may_be_as_long_as_it_likes() {
    let long = vec!["1"; 20_000].join(" + ");
    assert_eq!(evaluate(&long, &[]).unwrap().nominal, dec!(20000));
    assert_eq!(parse(&long).unwrap().to_string(), long);
    let names: Vec<String> = (0..20_000).map(|at| format!("a{at}")).collect();
    let text = names.join(" + ");
    let formula = parse(&text).unwrap();
    assert!(formula.names().iter().map(ToString::to_string).eq(names));
}

#[test]
fn names_are_told_once() {
    let formula =
        parse("(budget.fy2025.amount - budget[\"FY 2024\"].amount) / budget[\"FY 2024\"].amount").unwrap();
    let names: Vec<String> = formula.names().iter().map(ToString::to_string).collect();
    assert_eq!(names, ["budget.fy2025.amount", "budget[\"FY 2024\"].amount"]);
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

#[test]
fn a_divisor_that_may_be_zero_ends_the_trace() {
    let facets = Facets::default();
    let figures = [uncertain(Interval::closed(dec!(-1), dec!(1)))];
    let trace = parse("1 / a").unwrap().trace(&figures, &Context { facets: &facets, over: None });
    assert_eq!(trace.steps.len(), 2);
    assert!(trace.error.unwrap().message.contains("somewhere in the range"));
}

/// Formulas over the figures a and b.
fn any_formula() -> impl Strategy<Value = String> {
    let leaf =
        prop_oneof![Just("a".to_owned()), Just("b".to_owned()), (1u32..50).prop_map(|n| n.to_string())];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            (pair.clone(), "[-+*/]").prop_map(|((a, b), operator)| format!("({a} {operator} {b})")),
            (pair.clone(), "[-+*/^]").prop_map(|((a, b), operator)| format!("{a} {operator} {b}")),
            (pair, "change|ratio|share|min|max|sum|mean|median")
                .prop_map(|((a, b), f)| format!("{f}({a}, {b})")),
            inner.clone().prop_map(|a| format!("-{a}")),
            inner.clone().prop_map(|a| format!("abs({a})")),
            inner.prop_map(|a| format!("({a}) ^ 2")),
        ]
    })
}

/// What a formula says, without where.
fn structure<'f>(formula: &'f Formula<'_>) -> (Vec<&'f NodeKind>, &'f [NodeId], Vec<String>) {
    let nodes = formula.nodes.iter().map(|node| &node.kind).collect();
    (nodes, &formula.operands, formula.names.iter().map(ToString::to_string).collect())
}

#[test]
fn a_cell_is_the_same_with_spaces_around_its_points() {
    for text in ["a.b.c", "change(data.r1.before, data.r1.after)", "a.b.c - a.b.d / a.b.c"] {
        let spaced = text.replace('.', " . ");
        let (plain, spaced) = (parse(text).unwrap(), parse(&spaced).unwrap());
        assert_eq!(structure(&plain), structure(&spaced), "{text}");
        assert!(plain.names().iter().all(|name| name.span.of(text) == name.to_string()), "{text}");
    }
    for half in ["a.b", "a.b.", "a.b.2", "a.b.c.d", "a.b.c d", "a.b[c]"] {
        assert!(parse(half).is_err(), "{half}");
    }
    assert_eq!(parse("a.b[\"C 1\"]").unwrap().to_string(), "a.b[\"C 1\"]");
}

proptest! {
    #[test]
    fn formulas_read_back_as_they_print(text in any_formula()) {
        let formula = parse(&text).unwrap();
        let printed = formula.to_string();
        let again = parse(&printed).unwrap();
        prop_assert_eq!(structure(&formula), structure(&again), "{} printed as {}", text, printed);
        prop_assert_eq!(&again.to_string(), &printed);
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,40}|[-+*/^()a-c0-9.,%$ <>=\"\\[\\]]{0,40}") {
        if let Ok(formula) = parse(&text) {
            prop_assert_eq!(parse(&formula.to_string()).map(|again| again.to_string()), Ok(formula.to_string()));
            let figures = vec![uncertain(Interval::closed(dec!(-1), dec!(2))); formula.names().len()];
            let facets = Facets::default();
            _ = formula.evaluate(&figures, &Context { facets: &facets, over: None });
        }
    }
}
