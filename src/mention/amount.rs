//! One number with its sign and its unit.

use rust_decimal::{Decimal, dec};

use super::Kind;
use crate::number::{Numeral, Style, Written, is_word, numeral_at, word_at};
use crate::text::Span;
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
    let rest = text.get(at..).unwrap_or_default();
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let stands_alone =
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '$' | '€' | '£'));
    for word in ["minus ", "negative "] {
        if rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)) {
            return (Some(Sign::Minus), at + word.len());
        }
    }
    let Some(first) = rest.chars().next() else { return (None, at) };
    let sign = match first {
        '-' | '−' | '–' => Sign::Minus,
        '+' => Sign::Plus,
        _ => return (None, at),
    };
    let past = at + first.len_utf8();
    let mut next = text.get(past..).unwrap_or_default().trim_start_matches(' ');
    let gap = text.len() - past - next.len();
    next = next.trim_start_matches(['$', '€', '£']);
    let is_number = next.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    if stands_alone && is_number && (gap == 0 || before.is_none()) {
        (Some(sign), past + gap)
    } else {
        (None, at)
    }
}

/// A currency symbol, or an ISO 4217 code and a space, before a number.
fn currency_before(text: &str, at: usize) -> Option<(Unit, usize)> {
    let rest = text.get(at..)?;
    let length = rest
        .find(|c: char| c.is_ascii_digit() || c == '.' || c == '-' || c == '−' || c.is_whitespace())
        .unwrap_or(rest.len());
    let symbol = rest.get(..length).filter(|symbol| !symbol.is_empty() && symbol.len() <= 5)?;
    let is_code = symbol.len() == 3 && symbol.bytes().all(|byte| byte.is_ascii_uppercase());
    if symbol.bytes().all(|byte| byte.is_ascii_alphabetic()) && !is_code {
        return None;
    }
    let currency = currency_named(symbol)?;
    let after = rest.get(length..)?;
    let bare = after.trim_start_matches([' ', '\u{a0}']);
    Some((Unit::money(currency), at + rest.len() - bare.len()))
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
    let is_plain =
        amount.unit == Unit::Bare && amount.written.value.is_integer() && amount.scale == Decimal::ONE;
    let end = amount.span.end as usize;
    let after =
        ["in every", "out of every", "out of", "in"].iter().find_map(|link| past_words(text, end, link));
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

fn past_space(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let bare = rest.trim_start_matches([' ', '\u{a0}', '\n']);
    (bare.len() < rest.len()).then_some(at + rest.len() - bare.len())
}

/// A unit word or sign after a number, and where it ends.
fn unit_after(text: &str, at: usize) -> Option<(Unit, Factor, usize)> {
    let rest = text.get(at..)?;
    if let Some(after) =
        rest.strip_prefix([' ', '\u{a0}']).or(Some(rest)).and_then(|rest| rest.strip_prefix('%'))
    {
        return unit_named("%").map(|named| (named.unit, named.factor, text.len() - after.len()));
    }
    if let Some(symbol) = rest.chars().next().filter(|c| matches!(c, '€' | '£' | '¢')) {
        return unit_named(symbol.encode_utf8(&mut [0; 4]))
            .map(|named| (named.unit, named.factor, at + symbol.len_utf8()));
    }
    for (words, unit) in [
        ("percentage points", "pp"),
        ("percentage point", "pp"),
        ("percent points", "pp"),
        ("per cent", "%"),
        ("basis points", "bp"),
        ("basis point", "bp"),
        ("U.S. dollars", "USD"),
        ("US dollars", "USD"),
    ] {
        let found = rest.trim_start_matches([' ', '-', '\u{a0}']);
        if found.len() < rest.len()
            && found.get(..words.len()).is_some_and(|found| found.eq_ignore_ascii_case(words))
        {
            let end = at + rest.len() - found.len() + words.len();
            return unit_named(unit).map(|named| (named.unit, named.factor, end));
        }
    }
    let start = match rest.as_bytes() {
        [b' ' | b'-' | b'\n', ..] => at + 1,
        [0xC2, 0xA0, ..] => at + 2,
        _ => at,
    };
    let word = word_at(text, start);
    let end = start + word.len();
    let ends = text.get(end..).and_then(|rest| rest.chars().next()).is_none_or(|c| !c.is_alphanumeric());
    // "second" and "quarter" after a number in words are ordinals and parts far more often than units.
    let named = unit_named(word).filter(|_| ends && (start > at || word.len() <= 2) && word.len() > 1)?;
    let is_short_word = matches!(word, "min" | "sec" | "won" | "rand" | "feet" | "foot") && start == at;
    (!is_short_word).then_some((named.unit, named.factor, end))
}

fn with_unit(text: &str, amount: Amount) -> Amount {
    let end = amount.span.end as usize;
    if amount.unit == Unit::Bare {
        if let Some(end) = times_after(text, end) {
            let span = Span { end: end.try_into().unwrap_or(u32::MAX), ..amount.span };
            return Amount { span, unit: Unit::Ratio, kind: Kind::Multiple, ..amount };
        }
    }
    let Some((unit, factor, end)) = unit_after(text, end).filter(|_| amount.unit == Unit::Bare) else {
        return if amount.kind == Kind::Fraction {
            Amount { unit: ratio_unless_money(amount.unit), ..amount }
        } else {
            amount
        };
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

fn ratio_unless_money(unit: Unit) -> Unit {
    if unit == Unit::Bare { Unit::Ratio } else { unit }
}

/// "three times", "3x", "5-fold"; not "three times a week".
fn times_after(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let word = word_at(text, at);
    if matches!(word, "x" | "X" | "fold") || rest.starts_with('×') {
        return Some(at + if word.is_empty() { '×'.len_utf8() } else { word.len() });
    }
    let start = at + usize::from(rest.starts_with([' ', '-']));
    let word = word_at(text, start);
    if start == at || !(is_word(word, "times") || is_word(word, "fold")) {
        return None;
    }
    let end = start + word.len();
    let is_frequency = ["a", "each", "every", "per", "last", "this"]
        .iter()
        .any(|next| past_words(text, end, next).is_some());
    (!is_frequency).then_some(end)
}

/// "a day", "per month", "an hour", "per 100,000", "a year".
fn with_rate(text: &str, amount: Amount) -> Amount {
    if amount.unit.is_ratio() || amount.kind == Kind::Duration {
        return amount;
    }
    let end = amount.span.end as usize;
    // What is counted may stand between: "83,000 people a month".
    let linked = ["a", "an", "per", "each", "every"]
        .iter()
        .find_map(|link| past_words(text, end, link).map(|at| (*link, at)));
    let linked = linked.or_else(|| text.get(end..)?.starts_with('/').then_some(("per", end + 1)));
    let Some((link, at)) = linked else { return amount };
    let word = word_at(text, at);
    let past = at + word.len();
    let named = unit_named(word).filter(|named| named.unit == Unit::DAYS || named.unit == Unit::MONTHS);
    let is_duration = |named: &crate::unit::Named| named.unit == Unit::DAYS || named.unit == Unit::MONTHS;
    if let Some(named) = named.filter(is_duration).filter(|_| !word.ends_with('s')) {
        let rate = amount.unit.over(named.unit).zip(amount.factor.per(named.factor));
        return rate.map_or(amount, |(unit, factor)| rated(amount, past, unit, factor));
    }
    if link == "per" && is_word(word, "capita") {
        return rated(amount, past, amount.unit, amount.factor);
    }
    let base = numeral_at(text, at).filter(|_| link == "per" || link == "every");
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
