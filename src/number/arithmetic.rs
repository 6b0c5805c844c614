//! Arithmetic of intervals: the smallest interval that holds every result, for operands that vary independently.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{High, Interval, Low};

/// Why there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArithmeticError {
    /// A result has more than 28 digits before the point.
    #[error("the result is too large to be computed exactly")]
    Overflow,
    /// The divisor is, or may be, zero.
    #[error("division by zero")]
    DivisionByZero,
}

use ArithmeticError::{DivisionByZero, Overflow};

/// An end of an interval in arithmetic.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Low,
    At(Decimal, bool),
    High,
}

impl Interval {
    /// `self + other`.
    pub fn add(&self, other: &Self) -> Result<Self, ArithmeticError> {
        let [a, b] = self.ends();
        let [c, d] = other.ends();
        of_ends([sum(a, c)?, sum(b, d)?])
    }

    /// `−self`.
    #[must_use]
    pub fn negate(&self) -> Self {
        let low = match self.high() {
            High::Unbounded => Low::Unbounded,
            High::At(value) => Low::At(-value),
            High::Below(value) => Low::Above(-value),
        };
        let high = match self.low() {
            Low::Unbounded => High::Unbounded,
            Low::At(value) => High::At(-value),
            Low::Above(value) => High::Below(-value),
        };
        Self::new(low, high).unwrap_or(Self::ALL)
    }

    /// `self − other`.
    pub fn subtract(&self, other: &Self) -> Result<Self, ArithmeticError> {
        self.add(&other.negate())
    }

    /// `self × other`.
    pub fn multiply(&self, other: &Self) -> Result<Self, ArithmeticError> {
        let (own, others) = (self.ends(), other.ends());
        hull(own.iter().flat_map(|a| others.iter().map(|b| product(*a, *b))))
    }

    /// `self ÷ other`.
    pub fn divide(&self, other: &Self) -> Result<Self, ArithmeticError> {
        let has_zero = other.contains(Decimal::ZERO);
        let straddles = other.low().value().is_none_or(|low| low < Decimal::ZERO)
            && other.high().value().is_none_or(|high| high > Decimal::ZERO);
        if has_zero || straddles {
            return Err(DivisionByZero);
        }
        let is_positive = other.low().value().is_some_and(|low| low >= Decimal::ZERO);
        let (own, others) = (self.ends(), other.ends());
        hull(own.iter().flat_map(|a| others.iter().flat_map(move |b| quotient(*a, *b, is_positive))))
    }

    /// `self` to a whole power.
    pub fn power(&self, exponent: u32) -> Result<Self, ArithmeticError> {
        if exponent == 0 {
            return Ok(Self::point(Decimal::ONE));
        }
        // An even power of an interval around zero begins at zero; otherwise powers are monotone.
        let base = if exponent.is_multiple_of(2) { self.absolute() } else { *self };
        let power = |end| match end {
            End::At(value, included) => {
                Ok(End::At(checked_power(value, exponent).ok_or(Overflow)?, included))
            }
            unbounded => Ok(unbounded),
        };
        let [a, b] = base.ends();
        of_ends([power(a)?, power(b)?])
    }

    /// `|self|`.
    #[must_use]
    pub fn absolute(&self) -> Self {
        if self.low().value().is_some_and(|low| low >= Decimal::ZERO) {
            return *self;
        }
        let mirrored = self.negate();
        if mirrored.low().value().is_some_and(|low| low >= Decimal::ZERO) {
            return mirrored;
        }
        let both = self.hull(&mirrored);
        Self::new(Low::At(Decimal::ZERO), both.high()).unwrap_or(Self::ALL)
    }

    /// The smaller of a number of each.
    #[must_use]
    pub fn minimum(&self, other: &Self) -> Self {
        self.negate().maximum(&other.negate()).negate()
    }

    /// The larger of a number of each.
    #[must_use]
    pub fn maximum(&self, other: &Self) -> Self {
        let low = match (self.low(), other.low()) {
            (Low::Unbounded, low) | (low, Low::Unbounded) => low,
            (a, b) => match (a.value(), b.value()) {
                (Some(x), Some(y)) if x > y || (x == y && !a.is_included()) => a,
                _ => b,
            },
        };
        Self::new(low, self.hull(other).high()).unwrap_or(Self::ALL)
    }

    fn ends(&self) -> [End; 2] {
        let low = self.low().value().map_or(End::Low, |value| End::At(value, self.low().is_included()));
        let high = self.high().value().map_or(End::High, |value| End::At(value, self.high().is_included()));
        [low, high]
    }
}

/// A decimal to a whole power, exactly; `None` past what a decimal holds.
pub fn checked_power(base: Decimal, exponent: u32) -> Option<Decimal> {
    let (mut result, mut square, mut left) = (Decimal::ONE, base, exponent);
    while left > 0 {
        if left % 2 == 1 {
            result = result.checked_mul(square)?;
        }
        left /= 2;
        if left > 0 {
            square = square.checked_mul(square)?;
        }
    }
    Some(result)
}

fn sum(a: End, b: End) -> Result<End, ArithmeticError> {
    Ok(match (a, b) {
        (End::At(x, has_x), End::At(y, has_y)) => End::At(x.checked_add(y).ok_or(Overflow)?, has_x && has_y),
        // Ends are added low to low and high to high, so that only one kind of unbounded end meets here.
        (End::Low, _) | (_, End::Low) => End::Low,
        _ => End::High,
    })
}

fn product(a: End, b: End) -> Result<End, ArithmeticError> {
    let at_zero = |end| matches!(end, End::At(value, true) if value.is_zero());
    Ok(match (a, b) {
        (End::At(x, has_x), End::At(y, has_y)) => {
            let included = (has_x && has_y) || at_zero(a) || at_zero(b);
            End::At(x.checked_mul(y).ok_or(Overflow)?, included)
        }
        (End::At(x, included), _) | (_, End::At(x, included)) if x.is_zero() => {
            End::At(Decimal::ZERO, included)
        }
        (a, b) if is_negative(a) == is_negative(b) => End::High,
        _ => End::Low,
    })
}

/// One candidate, or two where both ends are unbounded and the quotient may be anything of a sign.
fn quotient(a: End, b: End, divisor_is_positive: bool) -> impl Iterator<Item = Result<End, ArithmeticError>> {
    let unbounded = |end: End| if is_negative(end) == divisor_is_positive { End::Low } else { End::High };
    let zero = |included| End::At(Decimal::ZERO, included);
    let (first, second) = match (a, b) {
        (End::At(x, has_x), End::At(y, has_y)) if !y.is_zero() => {
            let included = has_x && (has_y || x.is_zero());
            (x.checked_div(y).ok_or(Overflow).map(|value| End::At(value, included)), None)
        }
        (End::At(x, included), _) if x.is_zero() => (Ok(zero(included)), None),
        (_, End::At(..)) => (Ok(unbounded(a)), None),
        (End::At(..), _) => (Ok(zero(false)), None),
        _ => (Ok(zero(false)), Some(Ok(unbounded(a)))),
    };
    std::iter::once(first).chain(second)
}

fn is_negative(end: End) -> bool {
    match end {
        End::Low => true,
        End::At(value, _) => value.is_sign_negative() && !value.is_zero(),
        End::High => false,
    }
}

fn of_ends([a, b]: [End; 2]) -> Result<Interval, ArithmeticError> {
    hull([Ok(a), Ok(b)])
}

/// From the least to the greatest candidate; an end is included where any candidate there is.
fn hull(
    candidates: impl IntoIterator<Item = Result<End, ArithmeticError>>,
) -> Result<Interval, ArithmeticError> {
    let (mut least, mut greatest) = (End::High, End::Low);
    for end in candidates {
        let end = end?;
        least = least.or_further(end, Ordering::Less);
        greatest = greatest.or_further(end, Ordering::Greater);
    }
    let low = match least {
        End::At(value, true) => Low::At(value),
        End::At(value, false) => Low::Above(value),
        End::Low | End::High => Low::Unbounded,
    };
    let high = match greatest {
        End::At(value, true) => High::At(value),
        End::At(value, false) => High::Below(value),
        End::Low | End::High => High::Unbounded,
    };
    Ok(Interval::new(low, high).unwrap_or(Interval::ALL))
}

impl End {
    /// Whichever lies further in the direction; in one place, the included one.
    fn or_further(self, other: Self, direction: Ordering) -> Self {
        let order = match (self, other) {
            (Self::At(x, included), Self::At(y, also)) if x == y => return Self::At(x, included || also),
            (Self::At(x, _), Self::At(y, _)) => x.cmp(&y),
            (Self::Low, Self::Low) | (Self::High, Self::High) => Ordering::Equal,
            (Self::Low, _) | (_, Self::High) => Ordering::Less,
            (Self::High, _) | (_, Self::Low) => Ordering::Greater,
        };
        if order == direction { self } else { other }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_interval() -> impl Strategy<Value = Interval> {
        (-60i64..60, 0i64..40, 0u8..16).prop_map(|(low, width, shape)| {
            let (a, b) = (Decimal::new(low, 1), Decimal::new(low + width, 1));
            let low = [Low::At(a), Low::Above(a), Low::At(a), Low::Unbounded][usize::from(shape % 4)];
            let high = [High::At(b), High::At(b), High::Below(b), High::Unbounded][usize::from(shape / 4)];
            Interval::new(low, high).unwrap_or(Interval::point(a))
        })
    }

    /// Numbers of an interval: its ends, what is near them, and what is far.
    fn samples(of: &Interval) -> Vec<Decimal> {
        let near = Decimal::new(1, 3);
        let far = Decimal::from(1_000_000);
        let ends = [of.low().value(), of.high().value()];
        let ends: Vec<Decimal> = ends.into_iter().flatten().collect();
        let around = ends.iter().flat_map(|end| [*end, end - near, end + near, end - far, end + far]);
        around.chain([Decimal::ZERO, Decimal::ONE, far, -far]).filter(|value| of.contains(*value)).collect()
    }

    type Operation = (
        fn(&Interval, &Interval) -> Result<Interval, ArithmeticError>,
        fn(Decimal, Decimal) -> Option<Decimal>,
    );

    proptest! {
        #[test]
        fn no_result_escapes(a in any_interval(), b in any_interval()) {
            let operations: [Operation; 6] = [
                (Interval::add, Decimal::checked_add),
                (Interval::subtract, Decimal::checked_sub),
                (Interval::multiply, Decimal::checked_mul),
                (Interval::divide, Decimal::checked_div),
                (|a, b| Ok(a.minimum(b)), |x, y| Some(x.min(y))),
                (|a, b| Ok(a.maximum(b)), |x, y| Some(x.max(y))),
            ];
            for (of_intervals, of_numbers) in operations {
                let Ok(result) = of_intervals(&a, &b) else { continue };
                for x in samples(&a) {
                    for y in samples(&b) {
                        let value = of_numbers(x, y).unwrap();
                        prop_assert!(result.contains(value), "{value} of {x} and {y} not in {result} of {a} and {b}");
                    }
                }
            }
        }

        #[test]
        fn powers_and_sizes_hold_their_results(a in any_interval(), exponent in 0u32..4) {
            for x in samples(&a) {
                prop_assert!(a.absolute().contains(x.abs()));
                prop_assert!(a.power(exponent).unwrap().contains(checked_power(x, exponent).unwrap()));
            }
        }
    }

    #[test]
    fn excluded_ends_stay_excluded() {
        let above = Interval::above(Decimal::from(117_000));
        let hundred = Interval::point(Decimal::ONE_HUNDRED);
        assert_eq!(above.add(&hundred).unwrap(), Interval::above(Decimal::from(117_100)));
        assert_eq!(above.multiply(&hundred).unwrap(), Interval::above(Decimal::from(11_700_000)));
        assert_eq!(above.divide(&hundred).unwrap(), Interval::above(Decimal::from(1170)));
        assert_eq!(above.divide(&Interval::closed(-Decimal::ONE, Decimal::ONE)), Err(DivisionByZero));
    }
}
