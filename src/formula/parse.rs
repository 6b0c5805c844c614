//! Parsing formulas: precedence climbing, with a bound on nesting.

use std::collections::HashMap;

use super::lex::{Lexer, Token};
use super::{Formula, FormulaError, Function, Key, Name, Node, NodeId, NodeKind, Operator};
use crate::scope::{FiscalYear, Period};
use crate::text::Span;

/// How deep parentheses may nest: far more than anybody reads, far less than the stack holds.
const DEPTH: usize = 200;

/// A formula is a line that people check by eye.
const LENGTH: usize = 1 << 20;

impl<'t> Formula<'t> {
    /// Parses a formula.
    pub fn parse(text: &'t str, fiscal: FiscalYear) -> Result<Self, FormulaError> {
        if text.len() > LENGTH {
            return Err(FormulaError::new(Span::new(0, LENGTH), "this formula is longer than a megabyte"));
        }
        let mut lexer = Lexer::new(text);
        let (token, span) = lexer.next()?;
        let (nodes, names) = (Vec::with_capacity(4), Vec::with_capacity(2));
        let formula = Formula { text, nodes, operands: Vec::new(), names };
        let mut parser = Parser { lexer, token, span, formula, known: None, depth: 0, fiscal };
        parser.comparison()?;
        match parser.token {
            Token::End => Ok(parser.formula),
            _ => Err(parser.unexpected("an operator")),
        }
    }
}

struct Parser<'t> {
    lexer: Lexer<'t>,
    /// The token that is looked at, and where it stands.
    token: Token<'t>,
    span: Span,
    formula: Formula<'t>,
    /// Where names stand in the formula's list, once there are many.
    known: Option<HashMap<Path<'t>, usize>>,
    depth: usize,
    fiscal: FiscalYear,
}

/// A name without its place.
type Path<'t> = (&'t str, Option<(Key<'t>, Key<'t>)>, Option<&'t str>);

/// Up to so many names, looking through them is faster than hashing.
const FEW: usize = 16;

type Parsed = Result<NodeId, FormulaError>;

impl<'t> Parser<'t> {
    fn advance(&mut self) -> Result<Span, FormulaError> {
        let span = self.span;
        (self.token, self.span) = self.lexer.next()?;
        Ok(span)
    }

    fn unexpected(&self, wanted: &str) -> FormulaError {
        let found = match self.token {
            Token::End => "the formula ends here".to_owned(),
            _ => format!("found `{}`", self.span.of(self.formula.text)),
        };
        let error = FormulaError::new(self.span, format!("expected {wanted}, {found}"));
        match self.token {
            Token::Comma => error.help("numbers take no thousands commas here: write 1_000 or 1000"),
            _ => error,
        }
    }

    fn expect(&mut self, token: &Token<'t>, written: &str) -> Result<Span, FormulaError> {
        if self.token == *token { self.advance() } else { Err(self.unexpected(written)) }
    }

    fn push(&mut self, kind: NodeKind, span: Span) -> NodeId {
        self.formula.nodes.push(Node { kind, span });
        self.formula.root()
    }

    fn span_of(&self, id: NodeId) -> Span {
        self.formula.node(id).map_or(self.span, |node| node.span)
    }

    fn deeper<T>(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<T, FormulaError>,
    ) -> Result<T, FormulaError> {
        if self.depth == DEPTH {
            return Err(FormulaError::new(self.span, format!("nested more than {DEPTH} deep")));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.binary(0)?;
        let Token::Comparison(comparison) = self.token else { return Ok(left) };
        self.advance()?;
        let right = self.binary(0)?;
        let span = self.span_of(left).join(self.span_of(right));
        if matches!(self.token, Token::Comparison(_)) {
            return Err(FormulaError::new(self.span, "a formula compares once").help("make it two claims"));
        }
        Ok(self.push(NodeKind::Compare(comparison, left, right), span))
    }

    /// Operators that bind at least as strongly as `least`, left to right; powers right to left.
    fn binary(&mut self, least: u8) -> Parsed {
        let mut left = self.unary()?;
        while let Token::Operator(operator) = self.token {
            let strength = operator.strength();
            if strength < least {
                break;
            }
            self.advance()?;
            let next = if operator == Operator::Power { strength } else { strength + 1 };
            let right = self.deeper(|parser| parser.binary(next))?;
            let span = self.span_of(left).join(self.span_of(right));
            left = self.push(NodeKind::Binary(operator, left, right), span);
        }
        Ok(left)
    }

    fn unary(&mut self) -> Parsed {
        match self.token {
            Token::Operator(Operator::Subtract) => {
                let start = self.advance()?;
                // −2^2 is −(2^2), as in mathematics.
                let operand = self.deeper(|parser| parser.binary(Operator::Power.strength()))?;
                let span = start.join(self.span_of(operand));
                Ok(self.push(NodeKind::Negate(operand), span))
            }
            Token::Operator(Operator::Add) => {
                self.advance()?;
                self.deeper(Self::unary)
            }
            _ => self.primary(),
        }
    }

    fn primary(&mut self) -> Parsed {
        match self.token {
            Token::Number { value, unit } => {
                let span = self.advance()?;
                Ok(self.push(NodeKind::Literal { value, unit }, span))
            }
            Token::Open => {
                let start = self.advance()?;
                let inside = self.deeper(|parser| parser.binary(0))?;
                let end = self.expect(&Token::Close, "`)`")?;
                // The span of what is in parentheses includes them.
                if let Some(node) = self.formula.nodes.get_mut(inside as usize) {
                    node.span = start.join(end);
                }
                Ok(inside)
            }
            Token::Name(name) => match self.lexer.plain_cell() {
                Some(cell) => self.plain_cell(name, cell),
                None => self.name_or_call(name),
            },
            _ => Err(self.unexpected("a number, a figure or `(`")),
        }
    }

    /// A cell as most are written: `budget.fy2024.amount`.
    fn plain_cell(&mut self, head: &'t str, (row, column): (&'t str, &'t str)) -> Parsed {
        self.span = self.span.join(Span::new(self.lexer.at(), self.lexer.at()));
        let span = self.advance()?;
        let key = |text| Key { text, quoted: false };
        Ok(self.figure(Name { head, cell: Some((key(row), key(column))), member: None, span }))
    }

    fn name_or_call(&mut self, head: &'t str) -> Parsed {
        let start = self.advance()?;
        match self.token {
            Token::Open => self.call(head, start),
            Token::Dot | Token::OpenKey => {
                let (row, end) = self.key()?;
                if row.quoted && !matches!(self.token, Token::Dot | Token::OpenKey) {
                    let member = Some(row.text);
                    return Ok(self.figure(Name { head, cell: None, member, span: start.join(end) }));
                }
                let (column, end) = self.key()?;
                let cell = Some((row, column));
                Ok(self.figure(Name { head, cell, member: None, span: start.join(end) }))
            }
            _ => Ok(self.figure(Name { head, cell: None, member: None, span: start })),
        }
    }

    /// `.name` or `["name"]`.
    fn key(&mut self) -> Result<(Key<'t>, Span), FormulaError> {
        match self.token {
            Token::Dot => {
                self.advance()?;
                match self.token {
                    Token::Name(name) => Ok((Key { text: name, quoted: false }, self.advance()?)),
                    _ => Err(self.unexpected("the name of a row or a column")),
                }
            }
            Token::OpenKey => {
                self.advance()?;
                let Token::Text(text) = self.token else {
                    return Err(self.unexpected("a row or column in quotation marks"));
                };
                self.advance()?;
                let end = self.expect(&Token::CloseKey, "`]`")?;
                Ok((Key { text, quoted: true }, end))
            }
            _ => Err(self
                .unexpected("a row and a column")
                .help("a cell is named by its source, row and column: budget.fy2024.amount")),
        }
    }

    fn figure(&mut self, name: Name<'t>) -> NodeId {
        let span = name.span;
        let index = self.known(&name).unwrap_or_else(|| {
            let index = self.formula.names.len();
            if index >= FEW {
                let known = self.known.get_or_insert_default();
                known.insert((name.head, name.cell.clone(), name.member), index);
            }
            self.formula.names.push(name);
            index
        });
        self.push(NodeKind::Figure(u32::try_from(index).unwrap_or(u32::MAX)), span)
    }

    fn known(&self, name: &Name<'t>) -> Option<usize> {
        let same = |known: &Name<'t>| {
            known.head == name.head && known.cell == name.cell && known.member == name.member
        };
        let early = self.formula.names.iter().take(FEW).position(same);
        early.or_else(|| self.known.as_ref()?.get(&(name.head, name.cell.clone(), name.member)).copied())
    }

    fn call(&mut self, name: &str, start: Span) -> Parsed {
        let Some(function) = Function::named(name) else {
            let error = FormulaError::new(start, format!("unknown function `{name}`"));
            return Err(match Function::nearest(name) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => error.help(format!(
                    "the functions are {}",
                    Function::ALL.map(|(_, name, ..)| name).join(", ")
                )),
            });
        };
        self.advance()?;
        let mut operands = Vec::with_capacity(2);
        let mut is_indexed = false;
        while self.token != Token::Close {
            match self.token {
                Token::Text(text) if function == Function::Days => operands.push(self.period(text)?),
                Token::Text(text) if function == Function::Rank => {
                    let span = self.advance()?;
                    operands.push(self.push(NodeKind::Key(text.into()), span));
                }
                Token::Text(from) if function == Function::Real && operands.len() == 1 => {
                    operands.extend(self.index(from)?);
                    is_indexed = true;
                    break;
                }
                _ => operands.push(self.deeper(|parser| parser.binary(0))?),
            }
            if self.token != Token::Comma {
                break;
            }
            self.advance()?;
        }
        let end = self.expect(&Token::Close, "`,` or `)`")?;
        let span = start.join(end);
        let (least, most) = function.arity();
        if !is_indexed && (operands.len() < least || operands.len() > most) {
            let wanted = if least == most { format!("{least}") } else { format!("at least {least}") };
            let message = format!("`{name}` takes {wanted} operands, not {}", operands.len());
            let error = FormulaError::new(span, message);
            let has_comma = operands.len() > most;
            return Err(if has_comma {
                error.help("numbers take no thousands commas here: write 1_000")
            } else {
                error
            });
        }
        let first = u32::try_from(self.formula.operands.len()).unwrap_or(u32::MAX);
        let count = u32::try_from(operands.len()).unwrap_or(u32::MAX);
        self.formula.operands.extend(operands);
        Ok(self.push(NodeKind::Call { function, first, count }, span))
    }

    /// `"1990", "2025", cpi.value`: two cells of a column, and the periods that their rows are, where they are any.
    fn index(&mut self, from: &'t str) -> Result<Vec<NodeId>, FormulaError> {
        let from = (from, self.advance()?);
        self.expect(&Token::Comma, "`,` and the time whose money is meant")?;
        let Token::Text(to) = self.token else {
            return Err(self.unexpected("the time whose money is meant, in quotation marks"));
        };
        let to = (to, self.advance()?);
        self.expect(&Token::Comma, "`,` and the index")?;
        let Token::Name(head) = self.token else {
            return Err(self.unexpected("a column of a table with a key, such as cpi.value"));
        };
        self.advance()?;
        let (column, _) = self.key()?;
        let ends = [from, to];
        let cells = ends.map(|(row, span)| {
            let row = Key { text: row, quoted: true };
            self.figure(Name { head, cell: Some((row, column.clone())), member: None, span })
        });
        let periods = ends.map(|(row, span)| Some((Period::parse(row, self.fiscal).ok()?, span)));
        let mut operands = cells.to_vec();
        if let [Some(from), Some(to)] = periods {
            operands
                .extend([from, to].map(|(period, span)| self.push(NodeKind::Period(Box::new(period)), span)));
        }
        Ok(operands)
    }

    fn period(&mut self, text: &str) -> Parsed {
        let period = Period::parse(text, self.fiscal)
            .map_err(|error| FormulaError::new(self.span, error.to_string()))?;
        let span = self.advance()?;
        Ok(self.push(NodeKind::Period(Box::new(period)), span))
    }
}
