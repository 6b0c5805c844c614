//! Changes beside both of their values: "rose 31%, to 4.32 million from 3.81 million", "fell from 1,840 to 1,375, a cut of
//! 34%", "7.3% fewer than the 64,915", "doubled, from 13 to 19", "slipped nine points, to 31% from 44%".
//!
//! Safe because both values are marked as before and after ([`pair`]), the change stands beside them with a word of
//! rising, falling or comparing, and no two other values of the sentence make it true.

mod values;
mod verdict;

use super::Reader;
use super::pair::pairs;
use super::sentence::{Sentence, What, has, has_mark};
use super::value::is_value;
use super::word::Word;
use crate::hedge::Direction;
use crate::mention::{self, Mention};
use crate::unit::Unit;

/// How many tokens may stand between a change and its values.
const APART: usize = 14;

/// A number that says by how much something changed, or is more than something else.
#[derive(Clone, Copy, Debug)]
struct Change {
    /// The number, by index.
    number: usize,
    direction: Option<Direction>,
    form: Form,
    /// It is said by a verb of its own: "grew 4%", not "up 4%", "a cut of 4%", "rising 4%".
    by_verb: bool,
}

/// What a change is given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// "5%", "a third": part of the old value.
    Part,
    /// "doubled", "fivefold": the new value over the old.
    Multiple,
    /// "halved", "half of": the new value over the old, or the part by which it fell; here they are one.
    Halved,
    /// In percentage points.
    Points,
    /// In the unit of the values.
    Amount,
}

pub(super) fn look(reader: &mut Reader, sentence: &Sentence<'_>) {
    let pairs = pairs(sentence);
    let mut last = None;
    for number in 0..sentence.numbers.len() {
        let Some(change) = change(sentence, number, last) else { continue };
        last = Some(change);
        if let Some(pair) = values::bound(sentence, &change, &pairs) {
            verdict::check(reader, sentence, &change, pair);
        }
    }
}

/// The change of a headline, held against the one pair of the first sentence.
pub(super) fn of_headline(reader: &mut Reader, head: &Sentence<'_>, body: &Sentence<'_>, number: &Mention) {
    let Some(change) = change(head, 0, None)
        .filter(|change| matches!(change.form, Form::Part | Form::Multiple | Form::Halved))
    else {
        return;
    };
    let pairs = pairs(body);
    let [pair] = pairs.as_slice() else { return };
    if change.direction.is_none() || number.unit == Unit::Points {
        return;
    }
    // The sentence, with the headline's number beside its own.
    let mut joined = body.numbers.clone();
    joined.push(*number);
    let joined = Sentence {
        text: body.text,
        span: body.span,
        numbers: joined,
        dates: Vec::new(),
        tokens: Vec::new(),
        places: Vec::new(),
        before: Vec::new(),
    };
    let change = Change { number: body.numbers.len(), ..change };
    verdict::check(reader, &joined, &change, *pair);
}

/// Whether a number is a change, by the words around it.
fn change(sentence: &Sentence<'_>, number: usize, last: Option<Change>) -> Option<Change> {
    let mention = sentence.number(number)?;
    let place = sentence.place(number);
    let next = sentence.word(place + 1);
    let form = form(sentence, mention, place)?;
    // "5% a year", "5% each".
    if mention.kind == mention::Kind::Rate
        || matches!(next, Word::Each | Word::Per | Word::Of | Word::Adjusted)
    {
        return None;
    }
    if let Some(direction) = verb_itself(sentence, mention) {
        return Some(Change { number, direction: Some(direction), form, by_verb: true });
    }
    let behind = match next.direction() {
        Some(direction) => Some(direction),
        None => sentence.word(place + 2).direction().filter(|_| next == Word::Plain && form == Form::Amount),
    };
    if let Some(direction) = behind.filter(|_| compares(sentence, place)) {
        return Some(Change { number, direction: Some(direction), form, by_verb: false });
    }
    let (direction, by, by_verb) = before(sentence, place);
    if direction.is_some() {
        // An amount behind a verb alone may be the new value.
        let is_fit = form != Form::Amount || by || mention.kind != mention::Kind::Number;
        return is_fit.then_some(Change { number, direction, form, by_verb });
    }
    // "by 47 animals, or 12%,": the same change once more.
    let last = last.filter(|last| last.number + 1 == number)?;
    let gap = sentence.gap(last.number, number);
    let is_again = gap.len() <= 4 && has(gap, &[Word::Or]) || has_mark(gap, &[What::Open]) && gap.len() <= 3;
    (is_again && form != last.form).then_some(Change {
        number,
        direction: last.direction,
        form,
        by_verb: false,
    })
}

fn form(sentence: &Sentence<'_>, mention: &Mention, place: usize) -> Option<Form> {
    use mention::Kind::{Duration, Fraction, Measure, Money, Multiple, Number, Percent, Points};
    let is_points = |at| sentence.word(at) == Word::Points;
    match mention.kind {
        Points => Some(Form::Points),
        Number | Fraction
            if is_points(place + 1) || sentence.word(place + 1) == Word::Article && is_points(place + 2) =>
        {
            Some(Form::Points)
        }
        Fraction if mention.span.of(sentence.text).eq_ignore_ascii_case("halved") => Some(Form::Halved),
        Fraction if mention.span.of(sentence.text).contains(" in ") => None,
        Percent | Fraction => Some(Form::Part),
        Multiple => Some(Form::Multiple),
        Number | Money | Measure | Duration if is_value(mention) => Some(Form::Amount),
        _ => None,
    }
}

/// "doubled", "halved", "fivefold".
fn verb_itself(sentence: &Sentence<'_>, mention: &Mention) -> Option<Direction> {
    let words = mention.span.of(sentence.text);
    match mention.kind {
        mention::Kind::Multiple
            if words.ends_with("ed") || words.ends_with("ing") || words.ends_with("fold") =>
        {
            Some(Direction::Up)
        }
        mention::Kind::Fraction if words.ends_with("alved") || words.ends_with("alving") => {
            Some(Direction::Down)
        }
        _ => None,
    }
}

/// "… more than", "… taller than": a comparison with a value, not with what is in another sentence.
fn compares(sentence: &Sentence<'_>, place: usize) -> bool {
    (place + 1..place + 6).any(|at| sentence.word(at) == Word::Than)
}

/// The direction before a change, over "by", "of", articles and two other words; whether "by" or "of" stands before it; and
/// whether a finite verb says it.
fn before(sentence: &Sentence<'_>, place: usize) -> (Option<Direction>, bool, bool) {
    let (mut by, mut plain) = (false, 0);
    for at in (place.saturating_sub(6)..place).rev() {
        match sentence.at(at) {
            Some(What::Word(Word::By)) => by = true,
            Some(What::Word(Word::Of)) if sentence.word(at.saturating_sub(1)).direction().is_some() => {
                by = true;
            }
            Some(What::Word(word)) if word.direction().is_some() => {
                let is_noun = matches!(word, Word::Up | Word::Down | Word::Rise | Word::Fall);
                let is_verb = matches!(word, Word::Rise | Word::Fall) && !sentence.told(at).ends_with("ing");
                return (word.direction().filter(|_| is_noun), by, is_verb);
            }
            Some(What::Word(Word::Plain | Word::Be)) => {
                plain += 1;
                if plain > 2 && !by {
                    return (None, by, false);
                }
            }
            Some(What::Hyphen | What::Word(Word::Article)) => {}
            _ => return (None, by, false),
        }
    }
    (None, by, false)
}
