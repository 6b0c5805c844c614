//! Interval arithmetic over all nodes of a formula.

use super::super::evaluate::{Cell, root};
use super::super::{Formula, FormulaError, Function, Node, NodeId, NodeKind, Operator};
use crate::number::{ArithmeticError, Decimal, High, Interval, Low};

/// A formula to be computed with intervals for numbers.
pub(super) struct Pass<'a, 't> {
    pub(super) formula: &'a Formula<'t>,
    /// What the nodes came to nominally: days counted, and what converts operands.
    pub(super) cells: &'a [Cell],
}

type Enclosed = Result<Interval, ArithmeticError>;

impl Pass<'_, '_> {
    /// The intervals of all nodes; that of a comparison is the difference of its sides.
    pub(super) fn run(&self, figures: &[Interval]) -> Result<Vec<Interval>, FormulaError> {
        let mut known: Vec<Interval> = Vec::with_capacity(self.formula.nodes.len());
        for (node, cell) in self.formula.nodes.iter().zip(self.cells) {
            let interval = self.node(node, cell, figures, &known).map_err(|error| {
                FormulaError::new(node.span, format!("somewhere in the range of the figures: {error}"))
            })?;
            known.push(interval);
        }
        Ok(known)
    }

    /// The interval of the last node.
    pub(super) fn end(&self, figures: &[Interval]) -> Result<Interval, FormulaError> {
        Ok(self.run(figures)?.last().copied().unwrap_or(Interval::ALL))
    }

    fn node(&self, node: &Node, cell: &Cell, figures: &[Interval], known: &[Interval]) -> Enclosed {
        let of = |id: &NodeId| known.get(*id as usize).copied().unwrap_or(Interval::ALL);
        let converted = |id: &NodeId| cell.converted(of(id));
        match &node.kind {
            NodeKind::Literal { value, .. } => Ok(Interval::point(*value)),
            NodeKind::Period(_) | NodeKind::Key(_) => Ok(Interval::point(Decimal::ZERO)),
            NodeKind::Figure(index) => Ok(figures.get(*index as usize).copied().unwrap_or(Interval::ALL)),
            NodeKind::Negate(operand) => Ok(of(operand).negate()),
            NodeKind::Binary(Operator::Add, a, b) => of(a).add(&converted(b)?),
            NodeKind::Binary(Operator::Subtract, a, b) | NodeKind::Compare(_, a, b) => {
                of(a).subtract(&converted(b)?)
            }
            NodeKind::Binary(Operator::Multiply, a, b) => of(a).multiply(&of(b)),
            NodeKind::Binary(Operator::Divide, a, b) => {
                match self.change_from(*a, *b).filter(|_| cell.conversion.is_none()) {
                    Some(after) => change(&of(b), &of(&after)),
                    None => of(a).divide(&converted(b)?),
                }
            }
            NodeKind::Binary(Operator::Power, a, b) => power(&of(a), &of(b)),
            NodeKind::Call { first, .. } if self.is_of_series(*first) => Ok(Interval::point(cell.value)),
            NodeKind::Call { function, first, count } => {
                call(*function, self.formula.operands(*first, *count), cell, known)
            }
        }
    }

    /// Whether a call's operands, of which this is the first, are a series, which is certain.
    fn is_of_series(&self, first: u32) -> bool {
        let id = self.formula.operands.get(first as usize);
        id.and_then(|id| self.cells.get(*id as usize)).is_some_and(|cell| cell.series.is_some())
    }

    /// `after` in `(after - before) / before`, the change as most people write it: over an unbounded figure it has no
    /// ends that interval arithmetic would find.
    fn change_from(&self, left: NodeId, right: NodeId) -> Option<NodeId> {
        let kind = |id: NodeId| self.formula.node(id).map(|node| &node.kind);
        let NodeKind::Binary(Operator::Subtract, after, before) = kind(left)? else { return None };
        let is_same = |a: &NodeKind, b: &NodeKind| matches!((a, b), (NodeKind::Figure(a), NodeKind::Figure(b)) if a == b);
        let is_converted = self.cells.get(left as usize).is_none_or(|cell| cell.conversion.is_some());
        (!is_converted && is_same(kind(*before)?, kind(right)?)).then_some(*after)
    }
}

impl Cell {
    /// The interval of the operand that is converted, or compared with, as it enters the operation.
    pub(super) fn converted(&self, operand: Interval) -> Enclosed {
        self.conversion.as_ref().map_or(Ok(operand), |factor| operand.multiply(factor))
    }
}

fn call(function: Function, operands: &[NodeId], cell: &Cell, known: &[Interval]) -> Enclosed {
    let of = |id: &NodeId| known.get(*id as usize).copied().unwrap_or(Interval::ALL);
    let all = || operands.iter().map(of);
    match (function, operands) {
        (Function::Days | Function::Count | Function::Rank, _) => Ok(Interval::point(cell.value)),
        (Function::Change, [before, after]) => change(&cell.converted(of(before))?, &of(after)),
        (Function::Points, [before, after]) => of(after).subtract(&cell.converted(of(before))?),
        (Function::Ratio | Function::Share | Function::PerCapita, [a, b]) | (Function::Per, [a, b, ..]) => {
            of(a).divide(&cell.converted(of(b))?)
        }
        (Function::Real, [amount, then, now, ..]) => of(amount).multiply(&of(now))?.divide(&of(then)),
        (Function::Abs, [operand]) => Ok(of(operand).absolute()),
        (Function::Min, [first, ..]) => Ok(all().fold(of(first), |least, next| least.minimum(&next))),
        (Function::Max, [first, ..]) => Ok(all().fold(of(first), |most, next| most.maximum(&next))),
        (Function::Median, _) => Ok(median(&all().collect::<Vec<_>>())),
        (Function::Mean, _) => {
            let total = all().try_fold(Interval::point(Decimal::ZERO), |sum, next| sum.add(&next))?;
            total.divide(&Interval::point(Decimal::from(operands.len())))
        }
        _ => all().try_fold(Interval::point(Decimal::ZERO), |sum, next| sum.add(&next)),
    }
}

fn change(before: &Interval, after: &Interval) -> Enclosed {
    after.divide(before)?.subtract(&Interval::point(Decimal::ONE))
}

/// The ends of a median are the medians of the ends.
fn median(all: &[Interval]) -> Interval {
    let middle = |mut ends: Vec<Decimal>| {
        ends.sort_unstable();
        let upper = ends.get(ends.len() / 2).copied()?;
        let lower = ends.get((ends.len() - 1) / 2).copied()?;
        lower.checked_add(upper)?.checked_div(Decimal::TWO)
    };
    let lows: Option<Vec<Decimal>> = all.iter().map(|interval| interval.low().value()).collect();
    let highs: Option<Vec<Decimal>> = all.iter().map(|interval| interval.high().value()).collect();
    let low = lows.and_then(middle).map_or(Low::Unbounded, Low::At);
    let high = highs.and_then(middle).map_or(High::Unbounded, High::At);
    Interval::new(low, high).unwrap_or(Interval::ALL)
}

/// A power whose exponent is certain; every number, where it is not.
pub(super) fn power(base: &Interval, exponent: &Interval) -> Enclosed {
    let Some(exponent) = exponent.as_point() else { return Ok(Interval::ALL) };
    if !exponent.is_integer() {
        return roots(base, exponent);
    }
    let Ok(whole) = u32::try_from(exponent.abs()) else { return Err(ArithmeticError::Overflow) };
    let power = base.power(whole)?;
    if exponent < Decimal::ZERO { Interval::point(Decimal::ONE).divide(&power) } else { Ok(power) }
}

/// Powers that are not whole rise with numbers from 0 on, or fall where they are negative; below 0 there are none.
fn roots(base: &Interval, exponent: Decimal) -> Enclosed {
    if exponent < Decimal::ZERO {
        return Interval::point(Decimal::ONE).divide(&roots(base, -exponent)?);
    }
    if base.low().value().is_none_or(|low| low < Decimal::ZERO) {
        return Ok(Interval::ALL);
    }
    let root = |value| root(value, exponent);
    let ends = [base.low().value(), base.high().value()];
    if ends.into_iter().flatten().any(|end| root(end).is_none()) {
        return Err(ArithmeticError::Overflow);
    }
    // Ends nearer to each other than roots are computed fall together.
    Ok(base
        .map(root)
        .or(ends.into_iter().flatten().find_map(root).map(Interval::point))
        .unwrap_or(Interval::ALL))
}
