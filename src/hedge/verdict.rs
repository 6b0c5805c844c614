//! The verdict on a computed value.

use rust_decimal::Decimal;

use super::Hedge;
use super::allowed::{Allowed, Warned, Widths, allowed};
use crate::number::{High, Interval, Low, Reading, Written};

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
/// whole interval deserves it.
pub fn judge(allowed: &Allowed, range: &Interval, nominal: Decimal) -> Judgement {
    let is_covered = allowed.whole.covers(range);
    // Nearly every value is a certain one, and lies inside.
    let is_inside = is_covered && range.low() == Low::At(nominal);
    let distance = if is_inside { Decimal::ZERO } else { allowed.whole.distance(nominal) };
    if !is_covered && allowed.whole.is_disjoint(range) {
        return Judgement { verdict: Verdict::Refuted, how: How::Outside, distance, warned: None };
    }
    if !is_covered {
        return Judgement { verdict: Verdict::Undecided, how: How::PartlyOutside, distance, warned: None };
    }
    let warned = allowed.warned.filter(|_| allowed.clear.is_disjoint(range));
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

/// Holds a hedge between two values: it is supported if it holds for every pair of them, refuted if for none. What it
/// allows is told of the values' ratio, or of their difference where the second may be zero or less.
pub fn judge_against(hedge: Hedge, range: &Interval, other: &Interval, widths: &Widths) -> Judgement {
    let is_positive = other.low().value().is_some_and(|low| low > Decimal::ZERO);
    let (of, unit) = match range.divide(other).ok().filter(|_| is_positive) {
        Some(ratio) => (ratio, Decimal::ONE),
        None => (range.subtract(other).unwrap_or(Interval::ALL), Decimal::ZERO),
    };
    let written = Written { value: unit, step: Decimal::ZERO, firm: true, fraction: false };
    let allowed = allowed(hedge, &Reading::One(written), widths);
    let nominal = middle(&of).unwrap_or(unit);
    judge(&allowed, &of, nominal)
}

/// A value inside, for the distance.
fn middle(interval: &Interval) -> Option<Decimal> {
    match (interval.low(), interval.high()) {
        (Low::At(low), _) | (Low::Above(low), High::Unbounded) => Some(low),
        (_, High::At(high) | High::Below(high)) => Some(high),
        _ => None,
    }
}
