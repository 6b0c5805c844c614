//! Folding: what a reader does not tell apart is written one way.
//!
//! There are two steps, because the reader of numbers needs more than the search for quotes. A *reader's text* has
//! white space as one space, quotation marks straight, soft hyphens and other invisible characters gone, "--" as a
//! dash, but its dashes are kept: "−5%" is not "-5%", and "10–12" is a range. For *matching*, any run of dashes and
//! hyphens is one hyphen. Most drafts have no dash but the hyphen, and are then matched as they are.

use std::ops::Range;

use super::comment::Comment;
use super::map::SpanMap;
use crate::text::Span;

/// What stands between blocks (paragraphs, headings, list items, table rows) in a reader's text.
pub(super) const BLOCK: char = '\n';
/// What stands between the cells of a table row.
pub(super) const CELL: char = '\t';

/// A text being folded, and the way back to its original.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    pub(super) text: String,
    pub(super) map: SpanMap,
    /// The separator that is due before the next visible character.
    pending: Option<char>,
    /// A cell has begun in which nothing visible stands yet: no block ends in it.
    is_new_cell: bool,
    /// The text has a dash or a cell, so that matching needs a second step.
    varied: bool,
    /// The length of the text when its last block began.
    block: usize,
    /// The original's comments.
    pub(super) comments: Vec<Comment>,
    /// What the original sets as code.
    pub(super) code: Vec<Span>,
}

impl Folded {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ..Self::default() }
    }

    /// Adds a part of the original, which begins at byte `at` of it.
    pub(super) fn copy(&mut self, part: &str, at: usize) {
        let mut rest = part;
        let mut at = at;
        while let Some(first) = rest.chars().next() {
            let clean = if first == ' ' { 0 } else { clean_prefix(rest.as_bytes()) };
            // Stops lie before or after an ASCII byte, or before a character's first byte.
            let (plain, odd) = rest.split_at_checked(clean).unwrap_or((rest, ""));
            self.verbatim(plain, at);
            at += plain.len();
            let Some(character) = odd.chars().next() else { break };
            let taken = match character {
                '-' => odd.len() - odd.trim_start_matches('-').len(),
                _ => character.len_utf8(),
            };
            let (seen, after) = odd.split_at_checked(taken).unwrap_or((odd, ""));
            self.character(character, seen, at..at + taken);
            at += taken;
            rest = after;
        }
    }

    /// Adds what an entity or the like at `origin` stands for.
    pub(super) fn replace(&mut self, with: &str, origin: &Range<usize>) {
        let mut buffer = [0; 4];
        for character in with.chars() {
            self.character(character, character.encode_utf8(&mut buffer), origin.clone());
        }
    }

    /// Adds one character as a reader sees it; `seen` is how it is written (more than one hyphen is a dash).
    fn character(&mut self, character: char, seen: &str, origin: Range<usize>) {
        let folded = match character {
            '-' if seen.len() > 1 => "—",
            '\u{2010}' | '\u{2011}' => "-",
            '‘' | '’' | '‚' | '‛' | '′' => "'",
            '“' | '”' | '„' | '‟' | '″' => "\"",
            // One by one, so that each dot stands for the whole.
            '…' => return (0..3).for_each(|_| self.made(".", origin.clone())),
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' => return,
            _ if character.is_whitespace() => return self.space(origin),
            _ => seen,
        };
        self.varied |= is_long_dash(folded.chars().next().unwrap_or_default());
        self.made(folded, origin);
    }

    /// Adds white space: one space, and none after another or at the beginning of a block.
    pub(super) fn space(&mut self, origin: Range<usize>) {
        if self.pending.is_none() && !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
            self.map.push(1, origin);
        }
    }

    /// Ends a block: the next visible character begins another.
    pub(super) fn end_block(&mut self) {
        if !self.is_new_cell {
            self.pending = Some(BLOCK);
        }
    }

    /// Ends a row of a table, with or without words in its last cell.
    pub(super) fn end_row(&mut self) {
        self.is_new_cell = false;
        self.pending = Some(BLOCK);
    }

    /// Ends a cell of a table row.
    pub(super) fn end_cell(&mut self) {
        self.pending = self.pending.or(Some(CELL));
    }

    /// Begins the next cell of a row that goes on, whatever ended at the edge of the cell before.
    pub(super) fn begin_cell(&mut self) {
        self.pending = Some(CELL);
        self.is_new_cell = true;
    }

    /// Whether a block began past this length of the text, other than the one that was due at it.
    pub(super) fn has_block_after(&self, length: usize) -> bool {
        self.block > length + 1
    }

    /// Adds a comment that stands here.
    pub(super) fn comment(&mut self, origin: Range<usize>) {
        let end = self.text.trim_end_matches(' ').len();
        let next = if self.pending.is_some() && end > 0 { end + 1 } else { end };
        self.comments.push(Comment { in_file: origin.into(), at: u32::try_from(next).unwrap_or(u32::MAX) });
    }

    /// Ends the text.
    pub(super) fn finish(mut self) -> Self {
        self.trim();
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        // Nothing follows on the last ones.
        self.comments
            .iter_mut()
            .rev()
            .take_while(|comment| comment.at > end)
            .for_each(|comment| comment.at = end);
        self
    }

    fn verbatim(&mut self, text: &str, at: usize) {
        if !text.is_empty() {
            self.made(text, at..at + text.len());
        }
    }

    fn made(&mut self, text: &str, origin: Range<usize>) {
        if let Some(separator) = self.pending.take() {
            self.is_new_cell = false;
            self.trim();
            if !self.text.is_empty() {
                self.varied |= separator == CELL;
                self.text.push(separator);
                if separator == BLOCK {
                    self.block = self.text.len();
                }
                self.map.push(1, origin.start..origin.start);
            }
        }
        self.varied |= text.starts_with('-') && self.text.ends_with('-');
        self.text.push_str(text);
        self.map.push(text.len(), origin);
    }

    fn trim(&mut self) {
        if self.text.ends_with(' ') {
            self.text.pop();
            self.map.pop();
        }
    }

    /// The text for matching and the way back to this one, if the two differ.
    pub(super) fn matching(&self) -> Option<Self> {
        if self.varied { Some(matching(&self.text)) } else { None }
    }
}

/// A reader's text as it is matched: every run of dashes and hyphens is one hyphen, and cells are apart by a space.
pub(super) fn matching(text: &str) -> Folded {
    let mut folded = Folded::with_capacity(text.len());
    let mut rest = text;
    let mut at = 0;
    while let Some(stop) = memchr::memchr3(0xe2, b'-', CELL as u8, rest.as_bytes()) {
        let (plain, odd) = rest.split_at_checked(stop).unwrap_or((rest, ""));
        folded.verbatim(plain, at);
        at += plain.len();
        let dashes = odd.len() - odd.trim_start_matches(is_dash).len();
        let first = odd.chars().next().map_or(0, char::len_utf8);
        let (taken, after) = odd.split_at_checked(dashes.max(first)).unwrap_or((odd, ""));
        let kept = match taken {
            "\t" => " ",
            _ if dashes > 0 => "-",
            other => other,
        };
        folded.made(kept, at..at + taken.len());
        at += taken.len();
        rest = after;
    }
    folded.verbatim(rest, at);
    folded
}

/// Whether a text would be the same after both steps of folding, so that it need not be copied.
pub(super) fn is_folded(text: &str) -> bool {
    clean_prefix(text.as_bytes()) == text.len() && !text.starts_with(' ') && !text.ends_with(' ')
}

fn is_dash(character: char) -> bool {
    character == '-' || is_long_dash(character)
}

fn is_long_dash(character: char) -> bool {
    matches!(character, '\u{2012}'..='\u{2015}' | '−')
}

/// Bytes looked at together; few enough that one curly quote costs little.
const CHUNK: usize = 16;

/// The length of the beginning that folding leaves as it is.
fn clean_prefix(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some((chunk, next)) = bytes.get(at..=at + CHUNK).and_then(overlapping) {
        // No early return inside, so that this becomes a few vector instructions.
        let odd = chunk.iter().zip(next).fold(0, |odd, (&byte, &next)| {
            let control_or_high = u8::from(!(b' '..0x80).contains(&byte));
            let doubled = u8::from(byte == next) & (u8::from(byte == b' ') | u8::from(byte == b'-'));
            odd | control_or_high | doubled
        });
        if odd != 0
            && let Some(stop) = bytes.get(at..=at + CHUNK).and_then(first_stop)
        {
            return at + stop;
        }
        at += CHUNK;
    }
    bytes.get(at..).and_then(first_stop).map_or(bytes.len(), |stop| at + stop)
}

/// The bytes of a chunk, and those one further on; arrays, so that the compiler knows their length.
fn overlapping(part: &[u8]) -> Option<(&[u8; CHUNK], &[u8; CHUNK])> {
    Some((part.first_chunk()?, part.last_chunk()?))
}

/// Where folding has to look, byte by byte.
fn first_stop(bytes: &[u8]) -> Option<usize> {
    let mut last = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            // The lead bytes of every character that is folded; other letters and signs are kept.
            0xc2 | 0xe1..=0xe3 | 0xef | 0..b' ' => return Some(at),
            b'-' if last == b'-' => return Some(at - 1),
            b' ' if last == b' ' => return Some(at),
            _ => last = byte,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(text: &str) -> String {
        let mut folded = Folded::default();
        folded.copy(text, 0);
        folded.finish().text
    }

    #[test]
    fn a_reader_sees_one_space_straight_quotes_and_dashes() {
        assert_eq!(reader("  a \t\r\n b\u{a0}c\u{2009}\u{202f}d  "), "a b c d");
        assert_eq!(reader("‘a’ “b” c…"), "'a' \"b\" c...");
        assert_eq!(reader("a -- b---c − d – e"), "a — b—c − d – e");
        assert_eq!(reader("\u{feff}117,\u{200b}000 mil\u{ad}lion"), "117,000 million");
        assert_eq!(reader("Ça coûte 5 € 日本 😀"), "Ça coûte 5 € 日本 😀");
    }

    #[test]
    fn all_dashes_match_a_hyphen() {
        let text = reader("10–12, −5%, a--b, c - d, “e”");
        assert_eq!(matching(&text).text, "10-12, -5%, a-b, c - d, \"e\"");
    }

    #[test]
    fn stops_are_found_in_and_between_chunks() {
        for at in 0..100 {
            for odd in ["\n", "  ", "--", "\u{a0}", "’"] {
                let text = format!("{}{odd}{}", "x".repeat(at), "y".repeat(100 - at));
                let stop = at + usize::from(odd == "  ");
                assert_eq!(clean_prefix(text.as_bytes()), stop, "{odd:?} at {at}");
            }
        }
        assert_eq!(clean_prefix("é".repeat(50).as_bytes()), 100);
    }
}
