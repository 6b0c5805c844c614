//! One rate in two units of time: "$4.38 million a year, or about $12,000 a month", "every 12 seconds, or 720 an hour"; and
//! cases per so many people beside both: "41 cases among its 268,000 residents, a rate of 15 per 100,000".
//!
//! Safe because both stand side by side as the same thing. A month has 28 to 31 days or 20 working days, a week five to
//! seven, a year 250 to 366; hours and days are not compared, since nobody says how long the working day is.

use super::sentence::{Sentence, What, has};
use super::value::{checked, contradicts, operand, stated, times, told_interval};
use super::word::Word;
use super::{Reader, Rule};
use crate::mention::{Kind, Mention};
use crate::number::{Decimal, Interval};
use crate::unit::Unit;

pub(super) fn look(reader: &mut Reader, sentence: &Sentence<'_>) {
    for first in 0..sentence.numbers.len().saturating_sub(1) {
        let (Some(a), Some(b)) = (sentence.number(first), sentence.number(first + 1)) else { continue };
        if b.kind != Kind::Rate && spoken_time(sentence, first + 1).is_none() {
            continue;
        }
        if let Unit::Per(_) = b.unit {
            per_head(reader, sentence, first + 1);
        } else if is_same(sentence, first) {
            same(reader, sentence, first, a, b);
        }
    }
}

/// Whether two rates stand as one: ", or 83,000 a month", "(83,000 a month)", "which works out at".
fn is_same(sentence: &Sentence<'_>, first: usize) -> bool {
    let gap = sentence.gap(first, first + 1);
    let last = gap.last().map(|token| token.what);
    let is_joined = matches!(last, Some(What::Word(Word::Or) | What::Open | What::Dash))
        || has(gap, &[Word::Equals])
        || is_that(gap);
    let is_plain = !has(
        gap,
        &[
            Word::And,
            Word::But,
            Word::From,
            Word::Than,
            Word::Working,
            Word::Against,
            Word::Compared,
            Word::Fall,
            Word::Rise,
            Word::Up,
            Word::Down,
        ],
    );
    let place = sentence.place(first + 1);
    let is_working = (place..place + 4).any(|at| sentence.word(at) == Word::Working);
    gap.len() <= 8 && is_joined && is_plain && !is_working
}

/// ", that is".
fn is_that(gap: &[super::sentence::Token]) -> bool {
    matches!(gap, [.., comma, that, be] if comma.what == What::Comma && that.what == What::Word(Word::That) && be.what == What::Word(Word::Be))
}

/// The unit of time that a rate is per, or a duration is one of, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Time {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Time {
    /// The last word of a number: "a year", "per month", "/day", "12 seconds".
    fn of(words: &str) -> Option<Self> {
        let unit = words.rsplit([' ', '/', '-']).next().unwrap_or_default();
        let unit = unit.strip_suffix('s').unwrap_or(unit);
        Some(match unit {
            "second" => Self::Second,
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "day" => Self::Day,
            "week" => Self::Week,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "year" => Self::Year,
            _ => return None,
        })
    }

    /// How many of the smaller go into one; `None` where that is nobody's to say.
    fn holds(self, smaller: Self) -> Option<(u32, u32)> {
        Some(match (self, smaller) {
            (Self::Minute, Self::Second) | (Self::Hour, Self::Minute) => (60, 60),
            (Self::Hour, Self::Second) => (3600, 3600),
            (Self::Week, Self::Day) => (5, 7),
            (Self::Month, Self::Day) => (20, 31),
            (Self::Month, Self::Week) => (4, 5),
            (Self::Quarter, Self::Month) => (3, 3),
            (Self::Quarter, Self::Day) => (60, 92),
            (Self::Quarter, Self::Week) => (12, 14),
            (Self::Year, Self::Day) => (250, 366),
            (Self::Year, Self::Week) => (48, 53),
            (Self::Year, Self::Month) => (12, 12),
            (Self::Year, Self::Quarter) => (4, 4),
            _ => return None,
        })
    }
}

/// What a rate in one unit of time comes to in another.
fn converted(value: &Interval, from: Time, to: Time) -> Option<Interval> {
    let many = |(few, many): (u32, u32)| Interval::closed(Decimal::from(few), Decimal::from(many));
    if let Some(held) = to.holds(from) {
        return checked(value.multiply(&many(held)));
    }
    checked(value.divide(&many(from.holds(to)?)))
}

/// The unit of time that a number is per.
fn time(sentence: &Sentence<'_>, number: usize, mention: &Mention) -> Option<Time> {
    match mention.kind {
        Kind::Rate | Kind::Duration => Time::of(mention.span.of(sentence.text)),
        _ => spoken_time(sentence, number),
    }
}

/// "52,000 tonnes of carbon dioxide a week": the unit of time behind what is counted.
fn spoken_time(sentence: &Sentence<'_>, number: usize) -> Option<Time> {
    let place = sentence.place(number);
    if !sentence
        .number(number)
        .is_some_and(|mention| matches!(mention.kind, Kind::Number | Kind::Measure | Kind::Money))
    {
        return None;
    }
    for at in place + 1..place + 6 {
        match sentence.at(at)? {
            What::Word(Word::Article | Word::Per | Word::Each) => return Time::of(sentence.told(at + 1)),
            What::Word(Word::Plain | Word::Of) => {}
            _ => return None,
        }
    }
    None
}

fn same(reader: &mut Reader, sentence: &Sentence<'_>, first: usize, a: &Mention, b: &Mention) {
    let (Some(from), Some(to)) = (time(sentence, first, a), time(sentence, first + 1, b)) else { return };
    let value = if a.kind == Kind::Rate || spoken_time(sentence, first).is_some() {
        if money(a) != money(b) {
            return;
        }
        operand(a, &reader.widths)
    } else {
        // "every 12 seconds"
        let is_every = sentence.word_before(first, 1) == Some(Word::Each);
        let one = Interval::point(Decimal::ONE);
        match checked(one.divide(&operand(a, &reader.widths)))
            .filter(|_| a.kind == Kind::Duration && is_every)
        {
            Some(value) => value,
            None => return,
        }
    };
    let Some(computed) = converted(&value, from, to) else { return };
    if !contradicts(&stated(b, &reader.widths), &computed) {
        if a.kind == Kind::Rate && b.kind == Kind::Rate {
            reader.holds(Rule::Same, b, &[a]);
        }
        return;
    }
    let words = |mention: &Mention| mention.words().of(sentence.text);
    let arithmetic = format!(
        "{} is {} {}, the draft says {}",
        words(a),
        told_interval(&computed, 2, ""),
        per(to),
        words(b)
    );
    reader.report(b.words(), &[a.span], arithmetic);
}

fn money(mention: &Mention) -> Option<crate::unit::Currency> {
    let Unit::Of(dimension) = mention.unit else { return None };
    dimension.currency()
}

fn per(time: Time) -> &'static str {
    match time {
        Time::Second => "a second",
        Time::Minute => "a minute",
        Time::Hour => "an hour",
        Time::Day => "a day",
        Time::Week => "a week",
        Time::Month => "a month",
        Time::Quarter => "a quarter",
        Time::Year => "a year",
    }
}

/// "41 cases among its 268,000 residents, a rate of 15 per 100,000".
fn per_head(reader: &mut Reader, sentence: &Sentence<'_>, rate: usize) {
    let (Some(part), Some(whole)) = (rate.checked_sub(2), rate.checked_sub(1)) else { return };
    let (Some(cases), Some(people), Some(says)) =
        (sentence.number(part), sentence.number(whole), sentence.number(rate))
    else {
        return;
    };
    let Unit::Per(many) = says.unit else { return };
    let gap = sentence.gap(part, whole);
    let is_joined = has(gap, &[Word::Among, Word::In, Word::For, Word::Of]) && gap.len() <= 5;
    let is_near = sentence.gap(whole, rate).len() <= 12;
    let is_count = |mention: &Mention| mention.kind == Kind::Number && mention.unit == Unit::Bare;
    if !is_joined || !is_near || !is_count(cases) || !is_count(people) {
        return;
    }
    if sentence.has(&[Word::Rise, Word::Fall, Word::Up, Word::Down, Word::Than, Word::From]) {
        return;
    }
    let Some(each) = super::value::ratio(&operand(cases, &reader.widths), &operand(people, &reader.widths))
    else {
        return;
    };
    let Some(each) = times(&each, Decimal::from(many)) else { return };
    if !contradicts(&stated(says, &reader.widths), &each) {
        return reader.holds(Rule::Quotient, says, &[cases, people]);
    }
    let words = |mention: &Mention| mention.words().of(sentence.text);
    let arithmetic = format!(
        "{} among {} is {} per {}, the draft says {}",
        words(cases),
        words(people),
        told_interval(&each, 1, ""),
        super::value::told(Decimal::from(many), 0),
        words(says)
    );
    reader.report(says.words(), &[cases.span, people.span], arithmetic);
}
