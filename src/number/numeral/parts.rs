//! Parts in words: halves and thirds, of scales and after whole numbers, and decimals.

use rust_decimal::{Decimal, dec};

use super::names::{one, part, scale_word};
use super::words::{gap, is_word, next_word, without_part};
use super::{Numeral, Style};
use crate::number::Written;

/// How many decimals in words are read: "three point one four one six".
const MOST_DECIMALS: u32 = 9;

/// "two | point five", "zero | point zero eight million", "ten | point seventy-five"; but not "at one point five
/// people".
pub(super) fn with_decimals(text: &str, start: usize, numeral: Numeral) -> Option<Numeral> {
    let (_, past) = next_word(text, numeral.end).filter(|(word, _)| is_word(word, "point"))?;
    let before = text.get(..start)?.trim_end();
    if before.get(before.len().saturating_sub(3)..).is_some_and(|end| is_word(end.trim_start(), "at")) {
        return None;
    }
    let (mut digits, mut count, mut end) = (Decimal::ZERO, 0, past);
    while let Some((digit, past)) = next_word(text, end).and_then(|(word, past)| Some((one(word)?, past))) {
        let is_last_of_two = count == 1 && digits >= dec!(20) && digit < Decimal::TEN && !digit.is_zero();
        if digit >= Decimal::TEN && count > 0 || count == MOST_DECIMALS {
            break;
        }
        digits = if is_last_of_two { digits + digit } else { digits.checked_mul(Decimal::TEN)? + digit };
        count += 1;
        end = past;
        if is_last_of_two {
            break;
        }
    }
    let decimals = if digits >= Decimal::TEN { count.max(2) } else { count };
    let fraction = digits.checked_div(Decimal::from(10u64.checked_pow(decimals)?))?;
    (count > 0).then_some(())?;
    let value = numeral.written.value.checked_add(fraction)?;
    let written = Written { value, step: Decimal::new(1, decimals), firm: true, fraction: false };
    let mut numeral = Numeral { end, written, ..numeral };
    while let Some((word, end)) = next_word(text, numeral.end) {
        let Some(scale) = scale_word(word) else { break };
        numeral = numeral.scaled(scale, end)?;
    }
    Some(numeral)
}

/// "half | million", "a quarter | of a million".
pub(super) fn of_a_scale(text: &str, fraction: Numeral) -> Option<Numeral> {
    let (mut word, mut end) = next_word(text, fraction.end)?;
    if is_word(word, "of") {
        let (_, past) = next_word(text, end).filter(|(word, _)| is_word(word, "a"))?;
        (word, end) = next_word(text, past)?;
    }
    // "half a dozen" is said, "half dozen" of other things.
    let scale = scale_word(word).filter(|scale| *scale >= Decimal::ONE_THOUSAND)?;
    let value = fraction.written.value.checked_mul(scale)?;
    let written = Written { value, ..fraction.written };
    Some(Numeral { end, written, style: Style::Words, scale })
}

/// "half a million", "half a dozen", or one half.
pub(super) fn half_of(text: &str, end: usize) -> Option<Numeral> {
    let half = Numeral::fraction(end, dec!(0.5));
    let Some((_, past)) = next_word(text, end).filter(|(word, _)| is_word(word, "a")) else {
        return Some(half);
    };
    let Some((word, mut past)) = next_word(text, past) else { return Some(half) };
    let Some(mut scale) = scale_word(word) else { return Some(half) };
    while let Some((word, end)) = next_word(text, past) {
        let Some(more) = scale_word(word) else { break };
        scale = scale.checked_mul(more)?;
        past = end;
    }
    let value = scale * dec!(0.5);
    let written = Written { value, step: value, firm: false, fraction: false };
    Some(Numeral { end: past, written, style: Style::Words, scale })
}

/// "quarter | million": without "a" only before a scale.
pub(super) fn quarter_of(text: &str, end: usize) -> Option<Numeral> {
    of_a_scale(text, Numeral::fraction(end, dec!(0.25))).filter(|numeral| {
        !text.get(end..numeral.end).is_some_and(|between| between.trim_start().starts_with("of"))
    })
}

/// "two | thirds", "three | twenty-firsts", "one hundred and three | and two thirds". Tens that were said last go with the
/// part where they stand right before it ("one hundred | thirty fifths"): `open_tens`.
pub(super) fn parts_of(
    text: &str,
    end: usize,
    count: Decimal,
    open_tens: Option<Decimal>,
) -> Option<Numeral> {
    let (word, past) = next_word(text, end)?;
    let is_one = count == Decimal::ONE;
    if let Some(many) = part(word, is_one).map(Decimal::from) {
        // "Two hundred quarters" are coins.
        if count >= Decimal::ONE_HUNDRED && many == dec!(4) {
            return None;
        }
        let tens = open_tens.filter(|_| many < Decimal::TEN);
        let (over, under) = tens.map_or((count, many), |tens| (count - tens, tens + many));
        return Some(Numeral::fraction(past, over.checked_div(under)?));
    }
    let tens = one(word).filter(|tens| (dec!(20)..Decimal::ONE_HUNDRED).contains(tens))?;
    let (word, past) = next_word(text, past)?;
    let singular = if is_one { word } else { word.strip_suffix(['s', 'S'])? };
    let first = [("first", 1), ("second", 2)].into_iter().find(|(ordinal, _)| is_word(singular, ordinal));
    let ones = first.map(|(_, ones)| ones).or_else(|| part(singular, true)).filter(|ones| *ones < 10)?;
    Some(Numeral::fraction(past, count.checked_div(tens + Decimal::from(ones))?))
}

/// "… and a half", "… and three quarters", after a number or its scale.
pub(super) fn and_a_part(text: &str, numeral: Numeral) -> Option<Numeral> {
    let (_, past) = next_word(text, numeral.end).filter(|(word, _)| is_word(word, "and"))?;
    let (start, _) = gap(text, past);
    let fraction = without_part(text, start).filter(|fraction| fraction.style == Style::Fraction)?;
    let share = fraction.written.value;
    if share >= Decimal::ONE || !numeral.written.value.is_integer() {
        return None;
    }
    if numeral.scale > Decimal::ONE
        && let Some((scale, end)) =
            next_word(text, fraction.end).and_then(|(word, end)| Some((scale_word(word)?, end)))
    {
        // "one billion and a half | million"
        let step = scale.checked_mul(dec!(0.25))?;
        let value = numeral.written.value.checked_add(share.checked_mul(scale)?)?;
        return Some(Numeral {
            end,
            written: Written { value, step, firm: true, fraction: false },
            ..numeral
        });
    }
    let unit = if numeral.scale > Decimal::ONE_HUNDRED { numeral.scale } else { Decimal::ONE };
    let value = numeral.written.value.checked_add(share.checked_mul(unit)?)?;
    let step = unit.checked_mul(dec!(0.25))?;
    let written = Written { value, step, firm: true, fraction: false };
    let numeral = Numeral { end: fraction.end, written, ..numeral };
    // "two and a half | million"
    let mut scaled = numeral;
    while let Some((word, end)) = next_word(text, scaled.end) {
        let Some(scale) = scale_word(word) else { break };
        let value = scaled.written.value.checked_mul(scale)?;
        let step = scaled.written.step.checked_mul(scale)?;
        scaled = Numeral {
            end,
            written: Written { value, step, ..written },
            scale: scaled.scale.checked_mul(scale)?,
            ..scaled
        };
    }
    Some(scaled)
}
