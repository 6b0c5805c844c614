//! How a formula's value comes about, step by step.

use super::evaluate::{Evaluation, Pace, Quantity};
use super::{Context, Formula, FormulaError, NodeKind};
use crate::number::Decimal;
use crate::scope::Scope;
use crate::text::Span;
use crate::unit::Unit;

/// One step: a part of the formula and what it comes to.
#[derive(Clone, Debug)]
pub struct Step {
    /// The part, in the formula's text.
    pub span: Span,
    /// Its value.
    pub value: Decimal,
    /// Its unit.
    pub unit: Unit,
    /// What it counts.
    pub scope: Scope,
    /// The figure that it is, or the series that it is made of, by its index in [`Formula::names`].
    pub figure: Option<usize>,
}

/// All steps in the order of computing, and what stopped it.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The steps; literals, which come to themselves, are left out, and series, which come to no one value.
    pub steps: Vec<Step>,
    /// What stopped it before its end.
    pub error: Option<FormulaError>,
}

impl Formula<'_> {
    /// Evaluates the formula and keeps every step.
    pub fn trace(&self, figures: &[Quantity], context: &Context<'_>) -> Trace {
        let mut evaluation = Evaluation::new(self, figures, context, Pace::Totals);
        let mut steps = Vec::new();
        for node in &self.nodes {
            if let Err(error) = evaluation.step(node) {
                return Trace { steps, error: Some(error) };
            }
            let figure = evaluation.figure_of(node);
            let is_series = evaluation.cells.last().is_some_and(|cell| cell.series.is_some());
            if is_series
                || matches!(node.kind, NodeKind::Literal { .. } | NodeKind::Period(_) | NodeKind::Key(_))
            {
                continue;
            }
            if let Some(cell) = evaluation.cells.last() {
                let scope = cell.scope.clone();
                steps.push(Step { span: node.span, value: cell.value, unit: cell.unit, scope, figure });
            }
        }
        // Certain values may come about where uncertain ones do not: by a divisor that may be zero.
        Trace { steps, error: evaluation.finish().err() }
    }
}
