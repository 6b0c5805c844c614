//! A direction beside two values that go the other way: "fell to 6.8% from 6.1%", "at 412 metres, shorter than the old one,
//! which spans 387".
//!
//! Safe because both values are marked by "from" and "to", the verb is the last one before them, and rankings and negative
//! numbers, whose better end is the lower one, are left alone.

use super::pair::{Pair, pairs};
use super::sentence::{Sentence, What, has};
use super::value::{common, is_value, nominal};
use super::word::Word;
use super::{Contradiction, Reader};
use crate::hedge::Direction;
use crate::mention::{self, Mention};
use crate::number::Decimal;
use crate::unit::Unit;

/// How many tokens may stand between a verb and the values that it is of.
const APART: usize = 14;

pub(super) fn look(reader: &mut Reader, sentence: &Sentence<'_>) {
    if sentence.has(&[Word::From]) {
        for pair in pairs(sentence) {
            wrong_way(reader, sentence, pair);
        }
    }
    wrong_comparison(reader, sentence);
}

/// "fell to 6.8% from 6.1%".
fn wrong_way(reader: &mut Reader, sentence: &Sentence<'_>, pair: Pair) {
    if !pair.is_strong || sentence.has(&[Word::Rank]) || sentence.is_denied(pair.first()) {
        return;
    }
    let (Some(old), Some(new)) = (sentence.number(pair.old), sentence.number(pair.new)) else { return };
    let Some((before, after)) = common(old, new, &reader.widths) else { return };
    let is_negative =
        |mention: &Mention| mention.is_signed || nominal(mention).is_none_or(|value| value < Decimal::ZERO);
    if is_negative(old) || is_negative(new) {
        return;
    }
    // A change of both values that goes the wrong way says it already.
    let says_both = |it: &Contradiction| it.operands.contains(&old.span) && it.operands.contains(&new.span);
    if reader.found.iter().rev().take(4).any(says_both) {
        return;
    }
    let Some(direction) = verb_of(sentence, pair) else { return };
    let (higher, lower) = if direction == Direction::Up { (after, before) } else { (before, after) };
    let (Some(high), Some(low)) = (higher.high().value(), lower.low().value()) else { return };
    if high >= low {
        return;
    }
    let way = if direction == Direction::Up { "a rise" } else { "a fall" };
    let is = if direction == Direction::Up { "below" } else { "above" };
    let words = |mention: &Mention| mention.span.of(sentence.text);
    let arithmetic = format!("{} is {is} {}, the draft says that it was {way}", words(new), words(old));
    reader.report(new.words(), &[old.span], arithmetic);
}

/// "At 412 metres, the bridge will be shorter than the old one, which spans 387 metres".
///
/// Safe because "at" gives the measure of what the sentence is about, and the only other one is that of what it is compared
/// with.
fn wrong_comparison(reader: &mut Reader, sentence: &Sentence<'_>) {
    let [a, b] = sentence.numbers.as_slice() else { return };
    let is_opening =
        sentence.place(0) == 1 && sentence.word(0) == Word::At && sentence.at(2) == Some(What::Comma);
    let gap = sentence.gap(0, 1);
    let than = gap.iter().position(|token| token.what == What::Word(Word::Than));
    let word = than.and_then(|at| at.checked_sub(1)).and_then(|at| gap.get(at)).map(|token| token.what);
    let (Some(What::Word(word @ (Word::More | Word::Less))), Some(than)) = (word, than) else { return };
    let is_measure = a.kind == mention::Kind::Measure && a.unit == b.unit && !a.is_signed && !b.is_signed;
    if !is_opening || !is_measure || gap.len() - than > 12 || has(gap, &[Word::Not, Word::And, Word::But]) {
        return;
    }
    let Some((one, other)) = common(a, b, &reader.widths) else { return };
    let (higher, lower) = if word == Word::More { (one, other) } else { (other, one) };
    if higher.high().value().zip(lower.low().value()).is_none_or(|(high, low)| high >= low) {
        return;
    }
    let words = |mention: &Mention| mention.span.of(sentence.text);
    let is = if word == Word::More { "below" } else { "above" };
    reader.report(a.words(), &[b.span], format!("{} is {is} {}", words(a), words(b)));
}

/// The verb of direction that the pair belongs to.
fn verb_of(sentence: &Sentence<'_>, pair: Pair) -> Option<Direction> {
    let first = sentence.place(pair.first());
    // "at 3.1%, up from 4.2%"
    if pair.new < pair.old {
        let gap = sentence.gap(pair.new, pair.old);
        let from = gap.iter().position(|token| token.what == What::Word(Word::From))?;
        let up = from.checked_sub(1).and_then(|at| gap.get(at));
        if let Some(What::Word(word @ (Word::Up | Word::Down))) = up.map(|token| token.what) {
            return word.direction();
        }
    }
    let mut commas = 0;
    for at in (first.saturating_sub(APART)..first).rev() {
        match sentence.at(at)? {
            What::Word(word @ (Word::Rise | Word::Fall)) => {
                let told = sentence.told(at);
                let is_attribute = told.ends_with("ing") && sentence.word(at + 1) == Word::Plain;
                return word.direction().filter(|_| !is_attribute);
            }
            What::Word(Word::Verb | Word::Up | Word::Down | Word::But | Word::And | Word::Change) => {
                return None;
            }
            What::Word(Word::Plain) if sentence.told(at).ends_with("ed") => return None,
            What::Semicolon | What::Colon | What::Open | What::Close => return None,
            What::Comma => {
                commas += 1;
                if commas > 2 {
                    return None;
                }
            }
            What::Number(number) => {
                let is_change = sentence.number(number).is_some_and(|mention| {
                    !is_value(mention) || matches!(mention.kind, mention::Kind::Duration)
                });
                let is_by = sentence.word_before(number, 1) == Some(Word::By);
                let is_percent = sentence.number(number).is_some_and(|mention| mention.unit == Unit::Percent);
                if !is_change && !is_by && !is_percent {
                    return None;
                }
            }
            _ => {}
        }
    }
    None
}
