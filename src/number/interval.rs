//! Intervals of exact decimals, with ends that are included, excluded or absent.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;

use super::order;

/// The lower end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Low {
    /// No lower end.
    Unbounded,
    /// The value itself is included.
    At(Decimal),
    /// Everything above the value.
    Above(Decimal),
}

/// The upper end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum High {
    /// No upper end.
    Unbounded,
    /// The value itself is included.
    At(Decimal),
    /// Everything below the value.
    Below(Decimal),
}

/// A non-empty set of numbers without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    low: Low,
    high: High,
}

impl Interval {
    /// Every number.
    pub const ALL: Self = Self { low: Low::Unbounded, high: High::Unbounded };

    /// The interval between two ends; `None` where no number lies between them.
    pub fn new(low: Low, high: High) -> Option<Self> {
        (!is_empty(low, high)).then_some(Self { low, high })
    }

    /// The one number `value`.
    pub fn point(value: Decimal) -> Self {
        Self { low: Low::At(value), high: High::At(value) }
    }

    /// Both ends included, in whichever order they come.
    pub fn closed(a: Decimal, b: Decimal) -> Self {
        let (low, high) = if order(a, b).is_le() { (a, b) } else { (b, a) };
        Self { low: Low::At(low), high: High::At(high) }
    }

    /// What lies no further than `reach`, which is not negative, from `value`.
    pub fn around(value: Decimal, reach: Decimal) -> Self {
        Self { low: Low::At(value.saturating_sub(reach)), high: High::At(value.saturating_add(reach)) }
    }

    /// Everything above `value`.
    pub fn above(value: Decimal) -> Self {
        Self { low: Low::Above(value), high: High::Unbounded }
    }

    /// `value` and everything above.
    pub fn at_least(value: Decimal) -> Self {
        Self { low: Low::At(value), high: High::Unbounded }
    }

    /// Everything below `value`.
    pub fn below(value: Decimal) -> Self {
        Self { low: Low::Unbounded, high: High::Below(value) }
    }

    /// `value` and everything below.
    pub fn at_most(value: Decimal) -> Self {
        Self { low: Low::Unbounded, high: High::At(value) }
    }

    /// The lower end.
    pub fn low(&self) -> Low {
        self.low
    }

    /// The upper end.
    pub fn high(&self) -> High {
        self.high
    }

    /// The value, where there is only one.
    pub fn as_point(&self) -> Option<Decimal> {
        match (self.low, self.high) {
            (Low::At(a), High::At(b)) if order(a, b).is_eq() => Some(a),
            _ => None,
        }
    }

    /// Whether `value` is in it.
    pub fn contains(&self, value: Decimal) -> bool {
        let is_above_low = match self.low {
            Low::Unbounded => true,
            Low::At(low) => order(low, value).is_le(),
            Low::Above(low) => order(low, value).is_lt(),
        };
        is_above_low
            && match self.high {
                High::Unbounded => true,
                High::At(high) => order(value, high).is_le(),
                High::Below(high) => order(value, high).is_lt(),
            }
    }

    /// Whether every number of `other` is in it.
    pub fn covers(&self, other: &Self) -> bool {
        compare_low(self.low, other.low).is_le() && compare_high(self.high, other.high).is_ge()
    }

    /// The numbers in both; `None` where they share none.
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        let low = if compare_low(self.low, other.low).is_ge() { self.low } else { other.low };
        let high = if compare_high(self.high, other.high).is_le() { self.high } else { other.high };
        Self::new(low, high)
    }

    /// Whether they share no number.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        is_empty(self.low, other.high) || is_empty(other.low, self.high)
    }

    /// The smallest interval that covers both.
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        let low = if compare_low(self.low, other.low).is_le() { self.low } else { other.low };
        let high = if compare_high(self.high, other.high).is_ge() { self.high } else { other.high };
        Self { low, high }
    }

    /// The interval with a lower end further down; `None` where it has that end, or one below it.
    pub fn down_to(&self, low: Low) -> Option<Self> {
        compare_low(low, self.low).is_lt().then_some(Self { low, ..*self })
    }

    /// The interval with an upper end further up; `None` where it has that end, or one above it.
    pub fn up_to(&self, high: High) -> Option<Self> {
        compare_high(high, self.high).is_gt().then_some(Self { high, ..*self })
    }

    /// The interval with its ends moved by something that rises with its argument; `None` where that fails.
    pub fn map(&self, by: impl Fn(Decimal) -> Option<Decimal>) -> Option<Self> {
        let low = match self.low {
            Low::Unbounded => Low::Unbounded,
            Low::At(value) => Low::At(by(value)?),
            Low::Above(value) => Low::Above(by(value)?),
        };
        let high = match self.high {
            High::Unbounded => High::Unbounded,
            High::At(value) => High::At(by(value)?),
            High::Below(value) => High::Below(by(value)?),
        };
        Self::new(low, high)
    }

    /// How far `value` lies outside: 0 inside and at an excluded end.
    pub fn distance(&self, value: Decimal) -> Decimal {
        match (self.low.value(), self.high.value()) {
            (Some(low), _) if order(value, low).is_lt() => low.saturating_sub(value),
            (_, Some(high)) if order(value, high).is_gt() => value.saturating_sub(high),
            _ => Decimal::ZERO,
        }
    }
}

impl Low {
    /// The value at the end, included or not.
    pub fn value(self) -> Option<Decimal> {
        match self {
            Self::Unbounded => None,
            Self::At(value) | Self::Above(value) => Some(value),
        }
    }

    /// Whether the value at the end belongs to the interval.
    pub fn is_included(self) -> bool {
        matches!(self, Self::At(_))
    }
}

impl High {
    /// The value at the end, included or not.
    pub fn value(self) -> Option<Decimal> {
        match self {
            Self::Unbounded => None,
            Self::At(value) | Self::Below(value) => Some(value),
        }
    }

    /// Whether the value at the end belongs to the interval.
    pub fn is_included(self) -> bool {
        matches!(self, Self::At(_))
    }
}

/// Whether no number lies between two ends.
fn is_empty(low: Low, high: High) -> bool {
    match (low.value(), high.value()) {
        (Some(a), Some(b)) => match order(a, b) {
            Ordering::Less => false,
            Ordering::Equal => !(low.is_included() && high.is_included()),
            Ordering::Greater => true,
        },
        _ => false,
    }
}

/// Less: `a` lets in more at the bottom than `b`.
fn compare_low(a: Low, b: Low) -> Ordering {
    match (a.value(), b.value()) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(x), Some(y)) => order(x, y).then(b.is_included().cmp(&a.is_included())),
    }
}

/// Greater: `a` lets in more at the top than `b`.
fn compare_high(a: High, b: High) -> Ordering {
    match (a.value(), b.value()) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(x), Some(y)) => order(x, y).then(a.is_included().cmp(&b.is_included())),
    }
}

/// Mathematical notation: `[1, 2)`, `(117000, ∞)`, and the bare number for a point.
impl fmt::Display for Interval {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(point) = self.as_point() {
            return write!(out, "{}", point.normalize());
        }
        match self.low {
            Low::Unbounded => out.write_str("(−∞, ")?,
            Low::At(value) => write!(out, "[{}, ", value.normalize())?,
            Low::Above(value) => write!(out, "({}, ", value.normalize())?,
        }
        match self.high {
            High::Unbounded => out.write_str("∞)"),
            High::At(value) => write!(out, "{}]", value.normalize()),
            High::Below(value) => write!(out, "{})", value.normalize()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn excluded_ends_are_told_from_included_ones() {
        let above = Interval::above(d("117000"));
        assert!(!above.contains(d("117000")));
        assert!(above.contains(d("117000.01")));
        assert!(Interval::at_least(d("117000")).covers(&above));
        assert!(!above.covers(&Interval::at_least(d("117000"))));
        assert!(above.is_disjoint(&Interval::at_most(d("117000"))));
        assert_eq!(Interval::new(Low::Above(d("1")), High::At(d("1"))), None);
    }

    #[test]
    fn distance_is_to_the_nearer_end() {
        let allowed = Interval::closed(d("4.5"), d("5.5"));
        assert_eq!(allowed.distance(d("5.56")), d("0.06"));
        assert_eq!(allowed.distance(d("5")), d("0"));
    }

    fn any_decimal() -> impl Strategy<Value = Decimal> {
        (-2000i64..2000, 0u32..4).prop_map(|(digits, scale)| Decimal::new(digits, scale))
    }

    fn any_interval() -> impl Strategy<Value = Interval> {
        (any_decimal(), any_decimal(), 0usize..9).prop_filter_map("empty", |(a, b, shape)| {
            let low = [Low::Unbounded, Low::At(a), Low::Above(a)][shape % 3];
            let high = [High::Unbounded, High::At(b), High::Below(b)][shape / 3];
            Interval::new(low, high)
        })
    }

    proptest! {
        #[test]
        fn a_number_is_a_point(interval in any_interval(), value in any_decimal()) {
            let point = Interval::point(value);
            prop_assert_eq!(interval.contains(value), interval.covers(&point));
            prop_assert_eq!(interval.contains(value), !interval.is_disjoint(&point));
            prop_assert!(!interval.contains(value) || interval.distance(value).is_zero());
        }

        #[test]
        fn an_extended_interval_covers_what_it_was(interval in any_interval(), end in any_decimal()) {
            let both = [interval.down_to(Low::At(end)), interval.up_to(High::Below(end))];
            for wider in both.into_iter().flatten() {
                prop_assert!(wider.covers(&interval) && wider != interval);
            }
        }
    }
}
