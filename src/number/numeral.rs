//! Numerals: digits and number words, read at a place in a text.

mod digits;
mod names;
mod parts;
mod words;

pub use digits::past_digits;
pub use names::{begins_numeral, continues_article, numeral_heads, numeral_words};
pub use words::{is_length, is_word, word_at};

use rust_decimal::Decimal;

use super::Written;

/// A number as it stands in a text, without sign, hedge or unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// Offset just past it.
    pub end: usize,
    /// Its value and precision.
    pub written: Written,
    /// How it is written.
    pub style: Style,
    /// What its scale words multiply by, 1 where there are none: a second number may share them ("$26 and $31
    /// million").
    pub scale: Decimal,
}

/// How a numeral is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Four digits without separator or scale, as years are.
    FourDigits,
    /// Other digits.
    Digits,
    /// Words.
    Words,
    /// A fraction: "two-thirds", "¾", "5/8", "half".
    Fraction,
    /// A multiple in a word: "twice", "tripled".
    Multiple,
}

/// The numeral that begins at a byte, as far as it goes; `None` where there is none, or its value has more digits than
/// a decimal holds.
pub fn numeral_at(text: &str, at: usize) -> Option<Numeral> {
    match text.as_bytes().get(at)? {
        b'0'..=b'9' | b'.' => digits::at(text, at),
        byte if byte.is_ascii_alphabetic() => words::at(text, at),
        _ => {
            let c = text.get(at..)?.chars().next()?;
            digits::vulgar(c).map(|value| Numeral::fraction(at + c.len_utf8(), value))
        }
    }
}

impl Numeral {
    fn fraction(end: usize, value: Decimal) -> Self {
        let written = Written { value, step: Decimal::ZERO, firm: false, fraction: true };
        Self { end, written, style: Style::Fraction, scale: Decimal::ONE }
    }

    /// Multiplied by a million that stands before it.
    pub fn times_a_million(self) -> Option<Self> {
        self.scaled(Decimal::from(1_000_000), self.end)
    }

    /// Multiplied by a scale word. A whole number with one is known to the last digit that is not zero, loosely.
    fn scaled(self, scale: Decimal, end: usize) -> Option<Self> {
        let written = Written {
            value: self.written.value.checked_mul(scale)?,
            step: self.written.step.checked_mul(scale)?,
            firm: self.written.firm && !self.written.value.is_integer() || self.written.value.scale() > 0,
            fraction: false,
        };
        // "10 trillion" rests on its zero like "300" does.
        let step = if self.written.value.scale() == 0 {
            trailing(self.written.value).checked_mul(scale)?
        } else {
            written.step
        };
        Some(Self {
            end,
            written: Written { step, ..written },
            style: self.style,
            scale: self.scale.checked_mul(scale)?,
        })
    }
}

/// Value and precision of a whole number or a decimal with these digits.
fn written(value: Decimal) -> Written {
    if value.scale() > 0 {
        let step = Decimal::new(1, value.scale());
        return Written { value, step, firm: true, fraction: false };
    }
    if (0..100).contains(&value.mantissa()) {
        return Written { value, step: Decimal::ONE, firm: true, fraction: false };
    }
    let step = trailing(value);
    Written { value, step, firm: step == Decimal::ONE, fraction: false }
}

/// One unit of the last digit of a whole number that is not zero.
fn trailing(value: Decimal) -> Decimal {
    // Division of 64 bits takes a tenth of the time that one of 128 bits does.
    if let Ok(mut rest) = i64::try_from(value.mantissa()) {
        let mut step = 1i64;
        while rest != 0 && rest % 10 == 0 {
            rest /= 10;
            step *= 10;
        }
        return Decimal::from(step);
    }
    let mut rest = value.mantissa();
    let mut step = 1i128;
    while rest != 0 && rest % 10 == 0 {
        rest /= 10;
        step *= 10;
    }
    Decimal::from_i128_with_scale(step, 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<(String, Written)> {
        let numeral = numeral_at(text, 0)?;
        Some((text[..numeral.end].to_owned(), numeral.written))
    }

    #[test]
    fn digits_words_and_their_mixtures_have_values() {
        let cases = [
            ("12,347 people", "12,347", "12347"),
            ("9.5 billion", "9.5 billion", "9500000000"),
            ("1.2bn a year", "1.2bn", "1200000000"),
            ("35k", "35k", "35000"),
            (".08 of", ".08", "0.08"),
            ("12\u{202f}347", "12\u{202f}347", "12347"),
            ("117,00 x", "117", "117"),
            ("5. Next", "5", "5"),
            ("two and a half million", "two and a half million", "2500000"),
            ("a million and a half", "a million and a half", "1500000"),
            ("half a million", "half a million", "500000"),
            ("half a dozen", "half a dozen", "6"),
            ("three hundred and twenty-one thousand", "three hundred and twenty-one thousand", "321000"),
            ("one hundred and six", "one hundred and six", "106"),
            ("twenty-first", "", ""),
            ("two hundred million", "two hundred million", "200000000"),
            ("3 dozen eggs", "3 dozen", "36"),
            ("5/8 of", "5/8", "0.625"),
            ("1 1/2 miles", "1 1/2", "1.5"),
            ("2½ hours", "2½", "2.5"),
            ("two thirds", "two thirds", "0.6666666666666666666666666667"),
            ("three-quarters", "three-quarters", "0.75"),
            ("one and a half", "one and a half", "1.5"),
            ("twice as", "twice", "2"),
            ("nineteen people and twelve dogs", "nineteen", "19"),
            ("zero", "zero", "0"),
            ("two point two million", "two point two million", "2200000"),
            ("nought point nought three", "nought point nought three", "0.03"),
            ("ten point seventy-five", "ten point seventy-five", "10.75"),
            ("one point of", "one", "1"),
            ("a quarter of a million", "a quarter of a million", "250000"),
            ("three quarters of the", "three quarters", "0.75"),
            ("half of a dozen", "half", "0.5"),
            ("four million and three quarters", "four million and three quarters", "4750000"),
            ("one million and a half thousand", "one million and a half thousand", "1000500"),
            ("12,34,567.5 x", "12,34,567.5", "1234567.5"),
            ("40 000 x", "40 000", "40000"),
            ("1 234 567", "1 234 567", "1234567"),
            ("1 234 x", "1", "1"),
            ("1.5e6", "1.5e6", "1500000"),
            ("2.5x10^-3", "2.5x10^-3", "0.0025"),
            ("3×10−5", "3×10−5", "0.00003"),
            ("4 eggs", "4", "4"),
            ("5mm wide", "5", "5"),
            ("5MM", "5MM", "5000000"),
        ];
        for (text, span, value) in cases {
            let found = read(text).map(|(span, written)| (span, written.value.normalize().to_string()));
            let expected = (!span.is_empty()).then(|| (span.to_owned(), value.to_owned()));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn precision_is_that_of_the_last_digit() {
        let cases = [
            ("12,347", "1", true),
            ("117,000", "1000", false),
            ("1 million", "1000000", false),
            ("10 trillion", "10000000000000", false),
            ("9.5 billion", "100000000", true),
            ("300", "100", false),
            ("20", "1", true),
            ("2.0", "0.1", true),
            ("two hundred", "100", false),
            ("one hundred and sixteen", "1", true),
        ];
        for (text, step, firm) in cases {
            let (_, written) = read(text).unwrap();
            assert_eq!((written.step.normalize().to_string().as_str(), written.firm), (step, firm), "{text}");
        }
    }

    #[test]
    fn endless_digits_are_no_number() {
        assert_eq!(read(&"9".repeat(1_000_000)), None);
        assert!(read(&"one hundred and ".repeat(50_000)).is_some());
    }

    proptest! {
        #[test]
        fn whole_numbers_read_back(value in 0u64..1_000_000_000_000_000) {
            let plain = value.to_string();
            let mut grouped = String::new();
            for (at, digit) in plain.chars().enumerate() {
                if at > 0 && (plain.len() - at) % 3 == 0 {
                    grouped.push(',');
                }
                grouped.push(digit);
            }
            for text in [plain, grouped] {
                let (span, written) = read(&text).unwrap();
                prop_assert_eq!(span, text);
                prop_assert_eq!(written.value, Decimal::from(value));
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,30}|[0-9.,/½ a-z-]{0,30}") {
            for (at, _) in text.char_indices() {
                if let Some(numeral) = numeral_at(&text, at) {
                    prop_assert!(text.is_char_boundary(numeral.end) && numeral.end > at);
                }
            }
        }
    }
}
