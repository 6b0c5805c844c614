//! Findings: what a check has to say of a draft, as data. How it looks is up to the reports.

mod accepted;
mod excerpt;
mod fingerprint;
mod ignored;

pub use accepted::Accepted;
pub use excerpt::Excerpt;
pub use fingerprint::{Fingerprint, fingerprints, slashed};
pub use ignored::{Ignored, IgnoredBy};

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Note,
    /// Somebody should look.
    Warning,
    /// The draft must not be printed like this.
    Error,
}

impl Severity {
    /// `note`, `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing that a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The check's slug.
    pub check: &'static str,
    /// How much it weighs, by the check or by the settings.
    pub severity: Severity,
    /// The id of the claim that it is about; `None` where it is about no single claim.
    pub claim: Option<String>,
    /// What is wrong, in a line.
    pub message: String,
    /// Where: the draft first, then the rule, then source cells.
    pub labels: Vec<Label>,
    /// What stands behind it: both sides aligned, the interval, why it matters.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// Words that would resolve it.
    pub fix: Option<Rewording>,
    /// What it is known by, where that was told while all findings of its story were at hand; most runs tell none.
    pub fingerprint: Option<Box<Fingerprint>>,
}

/// A place that a finding points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What stands there, for the finding.
    pub role: Role,
    /// The file, as reports name it.
    pub path: Arc<Path>,
    /// The lines around, and where in them.
    pub excerpt: Excerpt,
    /// What to say at the place; may be empty.
    pub text: String,
}

/// What sort of file a label points into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The draft.
    Draft,
    /// A rule file.
    Rule,
    /// A table that a figure was taken from.
    Source,
}

/// Words to put in the place of others, as reports tell them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewording {
    /// What is replaced, in the draft.
    pub excerpt: Excerpt,
    /// What it is replaced by.
    pub replacement: String,
}

impl Finding {
    /// A finding without places, notes or help yet.
    pub fn new(check: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            check,
            severity,
            claim: None,
            message: message.into(),
            labels: Vec::new(),
            notes: Vec::new(),
            help: None,
            fix: None,
            fingerprint: None,
        }
    }

    /// The same, about a claim.
    #[must_use]
    pub fn about(mut self, claim: &str) -> Self {
        self.claim = Some(claim.to_owned());
        self
    }

    /// The same, pointing at one more place.
    #[must_use]
    pub fn label(mut self, label: Label) -> Self {
        self.labels.push(label);
        self
    }

    /// The same, with one more note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The same, with its remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The first place of a kind.
    pub fn place(&self, role: Role) -> Option<&Label> {
        self.labels.iter().find(|label| label.role == role)
    }
}
