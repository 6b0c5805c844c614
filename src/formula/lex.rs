//! Tokens of formulas.

use super::{Comparison, FormulaError, Operator};
use crate::number::Decimal;
use crate::text::{ByteSet, Span};
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

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        // Nearly always one space or none, and a byte of ASCII after it.
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
        if self.peek().is_some_and(|byte| !byte.is_ascii_graphic()) {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
        }
    }

    pub(super) fn next(&mut self) -> Result<(Token<'t>, Span), FormulaError> {
        self.skip_space();
        let start = self.at;
        let token = match self.peek() {
            None => Token::End,
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'_') => self.word(start)?,
            Some(b'0'..=b'9') => self.number(None, start)?,
            Some(b'.') if is_number(self.rest()) => {
                if self.follows_name(start) {
                    return Err(self.key_of_digits(start));
                }
                self.number(None, start)?
            }
            Some(quote @ (b'"' | b'\'')) => self.quoted(char::from(quote), start)?,
            Some(byte) => match punctuation(byte) {
                Some(token) => {
                    self.at += 1;
                    token
                }
                None => self.symbol_or_amount(start)?,
            },
        };
        Ok((token, Span::new(start, self.at)))
    }

    /// A sign of several bytes, or an amount after its currency's symbol.
    fn symbol_or_amount(&mut self, start: usize) -> Result<Token<'t>, FormulaError> {
        let rest = self.rest();
        if let Some((token, length)) = symbol(rest) {
            self.at += length;
            return Ok(token);
        }
        let Some((unit, length)) = currency_symbol(rest) else {
            let first = rest.chars().next().unwrap_or_default();
            let span = Span::new(start, start + first.len_utf8());
            return Err(FormulaError::new(span, format!("`{first}` has no meaning in a formula")));
        };
        self.at += length;
        self.skip_space();
        self.number(Some(unit), start)
    }

    /// Whether a point here is that of a path: `budget.2024`.
    fn follows_name(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.text.as_bytes().get(before));
        before.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b']'))
    }

    fn key_of_digits(&mut self, start: usize) -> FormulaError {
        self.at += 1;
        let key = self.take(&NAME);
        FormulaError::new(Span::new(start, self.at), "a row or column that begins with a digit")
            .help(format!("write [\"{key}\"]"))
    }

    /// A name, or an ISO 4217 code before an amount.
    fn word(&mut self, start: usize) -> Result<Token<'t>, FormulaError> {
        let word = self.take(&NAME);
        let is_code = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        if is_code && let Some(currency) = currency_named(word) {
            let after = self.rest().trim_start();
            if after.len() < self.rest().len() && is_number(after) {
                self.skip_space();
                return self.number(Some(Unit::money(currency)), start);
            }
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
        let digits = self.take(&DIGITS);
        let error = |at: usize, message: &str| FormulaError::new(Span::new(start, at), message);
        let Some(mut value) = short_integer(digits).or_else(|| decimal(digits)) else {
            return Err(error(self.at, "this number is malformed, or has more than 28 digits"));
        };
        let mut unit = unit;
        loop {
            let before = self.at;
            self.skip_space();
            let is_next = self.at == before;
            let word = self.unit_word();
            if word.is_empty() {
                self.at = before;
                return Ok(Token::Number { value, unit: unit.unwrap_or_default() });
            }
            if let Some(scale) = scale_named(word).filter(|_| word.len() > 1 || is_next) {
                value = scale.checked_mul(value).ok_or_else(|| error(self.at, "this number is too large"))?;
            } else if let (None, Some(named)) = (unit, unit_named(word)) {
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
        match self.peek() {
            Some(b'p') => {
                for (phrase, unit) in [
                    ("percentage points", "pp"),
                    ("percentage point", "pp"),
                    ("per cent", "%"),
                    ("points", "pp"),
                ] {
                    if self.rest().starts_with(phrase) {
                        self.at += phrase.len();
                        return unit;
                    }
                }
            }
            Some(b'%') => {
                self.at += 1;
                return "%";
            }
            _ => {}
        }
        let before = self.at;
        let word = self.take(&NAME);
        if matches!(self.peek(), Some(b'.' | b'(' | b'[')) {
            self.at = before;
            return "";
        }
        word
    }

    /// The row and the column that follow the name of a source: `.fy2024.amount`. `None`, and nothing read, for any other
    /// way to write them.
    pub(super) fn plain_cell(&mut self) -> Option<(&'t str, &'t str)> {
        let before = self.at;
        let row = self.dotted()?;
        let column = self.dotted();
        if column.is_none() {
            self.at = before;
        }
        Some((row, column?))
    }

    fn dotted(&mut self) -> Option<&'t str> {
        match self.text.as_bytes().get(self.at..)? {
            [b'.', first, ..] if first.is_ascii_alphabetic() || *first == b'_' => {
                self.at += 1;
                Some(self.take(&NAME))
            }
            _ => None,
        }
    }

    /// Where the last token ends.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The bytes of a set, all of ASCII, from here on.
    fn take(&mut self, of: &ByteSet) -> &'t str {
        let start = self.at;
        self.at += of.prefix(self.text.as_bytes().get(start..).unwrap_or_default());
        self.text.get(start..self.at).unwrap_or_default()
    }
}

const NAME: ByteSet = ByteSet::ALPHANUMERIC.with(b"_");
const DIGITS: ByteSet = ByteSet::NONE.with_range(b'0', b'9').with(b"_.");

/// The number of at most 18 digits and nothing else: the same as [`decimal`]'s, at a fraction of the cost.
fn short_integer(digits: &str) -> Option<Decimal> {
    let is_short = (1..=18).contains(&digits.len());
    let add = |value: u64, byte: u8| byte.is_ascii_digit().then(|| value * 10 + u64::from(byte - b'0'));
    if is_short { digits.bytes().try_fold(0, add).map(Decimal::from) } else { None }
}

/// The number of digits with a point and underscores, to the last digit: one too long to be kept is refused, not
/// rounded, and not turned into zero.
fn decimal(digits: &str) -> Option<Decimal> {
    let plain = digits.bytes().all(|byte| byte != b'_');
    let exact = Decimal::from_str_exact;
    let parsed = if plain { exact(digits) } else { exact(&digits.replace('_', "")) };
    parsed.ok().filter(|_| digits.bytes().any(|byte| byte.is_ascii_digit()))
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

/// A sign of one byte, whatever comes after it.
fn punctuation(byte: u8) -> Option<Token<'static>> {
    Some(match byte {
        b'.' => Token::Dot,
        b',' => Token::Comma,
        b'(' => Token::Open,
        b')' => Token::Close,
        b'[' => Token::OpenKey,
        b']' => Token::CloseKey,
        b'+' => Token::Operator(Operator::Add),
        b'-' => Token::Operator(Operator::Subtract),
        b'*' => Token::Operator(Operator::Multiply),
        b'/' => Token::Operator(Operator::Divide),
        b'^' => Token::Operator(Operator::Power),
        _ => return None,
    })
}

/// A comparison, or a mathematician's sign.
fn symbol(text: &str) -> Option<(Token<'static>, usize)> {
    const TWO: [(&str, Comparison); 4] = [
        ("<=", Comparison::AtMost),
        (">=", Comparison::AtLeast),
        ("==", Comparison::Equal),
        ("!=", Comparison::Unequal),
    ];
    if let Some((written, comparison)) = TWO.iter().find(|(written, _)| text.starts_with(written)) {
        return Some((Token::Comparison(*comparison), written.len()));
    }
    let first = text.chars().next()?;
    let token = match first {
        '−' | '–' => Token::Operator(Operator::Subtract),
        '×' => Token::Operator(Operator::Multiply),
        '÷' => Token::Operator(Operator::Divide),
        '<' => Token::Comparison(Comparison::Less),
        '>' => Token::Comparison(Comparison::Greater),
        '≤' => Token::Comparison(Comparison::AtMost),
        '≥' => Token::Comparison(Comparison::AtLeast),
        _ => return None,
    };
    Some((token, first.len_utf8()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn short_integers_are_what_the_library_makes_of_them(digits in "[0-9]{0,20}") {
            let short = short_integer(&digits);
            prop_assert_eq!(short.is_some(), (1..=18).contains(&digits.len()));
            if let Some(short) = short {
                let long = decimal(&digits).unwrap();
                prop_assert_eq!((short, short.scale()), (long, long.scale()));
            }
        }
    }

    #[test]
    fn what_is_no_integer_is_left_to_the_library() {
        for digits in ["", ".", "_", "1.5", "1_000", "1234567890123456789"] {
            assert_eq!(short_integer(digits), None, "{digits}");
        }
    }
}
