//! Words looked up in any case, without allocating and mostly without comparing.

/// How many bytes a key holds; a longer word has none.
const LONGEST: usize = 15;

/// A short word in lower case with its length, packed so that two compare in one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u128);

impl Key {
    /// The key of a word of at most 15 bytes, which ASCII capitals do not change.
    pub const fn of(word: &str) -> Option<Self> {
        let mut rest = word.as_bytes();
        if rest.len() > LONGEST {
            return None;
        }
        let mut packed = rest.len() as u128;
        while let [first, more @ ..] = rest {
            packed = packed << 8 | first.to_ascii_lowercase() as u128;
            rest = more;
        }
        Some(Self(packed))
    }
}

/// A first sieve for a set of words: for each first letter, the lengths, second and last letters that occur.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sieve([Marks; 32]);

/// Bits for what words have; of a letter, its place in the alphabet.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    lengths: u32,
    seconds: u32,
    lasts: u32,
}

impl Sieve {
    const EMPTY: Self = Self([Marks { lengths: 0, seconds: 0, lasts: 0 }; 32]);

    /// Lets a word through, and others like it.
    #[expect(clippy::indexing_slicing, reason = "five bits are less than 32")]
    pub const fn admit(&mut self, word: &str) {
        let (slot, marks) = Marks::of(word.as_bytes());
        self.0[slot] = self.0[slot].or(marks);
    }

    /// The sieve for the words of both sets.
    #[expect(clippy::indexing_slicing, reason = "as many slots as there are")]
    #[must_use]
    pub const fn or(mut self, other: &Self) -> Self {
        let mut slot = 0;
        while slot < self.0.len() {
            self.0[slot] = self.0[slot].or(other.0[slot]);
            slot += 1;
        }
        self
    }

    /// Whether the word may be in the set.
    #[expect(clippy::indexing_slicing, reason = "five bits are less than 32")]
    #[inline]
    pub const fn admits(&self, word: &str) -> bool {
        let (slot, marks) = Marks::of(word.as_bytes());
        let known = self.0[slot];
        known.lengths & marks.lengths != 0
            && known.seconds & marks.seconds != 0
            && known.lasts & marks.lasts != 0
    }
}

impl Marks {
    const fn or(self, other: Self) -> Self {
        Self {
            lengths: self.lengths | other.lengths,
            seconds: self.seconds | other.seconds,
            lasts: self.lasts | other.lasts,
        }
    }

    /// The slot of a word's first letter, and what the word has.
    #[inline]
    const fn of(word: &[u8]) -> (usize, Self) {
        let lengths = if word.len() < 31 { 1 << word.len() } else { 1 << 31 };
        match word {
            [] => (0, Self { lengths, seconds: 1, lasts: 1 }),
            [first] => (low_bits(*first), Self { lengths, seconds: 1, lasts: 1 }),
            [first, second, .., last] => {
                let (seconds, lasts) = (1 << low_bits(*second), 1 << low_bits(*last));
                (low_bits(*first), Self { lengths, seconds, lasts })
            }
            [first, second] => {
                (low_bits(*first), Self { lengths, seconds: 1 << low_bits(*second), lasts: 1 })
            }
        }
    }
}

/// Five bits of a byte, which are those of a letter's place in the alphabet, small or capital.
const fn low_bits(byte: u8) -> usize {
    (byte & 31) as usize
}

/// What words mean, found by binary search behind a [`Sieve`]; made at compile time.
#[derive(Clone, Debug)]
pub struct WordTable<T, const N: usize> {
    sieve: Sieve,
    /// Sorted by key.
    entries: [(Key, T); N],
}

impl<T: Copy, const N: usize> WordTable<T, N> {
    /// The table of these words, each of at most 15 bytes and there once.
    ///
    /// # Panics
    /// If a word is too long, at compile time where the table is a static.
    #[expect(
        clippy::indexing_slicing,
        clippy::panic,
        reason = "evaluated at compile time, for tables in the source"
    )]
    pub const fn new(words: [(&str, T); N]) -> Self {
        let mut sieve = Sieve::EMPTY;
        let mut entries = [(Key(0), words[0].1); N];
        let mut filled = 0;
        while filled < N {
            let (word, meaning) = words[filled];
            sieve.admit(word);
            let Some(key) = Key::of(word) else { panic!("a word of the table is too long") };
            let mut at = filled;
            while at > 0 && entries[at - 1].0.0 > key.0 {
                entries[at] = entries[at - 1];
                at -= 1;
            }
            entries[at] = (key, meaning);
            filled += 1;
        }
        Self { sieve, entries }
    }

    /// Lets the words of the table through.
    pub const fn sieve(&self) -> &Sieve {
        &self.sieve
    }

    /// What a word means.
    #[inline]
    pub fn get(&self, word: &str) -> Option<T> {
        if self.sieve.admits(word) { self.find(word) } else { None }
    }

    fn find(&self, word: &str) -> Option<T> {
        let key = Key::of(word)?;
        let at = self.entries.binary_search_by_key(&key, |(known, _)| *known).ok()?;
        self.entries.get(at).map(|(_, meaning)| *meaning)
    }

    /// What a word means, or what it is the plural in -s of.
    #[inline]
    pub fn get_singular(&self, word: &str) -> Option<T> {
        self.get(word).or_else(|| self.get(word.strip_suffix(['s', 'S'])?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static TABLE: WordTable<u8, 4> = WordTable::new([("week", 1), ("day", 2), ("%", 3), ("°c", 4)]);

    #[test]
    fn words_are_found_in_any_case_and_others_are_not() {
        assert_eq!(
            ["Week", "DAY", "%", "°C"].map(|word| TABLE.get(word)),
            [Some(1), Some(2), Some(3), Some(4)]
        );
        assert_eq!(TABLE.get_singular("days"), Some(2));
        for none in ["", "wee", "weeks", "\0day", "dax", "a word longer than any that a table holds, by far"]
        {
            assert_eq!(TABLE.get(none), None, "{none}");
        }
    }
}
