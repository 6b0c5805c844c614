//! Words that are numbers elsewhere: "one of them", "the first half", "a double murder".

use super::token::word_before;
use super::{Excluded, Exclusion};
use crate::mention::{Kind, Mention};
use crate::number::{is_word, word_at};
use crate::text::{Span, WordTable};
use crate::unit::{Base, Unit, unit_named};

/// Whether a number in a word says no quantity where it stands.
pub(super) fn is_idiom(text: &str, mention: &Mention) -> bool {
    let words = mention.span.of(text);
    if !words.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return false;
    }
    let last = words.rsplit([' ', '-']).next().unwrap_or(words);
    match mention.kind {
        Kind::Number => is_word(words, "one") && is_pronoun(text, mention.span),
        Kind::Multiple if is_word(words, "once") => true,
        // "A double-double": the second of them.
        Kind::Multiple
            if text.as_bytes().get((mention.span.start as usize).wrapping_sub(1)) == Some(&b'-') =>
        {
            NEEDS_OBJECT.get(words).is_some()
        }
        Kind::Multiple => NEEDS_OBJECT.get(words).is_some() && !has_object(text, mention.span),
        Kind::Fraction if is_word(last, "half") => is_half_of_time(text, mention.span, words),
        // "a third term" is one more; "a third of the term" a part.
        Kind::Fraction if is_article_of_part(words) => !has_object(text, mention.span),
        _ => false,
    }
}

/// Whether an article before a word makes one of it, or two, that hardly anybody means as a number: "a dollar", "a mile",
/// "a pair". Times are no numbers at all: "a day".
pub(in crate::mention) fn is_single(word: &str) -> bool {
    is_word(word, "pair")
        || unit_named(word).is_some_and(|named| {
            !word.ends_with(['s', 'S'])
                && word.len() > 1
                && matches!(named.unit, Unit::Of(of) if of.exponent(Base::Day) == 0 && of.exponent(Base::Month) == 0)
        })
}

/// Such an article with its word.
pub(super) fn single_at(text: &str, at: usize) -> Option<Excluded> {
    let article = word_at(text, at);
    let next = at + article.len() + 1;
    let word = word_at(text, next);
    let is_it =
        matches!(article.len(), 1 | 2) && text.as_bytes().get(next - 1) == Some(&b' ') && is_single(word);
    is_it.then(|| Excluded::new(at, next + word.len(), Exclusion::Idiom))
}

/// Verbs of multiplying that are adjectives and nouns too: "double figures", "a triple jump".
static NEEDS_OBJECT: WordTable<(), 6> = WordTable::new([
    ("double", ()),
    ("doubles", ()),
    ("triple", ()),
    ("triples", ()),
    ("treble", ()),
    ("quadruple", ()),
]);

/// What may stand behind a number that multiplies or divides.
static OBJECTS: WordTable<(), 78> = WordTable::new([
    ("yesterday", ()),
    ("off", ()),
    ("with", ()),
    ("into", ()),
    ("up", ()),
    ("down", ()),
    ("against", ()),
    ("below", ()),
    ("above", ()),
    ("but", ()),
    ("before", ()),
    ("if", ()),
    ("when", ()),
    ("while", ()),
    ("who", ()),
    ("which", ()),
    ("during", ()),
    ("each", ()),
    ("every", ()),
    ("a", ()),
    ("an", ()),
    ("not", ()),
    ("will", ()),
    ("would", ()),
    ("can", ()),
    ("could", ()),
    ("may", ()),
    ("has", ()),
    ("went", ()),
    ("came", ()),
    ("today", ()),
    ("shorter", ()),
    ("longer", ()),
    ("smaller", ()),
    ("larger", ()),
    ("bigger", ()),
    ("cheaper", ()),
    ("faster", ()),
    ("the", ()),
    ("its", ()),
    ("their", ()),
    ("his", ()),
    ("her", ()),
    ("our", ()),
    ("that", ()),
    ("what", ()),
    ("this", ()),
    ("those", ()),
    ("last", ()),
    ("from", ()),
    ("in", ()),
    ("to", ()),
    ("by", ()),
    ("as", ()),
    ("since", ()),
    ("over", ()),
    ("of", ()),
    ("more", ()),
    ("less", ()),
    ("fewer", ()),
    ("higher", ()),
    ("lower", ()),
    ("and", ()),
    ("or", ()),
    ("are", ()),
    ("were", ()),
    ("was", ()),
    ("is", ()),
    ("have", ()),
    ("had", ()),
    ("said", ()),
    ("on", ()),
    ("at", ()),
    ("for", ()),
    ("than", ()),
    ("within", ()),
    ("after", ()),
    ("between", ()),
]);

fn has_object(text: &str, span: Span) -> bool {
    let end = span.end as usize;
    match text.as_bytes().get(end) {
        Some(b' ') => {
            let next = word_at(text, end + 1);
            next.is_empty() || OBJECTS.get(next).is_some()
        }
        Some(b'-') => false,
        _ => true,
    }
}

/// "a third", "a quarter", "a fifth", without what is parted.
fn is_article_of_part(words: &str) -> bool {
    let article = word_at(words, 0);
    (is_word(article, "a") || is_word(article, "an")) && words.split([' ', '-']).count() == 2
}

/// "the first half", "half-time", "the half hour".
fn is_half_of_time(text: &str, span: Span, words: &str) -> bool {
    let end = span.end as usize;
    let before = word_before(text, span.start as usize).map_or("", |(word, _)| word);
    let is_joined = text.as_bytes().get(end) == Some(&b'-') && !words.contains(' ');
    let is_one_of_two =
        ["first", "second", "latter", "opening", "final"].iter().any(|which| is_word(before, which));
    let next = word_at(text, end + 1);
    // "They trailed at the half": of a game.
    let is_of_game = is_word(before, "the") && !matches!(next, "of" | "a" | "an" | "that" | "who");
    is_of_game
        || is_joined
        || is_one_of_two
        || ["time", "hour", "marathon", "brother", "sister"].iter().any(|it| is_word(next, it))
}

/// Whether "one" at this place stands for a noun, or is part of a set phrase, and counts nothing.
fn is_pronoun(text: &str, one: Span) -> bool {
    let end = one.end as usize;
    let start = one.start as usize;
    let next = text.as_bytes().get(end).filter(|byte| **byte == b' ').map_or("", |_| word_at(text, end + 1));
    let after_hyphen = text.as_bytes().get(end) == Some(&b'-');
    let before = word_before(text, start).map_or("", |(word, _)| word);
    if after_hyphen {
        return false;
    }
    // "all but one of them", "only one of them"
    if is_word(next, "of") && (is_word(before, "but") || is_word(before, "only")) {
        return false;
    }
    let is_lower = next.starts_with(|first: char| first.is_ascii_lowercase());
    !is_lower || PRONOUN_BEFORE.get(before).is_some() || PRONOUN_AFTER.get(next).is_some()
}

static PRONOUN_BEFORE: WordTable<(), 16> = WordTable::new([
    ("no", ()),
    ("the", ()),
    ("that", ()),
    ("this", ()),
    ("any", ()),
    ("every", ()),
    ("each", ()),
    ("which", ()),
    ("for", ()),
    ("another", ()),
    ("with", ()),
    ("without", ()),
    ("good", ()),
    ("big", ()),
    ("new", ()),
    ("number", ()),
]);

static PRONOUN_AFTER: WordTable<(), 34> = WordTable::new([
    ("of", ()),
    ("another", ()),
    ("day", ()),
    ("that", ()),
    ("who", ()),
    ("which", ()),
    ("can", ()),
    ("could", ()),
    ("has", ()),
    ("had", ()),
    ("is", ()),
    ("was", ()),
    ("may", ()),
    ("might", ()),
    ("would", ()),
    ("should", ()),
    ("thing", ()),
    ("way", ()),
    ("reason", ()),
    ("by", ()),
    ("point", ()),
    ("side", ()),
    ("and", ()),
    ("or", ()),
    ("for", ()),
    ("from", ()),
    ("with", ()),
    ("on", ()),
    ("to", ()),
    ("at", ()),
    ("knows", ()),
    ("does", ()),
    ("as", ()),
    ("more", ()),
]);
