//! Findings that somebody has looked at and lets stand.

use jiff::civil::Date;

use super::Finding;

/// A finding that is not held against the draft, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The finding.
    pub finding: Finding,
    /// Why it may stand.
    pub reason: String,
    /// Who says so.
    pub author: String,
    /// Since when.
    pub date: Date,
}
