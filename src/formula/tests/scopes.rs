//! What results count, and what the parts of a formula do not allow, operation by operation.

use rust_decimal::dec;

use super::super::*;
use super::parse;
use crate::number::Interval;
use crate::scope::{FacetDeclaration, Facets, FiscalYear, MemberDeclaration, Period, ScopeProblem};

fn facets() -> Facets {
    let member = |name: &str, includes: &[&str]| MemberDeclaration {
        name: name.into(),
        includes: includes.iter().map(|&name| name.to_owned()).collect(),
        aliases: Vec::new(),
        complete: false,
    };
    let facet = |name: &str, members| FacetDeclaration { name: name.into(), members };
    let agency =
        vec![member("DHS", &["ICE", "CBP"]), member("ICE", &[]), member("CBP", &[]), member("FBI", &[])];
    let place = vec![member("north", &[]), member("south", &[])];
    let (facets, errors) = Facets::declare(&[facet("agency", agency), facet("place", place)]);
    assert_eq!(errors, []);
    facets
}

/// A count by an agency in a period.
fn of(value: Decimal, agency: &str, period: &str) -> Quantity {
    let period = Period::parse(period, FiscalYear::default()).unwrap();
    let scope = facets().scope([("agency", [agency])], Some(period)).unwrap();
    Quantity { scope, ..Quantity::point(value, Unit::COUNT) }
}

fn evaluate(text: &str, figures: &[Quantity], over: Option<&str>) -> Value {
    let facets = facets();
    parse(text).unwrap().evaluate(figures, &Context { facets: &facets, over }).unwrap()
}

/// The problems of a formula, with the text they are shown at.
fn problems<'t>(text: &'t str, figures: &[Quantity], over: Option<&str>) -> Vec<(&'static str, &'t str)> {
    let named = |problem: &ScopeProblem| match problem {
        ScopeProblem::DoubleCounting { .. } => "double",
        ScopeProblem::Mixed { .. } => "mixed",
        ScopeProblem::PartOutsideWhole { .. } => "outside",
        ScopeProblem::UnequalPeriods(unequal) if unequal.is_calendar => "calendar",
        ScopeProblem::UnequalPeriods(_) => "unequal",
        ScopeProblem::OtherPeriod { .. } => "other period",
    };
    let issues = evaluate(text, figures, over).issues;
    issues.iter().map(|issue| (named(&issue.problem), issue.span.of(text))).collect()
}

#[test]
fn sums_are_of_things_apart() {
    let march = |agency| of(dec!(10), agency, "2025-03");
    assert_eq!(problems("a + b", &[march("ICE"), march("CBP")], None), []);
    assert_eq!(problems("a + b", &[march("DHS"), march("ICE")], None), [("double", "a + b")]);
    assert_eq!(problems("sum(a, b)", &[march("DHS"), march("ICE")], None), [("double", "sum(a, b)")]);
    assert_eq!(problems("2 * (a + b) + 5", &[march("ICE"), march("FBI")], None), [("mixed", "(a + b)")]);
    assert_eq!(problems("a + 5", &[march("ICE")], None), []);
}

#[test]
fn comparisons_contrast_in_one_facet() {
    let (ice, cbp) = (of(dec!(10), "ICE", "2025-03"), of(dec!(20), "CBP", "2025-03"));
    for text in ["change(a, b)", "b - a", "b / a", "ratio(b, a)", "a < b"] {
        assert_eq!(problems(text, &[ice.clone(), cbp.clone()], None), [("mixed", text)], "{text}");
        assert_eq!(problems(text, &[ice.clone(), cbp.clone()], Some("agency")), [], "{text}");
    }
}

#[test]
fn what_is_compared_gives_the_result_its_period() {
    let (before, after) = (of(dec!(10), "ICE", "2024"), of(dec!(12), "ICE", "2025"));
    let period = |text| {
        let scope = evaluate(text, &[after.clone(), before.clone()], None).scope;
        scope.period().map(ToString::to_string)
    };
    for text in ["a - b", "a / b", "ratio(a, b)", "(a - b) / b"] {
        assert_eq!(period(text).as_deref(), Some("2025"), "{text}");
    }
}

#[test]
fn the_sign_of_a_difference_says_which_is_later() {
    let (before, after) = (of(dec!(10), "ICE", "2024"), of(dec!(12), "ICE", "2025"));
    let sense = |text| evaluate(text, &[before.clone(), after.clone()], None).difference;
    assert_eq!(sense("change(a, b)"), Some(Sense::Rise));
    assert_eq!(sense("a - b"), Some(Sense::Fall));
    assert_eq!(sense("-(a - b)"), Some(Sense::Rise));
    assert_eq!(sense("(a - b) / b * 100"), Some(Sense::Fall));
    assert_eq!(sense("mean(a - b, a - b)"), Some(Sense::Fall));
    assert_eq!(sense("a + b"), None);
    assert_eq!(sense("1 - ratio(a, b)"), None);
}

#[test]
fn periods_that_are_compared_are_equally_long() {
    let days = [of(dec!(10), "ICE", "2025-01-01/2025-01-20"), of(dec!(30), "ICE", "2025-02-01/2025-03-12")];
    assert_eq!(problems("change(a, b)", &days, None), [("unequal", "change(a, b)")]);
    // Both the difference and the quotient compare the two, which is said once.
    assert_eq!(problems("(b - a) / a", &[days[1].clone(), days[0].clone()], None), [("unequal", "(b - a)")]);
    let months = [of(dec!(28), "ICE", "2025-02"), of(dec!(30), "ICE", "2025-03")];
    assert_eq!(problems("change(a, b)", &months, None), [("calendar", "change(a, b)")]);
    let mixed = [of(dec!(28), "ICE", "2025-02"), of(dec!(330), "ICE", "2024")];
    assert_eq!(problems("change(a, b)", &mixed, None), [("unequal", "change(a, b)")]);
}

#[test]
fn levels_and_rates_compare_over_any_periods() {
    let days = [of(dec!(10), "ICE", "2025-01-01/2025-01-20"), of(dec!(30), "ICE", "2025-02-01/2025-03-12")];
    assert_eq!(problems("change(a / days(a), b / days(b))", &days, None), []);
    let stocks = days.clone().map(|figure| Quantity { is_stock: true, ..figure });
    assert_eq!(problems("change(a, b)", &stocks, None), []);
    let percentages = days.map(|figure| Quantity { nominal: dec!(0.1), unit: Unit::Percent, ..figure });
    assert_eq!(problems("points(a, b)", &percentages, None), []);
    assert_eq!(problems("b - a", &percentages, None), []);
}

#[test]
fn shares_rates_and_heads_belong_to_what_they_are_of() {
    let (ice, dhs, fbi) =
        (of(dec!(10), "ICE", "2025"), of(dec!(40), "DHS", "2025"), of(dec!(9), "FBI", "2025"));
    assert_eq!(problems("share(a, b)", &[ice.clone(), dhs.clone()], None), []);
    assert_eq!(evaluate("share(a, b)", &[ice.clone(), dhs.clone()], None).scope, dhs.scope);
    assert_eq!(problems("share(a, b)", &[fbi, dhs.clone()], None), [("outside", "share(a, b)")]);
    let text = "a / days(\"2024\")";
    assert_eq!(problems(text, std::slice::from_ref(&ice), None), [("other period", text)]);
    assert_eq!(evaluate("a / days(a)", std::slice::from_ref(&ice), None).nominal, dec!(10) / dec!(365));
}

#[test]
fn a_mean_keeps_what_its_figures_share() {
    let months = [of(dec!(10), "ICE", "2025-02"), of(dec!(20), "ICE", "2025-03")];
    let scope = evaluate("mean(a, b)", &months, None).scope;
    assert_eq!(scope, facets().scope([("agency", ["ICE"])], None).unwrap());
}

#[test]
fn a_rise_of_totals_may_be_a_fall_by_the_day() {
    let facets = facets();
    let context = Context { facets: &facets, over: None };
    let (february, march) = (of(dec!(2800), "ICE", "2025-02"), of(dec!(2945), "ICE", "2025-03"));
    let by_the_day = |text, figures: &[Quantity]| {
        parse(text).unwrap().evaluate_by_daily_rates(figures, &context).map(|value| value.nominal)
    };
    // 100 a day, then 95 a day.
    assert!(evaluate("change(a, b)", &[february.clone(), march.clone()], None).nominal > Decimal::ZERO);
    assert_eq!(by_the_day("change(a, b)", &[february.clone(), march.clone()]), Some(dec!(-0.05)));
    assert_eq!(by_the_day("(b - a) / a", &[march.clone(), february.clone()]), Some(dec!(-0.05)));
    assert_eq!(by_the_day("b - a", &[march.clone(), february.clone()]), Some(dec!(-155)));
    assert_eq!(by_the_day("b > a", &[march.clone(), february.clone()]), Some(Decimal::ZERO));
    assert_eq!(by_the_day("change(a, b)", &[february.clone(), of(dec!(1), "ICE", "2023-02")]), None);
    let above = Quantity { range: Interval::above(dec!(2945)), ..march };
    let value = parse("change(a, b)").unwrap().evaluate_by_daily_rates(&[february, above], &context).unwrap();
    assert_eq!(value.range, Interval::above(dec!(-0.05)));
}
