//! The shape of a draft: its headings, paragraphs, lists, quotes and tables, for reports that show it as it will read.
//!
//! Checking never asks for it. [`Layout::read`] reads a file a second time, by the same parsers as [`Prose`](super::Prose)
//! does, so that what was found in the prose can be marked here by its place in the file.

mod builder;
mod markdown;

pub(super) use builder::Builder;

use std::sync::Arc;

use super::{Format, UnreadableDraft, docx, html};
use crate::text::Span;

/// A draft's blocks, in the order of reading.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The outermost blocks.
    pub blocks: Vec<Block>,
}

/// A block, with the blocks or the words in it: one that has words has no blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The blocks in it. They lie no deeper in each other than a reader could tell.
    pub blocks: Vec<Block>,
    /// The words in it.
    pub runs: Vec<Run>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading, of level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A passage set off as quoted.
    Quote,
    /// A list; one that is numbered has its first number.
    List(Option<u64>),
    /// An item of a list.
    Item,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a row.
    Cell,
    /// A cell that heads its column or row.
    HeadCell,
    /// The words below a picture or above a table.
    Caption,
    /// Code, with its line ends.
    Code,
    /// A footnote.
    Footnote,
    /// A line between parts.
    Rule,
}

/// Some words that are set alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The words as they read.
    pub text: String,
    /// Where they stand in the text that findings point into. Words of the same length were copied from there; others
    /// stand for the whole of it.
    pub origin: Span,
    /// How they are set.
    pub style: RunStyle,
    /// Where they lead, as written.
    pub link: Option<Arc<str>>,
}

/// How words are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each goes with each other")]
pub struct RunStyle {
    /// Stressed, in italics.
    pub is_stressed: bool,
    /// Strong, in bold.
    pub is_strong: bool,
    /// Struck through.
    pub is_struck: bool,
    /// Code.
    pub is_code: bool,
    /// Raised, as a footnote's mark.
    pub is_raised: bool,
}

impl Layout {
    /// The layout of a file of this format.
    ///
    /// # Errors
    /// As [`Manuscript::read`](super::Manuscript::read) has them.
    pub fn read(format: Format, bytes: &[u8]) -> Result<Self, UnreadableDraft> {
        if format == Format::Docx {
            return Ok(docx::layout(bytes)?);
        }
        Ok(Self::of_text(format, &String::from_utf8_lossy(bytes)))
    }

    /// The layout of a text of this format; of a Word document's text, a paragraph a line.
    pub fn of_text(format: Format, text: &str) -> Self {
        match format {
            Format::Markdown => markdown::layout(text),
            Format::Html => html::layout(text),
            Format::Plain => plain(text),
            Format::Docx => lines(text),
        }
    }

    /// Every run of words, in order.
    pub fn runs(&self) -> Vec<&Run> {
        fn collect<'l>(blocks: &'l [Block], into: &mut Vec<&'l Run>) {
            for block in blocks {
                into.extend(&block.runs);
                collect(&block.blocks, into);
            }
        }
        let mut runs = Vec::new();
        collect(&self.blocks, &mut runs);
        runs
    }
}

/// Paragraphs apart by blank lines.
fn plain(text: &str) -> Layout {
    let mut builder = Builder::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if words.is_empty() {
            builder.end_words();
        } else {
            let start = at + line.len() - line.trim_start().len();
            builder.copy(words.trim_start_matches('\u{feff}'), start + words.len(), RunStyle::default());
            builder.space(at + line.trim_end().len());
        }
        at += line.len();
    }
    builder.finish()
}

/// A paragraph a line.
fn lines(text: &str) -> Layout {
    let mut builder = Builder::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end_matches('\n');
        builder.copy(words, at + words.len(), RunStyle::default());
        builder.end_words();
        at += line.len();
    }
    builder.finish()
}

#[cfg(test)]
mod tests;
