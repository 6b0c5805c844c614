//! Formulas: parsed, evaluated over figures of many kinds, traced.
//!
//! Nothing may panic, and what is wrong must lie inside the formula.
#![no_main]

use factcheck::formula::{Context, Formula, FormulaError, Quantity};
use factcheck::number::{Decimal, Interval};
use factcheck::scope::{Facets, FiscalYear};
use factcheck::unit::{Currency, Unit};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let formula = match Formula::parse(text, FiscalYear::default()) {
        Ok(formula) => formula,
        Err(error) => return assert_inside(&error, text),
    };
    assert_eq!(formula.text(), text);
    for name in formula.names() {
        assert!(name.span.of(text).starts_with(name.head), "the place of a name is the name");
    }
    let facets = Facets::default();
    let context = Context { facets: &facets, over: None };
    let figures = figures(formula.names().len());
    match formula.evaluate(&figures, &context) {
        Ok(value) => assert!(value.range.contains(value.nominal), "the range holds the value: {value:?}"),
        Err(error) => assert_inside(&error, text),
    }
    formula.trace(&figures, &context);
});

/// So many figures: certain and uncertain ones, of either sign, zero, in several units.
fn figures(count: usize) -> Vec<Quantity> {
    let units =
        [Unit::Bare, Unit::COUNT, Unit::Percent, Unit::money(Currency::USD), Unit::DAYS, Unit::MONTHS];
    let values = [12_345, 0, -7, 9_500_000_000, 1, 365, 100_000];
    let values = values.into_iter().map(|value| Decimal::new(value, 0));
    let pairs = units.into_iter().cycle().zip(values.cycle()).take(count);
    pairs
        .enumerate()
        .map(|(at, (unit, nominal))| {
            let range = match at % 3 {
                0 => Interval::point(nominal),
                1 => Interval::closed(nominal - Decimal::ONE, nominal + Decimal::ONE),
                _ => Interval::at_least(nominal),
            };
            Quantity { range, ..Quantity::point(nominal, unit) }
        })
        .collect()
}

fn assert_inside(error: &FormulaError, text: &str) {
    let span = error.span.range();
    assert!(span.start <= span.end && span.end <= text.len(), "{error:?} lies outside of the formula");
    assert!(text.get(span).is_some(), "{error:?} lies inside a character");
}
