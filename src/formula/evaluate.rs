//! Evaluating formulas.

mod arithmetic;
mod calls;
mod operations;
mod scopes;
mod series;

pub(super) use arithmetic::{overflow, root};
pub(super) use operations::{Cell, Evaluation};

use std::cmp::Ordering;
use std::sync::Arc;

use super::{Formula, FormulaError, Node, NodeKind};
use crate::number::{Decimal, Interval};
use crate::scope::{Facets, Period, Scope, ScopeProblem};
use crate::series::Series;
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
    /// Its values by key, where it is a series; `nominal` and `range` then say nothing.
    pub series: Option<Arc<Series>>,
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
    /// For a change or a difference, whose sign drafts put into words: what that sign says. What is left of a whole
    /// (`100% - share`) is no difference.
    pub difference: Option<Sense>,
    /// Whether it is a comparison, which holds or does not.
    pub is_comparison: bool,
    /// What the scopes of its parts do not allow.
    pub issues: Vec<ScopeIssue>,
    /// The years whose money it compares as it is, earlier and later; `None` where none is, or it was brought to one time.
    pub across_years: Option<(i16, i16)>,
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

/// How totals over periods of unequal length are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formula) enum Pace {
    /// As they are.
    Totals,
    /// The earlier one brought to as many days as the later one has.
    DailyRates,
}

impl Quantity {
    /// A certain value without a scope.
    pub fn point(value: Decimal, unit: Unit) -> Self {
        Self {
            nominal: value,
            range: Interval::point(value),
            unit,
            scope: Scope::default(),
            is_stock: false,
            series: None,
        }
    }
}

impl Formula<'_> {
    /// Evaluates the formula; `figures` stand for [`Formula::names`], in their order.
    ///
    /// # Errors
    /// Division by zero, overflow, units that do not go together, a share or change that means nothing: each at its
    /// place in the formula.
    pub fn evaluate(&self, figures: &[Quantity], context: &Context<'_>) -> Result<Value, FormulaError> {
        self.at(Pace::Totals, figures, context).map(|(value, _)| value)
    }

    /// What the formula would come to by daily rates: wherever it compares two totals over periods of unequal length,
    /// the total compared with is first brought to as many days as the other has. March over February is then 31 days
    /// over 31 days. `None` where it compares no such totals, or has no value.
    pub fn evaluate_by_daily_rates(&self, figures: &[Quantity], context: &Context<'_>) -> Option<Value> {
        let (value, is_paced) = self.at(Pace::DailyRates, figures, context).ok()?;
        is_paced.then_some(value)
    }

    /// The value, and whether the pace made a difference to it.
    fn at(
        &self,
        pace: Pace,
        figures: &[Quantity],
        context: &Context<'_>,
    ) -> Result<(Value, bool), FormulaError> {
        let mut evaluation = Evaluation::new(self, figures, context, pace);
        for node in &self.nodes {
            evaluation.step(node)?;
        }
        evaluation.finish()
    }

    /// Whether it is a single figure, and nothing is computed.
    pub fn is_figure(&self) -> bool {
        matches!(self.nodes.as_slice(), [Node { kind: NodeKind::Figure(_), .. }])
    }
}

impl Sense {
    /// What the sign of `after - before` says.
    fn of(before: &Scope, after: &Scope) -> Self {
        let last = |scope: &Scope| scope.period().map(Period::last);
        match last(after).zip(last(before)).map(|(after, before)| after.cmp(&before)) {
            Some(Ordering::Greater) => Self::Rise,
            Some(Ordering::Less) => Self::Fall,
            _ => Self::Unknown,
        }
    }

    /// What the opposite sign says.
    fn reversed(self) -> Self {
        match self {
            Self::Rise => Self::Fall,
            Self::Fall => Self::Rise,
            Self::Unknown => Self::Unknown,
        }
    }

    /// What the sign of a sum of differences says.
    fn with(self, other: Self) -> Self {
        if self == other { self } else { Self::Unknown }
    }
}
