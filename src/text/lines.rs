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

/// Where each line of a text begins; built once a file, and only for files that something is reported of.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
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
    /// Finds the line starts of `text`. A line ends with `\n`; `\r\n` is one line end.
    pub fn new(text: &str) -> Self {
        // Room for the lines of most files at once.
        let mut starts = Vec::with_capacity(text.len() / 24 + 1);
        starts.push(0);
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        Self { starts }
    }

    /// The position of a byte offset of the text that the index was built from. An offset inside a character counts
    /// as the character's, one past the end as the end.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        Position::after(line, text.get(start..offset).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_utf16_units() {
        let text = "a\r\n😀é 5%\n";
        let index = LineIndex::new(text);
        let at = index.position(text, text.find("5%").unwrap());
        assert_eq!(at, Position { line: 2, column: 4, column_utf16: 5 });
        assert_eq!(index.position(text, text.len()).line, 3);
    }
}
