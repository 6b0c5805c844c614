//! Hedging phrases, made to be found by the word next to the number.

use super::Hedge;
use crate::text::{Key, Sieve};

/// How many words a hedge has at the most besides the one next to the number.
const REACH: usize = 6;

/// A hedge of one or more words.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// Of the word next to the number: the last before it, the first after it. `None` for a very long word.
    key: Option<Key>,
    word: String,
    /// The others, going away from the number.
    others: Vec<String>,
    hedge: Hedge,
}

impl Phrase {
    /// One that stands before its number.
    pub(super) fn before(phrase: &str, hedge: Hedge) -> Self {
        Self::new(phrase.split_whitespace().rev(), hedge)
    }

    /// One that stands after its number.
    pub(super) fn after(phrase: &str, hedge: Hedge) -> Self {
        Self::new(phrase.split_whitespace(), hedge)
    }

    fn new<'a>(words: impl Iterator<Item = &'a str>, hedge: Hedge) -> Self {
        let mut words = words.map(str::to_lowercase);
        let word = words.next().unwrap_or_default();
        Self { key: Key::of(&word), others: words.take(REACH).collect(), word, hedge }
    }

    /// The words but the one next to the number, going away from it.
    pub(super) fn others(&self) -> &[String] {
        &self.others
    }

    pub(super) fn hedge(&self) -> Hedge {
        self.hedge
    }

    fn has_words_of(&self, other: &Self) -> bool {
        self.word == other.word && self.others == other.others
    }
}

/// Phrases by their word next to the number.
#[derive(Clone, Debug, Default)]
pub(super) struct Phrases {
    sieve: Sieve,
    /// Sorted by key, of one key the longest first.
    sorted: Vec<Phrase>,
}

impl Phrases {
    /// Adds phrases; the later one of the same words counts.
    pub(super) fn extend(&mut self, more: impl Iterator<Item = Phrase>) {
        for phrase in more {
            self.sieve.admit(&phrase.word);
            self.sorted.retain(|known| !known.has_words_of(&phrase));
            self.sorted.push(phrase);
        }
        self.sorted.sort_by(|a, b| {
            a.key.cmp(&b.key).then(b.others.len().cmp(&a.others.len())).then(a.others.cmp(&b.others))
        });
    }

    /// The phrases with a word next to the number, the longest first.
    pub(super) fn of(&self, word: &str) -> impl Iterator<Item = &Phrase> {
        let key = Key::of(word);
        let sorted = if self.sieve.admits(word) { self.sorted.as_slice() } else { &[] };
        let first = sorted.partition_point(|phrase| phrase.key < key);
        let of_key =
            sorted.get(first..).unwrap_or_default().iter().take_while(move |phrase| phrase.key == key);
        of_key.filter(move |phrase| phrase.key.is_some() || phrase.word.eq_ignore_ascii_case(word))
    }
}
