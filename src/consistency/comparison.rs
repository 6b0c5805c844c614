//! Comparisons beside both of their values: "8.14 billion, 2.1% more than April's 7.97 billion", "shorter than the old one, which
//! spans 387 metres".
//!
//! Safe because the smaller or greater value is marked by "than" or "from", and nothing else of its unit comes between.

use super::band::{Band, may_say, percent, plain};
use super::change::{APART, is_no_value};
use super::sentence::{Sentence, alike, count, ends_with, has_any, has_word, shared};
use super::{Contradiction, Kind, Reader};
use crate::mention::{self, Mention};
use crate::number::Decimal;
use crate::unit::Unit;

/// What a comparison says: more, or less.
const MORE: [&str; 12] = [
    "more", "higher", "taller", "longer", "heavier", "larger", "bigger", "above", "up", "older", "wider",
    "deeper",
];
const LESS: [&str; 10] =
    ["less", "fewer", "lower", "shorter", "lighter", "smaller", "below", "down", "younger", "cheaper"];

/// "8.14 billion, 2.1% more than April's 7.97 billion", "28 nests, 14 fewer than the 45 of last year", "$217.6 million, up 0.4
/// percent from $208.9 million".
pub(super) fn look(reader: &Reader<'_>, sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    found.extend(comparative(reader, sentence));
    let mut is_base = vec![false; sentence.numbers.len()];
    for at in 0..sentence.numbers.len().saturating_sub(1) {
        let (Some(change), Some(base)) = (sentence.numbers.get(at), sentence.numbers.get(at + 1)) else {
            continue;
        };
        let Some(is_more) = way(sentence, at) else { continue };
        if is_no_value(base)
            || is_no_value(change)
            || base.unit.is_ratio()
            || sentence.after(at).contains(';')
        {
            continue;
        }
        if let Some(is_base) = is_base.get_mut(at + 1) {
            *is_base = true;
        }
        let is_subject = |at: &usize| {
            is_base.get(*at) != Some(&true)
                && sentence.numbers.get(*at).is_some_and(|it| {
                    alike(it, base) && !it.unit.is_ratio() && !is_no_value(it) && it.span != change.span
                })
        };
        let before = (0..at).rev().find(is_subject);
        // "Rents, up 8% from €914, now stand at €1,087"
        let behind = || {
            Some(at + 2).filter(is_subject).filter(|_| {
                sentence.numbers.len() == at + 3
                    && has_any(sentence.after(at + 1), &["stand", "stands", "stood", "now"])
            })
        };
        let Some(subject) = before.or_else(behind).and_then(|at| sentence.numbers.get(at)) else { continue };
        let (base, subject) = shared(sentence.text, base, subject);
        found.extend(compares(reader, sentence, change, &subject, &base, is_more));
    }
}

/// Whether the number at a place is more, or less, than the next; `None` where it is no comparison.
fn way(sentence: &Sentence<'_>, at: usize) -> Option<bool> {
    let link = sentence.after(at);
    // Words that are quoted are not the writer's own.
    if link.contains(['"', ':']) {
        return None;
    }
    let says = |passage: &str| {
        if has_any(passage, &MORE) {
            Some(true)
        } else if has_any(passage, &LESS) {
            Some(false)
        } else {
            None
        }
    };
    if has_word(link, "than") && count(link) <= APART + 4 {
        return says(link);
    }
    let lead = sentence.before(at);
    let is_from = link.trim() == "from" || link.trim() == "on";
    let last = super::sentence::words(lead).last()?;
    if is_from { says(last) } else { None }
}

fn compares(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    change: &Mention,
    subject: &Mention,
    base: &Mention,
    is_more: bool,
) -> Option<Contradiction> {
    let plural = |mention: &Mention| sentence.noun(mention).filter(|noun| noun.ends_with('s'));
    let other_noun = subject.unit == Unit::Bare
        && plural(subject).zip(plural(base)).is_some_and(|(one, other)| one != other);
    let (before, after) =
        (Band::of_mention(base, &reader.widths)?, Band::of_mention(subject, &reader.widths)?);
    let is_relative = matches!(change.kind, mention::Kind::Percent);
    let difference = after.minus(before)?;
    let (value, told) = if is_relative {
        let relative = after.over(before)?.minus(Band::point(Decimal::ONE))?;
        (relative, percent(if is_more { relative } else { negative(relative) }))
    } else if alike(change, base) && !change.unit.is_ratio() {
        (difference, plain(if is_more { difference } else { negative(difference) }))
    } else {
        return None;
    };
    let signed = if is_more { value } else { negative(value) };
    if other_noun || signed.high < Decimal::ZERO || may_say(change, signed.size(), &reader.widths) {
        return None;
    }
    let (subject, more) = (sentence.words(subject.span), if is_more { "more" } else { "less" });
    Some(Contradiction {
        kind: Kind::Arithmetic,
        stated: change.words(),
        operands: vec![base.span],
        arithmetic: format!("{subject} is {told} {more} than {}", sentence.words(base.span)),
        help: None,
    })
}

fn negative(band: Band) -> Band {
    Band { low: -band.high, high: -band.low }
}

/// "At 412 metres, the bridge will be shorter than the old one, which spans 387 metres."
fn comparative(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Option<Contradiction> {
    let [a, b] = sentence.numbers else { return None };
    let link = sentence.after(0);
    let words = [
        "taller", "longer", "heavier", "larger", "bigger", "older", "wider", "deeper", "shorter", "lighter",
        "smaller", "cheaper", "younger",
    ];
    let word = super::sentence::words(link).find(|word| words.contains(word))?;
    let is_than =
        link.contains(&format!("{word} than")) && !has_any(link, &["not", "no", "nor", "times", "percent"]);
    let at_start = ends_with(sentence.before(0), "at");
    let is_more = MORE.contains(&word);
    let (first, second) = (Band::of_mention(a, &reader.widths)?, Band::of_mention(b, &reader.widths)?);
    let is_wrong = if is_more { first.high < second.low } else { first.low > second.high };
    let is_measure = a.kind == b.kind && a.unit == b.unit && a.unit != Unit::Bare;
    (is_than && at_start && is_measure && is_wrong).then(|| Contradiction {
        kind: Kind::Arithmetic,
        stated: a.words(),
        operands: vec![b.span],
        arithmetic: format!("{} is not {word} than {}", sentence.words(a.span), sentence.words(b.span)),
        help: None,
    })
}
