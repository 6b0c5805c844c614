//! The text of a document as it is collected, a paragraph a line.

use super::super::fold::Folded;
use super::super::layout::{BlockKind, Builder, Layout, RunStyle};
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
    /// The layout, where it is asked for.
    layout: Option<Builder>,
}

impl Paper {
    /// Paper on which the layout is kept too.
    pub(super) fn shaped(layout: Builder) -> Self {
        Self { layout: Some(layout), ..Self::default() }
    }

    /// Adds a paragraph of the running text.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.set(text, None);
    }

    /// Adds a paragraph of a kind: a heading, an item of a list, a quote.
    pub(super) fn set(&mut self, text: &str, kind: Option<BlockKind>) {
        let start = self.text.len();
        self.text.push_str(&self.open);
        self.text.push_str(text);
        self.open.clear();
        self.folded.copy(self.text.get(start..).unwrap_or_default(), start);
        self.folded.end_block();
        if let Some(layout) = &mut self.layout {
            let kind = kind.unwrap_or(BlockKind::Paragraph);
            show(layout, self.text.get(start..).unwrap_or_default(), self.text.len(), kind);
        }
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
        if let Some(layout) = &mut self.layout {
            if layout.depth() == 0 {
                layout.begin(BlockKind::Table);
            }
            while layout.depth() > 1 {
                layout.end();
            }
            layout.begin(BlockKind::Row);
        }
    }

    /// Begins a cell of a row.
    pub(super) fn begin_cell(&mut self) {
        self.rows.begin_cell(&mut self.folded);
        if let Some(layout) = &mut self.layout
            && layout.depth() > 1
        {
            while layout.depth() > 2 {
                layout.end();
            }
            layout.begin(BlockKind::Cell);
        }
    }

    /// Ends a table.
    pub(super) fn end_table(&mut self) {
        self.rows.end(&mut self.folded);
        if let Some(layout) = &mut self.layout {
            while layout.depth() > 0 {
                layout.end();
            }
        }
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

    /// The layout.
    pub(super) fn finish_layout(self) -> Layout {
        let mut layout = self.layout.map(Builder::finish).unwrap_or_default();
        // Items that follow each other are one list.
        layout.blocks.dedup_by(|next, list| {
            let are_lists = list.kind == next.kind && matches!(next.kind, BlockKind::List(_));
            if are_lists {
                list.blocks.append(&mut next.blocks);
            }
            are_lists
        });
        layout
    }
}

/// Adds a paragraph to a layout.
fn show(layout: &mut Builder, text: &str, end: usize, kind: BlockKind) {
    match kind {
        BlockKind::Item => {
            layout.begin(BlockKind::List(None));
            layout.begin(BlockKind::Item);
            layout.copy(text, end, RunStyle::default());
            layout.end();
            layout.end();
        }
        BlockKind::Quote => {
            layout.begin(BlockKind::Quote);
            layout.copy(text, end, RunStyle::default());
            layout.end();
        }
        kind => {
            layout.begin(kind);
            layout.copy(text, end, RunStyle::default());
            layout.end();
        }
    }
}
