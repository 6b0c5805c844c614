//! Drafts as their readers see them, and the passages that rules quote from them.
//!
//! [`Prose`] is the text of a draft without its markup, folded so that kinds of white space and quotation marks make no
//! difference, with the way back from each span to the file. A [`Quote`] is folded the same way and found in it. A
//! [`Manuscript`] is both, read from a file. A new format is a module that folds a file (as `markdown` does) and a line in
//! [`Format`] and in [`Manuscript::read`].

mod closest;
mod comment;
mod docx;
mod edges;
mod fold;
mod format;
mod front;
mod html;
mod layout;
mod manuscript;
mod map;
mod markdown;
mod numbers;
mod plain;
mod quote;
mod raised;
mod rows;
mod sentence;
#[cfg(test)]
mod tests;

use std::cell::LazyCell;
use std::sync::OnceLock;

use memchr::memmem;

pub use closest::{Closest, Difference};
pub use comment::Comment;
pub use docx::DocxError;
pub use format::{Format, UnsupportedDraft};
pub use front::published;
pub use layout::{Block, BlockKind, Layout, Run, RunStyle};
pub use manuscript::{Manuscript, UnreadableDraft};
pub use quote::{Found, Quote};
pub use sentence::next_sentence;

use crate::text::Span;
use fold::{Folded, matching};
use numbers::NumberIndex;

/// A text this short, in bytes, is searched without preparation.
const SHORT: usize = 256;

/// A draft as a reader sees it, with spans back into the file. Spans in the prose are byte offsets of [`Prose::text`].
#[derive(Clone, Debug)]
pub struct Prose {
    reader: Folded,
    /// The text for matching, where it differs from the reader's.
    matching: Option<Folded>,
    /// Some formats have markup, which may have been copied into quotes.
    format: Format,
    /// Of the text for matching, once a quote with a number has been looked for.
    numbers: OnceLock<NumberIndex>,
}

impl Prose {
    /// The prose of a Markdown file: without front matter, code, HTML, link targets, image addresses and footnote marks.
    pub fn markdown(original: &str) -> Self {
        Self::of(markdown::fold(original), Format::Markdown)
    }

    /// The prose of a plain text: paragraphs apart by blank lines.
    pub fn plain(original: &str) -> Self {
        Self::of(plain::fold(original), Format::Plain)
    }

    /// The prose of an HTML page: what its readers see, without code, controls and raised marks.
    pub fn html(original: &str) -> Self {
        Self::of(html::fold(original), Format::Html)
    }

    fn of(reader: Folded, format: Format) -> Self {
        Self { matching: reader.matching(), reader, format, numbers: OnceLock::new() }
    }

    /// What a reader sees. Blocks (paragraphs, headings, list items, table rows) are apart by `\n` and the cells of a table
    /// row by `\t`; inside them all white space, no-break spaces included, is one space. Quotation marks are straight, "…"
    /// is "...", "--" is "—"; other dashes and the minus sign are kept as they are. Characters without a shape (soft
    /// hyphens, zero-width spaces) are gone.
    pub fn text(&self) -> &str {
        &self.reader.text
    }

    /// Where a span of the prose stands in the file: from its first to its last character, with the markup between.
    pub fn original(&self, in_prose: Span) -> Span {
        self.reader.map.origin(in_prose)
    }

    /// The comments of a Markdown or HTML file, in order.
    pub fn comments(&self) -> &[Comment] {
        &self.reader.comments
    }

    /// What a Markdown or HTML file sets as code, in lines and in blocks, in order: spans of the file.
    pub fn code(&self) -> &[Span] {
        &self.reader.code
    }

    /// Looks for a quote in the whole draft. All dashes and hyphens match one another, letter case matters, and a quote
    /// is found neither across blocks nor with an end inside a word or number.
    pub fn find(&self, quote: &Quote) -> Found {
        self.find_folded(quote, |words| {
            let view = self.matching.as_ref();
            let matched = view.map_or(self.text(), |view| &view.text);
            let place = |span| view.map_or(span, |view| view.map.origin(span));
            match self.numbers.get_or_init(|| NumberIndex::new(matched)).places(matched, words) {
                Some(places) => self.whole(places, words, place),
                None => self.occurrences(matched, words, place),
            }
        })
    }

    /// Looks for words in a passage that was found, by the same rules. The passage's ends count as they stand in the
    /// draft.
    pub fn find_within(&self, passage: Span, words: &Quote) -> Found {
        let text = passage.of(self.text());
        let offset = passage.start as usize;
        self.find_folded(words, |words| {
            if self.matching.is_none() {
                self.occurrences(text, words, |span| span.shift(offset))
            } else {
                let view = matching(text);
                self.occurrences(&view.text, words, |span| view.map.origin(span).shift(offset))
            }
        })
    }

    /// The sentence around a span, or the sentences if it lies in several; never more than the block, or the table cell.
    pub fn sentence(&self, at: Span) -> Span {
        sentence::around(self.text(), at)
    }

    /// The block around a span: its paragraph, heading, list item or table row.
    pub fn block(&self, at: Span) -> Span {
        sentence::block(self.text(), at)
    }

    /// The passage most like a quote that was not found, if there is one alike enough to be meant.
    pub fn closest(&self, quote: &Quote) -> Option<Closest> {
        closest::closest(self.text(), quote.folded())
    }

    fn find_folded(&self, quote: &Quote, find: impl Fn(&str) -> Found) -> Found {
        let found = find(quote.folded());
        if found == Found::None
            && let Some(read) = quote.without_markup(self.format)
        {
            return find(&read);
        }
        found
    }

    /// All places of `words` in a part of the text for matching; `place` gives the span in the reader's text.
    fn occurrences(&self, matched: &str, words: &str, place: impl Fn(Span) -> Span) -> Found {
        if words.is_empty() {
            return Found::None;
        }
        let finder = LazyCell::new(|| memmem::Finder::new(words));
        let mut from = 0;
        let places = std::iter::from_fn(|| {
            let rest = matched.as_bytes().get(from..)?;
            // A finder costs more than the search of a passage.
            let at = if rest.len() < SHORT { find_near(rest, words.as_bytes()) } else { finder.find(rest) }?;
            from += at + 1;
            Some(from - 1)
        });
        self.whole(places, words, place)
    }

    /// Those of the places of `words` at which they are whole and apart.
    fn whole(&self, places: impl Iterator<Item = usize>, words: &str, place: impl Fn(Span) -> Span) -> Found {
        let mut found = Found::None;
        let mut end = 0;
        for start in places {
            let span = place(Span::new(start, start + words.len()));
            if start >= end && self.is_whole(span) {
                found = found.and(span);
                end = start + words.len();
            }
        }
        found
    }

    /// Whether a span begins and ends between words and numbers.
    fn is_whole(&self, span: Span) -> bool {
        // A plain space is one byte of the file; a no-break space is longer, in UTF-8 and as an entity.
        let is_tight = |space: usize| self.original(Span::new(space, space + 1)).len() > 1;
        let text = self.text();
        !edges::is_inside(text, span.start as usize, is_tight)
            && !edges::is_inside(text, span.end as usize, is_tight)
    }
}

/// Where words first stand in a short passage, without the preparation that a long text is worth.
fn find_near(passage: &[u8], words: &[u8]) -> Option<usize> {
    let (first, rest) = words.split_first()?;
    let starts = passage.get(..=passage.len().checked_sub(words.len())?)?;
    let mut places = (0..).zip(starts).filter(|(_, byte)| *byte == first).map(|(at, _)| at);
    places.find(|at| passage.get(at + 1..at + words.len()) == Some(rest))
}
