//! Words told by their first eight letters, which a machine compares in one step.

use super::letters::{each, other_than_letters};
use super::past_letters;

/// The first eight letters of a word, and where all of them end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// In lower case, the first one lowest, with zeros behind a shorter word.
    pub letters: u64,
    /// Where the word ends.
    pub end: usize,
}

impl Head {
    /// The word of ASCII letters that begins at a byte.
    #[inline]
    pub fn at(bytes: &[u8], at: usize) -> Self {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(eight) = rest.first_chunk() else { return Self::at_end(rest, at) };
        let eight = u64::from_le_bytes(*eight);
        let others = other_than_letters(eight);
        let small = eight | each(0x20);
        if others == 0 {
            return Self { letters: small, end: past_letters(bytes, at + 8) };
        }
        // All bits below those of the first byte that is no letter.
        let before = ((others & others.wrapping_neg()) >> 7) - 1;
        Self { letters: small & before, end: at + others.trailing_zeros() as usize / 8 }
    }

    /// The same, where the text has fewer bytes left.
    #[cold]
    fn at_end(rest: &[u8], at: usize) -> Self {
        let mut padded = [0; 8];
        for (to, from) in padded.iter_mut().zip(rest) {
            *to = *from;
        }
        let head = Self::at(&padded, 0);
        Self { end: at + head.end, ..head }
    }

    /// The first eight bytes of a word, as [`Head::letters`] has them; those of other characters are as good for a hash.
    #[inline]
    pub fn letters_in(word: &[u8]) -> u64 {
        if let Some(eight) = word.first_chunk() {
            return u64::from_le_bytes(*eight) | each(0x20);
        }
        let used = (1 << (8 * word.len())) - 1;
        (few(word) | each(0x20)) & used
    }

    /// What [`Head::letters`] are of a short word in lower case.
    pub const fn letters_of(word: &str) -> u64 {
        let mut letters = 0;
        let mut rest = word.as_bytes();
        while let [before @ .., last] = rest {
            letters = letters << 8 | *last as u64;
            rest = before;
        }
        letters
    }
}

/// Less than eight bytes as a number, the first one lowest. Two loads that may overlap do for most words what a copy of so
/// many bytes as there are would need a call for.
#[inline]
pub(super) const fn few(bytes: &[u8]) -> u64 {
    if let (Some(head), Some(tail)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let tail = u32::from_le_bytes(*tail) as u64;
        return u32::from_le_bytes(*head) as u64 | tail << (8 * (bytes.len() - 4));
    }
    let bytes = match bytes {
        [first, second, third, ..] => [*first, *second, *third, 0],
        [first, second] => [*first, *second, 0, 0],
        [first] => [*first, 0, 0, 0],
        [] => [0; 4],
    };
    u32::from_le_bytes(bytes) as u64
}

/// A sieve for words by their first eight letters. It lets through one in fifty of others, where it holds a hundred.
#[derive(Clone, Copy, Debug)]
pub struct Heads([u64; 64]);

impl Heads {
    /// The sieve that nothing passes.
    pub const NONE: Self = Self([0; 64]);

    /// The same, which lets these letters through too.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "six bits are less than 64")]
    pub const fn with(mut self, letters: u64) -> Self {
        let (slot, bit) = place(letters);
        self.0[slot] |= 1 << bit;
        self
    }

    /// The sieve for the words of both.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "as many slots as there are")]
    pub const fn or(mut self, other: &Self) -> Self {
        let mut slot = 0;
        while slot < 64 {
            self.0[slot] |= other.0[slot];
            slot += 1;
        }
        self
    }

    /// Whether a word may be among them.
    #[expect(clippy::inline_always, reason = "the reader's inner loop asks for every word of a text")]
    #[expect(clippy::indexing_slicing, reason = "six bits are less than 64")]
    #[inline(always)]
    pub const fn admits(&self, head: Head) -> bool {
        let (slot, bit) = place(head.letters);
        self.0[slot] >> bit & 1 != 0
    }
}

/// The place of a word's bit, which is what is left of a hash.
#[inline]
const fn place(letters: u64) -> (usize, u32) {
    let mixed = letters.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed >> 58) as usize, (mixed >> 52) as u32 & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_the_same_in_any_case_and_at_the_end_of_a_text() {
        for text in ["Three", "three. And so on", "three and so on", "THREE", "three4"] {
            let head = Head::at(text.as_bytes(), 0);
            assert_eq!(head, Head { letters: Head::letters_of("three"), end: 5 }, "{text}");
        }
        let text = "the recommendations".as_bytes();
        assert_eq!(Head::at(text, 4), Head { letters: Head::letters_of("recommen"), end: 19 });
        assert_eq!(Head::at(text, 16), Head { letters: Head::letters_of("ons"), end: 19 });
        assert_eq!(Head::at(text, 19), Head { letters: 0, end: 19 });
        assert_eq!(Head::at("été".as_bytes(), 0), Head { letters: 0, end: 0 });
    }

    #[test]
    fn a_word_alone_has_the_letters_of_its_head() {
        let text = "Recommendations";
        for length in 0..text.len() {
            let word = &text.as_bytes()[..length];
            assert_eq!(Head::letters_in(word), Head::at(word, 0).letters, "{length}");
        }
    }

    #[test]
    fn a_sieve_lets_its_words_through_and_few_others() {
        let heads = Heads::NONE.with(Head::letters_of("the")).or(&Heads::NONE.with(Head::letters_of("a")));
        let admits = |word: &str| heads.admits(Head::at(word.as_bytes(), 0));
        assert!(admits("the") && admits("A") && admits("a few"));
        let others = ["of", "them", "there", "an", "office", "documents"];
        assert_eq!(others.into_iter().filter(|word| admits(word)).count(), 0);
    }
}
