//! A direction beside values of several years: "road deaths rose for the second year running: 79 people were killed in 2023,
//! after 83 in 2022 and 88 in 2021".
//!
//! Safe because each value has its year right behind it, the sentence has one verb of direction and no other change, and
//! all values go the other way.

use super::Reader;
use super::calendar::dates;
use super::sentence::{Sentence, What, has_mark};
use super::value::{is_alike, is_value, nominal};
use super::word::Word;
use crate::hedge::Direction;
use crate::mention::{Kind, Mention};
use crate::number::Decimal;

pub(super) fn look(reader: &mut Reader, sentence: &Sentence<'_>) {
    if sentence.numbers.len() < 2 || sentence.dates.len() < 2 {
        return;
    }
    let Some((direction, verb)) = verb(sentence) else { return };
    let dates = dates(sentence);
    let mut values: Vec<(i16, Decimal, &Mention)> = Vec::new();
    for (number, mention) in sentence.numbers.iter().enumerate() {
        let place = sentence.place(number);
        let year = dates.iter().find(|date| {
            let gap = sentence.between(place, date.first);
            date.first > place
                && gap.len() <= 4
                && gap.last().is_some_and(|token| token.what == What::Word(Word::In))
                && !gap.iter().any(|token| matches!(token.what, What::Number(_) | What::Date(_)))
        });
        let is_fit =
            is_value(mention) && mention.kind != Kind::Duration && !mention.is_signed && place > verb;
        match (year.and_then(|date| date.year), nominal(mention)) {
            (Some(year), Some(value)) if is_fit => values.push((year, value, mention)),
            _ => return,
        }
    }
    values.sort_by_key(|(year, ..)| *year);
    let goes = |pair: &[(i16, Decimal, &Mention)]| match pair {
        [(a, old, one), (b, new, other)] => {
            let is_wrong = if direction == Direction::Up { new < old } else { new > old };
            a < b && is_alike(one, other) && is_wrong
        }
        _ => false,
    };
    let is_list = has_mark(&sentence.tokens, &[What::Semicolon]) || sentence.has(&[Word::Rank, Word::Not]);
    if values.len() < 2 || is_list || !values.windows(2).all(goes) {
        return;
    }
    let (Some((.., oldest)), Some((.., newest))) = (values.first(), values.last()) else { return };
    let words = |mention: &Mention| mention.span.of(sentence.text);
    let (is, way) = if direction == Direction::Up { ("below", "a rise") } else { ("above", "a fall") };
    let arithmetic = format!("{} is {is} {}, the draft says that it was {way}", words(newest), words(oldest));
    reader.report(newest.words(), &[oldest.span], arithmetic);
}

/// The one verb of direction.
fn verb(sentence: &Sentence<'_>) -> Option<(Direction, usize)> {
    let mut found = None;
    for place in 0..sentence.tokens.len() {
        let word = sentence.word(place);
        if matches!(word, Word::Rise | Word::Fall) && found.is_none() {
            found = word.direction().map(|direction| (direction, place));
        } else if word.direction().is_some() || word == Word::Verb {
            return None;
        }
    }
    found
}
