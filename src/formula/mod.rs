//! Formulas: arithmetic over figures, evaluated to a value with its interval, unit and scope.

mod enclose;
mod evaluate;
mod function;
mod lex;
mod parse;
mod print;
mod trace;
mod units;

pub use evaluate::{Context, Quantity, ScopeIssue, Sense, Value};
pub use function::Function;
pub use trace::{Step, Trace};

use crate::number::Decimal;
use crate::scope::Period;
use crate::text::Span;
use crate::unit::Unit;

/// A parsed formula over the text `'t`. Its nodes lie in one list, operands before what is made of them, so that
/// evaluating is one pass without recursion.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula<'t> {
    text: &'t str,
    nodes: Vec<Node>,
    /// The operands of calls, one call's after the other's.
    operands: Vec<NodeId>,
    names: Vec<Name<'t>>,
}

type NodeId = u32;

#[derive(Clone, Debug, PartialEq)]
struct Node {
    kind: NodeKind,
    span: Span,
}

#[derive(Clone, Debug, PartialEq)]
enum NodeKind {
    Literal {
        value: Decimal,
        unit: Unit,
    },
    /// A period in quotation marks, for `days`.
    Period(Box<Period>),
    /// A key of a series in quotation marks, for `rank`.
    Key(Box<str>),
    /// A figure, by its index in `names`.
    Figure(u32),
    Negate(NodeId),
    Binary(Operator, NodeId, NodeId),
    Compare(Comparison, NodeId, NodeId),
    /// A function of some of `operands`.
    Call {
        function: Function,
        first: u32,
        count: u32,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

/// How the two sides of a comparison are held against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
    Unequal,
}

/// The name of a figure in a formula.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name<'t> {
    /// The figure, or the source of a cell.
    pub head: &'t str,
    /// The row and the column of a cell: `budget.fy2024.amount`, `budget["FY 2024"].amount`.
    pub cell: Option<(Key<'t>, Key<'t>)>,
    /// The key of one value of a series: `encounters_by_year["2024"]`.
    pub member: Option<&'t str>,
    /// Where it stands first.
    pub span: Span,
}

/// A row or a column of a table, as a formula names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key<'t> {
    /// The name.
    pub text: &'t str,
    /// Whether it is in quotation marks, and so meant to the letter.
    pub quoted: bool,
}

/// What is wrong with a formula, and where in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FormulaError {
    /// Where in the formula.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl FormulaError {
    fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl<'t> Formula<'t> {
    /// Each figure that the formula names, once, in the order of appearance.
    pub fn names(&self) -> &[Name<'t>] {
        &self.names
    }

    /// The numbers written in it, as they are kept in their units.
    pub fn literals(&self) -> impl Iterator<Item = (Decimal, Unit)> + Clone {
        self.nodes.iter().filter_map(|node| match node.kind {
            NodeKind::Literal { value, unit } => Some((value, unit)),
            _ => None,
        })
    }

    /// The formula as it was written.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The two figures whose difference or change the whole formula is, the earlier one first, by their index in
    /// [`Formula::names`].
    pub fn compared(&self) -> Option<(usize, usize)> {
        let figure = |id: NodeId| match self.node(id)?.kind {
            NodeKind::Figure(index) => Some(index as usize),
            _ => None,
        };
        let (before, after) = match self.nodes.last()?.kind {
            NodeKind::Binary(Operator::Subtract, after, before) => (before, after),
            NodeKind::Call { function: Function::Change | Function::Points, first, count } => {
                match self.operands(first, count) {
                    [before, after] => (*before, *after),
                    _ => return None,
                }
            }
            _ => return None,
        };
        figure(before).zip(figure(after))
    }

    fn is_comparison(&self) -> bool {
        self.nodes.last().is_some_and(|node| matches!(node.kind, NodeKind::Compare(..)))
    }

    fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id as usize)
    }

    fn operands(&self, first: u32, count: u32) -> &[NodeId] {
        self.operands.get(first as usize..(first + count) as usize).unwrap_or_default()
    }

    fn root(&self) -> NodeId {
        u32::try_from(self.nodes.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests;
