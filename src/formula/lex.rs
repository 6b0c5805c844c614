//! Tokens of formulas.

use super::{Comparison, FormulaError, Operator};
use crate::number::Decimal;
use crate::text::Span;
use crate::unit::{Unit, currency_named, scale_named, unit_named};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'t> {
    Number { value: Decimal, unit: Unit },
    Name(&'t str),
    Text(&'t str),
    Operator(Operator),
    Comparison(Comparison),
    Open,
    Close,
    OpenKey,
    CloseKey,
    Dot,
    Comma,
    End,
}

/// Reads tokens one after the other.
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        // Nearly always one space or none, and a byte of ASCII after it.
        let bytes = self.text.as_bytes();
        while bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        if bytes.get(self.at).is_some_and(u8::is_ascii_graphic) {
            return;
        }
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    pub(super) fn next(&mut self) -> Result<(Token<'t>, Span), FormulaError> {
        self.skip_space();
        let start = self.at;
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Ok((Token::End, Span::new(start, start))) };
        let token = match first {
            '.' if is_number(rest) && self.follows_name(start) => return Err(self.key_of_digits(start)),
            '0'..='9' | '.' if is_number(rest) => self.number(None, start)?,
            'a'..='z' | 'A'..='Z' | '_' => self.word(start)?,
            '"' | '\'' => self.quoted(first, start)?,
            _ => {
                if let Some((token, length)) = symbol(rest) {
                    self.at += length;
                    return Ok((token, Span::new(start, self.at)));
                }
                let Some((unit, length)) = currency_symbol(rest) else {
                    let span = Span::new(start, start + first.len_utf8());
                    return Err(FormulaError::new(span, format!("`{first}` has no meaning in a formula")));
                };
                self.at += length;
                self.skip_space();
                self.number(Some(unit), start)?
            }
        };
        Ok((token, Span::new(start, self.at)))
    }

    /// Whether a point here is that of a path: `budget.2024`.
    fn follows_name(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.text.as_bytes().get(before));
        before.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b']'))
    }

    fn key_of_digits(&mut self, start: usize) -> FormulaError {
        self.at += 1;
        let key = self.take(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        FormulaError::new(Span::new(start, self.at), "a row or column that begins with a digit")
            .help(format!("write [\"{key}\"]"))
    }

    /// A name, or an ISO 4217 code before an amount.
    fn word(&mut self, start: usize) -> Result<Token<'t>, FormulaError> {
        let word = self.take(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let is_code = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let after = self.rest().trim_start();
        let is_before_number = after.len() < self.rest().len() && is_number(after);
        let code = if is_code && is_before_number { currency_named(word) } else { None };
        if let Some(currency) = code {
            self.skip_space();
            return self.number(Some(Unit::money(currency)), start);
        }
        Ok(Token::Name(word))
    }

    fn quoted(&mut self, quote: char, start: usize) -> Result<Token<'t>, FormulaError> {
        let inside = self.text.get(start + 1..).unwrap_or_default();
        let Some(length) = inside.find(quote) else {
            let span = Span::new(start, self.text.len());
            return Err(FormulaError::new(span, "this quotation mark is never closed"));
        };
        self.at = start + length + 2;
        Ok(Token::Text(inside.get(..length).unwrap_or_default()))
    }

    /// A number as a story writes it, with its scale words and unit. `unit` is what stood before it.
    fn number(&mut self, unit: Option<Unit>, start: usize) -> Result<Token<'t>, FormulaError> {
        let digits = self.take(|byte| byte.is_ascii_digit() || byte == b'_' || byte == b'.');
        let error = |at: usize, message: &str| FormulaError::new(Span::new(start, at), message);
        let plain = digits.bytes().all(|byte| byte != b'_');
        // To the last digit: a number too long to be kept is refused, not rounded, and not turned into zero.
        let exact = Decimal::from_str_exact;
        let parsed = if plain { exact(digits) } else { exact(&digits.replace('_', "")) };
        let Some(mut value) = parsed.ok().filter(|_| digits.bytes().any(|byte| byte.is_ascii_digit())) else {
            return Err(error(self.at, "this number is malformed, or has more than 28 digits"));
        };
        let mut unit = unit;
        loop {
            let before = self.at;
            let gap = self.rest().len() - self.rest().trim_start().len();
            self.skip_space();
            let word = self.unit_word();
            if let Some(scale) = scale_named(word).filter(|_| word.len() > 1 || gap == 0) {
                value = scale.checked_mul(value).ok_or_else(|| error(self.at, "this number is too large"))?;
            } else if let (None, Some(named)) = (unit, unit_named(word).filter(|_| !word.is_empty())) {
                value = named.factor.kept(value).ok_or_else(|| error(self.at, "this number is too large"))?;
                unit = Some(named.unit);
            } else {
                self.at = before;
                return Ok(Token::Number { value, unit: unit.unwrap_or_default() });
            }
        }
    }

    /// A word after a number that may be a scale or a unit; not a name, which would have an underscore or a point.
    fn unit_word(&mut self) -> &'t str {
        for (phrase, unit) in
            [("percentage points", "pp"), ("percentage point", "pp"), ("per cent", "%"), ("points", "pp")]
        {
            if self.rest().starts_with(phrase) {
                self.at += phrase.len();
                return unit;
            }
        }
        if self.rest().starts_with('%') {
            self.at += 1;
            return "%";
        }
        let before = self.at;
        let word = self.take(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if matches!(self.rest().bytes().next(), Some(b'.' | b'(' | b'[')) {
            self.at = before;
            return "";
        }
        word
    }

    fn take(&mut self, belongs: impl Fn(u8) -> bool) -> &'t str {
        let rest = self.rest();
        let length = rest.bytes().position(|byte| !belongs(byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }
}

fn is_number(text: &str) -> bool {
    let mut bytes = text.bytes();
    match bytes.next() {
        Some(b'0'..=b'9') => true,
        Some(b'.') => bytes.next().is_some_and(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

/// A currency symbol and its length, where a number follows.
fn currency_symbol(text: &str) -> Option<(Unit, usize)> {
    let length = text.find(|c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace())?;
    let currency = currency_named(text.get(..length)?)?;
    is_number(text.get(length..)?.trim_start()).then(|| (Unit::money(currency), length))
}

fn symbol(text: &str) -> Option<(Token<'static>, usize)> {
    const TWO: [(&str, Comparison); 4] = [
        ("<=", Comparison::AtMost),
        (">=", Comparison::AtLeast),
        ("==", Comparison::Equal),
        ("!=", Comparison::Unequal),
    ];
    if text.as_bytes().get(1) == Some(&b'=')
        && let Some((written, comparison)) = TWO.iter().find(|(written, _)| text.starts_with(written))
    {
        return Some((Token::Comparison(*comparison), written.len()));
    }
    let first = text.chars().next()?;
    let token = match first {
        '+' => Token::Operator(Operator::Add),
        '-' | '−' | '–' => Token::Operator(Operator::Subtract),
        '*' | '×' => Token::Operator(Operator::Multiply),
        '/' | '÷' => Token::Operator(Operator::Divide),
        '^' => Token::Operator(Operator::Power),
        '<' => Token::Comparison(Comparison::Less),
        '>' => Token::Comparison(Comparison::Greater),
        '≤' => Token::Comparison(Comparison::AtMost),
        '≥' => Token::Comparison(Comparison::AtLeast),
        '(' => Token::Open,
        ')' => Token::Close,
        '[' => Token::OpenKey,
        ']' => Token::CloseKey,
        '.' => Token::Dot,
        ',' => Token::Comma,
        _ => return None,
    };
    Some((token, first.len_utf8()))
}
