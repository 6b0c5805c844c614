//! How a number in digits is written, and another value written likewise.

use rust_decimal::{Decimal, RoundingStrategy, dec};

use crate::number::Written;

/// Symbols, scale word and precision of a written number, fit for another value.
pub(super) struct Manner<'t> {
    before: String,
    /// What stands behind the digits, without the scale word: "%", " a day".
    after: &'t str,
    /// The scale word with the space before it; empty where there is none.
    scale_word: String,
    scale: Decimal,
    /// One unit of the last digit to be printed, in parts of the scale: a power of ten.
    grain: Decimal,
    has_commas: bool,
    is_percent: bool,
    is_negative: bool,
}

/// A printed number with what a reader takes from it.
pub(super) struct Printed {
    pub(super) text: String,
    pub(super) written: Written,
}

/// Which way to round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Towards {
    Nearest,
    /// To a number below the value, or the value itself.
    Below,
    /// To a number above the value, or the value itself.
    Above,
    /// To a number below the value.
    StrictlyBelow,
    /// To a number above the value.
    StrictlyAbove,
}

/// Families of scale words, smallest first. One family is used in one number.
const SCALES: [[&str; 4]; 4] = [
    ["thousand", "million", "billion", "trillion"],
    ["k", "m", "bn", "tn"],
    ["K", "M", "B", "T"],
    ["k", "mn", "bn", "trn"],
];

impl<'t> Manner<'t> {
    /// That of `text`, which is read as `written`, for `value`: the scale word is the one that `value` takes. `None`
    /// where `text` has no digits, or `value` a sign that it has no place for.
    pub(super) fn of(text: &'t str, written: &Written, value: Decimal) -> Option<Self> {
        let start = text.find(|c: char| c.is_ascii_digit())?;
        let rest = text.get(start..)?;
        let is_part = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
        let digits = rest.get(..rest.find(|c| !is_part(c)).unwrap_or(rest.len()))?;
        let digits = digits.trim_end_matches([',', '.']);
        let after = rest.get(digits.len()..)?;
        if after.contains(|c: char| c.is_ascii_digit() || c == '/') || written.step <= Decimal::ZERO {
            return None;
        }
        let is_sign = |c| matches!(c, '-' | '−' | '–' | '+');
        let before = text.get(..start)?;
        let is_negative = value.is_sign_negative();
        if is_negative && !before.contains(['-', '−', '–']) {
            return None;
        }
        let before = if is_negative { before.to_owned() } else { before.replace(is_sign, "") };
        let figure: Decimal = digits.replace(',', "").parse().ok()?;
        let scale = if figure.is_zero() { Decimal::ONE } else { written.value.abs().checked_div(figure)? };
        let scale = scale.normalize();
        let (family, word) = scale_word(after, scale);
        let after = after.get(word.len()..)?;
        let (new_scale, scale_word) = match family {
            Some(family) => rescaled(family, word, scale, value.abs()),
            None => (scale, String::new()),
        };
        let grain = if new_scale == scale {
            written.step.checked_div(scale)?
        } else {
            // As many digits as the written number has that are no trailing zeros.
            let digits = magnitude(written.value).saturating_sub(magnitude(written.step)).clamp(0, 6);
            power(magnitude(value).saturating_sub(digits))?.checked_div(new_scale)?
        };
        Some(Self {
            before,
            after,
            scale_word,
            scale: new_scale,
            grain: grain.normalize(),
            has_commas: digits.contains(',') || figure < Decimal::ONE_THOUSAND,
            is_percent: after.contains('%') || after.contains("percent") || after.contains("per cent"),
            is_negative,
        })
    }

    /// A value printed, `finer` digits more exactly than the written number; `None` where it would be zero, or too long.
    pub(super) fn print(&self, value: Decimal, finer: u32, towards: Towards) -> Option<Printed> {
        let grain = self.grain.checked_mul(power(-i32::try_from(finer).ok()?)?)?.normalize();
        let strategy = match towards {
            Towards::Nearest => RoundingStrategy::MidpointAwayFromZero,
            Towards::Below | Towards::StrictlyBelow => RoundingStrategy::ToNegativeInfinity,
            Towards::Above | Towards::StrictlyAbove => RoundingStrategy::ToPositiveInfinity,
        };
        let figure = if self.scale == Decimal::ONE { value } else { value.checked_div(self.scale)? };
        let grains = if grain == Decimal::ONE { figure } else { figure.checked_div(grain)? };
        let rounded = grains.round_dp_with_strategy(0, strategy);
        let aside = match towards {
            Towards::StrictlyBelow if rounded == grains => Decimal::NEGATIVE_ONE,
            Towards::StrictlyAbove if rounded == grains => Decimal::ONE,
            _ => Decimal::ZERO,
        };
        let figure = rounded.checked_add(aside)?.checked_mul(grain)?;
        if figure.is_zero() || figure.is_sign_negative() != self.is_negative {
            return None;
        }
        let mut figure = figure.abs().normalize();
        if grain < Decimal::ONE {
            figure.rescale(grain.scale());
        }
        // A zero behind the point says no more than the number without it.
        let figure = if finer == 0 { figure } else { figure.normalize() };
        let digits = figure.to_string();
        let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
        let whole = if self.has_commas { grouped(whole) } else { whole.to_owned() };
        let point = if decimals.is_empty() { "" } else { "." };
        let text = [&self.before, &*whole, point, decimals, &self.scale_word, self.after].concat();
        Some(Printed { text, written: self.reread(figure, &digits)? })
    }

    /// The precision that a reader sees in the digits of a figure.
    fn reread(&self, figure: Decimal, digits: &str) -> Option<Written> {
        let zeros = digits.bytes().rev().take_while(|byte| *byte == b'0').count();
        let has_point = digits.contains('.');
        let is_short = self.scale == Decimal::ONE && figure < Decimal::ONE_HUNDRED;
        let firm = has_point || self.is_percent || is_short || (zeros == 0 && self.scale == Decimal::ONE);
        let step = if has_point {
            Decimal::new(1, figure.scale())
        } else if self.is_percent || is_short {
            Decimal::ONE
        } else {
            power(i32::try_from(zeros).ok()?)?
        };
        let value = figure.checked_mul(self.scale)?;
        let value = if self.is_negative { -value } else { value };
        Some(Written { value, step: step.checked_mul(self.scale)?, firm, fraction: false })
    }
}

/// The scale word that `after` begins with, if it is what the digits are multiplied by, and its family.
fn scale_word(after: &str, scale: Decimal) -> (Option<[&'static str; 4]>, &str) {
    let spaces = after.len() - after.trim_start().len();
    let letters = after.bytes().skip(spaces).take_while(u8::is_ascii_alphabetic).count();
    let word = after.get(spaces..spaces + letters).unwrap_or_default();
    let index = [3, 6, 9, 12].iter().position(|exponent| power(*exponent) == Some(scale));
    let family = index.and_then(|index| {
        SCALES.into_iter().find(|family| family.get(index).is_some_and(|known| *known == word))
    });
    (family, if family.is_some() { after.get(..spaces + letters).unwrap_or_default() } else { "" })
}

/// The scale that a value takes, with its word: millions from one million on, and plain digits below, unless the written
/// number was in thousands.
fn rescaled(family: [&'static str; 4], word: &str, scale: Decimal, value: Decimal) -> (Decimal, String) {
    let spaces = word.get(..word.len() - word.trim_start().len()).unwrap_or_default();
    let least = if scale == Decimal::ONE_THOUSAND { 3 } else { 6 };
    let fitting = [3, 6, 9, 12].into_iter().zip(family).rev().find_map(|(exponent, name)| {
        let scale = power(exponent).filter(|scale| exponent >= least && value >= *scale)?;
        Some((scale, format!("{spaces}{name}")))
    });
    fitting.unwrap_or((Decimal::ONE, String::new()))
}

/// The exponent of the first digit: 3 for 4,200.
fn magnitude(value: Decimal) -> i32 {
    let mut left = value.abs();
    let mut exponent = 0;
    while left >= Decimal::TEN && exponent < 28 {
        left *= dec!(0.1);
        exponent += 1;
    }
    while left < Decimal::ONE && !left.is_zero() && exponent > -28 {
        left *= Decimal::TEN;
        exponent -= 1;
    }
    exponent
}

/// A power of ten.
fn power(exponent: i32) -> Option<Decimal> {
    if exponent <= 0 {
        return Decimal::try_new(1, exponent.unsigned_abs()).ok();
    }
    let digits = u32::try_from(exponent).ok()?;
    10_i128.checked_pow(digits).and_then(|ten| Decimal::try_from_i128_with_scale(ten, 0).ok())
}

fn grouped(whole: &str) -> String {
    let mut out = String::with_capacity(whole.len() + whole.len() / 3);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
