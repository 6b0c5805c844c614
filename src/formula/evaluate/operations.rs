//! What each node comes to, from its operands.

use super::super::{Formula, FormulaError, Function, Node, NodeId, NodeKind, Operator, enclose, units};
use super::arithmetic::{overflow, power, quotient};
use super::scopes::{Compared, Scopes};
use super::{Context, Pace, Quantity, Sense, Value};
use crate::number::{Decimal, Interval};
use crate::scope::{Period, Scope};
use crate::text::Span;
use crate::unit::Unit;

/// A node's value.
#[derive(Clone, Debug)]
pub(in crate::formula) struct Cell {
    pub(in crate::formula) value: Decimal,
    pub(in crate::formula) unit: Unit,
    pub(in crate::formula) scope: Scope,
    /// Made of literals only: it takes the scope of what it meets.
    pub(super) is_literal: bool,
    /// Whether it may be compared over periods of any length: no total over days, but a level or a ratio.
    pub(super) is_stock: bool,
    pub(super) difference: Option<Sense>,
    /// Of which time its money is, where that is not the time that it was counted in.
    pub(super) money: Option<Money>,
    /// The figure that it is, where that is a series: it has no one value then.
    pub(in crate::formula) series: Option<u32>,
    /// What the interval of the right operand, or of the one compared with, is multiplied by: days that become months,
    /// totals that are brought to another number of days. Rare, and therefore apart.
    pub(in crate::formula) conversion: Option<Box<Interval>>,
}

/// The money of a time, whose prices an amount was brought to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Money {
    /// That of a year.
    Of(i16),
    /// That of a time which nothing tells.
    Unknown,
}

/// An evaluation on its way through the nodes.
pub(in crate::formula) struct Evaluation<'a, 't> {
    pub(super) formula: &'a Formula<'t>,
    pub(super) figures: &'a [Quantity],
    scopes: Scopes<'a>,
    /// Whether a figure is a series.
    has_series: bool,
    /// Whether a figure is uncertain, or a conversion is.
    is_uncertain: bool,
    pub(in crate::formula) cells: Vec<Cell>,
}

/// One node on its way from its operands to its value.
pub(super) struct Operation<'c, 'a, 't> {
    pub(super) formula: &'c Formula<'t>,
    pub(super) cells: &'c [Cell],
    pub(super) scopes: &'c mut Scopes<'a>,
    pub(super) span: Span,
}

pub(super) type Outcome = Result<Cell, FormulaError>;

impl<'a, 't> Evaluation<'a, 't> {
    pub(in crate::formula) fn new(
        formula: &'a Formula<'t>,
        figures: &'a [Quantity],
        context: &'a Context<'a>,
        pace: Pace,
    ) -> Self {
        let cells = Vec::with_capacity(formula.nodes.len());
        Self {
            formula,
            figures,
            scopes: Scopes::new(context, pace),
            has_series: false,
            is_uncertain: false,
            cells,
        }
    }

    /// Computes the next node; all before it have been.
    pub(in crate::formula) fn step(&mut self, node: &Node) -> Result<(), FormulaError> {
        let (formula, span) = (self.formula, node.span);
        if self.has_series
            && let Some(cell) = self.of_series(node)?
        {
            self.cells.push(cell);
            return Ok(());
        }
        let mut operation = Operation { formula, cells: &self.cells, scopes: &mut self.scopes, span };
        let cell = match &node.kind {
            NodeKind::Literal { value, unit } => Cell { unit: *unit, ..Cell::literal(*value) },
            NodeKind::Period(period) => {
                let scope = Scope::default().with_period(Some((**period).clone()));
                Cell { scope, ..Cell::literal(Decimal::ZERO) }
            }
            NodeKind::Key(_) => Cell::literal(Decimal::ZERO),
            NodeKind::Figure(index) => {
                let figure = self.figures.get(*index as usize);
                let figure = figure.ok_or_else(|| FormulaError::new(span, "this figure has no value"))?;
                self.is_uncertain |= figure.range.as_point().is_none();
                let series = figure.series.as_ref().map(|_| *index);
                self.has_series |= series.is_some();
                Cell { series, ..Cell::of(figure) }
            }
            NodeKind::Negate(operand) => {
                let operand = operation.cell(*operand);
                let difference = operand.difference.map(Sense::reversed);
                Cell { value: -operand.value, difference, conversion: None, ..operand.clone() }
            }
            NodeKind::Binary(operator, left, right) => operation.binary(*operator, *left, *right)?,
            NodeKind::Compare(_, left, right) => operation.compare(&node.kind, *left, *right)?,
            NodeKind::Call { function, first, count } => {
                operation.call(*function, formula.operands(*first, *count))?
            }
        };
        self.is_uncertain |= cell.conversion.is_some();
        self.cells.push(cell);
        Ok(())
    }

    /// The figure that a node is, or the series that it makes something of, by its index among the figures.
    pub(in crate::formula) fn figure_of(&self, node: &Node) -> Option<usize> {
        let index = match &node.kind {
            NodeKind::Figure(index) => Some(*index),
            NodeKind::Call { first, count, .. } => {
                let operand = self.formula.operands(*first, *count).first();
                operand.and_then(|id| self.cells.get(*id as usize)).and_then(|cell| cell.series)
            }
            _ => None,
        };
        index.map(|index| index as usize)
    }

    /// What the whole formula comes to, and whether its pace made a difference.
    pub(in crate::formula) fn finish(mut self) -> Result<(Value, bool), FormulaError> {
        if self.has_series {
            self.refuse(self.formula.root())?;
        }
        let range = if self.is_uncertain {
            Some(enclose::range(self.formula, self.figures, &self.cells)?)
        } else {
            None
        };
        let cell = self.cells.pop().unwrap_or_else(|| Cell::literal(Decimal::ZERO));
        let value = Value {
            nominal: cell.value,
            range: range.unwrap_or(Interval::point(cell.value)),
            unit: cell.unit,
            scope: cell.scope,
            difference: cell.difference,
            is_comparison: self.formula.is_comparison(),
            issues: self.scopes.issues,
            across_years: self.scopes.across_years,
        };
        Ok((value, self.scopes.is_paced))
    }
}

impl<'c> Operation<'c, '_, '_> {
    #[expect(clippy::indexing_slicing, reason = "the parser lists operands before what is made of them")]
    pub(super) fn cell(&self, id: NodeId) -> &'c Cell {
        &self.cells[id as usize]
    }

    pub(super) fn place(&self, id: NodeId) -> Span {
        self.formula.node(id).map_or(self.span, |node| node.span)
    }

    fn binary(&mut self, operator: Operator, left: NodeId, right: NodeId) -> Outcome {
        let span = self.span;
        let (a, b) = (self.cell(left), self.cell(right));
        match operator {
            Operator::Add => self.add(a, b),
            Operator::Subtract => self.subtract(left, a, b),
            Operator::Multiply => {
                let unit = units::combined(operator, a.unit, b.unit, span)?;
                let value = a.value.checked_mul(b.value).ok_or_else(|| overflow(span))?;
                let difference = a.difference.or(b.difference);
                Ok(Cell { difference, ..a.with(b, value, unit, a.scope.over(&b.scope)) })
            }
            Operator::Divide => self.divide(a, b, right),
            Operator::Power => {
                let unit = units::power(a.unit, b.value, b.unit, (span, self.place(right)))?;
                Ok(a.with(b, power(a.value, b.value, span)?, unit, a.scope.clone()))
            }
        }
    }

    fn add(&mut self, a: &Cell, b: &Cell) -> Outcome {
        let (unit, conversion) = units::sum(a.unit, b.unit, self.span)?;
        let (right, factor) = units::convert(b.value, conversion, self.span)?;
        let value = a.value.checked_add(right).ok_or_else(|| overflow(self.span))?;
        let scope = self.scopes.sum([a, b], self.span);
        let difference = a.difference.zip(b.difference).map(|(a, b)| a.with(b));
        Ok(Cell { conversion: factor, difference, ..a.with(b, value, unit, scope) })
    }

    fn subtract(&mut self, left: NodeId, a: &Cell, b: &Cell) -> Outcome {
        let (unit, conversion) = units::difference(a.unit, b.unit, self.span)?;
        let compared = self.compared(b, a, conversion)?;
        let value = a.value.checked_sub(compared.before).ok_or_else(|| overflow(self.span))?;
        let is_rest = self.is_one(left)
            && !matches!(b.unit, Unit::Of(_) | Unit::Points)
            && (Decimal::ZERO..=Decimal::ONE).contains(&b.value);
        // What is left of a whole is a share of it, and has no direction.
        let unit = if is_rest && unit == Unit::Points { Unit::Percent } else { unit };
        let cell = a.with(b, value, unit, compared.scope);
        Ok(Cell {
            conversion: compared.factor,
            difference: (!is_rest).then(|| Sense::of(&b.scope, &a.scope)),
            ..cell
        })
    }

    /// Whether it is the literal 1 or 100%.
    fn is_one(&self, id: NodeId) -> bool {
        matches!(self.formula.node(id).map(|node| &node.kind),
            Some(NodeKind::Literal { value, unit: Unit::Bare | Unit::Percent }) if *value == Decimal::ONE)
    }

    fn divide(&mut self, a: &Cell, b: &Cell, right: NodeId) -> Outcome {
        let span = self.span;
        let unit = units::combined(Operator::Divide, a.unit, b.unit, span)?;
        let place = self.place(right);
        let difference = a.difference.or(b.difference);
        if a.unit == b.unit && !a.is_literal && !b.is_literal {
            let compared = self.compared(b, a, None)?;
            let value = quotient(a.value, compared.before, place, span)?;
            let cell = a.with(b, value, unit, compared.scope);
            return Ok(Cell { conversion: compared.factor, difference, is_stock: true, ..cell });
        }
        let scope = match self.days_of(right) {
            Some(of) => self.scopes.per_days(a, self.cell(of), span),
            None => a.scope.over(&b.scope),
        };
        let value = quotient(a.value, b.value, place, span)?;
        Ok(Cell { difference, ..a.with(b, value, unit, scope) })
    }

    /// What `days(…)` counts the days of.
    fn days_of(&self, id: NodeId) -> Option<NodeId> {
        match self.formula.node(id)?.kind {
            NodeKind::Call { function: Function::Days, first, .. } => {
                self.formula.operands.get(first as usize).copied()
            }
            _ => None,
        }
    }

    fn compare(&mut self, kind: &NodeKind, left: NodeId, right: NodeId) -> Outcome {
        let (a, b) = (self.cell(left), self.cell(right));
        let (_, conversion) = units::common(a.unit, b.unit, self.span)?;
        let compared = self.compared(b, a, conversion)?;
        let value = Decimal::from(u8::from(enclose::holds(kind, a.value.cmp(&compared.before))));
        Ok(Cell { scope: compared.scope, conversion: compared.factor, ..Cell::literal(value) })
    }

    /// `before` as `after` is held against it: in its unit and, at daily rates, over as many days.
    pub(super) fn compared(
        &mut self,
        before: &Cell,
        after: &Cell,
        conversion: Option<crate::unit::Conversion>,
    ) -> Result<Compared, FormulaError> {
        let (value, factor) = units::convert(before.value, conversion, self.span)?;
        self.scopes.compare(before, after, value, factor, self.span)
    }
}

impl Money {
    pub(super) fn of(period: &Period) -> Self {
        Self::Of(period.last().year())
    }
}

impl Cell {
    /// The year in whose money an amount is; `None` for what is no money, and where nothing tells.
    pub(super) fn money_year(&self) -> Option<i16> {
        let Unit::Of(dimension) = self.unit else { return None };
        dimension.currency()?;
        match self.money.or_else(|| self.scope.period().map(Money::of))? {
            Money::Of(year) => Some(year),
            Money::Unknown => None,
        }
    }

    pub(super) fn literal(value: Decimal) -> Self {
        Self {
            value,
            unit: Unit::Bare,
            scope: Scope::default(),
            is_literal: true,
            is_stock: false,
            difference: None,
            money: None,
            series: None,
            conversion: None,
        }
    }

    fn of(figure: &Quantity) -> Self {
        Self {
            value: figure.nominal,
            unit: figure.unit,
            scope: figure.scope.clone(),
            is_literal: false,
            is_stock: figure.is_stock,
            difference: None,
            money: None,
            series: None,
            conversion: None,
        }
    }

    /// The result of this and another operand.
    pub(super) fn with(&self, other: &Self, value: Decimal, unit: Unit, scope: Scope) -> Self {
        let is_stock = (self.is_stock || self.is_literal) && (other.is_stock || other.is_literal);
        let is_literal = self.is_literal && other.is_literal;
        let money = self.money.or(other.money);
        Self {
            value,
            unit,
            scope,
            is_literal,
            is_stock,
            difference: None,
            money,
            series: None,
            conversion: None,
        }
    }
}
