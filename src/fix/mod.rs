//! Fixes: edits after which the words of a claim fit its value, and the rules that quote them still do.
//!
//! The way there has two steps, because a draft may have several rule files. From each story come its [`Wording`]s: where
//! the words of a claim and its quote stand, and which [`Replacement`]s would do. From a replacement, and the wordings of
//! all stories about that draft, comes the [`Fix`]: every edit, in the draft and in the rule files, or none. Editors offer
//! fixes of both kinds; the command line applies those alone that are safe.

mod attribution;
mod edits;
mod quotation;
mod refusal;
mod replacement;
mod wording;

pub use edits::{Copy, edited, fix};
pub use refusal::Refusal;
pub use replacement::{MENDS, Replacement};
pub use wording::Wording;

use std::path::PathBuf;

use crate::text::Span;

/// Edits that belong together: each of them alone would leave a rule that quotes what is not in the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a line.
    pub title: String,
    /// What is edited, the draft last.
    pub edits: Vec<Edit>,
    /// Who may apply it.
    pub applicability: Applicability,
}

/// A piece of a file to be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub path: PathBuf,
    /// The piece.
    pub span: Span,
    /// What it is replaced by.
    pub text: String,
}

/// Who may apply a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// The program: what the draft says stays what it says, and says it better.
    Safe,
    /// A person who has looked at it: the source, the rule or the sentence may be what is wrong.
    Suggested,
}

/// Words as titles have them: not too many.
pub fn short(words: &str) -> String {
    const LONGEST: usize = 40;
    if words.chars().count() <= LONGEST {
        return words.to_owned();
    }
    let mut cut: String = words.chars().take(LONGEST).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests;
