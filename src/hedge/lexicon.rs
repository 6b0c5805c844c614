//! The hedging words, from `lexicon.toml` and a project's settings.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Hedge;
use super::direction::{Direction, Directions};
use super::phrase::{Phrase, Phrases};
use crate::number::word_at;
use crate::text::{Span, WordTable};

/// Words with what they allow, made to be found around a number.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Phrases before a number, by their last word.
    before: Phrases,
    /// Phrases after a number, by their first word.
    after: Phrases,
    directions: Directions,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    before: HashMap<Hedge, Vec<String>>,
    after: HashMap<Hedge, Vec<String>>,
    direction: HashMap<Direction, Vec<String>>,
}

/// Words that may stand between a hedge and its number.
static ARTICLES: WordTable<(), 8> = WordTable::new([
    ("the", ()),
    ("a", ()),
    ("an", ()),
    ("its", ()),
    ("their", ()),
    ("his", ()),
    ("her", ()),
    ("that", ()),
]);

impl Lexicon {
    /// The lexicon that comes with the program.
    ///
    /// # Panics
    /// If the shipped file is malformed, which a test holds it is not.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Lexicon> = LazyLock::new(|| {
            #[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
            let shipped: Shipped =
                toml::from_str(include_str!("lexicon.toml")).expect("lexicon.toml is well-formed");
            let mut lexicon = Lexicon::default();
            for (hedge, phrases) in &shipped.before {
                lexicon.before.extend(phrases.iter().map(|phrase| Phrase::before(phrase, *hedge)));
            }
            for (hedge, phrases) in &shipped.after {
                lexicon.after.extend(phrases.iter().map(|phrase| Phrase::after(phrase, *hedge)));
            }
            for (direction, words) in &shipped.direction {
                lexicon.directions.extend(words.iter().map(|word| (word.as_str(), *direction)));
            }
            lexicon
        });
        &SHIPPED
    }

    /// The same with more phrases before a number; they win over shipped ones of the same words.
    #[must_use]
    pub fn extended<'a>(&self, more: impl IntoIterator<Item = (&'a str, Hedge)>) -> Self {
        let mut lexicon = self.clone();
        lexicon.before.extend(more.into_iter().map(|(words, hedge)| Phrase::before(words, hedge)));
        lexicon
    }

    /// The hedge that ends at byte `at`, white space and one article aside: "more than the |12,700".
    pub fn ending_at(&self, text: &str, at: usize) -> Option<(Hedge, Span)> {
        let (word, start) = word_before(text, at)?;
        if let Some(found) = self.match_back(text, word, start) {
            return Some(found);
        }
        ARTICLES.get(word)?;
        let (word, start) = word_before(text, start)?;
        // "some the" and "c the" are no hedges; "over the 70 days" is a time.
        self.match_back(text, word, start)
            .filter(|_| !["some", "c", "over", "within", "estimated"].contains(&word))
    }

    fn match_back(&self, text: &str, word: &str, start: usize) -> Option<(Hedge, Span)> {
        let end = start + word.len();
        // Many phrases share their last word ("just about", "only about"): the word before it is read once for all.
        let mut second = None;
        self.before.of(word).find_map(|phrase| {
            let mut from = start;
            for other in phrase.others() {
                let (word, at) = if from == start {
                    (*second.get_or_insert_with(|| word_before(text, start)))?
                } else {
                    word_before(text, from)?
                };
                if !word.eq_ignore_ascii_case(other) {
                    return None;
                }
                from = at;
            }
            Some((phrase.hedge(), Span::new(from, end)))
        })
    }

    /// The hedge that begins at byte `at`, white space aside: "5,000| or more", "117,000|+".
    pub fn starting_at(&self, text: &str, at: usize) -> Option<(Hedge, Span)> {
        let (word, start) = word_after(text, at)?;
        self.after.of(word).find_map(|phrase| {
            let mut end = start + word.len();
            for other in phrase.others() {
                let (word, at) = word_after(text, end)?;
                if !word.eq_ignore_ascii_case(other) {
                    return None;
                }
                end = at + word.len();
            }
            Some((phrase.hedge(), Span::new(start, end)))
        })
    }

    /// The hedge that a text without a number is, an article at its end aside: "slightly under the".
    pub fn whole(&self, text: &str) -> Option<(Hedge, Span)> {
        let trimmed = text.trim_end();
        let start = text.len() - text.trim_start().len();
        self.ending_at(trimmed, trimmed.len()).filter(|(_, span)| span.start as usize == start)
    }

    /// The word that says which way the number at `number` (with its hedge) goes: the nearest in its clause, else in
    /// its sentence.
    pub fn direction(&self, sentence: &str, number: Span) -> Option<(Direction, Span)> {
        self.directions.nearest(sentence, number)
    }
}
/// The word, or run of symbols, that ends before `at`, and where it begins.
fn word_before(text: &str, at: usize) -> Option<(&str, usize)> {
    let mut end = at;
    let bytes = text.as_bytes().get(..at)?;
    while let Some(rest) = bytes.get(..end) {
        end -= match rest {
            [.., b' ' | b'\t' | b'\n' | b'\r' | b'(' | b'"'] => 1,
            [.., 0xC2, 0xA0] => 2,
            _ => break,
        };
    }
    let before = text.get(..end)?;
    if !before.ends_with(|last: char| last.is_ascii_alphabetic()) {
        let last = before.chars().next_back()?;
        let start = before.len() - last.len_utf8();
        let is_symbol = matches!(last, '~' | '≈' | '>' | '<' | '≥' | '≤' | '=');
        let pair = before.get(start.saturating_sub(1)..).filter(|pair| matches!(*pair, ">=" | "<="));
        return is_symbol.then(|| {
            pair.map_or((before.get(start..).unwrap_or_default(), start), |pair| (pair, start - 1))
        });
    }
    // A word is short; what is longer is none of ours.
    let from = before.len().saturating_sub(20);
    let bytes = before.as_bytes().get(from..)?;
    let length = bytes.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let start = before.len() - length;
    let joined = before
        .get(..start)
        .is_some_and(|rest| rest.ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '\''));
    (length < 20 && !joined).then(|| (before.get(start..).unwrap_or_default(), start))
}

/// The word, or the plus sign, that begins after `at`, and where.
fn word_after(text: &str, at: usize) -> Option<(&str, usize)> {
    let bytes = text.as_bytes();
    let mut start = at;
    loop {
        start += match bytes.get(start..)? {
            [b' ' | b'\n', ..] => 1,
            [0xC2, 0xA0, ..] => 2,
            _ => break,
        };
    }
    if start == at && bytes.get(start) == Some(&b'+') {
        return Some((text.get(start..=start)?, start));
    }
    let word = word_at(text, start);
    (!word.is_empty()).then_some((word, start))
}
