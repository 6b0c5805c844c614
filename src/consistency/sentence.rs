//! Sentences with their numbers and the words between them, in one pass over the text.

use memchr::{memchr2, memrchr2};

use super::word::Word;
use crate::draft::next_sentence;
use crate::mention::{Excluded, Exclusion, Mention, Survey};
use crate::text::{Head, Span};

/// A sentence with more numbers than this is a list, in which one cannot tell what belongs to what.
const MOST: usize = 16;

/// A sentence longer than this, in bytes, is no sentence.
const LONGEST: usize = 4096;

/// A piece of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) what: What,
    pub(super) span: Span,
}

/// What a piece of a sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// The quantity of that index, with its hedge.
    Number(usize),
    /// A date, time or the like, of that index.
    Date(usize),
    /// A word.
    Word(Word),
    /// A comma.
    Comma,
    /// A colon.
    Colon,
    /// A semicolon.
    Semicolon,
    /// A dash.
    Dash,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// A hyphen between two words, or a slash.
    Hyphen,
    /// A quotation mark.
    Quote,
}

/// A sentence, or a cell of a table, with at least two numbers.
#[derive(Debug)]
pub(super) struct Sentence<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
    /// What counts as numbers here, in order.
    pub(super) numbers: Vec<Mention>,
    /// Dates, times, scores, in order.
    pub(super) dates: Vec<Excluded>,
    pub(super) tokens: Vec<Token>,
    /// Where each number stands among the tokens.
    pub(super) places: Vec<usize>,
    /// The numbers of the sentence before, where it stands in the same block.
    pub(super) before: Vec<Mention>,
}

impl<'t> Sentence<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            span: Span::new(0, 0),
            numbers: Vec::with_capacity(MOST),
            dates: Vec::with_capacity(MOST),
            tokens: Vec::with_capacity(64),
            places: Vec::with_capacity(MOST),
            before: Vec::with_capacity(MOST),
        }
    }

    /// The sentence in a span.
    pub(super) fn over(text: &'t str, survey: &Survey, span: Span) -> Self {
        let mut sentence = Self::new(text);
        let range = survey.overlapping(span);
        sentence.numbers.extend_from_slice(survey.mentions.get(range).unwrap_or_default());
        let dates = survey.excluded.iter().filter(|excluded| span.covers(excluded.span));
        sentence.dates.extend(dates);
        sentence.span = span;
        sentence.lex();
        sentence
    }

    /// Calls `look` for every sentence with at least two numbers.
    pub(super) fn each(text: &'t str, survey: &Survey, mut look: impl FnMut(&Self)) {
        let mut sentence = Self::new(text);
        let (mut mentions, mut excluded) = (survey.mentions.as_slice(), survey.excluded.as_slice());
        // Where the sentence of the next number begins, and where the last number ends.
        let (mut start, mut last) = (0, 0);
        loop {
            let next = match (mentions.first(), excluded.first()) {
                (Some(a), Some(b)) if a.span.start < b.span.start => Some((a.words(), true)),
                (Some(a), None) => Some((a.words(), true)),
                (_, Some(b)) => Some((b.span, false)),
                (None, None) => None,
            };
            let until = next.map_or(text.len(), |(span, _)| span.start as usize);
            let gap = breaks(text, start.max(last), until);
            if let Some((first, begin)) = gap {
                sentence.finish(start, first, &mut look);
                start = begin;
            }
            let Some((span, is_mention)) = next else {
                if gap.is_none() {
                    sentence.finish(start, text.len(), &mut look);
                }
                return;
            };
            last = span.end as usize;
            if is_mention {
                let (taken, rest) = mentions.split_at(1);
                sentence.numbers.extend_from_slice(taken);
                mentions = rest;
            } else {
                let (taken, rest) = excluded.split_at(1);
                sentence.dates.extend_from_slice(taken);
                excluded = rest;
            }
        }
    }

    /// Ends a sentence: looks at it if it has enough numbers, and begins another.
    fn finish(&mut self, start: usize, end: usize, look: &mut impl FnMut(&Self)) {
        let count = self.numbers.len() + self.dates.len();
        let is_enough = count >= 2 || count == 1 && (self.is_range() || self.is_rest(start));
        let is_enough = is_enough && (!self.numbers.is_empty() || self.is_ordinal());
        if is_enough && count <= MOST && end.saturating_sub(start) <= LONGEST {
            self.span = Span::new(start, end);
            self.lex();
            look(self);
        }
        std::mem::swap(&mut self.before, &mut self.numbers);
        self.numbers.clear();
        self.dates.clear();
        if matches!(self.text.as_bytes().get(end), Some(b'\n' | b'\t')) {
            self.before.clear();
        }
    }

    /// "its 125th anniversary": an ordinal among dates.
    fn is_ordinal(&self) -> bool {
        self.dates.iter().any(|date| date.rule == Exclusion::Ordinal)
    }

    /// Whether a sentence speaks of what the one before leaves.
    fn is_rest(&self, start: usize) -> bool {
        self.text.get(start..).is_some_and(|rest| rest.starts_with("The remaining "))
    }

    fn is_range(&self) -> bool {
        self.numbers.iter().any(|number| matches!(number.reading, crate::number::Reading::Range(..)))
    }

    fn lex(&mut self) {
        self.tokens.clear();
        self.places.clear();
        let mut at = self.span.start as usize;
        let (mut number, mut date) = (0, 0);
        loop {
            let next_number = self.numbers.get(number).map(Mention::words);
            let next_date = self.dates.get(date).map(|date| date.span);
            let (until, what) = match (next_number, next_date) {
                (Some(a), Some(b)) if a.start < b.start => (a, What::Number(number)),
                (Some(a), None) => (a, What::Number(number)),
                (_, Some(b)) => (b, What::Date(date)),
                (None, None) => break,
            };
            self.words(at, until.start as usize);
            match what {
                What::Number(_) => {
                    self.places.push(self.tokens.len());
                    number += 1;
                }
                _ => date += 1,
            }
            self.tokens.push(Token { what, span: until });
            at = (until.end as usize).max(at);
        }
        self.words(at, self.span.end as usize);
    }

    /// The tokens between two numbers.
    fn words(&mut self, mut at: usize, end: usize) {
        let bytes = self.text.as_bytes();
        while at < end {
            let Some(byte) = bytes.get(at) else { break };
            let (what, length) = match byte {
                b'a'..=b'z' | b'A'..=b'Z' => {
                    let word = Head::at(bytes, at);
                    (Some(What::Word(Word::at(self.text, at, word))), word.end - at)
                }
                b',' => (Some(What::Comma), 1),
                b'"' => (Some(What::Quote), 1),
                b':' => (Some(What::Colon), 1),
                b';' => (Some(What::Semicolon), 1),
                b'(' | b'[' => (Some(What::Open), 1),
                b')' | b']' => (Some(What::Close), 1),
                b'-' | b'/' => {
                    let is_dash = bytes.get(at + 1) == Some(&b' ')
                        && at.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&b' ');
                    (Some(if is_dash { What::Dash } else { What::Hyphen }), 1)
                }
                0xE2 if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x93 | 0x94])) => {
                    (Some(What::Dash), 3)
                }
                0x80.. => {
                    let length =
                        self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
                    (None, length)
                }
                _ => (None, 1),
            };
            if let Some(what) = what {
                self.tokens.push(Token { what, span: Span::new(at, (at + length).min(end)) });
            }
            at += length;
        }
    }

    /// The number of that index.
    pub(super) fn number(&self, index: usize) -> Option<&Mention> {
        self.numbers.get(index)
    }

    /// Where a number stands among the tokens; behind them all where there is none.
    pub(super) fn place(&self, index: usize) -> usize {
        self.places.get(index).copied().unwrap_or(self.tokens.len())
    }

    /// The token at a place.
    pub(super) fn at(&self, place: usize) -> Option<What> {
        self.tokens.get(place).map(|token| token.what)
    }

    /// The word at a place; `Plain` where there is none.
    pub(super) fn word(&self, place: usize) -> Word {
        match self.at(place) {
            Some(What::Word(word)) => word,
            _ => Word::Plain,
        }
    }

    /// The word that many tokens before a number, none of them skipped.
    pub(super) fn word_before(&self, index: usize, back: usize) -> Option<Word> {
        match self.at(self.place(index).checked_sub(back)?)? {
            What::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The text of a token.
    pub(super) fn told(&self, place: usize) -> &'t str {
        self.tokens.get(place).map_or("", |token| token.span.of(self.text))
    }

    /// The tokens between two places.
    pub(super) fn between(&self, from: usize, to: usize) -> &[Token] {
        self.tokens.get(from + 1..to).unwrap_or_default()
    }

    /// The tokens between two numbers.
    pub(super) fn gap(&self, from: usize, to: usize) -> &[Token] {
        self.between(self.place(from), self.place(to))
    }

    /// The preposition, or the like, that a number stands behind: over articles and up to three plain words.
    pub(super) fn lead(&self, index: usize) -> Option<(Word, usize)> {
        let mut plain = 0;
        let mut at = self.place(index);
        while let Some(before) = at.checked_sub(1) {
            at = before;
            match self.at(at)? {
                What::Hyphen | What::Word(Word::Article | Word::Average | Word::Total) => {}
                What::Word(Word::Of)
                    if at.checked_sub(1).is_some_and(|at| {
                        matches!(self.word(at), Word::Average | Word::Total | Word::Size)
                    }) => {}
                What::Word(Word::Plain | Word::Size | Word::Back) => {
                    plain += 1;
                    if plain > 3 {
                        return None;
                    }
                }
                What::Word(word) => return Some((word, at)),
                _ => return None,
            }
        }
        None
    }

    /// Whether a number is denied: "did not rise 5%", "not 12 of the 40".
    pub(super) fn is_denied(&self, index: usize) -> bool {
        let place = self.place(index);
        (place.saturating_sub(7)..place).any(|at| self.word(at) == Word::Not)
    }

    /// Whether a word of that sort stands anywhere in the sentence.
    pub(super) fn has(&self, words: &[Word]) -> bool {
        has(&self.tokens, words)
    }
}

/// Whether a word of these sorts is among tokens.
pub(super) fn has(tokens: &[Token], words: &[Word]) -> bool {
    tokens.iter().any(|token| matches!(token.what, What::Word(word) if words.contains(&word)))
}

/// Whether a token of these sorts is among tokens.
pub(super) fn has_mark(tokens: &[Token], marks: &[What]) -> bool {
    tokens.iter().any(|token| marks.contains(&token.what))
}

/// Where the sentence before `from` ends and where the last one before `to` begins, if a sentence ends in between.
fn breaks(text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let part = text.as_bytes().get(from..to)?;
    let mut found: Option<(usize, usize)> = None;
    let mut at = from;
    if let Some(first) = memchr2(b'\n', b'\t', part) {
        let last = memrchr2(b'\n', b'\t', part).unwrap_or(first);
        let end = next_sentence(text, from, from + first).map_or(from + first, |(end, _)| end);
        found = Some((end, from + last + 1));
        at = from + last + 1;
    }
    while let Some((end, begin)) = next_sentence(text, at, to) {
        found = Some((found.map_or(end, |(first, _)| first), begin));
        at = begin.max(at + 1);
    }
    found
}
