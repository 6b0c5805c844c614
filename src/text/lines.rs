//! Lines and columns.

use std::sync::OnceLock;

/// What the lines of a file's text are to the people who edit it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counting {
    /// Lines, with columns in them.
    #[default]
    Lines,
    /// Paragraphs, with characters in them: the file itself has no lines that an editor could see.
    Paragraphs,
    /// Rows, with columns in them, of a spreadsheet.
    Cells,
}

/// The letters of a spreadsheet's column, from 0: `A`, …, `Z`, `AA`.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default()));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// How many lines of a text have ended before each of its blocks: counting line ends in a block costs less than keeping
/// where all of them are. Built once a file, and only for files that something is reported of.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// One more than there are blocks: all that end, last.
    ended: Vec<usize>,
    /// For each block, what it takes to tell a column in a line that began long before; built where there is such a line.
    far: OnceLock<Vec<Far>>,
}

/// Bytes in a block.
const BLOCK: usize = 512;
/// How far back a line's start is looked for before it is asked of [`Far`].
const NEAR: usize = 16 * BLOCK;

/// What lies before a block.
#[derive(Clone, Copy, Debug, Default)]
struct Far {
    /// Where the line begins in which the block does.
    line: usize,
    units: Units,
}

/// The length of a text, as columns count it.
#[derive(Clone, Copy, Debug, Default)]
struct Units {
    characters: usize,
    utf16: usize,
}

impl Units {
    /// Counts bytes that begin a character, so that a text may be cut anywhere. Those of two UTF-16 units have four bytes.
    fn of(bytes: &[u8]) -> Self {
        let characters = bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xBF)).count();
        Self { characters, utf16: characters + bytes.iter().filter(|byte| **byte >= 0xF0).count() }
    }

    fn and(self, other: Self) -> Self {
        Self { characters: self.characters + other.characters, utf16: self.utf16 + other.utf16 }
    }
}

/// A place as people and editors count it. All numbers start at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in characters (Unicode scalar values).
    pub column: usize,
    /// The column, in UTF-16 code units, as editors and SARIF count.
    pub column_utf16: usize,
}

impl Position {
    /// The position that follows `before` on its line.
    pub fn after(line: usize, before: &str) -> Self {
        if before.is_ascii() {
            return Self { line, column: before.len() + 1, column_utf16: before.len() + 1 };
        }
        let column_utf16 = before.chars().map(char::len_utf16).sum::<usize>() + 1;
        Self { line, column: before.chars().count() + 1, column_utf16 }
    }
}

impl LineIndex {
    /// Counts the lines of `text`. A line ends with `\n`; `\r\n` is one line end.
    pub fn new(text: &str) -> Self {
        let blocks = text.as_bytes().chunks(BLOCK).map(line_ends);
        let sums = blocks.scan(0, |ended, block| {
            *ended += block;
            Some(*ended)
        });
        Self { ended: std::iter::once(0).chain(sums).collect(), far: OnceLock::new() }
    }

    /// The position of a byte offset of the text that the index was built from. An offset inside a character counts
    /// as the character's, one past the end as the end.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = text.floor_char_boundary(offset);
        let before = text.get(..offset).unwrap_or_default();
        let block = offset / BLOCK;
        let ended = self.ended.get(block).copied().unwrap_or_default();
        let line = 1 + ended + line_ends(before.as_bytes().get(block * BLOCK..).unwrap_or_default());
        let near = before.floor_char_boundary(before.len().saturating_sub(NEAR));
        match memchr::memrchr(b'\n', before.as_bytes().get(near..).unwrap_or_default()) {
            Some(end) => Position::after(line, before.get(near + end + 1..).unwrap_or_default()),
            None if near == 0 => Position::after(line, before),
            None => self.far_position(text, line, before),
        }
    }

    /// The position behind `before`, whose last line is a long one.
    fn far_position(&self, text: &str, line: usize, before: &str) -> Position {
        let far = self.far.get_or_init(|| far(text));
        let until = |at: usize| {
            let block = far.get(at / BLOCK).copied().unwrap_or_default();
            let rest = text.as_bytes().get(at / BLOCK * BLOCK..at).unwrap_or_default();
            block.units.and(Units::of(rest))
        };
        // The block has no line end before the place, or the start would have been near.
        let start = far.get(before.len() / BLOCK).map_or(0, |block| block.line);
        let (from, to) = (until(start), until(before.len()));
        Position {
            line,
            column: to.characters - from.characters + 1,
            column_utf16: to.utf16 - from.utf16 + 1,
        }
    }
}

fn far(text: &str) -> Vec<Far> {
    let mut far = vec![Far::default()];
    let mut before = Far::default();
    for (at, block) in text.as_bytes().chunks(BLOCK).enumerate() {
        before.units = before.units.and(Units::of(block));
        if let Some(end) = memchr::memrchr(b'\n', block) {
            before.line = at * BLOCK + end + 1;
        }
        far.push(before);
    }
    far
}

fn line_ends(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_count_characters_and_utf16_units() {
        let text = "a\r\n😀é 5%\n";
        let index = LineIndex::new(text);
        let at = index.position(text, text.find("5%").unwrap());
        assert_eq!(at, Position { line: 2, column: 4, column_utf16: 5 });
        assert_eq!(index.position(text, text.len()).line, 3);
    }

    proptest! {
        #[test]
        fn lines_are_counted_across_blocks(
            lines in proptest::collection::vec("[a-zé]{0,40}", 0..200), at in 0usize..6000,
        ) {
            let text = lines.join("\n");
            let at = text.floor_char_boundary(at);
            let before: Vec<&str> = text[..at].split('\n').collect();
            let position = LineIndex::new(&text).position(&text, at);
            prop_assert_eq!(position, Position::after(before.len(), before[before.len() - 1]));
        }

        #[test]
        fn columns_are_counted_in_lines_of_any_length(
            lines in proptest::collection::vec(("[é😀a]{1,6}", 0usize..6000), 1..5), at in any::<proptest::sample::Index>(),
        ) {
            let long = |(word, times): &(String, usize)| word.repeat(*times);
            let text = lines.iter().map(long).collect::<Vec<_>>().join("\n");
            let at = text.floor_char_boundary(at.index(text.len() + 1));
            let before: Vec<&str> = text[..at].split('\n').collect();
            let position = LineIndex::new(&text).position(&text, at);
            prop_assert_eq!(position, Position::after(before.len(), before[before.len() - 1]));
        }
    }
}
