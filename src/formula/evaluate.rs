//! Evaluating formulas.

mod operations;

pub(super) use operations::{Cell, Evaluation};

use super::{Formula, FormulaError, Function, NodeKind, Operator};
use crate::number::{Decimal, Interval};
use crate::scope::{Facets, Scope, ScopeProblem};
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
    /// Whether it is a change or a difference, whose sign drafts put into words.
    pub is_difference: bool,
    /// Whether it is a comparison, which holds or does not.
    pub is_comparison: bool,
    /// What the scopes of its parts do not allow.
    pub issues: Vec<ScopeIssue>,
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

    /// How the sign of a node's value is to be read: a change or a difference, also when scaled.
    fn is_difference(&self, cells: &[Cell], kind: &NodeKind) -> bool {
        let of = |id: &u32| cells.get(*id as usize).is_some_and(|cell| cell.is_difference);
        match kind {
            NodeKind::Binary(Operator::Subtract, ..) => true,
            NodeKind::Binary(Operator::Multiply | Operator::Divide, left, right) => of(left) || of(right),
            NodeKind::Negate(operand) => of(operand),
            NodeKind::Call { function, .. } => matches!(function, Function::Change | Function::Points),
            _ => false,
        }
    }
}
