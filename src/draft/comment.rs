//! Comments in a draft's file, which no reader sees: where instructions to the program may stand.

use crate::text::Span;

/// A comment: `<!-- … -->` in Markdown and HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands in the file, with its marks.
    pub in_file: Span,
    /// Where it stands in the prose: an offset in its block, or at the beginning of the next block, if it is in none.
    pub at: u32,
}

impl Comment {
    /// What it says, without its marks and the white space around.
    pub fn words<'t>(&self, file: &'t str) -> &'t str {
        let inner = self.in_file.of(file).strip_prefix("<!--").unwrap_or_default();
        let inner = inner.strip_suffix("-->").or_else(|| inner.strip_suffix("--!>")).unwrap_or(inner);
        inner.trim()
    }
}
