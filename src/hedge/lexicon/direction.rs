//! Words that tell whether a number rose or fell.

use super::phrases::{Key, Phrases, pass_space, word_from};
use super::{phrases, raw};
use crate::text::Span;

/// Which way a number went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// It rose.
    Up,
    /// It fell.
    Down,
}

/// The words of direction.
#[derive(Clone, Debug)]
pub(super) struct Directions {
    anywhere: Phrases<Direction>,
    behind: Phrases<Direction>,
    neither: Phrases<()>,
    neither_before: Phrases<()>,
}

/// How many words on each side of a number are looked at: beyond it, a verb speaks of something else.
const REACH: usize = 16;
/// How many words further away a direction counts as for each comma between it and the number.
const COMMA: usize = 6;

impl Directions {
    pub(super) fn new(raw: &raw::Direction<'static>) -> Self {
        let both = |up: raw::Words<'static>, down: raw::Words<'static>| {
            let up = up.iter().map(|words| (words, Direction::Up));
            phrases(Key::Last, up.chain(down.iter().map(|words| (words, Direction::Down))))
        };
        Self {
            anywhere: both(raw.up, raw.down),
            behind: both(raw.up_behind, raw.down_behind),
            neither: phrases(Key::Last, raw.neither.iter().map(|words| (words, ()))),
            neither_before: phrases(Key::First, raw.neither_before.iter().map(|words| (words, ()))),
        }
    }

    /// The direction word nearest to the number in its clause; of two as near, the one before it.
    pub(super) fn nearest(&self, passage: &str, number: Span) -> Option<(Direction, Span)> {
        let before = self.before(passage, number.range().start);
        // What stands behind the number counts only where it is nearer.
        let reach = before.map_or(REACH, |(away, ..)| away.saturating_sub(1));
        let (_, direction, span) = self.after(passage, number.range().end, reach).or(before)?;
        Some((direction, span))
    }

    /// Whether one stands before a byte in its clause.
    pub(super) fn is_before(&self, passage: &str, number: usize) -> bool {
        self.before(passage, number).is_some()
    }

    fn before(&self, passage: &str, number: usize) -> Option<(usize, Direction, Span)> {
        let bytes = passage.as_bytes();
        let (mut end, mut away) = (number.min(bytes.len()), 0);
        while end > 0 && away < REACH {
            let start = piece_until(bytes, end);
            away += steps(bytes, start, end)?;
            if let Some(direction) = self.at(passage, start, end)
                && !starts_comparison(bytes, end)
            {
                return Some((away, direction, Span::new(start, end)));
            }
            end = start;
        }
        None
    }

    /// Whether a word tells a direction wherever it stands.
    pub(super) fn has(&self, word: &str) -> bool {
        self.anywhere.word(word.as_bytes()).is_some()
    }

    /// What tells a direction at most `reach` words behind the number, or right behind it.
    fn after(&self, passage: &str, number: usize, reach: usize) -> Option<(usize, Direction, Span)> {
        let bytes = passage.as_bytes();
        let start = pass_space(bytes, number);
        let end = piece_from(bytes, start);
        if let Some(direction) = bytes.get(start..end).and_then(|word| self.behind.word(word)) {
            return Some((0, *direction, Span::new(start, end)));
        }
        let (mut start, mut away) = (number, 0);
        while start < bytes.len() && away < reach {
            let end = piece_from(bytes, start);
            away += steps(bytes, start, end)?;
            if let Some(direction) = self.at(passage, start, end) {
                return Some((away, direction, Span::new(start, end)));
            }
            start = end;
        }
        None
    }

    /// The direction that the word at `start..end` tells.
    fn at(&self, passage: &str, start: usize, end: usize) -> Option<Direction> {
        let word = passage.as_bytes().get(start..end)?;
        let direction = word.first()?.is_ascii_alphabetic().then(|| self.anywhere.word(word)).flatten()?;
        let is_neither = self.neither.ending_at(passage, end).is_some()
            || self.neither_before.starting_at(passage, start).is_some();
        (!is_neither).then_some(*direction)
    }
}

/// Letters and digits of any script make words; all else stands alone.
fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// Where the word or mark starts that ends at `end`.
fn piece_until(bytes: &[u8], end: usize) -> usize {
    let before = bytes.get(..end).unwrap_or_default();
    end - before.iter().rev().take_while(|byte| is_of_word(**byte)).count().max(1)
}

/// Where the word or mark ends that starts at `start`.
fn piece_from(bytes: &[u8], start: usize) -> usize {
    let after = bytes.get(start..).unwrap_or_default();
    start + after.iter().take_while(|byte| is_of_word(**byte)).count().max(1)
}

/// How many words further away from the number one is past this piece; `None` where a sentence or a clause ends at it.
/// Marks that also stand inside numbers need a space behind them.
fn steps(bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    let is_spaced = || bytes.get(end).is_none_or(u8::is_ascii_whitespace);
    match bytes.get(start)? {
        b' ' | b'\n' => Some(0),
        b';' | b'!' | b'?' | b'(' | b')' => None,
        b'.' | b':' if is_spaced() => None,
        b',' if is_spaced() => Some(COMMA),
        0x80.. if has_dash(bytes.get(start..end)?) => None,
        byte => Some(usize::from(is_of_word(*byte))),
    }
}

/// Whether there is an em dash, or an en dash that stands alone, in a piece.
fn has_dash(piece: &[u8]) -> bool {
    piece == "–".as_bytes() || piece.windows(3).any(|bytes| bytes == "—".as_bytes())
}

/// "Higher than", standing before the number, hedges it.
fn starts_comparison(bytes: &[u8], end: usize) -> bool {
    let next = pass_space(bytes, end);
    bytes.get(next..word_from(bytes, next)).is_some_and(|word| word.eq_ignore_ascii_case(b"than"))
}
