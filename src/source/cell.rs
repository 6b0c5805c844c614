//! Table cells as agencies print them.

mod numeral;

use rust_decimal::Decimal;

use crate::unit::{Currency, Unit};
use numeral::Cursor;

/// What a cell of a table says. What is not understood as a whole is text: a number is never guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// A number.
    Number(Number),
    /// A mark that stands where a number is missing: nothing at all, `-`, `n/a`, `(X)`. Never 0.
    Missing(&'a str),
    /// Anything else.
    Text(&'a str),
}

/// A number in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// The value, percentages as ratios: `12.5%` is 0.125.
    pub value: Decimal,
    /// [`Unit::Percent`] or money where a sign or a word in the cell says so, else [`Unit::Bare`].
    pub unit: Unit,
    /// Whether a scale word stands in the cell: `1.5 million`.
    pub scaled: bool,
}

/// Marks of a missing number. Sources: the symbols used by the U.S. Census Bureau, the Bureau of Economic Analysis,
/// Eurostat and the United Nations, and what spreadsheets and data frames write for an absent value.
const MISSING: [&str; 26] = [
    "", "-", "--", "–", "—", "−", "n/a", "N/A", "n.a.", "NA", "(NA)", "#N/A", "X", "(X)", "D", "(D)", "S",
    "(S)", "*", "**", "..", "...", "…", "null", "NULL", "NaN",
];

/// Scale words, with the power of ten that each stands for. Single letters are left out: `M` is a million to some and
/// a thousand to others.
const SCALES: [(&str, u32); 7] = [
    ("hundred", 2),
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
    ("trillion", 12),
    ("bn", 9),
    ("tn", 12),
];

impl<'a> Cell<'a> {
    /// Reads a cell; white space around it does not count.
    pub fn parse(text: &'a str) -> Self {
        if let Some(number) = Number::plain(text) {
            return Self::Number(number);
        }
        let text = text.trim();
        if text.len() <= 5 && MISSING.contains(&text) {
            return Self::Missing(text);
        }
        Number::parse(text).map_or(Self::Text(text), Self::Number)
    }
}

impl Number {
    /// The number as it is written: 12.5 for `12.5%`.
    pub(super) fn written(&self) -> Option<Decimal> {
        self.value.checked_mul(self.unit.written_factor().into())
    }

    /// Digits and nothing else, which most cells are.
    pub(super) fn plain(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.is_empty() || digits.len() > 18 || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let value = digits.iter().fold(0_u64, |value, digit| value * 10 + u64::from(digit - b'0'));
        Some(Self { value: Decimal::from(value), unit: Unit::Bare, scaled: false })
    }

    /// A number with its signs, units and marks, and nothing else beside.
    fn parse(text: &str) -> Option<Self> {
        let mut cursor = Cursor::new(text);
        let mut prefix = Prefix::default();
        while prefix.take(&mut cursor) {}
        let numeral = cursor.numeral()?;
        let mut suffix = Suffix::default();
        suffix.take(&mut cursor);
        if prefix.bracket {
            cursor.spaces();
            if prefix.negative.is_some() || !cursor.eat(")") {
                return None;
            }
            suffix.take(&mut cursor);
        }
        // "10²" may be a hundred as well as ten with a note.
        if numeral.is_ten() && cursor.at_superscript() {
            return None;
        }
        while cursor.footnote() {}
        if !cursor.is_at_end() || (suffix.percent && (prefix.unit.is_some() || suffix.scale.is_some())) {
            return None;
        }
        let shift = if suffix.percent { -2 } else { i64::from(suffix.scale.unwrap_or(0)) };
        let size = numeral.decimal(shift)?;
        let negative = prefix.bracket || prefix.negative.unwrap_or(false);
        Some(Self {
            value: if negative { -size } else { size },
            unit: if suffix.percent { Unit::Percent } else { prefix.unit.unwrap_or_default() },
            scaled: suffix.scale.is_some(),
        })
    }
}

/// What stands before the digits, in any order: a sign, a currency, an accountant's bracket.
#[derive(Default)]
struct Prefix {
    negative: Option<bool>,
    unit: Option<Unit>,
    bracket: bool,
}

impl Prefix {
    /// Takes one more part, if one stands there that has not been taken yet.
    fn take(&mut self, cursor: &mut Cursor<'_>) -> bool {
        if self.negative.is_none() {
            if cursor.eat("+") {
                self.negative = Some(false);
                return true;
            }
            // Agencies set the hyphen, the minus sign and the en dash before negative numbers.
            if cursor.eat("-") || cursor.eat("−") || cursor.eat("–") {
                self.negative = Some(true);
                return true;
            }
        }
        if self.unit.is_none() {
            let signs = [("$", Currency::USD), ("€", Currency::EUR), ("£", Currency::GBP)];
            if let Some((_, currency)) = signs.into_iter().find(|(sign, _)| cursor.eat(sign)) {
                self.unit = Some(Unit::money(currency));
                cursor.spaces();
                return true;
            }
        }
        if !self.bracket && cursor.eat("(") {
            self.bracket = true;
            cursor.spaces();
            return true;
        }
        false
    }
}

/// What may follow the digits: a percent sign or a scale word.
#[derive(Default)]
struct Suffix {
    percent: bool,
    scale: Option<u32>,
}

impl Suffix {
    fn take(&mut self, cursor: &mut Cursor<'_>) {
        if self.percent || self.scale.is_some() {
            return;
        }
        let before = cursor.clone();
        cursor.spaces();
        if cursor.eat("%") || cursor.word("percent") || cursor.word("per cent") {
            self.percent = true;
        } else if let Some((_, power)) = SCALES.into_iter().find(|(word, _)| cursor.word(word)) {
            self.scale = Some(power);
        } else {
            *cursor = before;
        }
    }
}

#[cfg(test)]
mod tests;
