//! What became of a number, told by a word, a colour, a line and a sign, so that any one of them will do. The signs are drawn
//! by the style, wherever the name of a status stands as a class: a long story has thousands of them.

use maud::{Markup, PreEscaped, html};

use crate::finding::Severity;
use crate::hedge::Verdict;

/// What became of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Status {
    /// A claim's verdict.
    Refuted,
    /// …
    Undecided,
    /// …
    Unchecked,
    /// …
    Supported,
    /// No claim is about it.
    Unclaimed,
    /// It needs none, for a reason.
    Ignored,
    /// It is no quantity.
    Excluded,
}

impl Status {
    /// All of them, the gravest first.
    pub(super) const ALL: [Self; 7] = [
        Self::Refuted,
        Self::Undecided,
        Self::Unchecked,
        Self::Supported,
        Self::Unclaimed,
        Self::Ignored,
        Self::Excluded,
    ];

    /// Its name, also that of its style.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Refuted => "refuted",
            Self::Undecided => "undecided",
            Self::Unchecked => "unchecked",
            Self::Supported => "supported",
            Self::Unclaimed => "unclaimed",
            Self::Ignored => "ignored",
            Self::Excluded => "excluded",
        }
    }
}

impl From<Verdict> for Status {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Supported => Self::Supported,
            Verdict::Refuted => Self::Refuted,
            Verdict::Undecided => Self::Undecided,
            Verdict::Unchecked => Self::Unchecked,
        }
    }
}

/// The sign of a severity.
pub(super) fn severity(severity: Severity) -> Markup {
    html! { svg .i aria-hidden="true" { use href={ "#_" (severity.name()) } {} } }
}

/// The drawings of the severities, which their signs refer to.
pub(super) fn symbols() -> Markup {
    PreEscaped(include_str!("symbols.svg").trim_end().to_owned())
}
