//! Formulas printed so that they read back the same.

use std::fmt;

use super::{Comparison, Formula, Key, Name, NodeId, NodeKind, Operator};

impl fmt::Display for Formula<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.print(self.root(), out)
    }
}

impl Formula<'_> {
    /// Depth is bounded by the parser's.
    fn print(&self, id: NodeId, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(node) = self.node(id) else { return Ok(()) };
        match &node.kind {
            NodeKind::Literal { .. } => out.write_str(node.span.of(self.text).trim_matches(['(', ')'])),
            NodeKind::Period(period) => write!(out, "\"{period}\""),
            NodeKind::Figure(index) => match self.names.get(*index as usize) {
                Some(name) => write!(out, "{name}"),
                None => Ok(()),
            },
            NodeKind::Negate(operand) => {
                out.write_str("-")?;
                self.print_operand(*operand, out)
            }
            NodeKind::Binary(operator, left, right) => {
                self.print_operand(*left, out)?;
                write!(out, " {} ", operator.symbol())?;
                self.print_operand(*right, out)
            }
            NodeKind::Compare(comparison, left, right) => {
                self.print(*left, out)?;
                write!(out, " {} ", comparison.symbol())?;
                self.print(*right, out)
            }
            NodeKind::Call { function, first, count } => {
                write!(out, "{}(", function.name())?;
                for (at, operand) in self.operands(*first, *count).iter().enumerate() {
                    out.write_str(if at > 0 { ", " } else { "" })?;
                    self.print(*operand, out)?;
                }
                out.write_str(")")
            }
        }
    }

    /// In parentheses wherever it has an operator of its own.
    fn print_operand(&self, id: NodeId, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.node(id).map(|node| &node.kind) {
            Some(NodeKind::Negate(_) | NodeKind::Binary(..)) => {
                out.write_str("(")?;
                self.print(id, out)?;
                out.write_str(")")
            }
            _ => self.print(id, out),
        }
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.head)?;
        match &self.cell {
            Some((row, column)) => write!(out, "{row}{column}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Key<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.quoted, self.text.contains('"')) {
            (false, _) => write!(out, ".{}", self.text),
            (true, false) => write!(out, "[\"{}\"]", self.text),
            (true, true) => write!(out, "['{}']", self.text),
        }
    }
}

impl Operator {
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Power => "^",
        }
    }
}

impl Comparison {
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::Equal => "==",
            Self::Unequal => "!=",
        }
    }
}
