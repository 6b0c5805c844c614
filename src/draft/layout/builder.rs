//! A layout as it is built.

use std::ops::Range;
use std::sync::Arc;

use super::{Block, BlockKind, Layout, Run, RunStyle};

/// Blocks lie this deep in each other at most; what lies deeper is shown with what it lies in.
const DEEPEST: usize = 32;

/// Blocks that are open, from the outermost.
#[derive(Debug, Default)]
pub(in crate::draft) struct Builder {
    blocks: Vec<Block>,
    open: Vec<Block>,
    /// How many blocks have begun that lie too deep to be shown.
    deeper: usize,
    /// The innermost block was not begun: words made it a paragraph.
    is_implied: bool,
    /// Where words lead that come next.
    pub(in crate::draft) link: Option<Arc<str>>,
}

impl BlockKind {
    /// Whether words stand in it, and no blocks.
    fn has_words(self) -> bool {
        matches!(self, Self::Heading(_) | Self::Paragraph | Self::Caption | Self::Code)
    }
}

impl Builder {
    /// Begins a block.
    pub(in crate::draft) fn begin(&mut self, kind: BlockKind) {
        self.end_words();
        if self.open.len() >= DEEPEST {
            self.deeper += 1;
            return;
        }
        self.open.push(Block { kind, blocks: Vec::new(), runs: Vec::new() });
    }

    /// Ends the innermost block.
    pub(in crate::draft) fn end(&mut self) {
        self.end_words();
        if self.deeper > 0 {
            self.deeper -= 1;
        } else {
            self.close();
        }
    }

    /// How many blocks are open; a paragraph that words made is none.
    pub(in crate::draft) fn depth(&self) -> usize {
        self.open.len() + self.deeper - usize::from(self.is_implied)
    }

    /// Ends the paragraph that words made.
    pub(in crate::draft) fn end_words(&mut self) {
        if std::mem::take(&mut self.is_implied) {
            self.close();
        }
    }

    /// Adds a line between parts.
    pub(in crate::draft) fn rule(&mut self) {
        self.begin(BlockKind::Rule);
        self.end();
    }

    /// Adds words that stand in the file as they read, and end at byte `end` of it.
    pub(in crate::draft) fn copy(&mut self, text: &str, end: usize, style: RunStyle) {
        self.add(text, end.saturating_sub(text.len())..end, style);
    }

    /// Adds words that stand for a part of the file.
    pub(in crate::draft) fn add(&mut self, text: &str, origin: Range<usize>, style: RunStyle) {
        if text.is_empty() {
            return;
        }
        let link = self.link.clone();
        let origin = origin.into();
        if let Some(words) = self.words() {
            words.push(Run { text: text.to_owned(), origin, style, link });
        }
    }

    /// Adds a space between words, if any stand before it.
    pub(in crate::draft) fn space(&mut self, at: usize) {
        let has_words = self.open.last().is_some_and(|block| !block.runs.is_empty());
        if has_words {
            self.add(" ", at..at + 1, RunStyle::default());
        }
    }

    /// Ends the layout.
    pub(in crate::draft) fn finish(mut self) -> Layout {
        while !self.open.is_empty() {
            self.close();
        }
        Layout { blocks: self.blocks }
    }

    /// The words of the innermost block; of a paragraph that they make, where that is none for words.
    fn words(&mut self) -> Option<&mut Vec<Run>> {
        let takes_words = self.open.last().is_some_and(|block| block.kind.has_words());
        if !takes_words {
            self.open.push(Block { kind: BlockKind::Paragraph, blocks: Vec::new(), runs: Vec::new() });
            self.is_implied = true;
        }
        self.open.last_mut().map(|block| &mut block.runs)
    }

    fn close(&mut self) {
        let Some(mut block) = self.open.pop() else { return };
        // White space at a block's end is nothing.
        while block.kind != BlockKind::Code && block.runs.last().is_some_and(|run| run.text.trim().is_empty())
        {
            block.runs.pop();
        }
        let is_empty = block.runs.is_empty() && block.blocks.is_empty();
        let shows_nothing =
            is_empty && !matches!(block.kind, BlockKind::Rule | BlockKind::Cell | BlockKind::HeadCell);
        if shows_nothing {
            return;
        }
        match self.open.last_mut() {
            // A block with words has no blocks: what stood in it goes on after it.
            Some(outer) if !outer.kind.has_words() => outer.blocks.push(block),
            Some(outer) => outer.runs.append(&mut block.runs),
            None => self.blocks.push(block),
        }
    }
}
