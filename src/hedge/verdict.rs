//! The verdict on a computed value.

use rust_decimal::Decimal;

use super::{Allowed, Warned};
use crate::number::{High, Interval, Low};

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
    let is_nominal = value.scale() == nominal.scale() && value.mantissa() == nominal.mantissa();
    let value = if is_rounded_somewhere(value) { snapped(allowed, value) } else { value };
    if !allowed.whole.contains(value) {
        return outside(Verdict::Refuted, How::Outside, allowed.whole.distance(nominal));
    }
    let distance = if is_nominal { Decimal::ZERO } else { allowed.whole.distance(nominal) };
    let warned = allowed.warned.filter(|_| !allowed.clear.contains(value));
    supported(allowed, warned, Some(value), distance)
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
    supported(allowed, warned, range.as_point(), distance)
}

fn outside(verdict: Verdict, how: How, distance: Decimal) -> Judgement {
    Judgement { verdict, how, distance, warned: None }
}

fn supported(
    allowed: &Allowed,
    warned: Option<Warned>,
    point: Option<Decimal>,
    distance: Decimal,
) -> Judgement {
    let how = match warned {
        Some(Warned::Truncated) => How::Truncated,
        Some(Warned::CoarseRounding) => How::CoarselyRounded,
        Some(Warned::HedgeStretched) => How::HedgeStretched,
        Some(Warned::HedgeUnderstates) => How::HedgeUnderstates,
        None if allowed.written.is_some() && point == allowed.written => How::Exact,
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
    let is_met = |mark: &Decimal| !is_clearly_apart(value, *mark) && is_same(value, *mark);
    marks.into_iter().flatten().find(is_met).unwrap_or(value)
}

/// Whether two numbers differ by less than arithmetic is exact.
fn is_same(value: Decimal, mark: Decimal) -> bool {
    let slack = mark.abs().saturating_mul(Decimal::new(1, EXACT_TO));
    value.saturating_sub(mark).abs() <= slack
}

/// Whether whole numbers suffice to tell that two numbers are not the same, as they do for nearly all: subtracting
/// decimals of different scales costs ten times as much. Never said of numbers that are the same.
fn is_clearly_apart(value: Decimal, mark: Decimal) -> bool {
    let Some(finer) = value.scale().checked_sub(mark.scale()) else { return false };
    let power = POWERS_OF_TEN.get(finer as usize).copied().unwrap_or(i128::MAX);
    // What overflows is larger than any decimal.
    let Some(mark) = mark.mantissa().checked_mul(power) else { return true };
    // One part in 2^66 is a little more than one in 10^20.
    let slack = (mark.unsigned_abs() >> 66) + 1;
    value.mantissa().abs_diff(mark) > slack
}

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
const POWERS_OF_TEN: [i128; 29] = {
    let mut powers = [1; 29];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_decimal() -> impl Strategy<Value = Decimal> {
        (any::<i64>(), any::<i32>(), 0u32..=28).prop_map(|(digits, more, scale)| {
            Decimal::from_i128_with_scale(i128::from(digits) * i128::from(more), scale)
        })
    }

    proptest! {
        #[test]
        fn what_is_the_same_is_never_clearly_apart(value in any_decimal(), scale in 0u32..=28, off in -3i64..=3) {
            // Near the value, and just about as far from it as is still the same.
            let slack = value.abs().saturating_mul(Decimal::new(1, EXACT_TO));
            for mark in [value.round_dp(scale), value + slack * Decimal::new(off, 1) + Decimal::new(off, 28)] {
                prop_assert!(!(is_same(value, mark) && is_clearly_apart(value, mark)), "{value} {mark}");
            }
        }

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
