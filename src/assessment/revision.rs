//! Figures of which a later version came after the story was published.

use jiff::civil::Date;

use super::FileText;
use crate::formula::Quantity;
use crate::hedge::Verdict;
use crate::text::Span;

/// The later versions of a story's figures, and what they would do.
#[derive(Clone, Debug, Default)]
pub struct Revisions<'a> {
    /// The figures.
    pub figures: Vec<Revision<'a>>,
    /// The verdict of each claim by the later versions of all of them; empty where there are none.
    pub verdicts: Vec<Verdict>,
}

/// A figure with a later version than the one that counts.
#[derive(Clone, Debug)]
pub struct Revision<'a> {
    /// Its name.
    pub name: &'a str,
    /// The rule file that has the later version.
    pub file: &'a FileText<'a>,
    /// Where in it.
    pub span: Span,
    /// The day of the later version.
    pub on: Date,
    /// What its rule notes.
    pub note: Option<&'a str>,
    /// The version that counts.
    pub now: Quantity,
    /// The later one.
    pub later: Quantity,
    /// The claims that rest on it, by their index in [`super::Story::assessments`].
    pub claims: Vec<usize>,
}
