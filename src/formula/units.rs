//! The units of results, and the two sides of a clash aligned.

use super::{FormulaError, Operator};
use crate::number::Decimal;
use crate::text::Span;
use crate::unit::{Conversion, Unit};

/// What the right operand of a sum is multiplied by to be in the left one's unit, and the unit of the sum.
pub(super) fn common(
    left: Unit,
    right: Unit,
    span: Span,
) -> Result<(Unit, Option<Conversion>), FormulaError> {
    match right.conversion(left) {
        Some(Conversion::Same) => Ok((if left == Unit::Ratio { right } else { left }, None)),
        Some(Conversion::Assumed) => Ok((if left == Unit::Bare { right } else { left }, None)),
        Some(factor @ Conversion::Factor(..)) => Ok((left, Some(factor))),
        // Points are added to a percentage: 40% and 5 points are 45%.
        None if left == Unit::Percent && right == Unit::Points => Ok((Unit::Percent, None)),
        None => Err(clash(left, right, span)),
    }
}

/// The unit of a difference: of two percentages, points.
pub(super) fn difference(
    left: Unit,
    right: Unit,
    span: Span,
) -> Result<(Unit, Option<Conversion>), FormulaError> {
    if left == Unit::Percent && right == Unit::Percent {
        return Ok((Unit::Points, None));
    }
    common(left, right, span)
}

/// The unit of a product, quotient or power.
pub(super) fn combined(
    operator: Operator,
    left: Unit,
    right: Unit,
    span: Span,
) -> Result<Unit, FormulaError> {
    let unit = match operator {
        Operator::Multiply => left.times(right),
        Operator::Divide => left.over(right),
        _ => Some(left),
    };
    unit.ok_or_else(|| {
        FormulaError::new(span, format!("{left} and {right} combine to no unit that means anything"))
    })
}

/// The unit of a whole power.
pub(super) fn power(base: Unit, exponent: Decimal, span: Span) -> Result<Unit, FormulaError> {
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
        _ if left.is_ratio() || right.is_ratio() => {
            error.help("a ratio is multiplied with an amount, not added to it")
        }
        _ => error,
    }
}
