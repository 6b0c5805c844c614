//! A run of digits with what stands around it, as the rules of exclusion look at it.

use crate::number::word_at;
use crate::text::before_letters;

/// Digits at a place in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    /// Where the digits begin.
    pub(super) at: usize,
    /// How many digits there are.
    pub(super) length: usize,
    /// What touches the digits before, up to white space or a bracket.
    pub(super) prefix: &'t str,
    /// The word before the digits and white space, without the full stop of an abbreviation, and where it begins.
    word_before: Option<(&'t str, usize)>,
}

/// How far a run is looked at: longer ones are no names.
const FAR: usize = 64;

impl<'t> Token<'t> {
    /// The digits that begin at a byte.
    pub(super) fn at(text: &'t str, at: usize) -> Self {
        let bytes = text.as_bytes();
        let length = digits(bytes, at);
        let window = bytes.get(at.saturating_sub(FAR)..at).unwrap_or_default();
        let touching = window
            .iter()
            .rev()
            .take_while(|byte| !matches!(byte, b' ' | b'\n' | b'\t' | b'(' | b'[' | b'"' | b'<' | b','))
            .count();
        let start = text.ceil_char_boundary(at - touching);
        let prefix = text.get(start..at).unwrap_or_default();
        Self { text, at, length, prefix, word_before: word_before(text, at - prefix.len()) }
    }

    /// Where the digits end.
    pub(super) fn end(&self) -> usize {
        self.at + self.length
    }

    /// The digits.
    pub(super) fn digits(&self) -> &'t str {
        self.text.get(self.at..self.end()).unwrap_or_default()
    }

    /// Where the run begins that touches the digits before.
    pub(super) fn start(&self) -> usize {
        self.at - self.prefix.len()
    }

    /// What stands behind the digits.
    pub(super) fn after(&self) -> &'t str {
        self.text.get(self.end()..).unwrap_or_default()
    }

    /// The byte behind the digits.
    pub(super) fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.end()).copied()
    }

    /// The byte before the digits.
    pub(super) fn previous(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at.checked_sub(1)?).copied()
    }

    /// The word before the digits and white space, without the full stop of an abbreviation, and where it begins.
    pub(super) fn word_before(&self) -> Option<(&'t str, usize)> {
        self.word_before
    }

    /// Where the run that the digits stand in ends: at white space, a bracket, or punctuation that closes a clause.
    pub(super) fn run_end(&self) -> usize {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let window = rest.get(..rest.floor_char_boundary(FAR)).unwrap_or(rest);
        let run = window
            .split(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '"' | '>' | ',' | ';'))
            .next()
            .unwrap_or_default();
        self.at + run.trim_end_matches(['.', ':', '!', '?', '\'']).len()
    }

    /// The word that follows after one space.
    pub(super) fn word_after(&self) -> &'t str {
        let after = self.end();
        if self.text.as_bytes().get(after) == Some(&b' ') { word_at(self.text, after + 1) } else { "" }
    }
}

/// How many digits begin at a byte.
pub(super) fn digits(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The word before a place and the spaces before it, without the full stop of an abbreviation, and where it begins.
pub(super) fn word_before(text: &str, at: usize) -> Option<(&str, usize)> {
    let bytes = text.as_bytes().get(..at)?;
    let mut before = bytes;
    // Spaces, no-break ones included.
    while let [rest @ .., b' '] | [rest @ .., 0xC2, 0xA0] = before {
        before = rest;
    }
    if before.len() == bytes.len() {
        return None;
    }
    while let [rest @ .., b'.'] = before {
        before = rest;
    }
    let start = before_letters(bytes, before.len());
    (start < before.len()).then(|| (text.get(start..before.len()).unwrap_or_default(), start))
}
