//! What each node comes to, from its operands.

use super::super::{Formula, FormulaError, Function, NodeId, NodeKind, Operator, enclose, units};
use super::{Context, Quantity, ScopeIssue, Sense, Value};
use crate::number::{Decimal, Interval, checked_power};
use crate::scope::{self, Scope, ScopeProblem};
use crate::text::Span;
use crate::unit::{Conversion, Unit};

/// A node's value.
#[derive(Clone, Debug)]
pub(in crate::formula) struct Cell {
    pub(in crate::formula) value: Decimal,
    pub(in crate::formula) unit: Unit,
    pub(in crate::formula) scope: Scope,
    /// Made of literals only: it takes the scope of what it meets.
    is_literal: bool,
    is_stock: bool,
    pub(super) difference: Option<Sense>,
    /// What the interval of the right operand is multiplied by to be in the left one's unit.
    pub(in crate::formula) conversion: Option<Interval>,
}

/// An evaluation on its way through the nodes.
pub(in crate::formula) struct Evaluation<'a, 't> {
    formula: &'a Formula<'t>,
    figures: &'a [Quantity],
    context: &'a Context<'a>,
    pub(in crate::formula) cells: Vec<Cell>,
    issues: Vec<ScopeIssue>,
}

type Outcome = Result<Cell, FormulaError>;

impl<'a, 't> Evaluation<'a, 't> {
    pub(in crate::formula) fn new(
        formula: &'a Formula<'t>,
        figures: &'a [Quantity],
        context: &'a Context<'a>,
    ) -> Self {
        Self { formula, figures, context, cells: Vec::with_capacity(formula.nodes.len()), issues: Vec::new() }
    }

    /// Computes the next node; all before it have been.
    pub(in crate::formula) fn step(&mut self, id: NodeId) -> Result<(), FormulaError> {
        let formula = self.formula;
        let Some(node) = formula.node(id) else { return Ok(()) };
        let mut cell = match &node.kind {
            NodeKind::Literal { value, unit } => Cell { unit: *unit, ..Cell::literal(*value) },
            NodeKind::Period(period) => {
                let scope = Scope::default().with_period(Some((**period).clone()));
                Cell { scope, ..Cell::literal(Decimal::ZERO) }
            }
            NodeKind::Figure(index) => self.figure(*index, node.span)?,
            NodeKind::Negate(operand) => {
                let operand = self.cell(*operand);
                Cell { value: -operand.value, ..operand }
            }
            NodeKind::Binary(operator, left, right) => self.binary(*operator, *left, *right, node.span)?,
            NodeKind::Compare(_, left, right) => {
                let (left, right) = (self.cell(*left), self.cell(*right));
                let (_, conversion) = units::common(left.unit, right.unit, node.span)?;
                let right_value = converted(right.value, conversion, node.span)?;
                let scope = self.contrast(&left, &right, node.span);
                let order = right_value.cmp(&left.value).reverse();
                let value = Decimal::from(u8::from(enclose::holds(&node.kind, order)));
                let conversion = conversion.and_then(range);
                Cell { scope, unit: Unit::Bare, conversion, ..Cell::literal(value) }
            }
            NodeKind::Call { function, first, count } => {
                self.call(*function, formula.operands(*first, *count), node.span)?
            }
        };
        cell.difference = formula.sense(&self.cells, &node.kind);
        self.cells.push(cell);
        Ok(())
    }

    /// What the whole formula comes to.
    pub(super) fn value(self) -> Result<Value, FormulaError> {
        let is_uncertain = self.figures.iter().any(|figure| figure.range.as_point().is_none())
            || self.cells.iter().any(|cell| cell.conversion.is_some());
        let range =
            if is_uncertain { Some(enclose::range(self.formula, self.figures, &self.cells)?) } else { None };
        let is_comparison =
            self.formula.nodes.last().is_some_and(|node| matches!(node.kind, NodeKind::Compare(..)));
        let cell = self.cells.into_iter().next_back().unwrap_or_else(|| Cell::literal(Decimal::ZERO));
        Ok(Value {
            nominal: cell.value,
            range: range.unwrap_or(Interval::point(cell.value)),
            unit: cell.unit,
            scope: cell.scope,
            difference: cell.difference,
            is_comparison,
            issues: self.issues,
        })
    }

    fn cell(&self, id: NodeId) -> Cell {
        self.cells.get(id as usize).cloned().unwrap_or_else(|| Cell::literal(Decimal::ZERO))
    }

    fn figure(&self, index: u32, span: Span) -> Outcome {
        let figure = self.figures.get(index as usize);
        let figure = figure.ok_or_else(|| FormulaError::new(span, "this figure has no value"))?;
        Ok(Cell {
            value: figure.nominal,
            unit: figure.unit,
            scope: figure.scope.clone(),
            is_literal: false,
            is_stock: figure.is_stock,
            difference: None,
            conversion: None,
        })
    }

    fn binary(&mut self, operator: Operator, left: NodeId, right: NodeId, span: Span) -> Outcome {
        let right_span = self.formula.node(right).map_or(span, |node| node.span);
        let days_of = self.formula.node(right).and_then(|node| match node.kind {
            NodeKind::Call { function: Function::Days, first, .. } => {
                self.formula.operands.get(first as usize).copied()
            }
            _ => None,
        });
        let (a, b) = (self.cell(left), self.cell(right));
        match operator {
            Operator::Add => self.add(&a, &b, span),
            Operator::Subtract => self.subtract(&a, &b, span),
            Operator::Multiply => {
                let unit = units::combined(operator, a.unit, b.unit, span)?;
                let value = a.value.checked_mul(b.value).ok_or_else(|| overflow(span))?;
                Ok(a.with(&b, value, unit, a.scope.over(&b.scope)))
            }
            Operator::Divide => {
                let unit = units::combined(operator, a.unit, b.unit, span)?;
                let value = quotient(a.value, b.value, right_span, span)?;
                let scope = match days_of.map(|of| self.cell(of)) {
                    Some(of) => self.per_days(&a, &of, span),
                    None if a.unit == b.unit => self.contrast(&b, &a, span),
                    None => a.scope.over(&b.scope),
                };
                Ok(a.with(&b, value, unit, scope))
            }
            Operator::Power => {
                let unit = units::power(a.unit, b.value, span)?;
                Ok(a.with(&b, power(a.value, b.value, span)?, unit, a.scope.clone()))
            }
        }
    }

    fn add(&mut self, a: &Cell, b: &Cell, span: Span) -> Outcome {
        let (unit, conversion) = units::common(a.unit, b.unit, span)?;
        let right = converted(b.value, conversion, span)?;
        let value = a.value.checked_add(right).ok_or_else(|| overflow(span))?;
        let scope = self.sum([a, b], span);
        Ok(Cell { conversion: conversion.and_then(range), ..a.with(b, value, unit, scope) })
    }

    fn subtract(&mut self, a: &Cell, b: &Cell, span: Span) -> Outcome {
        let (unit, conversion) = units::difference(a.unit, b.unit, span)?;
        let right = converted(b.value, conversion, span)?;
        let value = a.value.checked_sub(right).ok_or_else(|| overflow(span))?;
        let scope = self.contrast(b, a, span);
        Ok(Cell { conversion: conversion.and_then(range), ..a.with(b, value, unit, scope) })
    }

    fn call(&mut self, function: Function, operands: &[NodeId], span: Span) -> Outcome {
        let cells: Vec<Cell> = operands.iter().map(|id| self.cell(*id)).collect();
        let place =
            |at: usize| operands.get(at).and_then(|id| self.formula.node(*id)).map_or(span, |node| node.span);
        let (place_first, place_second) = (place(0), place(1));
        match (function, cells.as_slice()) {
            (Function::Change, [before, after]) => {
                same_unit(before, after, span)?;
                if before.value <= Decimal::ZERO {
                    let message = "a change is a part of what was before, which must be above zero";
                    return Err(FormulaError::new(place_first, message)
                        .help("take the difference instead: after - before"));
                }
                let ratio = quotient(after.value, before.value, place_first, span)?;
                let scope = self.contrast(before, after, span);
                Ok(before.with(
                    after,
                    ratio.checked_sub(Decimal::ONE).ok_or_else(|| overflow(span))?,
                    Unit::Percent,
                    scope,
                ))
            }
            (Function::Points, [before, after]) => {
                for (cell, place) in [(before, place_first), (after, place_second)] {
                    if matches!(cell.unit, Unit::Of(_)) {
                        let message =
                            format!("points are between two percentages, and this is in {}", cell.unit);
                        return Err(FormulaError::new(place, message));
                    }
                }
                let value = after.value.checked_sub(before.value).ok_or_else(|| overflow(span))?;
                let scope = self.contrast(before, after, span);
                Ok(before.with(after, value, Unit::Points, scope))
            }
            (Function::Ratio, [a, b]) => {
                same_unit(a, b, span)?;
                let value = quotient(a.value, b.value, place_second, span)?;
                let scope = self.contrast(b, a, span);
                Ok(a.with(b, value, Unit::Ratio, scope))
            }
            (Function::Share, [part, whole]) => {
                same_unit(part, whole, span)?;
                if part.value.is_sign_negative() && !part.value.is_zero() || whole.value.is_sign_negative() {
                    return Err(FormulaError::new(
                        span,
                        "a share of, or by, a negative amount means nothing",
                    ));
                }
                let value = quotient(part.value, whole.value, place_second, span)?;
                let scope = if part.is_literal || whole.is_literal {
                    whole.scope.over(&part.scope)
                } else {
                    let (scope, problems) = scope::share(self.context.facets, &part.scope, &whole.scope);
                    self.note(problems, span);
                    scope
                };
                Ok(part.with(whole, value, Unit::Percent, scope))
            }
            (Function::PerCapita, [count, population]) => {
                let (scope, problems) =
                    scope::per_capita(self.context.facets, &count.scope, &population.scope);
                self.note(problems, span);
                let unit = count.unit.over(population.unit).unwrap_or(Unit::Ratio);
                let value = quotient(count.value, population.value, place_second, span)?;
                Ok(count.with(population, value, unit, scope))
            }
            (Function::Per, [amount, base, many @ ..]) => {
                let unit = match many.first().and_then(|many| u32::try_from(many.value).ok()) {
                    Some(many) if !matches!(amount.unit, Unit::Of(of) if of.currency().is_some()) => {
                        Unit::Per(many)
                    }
                    _ => units::combined(Operator::Divide, amount.unit, base.unit, span)?,
                };
                let value = quotient(amount.value, base.value, place_second, span)?;
                Ok(amount.with(base, value, unit, amount.scope.over(&base.scope)))
            }
            (Function::Real, [amount, then, now]) => {
                same_unit(then, now, span)?;
                let scaled = amount.value.checked_mul(now.value).ok_or_else(|| overflow(span))?;
                let value = quotient(scaled, then.value, place_second, span)?;
                Ok(amount.with(then, value, amount.unit, amount.scope.clone()))
            }
            (Function::Abs, [of]) => Ok(Cell { value: of.value.abs(), ..of.clone() }),
            (Function::Days, [of]) => {
                let Some(period) = of.scope.period() else {
                    let error =
                        FormulaError::new(place_first, "this has no period whose days could be counted");
                    return Err(error
                        .help("give the figure a scope with a period, or write days(\"2025-01-20/P70D\")"));
                };
                Ok(Cell { unit: Unit::DAYS, ..Cell::literal(Decimal::from(period.days())) })
            }
            (Function::Count, cells) => Ok(Cell::literal(Decimal::from(cells.len()))),
            (_, [first, rest @ ..]) => self.aggregate(function, first, rest, span),
            (_, []) => Err(FormulaError::new(span, "this function takes operands")),
        }
    }

    /// Sums, means, medians and extremes of operands of one unit.
    fn aggregate(&mut self, function: Function, first: &Cell, rest: &[Cell], span: Span) -> Outcome {
        let mut values = vec![first.value];
        let mut result = first.clone();
        for cell in rest {
            let (unit, conversion) = units::common(result.unit, cell.unit, span)?;
            if conversion.is_some() {
                return Err(units::clash(result.unit, cell.unit, span));
            }
            values.push(cell.value);
            result = result.with(cell, Decimal::ZERO, unit, Scope::default());
        }
        let all = || std::iter::once(first).chain(rest);
        result.scope = match function {
            Function::Sum => self.sum(all(), span),
            // What several figures have in common; they may differ in anything.
            _ => all()
                .fold(None, |shared: Option<Scope>, cell| {
                    Some(shared.map_or_else(
                        || cell.scope.clone(),
                        |scope| if scope == cell.scope { scope } else { Scope::default() },
                    ))
                })
                .unwrap_or_default(),
        };
        let total = || values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value));
        let count = Decimal::from(values.len());
        result.value = match function {
            Function::Min => values.iter().min().copied(),
            Function::Max => values.iter().max().copied(),
            Function::Mean => total().and_then(|sum| sum.checked_div(count)),
            Function::Median => median(&mut values.clone()),
            _ => total(),
        }
        .ok_or_else(|| overflow(span))?;
        Ok(result)
    }

    fn sum<'c>(&mut self, cells: impl IntoIterator<Item = &'c Cell>, span: Span) -> Scope {
        let scopes: Vec<&Scope> =
            cells.into_iter().filter(|cell| !cell.is_literal).map(|cell| &cell.scope).collect();
        if scopes.iter().all(|scope| scope.is_empty()) {
            return Scope::default();
        }
        let (scope, problems) = scope::sum(self.context.facets, scopes);
        self.note(problems, span);
        scope
    }

    /// The scope of `after` held against `before`.
    fn contrast(&mut self, before: &Cell, after: &Cell, span: Span) -> Scope {
        if before.is_literal || after.is_literal || before.scope.is_empty() || after.scope.is_empty() {
            return if before.is_literal {
                after.scope.clone()
            } else if after.is_literal {
                before.scope.clone()
            } else {
                Scope::default()
            };
        }
        // Rates are of one length whatever their periods.
        let is_stock = (before.is_stock && after.is_stock) || (before.unit.is_rate() && after.unit.is_rate());
        let (scope, _, problems) =
            scope::contrast(self.context.facets, &before.scope, &after.scope, self.context.over, is_stock);
        self.note(problems, span);
        scope
    }

    fn per_days(&mut self, total: &Cell, of: &Cell, span: Span) -> Scope {
        let Some(period) = of.scope.period() else { return total.scope.clone() };
        let (scope, problem) = scope::per_days(&total.scope, period);
        self.note(problem, span);
        scope
    }

    fn note(&mut self, problems: impl IntoIterator<Item = ScopeProblem>, span: Span) {
        self.issues.extend(problems.into_iter().map(|problem| ScopeIssue { span, problem }));
    }
}

impl Cell {
    fn literal(value: Decimal) -> Self {
        Self {
            value,
            unit: Unit::Bare,
            scope: Scope::default(),
            is_literal: true,
            is_stock: false,
            difference: None,
            conversion: None,
        }
    }

    /// The result of this and another operand.
    fn with(&self, other: &Self, value: Decimal, unit: Unit, scope: Scope) -> Self {
        let is_stock = (self.is_stock || self.is_literal) && (other.is_stock || other.is_literal);
        let is_literal = self.is_literal && other.is_literal;
        Self { value, unit, scope, is_literal, is_stock, difference: None, conversion: None }
    }
}

fn same_unit(a: &Cell, b: &Cell, span: Span) -> Result<(), FormulaError> {
    match a.unit.conversion(b.unit) {
        Some(Conversion::Same | Conversion::Assumed) => Ok(()),
        _ => Err(units::clash(a.unit, b.unit, span)),
    }
}

fn converted(value: Decimal, conversion: Option<Conversion>, span: Span) -> Result<Decimal, FormulaError> {
    match conversion {
        Some(Conversion::Factor(factor, _)) => value.checked_mul(factor).ok_or_else(|| overflow(span)),
        _ => Ok(value),
    }
}

fn range(conversion: Conversion) -> Option<Interval> {
    if let Conversion::Factor(_, range) = conversion { Some(range) } else { None }
}

fn quotient(a: Decimal, b: Decimal, divisor: Span, span: Span) -> Result<Decimal, FormulaError> {
    if b.is_zero() {
        return Err(FormulaError::new(divisor, "this is zero, and divides"));
    }
    a.checked_div(b).ok_or_else(|| overflow(span))
}

fn power(base: Decimal, exponent: Decimal, span: Span) -> Result<Decimal, FormulaError> {
    let whole = u32::try_from(exponent.abs().normalize()).ok().filter(|_| exponent.is_integer());
    let result = match whole {
        Some(_) if base.is_zero() && exponent.is_sign_negative() && !exponent.is_zero() => {
            return Err(FormulaError::new(span, "a negative power of zero"));
        }
        Some(whole) if exponent.is_sign_negative() => {
            checked_power(base, whole).and_then(|power| Decimal::ONE.checked_div(power))
        }
        Some(whole) => checked_power(base, whole),
        None if base.is_sign_negative() => {
            return Err(FormulaError::new(span, "a root of a negative number"));
        }
        None => rust_decimal::MathematicalOps::checked_powd(&base, exponent),
    };
    result.ok_or_else(|| overflow(span))
}

fn median(values: &mut [Decimal]) -> Option<Decimal> {
    values.sort_unstable();
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    values.get(middle.checked_sub(1)?)?.checked_add(upper)?.checked_div(Decimal::TWO)
}

fn overflow(span: Span) -> FormulaError {
    FormulaError::new(span, "the result is too large to be computed exactly")
}
