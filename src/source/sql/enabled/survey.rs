//! What the cells of a column are, from all of them.

use crate::source::Cell;
use crate::unit::Unit;

/// What a column of texts is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Texts as they are printed; those with nothing in them are NULL.
    Text,
    /// Decimals, of so many digits in all and so many after the point.
    Number {
        /// All digits.
        precision: u8,
        /// Those after the point.
        scale: u8,
    },
    /// Days in ISO 8601.
    Day,
    /// `true` and `false`.
    Flag,
}

/// What is known of the cells of a column so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Survey {
    guess: Guess,
    /// The most digits before the point, and after it.
    whole: u8,
    scale: u8,
    /// The unit of the cells that say one, and whether there are cells that say none.
    unit: Option<Unit>,
    has_bare: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Guess {
    /// All are empty, or marks of missing numbers.
    #[default]
    Nothing,
    Number,
    Day,
    Flag,
    Text,
}

/// The most digits of one number.
pub(super) const MOST_DIGITS: u8 = 38;
/// The most digits of all numbers of a column together.
const MOST_TOGETHER: u8 = 76;

impl Survey {
    /// Takes in a cell, without the white space around it. `missing` are marks of a missing number.
    pub(super) fn add(&mut self, text: &str, missing: &[&str]) {
        if text.is_empty() || self.guess == Guess::Text {
            return;
        }
        if let Some(number) = Digits::plain(text) {
            self.has_bare = true;
            return self.number(number);
        }
        self.odd(text, missing);
    }

    /// Takes in a cell that is more than digits.
    #[cold]
    fn other(&mut self, guess: Guess) {
        self.guess = if self.guess == Guess::Nothing || self.guess == guess { guess } else { Guess::Text };
    }

    fn odd(&mut self, text: &str, missing: &[&str]) {
        if day(text).is_some() {
            return self.other(Guess::Day);
        }
        if flag(text).is_some() {
            return self.other(Guess::Flag);
        }
        if missing.contains(&text) {
            return;
        }
        match Digits::printed(text) {
            Printed::Missing => {}
            Printed::Text => self.guess = Guess::Text,
            Printed::Number(number, unit) => {
                match (unit, self.unit) {
                    (Unit::Bare, _) => self.has_bare = true,
                    (unit, None) => self.unit = Some(unit),
                    (unit, Some(known)) if unit == known => {}
                    // A sum over several currencies would be none.
                    _ => return self.guess = Guess::Text,
                }
                self.number(number);
            }
        }
    }

    fn number(&mut self, number: Digits) {
        if matches!(self.guess, Guess::Nothing | Guess::Number) && !number.is_code {
            self.guess = Guess::Number;
            self.whole = self.whole.max(number.whole);
            self.scale = self.scale.max(number.scale);
        } else {
            self.guess = Guess::Text;
        }
    }

    /// What is known of two parts of a column.
    pub(super) fn and(&self, other: &Self) -> Self {
        let guess = match (self.guess, other.guess) {
            (Guess::Nothing, guess) | (guess, Guess::Nothing) => guess,
            (one, two) if one == two => one,
            _ => Guess::Text,
        };
        let is_one_unit = self.unit.is_none() || other.unit.is_none() || self.unit == other.unit;
        Self {
            guess: if is_one_unit { guess } else { Guess::Text },
            whole: self.whole.max(other.whole),
            scale: self.scale.max(other.scale),
            unit: self.unit.or(other.unit),
            has_bare: self.has_bare || other.has_bare,
        }
    }

    /// What the column is read as.
    pub(super) fn kind(&self) -> Kind {
        let precision = (self.whole + self.scale).max(1);
        match self.guess {
            Guess::Day => Kind::Day,
            Guess::Flag => Kind::Flag,
            // A 5 among percentages may as well be 500 % as 5 %.
            Guess::Number if self.has_bare && self.unit == Some(Unit::Percent) => Kind::Text,
            Guess::Number if precision <= MOST_TOGETHER => Kind::Number { precision, scale: self.scale },
            Guess::Number | Guess::Nothing | Guess::Text => Kind::Text,
        }
    }
}

/// The number in a cell, as written: `mantissa` × 10^-`scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digits {
    pub(super) mantissa: i128,
    pub(super) scale: u8,
    /// How many digits stand before the point, zeros at the beginning not counted.
    whole: u8,
    /// Whether it begins with a zero that means nothing in a number: `02134` is a ZIP code.
    is_code: bool,
}

/// What a cell that is more than digits is.
pub(super) enum Printed {
    Missing,
    Text,
    Number(Digits, Unit),
}

impl Digits {
    /// A sign, digits, a point and digits, and nothing else, which most numbers are.
    pub(super) fn plain(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let (is_negative, digits) = match bytes {
            [b'-', rest @ ..] => (true, rest),
            _ => (false, bytes),
        };
        if digits.len() > usize::from(MOST_DIGITS) + 1 {
            return None;
        }
        let mut short = 0_u64;
        let mut long = 0_i128;
        let mut point = None;
        let mut count = 0_u8;
        for (at, byte) in digits.iter().enumerate() {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                if *byte != b'.' || point.is_some() {
                    return None;
                }
                point = Some(at);
                continue;
            }
            count += 1;
            if count <= 18 {
                short = short * 10 + u64::from(digit);
            } else {
                if count == 19 {
                    long = i128::from(short);
                }
                long = long.checked_mul(10)?.checked_add(i128::from(digit))?;
            }
        }
        let size = if count <= 18 { i128::from(short) } else { long };
        let whole = point.unwrap_or(digits.len());
        let scale = digits.len() - whole - usize::from(point.is_some());
        // "5." and "-" are no numbers; ".5" is.
        if count == 0 || count > MOST_DIGITS || (point.is_some() && scale == 0) {
            return None;
        }
        let zeros = digits.iter().take(whole).take_while(|byte| **byte == b'0').count();
        Some(Self {
            mantissa: if is_negative { -size } else { size },
            scale: u8::try_from(scale).ok()?,
            whole: u8::try_from(whole - zeros).ok()?,
            is_code: whole > 1 && zeros > 0,
        })
    }

    /// A number as agencies print it: `1,234*`, `$5`, `12.5%`, `(3)`.
    pub(super) fn printed(text: &str) -> Printed {
        match Cell::parse(text) {
            Cell::Missing(_) => Printed::Missing,
            Cell::Text(_) => Printed::Text,
            Cell::Number(number) => {
                let Some(written) = number.written().map(|written| written.normalize()) else {
                    return Printed::Text;
                };
                let (mantissa, scale) =
                    (written.mantissa(), u8::try_from(written.scale()).unwrap_or(u8::MAX));
                let digits = mantissa.unsigned_abs().checked_ilog10().map_or(0, |power| power + 1);
                let whole = u8::try_from(digits).unwrap_or(u8::MAX).saturating_sub(scale);
                let starts = text.trim_start_matches(['+', '-', '−', '–']).as_bytes();
                let is_code = matches!(starts, [b'0', b'0'..=b'9', ..]);
                Printed::Number(Self { mantissa, scale, whole, is_code }, number.unit)
            }
        }
    }

    /// The number in a cell of a column that is known to be one of numbers; none where it is missing.
    pub(super) fn of(text: &str) -> Option<Self> {
        Self::plain(text).or_else(|| match Self::printed(text) {
            Printed::Number(number, _) => Some(number),
            Printed::Missing | Printed::Text => None,
        })
    }
}

/// A day in ISO 8601, as days since 1970.
pub(super) fn day(text: &str) -> Option<i32> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes.get(4) != Some(&b'-') {
        return None;
    }
    let day: jiff::civil::Date = text.parse().ok()?;
    let since = day.since(jiff::civil::date(1970, 1, 1)).ok()?;
    Some(since.get_days())
}

/// `true` or `false`, in whatever case.
pub(super) fn flag(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}
