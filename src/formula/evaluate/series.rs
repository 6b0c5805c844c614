//! Series in formulas: functions make one value of them, and nothing else takes them.

use super::super::{FormulaError, Function, Node, NodeId, NodeKind};
use super::arithmetic::{median, overflow};
use super::operations::{Cell, Evaluation};
use crate::number::Decimal;
use crate::series::Series;
use crate::text::nearest;

impl Evaluation<'_, '_> {
    /// What a function of a series comes to; `None` where no series is among the operands. A series in the place of a
    /// number is an error.
    pub(super) fn of_series(&self, node: &Node) -> Result<Option<Cell>, FormulaError> {
        let plain = |ids: &[NodeId]| ids.iter().try_for_each(|id| self.refuse(*id)).map(|()| None);
        match &node.kind {
            NodeKind::Negate(operand) => plain(&[*operand]),
            NodeKind::Binary(_, left, right) | NodeKind::Compare(_, left, right) => plain(&[*left, *right]),
            NodeKind::Call { function, first, count } => {
                let operands = self.formula.operands(*first, *count);
                match operands {
                    [series, rest @ ..] if self.series(*series).is_some() => {
                        rest.iter().try_for_each(|id| self.refuse(*id))?;
                        self.reduced(*function, *series, rest.first().copied(), node).map(Some)
                    }
                    _ => plain(operands),
                }
            }
            NodeKind::Literal { .. } | NodeKind::Period(_) | NodeKind::Key(_) | NodeKind::Figure(_) => {
                Ok(None)
            }
        }
    }

    /// An error, where a node is a series.
    pub(super) fn refuse(&self, id: NodeId) -> Result<(), FormulaError> {
        let Some((_, series)) = self.series(id) else { return Ok(()) };
        let span = self.formula.node(id).map(|node| node.span).unwrap_or_default();
        let name = span.of(self.formula.text());
        let key = series.members().last().map_or("…", |member| &*member.key);
        let message = format!("`{name}` is a series ({}), and one number is needed here", series.extent());
        Err(FormulaError::new(span, message).help(format!(
            "take one of them, {name}[\"{key}\"], or what a function makes of all: max({name}), min, sum, mean, median, count, rank"
        )))
    }

    fn series(&self, id: NodeId) -> Option<(&Cell, &Series)> {
        let cell = self.cells.get(id as usize)?;
        let figure = self.figures.get(cell.series? as usize)?;
        Some((cell, figure.series.as_deref()?))
    }

    fn reduced(
        &self,
        function: Function,
        id: NodeId,
        other: Option<NodeId>,
        node: &Node,
    ) -> Result<Cell, FormulaError> {
        let Some((whole, series)) = self.series(id) else { return Ok(Cell::literal(Decimal::ZERO)) };
        let count = || Decimal::from(series.members().len());
        let total = || series.values().try_fold(Decimal::ZERO, Decimal::checked_add);
        let value = match (function, other) {
            (Function::Count, None) => return Ok(Cell::literal(count())),
            (Function::Rank, key) => {
                return self.rank(series, key).map(|rank| Cell::literal(Decimal::from(rank)));
            }
            (Function::Max, None) => series.values().max(),
            (Function::Min, None) => series.values().min(),
            (Function::Sum, None) => total(),
            (Function::Mean, None) => total().and_then(|sum| sum.checked_div(count())),
            (Function::Median, None) => median(&mut series.values().collect::<Vec<_>>()),
            _ => {
                self.refuse(id)?;
                None
            }
        };
        let value = value.ok_or_else(|| overflow(node.span))?;
        Ok(Cell { value, series: None, ..whole.clone() })
    }

    /// The rank of the value at a key, or of the last.
    fn rank(&self, series: &Series, key: Option<NodeId>) -> Result<usize, FormulaError> {
        let node = key.and_then(|key| self.formula.node(key));
        let at = match node.map(|node| (&node.kind, node.span)) {
            Some((NodeKind::Key(key), span)) => match series.position(key) {
                Some(at) => at,
                None => return Err(no_key(series, key, span)),
            },
            Some((_, span)) => {
                return Err(FormulaError::new(
                    span,
                    "a key in quotation marks is needed here, as in rank(a, \"2024\")",
                ));
            }
            None => series.members().len().saturating_sub(1),
        };
        Ok(series.rank(at).unwrap_or_default())
    }
}

fn no_key(series: &Series, key: &str, span: crate::text::Span) -> FormulaError {
    let error = FormulaError::new(span, format!("the series has no key `{key}` ({})", series.extent()));
    match nearest(key, series.members().iter().map(|member| &*member.key)) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error,
    }
}
