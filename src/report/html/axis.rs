//! The computed value on an axis, with what the words allow.

use maud::{Markup, html};

use crate::checks::quantity_in_words;
use crate::engine::{ClaimFile, Comparison};
use crate::hedge::How;
use crate::number::{Decimal, High, Interval, Low};
use crate::unit::Unit;

/// The drawing's width, in its own units.
const WIDTH: i64 = 360;
/// What is kept free to each side, for the words at the ends.
const MARGIN: i64 = 64;

/// The axis; nothing for a comparison, which holds or does not, and for values that no axis could show.
pub(super) fn axis(comparison: &Comparison<'_>, file: &ClaimFile) -> Markup {
    if matches!(comparison.how, How::Comparison | How::OtherUnit) {
        return html! {};
    }
    Axis::of(comparison, file.clear.as_ref())
        .and_then(|axis| axis.drawn(comparison, file))
        .unwrap_or_else(|| html! {})
}

/// The part of the line of numbers that is shown.
struct Axis {
    low: Decimal,
    length: Decimal,
}

impl Axis {
    /// An axis that has every end of every interval on it.
    fn of(comparison: &Comparison<'_>, clear: Option<&Interval>) -> Option<Self> {
        let intervals = [Some(&comparison.allowed), clear, Some(&comparison.range)];
        let ends = intervals.into_iter().flatten().flat_map(|it| [it.low().value(), it.high().value()]);
        let values: Vec<Decimal> = ends.flatten().chain([comparison.nominal]).collect();
        let (low, high) = (*values.iter().min()?, *values.iter().max()?);
        let length = high.checked_sub(low)?;
        if !length.is_zero() {
            return Some(Self { low, length });
        }
        // A value that is exactly as written stands in the middle.
        let reach = low.abs().checked_div(Decimal::TEN)?.max(Decimal::ONE);
        Some(Self { low: low.checked_sub(reach)?, length: reach.checked_mul(Decimal::TWO)? })
    }

    /// Where a value lies, in tenths of a unit of the drawing.
    fn at(&self, value: Decimal) -> Option<Decimal> {
        let part = value.checked_sub(self.low)?.checked_div(self.length)?;
        let room = Decimal::from(WIDTH - 2 * MARGIN);
        Some(part.checked_mul(room)?.checked_add(Decimal::from(MARGIN))?.round_dp(1).normalize())
    }

    /// Where an interval begins and ends; at the drawing's edge, where it has no end.
    fn reach(&self, interval: &Interval) -> Option<(Decimal, Decimal)> {
        let low = interval.low().value().map_or(Some(Decimal::ZERO), |low| self.at(low))?;
        let high = interval.high().value().map_or(Some(Decimal::from(WIDTH)), |high| self.at(high))?;
        Some((low, high))
    }

    fn drawn(&self, comparison: &Comparison<'_>, file: &ClaimFile) -> Option<Markup> {
        let allowed = &comparison.allowed;
        let (from, to) = self.reach(allowed)?;
        let nominal = self.at(comparison.nominal)?;
        let range = self.reach(&comparison.range)?;
        let clear = file.clear.as_ref().and_then(|clear| self.reach(clear));
        let is_point = comparison.range.as_point().is_some();
        // What is written of an interval stands over its middle, as far as it is seen.
        let value = if is_point { nominal } else { (range.0 + range.1) / Decimal::TWO };
        let bar = |(from, to): (Decimal, Decimal)| (from, (to - from).max(Decimal::TWO));
        Some(html! {
            // The table above says the same in words.
            svg .axis viewBox="0 0 360 66" aria-hidden="true" {
                @let (x, width) = bar((from, to));
                rect x=(x) width=(width) {}
                @if let Some((x, width)) = clear.map(bar) { rect x=(x) width=(width) {} }
                @if let Some(end) = allowed.low().value().and_then(|low| self.at(low)) {
                    (end_mark(end, allowed.low().is_included()))
                }
                @if let Some(end) = allowed.high().value().and_then(|high| self.at(high)) {
                    (end_mark(end, allowed.high().is_included()))
                }
                @if is_point { path d=(format!("M{value} 46V17h-5l5 9 5-9h-5")) {} }
                @else { @let (x, width) = bar(range); rect .v x=(x) width=(width) {} }
                text .v x=(inside(value)) y="11" { (given(comparison)) }
                (self.end_labels(comparison))
            }
        })
    }

    /// What is written at the ends of what is allowed: one label where both ends are one.
    fn end_labels(&self, comparison: &Comparison<'_>) -> Markup {
        let (low, high) = (comparison.allowed.low(), comparison.allowed.high());
        let told = |value: Decimal| short(value, &comparison.unit);
        html! {
            @match (low, high) {
                (Low::At(low), High::At(high)) if low == high => {
                    @if let Some(at) = self.at(low) { text x=(inside(at)) y="60" { (told(low)) } }
                }
                (low, high) => {
                    @if let Some((value, at)) = low.value().and_then(|low| Some((low, self.at(low)?))) {
                        text .l x=(at) y="60" { (told(value)) }
                    }
                    @if let Some((value, at)) = high.value().and_then(|high| Some((high, self.at(high)?))) {
                        text .r x=(at) y="60" { (told(value)) }
                    }
                }
            }
        }
    }
}

/// The value, or where it lies, for the axis.
fn given(comparison: &Comparison<'_>) -> String {
    let told = |value: Decimal| short(value, &comparison.unit);
    match (comparison.range.low(), comparison.range.high()) {
        (Low::At(low), High::Unbounded) => format!("≥ {}", told(low)),
        (Low::Above(low), High::Unbounded) => format!("> {}", told(low)),
        (Low::Unbounded, High::At(high)) => format!("≤ {}", told(high)),
        (Low::Unbounded, High::Below(high)) => format!("< {}", told(high)),
        (Low::At(low) | Low::Above(low), High::At(high) | High::Below(high)) if low != high => {
            format!("{} – {}", told(low), told(high))
        }
        _ => told(comparison.nominal),
    }
}

/// An end: filled if it is allowed itself.
fn end_mark(at: Decimal, is_included: bool) -> Markup {
    html! { circle class=[is_included.then_some("in")] cx=(at) {} }
}

/// A place for words that are centred there, off the edges.
fn inside(at: Decimal) -> Decimal {
    at.clamp(Decimal::from(40), Decimal::from(WIDTH - 40))
}

/// A value in a few digits: five that say something, and a word for many zeros.
fn short(value: Decimal, unit: &str) -> String {
    let scales = [(1_000_000_000_000_i64, " tn"), (1_000_000_000, " bn"), (1_000_000, " m")];
    let scaled = scales.into_iter().find(|(scale, _)| value.abs() >= Decimal::from(*scale));
    let (value, word) = scaled.map_or((value, ""), |(scale, word)| (value / Decimal::from(scale), word));
    let digits = value.round_sf(5).unwrap_or(value);
    let percent = if unit == "percent" { "%" } else { "" };
    format!("{}{word}{percent}", quantity_in_words(digits, Unit::Bare))
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn values_are_short_enough_for_an_axis() {
        assert_eq!(short(dec!(5.5555555), "percent"), "5.5556%");
        assert_eq!(short(dec!(-9450000000), "USD"), "−9.45 bn");
        assert_eq!(short(dec!(117000), "count"), "117,000");
        assert_eq!(short(dec!(0), "count"), "0");
    }
}
