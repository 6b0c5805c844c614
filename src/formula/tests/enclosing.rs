//! Intervals of formulas: never too narrow, and tight where a figure occurs twice.

use proptest::prelude::*;
use rust_decimal::dec;

use super::super::*;
use super::{any_formula, evaluate, parse, point, uncertain};
use crate::number::{High, Interval, Low};
use crate::scope::Facets;

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
fn a_comparison_of_a_figure_with_itself_is_told() {
    let between = uncertain(Interval::closed(dec!(1), dec!(9)));
    assert_eq!(
        evaluate("a > a", std::slice::from_ref(&between)).unwrap().range,
        Interval::point(Decimal::ZERO)
    );
    assert_eq!(evaluate("2 * a > a", &[between]).unwrap().range, Interval::point(Decimal::ONE));
}

#[test]
fn a_formula_that_rises_and_falls_is_halved_until_it_is_tight() {
    let figure = |low, high| uncertain(Interval::closed(low, high));
    let parabola = evaluate("a * (10 - a)", &[figure(dec!(1), dec!(9))]).unwrap().range;
    assert_eq!(parabola, Interval::closed(dec!(9), dec!(25)));
    // Only as a figure taken for two could this divisor be zero.
    let quotient = evaluate("1 / (a * a - a + 1)", &[figure(dec!(0), dec!(1))]).unwrap().range;
    assert!(quotient.covers(&Interval::closed(dec!(1), dec!(1.333))) && !quotient.contains(dec!(1.4)));
}

#[test]
fn ends_that_are_excluded_or_absent_stay_so() {
    let above = uncertain(Interval::above(dec!(100)));
    let ranges = [
        ("a + 5", Interval::above(dec!(105))),
        ("a * 3", Interval::above(dec!(300))),
        ("a ^ 0.5", Interval::above(dec!(10))),
        ("change(a, 200)", Interval::new(Low::Above(dec!(-1)), High::Below(dec!(1))).unwrap()),
        ("(200 - a) / a", Interval::new(Low::Above(dec!(-1)), High::Below(dec!(1))).unwrap()),
        ("max(a, 50)", Interval::above(dec!(100))),
        ("sum(a, a)", Interval::above(dec!(200))),
    ];
    for (text, expected) in ranges {
        assert_eq!(evaluate(text, std::slice::from_ref(&above)).unwrap().range, expected, "{text}");
    }
}

#[test]
fn an_end_that_a_repeated_figure_never_reaches_is_excluded() {
    let of = |low, high| {
        let figure = uncertain(Interval::new(low, high).unwrap());
        evaluate("a / (a + 1)", std::slice::from_ref(&figure)).unwrap().range
    };
    let (one, three) = (dec!(1), dec!(3));
    let expected = |low, high| Interval::new(low, high).unwrap();
    let (half, most) = (dec!(0.5), dec!(0.75));
    assert_eq!(of(Low::Above(one), High::At(three)), expected(Low::Above(half), High::At(most)));
    assert_eq!(of(Low::At(one), High::Below(three)), expected(Low::At(half), High::Below(most)));
}

#[test]
fn a_long_formula_over_uncertain_figures_costs_little_more_than_a_short_one() {
    let text = (0..3000).map(|at| format!("a{at} * a{at}")).collect::<Vec<_>>().join(" + ");
    let figures = vec![uncertain(Interval::closed(dec!(-1), dec!(1))); 3000];
    let range = evaluate(&text, &figures).unwrap().range;
    assert!(range.contains(dec!(0)) && range.contains(dec!(3000)));
}

/// Intervals of every shape, from −2 to 8, and numbers in them.
fn any_figure() -> impl Strategy<Value = (Interval, Vec<Decimal>)> {
    (-20i64..60, 0i64..20, 0u8..16, proptest::collection::vec(0i64..=20, 6)).prop_map(
        |(low, width, shape, at)| {
            let (a, b) = (Decimal::new(low, 1), Decimal::new(low + width, 1));
            let low_end = [Low::At(a), Low::Above(a), Low::At(a), Low::Unbounded][usize::from(shape % 4)];
            let high_end =
                [High::At(b), High::At(b), High::Below(b), High::Unbounded][usize::from(shape / 4)];
            let range = Interval::new(low_end, high_end).unwrap_or(Interval::point(a));
            let inside = at.iter().map(|at| Decimal::new(low * 20 + width * at, 1) / dec!(20));
            let far = [dec!(-900), dec!(-7), dec!(13), dec!(900)];
            let samples = inside.chain(far).filter(|value| range.contains(*value)).collect();
            (range, samples)
        },
    )
}

proptest! {
    #[test]
    fn no_value_escapes_its_interval(text in any_formula(), a in any_figure(), b in any_figure()) {
        let formula = parse(&text).unwrap();
        let facets = Facets::default();
        let context = Context { facets: &facets, over: None };
        let with = |a: &Quantity, b: &Quantity| -> Vec<Quantity> {
            formula.names().iter().map(|name| if name.head == "a" { a.clone() } else { b.clone() }).collect()
        };
        let Ok(whole) = formula.evaluate(&with(&uncertain(a.0), &uncertain(b.0)), &context) else {
            return Ok(());
        };
        for x in &a.1 {
            for y in &b.1 {
                let Ok(sample) = formula.evaluate(&with(&point(*x), &point(*y)), &context) else { continue };
                // Quotients are rounded at 28 digits, so that an end may be missed by the last of them.
                let slack = dec!(0.000000000000001) * sample.nominal.abs().max(Decimal::ONE);
                prop_assert!(
                    whole.range.distance(sample.nominal) <= slack,
                    "{} of {x} and {y} not in {} for {text} over {} and {}",
                    sample.nominal, whole.range, a.0, b.0
                );
            }
        }
    }

    #[test]
    fn what_stories_compute_most_is_enclosed_tightly(
        low in 10i64..60, width in 1i64..20, other in 10i64..60, other_width in 0i64..20,
        shape in prop_oneof![
            Just("change(a, b)"), Just("(b - a) / a"), Just("b / a - 1"), Just("ratio(a, b)"), Just("share(a, b)"),
            Just("points(a, b)"), Just("share(a, a + b)"), Just("a / (a + b)"), Just("(a - b) / (a + b)"),
        ],
    ) {
        let ends = |low, width| [Decimal::new(low, 1), Decimal::new(low + width, 1)];
        let (a, b) = (ends(low, width), ends(other, other_width));
        let formula = parse(shape).unwrap();
        let facets = Facets::default();
        let context = Context { facets: &facets, over: None };
        let with = |a: Quantity, b: Quantity| -> Vec<Quantity> {
            formula.names().iter().map(|name| if name.head == "a" { a.clone() } else { b.clone() }).collect()
        };
        let figure = |of: [Decimal; 2]| uncertain(Interval::closed(of[0], of[1]));
        let range = formula.evaluate(&with(figure(a), figure(b)), &context).unwrap().range;
        // All of these are monotone in each figure, so that their least and greatest values lie in corners.
        let at = |x, y| formula.evaluate(&with(point(x), point(y)), &context).unwrap().nominal;
        let corners = [at(a[0], b[0]), at(a[0], b[1]), at(a[1], b[0]), at(a[1], b[1])];
        let tight = Interval::closed(*corners.iter().min().unwrap(), *corners.iter().max().unwrap());
        let slack = dec!(0.000000000000000000000001);
        prop_assert!(tight.distance(range.low().value().unwrap()) <= slack, "{range} for {tight}");
        prop_assert!(tight.distance(range.high().value().unwrap()) <= slack, "{range} for {tight}");
        prop_assert!(range.distance(tight.low().value().unwrap()) <= slack, "{range} for {tight}");
        prop_assert!(range.distance(tight.high().value().unwrap()) <= slack, "{range} for {tight}");
    }
}
