//! Numerals in digits.

use rust_decimal::Decimal;

use super::words::{self, Gap};
use super::{Numeral, Style, written};
use crate::number::Written;

/// Fractions that have a character of their own (Unicode, "Number Forms").
const VULGAR: &[(char, i64, i64)] = &[
    ('½', 1, 2),
    ('⅓', 1, 3),
    ('⅔', 2, 3),
    ('¼', 1, 4),
    ('¾', 3, 4),
    ('⅕', 1, 5),
    ('⅖', 2, 5),
    ('⅗', 3, 5),
    ('⅘', 4, 5),
    ('⅙', 1, 6),
    ('⅚', 5, 6),
    ('⅛', 1, 8),
    ('⅜', 3, 8),
    ('⅝', 5, 8),
    ('⅞', 7, 8),
];

/// The value of such a character.
pub(super) fn vulgar(c: char) -> Option<Decimal> {
    VULGAR
        .iter()
        .find(|(known, ..)| *known == c)
        .map(|(_, over, under)| Decimal::from(*over) / Decimal::from(*under))
}

/// Digits with separators and decimals, and the fraction or scale words that follow.
pub(super) fn at(text: &str, start: usize) -> Option<Numeral> {
    let digits = Digits::scan(text.as_bytes(), start)?;
    let value = digits.value?;
    if let Some((end, power)) = power_of_ten(text.as_bytes(), digits.end) {
        let step = times_ten_to(Decimal::new(1, value.scale()), power)?;
        let written = Written { value: times_ten_to(value, power)?, step, firm: true, fraction: false };
        return Some(Numeral { end, written, style: Style::Digits, scale: Decimal::ONE });
    }
    let product = times_power(text.as_bytes(), digits.end, value);
    if let Some((end, value)) = product.or_else(|| power(text.as_bytes(), digits.end, value)) {
        let written = Written { value, step: Decimal::ZERO, firm: true, fraction: false };
        return Some(Numeral { end, written, style: Style::Digits, scale: Decimal::ONE });
    }
    let is_whole = value.scale() == 0;
    let style = if digits.is_plain && digits.count == 4 { Style::FourDigits } else { Style::Digits };
    let mut numeral = Numeral { end: digits.end, written: written(value), style, scale: Decimal::ONE };
    if is_whole && digits.is_plain {
        if let Some((end, value)) = spoken_decimals(text, digits.end, value) {
            return words::scales(text, start, Numeral { end, written: written(value), ..numeral });
        }
        if let Some(fraction) = fraction(text, digits.end, value) {
            return Some(fraction);
        }
        if let Some((end, part)) = attached_fraction(text, digits.end) {
            numeral.end = end;
            numeral.written.value = value.checked_add(part)?;
            numeral.written.step = Decimal::new(25, 2);
            numeral.written.firm = true;
            numeral.style = Style::Digits;
        }
    }
    words::scales(text, start, numeral)
}

/// "1| point 1": decimals as they are spoken.
fn spoken_decimals(text: &str, at: usize, whole: Decimal) -> Option<(usize, Decimal)> {
    let start = at + text.get(at..)?.strip_prefix(" point ").map(|_| " point ".len())?;
    let digits = Digits::scan(text.as_bytes(), start).filter(|digits| digits.is_plain)?;
    let decimals = u32::try_from(digits.count).ok().filter(|count| *count <= 9)?;
    let part = digits.value?.checked_div(Decimal::from(10u64.pow(decimals)))?;
    Some((digits.end, whole.checked_add(part)?))
}

/// "e6", "x10^6", "×10−5" after digits: where it ends, and the power.
fn power_of_ten(bytes: &[u8], at: usize) -> Option<(usize, i32)> {
    let (sign, is_marked) = match bytes.get(at..)? {
        [b'e' | b'E', ..] => (at + 1, true),
        [b'x', b'1', b'0', b'^', ..] => (at + 4, true),
        [0xC3, 0x97, b'1', b'0', b'^', ..] => (at + 5, true),
        [b'x', b'1', b'0', ..] => (at + 3, false),
        [0xC3, 0x97, b'1', b'0', ..] => (at + 4, false),
        _ => return None,
    };
    let (is_negative, start) = match bytes.get(sign..)? {
        [b'-', ..] => (true, sign + 1),
        // The minus sign.
        [0xE2, 0x88, 0x92, ..] => (true, sign + 3),
        [b'+', ..] => (false, sign + 1),
        _ if is_marked => (false, sign),
        _ => return None,
    };
    let digits = bytes.get(start..)?.iter().take(3).take_while(|byte| byte.is_ascii_digit());
    let (count, power) =
        digits.fold((0, 0), |(count, all), digit| (count + 1, all * 10 + i32::from(digit - b'0')));
    let end = start + count;
    let goes_on = bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
    (count > 0 && !goes_on).then_some((end, if is_negative { -power } else { power }))
}

/// "8x2^10", "3×2^4".
fn times_power(bytes: &[u8], at: usize, factor: Decimal) -> Option<(usize, Decimal)> {
    let start = match bytes.get(at..)? {
        [b'x', digit, ..] if digit.is_ascii_digit() => at + 1,
        [0xC3, 0x97, digit, ..] if digit.is_ascii_digit() => at + 2,
        _ => return None,
    };
    let base = Digits::scan(bytes, start).filter(|digits| digits.is_plain)?;
    let (end, value) = power(bytes, base.end, base.value?)?;
    Some((end, factor.checked_mul(value)?))
}

/// The highest power that is computed.
const HIGHEST: i32 = 96;

/// "1.1^23", "2.5^-1": where it ends, and its value.
fn power(bytes: &[u8], at: usize, base: Decimal) -> Option<(usize, Decimal)> {
    if bytes.get(at) != Some(&b'^') {
        return None;
    }
    let (is_negative, start) = match bytes.get(at + 1..)? {
        [b'-', ..] => (true, at + 2),
        [b'+', ..] => (false, at + 2),
        _ => (false, at + 1),
    };
    let digits = bytes.get(start..)?.iter().take(3).take_while(|byte| byte.is_ascii_digit());
    let (count, power) =
        digits.fold((0, 0), |(count, all), digit| (count + 1, all * 10 + i32::from(digit - b'0')));
    if count == 0 || power > HIGHEST {
        return None;
    }
    let value = (0..power).try_fold(Decimal::ONE, |value, _| value.checked_mul(base))?;
    let value = if is_negative { Decimal::ONE.checked_div(value)? } else { value };
    Some((start + count, value))
}

fn times_ten_to(value: Decimal, power: i32) -> Option<Decimal> {
    if power.unsigned_abs() > Decimal::MAX_SCALE {
        return None;
    }
    let factor = Decimal::try_from_i128_with_scale(10i128.checked_pow(power.unsigned_abs())?, 0).ok()?;
    if power < 0 { value.checked_div(factor) } else { value.checked_mul(factor) }
}

/// A run of digits with its separators.
struct Digits {
    end: usize,
    /// `None` where there are more digits than a decimal holds.
    value: Option<Decimal>,
    count: usize,
    /// Without separators and decimals.
    is_plain: bool,
}

impl Digits {
    fn scan(bytes: &[u8], start: usize) -> Option<Self> {
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut mantissa = Mantissa::default();
        let mut count = 0;
        let mut at = start;
        while is_digit(at) {
            mantissa.push(bytes, at);
            (at, count) = (at + 1, count + 1);
        }
        let mut is_plain = true;
        if (1..=3).contains(&count) {
            // Groups of three, and nothing but such groups, after a comma or a space that does not break.
            while let Some(width) = separator(bytes, at) {
                let group = at + width;
                if !(is_digit(group) && is_digit(group + 1) && is_digit(group + 2)) || is_digit(group + 3) {
                    break;
                }
                (group..group + 3).for_each(|digit| mantissa.push(bytes, digit));
                (at, count, is_plain) = (group + 3, count + 3, false);
            }
        }
        if is_plain
            && let Some(end) =
                south_asian_groups(bytes, at, count).or_else(|| spaced_groups(bytes, at, count))
        {
            for digit in (at..end).filter(|at| is_digit(*at)) {
                mantissa.push(bytes, digit);
                count += 1;
            }
            (at, is_plain) = (end, false);
        }
        let mut decimals = 0;
        if bytes.get(at) == Some(&b'.') && is_digit(at + 1) {
            at += 1;
            while is_digit(at) {
                mantissa.push(bytes, at);
                (at, decimals) = (at + 1, decimals + 1);
            }
            is_plain = false;
        }
        if count == 0 && decimals == 0 {
            return None;
        }
        Some(Self { end: at, value: mantissa.value(decimals), count, is_plain })
    }
}

/// Digits read so far.
#[derive(Default)]
struct Mantissa {
    /// Of at most eighteen digits.
    small: i64,
    /// Once there are more; `None` where they are too many.
    large: Option<i128>,
    count: u32,
}

impl Mantissa {
    fn push(&mut self, bytes: &[u8], at: usize) {
        let digit = bytes.get(at).map_or(0, |byte| byte - b'0');
        if self.count < 18 {
            self.small = self.small * 10 + i64::from(digit);
        } else {
            let all = if self.count == 18 { Some(i128::from(self.small)) } else { self.large };
            self.large = all.and_then(|all| all.checked_mul(10)?.checked_add(i128::from(digit)));
        }
        self.count = self.count.saturating_add(1);
    }

    fn value(&self, decimals: u32) -> Option<Decimal> {
        if self.count <= 18 {
            return Some(Decimal::new(self.small, decimals));
        }
        Decimal::try_from_i128_with_scale(self.large?, decimals).ok()
    }
}

/// Where digits end with all their separators and points, however many they are.
pub fn past_digits(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = start;
    loop {
        while is_digit(at) {
            at += 1;
        }
        let width = if bytes.get(at) == Some(&b'.') { Some(1) } else { separator(bytes, at) };
        match width {
            Some(width) if is_digit(at + width) => at += width,
            _ => return at,
        }
    }
}

/// More groups than a decimal has digits for; looking no further keeps a long list of numbers linear.
const MOST_GROUPS: usize = 8;

/// "12|,34,567": groups of two, and three digits last.
fn south_asian_groups(bytes: &[u8], at: usize, count: usize) -> Option<usize> {
    let digits = |at: usize| {
        bytes.get(at..).unwrap_or_default().iter().take(4).take_while(|it| it.is_ascii_digit()).count()
    };
    if !(1..=2).contains(&count) {
        return None;
    }
    let mut end = at;
    for group in 0..MOST_GROUPS {
        if bytes.get(end) != Some(&b',') {
            return None;
        }
        match digits(end + 1) {
            2 => end += 3,
            3 if group > 0 => return Some(end + 4),
            _ => return None,
        }
    }
    None
}

/// "1| 414 021 100", "40| 000": groups of three after plain spaces. One group alone may be another number, unless it
/// is all zeros.
fn spaced_groups(bytes: &[u8], at: usize, count: usize) -> Option<usize> {
    let mut end = at;
    let mut groups = 0;
    let mut last_is_zeros = false;
    while let Some([b' ', a, b, c]) = bytes.get(end..end + 4)
        && [a, b, c].iter().all(|byte| byte.is_ascii_digit())
    {
        last_is_zeros = [a, b, c].iter().all(|byte| **byte == b'0');
        (end, groups) = (end + 4, groups + 1);
        if groups > MOST_GROUPS {
            return None;
        }
    }
    let goes_on = bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
    ((1..=3).contains(&count) && !goes_on && (groups > 1 || last_is_zeros)).then_some(end)
}

/// The width of a thousands separator: a comma, or a no-break, narrow or thin space.
fn separator(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at..)? {
        [b',', ..] => Some(1),
        [0xC2, 0xA0, ..] => Some(2),
        [0xE2, 0x80, 0xAF | 0x89, ..] => Some(3),
        _ => None,
    }
}

/// "5/8", but no date ("3/4/2025") and none of the fixed expressions.
fn fraction(text: &str, slash: usize, over: Decimal) -> Option<Numeral> {
    let bytes = text.as_bytes();
    if bytes.get(slash) != Some(&b'/') {
        return None;
    }
    let under = Digits::scan(bytes, slash + 1).filter(|under| under.is_plain && under.count <= 3)?;
    let value = under.value?;
    let is_name = [(24, 7), (9, 11), (50, 50)]
        .iter()
        .any(|(a, b)| over == Decimal::from(*a) && value == Decimal::from(*b));
    let goes_on = matches!(bytes.get(under.end), Some(b'/' | b'-'));
    if is_name || goes_on || value < Decimal::TWO || over > value * Decimal::TEN {
        return None;
    }
    Some(Numeral::fraction(under.end, over.checked_div(value)?))
}

/// "2½", "1 1/2".
fn attached_fraction(text: &str, at: usize) -> Option<(usize, Decimal)> {
    // Most numbers are followed by a word, which this tells without decoding.
    if matches!(text.as_bytes().get(at..)?, [b' ' | b'-', b'a'..=b'z' | b'A'..=b'Z', ..] | [b'!'..=b',', ..])
    {
        return None;
    }
    let rest = text.get(at..)?;
    let bare =
        rest.strip_prefix([' ', '-', '\u{a0}']).map_or(rest, |rest| rest.strip_prefix(' ').unwrap_or(rest));
    let from = at + rest.len() - bare.len();
    let next = bare.chars().next()?;
    if let Some(value) = vulgar(next) {
        return Some((from + next.len_utf8(), value));
    }
    if from == at || !next.is_ascii_digit() {
        return None;
    }
    let over = Digits::scan(text.as_bytes(), from).filter(|over| over.is_plain && over.count <= 2)?;
    let part = fraction(text, over.end, over.value?)?;
    (part.written.value < Decimal::ONE).then_some((part.end, part.written.value))
}

/// Whether what follows is attached without a gap.
pub(super) fn is_attached(gap: Gap) -> bool {
    gap == Gap::None
}
