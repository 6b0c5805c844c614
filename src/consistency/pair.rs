//! Two values of one thing, before and after: "from 412 to 467", "to $4.85 from $3.95", "$217.6 million, up from $208.9
//! million", "£48.6m (2022: £31.2m)", "33 percent, compared with 30 percent".

use super::sentence::{Sentence, What, has, has_mark};
use super::value::is_alike;
use super::word::Word;
use crate::mention::{self, Mention};
use crate::unit::Unit;

/// The two values, by index among the sentence's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) old: usize,
    pub(super) new: usize,
    /// Both ends are marked, by "from" and "to": the one became the other.
    pub(super) is_strong: bool,
}

impl Pair {
    pub(super) fn first(self) -> usize {
        self.old.min(self.new)
    }

    pub(super) fn last(self) -> usize {
        self.old.max(self.new)
    }
}

/// How many tokens may stand between two values.
const APART: usize = 16;

/// The pairs of a sentence, in order.
pub(super) fn pairs(sentence: &Sentence<'_>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for first in 0..sentence.numbers.len() {
        // A change, a duration or the like may stand between the two.
        for second in first + 1..sentence.numbers.len().min(first + 4) {
            let (Some(a), Some(b)) = (sentence.number(first), sentence.number(second)) else { continue };
            if sentence.gap(first, second).len() > APART {
                break;
            }
            let is_apart = counts(sentence, first, b) || counts(sentence, second, a);
            if !is_alike(a, b) || is_apart || is_change_like(a) || is_change_like(b) {
                continue;
            }
            if let Some(pair) = pair(sentence, first, second) {
                pairs.push(pair);
                break;
            }
            // The next value of the same kind is the only one that can be meant, but for percentages.
            if a.unit != Unit::Percent {
                break;
            }
        }
    }
    pairs
}

/// Whether a number counts things, which are not in the unit of the other: "two bedrooms, down 5 percent from $1,800".
pub(super) fn counts(sentence: &Sentence<'_>, number: usize, other: &Mention) -> bool {
    let is_bare = sentence.number(number).is_some_and(|mention| mention.unit == Unit::Bare);
    is_bare
        && other.kind == mention::Kind::Money
        && sentence.at(sentence.place(number) + 1) == Some(What::Word(Word::Plain))
}

/// Lengths of time are rarely the values of a change, and often what it took.
fn is_change_like(mention: &Mention) -> bool {
    mention.kind == mention::Kind::Duration
}

fn pair(sentence: &Sentence<'_>, first: usize, second: usize) -> Option<Pair> {
    let gap = sentence.gap(first, second);
    if has_mark(gap, &[What::Semicolon, What::Quote]) {
        return None;
    }
    // "from 19 to 12 million tonnes": whether the scale is that of both is nobody's to say.
    let is_adjoining = matches!(gap, [only] if only.what == What::Word(Word::To));
    if is_adjoining && is_scaled(sentence, second) && !is_scaled(sentence, first) {
        return None;
    }
    // "6 will creep up from 24 to 25": what it went to follows what it came from.
    let after = sentence.gap(second, second + 1);
    let goes_on = matches!(after, [only] if only.what == What::Word(Word::To));
    if goes_on && sentence.lead(second).is_some_and(|(lead, _)| lead == Word::From) {
        return None;
    }
    let forth = |is_strong| Some(Pair { old: first, new: second, is_strong });
    let back = |is_strong| Some(Pair { old: second, new: first, is_strong });
    let lead = sentence.lead(first);
    let (next, place) = sentence.lead(second).unzip();
    let is_inside = place.is_some_and(|place| place > sentence.place(first));
    let word_before =
        place.and_then(|place| place.checked_sub(1)).map_or(Word::Plain, |at| sentence.word(at));
    match (lead, next.filter(|_| is_inside)) {
        // "from $1.98, on revenue that grew 4% to $31 billion" is of two things.
        (Some((Word::From, _)), Some(Word::To)) if has(gap, &[Word::Rise, Word::Fall, Word::That]) => None,
        (Some((Word::From, at)), Some(Word::To)) if !is_range(sentence, at) => forth(true),
        (Some((Word::From, _)), Some(Word::At)) if has(gap, &[Word::Be]) => forth(false),
        (_, Some(Word::Be)) if matches!(lead, Some((Word::From, _))) => forth(false),
        (Some((Word::To | Word::At, _)), Some(Word::From)) => back(true),
        (_, Some(Word::From))
            if word_before.direction().is_some() && has_mark(gap, &[What::Comma, What::Open, What::Dash]) =>
        {
            back(true)
        }
        (_, Some(Word::With | Word::To)) if word_before == Word::Compared => back(false),
        // "$4.21 a year ago, has jumped 45% to $5.02"
        (_, Some(Word::To)) if is_former(sentence, first) && !has(gap, &[Word::And, Word::But]) => {
            forth(false)
        }
        (_, Some(Word::Against)) if !has(gap, &[Word::And, Word::Or]) => back(false),
        (_, Some(Word::From)) if has_mark(gap, &[What::Comma]) => back(false),
        _ if is_bracketed(sentence, first, second) => back(false),
        _ => None,
    }
}

/// "$4.21 a year ago": a value of another time.
fn is_former(sentence: &Sentence<'_>, number: usize) -> bool {
    let place = sentence.place(number);
    matches!(
        (sentence.word(place + 1), sentence.word(place + 2), sentence.word(place + 3)),
        (Word::Back, ..)
            | (Word::Article | Word::Plain, Word::Back, _)
            | (Word::Article, Word::Plain, Word::Back)
    )
}

/// Whether a number has a scale word: "12 million".
fn is_scaled(sentence: &Sentence<'_>, number: usize) -> bool {
    let words = sentence.number(number).map_or("", |mention| mention.span.of(sentence.text));
    words.split(' ').any(|word| crate::unit::scale_named(word).is_some()) || words.ends_with(['m', 'n', 'k'])
}

/// "£48.6m (2022: £31.2m)", "467 (412 a year earlier)".
fn is_bracketed(sentence: &Sentence<'_>, first: usize, second: usize) -> bool {
    let gap = sentence.gap(first, second);
    let opened = gap.iter().rposition(|token| token.what == What::Open);
    let Some(opened) = opened.filter(|at| *at <= 4) else { return false };
    let inside = gap.get(opened + 1..).unwrap_or_default();
    let has_year =
        |tokens: &[super::sentence::Token]| tokens.iter().any(|token| matches!(token.what, What::Date(_)));
    let place = sentence.place(second);
    let behind: Vec<_> = sentence
        .between(place, place + 7)
        .iter()
        .copied()
        .take_while(|token| token.what != What::Close)
        .collect();
    inside.len() <= 3 && has_year(inside)
        || inside.is_empty() && (has(&behind, &[Word::Back]) || has_year(&behind))
}

/// "ranging from 12 to 19", "aged from 12 to 19".
fn is_range(sentence: &Sentence<'_>, from: usize) -> bool {
    let before = from.saturating_sub(4)..from;
    before.into_iter().any(|at| matches!(sentence.word(at), Word::Range | Word::Age))
}
