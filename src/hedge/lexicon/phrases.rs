//! Phrases found by their last or first word.

use std::borrow::Cow;

use crate::text::{Head, before_letters, past_letters};

/// Words with what they mean, in buckets by the word that they are found by, the longest first.
#[derive(Clone, Debug)]
pub(super) struct Phrases<M> {
    entries: Vec<Phrase<M>>,
    /// Where each bucket ends in the entries; it begins where the one before it ends.
    ends: [u16; BUCKETS],
    key: Key,
}

/// One of them.
#[derive(Clone, Debug)]
pub(super) struct Phrase<M> {
    /// In lower case, with single spaces.
    pub(super) words: Cow<'static, str>,
    pub(super) meaning: M,
    /// The length of the word that it is found by.
    key: u8,
    /// The bucket of that word.
    bucket: u8,
    /// The word's first eight letters.
    letters: u64,
    /// The byte beyond the space beyond that word, which tells most phrases of one word apart; 0 where it may not be
    /// compared.
    beyond: u8,
}

/// Which word of a phrase it is found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    First,
    Last,
}

const BUCKETS: usize = 256;

impl<M> Phrases<M> {
    /// Indexes phrases by their first or last word.
    pub(super) fn new(key: Key, phrases: impl Iterator<Item = (Cow<'static, str>, M)>) -> Self {
        let entries = phrases.map(|(words, meaning)| Phrase::new(key, words, meaning)).collect();
        let mut index = Self { entries, ends: [0; BUCKETS], key };
        index.sort();
        index
    }

    /// Adds phrases; one that is there already is replaced.
    pub(super) fn extend(&mut self, phrases: impl Iterator<Item = (Cow<'static, str>, M)>) {
        for (words, meaning) in phrases {
            self.entries.retain(|phrase| phrase.words != words);
            self.entries.push(Phrase::new(self.key, words, meaning));
        }
        self.sort();
    }

    fn sort(&mut self) {
        self.entries.sort_unstable_by_key(|phrase| (phrase.bucket, std::cmp::Reverse(phrase.words.len())));
        self.ends = [0; BUCKETS];
        for phrase in &self.entries {
            if let Some(end) = self.ends.get_mut(usize::from(phrase.bucket)) {
                *end += 1;
            }
        }
        let mut total = 0;
        for end in &mut self.ends {
            total += *end;
            *end = total;
        }
    }

    /// The longest phrase that ends just before byte `end` of `text`, and where it starts. White space before `end` must
    /// have been passed over.
    pub(super) fn ending_at(&self, text: &str, end: usize) -> Option<(&Phrase<M>, usize)> {
        let bytes = text.as_bytes();
        let start = word_until(bytes, end);
        let before = pass_space_back(bytes, start);
        let beyond = before.checked_sub(1).and_then(|at| bytes.get(at)).copied();
        self.with_key(bytes.get(start..end)?, beyond).find_map(|phrase| {
            let words = phrase.words.as_bytes();
            let start = match_back(bytes, end, words)?;
            is_edge(text, start, *words.first()?, Key::First).then_some((phrase, start))
        })
    }

    /// The longest phrase that starts at byte `start` of `text`, and where it ends.
    pub(super) fn starting_at(&self, text: &str, start: usize) -> Option<(&Phrase<M>, usize)> {
        let bytes = text.as_bytes();
        let end = word_from(bytes, start);
        let beyond = bytes.get(pass_space(bytes, end)).copied();
        self.with_key(bytes.get(start..end)?, beyond).find_map(|phrase| {
            let words = phrase.words.as_bytes();
            let end = match_forward(bytes, start, words)?;
            is_edge(text, end, *words.last()?, Key::Last).then_some((phrase, end))
        })
    }

    /// What a word means that is a phrase by itself.
    pub(super) fn word(&self, word: &[u8]) -> Option<&M> {
        let mut found = self.with_key(word, None).filter(|phrase| phrase.words.len() == word.len());
        found.next().map(|phrase| &phrase.meaning)
    }

    /// The phrases that are found by a word, in any case, and may go on with the byte `beyond`; the longest first.
    fn with_key(&self, word: &[u8], beyond: Option<u8>) -> impl Iterator<Item = &Phrase<M>> {
        let letters = Head::letters_in(word);
        let bucket = usize::from(bucket(letters));
        let begin = bucket.checked_sub(1).map_or(0, |before| self.ends.get(before).copied().unwrap_or(0));
        let end = self.ends.get(bucket).copied().unwrap_or(0);
        let entries = self.entries.get(usize::from(begin)..usize::from(end)).unwrap_or_default();
        let beyond = beyond.unwrap_or(0).to_ascii_lowercase();
        entries.iter().filter(move |phrase| {
            phrase.letters == letters
                && (phrase.beyond == 0 || phrase.beyond == beyond)
                && phrase.key_word(self.key).eq_ignore_ascii_case(word)
        })
    }

    /// All of them.
    #[cfg(test)]
    pub(super) fn iter(&self) -> impl Iterator<Item = &Phrase<M>> {
        self.entries.iter()
    }
}

impl<M> Phrase<M> {
    fn new(key: Key, words: Cow<'static, str>, meaning: M) -> Self {
        let bytes = words.as_bytes();
        let (length, space, beyond) = match key {
            Key::First => {
                let end = word_from(bytes, 0);
                (end, bytes.get(end), bytes.get(end + 1))
            }
            Key::Last => {
                let start = word_until(bytes, bytes.len());
                let at = |back| start.checked_sub(back).and_then(|at: usize| bytes.get(at));
                (bytes.len() - start, at(1), at(2))
            }
        };
        let beyond = match (space, beyond) {
            (Some(b' '), Some(byte)) if byte.is_ascii_alphanumeric() => *byte,
            _ => 0,
        };
        // A word of more letters than fit is never found.
        let mut phrase =
            Self { key: u8::try_from(length).unwrap_or(0), bucket: 0, letters: 0, words, meaning, beyond };
        phrase.letters = Head::letters_in(phrase.key_word(key));
        phrase.bucket = bucket(phrase.letters);
        phrase
    }

    fn key_word(&self, key: Key) -> &[u8] {
        let (bytes, length) = (self.words.as_bytes(), usize::from(self.key));
        match key {
            Key::First => bytes.get(..length),
            Key::Last => bytes.get(bytes.len() - length..),
        }
        .unwrap_or_default()
    }
}

/// The bucket of a word with these first letters.
const fn bucket(letters: u64) -> u8 {
    letters.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes()[0]
}

/// Where the word or single character starts that ends at `end`.
pub(super) fn word_until(bytes: &[u8], end: usize) -> usize {
    let start = before_letters(bytes, end);
    if start < end {
        return start;
    }
    // A character of several bytes starts with its leading byte.
    let before = bytes.get(..end).unwrap_or_default();
    before.iter().rposition(|byte| byte & 0xC0 != 0x80).unwrap_or(0)
}

/// Where the word or single character ends that starts at `start`.
pub(super) fn word_from(bytes: &[u8], start: usize) -> usize {
    let end = past_letters(bytes, start);
    if end > start {
        return end;
    }
    let after = bytes.get(start..).unwrap_or_default();
    let next = after.iter().skip(1).position(|byte| byte & 0xC0 != 0x80).map(|at| at + 1);
    start + next.unwrap_or(after.len())
}

/// The no-break and narrow spaces that editors put before numbers.
const WIDE_SPACES: [&[u8]; 4] = [b"\xC2\xA0", b"\xE2\x80\xAF", b"\xE2\x80\x89", b"\xE2\x80\x82"];

/// Where white space that ends at `end` starts.
pub(super) fn pass_space_back(bytes: &[u8], mut end: usize) -> usize {
    loop {
        let before = bytes.get(..end).unwrap_or_default();
        end -= match before.last() {
            Some(b' ' | b'\n' | b'\t' | b'\r') => 1,
            Some(0x80..) => match WIDE_SPACES.iter().find(|space| before.ends_with(space)) {
                Some(space) => space.len(),
                None => return end,
            },
            _ => return end,
        };
    }
}

/// Where white space that starts at `start` ends.
pub(super) fn pass_space(bytes: &[u8], mut start: usize) -> usize {
    loop {
        let after = bytes.get(start..).unwrap_or_default();
        start += match after.first() {
            Some(b' ' | b'\n' | b'\t' | b'\r') => 1,
            Some(0x80..) => match WIDE_SPACES.iter().find(|space| after.starts_with(space)) {
                Some(space) => space.len(),
                None => return start,
            },
            _ => return start,
        };
    }
}

const CURLY: &[u8] = "’".as_bytes();

fn match_back(bytes: &[u8], end: usize, words: &[u8]) -> Option<usize> {
    let mut at = end;
    for letter in words.iter().rev() {
        let before = bytes.get(..at)?;
        at = match letter {
            b' ' => Some(pass_space_back(bytes, at)).filter(|start| *start < at)?,
            b'\'' if before.ends_with(CURLY) => at - CURLY.len(),
            _ if before.last()?.eq_ignore_ascii_case(letter) => at - 1,
            _ => return None,
        };
    }
    Some(at)
}

fn match_forward(bytes: &[u8], start: usize, words: &[u8]) -> Option<usize> {
    let mut at = start;
    for letter in words {
        let after = bytes.get(at..)?;
        at = match letter {
            b' ' => Some(pass_space(bytes, at)).filter(|end| *end > at)?,
            b'\'' if after.starts_with(CURLY) => at + CURLY.len(),
            _ if after.first()?.eq_ignore_ascii_case(letter) => at + 1,
            _ => return None,
        };
    }
    Some(at)
}

/// Whether a phrase that has `letter` at its end may end at `at`: not inside a word, nor at a hyphen ("left-over").
fn is_edge(text: &str, at: usize, letter: u8, side: Key) -> bool {
    if !letter.is_ascii_alphabetic() {
        return true;
    }
    let next = match side {
        Key::First => text.get(..at).and_then(|before| before.chars().next_back()),
        Key::Last => text.get(at..).and_then(|after| after.chars().next()),
    };
    next.is_none_or(|next| !next.is_alphanumeric() && next != '-')
}
