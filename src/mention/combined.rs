//! Numbers that belong together: ranges, margins, and a scale said once for two.

use rust_decimal::Decimal;

use super::amount::{Amount, NextWord, amount_at, past_space};
use super::level::is_of_one_scale;
use super::{Kind, Mention};
use crate::hedge::Hedge;
use crate::number::{Reading, Style, Written, begins_numeral, is_word, word_at};
use crate::text::Span;
use crate::unit::{Factor, Unit, unit_named};

/// One number alone, from `start` on, where a sign or an article may stand.
pub(super) fn single(amount: Amount, start: usize) -> Mention {
    Mention {
        span: Span::new(start, amount.span.end as usize),
        reading: Reading::One(amount.written),
        unit: amount.unit,
        factor: amount.factor,
        per: amount.per,
        kind: amount.kind,
        hedge: Hedge::Plain,
        hedge_span: None,
        is_signed: amount.is_signed,
        is_elided: false,
    }
}

/// "± 0.4", "plus or minus 3"; alone, or after a number.
pub(super) fn margin_at(text: &str, start: usize) -> Option<Mention> {
    let rest = text.get(start..)?.strip_prefix('±')?;
    let at = text.len() - rest.trim_start().len();
    let amount = amount_at(text, at)?;
    let margin = amount.written.value.abs();
    let around_zero = Written { value: Decimal::ZERO, ..amount.written };
    let mention = single(amount, start);
    Some(Mention { reading: Reading::Margin(around_zero, margin), ..mention })
}

/// "a year and a half", "an hour and a quarter".
pub(super) fn one_and_a_half(text: &str, start: usize) -> Option<Amount> {
    let article = word_at(text, start);
    if !(is_word(article, "a") || is_word(article, "an")) {
        return None;
    }
    let unit = past_space(text, start + article.len())?;
    let word = word_at(text, unit);
    let named = unit_named(word).filter(|_| !word.ends_with('s'))?;
    let end = unit + word.len();
    let and = text.get(end..)?.strip_prefix(" and a ")?;
    let part = word_at(and, 0);
    let share = [("half", 50), ("quarter", 25)].iter().find(|(name, _)| is_word(part, name))?.1;
    let end = text.len() - and.len() + part.len();
    let amount = amount_at(text, end - part.len() - "a ".len())?;
    let kind =
        if named.unit == Unit::DAYS || named.unit == Unit::MONTHS { Kind::Duration } else { Kind::Measure };
    let written = Written {
        value: Decimal::new(100 + share, 2),
        step: Decimal::new(25, 2),
        firm: true,
        fraction: false,
    };
    let span = Span::new(start, end);
    Some(Amount {
        span,
        written,
        unit: named.unit,
        factor: named.factor,
        kind,
        style: Style::Words,
        ..amount
    })
}

/// What stands between the two numbers of a range.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    To,
    Dash,
    Or,
    And,
}

/// Which link follows a number, and where the next number begins.
fn link_after(text: &str, end: usize, is_between: bool) -> Option<(Link, usize)> {
    match text.as_bytes().get(end..)? {
        // "8- to 16-meter"
        [b'-', b' ', b't', b'o', b' ', ..] if !is_between => return Some((Link::To, end + 5)),
        [b'-', b' ', b'o', b'r', b' ', ..] if !is_between => return Some((Link::Or, end + 5)),
        [b'-', ..] if !is_between => return Some((Link::Dash, end + 1)),
        // The en dash.
        [0xE2, 0x80, 0x93, ..] if !is_between => return Some((Link::Dash, end + 3)),
        _ => {}
    }
    let next = NextWord::after(text, end)?;
    let link = match next.word {
        word if is_between => is_word(word, "and").then_some(Link::And)?,
        word if is_word(word, "to") => Link::To,
        word if is_word(word, "or") => Link::Or,
        _ => return None,
    };
    Some((link, next.past_space(text)?))
}

/// "a to b", "a–b", "a or b", "a ± b", and after "between", "a and b": one range of one unit.
pub(super) fn range(text: &str, start: usize, first: &Amount, is_between: bool) -> Option<Mention> {
    let end = first.span.end as usize;
    let rest = text.get(end..)?;
    // Nearly always a word follows, or a mark.
    let may_be_margin = match rest.as_bytes() {
        [first, ..] if first.is_ascii_graphic() => false,
        [b' ', second, ..] => !second.is_ascii_graphic(),
        _ => true,
    };
    if may_be_margin && let Some(after) = rest.trim_start().strip_prefix('±') {
        let margin = amount_at(text, text.len() - after.trim_start().len())?;
        let mention = single(*first, start);
        let span = Span::new(start, margin.span.end as usize);
        return Some(Mention {
            span,
            reading: Reading::Margin(first.written, margin.written.value.abs()),
            ..mention
        });
    }
    let (link, at) = link_after(text, end, is_between)?;
    let mut second = amount_at(text, at)?;
    let mut first = *first;
    if first.style == Style::Multiple || second.style == Style::Multiple || second.is_signed {
        return None;
    }
    // "5 to 6 percent", "$5 to 6": the unit is said once; "$1–$2 billion": so is the scale.
    if first.unit == Unit::Bare {
        (first.unit, first.factor, first.kind) = (second.unit, second.factor, second.kind);
    } else if second.unit == Unit::Bare
        && (matches!(first.kind, Kind::Money | Kind::Age) || link == Link::Dash)
    {
        // "Rose 5% to 12,000" is no range, "5%-6" is one.
        (second.unit, second.factor, second.kind) = (first.unit, first.factor, first.kind);
    }
    if first.unit != second.unit && second.kind != Kind::Rate {
        return None;
    }
    if second.scale > first.scale
        && first.scale == Decimal::ONE
        && first.written.value < Decimal::ONE_THOUSAND
    {
        scale(&mut first, second.scale)?;
    }
    if link == Link::Or && second.written.value != first.written.value + Decimal::ONE {
        return None;
    }
    let is_backwards = second.written.value <= first.written.value;
    if is_backwards && link != Link::And {
        return None;
    }
    let span = Span::new(start, second.span.end as usize);
    let mention =
        Mention { unit: second.unit, factor: second.factor, kind: second.kind, ..single(first, start) };
    Some(Mention { span, reading: Reading::Range(first.written, second.written), ..mention })
}

/// "$26 and $31 million": the first shares the second's scale.
pub(super) fn shared_scale(text: &str, first: &Amount) -> Option<Amount> {
    if first.kind != Kind::Money || first.scale != Decimal::ONE {
        return None;
    }
    let next = NextWord::after(text, first.span.end as usize)?;
    let is_link = ["and", "to", "or"].iter().any(|link| is_word(next.word, link));
    let second = amount_at(text, next.past_space(text).filter(|_| is_link)?)?;
    let is_alike = first.unit == second.unit;
    let mut amount = *first;
    (is_alike && second.scale > Decimal::ONE && is_of_one_scale(first, &second)).then_some(())?;
    scale(&mut amount, second.scale)?;
    Some(amount)
}

pub(super) fn scale(amount: &mut Amount, by: Decimal) -> Option<()> {
    amount.written.value = amount.written.value.checked_mul(by)?;
    amount.written.step = amount.written.step.checked_mul(by)?;
    amount.scale = by;
    Some(())
}

/// "5 feet 2 inches", "two hours and 30 minutes": one quantity, in the smaller unit, which is exact; money in the larger
/// ("3 dollars and 50 cents").
pub(super) fn with_smaller_unit(text: &str, first: &Amount) -> Option<Amount> {
    let is_of_unit = matches!(first.kind, Kind::Money | Kind::Duration | Kind::Measure);
    if !is_of_unit || first.scale != Decimal::ONE || !first.written.value.is_integer() {
        return None;
    }
    let end = first.span.end as usize;
    let comma = end + usize::from(text.as_bytes().get(end) == Some(&b','));
    let at = match NextWord::after(text, end) {
        Some(next) if is_word(next.word, "and") => next.past_space(text)?,
        _ => past_space(text, comma)?,
    };
    if !text.as_bytes().get(at)?.is_ascii_digit() && !begins_numeral(word_at(text, at)) {
        return None;
    }
    let second = amount_at(text, at)?;
    // "3 years, 2 months, 14 days" is a list of three.
    let is_list = || {
        let rest = text.get(second.span.end as usize..).and_then(|rest| rest.strip_prefix(", "));
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    if comma > end && second.kind == Kind::Duration && is_list() {
        return None;
    }
    if first.kind == Kind::Money {
        return if comma > end { None } else { with_cents(text, first, &second) };
    }
    let second = inches(text, first, &second).unwrap_or(second);
    if comma > end && !matches!(second.kind, Kind::Measure | Kind::Duration) {
        return None;
    }
    if second.unit != first.unit || second.kind != first.kind || second.written.value <= Decimal::ZERO {
        return None;
    }
    // What a first unit is in second ones: 12 for feet in inches.
    let ratio = first.factor.per(second.factor)?.kept(Decimal::ONE)?;
    // "Two hours and 90 minutes" are two times, "2 yards and 7 feet" is one length.
    let is_apart = first.kind == Kind::Duration && second.written.value >= ratio;
    if ratio <= Decimal::ONE || !ratio.is_integer() || is_apart {
        return None;
    }
    let value = first.written.value.checked_mul(ratio)?.checked_add(second.written.value)?;
    let whole = Amount {
        span: first.span.join(second.span),
        written: Written { value, ..second.written },
        unit: second.unit,
        factor: second.factor,
        ..*first
    };
    // "2 yards, 7 feet, 10 inches" goes on.
    Some(with_smaller_unit(text, &whole).unwrap_or(whole))
}

/// "5 feet 2 in", "2 yards 7'": inches behind feet, and marks behind any length.
fn inches(text: &str, first: &Amount, second: &Amount) -> Option<Amount> {
    let is_feet = first.span.of(text).to_ascii_lowercase().trim_end_matches('.').ends_with(['t', 's']);
    let end = second.span.end as usize;
    let (past, name) = match text.as_bytes().get(end) {
        Some(b'\'') => (end + 1, "foot"),
        Some(b'"') => (end + 1, "inch"),
        _ => (NextWord::after(text, end).filter(|next| is_feet && is_word(next.word, "in"))?.end(), "inch"),
    };
    let named = unit_named(name).filter(|named| named.unit == first.unit && second.unit == Unit::Bare)?;
    let span = Span { end: u32::try_from(past).ok()?, ..second.span };
    Some(Amount { span, unit: named.unit, factor: named.factor, kind: Kind::Measure, ..*second })
}

/// Hundredths of currencies that have no unit of their own in the tables.
const MINOR: [&str; 8] = ["sen", "kopiyka", "kopek", "kopeck", "paisa", "centavo", "centime", "øre"];

/// "3 dollars and 50 cents", "15 dollars 50".
fn with_cents(text: &str, first: &Amount, second: &Amount) -> Option<Amount> {
    let cents = second.written.value;
    if !cents.is_integer() || cents <= Decimal::ZERO || cents >= Decimal::ONE_HUNDRED {
        return None;
    }
    let end = second.span.end as usize;
    let minor = NextWord::after(text, end).filter(|next| {
        let word = next.word.strip_suffix('s').unwrap_or(next.word);
        second.unit == Unit::Bare && MINOR.iter().any(|minor| is_word(word, minor))
    });
    if let Some(minor) = minor {
        let span = Span { end: u32::try_from(minor.end()).ok()?, ..second.span };
        let second = Amount {
            span,
            unit: first.unit,
            factor: Factor::new(Decimal::ONE, Decimal::ONE_HUNDRED),
            kind: Kind::Money,
            ..*second
        };
        return with_cents(text, first, &second);
    }
    let is_cents = second.kind == Kind::Money && second.factor != Factor::ONE;
    let (past, is_marked) = match text.as_bytes().get(end..)? {
        [b'c', next, ..] if !next.is_ascii_alphanumeric() => (end + 1, true),
        [b'c'] => (end + 1, true),
        _ => (end, is_cents),
    };
    // Without a word for them, cents are two digits, and nothing that they could count follows.
    let is_bare = second.unit == Unit::Bare && second.scale == Decimal::ONE;
    let ends = text
        .get(end..)
        .is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with(['.', ',', ';', '?', '!', ')']));
    let is_short = !second.span.of(text).starts_with(|c: char| c.is_ascii_digit()) || cents >= Decimal::TEN;
    if !(is_marked && (is_cents || is_bare) || is_bare && ends && is_short) {
        return None;
    }
    let written = Written {
        value: first.written.value.checked_add(cents / Decimal::ONE_HUNDRED)?,
        step: Decimal::new(1, 2),
        firm: true,
        fraction: false,
    };
    let span = Span { end: u32::try_from(past).ok()?, ..first.span };
    Some(Amount { span, written, ..*first })
}
