//! What functions come to.

use super::super::{FormulaError, Function, NodeId, Operator, units};
use super::Sense;
use super::arithmetic::{median, overflow, quotient};
use super::operations::{Cell, Money, Operation, Outcome};
use crate::number::Decimal;
use crate::scope::{Relation, Scope};
use crate::unit::Unit;

impl Operation<'_, '_, '_> {
    pub(super) fn call(&mut self, function: Function, operands: &[NodeId]) -> Outcome {
        match (function, operands) {
            (Function::Change, [before, after]) => self.change(*before, *after),
            (Function::Points, [before, after]) => self.points(*before, *after),
            (Function::Ratio, [a, b]) => self.ratio(*a, *b),
            (Function::Share, [part, whole]) => self.share(*part, *whole),
            (Function::PerCapita, [count, population]) => self.per_capita(*count, *population),
            (Function::Per, [amount, base, many @ ..]) => self.per(*amount, *base, many.first().copied()),
            (Function::Real, [amount, then, now, periods @ ..]) => self.real(*amount, (*then, *now), periods),
            (Function::Abs, [of]) => {
                let of = self.cell(*of);
                Ok(Cell { value: of.value.abs(), difference: None, conversion: None, ..of.clone() })
            }
            (Function::Days, [of]) => self.days(*of),
            (Function::Rank, [of, ..]) => {
                let error = FormulaError::new(self.place(*of), "this is no series, and has no ranks");
                Err(error.help("a figure with `group_by` is one: rank(encounters_by_year, \"2024\")"))
            }
            (Function::Count, all) => Ok(Cell::literal(Decimal::from(all.len()))),
            (_, [first, rest @ ..]) => self.aggregate(function, *first, rest),
            (_, []) => Err(FormulaError::new(self.span, "this function takes operands")),
        }
    }

    fn change(&mut self, before: NodeId, after: NodeId) -> Outcome {
        let (place, span) = (self.place(before), self.span);
        let (before, after) = (self.cell(before), self.cell(after));
        let (_, conversion) = units::common(after.unit, before.unit, span)
            .map_err(|_| units::clash(before.unit, after.unit, span))?;
        if before.value <= Decimal::ZERO {
            let message = "a change is a part of what was before, which must be above zero";
            return Err(FormulaError::new(place, message).help("take the difference instead: after - before"));
        }
        let compared = self.compared(before, after, conversion)?;
        let ratio = quotient(after.value, compared.before, place, span)?;
        let value = ratio.checked_sub(Decimal::ONE).ok_or_else(|| overflow(span))?;
        let cell = before.with(after, value, Unit::Percent, compared.scope);
        Ok(Cell { conversion: compared.factor, difference: Some(Sense::Rise), is_stock: true, ..cell })
    }

    fn points(&mut self, before: NodeId, after: NodeId) -> Outcome {
        for id in [before, after] {
            let unit = self.cell(id).unit;
            if matches!(unit, Unit::Of(_)) {
                let message = format!("points are between two percentages, and this is in {unit}");
                return Err(FormulaError::new(self.place(id), message));
            }
        }
        let (before, after) = (self.cell(before), self.cell(after));
        let compared = self.compared(before, after, None)?;
        let value = after.value.checked_sub(compared.before).ok_or_else(|| overflow(self.span))?;
        let cell = before.with(after, value, Unit::Points, compared.scope);
        Ok(Cell { conversion: compared.factor, difference: Some(Sense::Rise), is_stock: true, ..cell })
    }

    fn ratio(&mut self, a: NodeId, b: NodeId) -> Outcome {
        let (place, span) = (self.place(b), self.span);
        let (a, b) = (self.cell(a), self.cell(b));
        let (_, conversion) = units::common(a.unit, b.unit, span)?;
        let compared = self.compared(b, a, conversion)?;
        let value = quotient(a.value, compared.before, place, span)?;
        let cell = a.with(b, value, Unit::Ratio, compared.scope);
        Ok(Cell { conversion: compared.factor, is_stock: true, ..cell })
    }

    fn share(&mut self, part: NodeId, whole: NodeId) -> Outcome {
        let (place, span) = (self.place(whole), self.span);
        let (part, whole) = (self.cell(part), self.cell(whole));
        let (_, conversion) = units::common(part.unit, whole.unit, span)?;
        let (divisor, factor) = units::convert(whole.value, conversion, span)?;
        if part.value < Decimal::ZERO || whole.value < Decimal::ZERO {
            return Err(FormulaError::new(span, "a share of, or by, a negative amount means nothing"));
        }
        let value = quotient(part.value, divisor, place, span)?;
        let scope = self.scopes.share(part, whole, span);
        let cell = part.with(whole, value, Unit::Percent, scope);
        Ok(Cell { conversion: factor, is_stock: true, ..cell })
    }

    fn per_capita(&mut self, count: NodeId, population: NodeId) -> Outcome {
        let place = self.place(population);
        let (count, population) = (self.cell(count), self.cell(population));
        let scope = self.scopes.per_capita(count, population, self.span);
        let unit = count.unit.over(population.unit).unwrap_or(Unit::Ratio);
        let value = quotient(count.value, population.value, place, self.span)?;
        let cell = count.with(population, value, unit, scope);
        Ok(Cell { difference: count.difference, is_stock: count.is_stock, ..cell })
    }

    fn per(&mut self, amount: NodeId, base: NodeId, many: Option<NodeId>) -> Outcome {
        let (place, span) = (self.place(base), self.span);
        let many = many.map(|many| self.many(many)).transpose()?;
        let (amount, base) = (self.cell(amount), self.cell(base));
        let is_money = matches!(amount.unit, Unit::Of(of) if of.currency().is_some());
        let unit = match many {
            Some(many) if !is_money => Unit::Per(many),
            _ => units::combined(Operator::Divide, amount.unit, base.unit, span)?,
        };
        let value = quotient(amount.value, base.value, place, span)?;
        let cell = amount.with(base, value, unit, amount.scope.over(&base.scope));
        Ok(Cell { difference: amount.difference, ..cell })
    }

    /// The 100,000 of "per 100,000".
    fn many(&self, id: NodeId) -> Result<u32, FormulaError> {
        let many = self.cell(id).value;
        let whole = Some(many).filter(|many| many.is_integer() && !many.is_zero());
        whole.and_then(|many| u32::try_from(many).ok()).ok_or_else(|| {
            FormulaError::new(self.place(id), "a rate is per a whole number above zero, such as 100_000")
        })
    }

    /// An amount in the money of another time; `periods` are those of the index, where the formula names them.
    fn real(&mut self, amount: NodeId, (then, now): (NodeId, NodeId), periods: &[NodeId]) -> Outcome {
        let (place, span) = (self.place(then), self.span);
        let (amount, then, now) = (self.cell(amount), self.cell(then), self.cell(now));
        let of = |at: usize, cell: &Cell| {
            let named = periods.get(at).and_then(|id| self.cell(*id).scope.period());
            named.or(cell.scope.period()).cloned()
        };
        let (base, target) = (of(0, then), of(1, now));
        if let (Some(own), Some(base)) = (amount.scope.period(), &base)
            && own.relation(base) == Relation::Disjoint
        {
            let message = format!("the amount is of {own}, and is taken for money of {base}");
            return Err(
                FormulaError::new(place, message).help("begin with the index of the amount's own time")
            );
        }
        if let (_, Some(_)) = units::common(then.unit, now.unit, span)? {
            return Err(units::clash(then.unit, now.unit, span));
        }
        let scaled = amount.value.checked_mul(now.value).ok_or_else(|| overflow(span))?;
        let value = quotient(scaled, then.value, place, span)?;
        let money = Some(target.map_or(Money::Unknown, |target| Money::of(&target)));
        Ok(Cell { value, conversion: None, money, ..amount.clone() })
    }

    fn days(&self, of: NodeId) -> Outcome {
        let Some(period) = self.cell(of).scope.period() else {
            let message = "this has no period whose days could be counted";
            return Err(FormulaError::new(self.place(of), message)
                .help("give the figure a scope with a period, or write days(\"2025-01-20/P70D\")"));
        };
        Ok(Cell { unit: Unit::DAYS, ..Cell::literal(Decimal::from(period.days())) })
    }

    /// Sums, means, medians and extremes of operands of one unit.
    fn aggregate(&mut self, function: Function, first: NodeId, rest: &[NodeId]) -> Outcome {
        let span = self.span;
        let first = self.cell(first);
        let cells = self.cells;
        let rest = || rest.iter().filter_map(|id| cells.get(*id as usize));
        let mut result = Cell { conversion: None, ..first.clone() };
        for cell in rest() {
            let (unit, conversion) = units::common(result.unit, cell.unit, span)?;
            if conversion.is_some() {
                return Err(units::clash(result.unit, cell.unit, span));
            }
            let difference = result.difference.zip(cell.difference).map(|(all, one)| all.with(one));
            let scope = match function {
                Function::Sum => Scope::default(),
                _ => self.scopes.shared(&result.scope, &cell.scope),
            };
            result = Cell { difference, ..result.with(cell, Decimal::ZERO, unit, scope) };
        }
        let values = || std::iter::once(first).chain(rest()).map(|cell| cell.value);
        let total = || values().try_fold(Decimal::ZERO, Decimal::checked_add);
        let count = Decimal::from(values().count());
        result.value = match function {
            Function::Min => values().min(),
            Function::Max => values().max(),
            Function::Mean => total().and_then(|sum| sum.checked_div(count)),
            Function::Median => median(&mut values().collect::<Vec<_>>()),
            _ => total(),
        }
        .ok_or_else(|| overflow(span))?;
        if function == Function::Sum {
            let all = std::iter::once(first).chain(rest());
            result.scope = self.scopes.sum(all, span);
        }
        Ok(result)
    }
}
