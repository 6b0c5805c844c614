//! The words between numbers that make a relation of them.

mod words;

use words::{JOINING, MOVING};

use crate::hedge::Direction;
use crate::text::{Head, Heads};

/// What a word does to the numbers around it. Words that do nothing are [`Word::Plain`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// Any other word.
    Plain,
    /// A verb that says that something rose.
    Rise,
    /// A verb that says that something fell.
    Fall,
    /// A noun or adverb of rising: "an increase of", "up". Of a "growth that slowed" it says nothing.
    Up,
    /// A noun or adverb of falling.
    Down,
    /// "more", "taller": before "than", or after a difference.
    More,
    /// "fewer", "cheaper".
    Less,
    /// "difference", "gap", "margin".
    Change,
    /// A verb that ends the reach of one of rising or falling.
    Verb,
    /// "from" and the like.
    From,
    /// "to" and the like.
    To,
    /// "at" and the like.
    At,
    /// "by" and the like.
    By,
    /// "of" and the like.
    Of,
    /// "than" and the like.
    Than,
    /// "in" and the like.
    In,
    /// "on" and the like.
    On,
    /// "for" and the like.
    For,
    /// "with" and the like.
    With,
    /// "against" and the like.
    Against,
    /// "per" and the like.
    Per,
    /// "a" and the like.
    Article,
    /// "and" and the like.
    And,
    /// "or" and the like.
    Or,
    /// "but" and the like.
    But,
    /// "between" and the like.
    Between,
    /// "until" and the like.
    Until,
    /// "since" and the like.
    Since,
    /// "after" and the like.
    After,
    /// "among" and the like.
    Among,
    /// "compared" and the like.
    Compared,
    /// "total" and the like.
    Total,
    /// "all" and the like.
    All,
    /// "remaining" and the like.
    Rest,
    /// "other" and the like.
    Other,
    /// "each" and the like.
    Each,
    /// "average" and the like.
    Average,
    /// "split" and the like.
    Split,
    /// "range" and the like.
    Range,
    /// "inflation" and the like.
    Adjusted,
    /// "ranking" and the like.
    Rank,
    /// "born" and the like.
    Born,
    /// "died" and the like.
    Died,
    /// "age" and the like.
    Age,
    /// "ago" and the like.
    Back,
    /// "later" and the like.
    Later,
    /// "had" and the like.
    Had,
    /// "was" and the like.
    Be,
    /// "not" and the like.
    Not,
    /// "including" and the like.
    Some,
    /// "as" and the like.
    As,
    /// "many" and the like.
    Many,
    /// "size" and the like.
    Size,
    /// "those" and the like.
    Them,
    /// "that" and the like.
    That,
    /// "again" and the like.
    Again,
    /// "points" and the like.
    Points,
    /// "member" and the like.
    Member,
    /// "vote" and the like.
    Vote,
    /// "working" and the like.
    Working,
    /// "equivalent" and the like.
    Equals,
}

impl Word {
    /// What a word does, in any case.
    pub(super) fn of(word: &str) -> Self {
        MOVING.get(word).or_else(|| JOINING.get(word)).unwrap_or(Self::Plain)
    }

    /// What the word does that begins at a byte of a text; most words are told by their first letters to do nothing.
    pub(super) fn at(text: &str, at: usize, word: Head) -> Self {
        if WORDS.admits(word) { Self::of(text.get(at..word.end).unwrap_or_default()) } else { Self::Plain }
    }

    /// Which way a word says that something went.
    pub(super) fn direction(self) -> Option<Direction> {
        match self {
            Self::Rise | Self::Up | Self::More => Some(Direction::Up),
            Self::Fall | Self::Down | Self::Less => Some(Direction::Down),
            _ => None,
        }
    }
}

static WORDS: Heads = MOVING.heads().or(&JOINING.heads());
