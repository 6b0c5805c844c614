//! The characters of a numeric cell, taken one part after another.

use rust_decimal::Decimal;

/// The largest power of ten below the limit of a decimal's 96 bits.
const MOST_DIGITS: i64 = 28;

/// What is left of a cell.
#[derive(Clone)]
pub(super) struct Cursor<'a> {
    rest: &'a str,
}

/// Digits as printed: `mantissa × 10^-scale`.
#[derive(Clone, Copy)]
pub(super) struct Numeral {
    mantissa: i128,
    scale: i64,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Takes `text` if it stands here.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        self.rest.strip_prefix(text).map(|rest| self.rest = rest).is_some()
    }

    /// Takes a word if it stands here, in whatever case, and does not go on.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let Some((head, tail)) = self.rest.split_at_checked(word.len()) else { return false };
        let ends = !tail.starts_with(|next: char| next.is_alphanumeric());
        if head.eq_ignore_ascii_case(word) && ends {
            self.rest = tail;
            return true;
        }
        false
    }

    pub(super) fn spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    pub(super) fn at_superscript(&self) -> bool {
        self.rest.starts_with(is_superscript)
    }

    /// Takes one reference to a note, with the spaces before it: `*`, `†`, `¹`, `[2]`, `(a)`, ` r` for "revised".
    pub(super) fn footnote(&mut self) -> bool {
        let rest = self.rest.trim_start();
        let mark = |next: char| matches!(next, '*' | '†' | '‡' | '§' | '¶') || is_superscript(next);
        let after = if let Some(after) = rest.strip_prefix(mark) {
            Some(after)
        } else if let Some((note, after)) = rest.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
            let is_number = note.len() <= 3 && note.bytes().all(|byte| byte.is_ascii_digit());
            (!note.is_empty() && (is_number || is_note_letter(note))).then_some(after)
        } else if let Some((note, after)) = rest.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
            // A number in round brackets could as well be a share or a margin: `1,234 (12)`.
            is_note_letter(note).then_some(after)
        } else {
            (rest == "r" && self.rest.len() > 1).then_some("")
        };
        after.map(|after| self.rest = after).is_some()
    }

    /// Takes digits, in one run or in groups of three, with decimals and an exponent if there are any. `None` where
    /// the groups are malformed, there are no digits, or there are more than a decimal holds.
    pub(super) fn numeral(&mut self) -> Option<Numeral> {
        let starts_with_zero = self.rest.starts_with('0');
        let mut mantissa = 0;
        let whole = self.digits(&mut mantissa)?;
        if let Some(separator) = (whole > 0).then(|| self.separator()).flatten() {
            if whole > 3 || starts_with_zero {
                return None;
            }
            while self.separator() == Some(separator) {
                self.rest = self.rest.strip_prefix(separator)?;
                if self.digits(&mut mantissa)? != 3 {
                    return None;
                }
            }
            if self.separator().is_some() {
                return None;
            }
        }
        let mut scale = 0;
        if self.eat(".") {
            scale = self.digits(&mut mantissa)?;
            if scale == 0 {
                return None;
            }
        } else if whole == 0 {
            return None;
        }
        let scale = scale.checked_sub(self.exponent()?)?;
        Some(Numeral { mantissa, scale })
    }

    /// Takes a run of digits onto the end of `mantissa` and counts them; `None` where they are too many.
    fn digits(&mut self, mantissa: &mut i128) -> Option<i64> {
        let mut count = 0_i64;
        let bytes = self.rest.as_bytes();
        for digit in bytes.iter().take_while(|byte| byte.is_ascii_digit()) {
            *mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(digit - b'0'))?;
            count += 1;
        }
        self.rest = self.rest.get(usize::try_from(count).ok()?..)?;
        Some(count)
    }

    /// The separator that stands here with a digit after it: a comma, or a space of some kind.
    fn separator(&self) -> Option<char> {
        let mut chars = self.rest.chars();
        let separator = chars.next()?;
        let separates = matches!(separator, ',' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}');
        (separates && chars.next()?.is_ascii_digit()).then_some(separator)
    }

    /// Takes an exponent as spreadsheets and JSON print it (`1.2E+05`); 0 where there is none.
    fn exponent(&mut self) -> Option<i64> {
        let Some(after) = self.rest.strip_prefix(['e', 'E']) else { return Some(0) };
        let (negative, after) = match after.strip_prefix('-') {
            Some(after) => (true, after),
            None => (false, after.strip_prefix('+').unwrap_or(after)),
        };
        let mut power = Self::new(after);
        let mut exponent = 0;
        if power.digits(&mut exponent)? == 0 {
            return None;
        }
        self.rest = power.rest;
        let exponent = i64::try_from(exponent).ok()?;
        Some(if negative { -exponent } else { exponent })
    }
}

impl Numeral {
    pub(super) fn is_ten(self) -> bool {
        self.mantissa == 10 && self.scale == 0
    }

    /// The value times `10^shift`, exactly; `None` where a decimal cannot hold all its digits.
    pub(super) fn decimal(self, shift: i64) -> Option<Decimal> {
        let Self { mut mantissa, scale } = self;
        let mut scale = scale.checked_sub(shift)?;
        if mantissa == 0 {
            scale = scale.clamp(0, MOST_DIGITS);
        }
        while scale > MOST_DIGITS && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        if scale < 0 {
            let power = u32::try_from(scale.checked_neg().filter(|power| *power <= MOST_DIGITS)?).ok()?;
            mantissa = mantissa.checked_mul(10_i128.checked_pow(power)?)?;
            scale = 0;
        }
        Decimal::try_from_i128_with_scale(mantissa, u32::try_from(scale).ok()?).ok()
    }
}

fn is_superscript(next: char) -> bool {
    matches!(next, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// One small letter that refers to a note, and is not short for a unit or a scale: metres, grams, litres, tonnes,
/// seconds, hours, thousands.
fn is_note_letter(note: &str) -> bool {
    matches!(note.as_bytes(), [letter] if letter.is_ascii_lowercase() && !b"ghklmst".contains(letter))
}
