//! Formulas printed so that they read back the same.

use std::fmt;

use super::{Comparison, Formula, Function, Key, Name, NodeId, NodeKind, Operator};

impl fmt::Display for Formula<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.print(self.root(), out)
    }
}

impl Formula<'_> {
    /// Recursion is as deep as the parser's, which is bounded: a sum may have any number of terms, but is printed from
    /// left to right in a loop, and parentheses stand only where the text needed them.
    fn print(&self, id: NodeId, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(node) = self.node(id) else { return Ok(()) };
        match &node.kind {
            NodeKind::Literal { .. } => {
                let is_around = |c: char| matches!(c, '(' | ')') || c.is_whitespace();
                out.write_str(node.span.of(self.text).trim_matches(is_around))
            }
            NodeKind::Period(period) => write!(out, "\"{period}\""),
            NodeKind::Key(key) if key.contains('"') => write!(out, "'{key}'"),
            NodeKind::Key(key) => write!(out, "\"{key}\""),
            NodeKind::Figure(index) => match self.names.get(*index as usize) {
                Some(name) => write!(out, "{name}"),
                None => Ok(()),
            },
            NodeKind::Negate(operand) => {
                out.write_str("-")?;
                let is_loose = self.operator(*operand).is_some_and(|operator| operator != Operator::Power);
                self.print_within(is_loose, *operand, out)
            }
            NodeKind::Binary(..) => self.print_chain(id, out),
            NodeKind::Compare(comparison, left, right) => {
                self.print(*left, out)?;
                write!(out, " {} ", comparison.symbol())?;
                self.print(*right, out)
            }
            NodeKind::Call { function, first, count } => {
                write!(out, "{}(", function.name())?;
                let operands = self.operands(*first, *count);
                if let (Function::Real, [amount, then, now, _, _]) = (function, operands) {
                    self.print(*amount, out)?;
                    return self.print_index(*then, *now, out);
                }
                for (at, operand) in operands.iter().enumerate() {
                    out.write_str(if at > 0 { ", " } else { "" })?;
                    self.print(*operand, out)?;
                }
                out.write_str(")")
            }
        }
    }

    /// The two cells of an index as they are written: rows first, and the column that both are in.
    fn print_index(&self, then: NodeId, now: NodeId, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for id in [then, now] {
            if let Some((row, _)) = self.cell_of(id) {
                write!(out, ", {}", Quoted(row.text))?;
            }
        }
        let column = self.cell_of(now).map(|(_, column)| column);
        let head = self.name_of(now).map_or("", |name| name.head);
        column.map_or(Ok(()), |column| write!(out, ", {head}{column}"))?;
        out.write_str(")")
    }

    fn name_of(&self, id: NodeId) -> Option<&Name<'_>> {
        match self.node(id)?.kind {
            NodeKind::Figure(index) => self.names.get(index as usize),
            _ => None,
        }
    }

    fn cell_of(&self, id: NodeId) -> Option<&(Key<'_>, Key<'_>)> {
        self.name_of(id)?.cell.as_ref()
    }

    /// Operators that follow each other without parentheses: `a + b - c * d`.
    fn print_chain(&self, id: NodeId, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut links = Vec::new();
        let mut first = id;
        let needs_none = loop {
            let Some(NodeKind::Binary(operator, left, right)) = self.node(first).map(|node| &node.kind)
            else {
                break true;
            };
            links.push((*operator, *right));
            first = *left;
            let is_negated_base = *operator == Operator::Power && self.is_negated(*left);
            let is_looser = self.operator(*left).is_some_and(|of| of.strength() < operator.strength());
            let is_power_of_power = *operator == Operator::Power && self.operator(*left).is_some();
            if is_negated_base || is_looser || is_power_of_power {
                break false;
            }
        };
        self.print_within(!needs_none, first, out)?;
        for (operator, right) in links.into_iter().rev() {
            write!(out, " {} ", operator.symbol())?;
            let is_looser = self.operator(right).is_some_and(|of| match operator {
                Operator::Power => of.strength() < operator.strength(),
                _ => of.strength() <= operator.strength(),
            });
            self.print_within(is_looser, right, out)?;
        }
        Ok(())
    }

    fn print_within(&self, parentheses: bool, id: NodeId, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !parentheses {
            return self.print(id, out);
        }
        out.write_str("(")?;
        self.print(id, out)?;
        out.write_str(")")
    }

    fn operator(&self, id: NodeId) -> Option<Operator> {
        self.node(id).and_then(|node| match node.kind {
            NodeKind::Binary(operator, ..) => Some(operator),
            _ => None,
        })
    }

    fn is_negated(&self, id: NodeId) -> bool {
        self.node(id).is_some_and(|node| matches!(node.kind, NodeKind::Negate(_)))
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.head)?;
        if let Some((row, column)) = &self.cell {
            write!(out, "{row}{column}")?;
        }
        match self.member {
            Some(text) => write!(out, "{}", Key { text, quoted: true }),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Key<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.quoted { write!(out, "[{}]", Quoted(self.text)) } else { write!(out, ".{}", self.text) }
    }
}

/// A text in those quotation marks that it does not have.
struct Quoted<'t>(&'t str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.0.contains('"') { '\'' } else { '"' };
        write!(out, "{mark}{}{mark}", self.0)
    }
}

impl Operator {
    /// How strongly it binds.
    pub(super) fn strength(self) -> u8 {
        match self {
            Self::Add | Self::Subtract => 1,
            Self::Multiply | Self::Divide => 2,
            Self::Power => 3,
        }
    }

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
