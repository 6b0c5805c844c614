//! Which two values a change is of.

use super::{APART, Change, Form};
use crate::consistency::pair::{Pair, counts};
use crate::consistency::sentence::{Sentence, Token, What, has, has_mark};
use crate::consistency::value::{is_alike, is_value};
use crate::consistency::word::Word;
use crate::mention::Mention;
use crate::number::word_at;
use crate::unit::Unit;

/// The pair of values that a change is of.
pub(super) fn bound(sentence: &Sentence<'_>, change: &Change, pairs: &[Pair]) -> Option<Pair> {
    let place = sentence.place(change.number);
    if let Some(pair) = compared(sentence, change) {
        return Some(pair);
    }
    // "…, up 8% from 914, now stand at 1,087"
    let is_of = |pair: &&Pair| {
        pair.old != change.number && pair.new != change.number && fits(sentence, change, **pair)
    };
    let is_near = |pair: &&Pair| {
        let (first, last) = (pair.first(), pair.last());
        let gap = if first > change.number {
            let gap = sentence.gap(change.number, first);
            // "48% more than by this point last year, on boats that carry 56, up from 13": of something else.
            if has(gap, &[Word::Than]) && has_mark(gap, &[What::Comma]) {
                return false;
            }
            gap
        } else if last < change.number {
            if change.by_verb && change.form == Form::Part {
                return false;
            }
            sentence.gap(last, change.number)
        } else {
            return true;
        };
        let is_between = |token: &Token| match token.what {
            What::Number(other) => {
                change.form == Form::Part
                    && sentence.number(other).is_some_and(|it| it.unit == Unit::Percent)
                    && other != pair.old
                    && other != pair.new
            }
            _ => false,
        };
        gap.len() <= APART
            && !has_mark(gap, &[What::Semicolon, What::Quote])
            && !has(gap, &[Word::But, Word::Adjusted])
            && !gap.iter().any(is_between)
    };
    let near: Vec<&Pair> = pairs.iter().filter(is_of).filter(is_near).collect();
    match near.as_slice() {
        [] => beside(sentence, change, place)
            .or_else(|| had(sentence, change))
            .or_else(|| meant(sentence, change)),
        [only] => Some(**only),
        several => {
            // The pair that begins next behind the change, or ends last before it.
            let behind =
                several.iter().filter(|pair| pair.first() > change.number).min_by_key(|pair| pair.first());
            let before =
                several.iter().filter(|pair| pair.last() < change.number).max_by_key(|pair| pair.last());
            behind.or(before).map(|pair| **pair)
        }
    }
}

/// Whether values may be those of a change: an amount is of their kind, and points are between percentages.
fn fits(sentence: &Sentence<'_>, change: &Change, pair: Pair) -> bool {
    let (Some(mention), Some(old), Some(new)) =
        (sentence.number(change.number), sentence.number(pair.old), sentence.number(pair.new))
    else {
        return false;
    };
    let is_percent = |value: &Mention| value.unit == Unit::Percent;
    match change.form {
        Form::Points => is_percent(old) || is_percent(new),
        Form::Amount => is_alike(mention, old) && is_alike(mention, new) && !is_percent(old),
        Form::Part | Form::Multiple | Form::Halved => true,
    }
}

/// "… than April's 7.97 billion": the old value behind "than", the new one the first of its kind in the sentence.
fn compared(sentence: &Sentence<'_>, change: &Change) -> Option<Pair> {
    let place = sentence.place(change.number);
    let than = (place + 1..place + 6).find(|at| sentence.word(*at) == Word::Than)?;
    let old = change.number + 1;
    let reach = sentence.between(than, sentence.place(old));
    if sentence.place(old) < than
        || reach.len() > 12
        || has_mark(reach, &[What::Semicolon, What::Open]) && reach.len() > 9
    {
        return None;
    }
    // "than in the same month last year, when there were 453"; a comma ends the comparison otherwise.
    if has(reach, &[Word::And, Word::Or]) || sentence.word(sentence.place(old) + 1).direction().is_some() {
        return None;
    }
    if has_mark(reach, &[What::Comma]) && !(has(reach, &[Word::Be, Word::That]) || reach.len() <= 7) {
        return None;
    }
    // "…, on boats that now carry 56" is of something else.
    let (first, last) = (sentence.tokens.get(than)?, sentence.number(old)?);
    let between = sentence.text.get(first.span.end as usize..last.span.start as usize)?;
    let behind = between.split_once(", ").map_or("", |(_, behind)| word_at(behind, 0));
    if ["on", "in", "with", "for", "from", "by", "to"].contains(&behind) {
        return None;
    }
    let old_value = sentence.number(old)?;
    let new = (0..change.number).rev().filter(|at| {
        let value = sentence.number(*at);
        let is_one_clause = !has_mark(sentence.gap(*at, change.number), &[What::Semicolon, What::Quote]);
        value.is_some_and(|value| {
            is_value(value)
                && is_alike(value, old_value)
                && is_one_clause
                && sentence.word(sentence.place(*at) + 1).direction().is_none()
        })
    });
    // Of several, the first is what all are compared with.
    let new = new.min()?;
    let pair = Pair { old, new, is_strong: false };
    fits(sentence, change, pair).then_some(pair)
}

/// "$217.6 million, up 0.4 percent from $208.9 million": the old value behind, the new one before.
fn beside(sentence: &Sentence<'_>, change: &Change, place: usize) -> Option<Pair> {
    let old = change.number + 1;
    let gap = sentence.gap(change.number, old);
    let (lead, at) = sentence.lead(old)?;
    let is_from = matches!(lead, Word::From);
    if !is_from || at <= place || gap.len() > 6 || has_mark(gap, &[What::Comma, What::Semicolon]) {
        return None;
    }
    let value = sentence.number(old)?;
    let is_new = |index: usize| {
        sentence
            .number(index)
            .is_some_and(|other| is_value(other) && is_alike(other, value) && !counts(sentence, index, value))
    };
    let before = change
        .number
        .checked_sub(1)
        .filter(|index| is_new(*index) && sentence.gap(*index, change.number).len() <= APART);
    let behind = Some(old + 1).filter(|index| {
        let lead = sentence.lead(*index).map(|(word, _)| word);
        is_new(*index)
            && matches!(lead, Some(Word::To | Word::At | Word::Be))
            && sentence.gap(old, *index).len() <= APART
    });
    let pair = Pair { old, new: before.or(behind)?, is_strong: true };
    fits(sentence, change, pair).then_some(pair)
}

/// "down by 3,218 on the year, at 41,655; in 2022 they had come to 45,873": the new value behind the change, the old one
/// behind "had".
fn had(sentence: &Sentence<'_>, change: &Change) -> Option<Pair> {
    let (new, old) = (change.number + 1, change.number + 2);
    let (a, b) = (sentence.number(new)?, sentence.number(old)?);
    let is_new =
        matches!(sentence.lead(new), Some((Word::At | Word::To, at)) if at > sentence.place(change.number));
    let is_old = has(sentence.gap(new, old), &[Word::Had]);
    let is_near = sentence.gap(change.number, new).len() <= 8 && sentence.gap(new, old).len() <= APART;
    let pair = Pair { old, new, is_strong: false };
    (is_new && is_old && is_near && is_value(a) && is_alike(a, b) && fits(sentence, change, pair))
        .then_some(pair)
}

/// "Built for 432 inmates, the jail held 611, 211 more than it was designed for": what something was meant for is the old
/// value, what it holds the new one.
fn meant(sentence: &Sentence<'_>, change: &Change) -> Option<Pair> {
    const MEANT: [&str; 6] = ["designed", "built", "meant", "planned", "licensed", "intended"];
    let place = sentence.place(change.number);
    let is_meant = (place + 1..place + 7).any(|at| MEANT.contains(&sentence.told(at)));
    let (old, new) = (change.number.checked_sub(2)?, change.number.checked_sub(1)?);
    let (a, b) = (sentence.number(old)?, sentence.number(new)?);
    let is_for = matches!(sentence.lead(old), Some((Word::For, _)));
    let pair = Pair { old, new, is_strong: false };
    (is_meant && is_for && old == 0 && is_value(a) && is_alike(a, b) && fits(sentence, change, pair))
        .then_some(pair)
}
