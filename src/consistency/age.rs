//! Ages beside years of birth, and anniversaries beside years of foundation: "born in 1951, died in March 2019 at the age of
//! 78", "founded in 1879, … its 125th anniversary in 2024", "at 42, Rikke Aumann (born in 1993) is the youngest head".
//!
//! Safe because "born" or "founded" stands before the first year and nothing else is called an age; the year in which a
//! birthday has not come yet counts.

use jiff::civil::Date;

use super::Reader;
use super::calendar::{Written, ordinal};
use super::sentence::{Sentence, What, has, has_mark};
use super::value::nominal;
use super::word::Word;
use crate::hedge::Hedge;
use crate::mention::Kind;
use crate::number::Decimal;
use crate::text::Span;
use crate::unit::Unit;

pub(super) fn look(reader: &mut Reader, sentence: &Sentence<'_>, dates: &[Written]) {
    match (dates, reader.published) {
        ([first, second], _) => {
            life(reader, sentence, first, second);
            anniversary(reader, sentence, first, second);
        }
        ([born], Some(published)) => age_now(reader, sentence, born, published),
        _ => {}
    }
}

/// "Born in 1951, … died in March 2019 at the age of 78", "born in 1971, was 34 when she won … in 1998".
fn life(reader: &mut Reader, sentence: &Sentence<'_>, first: &Written, second: &Written) {
    let is_born = (first.first.saturating_sub(4)..first.first).any(|at| sentence.word(at) == Word::Born);
    let (Some(from), Some(to)) = (first.year, second.year) else { return };
    if !is_born || to <= from {
        return;
    }
    let mut ages = (0..sentence.numbers.len()).filter(|number| is_age(sentence, *number, second));
    let (Some(number), None) = (ages.next(), ages.next()) else { return };
    let Some(mention) = sentence.number(number) else { return };
    let Some(age) = nominal(mention).filter(|_| mention.hedge == Hedge::Plain) else { return };
    let years = to - from;
    let least = match (first.month, second.month) {
        (Some(birth), Some(event)) if birth < event => years,
        _ => years - 1,
    };
    let most = match (first.month, second.month) {
        (Some(birth), Some(event)) if birth > event => years - 1,
        _ => years,
    };
    if Decimal::from(least) <= age && age <= Decimal::from(most) {
        return;
    }
    let ages = if least == most { least.to_string() } else { format!("{least} or {most}") };
    let words = |span: Span| span.of(sentence.text);
    let arithmetic = format!(
        "born in {}, one is {ages} in {}, the draft says {}",
        words(first.span),
        words(second.span),
        words(mention.span)
    );
    reader.report(mention.words(), &[first.span, second.span], arithmetic);
}

/// "at the age of 78", "aged 78", "was 34 when", "at 34".
fn is_age(sentence: &Sentence<'_>, number: usize, second: &Written) -> bool {
    let Some(mention) = sentence.number(number) else { return false };
    if !matches!(mention.kind, Kind::Number | Kind::Age)
        || mention.kind == Kind::Number && mention.unit != Unit::Bare
    {
        return false;
    }
    let place = sentence.place(number);
    let before = sentence.tokens.get(place.saturating_sub(3)..place).unwrap_or_default();
    let next = sentence.tokens.get(place + 1).map(|token| token.span.of(sentence.text));
    let is_when = sentence.word_before(number, 1) == Some(Word::Be) && matches!(next, Some("when" | "years"));
    let is_said = has(before, &[Word::Age]) || is_when || mention.kind == Kind::Age;
    let near = if place > second.last {
        sentence.between(second.last, place)
    } else {
        sentence.between(place, second.first)
    };
    is_said && near.len() <= 12 && !has_mark(near, &[What::Semicolon])
}

/// "Founded in 1879, the choir celebrated its 125th anniversary in 2024".
fn anniversary(reader: &mut Reader, sentence: &Sentence<'_>, first: &Written, second: &Written) {
    let (Some(from), Some(to), Some((value, span, noun))) = (first.year, second.year, ordinal(sentence))
    else {
        return;
    };
    let begins = [
        "Founded",
        "founded",
        "Opened",
        "opened",
        "Born",
        "born",
        "established",
        "Established",
        "built",
        "Built",
    ];
    let lead = sentence.tokens.get(first.first.saturating_sub(3)..first.first).unwrap_or_default();
    let is_begun = lead.iter().any(|token| begins.contains(&token.span.of(sentence.text)));
    let years = i64::from(to - from);
    if !is_begun
        || !matches!(noun, "anniversary" | "birthday" | "jubilee")
        || (years - value).abs() <= 1
        || years <= 0
    {
        return;
    }
    let words = |span: Span| span.of(sentence.text);
    let arithmetic = format!(
        "from {} to {} is {years} years, the draft says {}",
        words(first.span),
        words(second.span),
        words(span)
    );
    reader.report(span, &[first.span, second.span], arithmetic);
}

/// "At 42, Rikke Aumann (born in 1993) is the youngest head", against the year of publication.
fn age_now(reader: &mut Reader, sentence: &Sentence<'_>, born: &Written, published: Date) {
    let [mention] = sentence.numbers.as_slice() else { return };
    let is_born = (born.first.saturating_sub(3)..born.first).any(|at| sentence.word(at) == Word::Born);
    let is_now = sentence.tokens.iter().any(|token| token.span.of(sentence.text) == "is");
    let is_age = sentence.place(0) == 1
        && sentence.word(0) == Word::At
        && sentence.at(2) == Some(What::Comma)
        && mention.unit == Unit::Bare
        || mention.kind == Kind::Age;
    let (Some(year), Some(age)) = (born.year, nominal(mention)) else { return };
    let years = Decimal::from(published.year() - year);
    if !is_born
        || !is_now
        || !is_age
        || mention.hedge != Hedge::Plain
        || years == age
        || years - Decimal::ONE == age
    {
        return;
    }
    let words = |span: Span| span.of(sentence.text);
    let arithmetic = format!(
        "born in {}, one is {} or {years} in {}, the draft says {}",
        words(born.span),
        years - Decimal::ONE,
        published.year(),
        words(mention.span)
    );
    reader.report(mention.words(), &[born.span], arithmetic);
}
