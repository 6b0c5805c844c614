//! Phrases found by their last or first word.

/// Words with what they mean, sorted by the word that they are found by, the longest first.
#[derive(Clone, Debug)]
pub(super) struct Phrases<M> {
    entries: Vec<Phrase<M>>,
    /// For each initial letter, the lengths of the words to be found, as bits: most words of a text are none of them.
    lengths: [u32; 26],
    key: Key,
}

/// One of them.
#[derive(Clone, Debug)]
pub(super) struct Phrase<M> {
    /// In lower case, with single spaces.
    pub(super) words: Box<str>,
    pub(super) meaning: M,
}

/// Which word of a phrase it is found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    First,
    Last,
}

impl Key {
    /// The word: a run of letters, or the one character that is no letter.
    fn of(self, words: &str) -> &str {
        let bytes = words.as_bytes();
        match self {
            Self::First => words.get(..word_from(bytes, 0)),
            Self::Last => words.get(word_until(bytes, bytes.len())..),
        }
        .unwrap_or_default()
    }
}

impl<M> Phrases<M> {
    /// Indexes phrases by their first or last word.
    pub(super) fn new(key: Key, phrases: impl Iterator<Item = (Box<str>, M)>) -> Self {
        let entries = phrases.map(|(words, meaning)| Phrase { words, meaning }).collect();
        let mut index = Self { entries, lengths: [0; 26], key };
        index.sort();
        index
    }

    /// Adds phrases; one that is there already is replaced.
    pub(super) fn extend(&mut self, phrases: impl Iterator<Item = (Box<str>, M)>) {
        for (words, meaning) in phrases {
            self.entries.retain(|phrase| phrase.words != words);
            self.entries.push(Phrase { words, meaning });
        }
        self.sort();
    }

    fn sort(&mut self) {
        let key = self.key;
        self.entries.sort_unstable_by(|a, b| {
            key.of(&a.words).cmp(key.of(&b.words)).then(b.words.len().cmp(&a.words.len()))
        });
        for phrase in &self.entries {
            if let Some((slot, length)) = slot(key.of(&phrase.words).as_bytes())
                && let Some(lengths) = self.lengths.get_mut(slot)
            {
                *lengths |= length;
            }
        }
    }

    /// The longest phrase that ends just before byte `end` of `text`, and where it starts. White space before `end` must
    /// have been passed over.
    pub(super) fn ending_at(&self, text: &str, end: usize) -> Option<(&Phrase<M>, usize)> {
        let bytes = text.as_bytes();
        let word = bytes.get(word_until(bytes, end)..end)?;
        self.with_key(word).find_map(|phrase| {
            let start = match_back(bytes, end, phrase.words.as_bytes())?;
            is_edge(text, start, *phrase.words.as_bytes().first()?, Key::First).then_some((phrase, start))
        })
    }

    /// The longest phrase that starts at byte `start` of `text`, and where it ends.
    pub(super) fn starting_at(&self, text: &str, start: usize) -> Option<(&Phrase<M>, usize)> {
        let bytes = text.as_bytes();
        let word = bytes.get(start..word_from(bytes, start))?;
        self.with_key(word).find_map(|phrase| {
            let end = match_forward(bytes, start, phrase.words.as_bytes())?;
            is_edge(text, end, *phrase.words.as_bytes().last()?, Key::Last).then_some((phrase, end))
        })
    }

    /// The phrases that are found by a word, in any case, the longest first.
    pub(super) fn with_key(&self, word: &[u8]) -> impl Iterator<Item = &Phrase<M>> {
        let known = slot(word)
            .is_none_or(|(slot, length)| self.lengths.get(slot).is_some_and(|lengths| lengths & length != 0));
        let entries = if known && !word.is_empty() { self.entries.as_slice() } else { &[] };
        let first = entries
            .partition_point(|phrase| compare_lowercase(self.key.of(&phrase.words).as_bytes(), word).is_lt());
        entries
            .iter()
            .skip(first)
            .take_while(move |phrase| compare_lowercase(self.key.of(&phrase.words).as_bytes(), word).is_eq())
    }

    /// All of them.
    #[cfg(test)]
    pub(super) fn iter(&self) -> impl Iterator<Item = &Phrase<M>> {
        self.entries.iter()
    }
}

/// Which entry of the lengths a word belongs to, and its length as a bit.
fn slot(word: &[u8]) -> Option<(usize, u32)> {
    let first = word.first()?.to_ascii_lowercase();
    let length = 1 << word.len().min(31);
    first.is_ascii_lowercase().then(|| (usize::from(first - b'a'), length))
}

/// Compares a lower-case word with one in any case.
fn compare_lowercase(lower: &[u8], word: &[u8]) -> std::cmp::Ordering {
    lower.iter().copied().cmp(word.iter().map(u8::to_ascii_lowercase))
}

/// Where the word or single character starts that ends at `end`.
pub(super) fn word_until(bytes: &[u8], end: usize) -> usize {
    let before = bytes.get(..end).unwrap_or_default();
    let letters = before.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if letters > 0 {
        return end - letters;
    }
    // A character of several bytes starts with its leading byte.
    before.iter().rposition(|byte| byte & 0xC0 != 0x80).unwrap_or(0)
}

/// Where the word or single character ends that starts at `start`.
pub(super) fn word_from(bytes: &[u8], start: usize) -> usize {
    let after = bytes.get(start..).unwrap_or_default();
    let letters = after.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if letters > 0 {
        return start + letters;
    }
    let next = after.iter().skip(1).position(|byte| byte & 0xC0 != 0x80).map(|at| at + 1);
    start + next.unwrap_or(after.len())
}

/// Spaces, line breaks, and the no-break and narrow spaces that editors put before numbers.
const SPACES: [&[u8]; 8] =
    [b" ", b"\n", b"\t", b"\r", b"\xC2\xA0", b"\xE2\x80\xAF", b"\xE2\x80\x89", b"\xE2\x80\x82"];

/// Where white space that ends at `end` starts.
pub(super) fn pass_space_back(bytes: &[u8], mut end: usize) -> usize {
    while let Some(space) = SPACES.iter().find(|space| bytes.get(..end).is_some_and(|b| b.ends_with(space))) {
        end -= space.len();
    }
    end
}

/// Where white space that starts at `start` ends.
pub(super) fn pass_space(bytes: &[u8], mut start: usize) -> usize {
    while let Some(space) = SPACES.iter().find(|s| bytes.get(start..).is_some_and(|b| b.starts_with(s))) {
        start += space.len();
    }
    start
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
