//! All values that a written number may stand for.

use crate::hedge::{Hedge, Widths, allowed};
use crate::mention::{Kind, Mention};
use crate::number::{Decimal, Interval, Reading};

/// From the least to the greatest value, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Band {
    pub(super) low: Decimal,
    pub(super) high: Decimal,
}

impl Band {
    pub(super) fn point(value: Decimal) -> Self {
        Self { low: value, high: value }
    }

    fn of(a: Decimal, b: Decimal) -> Self {
        Self { low: a.min(b), high: a.max(b) }
    }

    /// What a number may stand for as an operand, in its unit as kept: what rounds to it. Whole numbers of things are
    /// exact. `None` where the words leave one side open.
    pub(super) fn of_mention(mention: &Mention, widths: &Widths) -> Option<Self> {
        let Reading::One(written) = mention.reading else {
            return Self::of_interval(&allowed(mention.hedge, &mention.reading, widths).whole, mention);
        };
        if mention.hedge != Hedge::Plain && mention.hedge != Hedge::Exact {
            return Self::of_interval(&allowed(mention.hedge, &mention.reading, widths).whole, mention);
        }
        let is_exact =
            written.step == Decimal::ONE && mention.kind == Kind::Number || mention.hedge == Hedge::Exact;
        if is_exact || written.fraction {
            return mention.factor.kept(written.value).map(Self::point);
        }
        Self::of_interval(&written.rounding(), mention)
    }

    fn of_interval(interval: &Interval, mention: &Mention) -> Option<Self> {
        let (low, high) = (interval.low().value()?, interval.high().value()?);
        Some(Self::of(mention.factor.kept(low)?, mention.factor.kept(high)?))
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.checked_add(other.low)?, high: self.high.checked_add(other.high)? })
    }

    pub(super) fn minus(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.checked_sub(other.high)?, high: self.high.checked_sub(other.low)? })
    }

    pub(super) fn times(self, factor: Decimal) -> Option<Self> {
        Some(Self::of(self.low.checked_mul(factor)?, self.high.checked_mul(factor)?))
    }

    /// The quotient by what is above zero throughout.
    pub(super) fn over(self, other: Self) -> Option<Self> {
        if other.low <= Decimal::ZERO {
            return None;
        }
        let ends = [
            self.low.checked_div(other.low)?,
            self.low.checked_div(other.high)?,
            self.high.checked_div(other.low)?,
            self.high.checked_div(other.high)?,
        ];
        let low = ends.into_iter().min()?;
        Some(Self { low, high: ends.into_iter().max()? })
    }

    /// The size, whatever the sign.
    pub(super) fn size(self) -> Self {
        if self.low >= Decimal::ZERO {
            self
        } else if self.high <= Decimal::ZERO {
            Self { low: -self.high, high: -self.low }
        } else {
            Self { low: Decimal::ZERO, high: self.high.max(-self.low) }
        }
    }

    pub(super) fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    fn interval(self) -> Interval {
        Interval::closed(self.low, self.high)
    }
}

/// Whether a number may say one of the values, in its unit as kept. What cannot be computed may be.
pub(super) fn may_say(mention: &Mention, values: Band, widths: &Widths) -> bool {
    let whole = allowed(mention.hedge, &mention.reading, widths).whole;
    let written = mention.factor.written(values.low).zip(mention.factor.written(values.high));
    let Some((low, high)) = written else { return true };
    if !whole.is_disjoint(&Band::of(low, high).interval()) {
        return true;
    }
    // Quotients end somewhere: a value at the very edge is inside.
    let edge = values.high.abs().max(values.low.abs()) / Decimal::from(1_000_000);
    let wider = mention.factor.written(values.low - edge).zip(mention.factor.written(values.high + edge));
    wider.is_none_or(|(low, high)| !whole.is_disjoint(&Band::of(low, high).interval()))
}

/// A value as people write it, with at most so many decimals.
pub(super) fn told(value: Decimal, decimals: u32) -> String {
    let rounded = value.round_dp(decimals).normalize();
    let text = rounded.to_string();
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(whole, rest)| (whole, rest));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("−", digits));
    let mut grouped = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !rest.is_empty() {
        grouped.push('.');
        grouped.push_str(rest);
    }
    grouped
}

/// A band of shares in percent: "25.3%", "25.1% to 25.5%".
pub(super) fn percent(values: Band) -> String {
    let hundred = |value: Decimal| told(value.saturating_mul(Decimal::ONE_HUNDRED), 1);
    let (low, high) = (hundred(values.low), hundred(values.high));
    if low == high { format!("{low}%") } else { format!("{low}% to {high}%") }
}

/// A band of plain values: "512", "505 to 515".
pub(super) fn plain(values: Band) -> String {
    let (low, high) = (told(values.low, 2), told(values.high, 2));
    if low == high { low } else { format!("{low} to {high}") }
}
