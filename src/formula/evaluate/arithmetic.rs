//! Quotients, powers and medians of exact decimals, and why there is none.

use rust_decimal::MathematicalOps;

use super::super::FormulaError;
use crate::number::{Decimal, checked_power};
use crate::text::Span;

/// Roots are computed by series, whose last digits are noise: so many significant ones are kept, and the square root
/// of 4 is 2.
const ROOT_DIGITS: u32 = 24;

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

/// A power of a number from 0 on whose exponent is not whole.
pub(in crate::formula) fn root(base: Decimal, exponent: Decimal) -> Option<Decimal> {
    if base.is_zero() {
        return (exponent > Decimal::ZERO).then_some(Decimal::ZERO);
    }
    base.checked_powd(exponent)?.round_sf(ROOT_DIGITS)
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
