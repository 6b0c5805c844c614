//! The hedging words, from `lexicon.toml` and a project's settings.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::Hedge;
use crate::number::word_at;
use crate::text::Span;

/// Words with what they allow, made to be found around a number.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Phrases before a number, by their last word, the longest first.
    before: Vec<Phrase>,
    /// Phrases after a number, by their first word, the longest first.
    after: Vec<Phrase>,
    directions: BTreeMap<String, Direction>,
}

#[derive(Clone, Debug)]
struct Phrase {
    /// The word that is looked up: the last before a number, the first after it.
    key: String,
    /// The others, going away from the number.
    others: Vec<String>,
    hedge: Hedge,
}

/// Which way a change went, by the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// "rose", "more".
    Up,
    /// "fell", "fewer".
    Down,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    before: HashMap<Hedge, Vec<String>>,
    after: HashMap<Hedge, Vec<String>>,
    direction: HashMap<Direction, Vec<String>>,
}

/// How many words a hedge has at the most, with an article: what a look back reads.
const REACH: usize = 6;

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
                lexicon.before.extend(phrases.iter().map(|phrase| Phrase::new(phrase, *hedge, true)));
            }
            for (hedge, phrases) in &shipped.after {
                lexicon.after.extend(phrases.iter().map(|phrase| Phrase::new(phrase, *hedge, false)));
            }
            for (direction, words) in shipped.direction {
                lexicon.directions.extend(words.into_iter().map(|word| (word, direction)));
            }
            lexicon.sort();
            lexicon
        });
        &SHIPPED
    }

    /// The same with more phrases before a number; they win over shipped ones of the same words.
    #[must_use]
    pub fn extended<'a>(&self, more: impl IntoIterator<Item = (&'a str, Hedge)>) -> Self {
        let mut lexicon = self.clone();
        for (words, hedge) in more {
            let phrase = Phrase::new(words, hedge, true);
            lexicon.before.retain(|known| known.key != phrase.key || known.others != phrase.others);
            lexicon.before.push(phrase);
        }
        lexicon.sort();
        lexicon
    }

    fn sort(&mut self) {
        for phrases in [&mut self.before, &mut self.after] {
            phrases.sort_by(|a, b| {
                a.key.cmp(&b.key).then(b.others.len().cmp(&a.others.len())).then(a.others.cmp(&b.others))
            });
        }
    }

    /// The hedge that ends at byte `at`, white space and one article aside: "more than the |12,700".
    pub fn ending_at(&self, text: &str, at: usize) -> Option<(Hedge, Span)> {
        let (word, start) = word_before(text, at)?;
        if let Some(found) = self.match_back(text, word, start) {
            return Some(found);
        }
        let is_article = ["the", "a", "an", "its", "their", "his", "her", "that"]
            .iter()
            .any(|it| word.eq_ignore_ascii_case(it));
        let (word, start) = is_article.then(|| word_before(text, start))??;
        // "some the" and "c the" are no hedges; "over the 70 days" is a time.
        self.match_back(text, word, start)
            .filter(|_| !["some", "c", "over", "within", "estimated"].contains(&word))
    }

    fn match_back(&self, text: &str, word: &str, start: usize) -> Option<(Hedge, Span)> {
        let end = start + word.len();
        candidates(&self.before, word).find_map(|phrase| {
            let mut from = start;
            for other in &phrase.others {
                let (word, at) = word_before(text, from)?;
                if !word.eq_ignore_ascii_case(other) {
                    return None;
                }
                from = at;
            }
            Some((phrase.hedge, Span::new(from, end)))
        })
    }

    /// The hedge that begins at byte `at`, white space aside: "5,000| or more", "117,000|+".
    pub fn starting_at(&self, text: &str, at: usize) -> Option<(Hedge, Span)> {
        let (word, start) = word_after(text, at)?;
        candidates(&self.after, word).find_map(|phrase| {
            let mut end = start + word.len();
            for other in &phrase.others {
                let (word, at) = word_after(text, end)?;
                if !word.eq_ignore_ascii_case(other) {
                    return None;
                }
                end = at + word.len();
            }
            Some((phrase.hedge, Span::new(start, end)))
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
        let clause = clause(sentence, number);
        self.nearest_direction(sentence, clause, number)
            .or_else(|| self.nearest_direction(sentence, Span::new(0, sentence.len()), number))
    }

    fn nearest_direction(&self, sentence: &str, within: Span, number: Span) -> Option<(Direction, Span)> {
        let mut best: Option<(usize, Direction, Span)> = None;
        let mut at = within.start as usize;
        while at < within.end as usize {
            let word = word_at(sentence, at);
            if word.is_empty() {
                at += sentence.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
                continue;
            }
            let span = Span::new(at, at + word.len());
            at += word.len();
            if span.overlaps(number) {
                continue;
            }
            let lower = word.to_ascii_lowercase();
            let Some(direction) = self.directions.get(lower.as_str()) else { continue };
            // "more than" and "less than" compare a number; they say nothing of its way, except after it.
            let compares = matches!(lower.as_str(), "more" | "less" | "fewer" | "higher" | "lower");
            if compares && span.end <= number.start {
                continue;
            }
            let distance =
                if span.end <= number.start { number.start - span.end } else { span.start - number.end };
            if best.is_none_or(|(nearest, ..)| (distance as usize) < nearest) {
                best = Some((distance as usize, *direction, span));
            }
        }
        best.map(|(_, direction, span)| (direction, span))
    }
}

impl Phrase {
    fn new(phrase: &str, hedge: Hedge, is_before: bool) -> Self {
        let mut words: Vec<String> = phrase.split_whitespace().map(str::to_lowercase).collect();
        if is_before {
            words.reverse();
        }
        let mut words = words.into_iter();
        Self { key: words.next().unwrap_or_default(), others: words.take(REACH).collect(), hedge }
    }
}

/// The phrases of a key, the longest first.
fn candidates<'a>(phrases: &'a [Phrase], word: &'a str) -> impl Iterator<Item = &'a Phrase> {
    let order = |key: &str| {
        let lower = |byte: &u8| byte.to_ascii_lowercase();
        key.bytes().cmp(word.as_bytes().iter().map(lower))
    };
    let first = phrases.partition_point(|phrase| order(&phrase.key).is_lt());
    phrases.get(first..).unwrap_or_default().iter().take_while(move |phrase| order(&phrase.key).is_eq())
}

/// The word, or run of symbols, that ends before `at`, and where it begins.
fn word_before(text: &str, at: usize) -> Option<(&str, usize)> {
    let before = text.get(..at)?.trim_end_matches([' ', '\u{a0}', '\t', '\n', '\r', '(', '"']);
    let last = before.chars().next_back()?;
    if !last.is_ascii_alphabetic() {
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
    let rest = text.get(at..)?;
    let start = at + rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\n']).len();
    if text.get(start..)?.starts_with('+') && start == at {
        return Some((text.get(start..=start)?, start));
    }
    let word = word_at(text, start);
    (!word.is_empty()).then_some((word, start))
}

/// The clause that a number stands in: from the last to the next mark that divides clauses. A comma inside a number
/// divides nothing.
fn clause(sentence: &str, number: Span) -> Span {
    let divides = |(at, c): &(usize, char)| match c {
        ';' | ':' | '—' | '(' | ')' => true,
        ',' => sentence.as_bytes().get(at + 1).is_some_and(|next| !next.is_ascii_digit()),
        _ => false,
    };
    let before = sentence.get(..number.start as usize).unwrap_or_default();
    let start = before.char_indices().rfind(divides).map_or(0, |(at, _)| at);
    let after = sentence.get(number.end as usize..).unwrap_or_default();
    let end = after.char_indices().map(|(at, c)| (at + number.end as usize, c)).find(divides);
    Span::new(start, end.map_or(sentence.len(), |(at, _)| at))
}
