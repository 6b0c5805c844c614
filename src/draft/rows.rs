//! Rows of tables whose cells may hold blocks of their own, as in HTML and in DOCX.

use super::fold::Folded;

/// The row of a table that is being read.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The length of the prose where the row begins.
    start: Option<usize>,
}

impl Rows {
    /// Begins a row: a block of its own.
    pub(super) fn begin(&mut self, folded: &mut Folded) {
        folded.end_row();
        self.start = Some(folded.text.len());
    }

    /// Begins a cell. It goes on in the block of the row, whatever blocks begin and end at the cells' edges; but a cell that
    /// holds several blocks with words makes blocks of the row's parts.
    pub(super) fn begin_cell(&mut self, folded: &mut Folded) {
        match self.start {
            None => self.begin(folded),
            Some(start) if folded.text.len() == start => folded.end_block(),
            Some(start) if folded.has_block_after(start) => self.begin(folded),
            Some(_) => folded.begin_cell(),
        }
    }

    /// Ends a table.
    pub(super) fn end(&mut self, folded: &mut Folded) {
        folded.end_row();
        self.start = None;
    }
}
