//! Lines and columns.

/// What the lines of a file's text are to the people who edit it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counting {
    /// Lines, with columns in them.
    #[default]
    Lines,
    /// Paragraphs, with characters in them: the file itself has no lines that an editor could see.
    Paragraphs,
}

/// How many lines of a text have ended before each of its blocks: counting line ends in a block costs less than keeping
/// where all of them are. Built once a file, and only for files that something is reported of.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// One more than there are blocks: all that end, last.
    ended: Vec<usize>,
}

/// Bytes in a block.
const BLOCK: usize = 512;

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
        Self { ended: std::iter::once(0).chain(sums).collect() }
    }

    /// The position of a byte offset of the text that the index was built from. An offset inside a character counts
    /// as the character's, one past the end as the end.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = text.floor_char_boundary(offset);
        let before = text.get(..offset).unwrap_or_default();
        let block = offset / BLOCK;
        let ended = self.ended.get(block).copied().unwrap_or_default();
        let line = 1 + ended + line_ends(before.as_bytes().get(block * BLOCK..).unwrap_or_default());
        let start = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |end| end + 1);
        Position::after(line, before.get(start..).unwrap_or_default())
    }
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
            prop_assert_eq!((position.line, position.column), (before.len(), before[before.len() - 1].chars().count() + 1));
        }
    }
}
