//! Words looked up in any case, without allocating and mostly without comparing.

use super::Heads;
use super::heads::few;

/// How many bytes a key holds; a longer word has none.
const LONGEST: usize = 15;

/// A short word in lower case with its length, packed so that two compare in one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u128);

/// The bit that tells a small letter from its capital.
const SMALL: u128 = u128::from_le_bytes([0x20; 16]);

impl Key {
    /// The key of a word of at most 15 bytes, which ASCII capitals do not change. (Nor does the bit that tells "[" from
    /// "{", which are in no table together.)
    #[inline]
    pub const fn of(word: &str) -> Option<Self> {
        let bytes = word.as_bytes();
        if bytes.len() > LONGEST {
            return None;
        }
        let used = (1u128 << (8 * bytes.len())).wrapping_sub(1);
        let letters = (packed(bytes) | SMALL) & used;
        Some(Self(letters | (bytes.len() as u128) << (8 * LONGEST)))
    }

    /// The place in a table of so many slots, a power of two, where the search for it begins.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "a hash is what is left of it")]
    const fn slot(self, slots: usize) -> usize {
        let folded = (self.0 as u64) ^ ((self.0 >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mixed = folded.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 40) as usize & (slots - 1)
    }
}

/// At most 16 bytes as a number, the first one lowest.
#[inline]
const fn packed(bytes: &[u8]) -> u128 {
    if let (Some(head), Some(tail)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let tail = u64::from_le_bytes(*tail) as u128;
        return u64::from_le_bytes(*head) as u128 | tail << (8 * (bytes.len() - 8));
    }
    few(bytes) as u128
}

/// A first sieve for a set of words: for each pair of first letters, the lengths and last letters that occur.
#[derive(Clone, Copy, Debug)]
pub struct Sieve([Marks; PAIRS]);

/// Pairs of letters, of five bits each.
const PAIRS: usize = 32 * 32;

/// Bits for what words have; of a letter, its place in the alphabet.
#[derive(Clone, Copy, Debug)]
struct Marks {
    lengths: u32,
    lasts: u32,
}

impl Sieve {
    const EMPTY: Self = Self([Marks { lengths: 0, lasts: 0 }; PAIRS]);

    /// Lets a word through, and others like it.
    #[expect(clippy::indexing_slicing, reason = "ten bits are less than 1024")]
    pub const fn admit(&mut self, word: &str) {
        let (slot, marks) = Marks::of(word.as_bytes());
        self.0[slot] = self.0[slot].or(marks);
    }

    /// The sieve for the words of both sets.
    #[expect(clippy::indexing_slicing, reason = "as many slots as there are")]
    #[must_use]
    pub const fn or(mut self, other: &Self) -> Self {
        let mut slot = 0;
        while slot < PAIRS {
            self.0[slot] = self.0[slot].or(other.0[slot]);
            slot += 1;
        }
        self
    }

    /// Whether words that begin with these two letters may be in the set.
    #[expect(clippy::inline_always, reason = "the reader's inner loop asks for every word of a text")]
    #[expect(clippy::indexing_slicing, reason = "ten bits are less than 1024")]
    #[inline(always)]
    pub const fn admits_beginning(&self, first: u8, second: u8) -> bool {
        self.0[low_bits(first) * 32 + low_bits(second)].lengths != 0
    }

    /// Whether the word may be in the set.
    #[expect(clippy::inline_always, reason = "the reader's inner loop asks for every word of a text")]
    #[expect(clippy::indexing_slicing, reason = "ten bits are less than 1024")]
    #[inline(always)]
    pub const fn admits(&self, word: &[u8]) -> bool {
        let (slot, marks) = Marks::of(word);
        let known = self.0[slot];
        known.lengths & marks.lengths != 0 && known.lasts & marks.lasts != 0
    }
}

impl Marks {
    const fn or(self, other: Self) -> Self {
        Self { lengths: self.lengths | other.lengths, lasts: self.lasts | other.lasts }
    }

    /// The slot of a word's first two letters, and what the word has.
    #[expect(clippy::inline_always, reason = "the reader's inner loop asks for every word of a text")]
    #[inline(always)]
    const fn of(word: &[u8]) -> (usize, Self) {
        let lengths = 1 << if word.len() < 31 { word.len() } else { 31 };
        match word {
            [] => (0, Self { lengths, lasts: 1 }),
            [first] => (low_bits(*first) * 32, Self { lengths, lasts: 1 }),
            [first, second, .., last] => {
                (low_bits(*first) * 32 + low_bits(*second), Self { lengths, lasts: 1 << low_bits(*last) })
            }
            [first, second] => (low_bits(*first) * 32 + low_bits(*second), Self { lengths, lasts: 1 }),
        }
    }
}

/// Five bits of a byte, which are those of a letter's place in the alphabet, small or capital.
#[inline]
const fn low_bits(byte: u8) -> usize {
    (byte & 31) as usize
}

/// How many slots the index of a table has: the largest table fills half of them.
const SLOTS: usize = 512;

/// What words mean, found by hashing behind a [`Sieve`]; made at compile time.
#[derive(Clone, Debug)]
pub struct WordTable<T, const N: usize> {
    sieve: Sieve,
    entries: [(Key, T); N],
    /// For each slot one more than the place of the entry that lies there; 0 where none does.
    slots: [u16; SLOTS],
}

impl<T: Copy, const N: usize> WordTable<T, N> {
    /// The table of these words, each of at most 15 bytes and there once.
    ///
    /// # Panics
    /// If a word is too long, or they are too many, at compile time where the table is a static.
    #[expect(
        clippy::indexing_slicing,
        clippy::panic,
        clippy::cast_possible_truncation,
        reason = "evaluated at compile time, for tables in the source"
    )]
    pub const fn new(words: [(&str, T); N]) -> Self {
        assert!(N <= SLOTS / 2, "the index has too few slots for so many words");
        let mut sieve = Sieve::EMPTY;
        let mut entries = [(Key(0), words[0].1); N];
        let mut slots = [0; SLOTS];
        let mut filled = 0;
        while filled < N {
            let (word, meaning) = words[filled];
            sieve.admit(word);
            let Some(key) = Key::of(word) else { panic!("a word of the table is too long") };
            let mut slot = key.slot(SLOTS);
            while slots[slot] != 0 {
                slot = (slot + 1) & (SLOTS - 1);
            }
            entries[filled] = (key, meaning);
            filled += 1;
            slots[slot] = filled as u16;
        }
        Self { sieve, entries, slots }
    }

    /// Lets the words of the table through.
    pub const fn sieve(&self) -> &Sieve {
        &self.sieve
    }

    /// Lets the words of the table through by their first eight letters.
    #[expect(
        clippy::indexing_slicing,
        clippy::cast_possible_truncation,
        reason = "the first eight of a key's bytes"
    )]
    pub const fn heads(&self) -> Heads {
        let mut heads = Heads::NONE;
        let mut at = 0;
        while at < N {
            heads = heads.with(self.entries[at].0.0 as u64);
            at += 1;
        }
        heads
    }

    /// What a word means.
    #[inline]
    pub fn get(&self, word: &str) -> Option<T> {
        if self.sieve.admits(word.as_bytes()) { self.find(word) } else { None }
    }

    fn find(&self, word: &str) -> Option<T> {
        let key = Key::of(word)?;
        let mut slot = key.slot(SLOTS);
        loop {
            let place = usize::from(*self.slots.get(slot)?);
            let (known, meaning) = self.entries.get(place.checked_sub(1)?)?;
            if *known == key {
                return Some(*meaning);
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
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
