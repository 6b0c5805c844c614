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
    let range = snapped(allowed, range);
    let distance = allowed.whole.distance(nominal);
    if allowed.whole.is_disjoint(&range) {
        return Judgement { verdict: Verdict::Refuted, how: How::Outside, distance, warned: None };
    }
    if !allowed.whole.covers(&range) {
        return Judgement { verdict: Verdict::Undecided, how: How::PartlyOutside, distance, warned: None };
    }
    let is_bounded = range.low().value().is_some() && range.high().value().is_some();
    let warned = allowed.warned.filter(|_| is_bounded && allowed.clear.is_disjoint(&range));
    let how = match warned {
        Some(Warned::Truncated) => How::Truncated,
        Some(Warned::CoarseRounding) => How::CoarselyRounded,
        Some(Warned::HedgeStretched) => How::HedgeStretched,
        Some(Warned::HedgeUnderstates) => How::HedgeUnderstates,
        None if allowed.written.is_some() && range.as_point() == allowed.written => How::Exact,
        None if allowed.is_hedged => How::WithinHedge,
        None => How::Rounded,
    };
    Judgement { verdict: Verdict::Supported, how, distance, warned }
}

/// From so many decimals on, a value is taken for a quotient that had to be rounded somewhere.
const ROUNDED_SOMEWHERE: u32 = 20;

/// The range with those ends that miss an end of a zone, or the written value, by less than arithmetic is exact moved
/// onto it: "exactly a third" is not refuted for the 28th digit of a quotient.
fn snapped(allowed: &Allowed, range: &Interval) -> Interval {
    let ends = [range.low().value(), range.high().value()];
    if ends.iter().flatten().all(|end| end.scale() < ROUNDED_SOMEWHERE) {
        return *range;
    }
    let marks = [
        allowed.written,
        allowed.clear.low().value(),
        allowed.clear.high().value(),
        allowed.whole.low().value(),
        allowed.whole.high().value(),
    ];
    let snap = |end: Decimal| {
        let is_same = |mark: &Decimal| {
            let slack = mark.abs().saturating_mul(Decimal::new(1, ROUNDED_SOMEWHERE));
            end.saturating_sub(*mark).abs() <= slack
        };
        marks.into_iter().flatten().find(is_same).unwrap_or(end)
    };
    let low = match range.low() {
        Low::At(value) => Low::At(snap(value)),
        Low::Above(value) => Low::Above(snap(value)),
        Low::Unbounded => Low::Unbounded,
    };
    let high = match range.high() {
        High::At(value) => High::At(snap(value)),
        High::Below(value) => High::Below(snap(value)),
        High::Unbounded => High::Unbounded,
    };
    Interval::new(low, high).unwrap_or(*range)
}
