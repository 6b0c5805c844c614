//! What could turn a verdict, or a direction: the roundings of figures, the days of months, margins of error.

use rust_decimal::MathematicalOps;

use super::book::Printed;
use crate::assessment::{Daily, Held, Margin, Rounding};
use crate::formula::{Formula, Quantity, Value};
use crate::number::Decimal;
use crate::scope::ScopeProblem;
use crate::unit::Unit;

/// What the roundings that the figures' digits imply allow, where that could turn the verdict.
pub(super) fn rounding<'f>(
    quantities: &[Quantity],
    printed: impl Iterator<Item = Option<&'f Printed>> + Clone,
    held: &Held,
    again: impl FnOnce(&[Quantity]) -> Option<Held>,
) -> Option<Rounding> {
    let implied = printed.map(|printed| printed.and_then(|printed| printed.implied));
    if implied.clone().all(|implied| implied.is_none()) {
        return None;
    }
    let rounded = quantities
        .iter()
        .zip(implied)
        .map(|(quantity, implied)| Quantity { range: implied.unwrap_or(quantity.range), ..quantity.clone() });
    let rounded: Vec<Quantity> = rounded.collect();
    let implied = again(&rounded)?;
    let verdict = implied.judgement.verdict;
    (verdict != held.judgement.verdict).then_some(Rounding { range: implied.signed, verdict })
}

/// What daily rates make of two calendar periods of unequal length.
pub(super) fn daily(value: &Value, held: &Held, by_day: impl FnOnce() -> Option<Held>) -> Option<Daily> {
    let is_unequal = |problem: &ScopeProblem| matches!(problem, ScopeProblem::UnequalPeriods(unequal) if unequal.is_calendar);
    if !value.issues.iter().any(|issue| is_unequal(&issue.problem)) {
        return None;
    }
    let by_day = by_day()?;
    let turns = by_day.judgement.verdict != held.judgement.verdict || by_day.direction != held.direction;
    Some(Daily { nominal: by_day.nominal, turns })
}

/// The margin of error of a difference between two figures that have one, where it is as large as the difference itself.
///
/// Independent margins add as the sides of a right angle do: the U.S. Census Bureau's rule for the margin of a difference
/// of two estimates ("Understanding and Using American Community Survey Data: What All Data Users Need to Know", 2020).
pub(super) fn margin(formula: &Formula<'_>, quantities: &[Quantity]) -> Option<Margin> {
    let (one, other) = formula.compared()?;
    let (one, other) = (quantities.get(one)?, quantities.get(other)?);
    if one.unit != other.unit || one.range.as_point().is_some() && other.range.as_point().is_some() {
        return None;
    }
    let difference = other.nominal.checked_sub(one.nominal)?.abs();
    let square = |value: Decimal| value.checked_mul(value);
    let margin = square(half_width(one)?)?.checked_add(square(half_width(other)?)?)?.sqrt()?;
    let is_within = !difference.is_zero() && difference <= margin;
    let unit = if one.unit == Unit::Percent { Unit::Points } else { one.unit };
    let written = |value: Decimal| value.checked_mul(Decimal::from(unit.written_factor()));
    is_within.then_some(Margin { difference: written(difference)?, margin: written(margin)?, unit })
}

/// How far a figure may be off, as much above as below.
fn half_width(quantity: &Quantity) -> Option<Decimal> {
    let (low, high) = (quantity.range.low().value()?, quantity.range.high().value()?);
    let (below, above) = (quantity.nominal.checked_sub(low)?, high.checked_sub(quantity.nominal)?);
    (below == above).then_some(above)
}
