//! One thing as a multiple of another: "five times as many women as men applied: 186 against 62", "at 2,643 hectares, half the
//! size of Lornmoor, which covers 8,127".
//!
//! Safe because "as many as", "more than" and "the size of" compare two things, and the sentence has two values of one kind
//! besides: the first is that of what is compared, the second of what it is compared with.

use super::sentence::{Sentence, What, has_mark};
use super::value::{common, contradicts, is_alike, is_value, ratio, stated, told_interval};
use super::word::Word;
use super::{Reader, Rule};
use crate::mention::{Kind, Mention};
use crate::number::Interval;

pub(super) fn look(reader: &mut Reader, sentence: &Sentence<'_>) {
    for number in 0..sentence.numbers.len() {
        let Some(mention) = sentence.number(number) else { continue };
        if matches!(mention.kind, Kind::Multiple | Kind::Fraction) && compares(sentence, number) {
            check(reader, sentence, number, mention);
        }
    }
}

/// "times as many", "half as large", "half the size of", "three times the number of".
fn compares(sentence: &Sentence<'_>, number: usize) -> bool {
    let place = sentence.place(number);
    let is_as = sentence.word(place + 1) == Word::As
        && (place + 3..place + 9).any(|at| sentence.word(at) == Word::As);
    let is_size = sentence.word(place + 1) == Word::Article
        && sentence.word(place + 2) == Word::Size
        && sentence.word(place + 3) == Word::Of;
    (is_as || is_size) && !(place + 1..place + 6).any(|at| sentence.word(at) == Word::Again)
}

fn check(reader: &mut Reader, sentence: &Sentence<'_>, number: usize, mention: &Mention) {
    let others: Vec<usize> = (0..sentence.numbers.len())
        .filter(|other| *other != number && sentence.number(*other).is_some_and(is_value))
        .collect();
    let [first, second] = others.as_slice() else { return };
    let (Some(a), Some(b)) = (sentence.number(*first), sentence.number(*second)) else { return };
    let gap = sentence.gap(*first, *second);
    // Both behind the multiple, side by side, or one on each side of it.
    let is_beside = *first > number
        && gap.len() <= 4
        && gap.iter().any(|token| {
            matches!(token.what, What::Word(Word::Against | Word::To | Word::And | Word::Compared))
        });
    let is_around = *first < number
        && *second > number
        && !has_mark(gap, &[What::Semicolon])
        && sentence.gap(number, *second).len() <= 12;
    if !(is_beside || is_around) || !is_alike(a, b) || sentence.is_denied(number) {
        return;
    }
    let says = stated(mention, &reader.widths);
    let Some((one, other)) = common(a, b, &reader.widths) else { return };
    let (Some(forth), Some(back)) = (ratio(&one, &other), ratio(&other, &one)) else { return };
    match (contradicts(&says, &forth), contradicts(&says, &back)) {
        (false, true) => return reader.holds(Rule::Ratio, mention, &[a, b]),
        (true, false) => return reader.holds(Rule::Ratio, mention, &[b, a]),
        (false, false) => return,
        (true, true) => {}
    }
    let words = |mention: &Mention| mention.words().of(sentence.text);
    let told = |interval: &Interval| told_interval(interval, 2, "");
    let arithmetic =
        format!("{} is {} times {}, the draft says {}", words(a), told(&forth), words(b), words(mention));
    reader.report(mention.words(), &[a.span, b.span], arithmetic);
}
