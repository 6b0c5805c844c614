//! Words and numbers as units of comparison.

use crate::text::Span;

/// A word, or a number with its signs of money and percent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) span: Span,
    /// Of the word in small letters.
    pub(super) hash: u64,
}

impl Token {
    /// What having the word in common counts: short words are in every sentence.
    pub(super) fn weight(&self) -> usize {
        self.span.len().min(8)
    }
}

/// The words of a text that begins at `offset` of the whole.
pub(super) fn tokens(text: &str, offset: usize) -> impl Iterator<Item = Token> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(is_part)?;
        let length = end(text.get(start..)?);
        at = start + length;
        let word = text.get(start..at)?;
        Some(Token { span: Span::new(start, at).shift(offset), hash: hash(word) })
    })
}

fn is_part(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '%' | '$' | '€' | '£' | '¥')
}

/// The length of the word that the text begins with. Points, commas and apostrophes inside it belong to it.
fn end(text: &str) -> usize {
    let mut characters = text.char_indices().peekable();
    let mut end = 0;
    while let Some((at, character)) = characters.next() {
        if is_part(character) {
            end = at + character.len_utf8();
        } else if !matches!(character, '.' | ',' | '\'')
            || !characters.peek().is_some_and(|(_, next)| next.is_alphanumeric())
        {
            break;
        }
    }
    end
}

/// FNV-1a, in 64 bits.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_contractions_are_one_word() {
        let text = "It's up $1,250.5, or 5%—the U.S. share (a one-off).";
        let words: Vec<_> = tokens(text, 0).map(|token| token.span.of(text)).collect();
        assert_eq!(words, ["It's", "up", "$1,250.5", "or", "5%", "the", "U.S", "share", "a", "one", "off"]);
    }
}
