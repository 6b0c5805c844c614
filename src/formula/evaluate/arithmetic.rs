//! Quotients, powers and medians of exact decimals, and why there is none.

use rust_decimal::MathematicalOps;

use super::super::FormulaError;
use crate::number::{Decimal, checked_power};
use crate::text::Span;

/// Powers that are not whole come from series, right to 22 digits: so many are kept, and the square root of 4 is 2.
const ROOT_DIGITS: u32 = 22;

pub(super) fn quotient(a: Decimal, b: Decimal, divisor: Span, span: Span) -> Result<Decimal, FormulaError> {
    if b.is_zero() {
        return Err(FormulaError::new(divisor, "this is zero, and divides"));
    }
    a.checked_div(b).ok_or_else(|| overflow(span))
}

pub(super) fn power(base: Decimal, exponent: Decimal, span: Span) -> Result<Decimal, FormulaError> {
    let is_whole = exponent.is_integer();
    if base.is_zero() && exponent < Decimal::ZERO {
        return Err(FormulaError::new(span, "a negative power of zero"));
    }
    if !is_whole && base < Decimal::ZERO {
        return Err(FormulaError::new(span, "a root of a negative number"));
    }
    let result = if is_whole { whole_power(base, exponent) } else { root(base, exponent) };
    result.ok_or_else(|| overflow(span))
}

fn whole_power(base: Decimal, exponent: Decimal) -> Option<Decimal> {
    let power = checked_power(base, u32::try_from(exponent.abs()).ok()?)?;
    if exponent < Decimal::ZERO { Decimal::ONE.checked_div(power) } else { Some(power) }
}

/// A power whose exponent is not whole, of a number from 0 on.
pub(in crate::formula) fn root(base: Decimal, exponent: Decimal) -> Option<Decimal> {
    if base.is_zero() {
        return (exponent > Decimal::ZERO).then_some(Decimal::ZERO);
    }
    base.checked_powd(exponent).map(without_noise)
}

/// Rounded to the digits of a root that are right. `Decimal::round_sf` would not do: it returns small numbers with more
/// than 28 decimal places, on which the library's arithmetic then panics.
fn without_noise(value: Decimal) -> Decimal {
    let digits = value.mantissa().unsigned_abs().checked_ilog10().map_or(0, |log| log + 1);
    let places = (ROOT_DIGITS + value.scale()).saturating_sub(digits);
    value.round_dp(places.min(26))
}

pub(super) fn median(values: &mut [Decimal]) -> Option<Decimal> {
    values.sort_unstable();
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    values.get(middle.checked_sub(1)?)?.checked_add(upper)?.checked_div(Decimal::TWO)
}

pub(in crate::formula) fn overflow(span: Span) -> FormulaError {
    FormulaError::new(span, "the result is too large to be computed exactly")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn roots_are_right_to_eighteen_digits() {
        let cases = [
            // From forty digits.
            (dec!(2), dec!(0.5), dec!(1.414213562373095048802)),
            (dec!(10), dec!(0.3), dec!(1.995262314968879601352)),
            (dec!(1.5), dec!(0.2), dec!(1.084471771197698613746)),
        ];
        for (base, exponent, expected) in cases {
            let distance = (root(base, exponent).unwrap() - expected).abs();
            assert!(distance < dec!(0.000000000000000001), "{base} ^ {exponent}");
        }
        assert_eq!(root(dec!(4), dec!(0.5)), Some(dec!(2)));
        assert_eq!(root(dec!(0.0001), dec!(0.25)), Some(dec!(0.1)));
        assert_eq!(root(dec!(0), dec!(-0.5)), None);
        assert_eq!(root(Decimal::MAX, dec!(1.5)), None);
    }

    proptest! {
        #[test]
        fn roots_can_be_computed_with(
            base in any::<u64>(), scale in 0u32..=28, exponent in any::<i64>(), small in 0u32..=18,
        ) {
            let base = Decimal::from_i128_with_scale(i128::from(base), scale);
            if let Some(root) = root(base, Decimal::new(exponent, small)) {
                prop_assert!(root.scale() <= Decimal::MAX_SCALE);
                prop_assert!(root.is_zero() || root.checked_div(root) == Some(Decimal::ONE));
            }
        }
    }
}
