//! The verdict on a computed value.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{Allowed, Warned};
use crate::number::{High, Interval, Low, order, order_apart};

/// What became of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Every value that the sources leave possible is one that the words allow.
    Supported,
    /// None is.
    Refuted,
    /// Some are: the sources are too coarse to tell.
    Undecided,
    /// It could not be checked.
    Unchecked,
}

/// How value and words agree, or do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// The value as written.
    Exact,
    /// The value rounds to the words.
    Rounded,
    /// The value was cut off, not rounded.
    Truncated,
    /// The value was rounded coarsely.
    CoarselyRounded,
    /// Within what the hedge, range or vague word allows.
    WithinHedge,
    /// Within what the hedge may be stretched to.
    HedgeStretched,
    /// Far past a number that the words only bound.
    HedgeUnderstates,
    /// A comparison that holds, or does not.
    Comparison,
    /// A record that stands, does not, or may.
    Record,
    /// Outside of what the words allow.
    Outside,
    /// Partly outside.
    PartlyOutside,
    /// In another unit.
    OtherUnit,
    /// In the other direction.
    OtherDirection,
}

/// A verdict with its grounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// How value and words agree.
    pub how: How,
    /// How far the nominal value lies outside of what the words allow.
    pub distance: Decimal,
    /// What a supported value is warned of.
    pub warned: Option<Warned>,
}

impl Verdict {
    /// As reports name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Refuted => "refuted",
            Self::Undecided => "undecided",
            Self::Unchecked => "unchecked",
        }
    }
}

/// Holds the interval of a value, nominally `nominal`, against what words allow. A warning is given only where the
/// whole interval is bounded and deserves it.
pub fn judge(allowed: &Allowed, range: &Interval, nominal: Decimal) -> Judgement {
    match range.as_point() {
        Some(value) => judge_value(allowed, value, nominal),
        None => judge_range(allowed, range, nominal),
    }
}

/// Most values are certain: they lie inside of what is allowed or outside, and nothing else need be asked.
fn judge_value(allowed: &Allowed, value: Decimal, nominal: Decimal) -> Judgement {
    let distance = allowed.whole.distance(nominal);
    let is_clear = has(&allowed.clear, value);
    let warned = allowed.warned.filter(|_| !is_clear);
    // Both zones are one where there is nothing to warn of, and what is clear is allowed.
    if !is_clear && (warned.is_none() || !has(&allowed.whole, value)) {
        return outside(Verdict::Refuted, How::Outside, distance);
    }
    let is_written = || allowed.written.is_some_and(|written| order_snapped(value, written).is_eq());
    supported(allowed, warned, is_written, distance)
}

/// Whether a value lies in a zone, or misses its end by less than arithmetic is exact.
fn has(zone: &Interval, value: Decimal) -> bool {
    let is_above_low = match zone.low() {
        Low::Unbounded => true,
        Low::At(low) => order_snapped(value, low).is_ge(),
        Low::Above(low) => order_snapped(value, low).is_gt(),
    };
    is_above_low
        && match zone.high() {
            High::Unbounded => true,
            High::At(high) => order_snapped(value, high).is_le(),
            High::Below(high) => order_snapped(value, high).is_lt(),
        }
}

fn judge_range(allowed: &Allowed, range: &Interval, nominal: Decimal) -> Judgement {
    let range = snapped_range(allowed, range);
    let distance = allowed.whole.distance(nominal);
    if allowed.whole.is_disjoint(&range) {
        return outside(Verdict::Refuted, How::Outside, distance);
    }
    if !allowed.whole.covers(&range) {
        return outside(Verdict::Undecided, How::PartlyOutside, distance);
    }
    let is_bounded = range.low().value().is_some() && range.high().value().is_some();
    let warned = allowed.warned.filter(|_| is_bounded && allowed.clear.is_disjoint(&range));
    let is_written = || range.as_point().is_some() && range.as_point() == allowed.written;
    supported(allowed, warned, is_written, distance)
}

fn outside(verdict: Verdict, how: How, distance: Decimal) -> Judgement {
    Judgement { verdict, how, distance, warned: None }
}

fn supported(
    allowed: &Allowed,
    warned: Option<Warned>,
    is_written: impl FnOnce() -> bool,
    distance: Decimal,
) -> Judgement {
    let how = match warned {
        Some(Warned::Truncated) => How::Truncated,
        Some(Warned::CoarseRounding) => How::CoarselyRounded,
        Some(Warned::HedgeStretched) => How::HedgeStretched,
        Some(Warned::HedgeUnderstates) => How::HedgeUnderstates,
        None if is_written() => How::Exact,
        None if allowed.is_hedged => How::WithinHedge,
        None => How::Rounded,
    };
    Judgement { verdict: Verdict::Supported, how, distance, warned }
}

/// Whether a value has so many decimals that it is taken for a quotient that had to be rounded somewhere.
fn is_rounded_somewhere(value: Decimal) -> bool {
    value.scale() >= EXACT_TO
}

/// The decimals, and the digits, to which quotients are relied on.
const EXACT_TO: u32 = 20;

/// The range with those ends that miss a mark by less than arithmetic is exact moved onto it.
fn snapped_range(allowed: &Allowed, range: &Interval) -> Interval {
    let ends = [range.low().value(), range.high().value()];
    if !ends.into_iter().flatten().any(is_rounded_somewhere) {
        return *range;
    }
    let low = match range.low() {
        Low::At(value) => Low::At(snapped(allowed, value)),
        Low::Above(value) => Low::Above(snapped(allowed, value)),
        Low::Unbounded => Low::Unbounded,
    };
    let high = match range.high() {
        High::At(value) => High::At(snapped(allowed, value)),
        High::Below(value) => High::Below(snapped(allowed, value)),
        High::Unbounded => High::Unbounded,
    };
    Interval::new(low, high).unwrap_or(*range)
}

/// The written value, or the end of a zone, that `value` misses by less than arithmetic is exact; else the value itself.
/// "Exactly a third" is not refuted for the 28th digit of a quotient.
fn snapped(allowed: &Allowed, value: Decimal) -> Decimal {
    let marks = [
        allowed.written,
        allowed.clear.low().value(),
        allowed.clear.high().value(),
        allowed.whole.low().value(),
        allowed.whole.high().value(),
    ];
    marks.into_iter().flatten().find(|mark| is_same(value, *mark)).unwrap_or(value)
}

/// The order of a value and a mark; they are equal where the value misses the mark by less than arithmetic is exact.
fn order_snapped(value: Decimal, mark: Decimal) -> Ordering {
    if !is_rounded_somewhere(value) {
        return order(value, mark);
    }
    let exact = || if is_same(value, mark) { Ordering::Equal } else { order(value, mark) };
    order_apart(value, mark).unwrap_or_else(exact)
}

/// Whether two numbers differ by less than arithmetic is exact.
fn is_same(value: Decimal, mark: Decimal) -> bool {
    let slack = mark.abs().saturating_mul(Decimal::new(1, EXACT_TO));
    value.saturating_sub(mark).abs() <= slack
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_value_is_judged_as_a_range_of_one(
            ends in (-400i64..400, 0i64..40, 0i64..40), third in -4000i64..4000, shape in 0u8..8,
        ) {
            let of = |tenths: i64| Decimal::new(tenths, 1) / Decimal::from(3);
            let (low, high) = (of(ends.0), of(ends.0 + ends.1));
            let clear = Interval::new(if shape & 1 == 0 { Low::At(low) } else { Low::Above(low) }, High::At(high));
            let clear = clear.unwrap_or(Interval::point(low));
            let whole = clear.hull(&Interval::new(Low::At(low), High::Below(of(ends.0 + ends.1 + ends.2))).unwrap_or(clear));
            let warned = (whole != clear).then_some(Warned::HedgeStretched);
            let written = (shape & 2 == 0).then_some(low);
            let allowed = Allowed { clear, whole, warned, written, is_hedged: shape & 4 == 0 };
            for value in [of(third), of(ends.0), of(ends.0 + ends.1), Decimal::new(third, 1), of(third) * Decimal::from(3)] {
                let (value_, range) = (judge_value(&allowed, value, value), judge_range(&allowed, &Interval::point(value), value));
                prop_assert_eq!(value_, range);
            }
        }
    }
}
