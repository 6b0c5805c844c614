//! Ranges that cannot be: "between 24 and 18", and a member outside: "the bids ranged from $1.9 million to $3.4 million; the
//! winning bid was $4.3 million".
//!
//! Safe because "between" has the smaller number first in every style guide, negative numbers apart, and because the same
//! noun stands before the range and before the number outside.

use super::Reader;
use super::sentence::{Sentence, Token, What};
use super::value::{is_alike, nominal, operand};
use super::word::Word;
use crate::mention::Mention;
use crate::number::{Decimal, Reading};
use crate::text::Span;

pub(super) fn look(reader: &mut Reader, sentence: &Sentence<'_>) {
    for number in &sentence.numbers {
        turned(reader, sentence, number);
    }
    average(reader, sentence);
    outside(reader, sentence);
    for low in 0..sentence.numbers.len().saturating_sub(1) {
        spread(reader, sentence, low);
    }
}

/// "between 24 and 18".
fn turned(reader: &mut Reader, sentence: &Sentence<'_>, number: &Mention) {
    let Reading::Range(low, high) = number.reading else { return };
    let words = number.span.of(sentence.text);
    let is_between = words.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("between"));
    let smaller = low.value - low.step / Decimal::TWO;
    if !is_between || high.value < Decimal::ZERO || smaller <= high.value + high.step / Decimal::TWO {
        return;
    }
    let arithmetic = format!("{} is more than {}", low.value.normalize(), high.value.normalize());
    reader.report_with(
        number.words(),
        &[],
        arithmetic,
        Some("a range has its smaller number first".to_owned()),
    );
}

/// "ranged from a to b; the winning bid was c" where "from a to b" is one number.
fn outside(reader: &mut Reader, sentence: &Sentence<'_>) {
    for number in 0..sentence.numbers.len().saturating_sub(1) {
        let (Some(range), Some(member)) = (sentence.number(number), sentence.number(number + 1)) else {
            continue;
        };
        let (Reading::Range(low, high), Reading::One(value)) = (range.reading, member.reading) else {
            continue;
        };
        let place = sentence.place(number);
        let verb = (place.saturating_sub(4)..place).find(|at| sentence.word(*at) == Word::Range);
        let is_one = range.unit == member.unit && range.factor == member.factor && low.value <= high.value;
        let half = |step: Decimal| step / Decimal::TWO;
        let is_outside = value.value - half(value.step) > high.value + half(high.step)
            || value.value + half(value.step) < low.value - half(low.step);
        let noun = verb.and_then(|verb| noun_before(sentence, verb));
        if is_one
            && is_outside
            && noun.is_some_and(|noun| is_member(sentence.gap(number, number + 1), sentence, noun))
        {
            let words = |mention: &Mention| mention.span.of(sentence.text);
            let arithmetic = format!("{} lies outside the range {}", words(member), words(range));
            reader.report(member.words(), &[range.span], arithmetic);
        }
    }
}

/// "; the winning bid was": a clause about one of the things that the range is of.
fn is_member(gap: &[Token], sentence: &Sentence<'_>, noun: &str) -> bool {
    let is_clause = gap.iter().any(|token| matches!(token.what, What::Semicolon | What::Dash | What::Comma));
    let is_named = gap.windows(2).any(|pair| match pair {
        [of, verb] => verb.what == What::Word(Word::Be) && is_same_noun(of.span.of(sentence.text), noun),
        _ => false,
    });
    is_clause && is_named && gap.len() <= 10
}

/// "waited between 12 and 39 days, and 47 days on average": an average outside of the range.
fn average(reader: &mut Reader, sentence: &Sentence<'_>) {
    let [range, average] = sentence.numbers.as_slice() else { return };
    let (Reading::Range(low, high), Reading::One(value)) = (range.reading, average.reading) else { return };
    let place = sentence.place(1);
    let is_average = (place.saturating_sub(3)..place).any(|at| sentence.word(at) == Word::Average)
        || sentence.word(place + 1) == Word::On && sentence.word(place + 2) == Word::Average;
    let is_one = range.unit == average.unit && range.factor == average.factor && low.value <= high.value;
    let is_outside = value.value - value.step > high.value || value.value + value.step < low.value;
    let gap = sentence.gap(0, 1);
    if !is_average
        || !is_one
        || !is_outside
        || gap.len() > 6
        || sentence.has(&[Word::Some, Word::Other, Word::Compared])
    {
        return;
    }
    let words = |mention: &Mention| mention.span.of(sentence.text);
    let arithmetic = format!("the average, {}, lies outside the range {}", words(average), words(range));
    reader.report(average.words(), &[range.span], arithmetic);
}

/// "ranged from a to b": turned round, or with a member outside.
fn spread(reader: &mut Reader, sentence: &Sentence<'_>, low: usize) {
    let high = low + 1;
    let (Some(a), Some(b)) = (sentence.number(low), sentence.number(high)) else { return };
    let Some((Word::From, from)) = sentence.lead(low) else { return };
    let range = (from.saturating_sub(3)..from).find(|at| sentence.word(*at) == Word::Range);
    let is_to = matches!(sentence.lead(high), Some((Word::To, place)) if place > sentence.place(low));
    let Some(range) = range.filter(|_| is_to && is_alike(a, b)) else { return };
    let (Some(least), Some(most)) = (nominal(a), nominal(b)) else { return };
    if least < Decimal::ZERO || most < Decimal::ZERO || least > most {
        // "from the highest to the lowest" is an order that some writers choose.
        return;
    }
    let other = high + 1;
    let Some(outside) = sentence.number(other).filter(|other| is_alike(other, b)) else { return };
    let Some(noun) = noun_before(sentence, range) else { return };
    let gap = sentence.gap(high, other);
    let value = operand(outside, &reader.widths);
    let (bottom, top) = (operand(a, &reader.widths), operand(b, &reader.widths));
    let is_above = value.low().value().zip(top.high().value()).is_some_and(|(value, top)| value > top);
    let is_below =
        value.high().value().zip(bottom.low().value()).is_some_and(|(value, bottom)| value < bottom);
    if !is_member(gap, sentence, noun) || !(is_above || is_below) {
        return;
    }
    let words = |span: Span| span.of(sentence.text);
    let arithmetic = format!(
        "{} lies outside the range from {} to {}",
        words(outside.words()),
        words(a.span),
        words(b.span)
    );
    reader.report(outside.words(), &[a.span, b.span], arithmetic);
}

/// The plural noun nearest before a verb.
fn noun_before<'t>(sentence: &Sentence<'t>, place: usize) -> Option<&'t str> {
    (0..place).rev().map(|at| sentence.told(at)).find(|word| word.len() > 3 && word.ends_with('s'))
}

/// Whether a word is the noun, in the singular or plural.
fn is_same_noun(word: &str, plural: &str) -> bool {
    let stem = |word: &str| word.trim_end_matches('s').to_ascii_lowercase();
    word.len() > 2 && stem(word) == stem(plural)
}
