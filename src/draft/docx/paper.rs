//! The text of a document as it is collected, a paragraph a line.

use super::super::fold::Folded;
use super::super::rows::Rows;

/// Paragraphs in the order of reading, and their prose.
#[derive(Debug, Default)]
pub(super) struct Paper {
    text: String,
    folded: Folded,
    rows: Rows,
    /// A paragraph whose end was deleted: the next one goes on in it.
    open: String,
    /// The paragraphs of text boxes, a line each.
    boxes: String,
}

impl Paper {
    /// Adds a paragraph of the running text.
    pub(super) fn paragraph(&mut self, text: &str) {
        let start = self.text.len();
        self.text.push_str(&self.open);
        self.text.push_str(text);
        self.open.clear();
        self.folded.copy(self.text.get(start..).unwrap_or_default(), start);
        self.folded.end_block();
        self.text.push('\n');
    }

    /// Adds the beginning of a paragraph that the next one ends.
    pub(super) fn begin_paragraph(&mut self, text: &str) {
        self.open.push_str(text);
    }

    /// Ends a paragraph that was begun and does not go on.
    pub(super) fn end_paragraph(&mut self) {
        if !self.open.is_empty() {
            self.paragraph("");
        }
    }

    /// Adds a paragraph of a text box.
    pub(super) fn in_box(&mut self, text: &str) {
        self.boxes.push_str(text);
        self.boxes.push('\n');
    }

    /// Begins a row of a table.
    pub(super) fn begin_row(&mut self) {
        self.rows.begin(&mut self.folded);
    }

    /// Begins a cell of a row.
    pub(super) fn begin_cell(&mut self) {
        self.rows.begin_cell(&mut self.folded);
    }

    /// Ends a table.
    pub(super) fn end_table(&mut self) {
        self.rows.end(&mut self.folded);
    }

    /// Ends the text of a part; its text boxes come after it.
    pub(super) fn end_part(&mut self) {
        self.end_paragraph();
        for line in std::mem::take(&mut self.boxes).lines() {
            self.paragraph(line);
        }
    }

    /// The text and its prose.
    pub(super) fn finish(self) -> (String, Folded) {
        (self.text, self.folded.finish())
    }
}
