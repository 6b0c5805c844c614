//! The piece of a file that a finding shows, cut out so that the file need not be kept.

use std::path::Path;

use crate::text::{Counting, LineIndex, Position, Span, column_letters};

/// How much of a line is kept to each side of what is pointed at: enough for a reader, whatever the line's length.
const CONTEXT: usize = 2000;

/// Some lines of a file and a span in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The lines that the span touches, cut where they are very long.
    pub text: String,
    /// Whether the first line lacks its beginning.
    pub is_cut: bool,
    /// The span, in `text`.
    pub span: Span,
    /// The span, in the file.
    pub in_file: Span,
    /// Where the span begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
    /// What is counted there.
    pub counting: Counting,
}

impl Excerpt {
    /// Cuts the lines around `span` out of a file's text.
    pub fn new(text: &str, lines: &LineIndex, span: Span) -> Self {
        let start = text.floor_char_boundary((span.start as usize).min(text.len()));
        let end = text.ceil_char_boundary((span.end as usize).min(text.len())).max(start);
        let bytes = text.as_bytes();
        let before = bytes.get(..start).unwrap_or_default();
        let after = bytes.get(end..).unwrap_or_default();
        let line_start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let line_end = memchr::memchr(b'\n', after).map_or(text.len(), |at| end + at);
        let from = text.ceil_char_boundary(line_start.max(start.saturating_sub(CONTEXT)));
        let to = text.floor_char_boundary(line_end.min(end.saturating_add(CONTEXT)));
        let text_between = text.get(from..to).unwrap_or_default().trim_end_matches('\r');
        Self {
            text: text_between.to_owned(),
            is_cut: from > line_start,
            span: Span::new(start - from, end - from),
            in_file: span,
            start: lines.position(text, start),
            end: lines.position(text, end),
            counting: Counting::Lines,
        }
    }

    /// One line that is known by its number: a row of a table that was streamed past.
    pub fn of_line(line: usize, text: &str, span: Span) -> Self {
        let before = |offset: u32| text.get(..text.floor_char_boundary(offset as usize)).unwrap_or_default();
        let start = Position::after(line, before(span.start));
        let end = Position::after(line, before(span.end));
        Self {
            text: text.to_owned(),
            is_cut: false,
            span,
            in_file: span,
            start,
            end,
            counting: Counting::Lines,
        }
    }

    /// A cell of a spreadsheet, by its row, from 1, and its column, from 0.
    pub fn of_cell(row: usize, column: usize, text: &str) -> Self {
        let excerpt = Self::of_line(row, text, Span::new(0, text.len()));
        let at = Position { line: row, column: column + 1, column_utf16: column + 1 };
        Self { start: at, end: at, counting: Counting::Cells, ..excerpt }
    }

    /// The same, of a file in which something else is counted.
    #[must_use]
    pub fn counted(self, counting: Counting) -> Self {
        Self { counting, ..self }
    }

    /// Where the span begins, as people are told: `story.md:36:76`, `story.docx: paragraph 12, character 34`, or
    /// `removals.xlsx: cell C7`.
    pub fn place(&self, path: &Path) -> String {
        let (path, Position { line, column, .. }) = (path.display(), self.start);
        match self.counting {
            Counting::Lines => format!("{path}:{line}:{column}"),
            Counting::Paragraphs | Counting::Cells => {
                format!("{path}: {}", self.in_words().unwrap_or_default())
            }
        }
    }

    /// Where the span begins, in words, if the file has no lines that an editor could show.
    pub fn in_words(&self) -> Option<String> {
        let Position { line, column, .. } = self.start;
        match self.counting {
            Counting::Lines => None,
            Counting::Paragraphs => Some(format!("paragraph {line}, character {column}")),
            Counting::Cells => Some(format!("cell {}{line}", column_letters(column.saturating_sub(1)))),
        }
    }

    /// The bytes pointed at.
    pub fn marked(&self) -> &str {
        self.span.of(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marked_bytes_are_those_of_the_file() {
        let text = format!("first\n{} up 5% – {}\r\nlast", "é".repeat(2500), "x".repeat(2500));
        let at = text.find("5%").unwrap();
        let excerpt = Excerpt::new(&text, &LineIndex::new(&text), Span::new(at, at + 2));
        assert_eq!(excerpt.marked(), "5%");
        assert_eq!((excerpt.start.line, excerpt.start.column), (2, 2505));
        assert!(excerpt.text.len() < 4100 && excerpt.is_cut);
    }
}
