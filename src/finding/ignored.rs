//! Findings that nobody made, because the author says that the number needs no claim.

use super::Finding;

/// What would be found of a number, were it not ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// The finding, which counts nowhere.
    pub finding: Finding,
    /// Why the number needs no claim; empty where nobody says so.
    pub reason: String,
    /// Where it is said.
    pub by: IgnoredBy,
}

/// Where it is said that a number needs no claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IgnoredBy {
    /// In the rule file, as an `[[ignore]]`.
    Rules,
    /// In the draft, as a comment.
    Draft,
}
