//! The units of results, and the two sides of a clash aligned.

use super::evaluate::overflow;
use super::{FormulaError, Operator};
use crate::number::{Decimal, Interval};
use crate::text::Span;
use crate::unit::{Conversion, Unit};

type Common = Result<(Unit, Option<Conversion>), FormulaError>;

/// The unit of two operands that are held against each other, and what the right one is multiplied by to be in it.
pub(super) fn common(left: Unit, right: Unit, span: Span) -> Common {
    match right.conversion(left) {
        Some(Conversion::Same) => Ok((if left == Unit::Ratio { right } else { left }, None)),
        Some(Conversion::Assumed) => Ok((if left == Unit::Bare { right } else { left }, None)),
        Some(factor @ Conversion::Factor(..)) => Ok((left, Some(factor))),
        None => Err(clash(left, right, span)),
    }
}

/// The unit of a sum. Points are added to a percentage: 40% and 5 points are 45%.
pub(super) fn sum(left: Unit, right: Unit, span: Span) -> Common {
    match (left, right) {
        (Unit::Percent, Unit::Points) | (Unit::Points, Unit::Percent) => Ok((Unit::Percent, None)),
        _ => common(left, right, span),
    }
}

/// The unit of a difference: of two percentages, points; of a percentage and points, a percentage.
pub(super) fn difference(left: Unit, right: Unit, span: Span) -> Common {
    match (left, right) {
        (Unit::Percent, Unit::Percent) => Ok((Unit::Points, None)),
        (Unit::Percent, Unit::Points) => Ok((Unit::Percent, None)),
        _ => common(left, right, span),
    }
}

/// A value in the other unit, and the interval of what it was multiplied by.
pub(super) fn convert(
    value: Decimal,
    conversion: Option<Conversion>,
    span: Span,
) -> Result<(Decimal, Option<Box<Interval>>), FormulaError> {
    match conversion {
        Some(Conversion::Factor(factor, range)) => {
            Ok((value.checked_mul(factor).ok_or_else(|| overflow(span))?, Some(Box::new(range))))
        }
        _ => Ok((value, None)),
    }
}

/// The unit of a product or quotient.
pub(super) fn combined(
    operator: Operator,
    left: Unit,
    right: Unit,
    span: Span,
) -> Result<Unit, FormulaError> {
    let unit = if operator == Operator::Divide { left.over(right) } else { left.times(right) };
    unit.ok_or_else(|| {
        FormulaError::new(span, format!("{left} and {right} combine to no unit that means anything"))
    })
}

/// The unit of a power; the spans are those of the whole and of the exponent.
pub(super) fn power(
    base: Unit,
    exponent: Decimal,
    exponent_unit: Unit,
    (span, exponent_span): (Span, Span),
) -> Result<Unit, FormulaError> {
    if matches!(exponent_unit, Unit::Of(_)) {
        let message = format!("an exponent is a plain number, and this is in {exponent_unit}");
        return Err(FormulaError::new(exponent_span, message));
    }
    match base {
        Unit::Of(_) if exponent != Decimal::ONE => {
            Err(FormulaError::new(span, format!("a power of {base} means nothing")))
        }
        Unit::Percent | Unit::Points if exponent != Decimal::ONE => Ok(Unit::Ratio),
        _ => Ok(base),
    }
}

pub(super) fn clash(left: Unit, right: Unit, span: Span) -> FormulaError {
    let error = FormulaError::new(
        span,
        format!("two units that do not go together\n   left: {left}\n  right: {right}"),
    );
    match (left, right) {
        (Unit::Of(a), Unit::Of(b)) => match left.over(right) {
            Some(factor)
                if a.currency().is_some() && b.currency().is_some() && a.currency() != b.currency() =>
            {
                error.help(format!("an exchange rate, in {factor}, converts the right side"))
            }
            Some(factor @ Unit::Of(_)) => {
                error.help(format!("a factor in {factor} would convert the right side"))
            }
            _ => error,
        },
        _ if left.is_ratio() && right.is_ratio() => {
            error.help("percentage points are added to a percentage, not held against one")
        }
        _ if left.is_ratio() || right.is_ratio() => {
            error.help("a ratio is multiplied with an amount, not added to it")
        }
        _ => error,
    }
}
