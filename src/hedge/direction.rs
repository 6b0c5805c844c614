//! The words that say which way a change went.

use crate::number::word_at;
use crate::text::{Key, Sieve, Span};

/// Which way a change went, by the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// "rose", "more".
    Up,
    /// "fell", "fewer".
    Down,
}

/// Direction words, of at most 15 letters each.
#[derive(Clone, Debug, Default)]
pub(super) struct Directions {
    sieve: Sieve,
    /// Sorted by key.
    words: Vec<(Key, Direction)>,
}

impl Directions {
    pub(super) fn extend<'a>(&mut self, more: impl Iterator<Item = (&'a str, Direction)>) {
        for (word, direction) in more {
            self.sieve.admit(word);
            self.words.extend(Key::of(word).map(|key| (key, direction)));
        }
        self.words.sort_unstable_by_key(|(key, _)| *key);
    }

    fn of(&self, word: &str) -> Option<Direction> {
        if !self.sieve.admits(word) {
            return None;
        }
        let key = Key::of(word)?;
        let at = self.words.binary_search_by_key(&key, |(known, _)| *known).ok()?;
        self.words.get(at).map(|(_, direction)| *direction)
    }

    /// The direction word nearest to a number in its clause, else in its sentence.
    pub(super) fn nearest(&self, sentence: &str, number: Span) -> Option<(Direction, Span)> {
        let mut clause_of_number = None;
        let mut best: Option<((bool, u32), Direction, Span)> = None;
        let mut at = 0;
        while at < sentence.len() {
            let word = word_at(sentence, at);
            let span = Span::new(at, at + word.len());
            at += word.len().max(1);
            let Some(direction) = self.of(word).filter(|_| !span.overlaps(number)) else { continue };
            // "more than" and "less than" compare a number; they say nothing of its way, except after it.
            let is_before = span.end <= number.start;
            if is_before && is_comparison(word) {
                continue;
            }
            let distance = if is_before { number.start - span.end } else { span.start - number.end };
            let clause = *clause_of_number.get_or_insert_with(|| clause(sentence, number));
            let rank = (!clause.covers(span), distance);
            if best.is_none_or(|(nearest, ..)| rank < nearest) {
                best = Some((rank, direction, span));
            }
        }
        best.map(|(_, direction, span)| (direction, span))
    }
}

fn is_comparison(word: &str) -> bool {
    ["more", "less", "fewer", "higher", "lower"].iter().any(|it| word.eq_ignore_ascii_case(it))
}

/// The clause that a number stands in: from the last to the next mark that divides clauses.
fn clause(sentence: &str, number: Span) -> Span {
    let bytes = sentence.as_bytes();
    let before = bytes.get(..number.start as usize).unwrap_or_default();
    let start = (0..before.len()).rev().find(|at| divides(bytes, *at)).unwrap_or(0);
    let end = (number.end as usize..bytes.len()).find(|at| divides(bytes, *at)).unwrap_or(bytes.len());
    Span::new(start, end)
}

/// Whether a mark at this byte divides clauses. A comma inside a number divides nothing.
fn divides(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        Some(b';' | b':' | b'(' | b')') => true,
        Some(b',') => bytes.get(at + 1).is_some_and(|next| !next.is_ascii_digit()),
        // The em dash.
        Some(0xE2) => bytes.get(at + 1..at + 3) == Some(&[0x80, 0x94]),
        _ => false,
    }
}
