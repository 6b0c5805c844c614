//! Lengths of time beside the years that they span: "for 16 years, from 2009 to 2021", "born in 1951, died in March 2019 at the
//! age of 78".
//!
//! Safe because both years are there with the words that make them the ends, and a year more or less is allowed.

use super::sentence::{Sentence, ends_with, has_any, has_word};
use super::{Contradiction, Kind, Reader};
use crate::mention::{self, Excluded, Exclusion, Mention};
use crate::number::{Decimal, Reading};

pub(super) fn look(_: &Reader<'_>, sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    let years: Vec<(&Excluded, i32)> = sentence
        .excluded
        .iter()
        .filter(|it| matches!(it.rule, Exclusion::Year | Exclusion::Date))
        .filter_map(|it| Some((it, year_of(sentence.words(it.span))?)))
        .collect();
    let [(first, start), (second, end)] = years.as_slice() else { return };
    let whole = sentence.whole();
    let text =
        |from: u32, to: u32| sentence.text.get(from as usize..to.max(from) as usize).unwrap_or_default();
    let between = text(first.span.end, second.span.start);
    let lead = text(sentence.span.start, first.span.start);
    let spans_all = (ends_with(lead, "from") && (ends_with(between, "to") || ends_with(between, "until"))
        || ends_with(lead, "between") && ends_with(between, "and"))
        && super::sentence::count(between) <= 2;
    anniversary(sentence, (first, *start), (second, *end), found);
    let [number] = sentence.numbers else { return };
    let Reading::One(written) = number.reading else { return };
    let is_bare_age = number.unit == crate::unit::Unit::Bare && is_age(sentence, number);
    let is_years = number.factor.kept(Decimal::ONE) == Some(Decimal::from(12));
    if !(is_years || is_bare_age) || !written.value.is_integer() || number.hedge != crate::hedge::Hedge::Plain
    {
        return;
    }
    let told = end - start;
    let is_life = has_word(lead, "born") && has_any(between, &["died", "dies"]) && is_age(sentence, number);
    let is_term = spans_all
        && number.kind == mention::Kind::Duration
        && !has_any(whole, &["again", "old", "after", "before", "ago", "than", "every"]);
    let after = sentence.text.get(number.span.end as usize..).unwrap_or_default();
    let is_then = has_word(lead, "born")
        && ends_with(text(sentence.span.start, number.span.start), "was")
        && after.starts_with(" when");
    if !(is_life || is_term || is_then) || told <= 0 {
        return;
    }
    let off = (written.value - Decimal::from(told)).abs();
    if off > Decimal::ONE {
        found.push(Contradiction {
            kind: Kind::Arithmetic,
            stated: number.words(),
            operands: vec![first.span, second.span],
            arithmetic: format!("from {start} to {end} is {told} years"),
            help: None,
        });
    }
}

/// "Founded in 1879, the choir celebrated its 145th anniversary in 2024".
fn anniversary(
    sentence: &Sentence<'_>,
    start: (&Excluded, i32),
    end: (&Excluded, i32),
    found: &mut Vec<Contradiction>,
) {
    let ordinal = sentence.excluded.iter().find(|it| it.rule == Exclusion::Ordinal);
    let Some(ordinal) =
        ordinal.filter(|_| has_any(sentence.whole(), &["founded", "established", "built", "opened"]))
    else {
        return;
    };
    let after = sentence.text.get(ordinal.span.end as usize..).unwrap_or_default();
    let nth = crate::number::numeral_at(sentence.words(ordinal.span), 0).map(|numeral| numeral.written.value);
    let told = end.1 - start.1;
    let is_off = nth.is_some_and(|nth| (nth - Decimal::from(told)).abs() > Decimal::ONE);
    if after.starts_with(" anniversary") && told > 0 && is_off {
        found.push(Contradiction {
            kind: Kind::Arithmetic,
            stated: ordinal.span,
            operands: vec![start.0.span, end.0.span],
            arithmetic: format!("from {} to {} are {told} years", start.1, end.1),
            help: None,
        });
    }
}

fn is_age(sentence: &Sentence<'_>, number: &Mention) -> bool {
    let before =
        sentence.text.get(sentence.span.start as usize..number.span.start as usize).unwrap_or_default();
    number.kind == mention::Kind::Age
        || ends_with(before, "age of")
        || ends_with(before, "aged")
        || ends_with(before, "at")
        || ends_with(before, "was")
}

/// The year that ends a date, or is one.
fn year_of(words: &str) -> Option<i32> {
    let last = words.len().checked_sub(4)?;
    let digits = words.get(last..)?;
    let is_whole = !words.get(..last)?.ends_with(|c: char| c.is_ascii_digit());
    digits.parse().ok().filter(|year| is_whole && (1500..=2100).contains(year))
}
