//! One number with its sign and its unit.

use rust_decimal::{Decimal, dec};

use super::Kind;
use crate::number::{Numeral, Style, Written, is_word, numeral_at, word_at};
use crate::text::{Span, WordTable};
use crate::unit::{Base, Factor, Unit, currency_named, unit_named};

/// A number with what is attached to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    pub(super) span: Span,
    pub(super) written: Written,
    /// What its scale words multiply by.
    pub(super) scale: Decimal,
    pub(super) style: Style,
    pub(super) unit: Unit,
    pub(super) factor: Factor,
    pub(super) kind: Kind,
    pub(super) is_signed: bool,
}

/// The amount that begins at a byte: at its sign, currency symbol or code, or first digit or word.
pub(super) fn amount_at(text: &str, start: usize) -> Option<Amount> {
    let (sign, mut at) = sign_at(text, start);
    let currency = currency_before(text, at);
    if let Some((_, past)) = currency {
        at = past;
    }
    // "$-5" and "-$5" are both written.
    let (inner, at) = if currency.is_some() { sign_at(text, at) } else { (None, at) };
    let numeral = numeral_at(text, at)?;
    let sign = sign.or(inner);
    let mut amount = Amount {
        span: Span::new(start, numeral.end),
        written: numeral.written,
        scale: numeral.scale,
        style: numeral.style,
        unit: currency.map_or(Unit::Bare, |(unit, _)| unit),
        factor: Factor::ONE,
        kind: kind_of(&numeral, currency.is_some()),
        is_signed: sign.is_some(),
    };
    if sign == Some(Sign::Minus) {
        amount.written.value.set_sign_negative(!amount.written.value.is_zero());
    }
    if amount.style == Style::Multiple {
        amount.unit = Unit::Ratio;
        return Some(amount);
    }
    Some(with_rate(text, with_unit(text, with_ratio(text, amount))))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Minus,
    Plus,
}

/// A sign before a number, where it is one: not a hyphen or dash between words or numbers.
fn sign_at(text: &str, at: usize) -> (Option<Sign>, usize) {
    let bytes = text.as_bytes().get(at..).unwrap_or_default();
    let (sign, length) = match bytes {
        [b'-', ..] => (Sign::Minus, 1),
        // The minus sign and the en dash.
        [0xE2, 0x88, 0x92, ..] | [0xE2, 0x80, 0x93, ..] => (Sign::Minus, 3),
        [b'+', ..] => (Sign::Plus, 1),
        [b'm' | b'M' | b'n' | b'N', ..] => {
            let word = word_at(text, at);
            let is_sign = is_word(word, "minus") || is_word(word, "negative");
            let past = at + word.len() + 1;
            return if is_sign && bytes.get(word.len()) == Some(&b' ') {
                (Some(Sign::Minus), past)
            } else {
                (None, at)
            };
        }
        _ => return (None, at),
    };
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let stands_alone =
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '$' | '€' | '£'));
    if !stands_alone {
        return (None, at);
    }
    let past = at + length;
    let mut next = text.get(past..).unwrap_or_default().trim_start_matches(' ');
    let gap = text.len() - past - next.len();
    next = next.trim_start_matches(['$', '€', '£']);
    let is_number = next.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    if is_number && (gap == 0 || before.is_none()) { (Some(sign), past + gap) } else { (None, at) }
}

/// A currency symbol, or an ISO 4217 code and a space, before a number.
fn currency_before(text: &str, at: usize) -> Option<(Unit, usize)> {
    const LONGEST: usize = 5;
    let bytes = text.as_bytes().get(at..)?;
    if bytes.first()?.is_ascii_digit() {
        return None;
    }
    let window = bytes.get(..=LONGEST).unwrap_or(bytes);
    // A no-break space and the minus sign begin with bytes that no symbol has in its middle.
    let length = window
        .iter()
        .position(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b' ' | b'\t' | b'\n' | b'\r'))
        .unwrap_or(window.len());
    let symbol = text.get(at..at + length).filter(|symbol| !symbol.is_empty());
    let symbol = symbol?.trim_end_matches(['\u{a0}', '−']);
    let is_code = symbol.len() == 3 && symbol.bytes().all(|byte| byte.is_ascii_uppercase());
    if symbol.len() > LONGEST || !is_code && symbol.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let currency = currency_named(symbol)?;
    let after = text.get(at + symbol.len()..)?;
    let bare = after.trim_start_matches([' ', '\u{a0}']);
    Some((Unit::money(currency), text.len() - bare.len()))
}

fn kind_of(numeral: &Numeral, is_money: bool) -> Kind {
    match numeral.style {
        _ if is_money => Kind::Money,
        Style::Fraction => Kind::Fraction,
        Style::Multiple => Kind::Multiple,
        _ => Kind::Number,
    }
}

/// "one in five", "8 out of 10": the second number is one that people count such things by.
fn with_ratio(text: &str, amount: Amount) -> Amount {
    if amount.unit != Unit::Bare {
        return amount;
    }
    let end = amount.span.end as usize;
    let after = match NextWord::after(text, end) {
        Some(next) if is_word(next.word, "in") => past_words(text, end, "in every").or(next.past_space(text)),
        Some(next) if is_word(next.word, "out") => {
            past_words(text, end, "out of every").or_else(|| past_words(text, end, "out of"))
        }
        _ => None,
    };
    let is_plain = amount.written.value.is_integer() && amount.scale == Decimal::ONE;
    let Some(whole) = after.filter(|_| is_plain).and_then(|at| numeral_at(text, at)) else { return amount };
    let (part, base) = (amount.written.value, whole.written.value);
    let is_round = base == dec!(12)
        || base == dec!(15)
        || (base <= Decimal::TEN && base >= Decimal::TWO)
        || (base.is_integer()
            && (base % Decimal::TEN).is_zero()
            && (base <= Decimal::ONE_HUNDRED || is_power_of_ten(base)));
    let is_word_number = whole.style == Style::Digits || whole.style == Style::Words;
    let followed_by_unit = unit_after(text, whole.end).is_some();
    if !is_round || !is_word_number || part > base || part <= Decimal::ZERO || followed_by_unit {
        return amount;
    }
    let Some(value) = part.checked_div(base) else { return amount };
    Amount {
        span: Span { end: whole.end.try_into().unwrap_or(u32::MAX), ..amount.span },
        written: Written { value, step: Decimal::ZERO, firm: false, fraction: true },
        style: Style::Fraction,
        kind: Kind::Fraction,
        ..amount
    }
}

fn is_power_of_ten(value: Decimal) -> bool {
    let digits = value.normalize().to_string();
    digits.starts_with('1') && digits.bytes().skip(1).all(|digit| digit == b'0')
}

/// Where a text goes on past white space and these words.
pub(super) fn past_words(text: &str, at: usize, words: &str) -> Option<usize> {
    let mut at = at;
    for word in words.split(' ') {
        at = past_space(text, at)?;
        let found = word_at(text, at);
        if !is_word(found, word) {
            return None;
        }
        at += word.len();
    }
    past_space(text, at)
}

/// A word after a number, past white space.
#[derive(Clone, Copy)]
pub(super) struct NextWord<'t> {
    pub(super) word: &'t str,
    end: usize,
}

impl<'t> NextWord<'t> {
    pub(super) fn after(text: &'t str, at: usize) -> Option<Self> {
        let start = past_space(text, at)?;
        let word = word_at(text, start);
        (!word.is_empty()).then_some(Self { word, end: start + word.len() })
    }

    /// Where the text goes on past the word and white space.
    pub(super) fn past_space(self, text: &str) -> Option<usize> {
        past_space(text, self.end)
    }
}

fn past_space(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = at;
    loop {
        end += match bytes.get(end..).unwrap_or_default() {
            [b' ' | b'\n', ..] => 1,
            [0xC2, 0xA0, ..] => 2,
            _ => return (end > at).then_some(end),
        };
    }
}

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
fn unit_after(text: &str, at: usize) -> Option<(Unit, Factor, usize)> {
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

fn with_unit(text: &str, amount: Amount) -> Amount {
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
fn with_rate(text: &str, amount: Amount) -> Amount {
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

/// Whether a unit is one of time.
pub(super) fn is_time(unit: Unit) -> bool {
    matches!(unit, Unit::Of(of) if of.exponent(Base::Day) > 0 || of.exponent(Base::Month) > 0)
}
