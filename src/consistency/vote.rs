//! Votes beside their margin and beside the number of those who may vote: "a margin of nine votes, 34 to 27", "the 51-member
//! assembly voted 31 to 24", "in the 87-seat parliament the coalition has 46 seats and the opposition 39".
//!
//! Safe because the votes of both sides stand as "a to b", the body's size is joined to "member" or "seat", and more votes
//! than members cannot be. Fewer are absent members, and never reported.

use super::Reader;
use super::sentence::{Sentence, What, has};
use super::value::nominal;
use super::word::Word;
use crate::mention::{Kind, Mention};
use crate::number::{Decimal, numeral_at};
use crate::text::Span;
use crate::unit::Unit;

/// The votes of two sides.
#[derive(Clone, Copy, Debug)]
struct Tally {
    span: Span,
    a: Decimal,
    b: Decimal,
    /// The tokens that it covers.
    first: usize,
    last: usize,
}

pub(super) fn look(reader: &mut Reader, sentence: &Sentence<'_>) {
    let size = (0..sentence.numbers.len()).find(|number| is_size(sentence, *number));
    let margin = (0..sentence.numbers.len()).find(|number| is_margin(sentence, *number));
    if size.is_none() && margin.is_none() {
        return;
    }
    let tallies = tallies(sentence);
    if let [tally] = tallies.as_slice() {
        if let Some(number) = margin {
            check_margin(reader, sentence, number, tally);
        }
        if let Some(number) = size {
            check_size(reader, sentence, number, Some(tally));
        }
    } else if let (Some(number), []) = (size, tallies.as_slice()) {
        check_size(reader, sentence, number, None);
    }
}

fn is_count(mention: &Mention) -> bool {
    mention.kind == Kind::Number
        && mention.unit == Unit::Bare
        && nominal(mention).is_some_and(|value| value.is_integer())
}

/// "51-member", "87-seat", "which has 63 seats".
fn is_size(sentence: &Sentence<'_>, number: usize) -> bool {
    let place = sentence.place(number);
    let Some(mention) = sentence.number(number) else { return false };
    let is_joined = sentence.at(place + 1) == Some(What::Hyphen) && sentence.word(place + 2) == Word::Member;
    let is_having = sentence.word(place + 1) == Word::Member
        && place.checked_sub(2).is_some_and(|at| {
            sentence.word(at) == Word::That && matches!(sentence.told(at + 1), "has" | "have" | "had")
        });
    is_count(mention) && (is_joined || is_having)
}

/// "a margin of nine votes", "by 1,318 votes".
fn is_margin(sentence: &Sentence<'_>, number: usize) -> bool {
    let place = sentence.place(number);
    let is_votes = sentence.word(place + 1) == Word::Vote
        || sentence.at(place + 1) == Some(What::Hyphen) && sentence.word(place + 2) == Word::Vote;
    let back = |at: usize| sentence.word_before(number, at);
    let is_margin = back(1) == Some(Word::Of) && back(2) == Some(Word::Change)
        || sentence.at(place + 1) == Some(What::Hyphen) && sentence.word(place + 3) == Word::Change;
    sentence.number(number).is_some_and(is_count) && (is_margin || is_votes && back(1) == Some(Word::By))
}

/// "34 to 27", "31 to 24" as a score, "40 votes to 21", "5-to-4".
fn tallies(sentence: &Sentence<'_>) -> Vec<Tally> {
    let mut tallies = Vec::new();
    for (place, token) in sentence.tokens.iter().enumerate() {
        match token.what {
            What::Date(_) => {
                if let Some((a, b)) = sides(token.span.of(sentence.text)) {
                    tallies.push(Tally { span: token.span, a, b, first: place, last: place });
                }
            }
            What::Number(number) => {
                let Some(mention) = sentence.number(number) else { continue };
                if matches!(mention.kind, Kind::Multiple | Kind::Fraction)
                    && let Some((a, b)) = sides(mention.span.of(sentence.text))
                {
                    tallies.push(Tally { span: mention.span, a, b, first: place, last: place });
                }
                let Some(other) = sentence.number(number + 1) else { continue };
                let gap = sentence.gap(number, number + 1);
                let is_to = match gap {
                    [to] => to.what == What::Word(Word::To),
                    [votes, to] => votes.what == What::Word(Word::Vote) && to.what == What::Word(Word::To),
                    _ => false,
                };
                let is_from = sentence.word_before(number, 1) == Some(Word::From);
                if let (true, Some(a), Some(b)) = (
                    is_to && !is_from && is_count(mention) && is_count(other),
                    nominal(mention),
                    nominal(other),
                ) {
                    tallies.push(Tally {
                        span: mention.span.join(other.span),
                        a,
                        b,
                        first: place,
                        last: sentence.place(number + 1),
                    });
                }
            }
            _ => {}
        }
    }
    tallies
}

/// The two sides of a score: "31 to 24", "5-4", "5-to-4".
fn sides(words: &str) -> Option<(Decimal, Decimal)> {
    let first = numeral_at(words, 0)?;
    let rest = words.get(first.end..)?;
    let at = rest.find(|c: char| c.is_ascii_digit())?;
    let joint = rest.get(..at)?.trim_matches([' ', '-', '–', '—']);
    let second = numeral_at(words, first.end + at).filter(|second| second.end == words.len())?;
    let is_pair = (joint.is_empty() || joint == "to")
        && first.written.value.is_integer()
        && second.written.value.is_integer();
    is_pair.then_some((first.written.value, second.written.value))
}

fn check_margin(reader: &mut Reader, sentence: &Sentence<'_>, number: usize, tally: &Tally) {
    let place = sentence.place(number);
    let Some(mention) = sentence.number(number) else { return };
    let Some(margin) = nominal(mention) else { return };
    let gap = if place < tally.first {
        sentence.between(place, tally.first)
    } else {
        sentence.between(tally.last, place)
    };
    let margin_of = tally.a - tally.b;
    // "by nine votes to seven" is no margin; nor is a majority over what was needed.
    if margin_of.abs() == margin
        || gap.len() > 7
        || (tally.first..=tally.last).contains(&place)
        || mention.hedge != crate::hedge::Hedge::Plain
    {
        return;
    }
    let arithmetic = format!(
        "{} less {} is {}, the draft says {}",
        tally.a,
        tally.b,
        margin_of.abs(),
        mention.words().of(sentence.text)
    );
    reader.report(mention.words(), &[tally.span], arithmetic);
}

/// More votes, or seats, than there are members.
fn check_size(reader: &mut Reader, sentence: &Sentence<'_>, size: usize, tally: Option<&Tally>) {
    let Some(mention) = sentence.number(size) else { return };
    let Some(members) = nominal(mention) else { return };
    let place = sentence.place(size);
    let is_moving = sentence.tokens.iter().any(|token| {
        matches!(token.what, What::Word(word) if word.direction().is_some() || matches!(word, Word::From | Word::Than | Word::Of | Word::Change))
    });
    let mut cast = Decimal::ZERO;
    let mut operands = Vec::new();
    if let Some(tally) = tally {
        cast += tally.a + tally.b;
        operands.push(tally.span);
    }
    for (number, other) in sentence.numbers.iter().enumerate() {
        let at = sentence.place(number);
        if number == size
            || tally.is_some_and(|tally| (tally.first..=tally.last).contains(&at))
            || !is_count(other)
        {
            continue;
        }
        let behind = sentence.tokens.get(at + 1..).unwrap_or_default();
        let behind = behind.get(..3).unwrap_or(behind);
        let is_rest = behind.iter().any(|token| {
            matches!(
                token.span.of(sentence.text),
                "abstained" | "abstentions" | "abstaining" | "abstention" | "absent" | "vacant" | "abstain"
            )
        });
        let is_holding =
            tally.is_none() && (has(behind, &[Word::Member]) || holds(sentence, number, place) || is_rest);
        if tally.is_some() && is_rest || is_holding {
            cast += nominal(other).unwrap_or_default();
            operands.push(other.span);
        } else if tally.is_none() {
            return;
        }
    }
    if tally.is_none() && (is_moving || operands.len() < 2) || cast <= members {
        return;
    }
    let arithmetic = format!(
        "{} are more than {}",
        told_votes(cast, sentence, &operands),
        mention.words().of(sentence.text)
    );
    reader.report(mention.words(), &operands, arithmetic);
}

fn told_votes(cast: Decimal, sentence: &Sentence<'_>, operands: &[Span]) -> String {
    let names: Vec<&str> = operands.iter().map(|span| span.of(sentence.text)).collect();
    format!("{}, together {cast},", super::parts::list(&names))
}

/// "the opposition 39": a bare number behind a number of seats.
fn holds(sentence: &Sentence<'_>, number: usize, size: usize) -> bool {
    let place = sentence.place(number);
    place > size
        && number > 0
        && matches!(
            sentence.at(place + 1),
            None | Some(What::Comma | What::Semicolon | What::Word(Word::And))
        )
        && sentence.word(place.saturating_sub(1)) == Word::Plain
}
