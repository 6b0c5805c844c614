//! The scopes of results, and what the scopes of their parts do not allow.

use super::super::FormulaError;
use super::arithmetic::overflow;
use super::operations::Cell;
use super::{Context, Pace, ScopeIssue};
use crate::number::{Decimal, Interval};
use crate::scope::{self, Relation, Scope, ScopeProblem};
use crate::text::Span;
use crate::unit::Unit;

/// What has been found so far.
pub(super) struct Scopes<'a> {
    context: &'a Context<'a>,
    pace: Pace,
    /// Whether some total was brought to another number of days.
    pub(super) is_paced: bool,
    pub(super) issues: Vec<ScopeIssue>,
    /// The years whose money was compared as it is, earlier and later; those farthest apart.
    pub(super) across_years: Option<(i16, i16)>,
}

/// One side of a comparison as the other is held against it.
pub(super) struct Compared {
    /// What is compared with.
    pub(super) before: Decimal,
    /// What its interval is multiplied by to be that.
    pub(super) factor: Option<Box<Interval>>,
    /// The scope of the result.
    pub(super) scope: Scope,
}

impl<'a> Scopes<'a> {
    pub(super) fn new(context: &'a Context<'a>, pace: Pace) -> Self {
        Self { context, pace, is_paced: false, issues: Vec::new(), across_years: None }
    }

    pub(super) fn sum<'c>(&mut self, cells: impl IntoIterator<Item = &'c Cell>, span: Span) -> Scope {
        let mut counting =
            cells.into_iter().filter(|cell| !cell.is_literal).map(|cell| &cell.scope).peekable();
        let Some(first) = counting.next() else { return Scope::default() };
        if counting.peek().is_none() {
            return first.clone();
        }
        let (scope, problems) = scope::sum(self.context.facets, std::iter::once(first).chain(counting));
        self.note(problems, span);
        scope
    }

    /// Holds `after` against `before`, whose value in `after`'s unit is `value`.
    pub(super) fn compare(
        &mut self,
        before: &Cell,
        after: &Cell,
        value: Decimal,
        factor: Option<Box<Interval>>,
        span: Span,
    ) -> Result<Compared, FormulaError> {
        let as_it_is = |scope| Ok(Compared { before: value, factor: factor.clone(), scope });
        if before.is_literal {
            return as_it_is(after.scope.clone());
        }
        if after.is_literal {
            return as_it_is(before.scope.clone());
        }
        if before.scope.is_empty() || after.scope.is_empty() {
            return as_it_is(Scope::default());
        }
        self.note_money(before, after);
        let is_level = before.is_level() && after.is_level();
        let (scope, _, problems) =
            scope::contrast(self.context.facets, &before.scope, &after.scope, self.context.over, is_level);
        let days = problems.iter().find_map(|problem| match problem {
            ScopeProblem::UnequalPeriods(unequal) => Some(unequal.days),
            _ => None,
        });
        self.note(problems, span);
        match days {
            Some((own, wanted)) if self.pace == Pace::DailyRates && own > 0 => {
                self.is_paced = true;
                let (own, wanted) = (Decimal::from(own), Decimal::from(wanted));
                let paced = |value: Decimal| value.checked_mul(wanted)?.checked_div(own);
                let before = paced(value).ok_or_else(|| overflow(span))?;
                let pace = Interval::point(paced(Decimal::ONE).ok_or_else(|| overflow(span))?);
                let factor = factor.map_or(Ok(pace), |factor| factor.multiply(&pace));
                let factor = factor.map_err(|error| FormulaError::new(span, error.to_string()))?;
                Ok(Compared { before, factor: Some(Box::new(factor)), scope })
            }
            _ => Ok(Compared { before: value, factor, scope }),
        }
    }

    pub(super) fn share(&mut self, part: &Cell, whole: &Cell, span: Span) -> Scope {
        if part.is_literal || whole.is_literal {
            return whole.scope.over(&part.scope);
        }
        let (scope, problems) = scope::share(self.context.facets, &part.scope, &whole.scope);
        self.note(problems, span);
        scope
    }

    pub(super) fn per_days(&mut self, total: &Cell, of: &Cell, span: Span) -> Scope {
        let Some(period) = of.scope.period() else { return total.scope.clone() };
        let (scope, problem) = scope::per_days(&total.scope, period);
        self.note(problem, span);
        scope
    }

    pub(super) fn per_capita(&mut self, count: &Cell, population: &Cell, span: Span) -> Scope {
        let (scope, problems) = scope::per_capita(self.context.facets, &count.scope, &population.scope);
        self.note(problems, span);
        scope
    }

    /// What several figures have in common, as in a mean; they may differ in anything.
    pub(super) fn shared(&self, a: &Scope, b: &Scope) -> Scope {
        if a == b {
            return a.clone();
        }
        let (scope, ..) = scope::contrast(self.context.facets, a, b, None, true);
        let is_one_period = a.period().zip(b.period()).is_some_and(|(a, b)| a.relation(b) == Relation::Same);
        if is_one_period { scope } else { scope.with_period(None) }
    }

    fn note_money(&mut self, a: &Cell, b: &Cell) {
        let Some((one, other)) = a.money_year().zip(b.money_year()).filter(|(one, other)| one != other)
        else {
            return;
        };
        let years = (one.min(other), one.max(other));
        if self.across_years.is_none_or(|known| known.1 - known.0 < years.1 - years.0) {
            self.across_years = Some(years);
        }
    }

    /// Keeps what is found, once: in `(b - a) / a` the two sides meet twice.
    fn note(&mut self, problems: impl IntoIterator<Item = ScopeProblem>, span: Span) {
        for problem in problems {
            if !self.issues.iter().any(|known| known.problem == problem) {
                self.issues.push(ScopeIssue { span, problem });
            }
        }
    }
}

impl Cell {
    /// Whether its size does not grow with the days of its period: a level, a percentage, a rate over time.
    fn is_level(&self) -> bool {
        self.is_stock || self.unit.is_rate() || matches!(self.unit, Unit::Percent | Unit::Points)
    }
}
