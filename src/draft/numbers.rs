//! Where numbers begin in a text: nearly every quote has one, and a draft has few, so that looking only there is many times
//! faster than searching the whole text for each quote.

/// The beginnings of all runs of digits in a text.
#[derive(Clone, Debug, Default)]
pub(super) struct NumberIndex {
    runs: Vec<Run>,
}

/// A run of digits: where it begins, and the four bytes from there on.
#[derive(Clone, Copy, Debug)]
struct Run {
    at: u32,
    key: u32,
}

/// Bytes looked at together.
const CHUNK: usize = 16;

impl NumberIndex {
    /// Finds all numbers of `text`.
    pub(super) fn new(text: &str) -> Self {
        let mut index = Self { runs: Vec::with_capacity(64) };
        let (chunks, rest) = text.as_bytes().as_chunks::<CHUNK>();
        let mut inside = false;
        for (number, chunk) in chunks.iter().enumerate() {
            // No early return, so that this becomes a few vector instructions.
            if chunk.iter().fold(0, |any, byte| any | u8::from(byte.is_ascii_digit())) == 0 {
                inside = false;
            } else {
                inside = index.add(text, number * CHUNK, chunk, inside);
            }
        }
        index.add(text, chunks.len() * CHUNK, rest, inside);
        index
    }

    /// Adds the runs that begin in a part of the text; says whether the last goes on, as `inside` says of the part before.
    fn add(&mut self, text: &str, offset: usize, part: &[u8], mut inside: bool) -> bool {
        for (at, byte) in (offset..).zip(part) {
            let digit = byte.is_ascii_digit();
            if digit && !inside {
                let key = key(text.as_bytes().get(at..).unwrap_or_default());
                self.runs.push(Run { at: u32::try_from(at).unwrap_or(u32::MAX), key });
            }
            inside = digit;
        }
        inside
    }

    /// Where `words` stand in `text`, if they have a digit: from the first place to the last, without those where the words
    /// would begin inside a run of digits. `None` if they have no digit.
    pub(super) fn places<'a>(
        &'a self,
        text: &'a str,
        words: &'a str,
    ) -> Option<impl Iterator<Item = usize> + 'a> {
        let digit = words.bytes().position(|byte| byte.is_ascii_digit())?;
        let from = words.as_bytes().get(digit..)?;
        let wanted = key(from);
        let mask = u32::MAX
            .checked_shl(8 * 4_u32.saturating_sub(u32::try_from(from.len()).unwrap_or(4)))
            .unwrap_or(0);
        Some(self.runs.iter().filter(move |run| (run.key ^ wanted) & mask == 0).filter_map(move |run| {
            let start = (run.at as usize).checked_sub(digit)?;
            (text.as_bytes().get(start..start + words.len())? == words.as_bytes()).then_some(start)
        }))
    }
}

/// The first four bytes as one number, the first the highest; what is missing counts as 0.
fn key(bytes: &[u8]) -> u32 {
    match bytes.first_chunk() {
        Some(four) => u32::from_be_bytes(*four),
        None => bytes.iter().fold(0, |key, &byte| (key << 8) | u32::from(byte)) << (8 * (4 - bytes.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str, words: &str) -> Option<Vec<usize>> {
        Some(NumberIndex::new(text).places(text, words)?.collect())
    }

    #[test]
    fn quotes_are_found_by_their_first_number() {
        let text = "5 of 12,300 rose 5% to 5.5";
        assert_eq!(places(text, "5"), Some(vec![0, 17, 23, 25]));
        assert_eq!(places(text, "5%"), Some(vec![17]));
        assert_eq!(places(text, "rose 5% to"), Some(vec![12]));
        assert_eq!(places(text, "5.5"), Some(vec![23]));
        assert_eq!(places(text, "300"), Some(vec![8]));
        assert_eq!(places(text, "00"), Some(vec![]));
        assert_eq!(places(text, "of twelve"), None);
        assert_eq!(places("", "5"), Some(vec![]));
    }

    #[test]
    fn numbers_at_and_across_the_ends_of_chunks_are_found_once() {
        for before in 0..100 {
            let text = format!("{}1234{}", "x".repeat(before), "y".repeat(100 - before));
            assert_eq!(places(&text, "1234"), Some(vec![before]));
            assert_eq!(places(&text, "34"), Some(vec![]));
        }
    }
}
