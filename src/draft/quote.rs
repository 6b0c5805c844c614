//! Passages that a rule quotes, and what looking for one finds.

use std::borrow::Cow;

use super::Format;
use super::fold::{Folded, is_folded, matching};
use crate::text::Span;

/// A passage as a rule quotes it, folded as drafts are for matching. Cheap: most quotes are borrowed as they are.
#[derive(Clone, Debug)]
pub struct Quote<'a> {
    written: &'a str,
    folded: Cow<'a, str>,
}

impl<'a> Quote<'a> {
    /// The quote of a rule file. Line breaks in it are spaces: a quote does not run over several blocks.
    pub fn new(written: &'a str) -> Self {
        let folded = if is_folded(written) {
            Cow::Borrowed(written)
        } else {
            let mut reader = Folded::with_capacity(written.len());
            reader.copy(written, 0);
            Cow::Owned(matching(&reader.finish().text).text)
        };
        Self { written, folded }
    }

    /// The quote as it is matched.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Whether nothing visible is quoted; such a quote is found nowhere.
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// The quote read as a draft of this format, for one that was copied with its markup, if that makes a difference.
    pub(super) fn without_markup(&self, format: Format) -> Option<String> {
        let (marks, fold): (&[u8], fn(&str) -> Folded) = match format {
            Format::Markdown => (b"*_`[]\\~<>&#|!", super::markdown::fold),
            Format::Html => (b"<&", super::html::fold),
            Format::Plain | Format::Docx => return None,
        };
        let is_marked = self.written.bytes().any(|byte| marks.contains(&byte));
        let read = is_marked.then(|| matching(&fold(self.written).text).text)?;
        (!read.is_empty() && read != *self.folded).then_some(read)
    }
}

/// Where a quote stands in a draft's prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nowhere.
    None,
    /// Exactly once.
    Once(Span),
    /// At least twice: every place, from the first to the last.
    Many(Vec<Span>),
}

impl Found {
    /// The places found, in order.
    pub fn spans(&self) -> &[Span] {
        match self {
            Self::None => &[],
            Self::Once(span) => std::slice::from_ref(span),
            Self::Many(spans) => spans,
        }
    }

    pub(super) fn and(self, span: Span) -> Self {
        match self {
            Self::None => Self::Once(span),
            Self::Once(first) => Self::Many(vec![first, span]),
            Self::Many(mut spans) => {
                spans.push(span);
                Self::Many(spans)
            }
        }
    }
}
