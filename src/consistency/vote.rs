//! Votes beside their margin or the number of those who may vote: "a margin of nine votes, 34 to 27", "the 51-member assembly
//! voted 31 to 24".
//!
//! Safe because the votes of both sides stand as a score, and the number of members is joined to "member" or "seat".

use super::sentence::{Sentence, ends_with, has_any};
use super::{Contradiction, Kind, Reader};
use crate::mention::{Exclusion, Mention};
use crate::number::{Decimal, Reading, numeral_at};
use crate::text::Span;
use crate::unit::Unit;

pub(super) fn look(_: &Reader<'_>, sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    let scores = sentence.excluded.iter().filter(|it| it.rule == Exclusion::Score);
    let scores: Vec<Sides> = scores.filter_map(|it| sides(sentence, it.span)).collect();
    hold(sentence, &scores, found);
}

/// The same where both sides are read as numbers: "34 to 27", "a 5-to-4 decision".
pub(super) fn of_mentions(_: &Reader<'_>, sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    hold(sentence, &spoken(sentence), found);
}

/// Where the votes stand, and those of each side.
type Sides = (Span, Decimal, Decimal);

fn hold(sentence: &Sentence<'_>, sides: &[Sides], found: &mut Vec<Contradiction>) {
    let [(score, a, b)] = *sides else { return };
    for (at, number) in sentence.numbers.iter().enumerate() {
        let Reading::One(written) = number.reading else { continue };
        let after = sentence.text.get(number.span.end as usize..).unwrap_or_default();
        let is_body = ["-member", "-seat", "-strong"].iter().any(|word| after.starts_with(word));
        let is_votes = sentence.after(at).trim_start().starts_with("vote");
        let is_margin = (ends_with(sentence.before(at), "margin of") || ends_with(sentence.before(at), "by"))
            && is_votes
            && !has_any(sentence.after(at), &["percent", "points"]);
        let cast = a + b;
        let (is_wrong, arithmetic) = if is_body {
            (cast > written.value, format!("{a} and {b} are {cast} votes of {}", written.value))
        } else if is_margin {
            (
                (a - b).abs() != written.value && (cast - written.value).abs() != Decimal::ZERO,
                format!("{a} less {b} is {}", (a - b).abs()),
            )
        } else {
            continue;
        };
        if is_wrong {
            found.push(Contradiction {
                kind: Kind::Arithmetic,
                stated: number.words(),
                operands: vec![score],
                arithmetic,
                help: None,
            });
        }
    }
}

/// Two sides in mentions: "34 to 27", "a 5-to-4 decision".
fn spoken(sentence: &Sentence<'_>) -> Vec<Sides> {
    let value = |mention: &Mention| match mention.reading {
        Reading::One(written) if mention.unit == Unit::Bare => Some(written.value),
        _ => None,
    };
    let pairs = sentence.numbers.windows(2).enumerate().filter_map(|(at, pair)| {
        let [a, b] = pair else { return None };
        let is_sides = sentence.after(at).trim() == "to" && !ends_with(sentence.before(at), "from");
        is_sides.then_some((a.span.join(b.span), value(a)?, value(b)?))
    });
    let joined = sentence.numbers.iter().filter_map(|mention| {
        let (first, second) = sentence.words(mention.span).split_once("-to-")?;
        let side =
            |words: &str| numeral_at(words, 0).filter(|it| it.end == words.len()).map(|it| it.written.value);
        Some((mention.span, side(first)?, side(second)?))
    });
    pairs.chain(joined).collect()
}

/// The two sides of a score in digits.
fn sides(sentence: &Sentence<'_>, span: Span) -> Option<Sides> {
    let words = sentence.words(span);
    let first = numeral_at(words, 0)?;
    let second = words.get(first.end..)?.find(|c: char| c.is_ascii_digit())? + first.end;
    let second = numeral_at(words, second).filter(|second| second.end == words.len())?;
    Some((span, first.written.value, second.written.value))
}
