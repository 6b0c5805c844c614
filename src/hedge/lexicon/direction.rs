//! Words that tell whether a number rose or fell.

use super::phrases::{Key, Phrases, pass_space, word_from, word_until};
use super::raw;
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
    pub(super) fn new(raw: raw::Direction) -> Self {
        let both = |up: Vec<Box<str>>, down: Vec<Box<str>>| {
            let up = up.into_iter().map(|words| (words, Direction::Up));
            Phrases::new(Key::Last, up.chain(down.into_iter().map(|words| (words, Direction::Down))))
        };
        Self {
            anywhere: both(raw.up, raw.down),
            behind: both(raw.up_behind, raw.down_behind),
            neither: Phrases::new(Key::Last, raw.neither.into_iter().map(|words| (words, ()))),
            neither_before: Phrases::new(Key::First, raw.neither_before.into_iter().map(|words| (words, ()))),
        }
    }

    /// The direction word nearest to the number in its clause; of two as near, the one before it.
    pub(super) fn nearest(&self, passage: &str, number: Span) -> Option<(Direction, Span)> {
        let before = self.before(passage, number);
        let after = self.after(passage, number);
        match (before, after) {
            (Some((far, _, _)), Some((near, direction, span))) if near < far => Some((direction, span)),
            (Some((_, direction, span)), _) | (None, Some((_, direction, span))) => Some((direction, span)),
            (None, None) => None,
        }
    }

    fn before(&self, passage: &str, number: Span) -> Option<(usize, Direction, Span)> {
        let bytes = passage.as_bytes();
        let (mut end, mut away) = (number.range().start.min(bytes.len()), 0);
        while end > 0 && away < REACH {
            let start = word_until(bytes, end);
            let word = passage.get(start..end)?;
            if ends_clause(bytes, start, word) {
                return None;
            }
            away += steps(word);
            if let Some(direction) = self.at(passage, start, end)
                && !starts_comparison(bytes, end)
            {
                return Some((away, direction, Span::new(start, end)));
            }
            end = start;
        }
        None
    }

    fn after(&self, passage: &str, number: Span) -> Option<(usize, Direction, Span)> {
        let bytes = passage.as_bytes();
        let behind = pass_space(bytes, number.range().end);
        if let Some((phrase, end)) = word_of(&self.behind, passage, behind, word_from(bytes, behind)) {
            return Some((0, phrase, Span::new(behind, end)));
        }
        let (mut start, mut away) = (number.range().end, 0);
        while start < bytes.len() && away < REACH {
            let end = word_from(bytes, start);
            let word = passage.get(start..end)?;
            if ends_clause(bytes, start, word) {
                return None;
            }
            away += steps(word);
            if let Some(direction) = self.at(passage, start, end) {
                return Some((away, direction, Span::new(start, end)));
            }
            start = end;
        }
        None
    }

    /// The direction that the word at `start..end` tells.
    fn at(&self, passage: &str, start: usize, end: usize) -> Option<Direction> {
        let (direction, _) = word_of(&self.anywhere, passage, start, end)?;
        let is_neither = self.neither.ending_at(passage, end).is_some()
            || self.neither_before.starting_at(passage, start).is_some();
        (!is_neither).then_some(direction)
    }
}

/// What the one word at `start..end` tells, and where it ends.
fn word_of(
    words: &Phrases<Direction>,
    passage: &str,
    start: usize,
    end: usize,
) -> Option<(Direction, usize)> {
    let (phrase, _) = words.ending_at(passage, end).filter(|(_, found)| *found <= start)?;
    let is_whole = passage.get(end..)?.chars().next().is_none_or(|next| !next.is_alphanumeric());
    is_whole.then_some((phrase.meaning, end))
}

/// How far a piece of text takes one away from the number.
fn steps(word: &str) -> usize {
    match word.as_bytes().first() {
        Some(first) if first.is_ascii_alphanumeric() => 1,
        Some(b',') => COMMA,
        _ => 0,
    }
}

/// Whether a sentence or a clause ends at the character: marks that also stand inside numbers need a space behind them.
fn ends_clause(bytes: &[u8], at: usize, mark: &str) -> bool {
    match mark {
        ";" | "!" | "?" | "(" | ")" | "—" => true,
        "." | ":" | "–" => bytes.get(at + mark.len()).is_none_or(u8::is_ascii_whitespace),
        _ => false,
    }
}

/// "Higher than", standing before the number, hedges it.
fn starts_comparison(bytes: &[u8], end: usize) -> bool {
    let next = pass_space(bytes, end);
    bytes.get(next..word_from(bytes, next)).is_some_and(|word| word.eq_ignore_ascii_case(b"than"))
}
