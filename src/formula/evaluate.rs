//! Evaluating formulas.

use std::cmp::Ordering;

mod operations;

pub(super) use operations::{Cell, Evaluation};

use super::{Formula, FormulaError, Function, NodeKind, Operator};
use crate::number::{Decimal, Interval};
use crate::scope::{Facets, Period, Scope, ScopeProblem};
use crate::text::Span;
use crate::unit::Unit;

/// A figure's value, as formulas take it: money in the currency's main unit, percentages as ratios (5% is 0.05), time
/// in days or months.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The value.
    pub nominal: Decimal,
    /// Where it lies, where that is uncertain; else the value itself.
    pub range: Interval,
    /// Its unit.
    pub unit: Unit,
    /// What it counts.
    pub scope: Scope,
    /// Whether it is counted on a day (people in custody, a price) and not over days.
    pub is_stock: bool,
}

/// What formulas are evaluated with, besides figures.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The story's facets.
    pub facets: &'a Facets,
    /// The facet in which comparisons may contrast; the period, where nothing is said.
    pub over: Option<&'a str>,
}

/// What a formula comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The value; 1 or 0 for a comparison.
    pub nominal: Decimal,
    /// Where it lies, if figures are uncertain.
    pub range: Interval,
    /// Its unit.
    pub unit: Unit,
    /// What it counts.
    pub scope: Scope,
    /// For a change or a difference, whose sign drafts put into words: what that sign says.
    pub difference: Option<Sense>,
    /// Whether it is a comparison, which holds or does not.
    pub is_comparison: bool,
    /// What the scopes of its parts do not allow.
    pub issues: Vec<ScopeIssue>,
}

/// What the sign of a difference says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sense {
    /// It is later minus earlier: positive is a rise.
    Rise,
    /// It is earlier minus later: positive is a fall.
    Fall,
    /// Nothing tells which is later.
    Unknown,
}

/// Something that the scopes of two parts of a formula do not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeIssue {
    /// Where in the formula.
    pub span: Span,
    /// What.
    pub problem: ScopeProblem,
}

impl Quantity {
    /// A certain value without a scope.
    pub fn point(value: Decimal, unit: Unit) -> Self {
        Self { nominal: value, range: Interval::point(value), unit, scope: Scope::default(), is_stock: false }
    }
}

impl Formula<'_> {
    /// Evaluates the formula; `figures` stand for [`Formula::names`], in their order.
    ///
    /// # Errors
    /// Division by zero, overflow, units that do not go together, a share or change that means nothing: each at its
    /// place in the formula.
    pub fn evaluate(&self, figures: &[Quantity], context: &Context<'_>) -> Result<Value, FormulaError> {
        let mut evaluation = Evaluation::new(self, figures, context);
        for id in 0..=self.root() {
            evaluation.step(id)?;
        }
        evaluation.value()
    }

    /// What the sign of a node's value says: of a change or a difference, also when scaled.
    fn sense(&self, cells: &[Cell], kind: &NodeKind) -> Option<Sense> {
        let cell = |id: &u32| cells.get(*id as usize);
        let of = |id: &u32| cell(id).and_then(|cell| cell.difference);
        match kind {
            NodeKind::Binary(Operator::Subtract, left, right) => {
                let last = |id| cell(id).and_then(|cell| cell.scope.period()).map(Period::last);
                Some(match last(left).zip(last(right)).map(|(left, right)| left.cmp(&right)) {
                    Some(Ordering::Greater) => Sense::Rise,
                    Some(Ordering::Less) => Sense::Fall,
                    _ => Sense::Unknown,
                })
            }
            NodeKind::Binary(Operator::Multiply | Operator::Divide, left, right) => {
                of(left).or_else(|| of(right))
            }
            NodeKind::Negate(operand) => of(operand).map(|sense| match sense {
                Sense::Rise => Sense::Fall,
                Sense::Fall => Sense::Rise,
                Sense::Unknown => Sense::Unknown,
            }),
            NodeKind::Call { function: Function::Change | Function::Points, .. } => Some(Sense::Rise),
            _ => None,
        }
    }

    /// Whether it is a single figure, and nothing is computed.
    pub fn is_figure(&self) -> bool {
        matches!(self.nodes.as_slice(), [super::Node { kind: NodeKind::Figure(_), .. }])
    }
}
