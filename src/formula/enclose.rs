//! The interval that a formula's value lies in when its figures are uncertain.
//!
//! Interval arithmetic alone takes a figure that occurs twice for two figures: `x - x` would not be zero. Where a
//! figure occurs more than once, the sign of the formula's derivative by it (enclosed by forward differentiation over
//! intervals) tells at which end of the figure the formula is least and greatest; where the sign is not constant, plain
//! interval arithmetic stands, which is wider but never wrong. See R. E. Moore, R. B. Kearfott, M. J. Cloud,
//! "Introduction to Interval Analysis" (2009), section 6.4, on monotone inclusion.

use std::cmp::Ordering;

use super::evaluate::{Cell, Quantity};
use super::{Comparison, Formula, FormulaError, Function, Node, NodeId, NodeKind, Operator};
use crate::number::{ArithmeticError, Decimal, High, Interval, Low};

mod slope;

/// Encloses the whole formula, whose nodes came to `cells`.
pub(super) fn range(
    formula: &Formula<'_>,
    figures: &[Quantity],
    cells: &[Cell],
) -> Result<Interval, FormulaError> {
    let given: Vec<Interval> = figures.iter().map(|figure| figure.range).collect();
    let pass = Pass { formula, cells };
    let plain = pass.run(&given)?;
    let whole = plain.last().copied().unwrap_or(Interval::ALL);
    let mut least = Corner::new(&given);
    let mut greatest = Corner::new(&given);
    for index in repeated(formula, &given) {
        let slope = slope::by(&pass, &plain, index);
        let (falls, rises) = (can_be(&slope, Ordering::Less), can_be(&slope, Ordering::Greater));
        if falls && rises {
            continue;
        }
        let is_strict = !slope.contains(Decimal::ZERO);
        let (lower, upper) = if rises { (&mut least, &mut greatest) } else { (&mut greatest, &mut least) };
        lower.pin_low(index, is_strict);
        upper.pin_high(index, is_strict);
    }
    let low = pass.end(&least.figures)?.low();
    let high = pass.end(&greatest.figures)?.high();
    let low = low.value().filter(|_| least.is_excluded).map_or(low, Low::Above);
    let high = high.value().filter(|_| greatest.is_excluded).map_or(high, High::Below);
    let tight = Interval::new(low, high).unwrap_or(whole);
    Ok(tight.intersection(&whole).unwrap_or(whole))
}

/// Figures held at the ends at which the formula is least, or greatest.
struct Corner {
    figures: Vec<Interval>,
    /// Whether some figure approaches its end without reaching it, and the formula with it.
    is_excluded: bool,
}

impl Corner {
    fn new(figures: &[Interval]) -> Self {
        Self { figures: figures.to_vec(), is_excluded: false }
    }

    fn pin_low(&mut self, index: usize, is_strict: bool) {
        if let Some(figure) = self.figures.get_mut(index) {
            if let Some(end) = figure.low().value() {
                self.is_excluded |= is_strict && !figure.low().is_included();
                *figure = Interval::point(end);
            }
        }
    }

    fn pin_high(&mut self, index: usize, is_strict: bool) {
        if let Some(figure) = self.figures.get_mut(index) {
            if let Some(end) = figure.high().value() {
                self.is_excluded |= is_strict && !figure.high().is_included();
                *figure = Interval::point(end);
            }
        }
    }
}

/// Whether a comparison holds for two numbers of this order.
pub(super) fn holds(kind: &NodeKind, order: Ordering) -> bool {
    let NodeKind::Compare(comparison, ..) = kind else { return false };
    match comparison {
        Comparison::Less => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::AtLeast => order.is_ge(),
        Comparison::Equal => order.is_eq(),
        Comparison::Unequal => order.is_ne(),
    }
}

/// Interval arithmetic over all nodes.
struct Pass<'a, 't> {
    formula: &'a Formula<'t>,
    /// What the nodes came to nominally: days counted, and what converts days and months.
    cells: &'a [Cell],
}

impl Pass<'_, '_> {
    fn run(&self, figures: &[Interval]) -> Result<Vec<Interval>, FormulaError> {
        let mut known: Vec<Interval> = Vec::with_capacity(self.formula.nodes.len());
        for (at, node) in self.formula.nodes.iter().enumerate() {
            let interval = self.node(node, self.cells.get(at), figures, &known).map_err(|error| {
                FormulaError::new(node.span, format!("somewhere in the range of the figures: {error}"))
            })?;
            known.push(interval);
        }
        Ok(known)
    }

    fn end(&self, figures: &[Interval]) -> Result<Interval, FormulaError> {
        Ok(self.run(figures)?.last().copied().unwrap_or(Interval::ALL))
    }

    fn node(
        &self,
        node: &Node,
        cell: Option<&Cell>,
        figures: &[Interval],
        known: &[Interval],
    ) -> Result<Interval, ArithmeticError> {
        let conversion = cell.and_then(|cell| cell.conversion);
        let of = |id: &NodeId| known.get(*id as usize).copied().unwrap_or(Interval::ALL);
        let right = |id: &NodeId| conversion.map_or(Ok(of(id)), |factor| of(id).multiply(&factor));
        match &node.kind {
            NodeKind::Literal { value, .. } => Ok(Interval::point(*value)),
            NodeKind::Period(_) => Ok(Interval::point(Decimal::ZERO)),
            NodeKind::Figure(index) => Ok(figures.get(*index as usize).copied().unwrap_or(Interval::ALL)),
            NodeKind::Negate(operand) => Ok(of(operand).negate()),
            NodeKind::Binary(Operator::Add, a, b) => of(a).add(&right(b)?),
            NodeKind::Binary(Operator::Subtract, a, b) => of(a).subtract(&right(b)?),
            NodeKind::Binary(Operator::Multiply, a, b) => of(a).multiply(&of(b)),
            NodeKind::Binary(Operator::Divide, a, b) => of(a).divide(&of(b)),
            NodeKind::Binary(Operator::Power, a, b) => power(&of(a), &of(b)),
            NodeKind::Compare(_, a, b) => Ok(truth(&node.kind, &of(a), &right(b)?)),
            NodeKind::Call { function: Function::Days | Function::Count, .. } => {
                Ok(cell.map_or(Interval::ALL, |cell| Interval::point(cell.value)))
            }
            NodeKind::Call { function, first, count } => {
                let operands: Vec<Interval> = self.formula.operands(*first, *count).iter().map(of).collect();
                call(*function, &operands)
            }
        }
    }
}

fn call(function: Function, operands: &[Interval]) -> Result<Interval, ArithmeticError> {
    let one = Interval::point(Decimal::ONE);
    match (function, operands) {
        (Function::Change, [before, after]) => after.divide(before)?.subtract(&one),
        (Function::Points, [before, after]) => after.subtract(before),
        (Function::Ratio | Function::Share | Function::PerCapita, [a, b]) | (Function::Per, [a, b, ..]) => {
            a.divide(b)
        }
        (Function::Real, [amount, then, now]) => amount.multiply(now)?.divide(then),
        (Function::Abs, [of]) => Ok(of.absolute()),
        (Function::Min, [first, rest @ ..]) => {
            Ok(rest.iter().fold(*first, |least, next| least.minimum(next)))
        }
        (Function::Max, [first, rest @ ..]) => Ok(rest.iter().fold(*first, |most, next| most.maximum(next))),
        (Function::Median, all) => Ok(median(all)),
        (Function::Mean, [first, rest @ ..]) => {
            let total = rest.iter().try_fold(*first, |sum, next| sum.add(next))?;
            total.divide(&Interval::point(Decimal::from(operands.len())))
        }
        (_, [first, rest @ ..]) => rest.iter().try_fold(*first, |sum, next| sum.add(next)),
        (_, []) => Ok(Interval::ALL),
    }
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

fn power(base: &Interval, exponent: &Interval) -> Result<Interval, ArithmeticError> {
    let Some(exponent) = exponent.as_point() else { return Ok(Interval::ALL) };
    let whole = u32::try_from(exponent.abs().normalize()).ok().filter(|_| exponent.is_integer());
    match whole {
        Some(whole) if exponent.is_sign_negative() => {
            Interval::point(Decimal::ONE).divide(&base.power(whole)?)
        }
        Some(whole) => base.power(whole),
        // Roots are monotone where they are defined.
        None => {
            let root = |value: Decimal| rust_decimal::MathematicalOps::checked_powd(&value, exponent);
            let ends = (base.low().value().and_then(root), base.high().value().and_then(root));
            Ok(match ends {
                (Some(a), Some(b)) => Interval::closed(a, b),
                _ => Interval::ALL,
            })
        }
    }
}

/// 1 where the comparison holds for every pair, 0 where for none, else from 0 to 1.
fn truth(kind: &NodeKind, a: &Interval, b: &Interval) -> Interval {
    let difference = a.subtract(b).unwrap_or(Interval::ALL);
    let zero = Interval::point(Decimal::ZERO);
    let orders = [
        (Ordering::Less, !Interval::below(Decimal::ZERO).is_disjoint(&difference)),
        (Ordering::Equal, !zero.is_disjoint(&difference)),
        (Ordering::Greater, !Interval::above(Decimal::ZERO).is_disjoint(&difference)),
    ];
    let possible = || orders.iter().filter(|(_, possible)| *possible).map(|(order, _)| holds(kind, *order));
    let low = possible().all(|holds| holds);
    let high = possible().any(|holds| holds);
    Interval::closed(Decimal::from(u8::from(low)), Decimal::from(u8::from(high)))
}

/// Uncertain figures that occur more than once.
fn repeated(formula: &Formula<'_>, figures: &[Interval]) -> Vec<usize> {
    let mut counts = vec![0usize; figures.len()];
    for node in &formula.nodes {
        if let NodeKind::Figure(index) = node.kind {
            if let Some(count) = counts.get_mut(index as usize) {
                *count += 1;
            }
        }
    }
    let is_uncertain = |at: &usize| figures.get(*at).is_some_and(|figure| figure.as_point().is_none());
    (0..figures.len())
        .filter(|at| counts.get(*at).is_some_and(|count| *count > 1))
        .filter(is_uncertain)
        .collect()
}

/// Whether the slope can have this sign.
fn can_be(slope: &Interval, sign: Ordering) -> bool {
    let side = if sign.is_lt() { Interval::below(Decimal::ZERO) } else { Interval::above(Decimal::ZERO) };
    !side.is_disjoint(slope)
}
