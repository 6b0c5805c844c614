//! Lengths of time beside their ends: "closed for 18 months between June 2021 and March 2024", "the three-week festival runs
//! from 6 July to 14 August", "opened in 1932, closed in 1994 after 61 years".
//!
//! Safe because both ends are there with the words that make them ends, the length stands beside them, and a unit more or
//! less is allowed: people count the first day or they do not.

use std::borrow::Cow;

use super::calendar::{Written, dates, days_between};
use super::sentence::{Sentence, What, has, has_mark};
use super::value::told;
use super::word::Word;
use super::{Reader, age, clock, published};
use crate::hedge::Hedge;
use crate::mention::{Kind, Mention};
use crate::number::{Decimal, Reading};
use crate::text::Span;
use crate::unit::Unit;

pub(super) fn look(reader: &mut Reader, sentence: &Sentence<'_>) {
    if sentence.dates.is_empty() || sentence.has(&[Word::Again]) {
        return;
    }
    let dates = dates(sentence);
    if let [first, second] = dates.as_slice() {
        let lengths = sentence.numbers.iter().filter(|number| number.kind == Kind::Duration).count();
        for number in 0..sentence.numbers.len() {
            if lengths <= 1 && !sentence.is_denied(number) {
                between(reader, sentence, number, first, second);
                opened(reader, sentence, number, first, second);
            }
        }
    }
    age::look(reader, sentence, &dates);
    published::look(reader, sentence, &dates);
    clock::look(reader, sentence);
}

/// A unit of time with its shortest and longest length in days.
#[derive(Clone, Copy, Debug)]
pub(super) struct Length {
    pub(super) low: Decimal,
    pub(super) high: Decimal,
}

/// A length of time in days, with a unit more and a unit less, and what its hedge adds; `None` where it is no whole number of
/// days or more.
pub(super) fn length(sentence: &Sentence<'_>, mention: &Mention) -> Option<Length> {
    let Reading::One(written) = mention.reading else { return None };
    let (short, long) = unit_days(sentence, mention)?;
    let tenth = written.value * Decimal::new(15, 2);
    let slack = if mention.hedge == Hedge::Plain { Decimal::ONE } else { tenth.max(Decimal::ONE) };
    let (low, high) = (written.value - slack, written.value + slack);
    let (low, high) = match mention.hedge {
        Hedge::Above | Hedge::AtLeast | Hedge::MuchAbove => (low, Decimal::from(100_000)),
        Hedge::Below | Hedge::AtMost | Hedge::MuchBelow => (Decimal::ZERO, high),
        _ => (low, high),
    };
    Some(Length { low: low * short, high: high * long })
}

/// How many days the unit of a length has: weeks, months, years, and seasons, which are years.
fn unit_days(sentence: &Sentence<'_>, mention: &Mention) -> Option<(Decimal, Decimal)> {
    let year = (Decimal::from(365), Decimal::new(36525, 2));
    if mention.kind == Kind::Number && mention.unit == Unit::Bare {
        let rest = sentence.text.get(mention.span.end as usize..)?;
        return (rest.starts_with(" seasons")).then_some(year);
    }
    if mention.kind != Kind::Duration {
        return None;
    }
    let one = mention.factor.kept(Decimal::ONE)?;
    if mention.unit == Unit::DAYS {
        return (one >= Decimal::ONE).then_some((one, one));
    }
    let twelve = Decimal::from(12);
    (mention.unit == Unit::MONTHS && one >= Decimal::ONE)
        .then(|| (year.0 * one / twelve, year.1 * one / twelve))
}

/// The least and greatest number of days from one date to the other, both ends counted at the most.
fn apart(first: &Written, second: &Written) -> Option<(i64, i64)> {
    let year = second.year.or(Some(2023));
    let (from, to) = (first.days(year)?, second.days(year)?);
    let turn = |days: i64| if first.year.is_none() && days < 0 { days + 365 } else { days };
    let (low, high) = (turn(days_between(from.1, to.0)), turn(days_between(from.0, to.1)) + 1);
    (high > 0 && low <= high).then_some((low.max(0), high))
}

/// "… months between June 2021 and March 2024", "runs from 6 July to 14 August".
fn between(reader: &mut Reader, sentence: &Sentence<'_>, number: usize, first: &Written, second: &Written) {
    let Some(mention) = sentence.number(number) else { return };
    let Some(length) = length(sentence, mention) else { return };
    let joint = sentence.between(first.last, second.first);
    let lead = first.first.checked_sub(1).map_or(Word::Plain, |at| sentence.word(at));
    let lead = if lead == Word::Article { sentence.word(first.first.saturating_sub(2)) } else { lead };
    let joins = |word| matches!(joint, [only] if only.what == What::Word(word));
    let is_span = lead == Word::From && (joins(Word::To) || joins(Word::Until))
        || lead == Word::Between && joins(Word::And);
    let place = sentence.place(number);
    let is_part = sentence.word_before(number, 2) == Some(Word::Of)
        || sentence.word_before(number, 1) == Some(Word::Of)
        || matches!(sentence.lead(number), Some((Word::To, _)));
    if !is_span || is_part || sentence.has(&[Word::Age, Word::Per]) {
        return;
    }
    let is_beside = if place < first.first {
        let gap = sentence.between(place, first.first);
        let gap = gap.get(..gap.len().saturating_sub(1)).unwrap_or_default();
        let is_run = gap.iter().any(|token| {
            matches!(
                token.span.of(sentence.text),
                "runs" | "ran" | "run" | "lasts" | "lasted" | "opens" | "held" | "open"
            )
        });
        let others =
            has(gap, &[Word::For, Word::After, Word::Than, Word::Back, Word::Later, Word::And, Word::Or]);
        !others
            && !has_mark(gap, &[What::Semicolon])
            && (gap.len() <= 4 || is_run && gap.len() <= 10)
            && !gap.iter().any(|token| matches!(token.what, What::Number(_)))
    } else {
        let gap = sentence.between(second.last, place);
        gap.len() <= 3
            && has_mark(gap, &[What::Comma, What::Open, What::Dash])
            && !has(gap, &[Word::After, Word::And])
    };
    if !is_beside {
        return;
    }
    report_length(reader, sentence, mention, &length, first, second);
}

fn report_length(
    reader: &mut Reader,
    sentence: &Sentence<'_>,
    mention: &Mention,
    length: &Length,
    first: &Written,
    second: &Written,
) {
    let Some((low, high)) = apart(first, second) else { return };
    if length.low <= Decimal::from(high) && length.high >= Decimal::from(low) {
        return;
    }
    let text = |span: Span| span.of(sentence.text);
    let Some((_, unit)) = unit_days(sentence, mention) else { return };
    let in_unit = |days: i64| told(Decimal::from(days) / unit, 1);
    let days =
        if low == high || high - low <= 1 { told(Decimal::from(low), 0) } else { format!("{low} to {high}") };
    let (few, many) = (in_unit(low), in_unit(high));
    let unit_name = mention.unit_name(sentence.text).map_or_else(|| "season".to_owned(), Cow::into_owned);
    let lengths = if few == many { few } else { format!("{few} to {many}") };
    let arithmetic = if unit_name == "day" {
        format!(
            "from {} to {} is {days} days, the draft says {}",
            text(first.span),
            text(second.span),
            text(mention.words())
        )
    } else {
        format!(
            "from {} to {} is {days} days, or {lengths} {unit_name}s, the draft says {}",
            text(first.span),
            text(second.span),
            text(mention.words())
        )
    };
    reader.report(mention.words(), &[first.span, second.span], arithmetic);
}

/// "opened in November 1932, closed in March 1994 after 61 years".
fn opened(reader: &mut Reader, sentence: &Sentence<'_>, number: usize, first: &Written, second: &Written) {
    let Some(mention) = sentence.number(number) else { return };
    let Some(length) = length(sentence, mention) else { return };
    let begins = |token: &super::sentence::Token| {
        matches!(
            token.span.of(sentence.text),
            "opened"
                | "founded"
                | "built"
                | "launched"
                | "started"
                | "began"
                | "established"
                | "elected"
                | "introduced"
                | "Founded"
                | "Opened"
                | "Launched"
                | "Built"
                | "joined"
        )
    };
    let ends = |token: &super::sentence::Token| {
        matches!(
            token.span.of(sentence.text),
            "closed"
                | "closes"
                | "ended"
                | "ends"
                | "shut"
                | "left"
                | "retired"
                | "folded"
                | "resigned"
                | "scrapped"
                | "abolished"
                | "dissolved"
                | "ceased"
        )
    };
    let place = sentence.place(number);
    let opening = sentence.tokens.get(first.first.saturating_sub(4)..first.first).unwrap_or_default();
    let closing = sentence.between(first.last, second.first);
    let after = sentence.word_before(number, 1) == Some(Word::After)
        && sentence.place(number) > second.last
        && sentence.between(second.last, place).len() <= 3;
    if opening.iter().any(begins) && closing.iter().any(ends) && after {
        report_length(reader, sentence, mention, &length, first, second);
    }
}
