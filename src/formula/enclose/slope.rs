//! Derivatives of formulas, enclosed: forward differentiation with intervals for numbers.

use super::super::{Function, NodeId, NodeKind, Operator};
use super::pass::{Pass, power};
use crate::number::{ArithmeticError, Decimal, Interval};

/// Encloses the derivative of the whole formula by one figure, over the intervals that its nodes lie in. Where an
/// operation has no derivative that could be enclosed, the result is every number.
pub(super) fn by(pass: &Pass<'_, '_>, known: &[Interval], figure: usize) -> Interval {
    let mut slopes: Vec<Interval> = Vec::with_capacity(known.len());
    for at in 0..known.len() {
        let slope = Slopes { pass, known, so_far: &slopes, figure }.node(at).unwrap_or(Interval::ALL);
        slopes.push(slope);
    }
    slopes.last().copied().unwrap_or(Interval::ALL)
}

/// The derivatives of the nodes so far.
struct Slopes<'a, 't> {
    pass: &'a Pass<'a, 't>,
    known: &'a [Interval],
    so_far: &'a [Interval],
    figure: usize,
}

type Slope = Result<Interval, ArithmeticError>;

const ZERO: Decimal = Decimal::ZERO;

impl Slopes<'_, '_> {
    fn value(&self, id: NodeId) -> Interval {
        self.known.get(id as usize).copied().unwrap_or(Interval::ALL)
    }

    fn slope(&self, id: NodeId) -> Interval {
        self.so_far.get(id as usize).copied().unwrap_or(Interval::ALL)
    }

    fn node(&self, at: usize) -> Slope {
        let (Some(node), Some(cell)) = (self.pass.formula.nodes.get(at), self.pass.cells.get(at)) else {
            return Ok(Interval::ALL);
        };
        let converted = |id: NodeId| cell.converted(self.slope(id));
        match &node.kind {
            NodeKind::Literal { .. } | NodeKind::Period(_) | NodeKind::Key(_) => Ok(Interval::point(ZERO)),
            NodeKind::Figure(index) => {
                let is_own = *index as usize == self.figure;
                Ok(Interval::point(if is_own { Decimal::ONE } else { ZERO }))
            }
            NodeKind::Negate(operand) => Ok(self.slope(*operand).negate()),
            NodeKind::Binary(Operator::Add, a, b) => self.slope(*a).add(&converted(*b)?),
            NodeKind::Binary(Operator::Subtract, a, b) | NodeKind::Compare(_, a, b) => {
                self.slope(*a).subtract(&converted(*b)?)
            }
            NodeKind::Binary(Operator::Multiply, a, b) => self.product(*a, *b),
            NodeKind::Binary(Operator::Divide, a, b) => self.quotient(at, *a, *b, ZERO),
            NodeKind::Binary(Operator::Power, a, b) => self.power(*a, *b),
            NodeKind::Call { function, first, count } => {
                self.call(at, *function, self.pass.formula.operands(*first, *count))
            }
        }
    }

    fn call(&self, at: usize, function: Function, operands: &[NodeId]) -> Slope {
        let slopes = || operands.iter().map(|id| self.slope(*id));
        let total = || slopes().try_fold(Interval::point(ZERO), |sum, slope| sum.add(&slope));
        match (function, operands) {
            (Function::Change, [before, after]) => self.quotient(at, *after, *before, Decimal::ONE),
            (Function::Points, [before, after]) => {
                let cell = self.pass.cells.get(at);
                let before = cell.map_or(Ok(Interval::ALL), |cell| cell.converted(self.slope(*before)))?;
                self.slope(*after).subtract(&before)
            }
            (Function::Ratio | Function::Share | Function::PerCapita, [a, b])
            | (Function::Per, [a, b, ..]) => self.quotient(at, *a, *b, ZERO),
            (Function::Days | Function::Count | Function::Rank, _) => Ok(Interval::point(ZERO)),
            (Function::Sum, _) => total(),
            (Function::Mean, all) => total()?.divide(&Interval::point(Decimal::from(all.len()))),
            // One of the operands decides, whichever it is; of a median, one or the mean of two.
            (Function::Min | Function::Max | Function::Median, _) => {
                Ok(slopes().reduce(|all, next| all.hull(&next)).unwrap_or(Interval::ALL))
            }
            (Function::Abs, [of]) => match self.value(*of) {
                value if Interval::at_least(ZERO).covers(&value) => Ok(self.slope(*of)),
                value if Interval::at_most(ZERO).covers(&value) => Ok(self.slope(*of).negate()),
                _ => Ok(self.slope(*of).hull(&self.slope(*of).negate())),
            },
            _ => Ok(Interval::ALL),
        }
    }

    /// (a·b)′ = a′·b + a·b′
    fn product(&self, a: NodeId, b: NodeId) -> Slope {
        self.slope(a).multiply(&self.value(b))?.add(&self.value(a).multiply(&self.slope(b))?)
    }

    /// (a/b)′ = (a′ − (a/b)·b′) / b, where node `at` is a/b − `offset`, and b what it is after conversion.
    fn quotient(&self, at: usize, a: NodeId, b: NodeId, offset: Decimal) -> Slope {
        let (Some(cell), Some(result)) = (self.pass.cells.get(at), self.known.get(at)) else {
            return Ok(Interval::ALL);
        };
        let ratio = result.add(&Interval::point(offset))?;
        let turned = ratio.multiply(&cell.converted(self.slope(b))?)?;
        self.slope(a).subtract(&turned)?.divide(&cell.converted(self.value(b))?)
    }

    /// (aⁿ)′ = n·aⁿ⁻¹·a′, for a certain n.
    fn power(&self, base: NodeId, exponent: NodeId) -> Slope {
        let Some(exponent) = self.value(exponent).as_point() else { return Ok(Interval::ALL) };
        let Some(less) = exponent.checked_sub(Decimal::ONE).filter(|_| !exponent.is_zero()) else {
            return Ok(Interval::point(ZERO));
        };
        let outer = power(&self.value(base), &Interval::point(less))?;
        outer.multiply(&Interval::point(exponent))?.multiply(&self.slope(base))
    }
}
