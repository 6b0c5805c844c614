//! What follows a number and belongs to it: its unit, "times", and what it is counted per.

use rust_decimal::Decimal;

use super::Kind;
use super::amount::{Amount, NextWord};
use crate::number::{is_word, numeral_at, word_at};
use crate::text::{Span, WordTable};
use crate::unit::{Factor, Unit, unit_named};

/// Units in two words, by what the tables name them.
const PHRASES: &[(&str, &str)] = &[
    ("percentage points", "pp"),
    ("percentage point", "pp"),
    ("percent points", "pp"),
    ("per cent", "%"),
    ("basis points", "bp"),
    ("basis point", "bp"),
    ("U.S. dollars", "USD"),
    ("US dollars", "USD"),
];

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
        [b' ' | b'-' | b'\n', ..] => (at + 1, ""),
        [0xC2, 0xA0, ..] => (at + 2, ""),
        [byte, ..] if byte.is_ascii_alphabetic() => (at, ""),
        _ => return None,
    };
    if !symbol.is_empty() {
        return unit_named(symbol).map(|named| (named.unit, named.factor, start + symbol.len()));
    }
    if let Some(found) = phrase_after(text, at) {
        return Some(found);
    }
    let word = word_at(text, start);
    let end = start + word.len();
    let ends = match bytes.get(end) {
        Some(byte) if !byte.is_ascii() => {
            text.get(end..).and_then(|rest| rest.chars().next()).is_none_or(|c| !c.is_alphanumeric())
        }
        byte => byte.is_none_or(|byte| !byte.is_ascii_alphanumeric()),
    };
    // "second" and "quarter" after a number in words are ordinals and parts far more often than units.
    let named = unit_named(word).filter(|_| ends && (start > at || word.len() <= 2) && word.len() > 1)?;
    let is_short_word = matches!(word, "min" | "sec" | "won" | "rand" | "feet" | "foot") && start == at;
    (!is_short_word).then_some((named.unit, named.factor, end))
}

/// A unit in two words, past spaces and hyphens.
fn phrase_after(text: &str, at: usize) -> Option<(Unit, Factor, usize)> {
    let rest = text.get(at..)?;
    let found = rest.trim_start_matches([' ', '-', '\u{a0}']);
    if found.len() == rest.len() || !found.starts_with(['p', 'P', 'b', 'B', 'u', 'U']) {
        return None;
    }
    let (words, unit) = PHRASES
        .iter()
        .find(|(words, _)| found.get(..words.len()).is_some_and(|found| found.eq_ignore_ascii_case(words)))?;
    let end = text.len() - found.len() + words.len();
    unit_named(unit).map(|named| (named.unit, named.factor, end))
}

/// With the unit or the multiple that follows: "5%", "30 days", "three times".
pub(super) fn with_unit(text: &str, amount: Amount) -> Amount {
    let end = amount.span.end as usize;
    if amount.unit != Unit::Bare {
        return amount;
    }
    if let Some(end) = times_after(text, end) {
        let span = Span { end: end.try_into().unwrap_or(u32::MAX), ..amount.span };
        return Amount { span, unit: Unit::Ratio, kind: Kind::Multiple, ..amount };
    }
    let Some((unit, factor, end)) = unit_after(text, end) else {
        return if amount.kind == Kind::Fraction { Amount { unit: Unit::Ratio, ..amount } } else { amount };
    };
    let kind = match unit {
        Unit::Percent => Kind::Percent,
        Unit::Points => Kind::Points,
        _ if unit == Unit::DAYS || unit == Unit::MONTHS => Kind::Duration,
        Unit::Of(dimension) if dimension.currency().is_some() => Kind::Money,
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

/// "three times", "3x", "5-fold"; not "three times a week".
fn times_after(text: &str, at: usize) -> Option<usize> {
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
    let is_frequency = NextWord::after(text, end).is_some_and(|next| {
        ["a", "each", "every", "per", "last", "this"].iter().any(|word| is_word(next.word, word))
            && next.past_space(text).is_some()
    });
    (!is_frequency).then_some(end)
}

/// What links a number to what it is counted per.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Article,
    Each,
    Per,
    Every,
}

static LINKS: WordTable<Link, 5> = WordTable::new([
    ("a", Link::Article),
    ("an", Link::Article),
    ("each", Link::Each),
    ("per", Link::Per),
    ("every", Link::Every),
]);

/// "a day", "per month", "an hour", "per 100,000", "a year".
pub(super) fn with_rate(text: &str, amount: Amount) -> Amount {
    if amount.unit.is_ratio() || amount.kind == Kind::Duration {
        return amount;
    }
    let end = amount.span.end as usize;
    let linked = if text.as_bytes().get(end) == Some(&b'/') {
        Some((Link::Per, end + 1))
    } else {
        NextWord::after(text, end).and_then(|next| Some((LINKS.get(next.word)?, next.past_space(text)?)))
    };
    let Some((link, at)) = linked else { return amount };
    let word = word_at(text, at);
    let past = at + word.len();
    let named = unit_named(word).filter(|named| named.unit == Unit::DAYS || named.unit == Unit::MONTHS);
    if let Some(named) = named.filter(|_| !word.ends_with('s')) {
        let rate = amount.unit.over(named.unit).zip(amount.factor.per(named.factor));
        return rate.map_or(amount, |(unit, factor)| rated(amount, past, unit, factor));
    }
    if link == Link::Per && is_word(word, "capita") {
        return rated(amount, past, amount.unit, amount.factor);
    }
    let base = (link == Link::Per || link == Link::Every).then(|| numeral_at(text, at)).flatten();
    let many = base.and_then(|base| {
        Some((u32::try_from(base.written.value).ok().filter(|many| *many >= 100)?, base.end))
    });
    match many {
        Some((many, past)) if amount.unit == Unit::Bare => {
            rated(amount, past, Unit::Per(many), Factor::new(Decimal::ONE, Decimal::from(many)))
        }
        _ => amount,
    }
}

fn rated(amount: Amount, end: usize, unit: Unit, factor: Factor) -> Amount {
    let span = Span { end: end.try_into().unwrap_or(u32::MAX), ..amount.span };
    Amount { span, unit, factor, kind: Kind::Rate, ..amount }
}
