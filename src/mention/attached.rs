//! What follows a number and belongs to it: its unit, "times", and what it is counted per.

use rust_decimal::Decimal;

use super::Kind;
use super::amount::{Amount, Behind, NextWord};
use super::phrase::{begins_phrase, phrase_after};
use super::points::points_after;
use crate::number::{Written, is_word, order, word_at};
use crate::text::{Span, WordTable};
use crate::unit::{Factor, Unit, currency_named, scale_named, unit_named};

/// A unit word or sign after a number, and where it ends.
pub(super) fn unit_after(text: &str, at: usize) -> Option<(Unit, Factor, usize)> {
    let bytes = text.as_bytes();
    let (start, symbol) = match bytes.get(at..)? {
        [b'%', ..] => (at, "%"),
        [b' ', b'%', ..] => (at + 1, "%"),
        [0xC2, 0xA0, b'%', ..] => (at + 2, "%"),
        [0xE2, 0x82, 0xAC, ..] => (at, "€"),
        [0xC2, 0xA3, ..] => (at, "£"),
        [0xC2, 0xA2, ..] => (at, "¢"),
        [b' ', 0xC2, 0xB0, ..] | [0xC2, 0xB0, ..] => return degrees_after(text, at),
        // "30C", "86F", "50p".
        [letter @ (b'C' | b'F' | b'p'), rest @ ..]
            if !rest.first().is_some_and(u8::is_ascii_alphanumeric) =>
        {
            let unit = match letter {
                b'C' => "celsius",
                b'F' => "fahrenheit",
                _ => "pence",
            };
            return unit_named(unit).map(|named| (named.unit, named.factor, at + 1));
        }
        // "800g"; "5g" may be a network.
        [b'g', rest @ ..] if !rest.first().is_some_and(u8::is_ascii_alphanumeric) => {
            let is_network = matches!(bytes.get(..at), Some([.., b'2'..=b'5']))
                && !at.checked_sub(2).and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit)
                && !rest.starts_with(b" of ");
            return unit_named("gram")
                .filter(|_| !is_network)
                .map(|named| (named.unit, named.factor, at + 1));
        }
        [b' ' | b'-' | b'\n', ..] => (at + 1, ""),
        [0xC2, 0xA0, ..] => (at + 2, ""),
        [byte, ..] if byte.is_ascii_alphabetic() => (at, ""),
        _ => return None,
    };
    if !symbol.is_empty() {
        return unit_named(symbol).map(|named| (named.unit, named.factor, start + symbol.len()));
    }
    let word = word_at(text, start);
    if start > at
        && begins_phrase(word)
        && let Some(found) = phrase_after(text, at)
    {
        return Some(found);
    }
    let end = start + word.len();
    if start == at && word == "in" && !text.as_bytes().get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return unit_named("inch").map(|named| (named.unit, named.factor, end));
    }
    // What is no million is a metre.
    if start == at && word == "m" && !text.as_bytes().get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return unit_named("meter").map(|named| (named.unit, named.factor, end));
    }
    let ends = match bytes.get(end) {
        Some(byte) if !byte.is_ascii() => {
            text.get(end..).and_then(|rest| rest.chars().next()).is_none_or(|c| !c.is_alphanumeric())
        }
        byte => byte.is_none_or(|byte| !byte.is_ascii_alphanumeric()),
    };
    let named = unit_named(word).filter(|_| ends && word.len() > 1 && !is_no_unit(text, at, start, word))?;
    Some((named.unit, named.factor, end))
}

/// Whether a word that names a unit means something else here.
fn is_no_unit(text: &str, at: usize, start: usize, word: &str) -> bool {
    if start == at {
        return matches!(word, "sec" | "won" | "rand" | "feet" | "foot")
            || word.len() > 3 && !is_word(word, "watts");
    }
    let end = start + word.len();
    match word {
        // "5 won", "3 second-half goals": a verb, an ordinal.
        "won" => {
            let is_apart = text.get(end..).is_none_or(|rest| rest.starts_with(['.', ',', ' ']));
            !(is_apart && is_of_korea(text, start))
        }
        // "Harwick 11 has": the plural of "ha" is none.
        "has" | "Has" | "HAS" => true,
        "second" | "quarter" => text.as_bytes().get(start - 1) != Some(&b'-'),
        "stone" | "ms" | "MS" | "pp" | "pb" | "kb" | "ha" | "mb" | "wk" => {
            text.as_bytes().get(end) == Some(&b'.') || word == "MS"
        }
        _ => false,
    }
}

/// Whether the passage around a byte is about Korea, whose money "won" is. An article of usual length is one passage; a
/// longer text is not searched from its beginning at every number.
fn is_of_korea(text: &str, at: usize) -> bool {
    const NEAR: usize = 4_000;
    let from = text.floor_char_boundary(at.saturating_sub(NEAR));
    let to = text.ceil_char_boundary((at + NEAR).min(text.len()));
    text.get(from..to).is_some_and(|passage| passage.contains("Korea"))
}

/// "°C", "° F", "°".
fn degrees_after(text: &str, at: usize) -> Option<(Unit, Factor, usize)> {
    let rest = text.get(at..)?.trim_start_matches(' ').strip_prefix('°')?;
    let (unit, end) = match rest.trim_start_matches(' ').as_bytes() {
        [b'C', ..] => ("celsius", text.len() - rest.trim_start_matches(' ').len() + 1),
        [b'F', ..] => ("fahrenheit", text.len() - rest.trim_start_matches(' ').len() + 1),
        _ => ("degree", text.len() - rest.len()),
    };
    unit_named(unit).map(|named| (named.unit, named.factor, end))
}

/// With the unit or the multiple that follows: "5%", "30 days", "three times".
pub(super) fn with_unit<'t>(text: &'t str, amount: Amount, next: &Behind<'t>) -> Amount {
    let end = amount.span.end as usize;
    if amount.unit != Unit::Bare {
        return amount;
    }
    if let Some(amount) = with_millions(text, &amount, next.after(text, end)) {
        return amount;
    }
    if let Some(end) = times_after(text, end, amount.written.value) {
        let span = Span { end: end.try_into().unwrap_or(u32::MAX), ..amount.span };
        return Amount { span, unit: Unit::Ratio, kind: Kind::Multiple, ..amount };
    }
    // "12 won the race"
    let is_verb = |unit: Unit| {
        is_money(unit)
            && amount.written.value < Decimal::ONE_THOUSAND
            && currency_named("won").map(Unit::money) == Some(unit)
    };
    // "half an hour", "a quarter of a mile"
    let is_part = amount.kind == Kind::Fraction || order(amount.written.value, Decimal::ONE).is_lt();
    let of_one = if is_part { of_one_unit(text, end) } else { None };
    // "a sixth week", "a third quarter": one more, and no part of one.
    let is_one_more = amount.kind == Kind::Fraction && is_ordinal(amount.span.of(text));
    let unit_behind = || if is_one_more { None } else { unit_after(text, end) };
    let past_hedge = past_joined_hedge(text, end);
    let Some((unit, factor, end)) = of_one
        .or_else(unit_behind)
        .or_else(|| {
            past_hedge.and_then(|past| unit_after(text, past)).map(|(unit, factor, _)| (unit, factor, end))
        })
        .or_else(|| points_after(text, &amount, end))
        .filter(|(unit, ..)| !is_verb(*unit))
    else {
        return if amount.kind == Kind::Fraction { Amount { unit: Unit::Ratio, ..amount } } else { amount };
    };
    let (unit, factor) = if is_weight(text, &amount, unit, end) {
        pounds_of_weight().unwrap_or((unit, factor))
    } else {
        (unit, factor)
    };
    let kind = match unit {
        Unit::Percent => Kind::Percent,
        Unit::Points => Kind::Points,
        _ if is_money(unit) => Kind::Money,
        _ if unit == Unit::DAYS || unit == Unit::MONTHS => Kind::Duration,
        _ => Kind::Measure,
    };
    let mut written = amount.written;
    if matches!(kind, Kind::Percent | Kind::Points)
        && written.value.scale() == 0
        && amount.scale == Decimal::ONE
    {
        // Percentages are read to the unit: "10%" is no "about 10%".
        (written.step, written.firm) = (Decimal::ONE, true);
    }
    let span = Span { end: end.try_into().unwrap_or(u32::MAX), ..amount.span };
    Amount { span, written, unit, factor, kind, ..amount }
}

/// Whether an article and a part may be an ordinal: "a third", but not "a half" and "a quarter".
fn is_ordinal(words: &str) -> bool {
    let (article, part) = words.split_once(' ').unwrap_or_default();
    (is_word(article, "a") || is_word(article, "an")) && !is_word(part, "half") && !is_word(part, "quarter")
}

/// "40|-odd years", "20|-plus miles": past a hedge that is joined to the number, where its unit follows.
fn past_joined_hedge(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?.strip_prefix('-')?;
    ["odd ", "plus ", "some "]
        .iter()
        .any(|hedge| rest.starts_with(hedge))
        .then(|| at + 1 + word_at(rest, 0).len())
}

/// Whether pounds are those of weight: without a scale word, and no other money behind in brackets. Prose writes money in
/// pounds with the sign.
fn is_weight(text: &str, amount: &Amount, unit: Unit, end: usize) -> bool {
    if !is_money(unit) || currency_named("£").map(Unit::money) != Some(unit) {
        return false;
    }
    let words = text.get(amount.span.end as usize..end).unwrap_or_default();
    let is_word = words.to_ascii_lowercase().contains("pound") && !words.contains("sterling");
    let is_converted = text.get(end..).is_some_and(|rest| rest.starts_with(" ($") || rest.starts_with(" (€"));
    is_word && amount.scale == Decimal::ONE && !is_converted
}

fn is_money(unit: Unit) -> bool {
    matches!(unit, Unit::Of(of) if of.currency().is_some())
}

fn pounds_of_weight() -> Option<(Unit, Factor)> {
    unit_named("lb").map(|named| (named.unit, named.factor))
}

/// "half | an hour", "a quarter | of a mile": a unit of which a part is meant.
fn of_one_unit(text: &str, at: usize) -> Option<(Unit, Factor, usize)> {
    let first = NextWord::after(text, at)?;
    let article = if is_word(first.word, "of") { NextWord::after(text, first.end())? } else { first };
    let is_article = is_word(article.word, "a") || is_word(article.word, "an");
    let start = article.past_space(text).filter(|_| is_article)?;
    if let Some(points) = phrase_after(text, start.checked_sub(1)?).filter(|(unit, ..)| *unit == Unit::Points)
    {
        return Some(points);
    }
    let word = word_at(text, start);
    let named = unit_named(word).filter(|_| word.len() > 2 && !word.ends_with('s'))?;
    if named.unit == Unit::Percent {
        return Some((named.unit, named.factor, start + word.len()));
    }
    (!is_money(named.unit) && matches!(named.unit, Unit::Of(_))).then_some((
        named.unit,
        named.factor,
        start + word.len(),
    ))
}

/// "30 MUSD", "75 USD million": a scale at or behind the code of a currency.
fn with_millions(text: &str, amount: &Amount, next: Option<NextWord<'_>>) -> Option<Amount> {
    let next = next?;
    let (code, scale, end) = match next.word.as_bytes() {
        [b'M', code @ ..] if code.len() == 3 => {
            (next.word.get(1..)?, Decimal::ONE_THOUSAND * Decimal::ONE_THOUSAND, next.end())
        }
        [_, _, _] => {
            let scale = NextWord::after(text, next.end())?;
            (next.word, scale_named(scale.word).filter(|_| scale.word.len() > 3)?, scale.end())
        }
        _ => return None,
    };
    let currency = currency_named(code).filter(|_| code.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    let written = Written {
        value: amount.written.value.checked_mul(scale)?,
        step: amount.written.step.checked_mul(scale)?,
        ..amount.written
    };
    let span = Span { end: u32::try_from(end).ok()?, ..amount.span };
    Some(Amount { span, written, scale, unit: Unit::money(currency), kind: Kind::Money, ..*amount })
}

/// "three times", "3x", "5-fold"; not "three times a week".
fn times_after(text: &str, at: usize, value: Decimal) -> Option<usize> {
    let (start, symbol) = match text.as_bytes().get(at..)? {
        [b' ' | b'-', b't' | b'T' | b'f' | b'F', ..] => (at + 1, ""),
        [b'x' | b'X' | b'f', ..] => (at, ""),
        [0xC3, 0x97, ..] => (at, "×"),
        _ => return None,
    };
    if !symbol.is_empty() {
        return Some(at + symbol.len());
    }
    let word = word_at(text, start);
    let end = start + word.len();
    if start == at {
        return matches!(word, "x" | "X" | "fold").then_some(end);
    }
    if !(is_word(word, "times") || is_word(word, "fold")) {
        return None;
    }
    if text.get(end..)?.trim_end_matches(['.', ' ']).is_empty() {
        return Some(end);
    }
    // "Three times as many"; "moved three times since June" counts.
    let next = NextWord::after(text, end);
    // Nothing happens 2.8 times.
    let is_counted = || {
        next.is_some_and(|next| ["a", "an", "per", "each", "every"].iter().any(|it| is_word(next.word, it)))
    };
    if !value.is_integer() && !is_counted() {
        return Some(end);
    }
    COMPARED.get(next?.word).map(|()| end)
}

/// What follows "three times" where it multiplies.
static COMPARED: WordTable<(), 32> = WordTable::new([
    ("as", ()),
    ("more", ()),
    ("less", ()),
    ("higher", ()),
    ("lower", ()),
    ("larger", ()),
    ("bigger", ()),
    ("greater", ()),
    ("faster", ()),
    ("slower", ()),
    ("longer", ()),
    ("smaller", ()),
    ("likelier", ()),
    ("likely", ()),
    ("heavier", ()),
    ("the", ()),
    ("its", ()),
    ("their", ()),
    ("his", ()),
    ("her", ()),
    ("our", ()),
    ("that", ()),
    ("those", ()),
    ("what", ()),
    ("normal", ()),
    ("average", ()),
    ("current", ()),
    ("over", ()),
    ("today", ()),
    ("annual", ()),
    ("earnings", ()),
    ("revenue", ()),
]);
