//! Products and quotients of units, and what converts one into another.

use std::fmt;

use rust_decimal::{Decimal, dec};

use super::{Currency, Unit};
use crate::number::Interval;

/// What dimensions are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Base {
    /// Money in one currency.
    Money(Currency),
    /// Things counted.
    Count,
    /// Days. Seconds to weeks convert exactly.
    Day,
    /// Months, a twelfth of a year each. Quarters to centuries convert exactly, days do not.
    Month,
    /// Metres.
    Metre,
    /// Kilograms.
    Kilogram,
    /// Tons, of which there are three: what one weighs is left open.
    Ton,
    /// Degrees of an angle, or of a scale that is not said.
    Degree,
    /// Degrees Celsius.
    Celsius,
    /// Degrees Fahrenheit.
    Fahrenheit,
    /// Bytes.
    Byte,
    /// Watts.
    Watt,
    /// Hertz.
    Hertz,
    /// Decibels.
    Decibel,
    /// Millions of pixels.
    Pixel,
    /// Milliampere-hours.
    Charge,
}

const SLOTS: usize = 4;

/// A product of powers of at most four bases: dollars per head and month, say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Dimension {
    /// Sorted by base, unused slots last and `None`, no exponent 0.
    powers: [Option<(Base, i8)>; SLOTS],
}

/// What turns a quantity of one unit into another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// They are the same.
    Same,
    /// One of them is bare and takes the other's unit.
    Assumed,
    /// Multiply by the nominal factor; the true one lies in the interval (years have 365 or 366 days).
    Factor(Decimal, Interval),
}

impl Dimension {
    /// The first power of one base.
    pub const fn of(base: Base) -> Self {
        Self::power(base, 1)
    }

    /// A power of one base, which is not 0.
    pub const fn power(base: Base, exponent: i8) -> Self {
        Self { powers: [Some((base, exponent)), None, None, None] }
    }

    /// The product of powers of two bases, in the order of the bases, neither of them 0.
    pub const fn pair(first: (Base, i8), second: (Base, i8)) -> Self {
        Self { powers: [Some(first), Some(second), None, None] }
    }

    /// The exponent of a base, 0 where it does not occur.
    pub fn exponent(&self, base: Base) -> i8 {
        self.iter().find(|(other, _)| *other == base).map_or(0, |(_, exponent)| exponent)
    }

    /// Bases with their exponents.
    pub fn iter(&self) -> impl Iterator<Item = (Base, i8)> + '_ {
        self.powers.iter().flatten().copied()
    }

    /// The currency, where exactly one occurs.
    pub fn currency(&self) -> Option<Currency> {
        self.iter().find_map(|(base, _)| if let Base::Money(currency) = base { Some(currency) } else { None })
    }

    /// The name, where it is one of the most frequent.
    pub(super) fn known_name(&self) -> Option<&'static str> {
        match self.powers {
            [Some((Base::Count, 1)), None, ..] => Some("count"),
            [Some((Base::Day, 1)), None, ..] => Some("days"),
            [Some((Base::Month, 1)), None, ..] => Some("months"),
            [Some((Base::Day, -1)), None, ..] => Some("number per day"),
            [Some((Base::Month, -1)), None, ..] => Some("number per month"),
            [Some((Base::Count, 1)), Some((Base::Day, -1)), None, ..] => Some("count per day"),
            [Some((Base::Count, 1)), Some((Base::Month, -1)), None, ..] => Some("count per month"),
            [Some((Base::Money(Currency::USD), 1)), None, ..] => Some("USD"),
            _ => None,
        }
    }

    /// The unit of `self × other^sign`, a ratio where everything cancels; `None` where it would take more than four
    /// bases or overflow.
    fn combine(&self, other: &Self, sign: i8) -> Option<Unit> {
        if sign == -1 && self == other {
            return Some(Unit::Ratio);
        }
        let mut powers = [None; SLOTS];
        let mut slots = powers.iter_mut();
        let (mut own, mut others) = (self.iter().peekable(), other.iter().peekable());
        while let Some(base) = own.peek().into_iter().chain(others.peek()).map(|(base, _)| *base).min() {
            let mut exponent = own.next_if(|(own, _)| *own == base).map_or(0, |(_, exponent)| exponent);
            if let Some((_, other)) = others.next_if(|(other, _)| *other == base) {
                exponent = exponent.checked_add(other.checked_mul(sign)?)?;
            }
            if exponent != 0 {
                *slots.next()? = Some((base, exponent));
            }
        }
        let is_ratio = powers.iter().all(Option::is_none);
        Some(if is_ratio { Unit::Ratio } else { Unit::Of(Self { powers }) })
    }
}

impl Unit {
    /// The unit of a product; `None` where it is too complex to mean anything.
    pub fn times(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Of(a), Self::Of(b)) => a.combine(&b, 1),
            (Self::Of(_), _) => Some(self),
            (_, Self::Of(_)) => Some(other),
            // A share of a share is a share; three times a percentage is a percentage.
            (Self::Bare | Self::Ratio, _) => Some(if other == Self::Bare { self } else { other }),
            _ => Some(self),
        }
    }

    /// The unit of a quotient; `None` where it is too complex to mean anything.
    pub fn over(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Of(a), Self::Of(b)) => a.combine(&b, -1),
            (_, Self::Of(b)) => Dimension { powers: [None; SLOTS] }.combine(&b, -1),
            (Self::Of(_), _) | (_, Self::Bare) => Some(self),
            (Self::Bare, _) => Some(Self::Bare),
            _ => Some(Self::Ratio),
        }
    }

    /// What turns a quantity of this unit into one of `other`; `None` where nothing does. Ratios, percentages and
    /// "per n" are one unit, kept alike; points are told from them by the checks, not here.
    pub fn conversion(self, other: Self) -> Option<Conversion> {
        match (self, other) {
            _ if self == other => Some(Conversion::Same),
            (Self::Bare, _) | (_, Self::Bare) => Some(Conversion::Assumed),
            (Self::Of(a), Self::Of(b)) => a.conversion(&b),
            _ if self.is_ratio() && other.is_ratio() => {
                let points = |unit| unit == Self::Points;
                (points(self) == points(other)).then_some(Conversion::Same)
            }
            _ => None,
        }
    }
}

impl Dimension {
    /// Counts may be left unsaid ("83,000 a month" for removals per month), days and months convert nominally.
    fn conversion(&self, other: &Self) -> Option<Conversion> {
        let time = |of: &Self| (of.exponent(Base::Day), of.exponent(Base::Month));
        let rest = |of: &Self| -> Vec<(Base, i8)> {
            of.iter().filter(|(base, _)| !matches!(base, Base::Day | Base::Month | Base::Count)).collect()
        };
        let counts = (self.exponent(Base::Count), other.exponent(Base::Count));
        let has_time = |of: &Self| time(of) != (0, 0);
        let unsaid = counts.0 == counts.1 || (has_time(self) && (counts.0 == 0 || counts.1 == 0));
        if rest(self) != rest(other) || !unsaid {
            return None;
        }
        match (time(self), time(other)) {
            (a, b) if a == b => Some(Conversion::Same),
            ((1, 0), (0, 1)) | ((0, -1), (-1, 0)) => Some(Conversion::months_per_day()),
            ((0, 1), (1, 0)) | ((-1, 0), (0, -1)) => Some(Conversion::days_per_month()),
            _ => None,
        }
    }
}

impl Conversion {
    /// A month is a twelfth of a year, which has 365 or 366 days.
    fn days_per_month() -> Self {
        let twelfth = |days: Decimal| days / dec!(12);
        Self::Factor(twelfth(dec!(365.25)), Interval::closed(twelfth(dec!(365)), twelfth(dec!(366))))
    }

    fn months_per_day() -> Self {
        let of_year = |days: Decimal| dec!(12) / days;
        Self::Factor(of_year(dec!(365.25)), Interval::closed(of_year(dec!(366)), of_year(dec!(365))))
    }
}

/// `USD per month`, `count`, `day²`.
impl fmt::Display for Dimension {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        for (base, exponent) in self.iter().filter(|(_, exponent)| *exponent > 0) {
            if !first {
                out.write_str(" ")?;
            }
            first = false;
            write_power(out, base, exponent, if self.iter().count() == 1 { "s" } else { "" })?;
        }
        if first {
            out.write_str("number")?;
        }
        for (base, exponent) in self.iter().filter(|(_, exponent)| *exponent < 0) {
            out.write_str(" per ")?;
            write_power(out, base, exponent.saturating_neg(), "")?;
        }
        Ok(())
    }
}

fn write_power(out: &mut fmt::Formatter<'_>, base: Base, exponent: i8, plural: &str) -> fmt::Result {
    match base {
        Base::Money(currency) => write!(out, "{currency}")?,
        Base::Count => out.write_str("count")?,
        Base::Day => write!(out, "day{plural}")?,
        Base::Month => write!(out, "month{plural}")?,
        Base::Metre => write!(out, "metre{plural}")?,
        Base::Kilogram => write!(out, "kilogram{plural}")?,
        Base::Ton => write!(out, "ton{plural}")?,
        Base::Degree => write!(out, "degree{plural}")?,
        Base::Celsius => out.write_str("°C")?,
        Base::Fahrenheit => out.write_str("°F")?,
        Base::Byte => write!(out, "byte{plural}")?,
        Base::Watt => write!(out, "watt{plural}")?,
        Base::Hertz => out.write_str("hertz")?,
        Base::Decibel => write!(out, "decibel{plural}")?,
        Base::Pixel => write!(out, "megapixel{plural}")?,
        Base::Charge => out.write_str("mAh")?,
    }
    if exponent == 1 { Ok(()) } else { write!(out, "^{exponent}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_needs_no_word_for_what_is_counted() {
        let per_day = Unit::Bare.over(Unit::DAYS).unwrap();
        let removals_per_day = Unit::COUNT.over(Unit::DAYS).unwrap();
        assert_eq!(removals_per_day.conversion(per_day), Some(Conversion::Same));
        assert_eq!(removals_per_day.to_string(), "count per day");
        assert_eq!(Unit::COUNT.over(Unit::COUNT), Some(Unit::Ratio));
        assert_eq!(Unit::money(Currency::USD).conversion(Unit::COUNT), None);
    }

    #[test]
    fn days_and_months_convert_within_leap_years() {
        let Some(Conversion::Factor(nominal, true_one)) = Unit::MONTHS.conversion(Unit::DAYS) else {
            panic!("converts")
        };
        assert_eq!(nominal, dec!(30.4375));
        assert!(true_one.contains(dec!(30.45)));
    }

    #[test]
    fn known_names_are_those_that_are_printed() {
        let bases = [Base::Count, Base::Day, Base::Month, Base::Metre, Base::Money(Currency::USD)];
        let powers: Vec<Unit> = bases.map(|base| Unit::Of(Dimension::of(base))).into();
        let rates = powers.iter().flat_map(|a| powers.iter().filter_map(|b| a.over(*b)));
        let inverse = powers.iter().filter_map(|unit| Unit::Bare.over(*unit));
        let all: Vec<Unit> = powers.iter().copied().chain(rates).chain(inverse).collect();
        let known = all.iter().filter(|unit| matches!(unit, Unit::Of(of) if of.known_name().is_some()));
        assert_eq!(known.count(), 8);
        assert!(all.iter().all(|unit| unit.name() == unit.to_string()));
    }

    #[test]
    fn high_powers_convert_without_overflow() {
        let power =
            |times: usize| (0..times).try_fold(Unit::DAYS, |power, _| power.times(Unit::COUNT)).unwrap();
        assert_eq!(power(100).conversion(power(100)), Some(Conversion::Same));
        assert_eq!(power(100).conversion(power(99)), None);
        assert_eq!(power(100).conversion(Unit::DAYS), Some(Conversion::Same));
    }
}
