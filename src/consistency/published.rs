//! Lengths of time that end on the day of publication: "five days ago, on April 3", "in its 23rd day".
//!
//! Safe because the date and the length are one apposition, and a unit more or less is allowed.

use jiff::civil::Date;

use super::Reader;
use super::calendar::{Written, days_between, ordinal};
use super::sentence::{Sentence, What, has_mark};
use super::span::length;
use super::word::Word;
use crate::number::Decimal;
use crate::text::Span;

pub(super) fn look(reader: &mut Reader, sentence: &Sentence<'_>, dates: &[Written]) {
    if let ([only], Some(published)) = (dates, reader.published) {
        ago(reader, sentence, only, published);
        day_of(reader, sentence, only, published);
    }
}

/// "five days ago, on April 3", against the day of publication.
fn ago(reader: &mut Reader, sentence: &Sentence<'_>, date: &Written, published: Date) {
    for number in 0..sentence.numbers.len() {
        let Some(mention) = sentence.number(number) else { continue };
        let Some(length) = length(sentence, mention) else { continue };
        let place = sentence.place(number);
        let is_ago =
            sentence.tokens.get(place + 1).is_some_and(|token| token.span.of(sentence.text) == "ago");
        let gap = if date.first > place {
            sentence.between(place + 1, date.first)
        } else {
            sentence.between(date.last, place)
        };
        let is_apposed = gap.len() <= 3 && has_mark(gap, &[What::Comma, What::Open, What::Dash]);
        let since = date.first.checked_sub(1).is_some_and(|at| sentence.word(at) == Word::Since);
        let is_since = since
            && place < date.first
            && sentence.word_before(number, 1) == Some(Word::For)
            && sentence.between(place, date.first).len() <= 2;
        if !(is_ago && is_apposed || is_since) {
            continue;
        }
        let Some((from, to)) = date.days(Some(published.year())) else { continue };
        let (low, high) = (days_between(to, published), days_between(from, published) + 1);
        // Without a year, it may be that of the year before.
        if low < 0 || length.low <= Decimal::from(high) && length.high >= Decimal::from(low) {
            continue;
        }
        let words = |span: Span| span.of(sentence.text);
        let days = if high - low <= 1 { low.to_string() } else { format!("{low} to {high}") };
        let arithmetic = format!(
            "from {} to {published}, when it is published, is {days} days, the draft says {}",
            words(date.span),
            words(mention.words())
        );
        reader.report(mention.words(), &[date.span], arithmetic);
    }
}

/// "The strike, which began on March 3, is now in its 23rd day", against the day of publication.
fn day_of(reader: &mut Reader, sentence: &Sentence<'_>, date: &Written, published: Date) {
    let Some((value, span, noun)) = ordinal(sentence) else { return };
    let (short, long) = match noun {
        "day" => (1, 1),
        "week" => (7, 7),
        "month" => (30, 31),
        _ => return,
    };
    let is_begun = (date.first.saturating_sub(3)..date.first)
        .any(|at| matches!(sentence.told(at), "began" | "begun" | "started" | "since"));
    let is_now = sentence
        .tokens
        .iter()
        .any(|token| matches!(token.span.of(sentence.text), "is" | "now" | "enters" | "entered"));
    let Some((from, to)) =
        date.days(Some(published.year())).filter(|_| is_begun && is_now && date.day.is_some())
    else {
        return;
    };
    let (low, high) = (days_between(to, published) + 1, days_between(from, published) + 1);
    let (first, last) = ((value - 1) * short + 1 - 2, value * long + 2);
    if low <= 0 || first <= high && low <= last {
        return;
    }
    let words = |span: Span| span.of(sentence.text);
    let arithmetic = format!(
        "{published}, when it is published, is day {high} from {}, the draft says {}",
        words(date.span),
        words(span)
    );
    reader.report(span, &[date.span], arithmetic);
}
