//! Derivatives of formulas, enclosed: forward differentiation with intervals for numbers.

use super::super::{Function, NodeId, NodeKind, Operator};
use super::Pass;
use crate::number::{ArithmeticError, Decimal, Interval};

/// Encloses the derivative of the whole formula by one figure, over the intervals that its nodes lie in. Where an
/// operation has no derivative that could be enclosed, the result is every number.
pub(super) fn by(pass: &Pass<'_, '_>, known: &[Interval], figure: usize) -> Interval {
    let mut slopes: Vec<Interval> = Vec::with_capacity(known.len());
    for at in 0..known.len() {
        let slope = node(pass, known, &slopes, at, figure).unwrap_or(Interval::ALL);
        slopes.push(slope);
    }
    slopes.last().copied().unwrap_or(Interval::ALL)
}

fn zero() -> Interval {
    Interval::point(Decimal::ZERO)
}

fn node(
    pass: &Pass<'_, '_>,
    known: &[Interval],
    slopes: &[Interval],
    at: usize,
    figure: usize,
) -> Result<Interval, ArithmeticError> {
    let Some(node) = pass.formula.nodes.get(at) else { return Ok(Interval::ALL) };
    let value = |id: &NodeId| known.get(*id as usize).copied().unwrap_or(Interval::ALL);
    let slope = |id: &NodeId| slopes.get(*id as usize).copied().unwrap_or(Interval::ALL);
    let quotient = |a: &NodeId, b: &NodeId| {
        // (a/b)′ = (a′ − (a/b)·b′) / b
        let turned = value(a).divide(&value(b))?.multiply(&slope(b))?;
        slope(a).subtract(&turned)?.divide(&value(b))
    };
    let is_converted = pass.cells.get(at).is_some_and(|cell| cell.conversion.is_some());
    match &node.kind {
        NodeKind::Literal { .. } | NodeKind::Period(_) => Ok(zero()),
        NodeKind::Figure(index) if *index as usize == figure => Ok(Interval::point(Decimal::ONE)),
        NodeKind::Figure(_) => Ok(zero()),
        NodeKind::Negate(operand) => Ok(slope(operand).negate()),
        NodeKind::Binary(Operator::Add | Operator::Subtract, ..) if is_converted => Ok(Interval::ALL),
        NodeKind::Binary(Operator::Add, a, b) => slope(a).add(&slope(b)),
        NodeKind::Binary(Operator::Subtract, a, b) => slope(a).subtract(&slope(b)),
        NodeKind::Binary(Operator::Multiply, a, b) => {
            slope(a).multiply(&value(b))?.add(&value(a).multiply(&slope(b))?)
        }
        NodeKind::Binary(Operator::Divide, a, b) => quotient(a, b),
        NodeKind::Binary(Operator::Power, a, b) => power(&value(a), &slope(a), &value(b)),
        NodeKind::Compare(..) => Ok(Interval::ALL),
        NodeKind::Call { function, first, count } => match (*function, pass.formula.operands(*first, *count))
        {
            (Function::Change, [before, after]) => quotient(after, before),
            (Function::Points, [before, after]) => slope(after).subtract(&slope(before)),
            (Function::Ratio | Function::Share | Function::PerCapita, [a, b])
            | (Function::Per, [a, b, ..]) => quotient(a, b),
            (Function::Days | Function::Count, _) => Ok(zero()),
            (Function::Sum, all) => all.iter().try_fold(zero(), |sum, id| sum.add(&slope(id))),
            (Function::Mean, all) => {
                let total = all.iter().try_fold(zero(), |sum, id| sum.add(&slope(id)))?;
                total.divide(&Interval::point(Decimal::from(all.len())))
            }
            // One of the operands decides, whichever it is.
            (Function::Min | Function::Max, all) => Ok(hull(all.iter().map(slope))),
            // One of the operands, or the mean of two.
            (Function::Median, all) => Ok(hull(all.iter().map(slope))),
            (Function::Abs, [of]) => Ok(slope(of).hull(&slope(of).negate())),
            _ => Ok(Interval::ALL),
        },
    }
}

fn hull(slopes: impl Iterator<Item = Interval>) -> Interval {
    slopes.reduce(|all, next| all.hull(&next)).unwrap_or(Interval::ALL)
}

/// n·aⁿ⁻¹·a′, for whole n from 1 on.
fn power(base: &Interval, slope: &Interval, exponent: &Interval) -> Result<Interval, ArithmeticError> {
    let whole =
        exponent.as_point().filter(Decimal::is_integer).and_then(|exponent| u32::try_from(exponent).ok());
    let Some(whole) = whole.filter(|whole| *whole > 0) else { return Ok(Interval::ALL) };
    base.power(whole - 1)?.multiply(&Interval::point(Decimal::from(whole)))?.multiply(slope)
}
