//! What is known of the sources that a story's figures come from, and what has become of them since they were locked.

use std::path::Path;
use std::sync::Arc;

use super::FileText;
use crate::claim::RawSource;
use crate::hedge::Verdict;
use crate::lock::LockedValue;
use crate::number::Decimal;
use crate::source::Content;
use crate::text::Span;
use crate::unit::Unit;

/// A source that figures of a story come from.
#[derive(Clone, Debug)]
pub struct SourceFacts<'a> {
    /// Its name.
    pub name: &'a str,
    /// As its rule file describes it.
    pub raw: &'a RawSource<'a>,
    /// Where its name stands, in which rule file.
    pub defined: (&'a FileText<'a>, Span),
    /// Its table or document.
    pub path: Option<Arc<Path>>,
    /// The content of that, where it is asked for and could be read.
    pub content: Option<Content>,
    /// The figures that are taken from it, each once.
    pub figures: Vec<SourceFigure>,
    /// The claims that rest on it, by their index in [`super::Story::assessments`].
    pub claims: Vec<usize>,
    /// How it compares with the lock.
    pub lock: LockState,
}

/// A figure that is taken from a source.
#[derive(Clone, Debug)]
pub struct SourceFigure {
    /// As formulas name it.
    pub name: String,
    /// Its value there.
    pub value: LockedValue,
    /// The unit, where it comes from a table.
    pub unit: Option<Unit>,
}

impl SourceFacts<'_> {
    /// What has changed in its file since it was locked.
    pub fn change(&self) -> Option<&SourceChange> {
        match &self.lock {
            LockState::Changed(change) => Some(change),
            LockState::Unwatched | LockState::New | LockState::Same => None,
        }
    }
}

/// How a source's file compares with the lock.
#[derive(Clone, Debug)]
pub enum LockState {
    /// There is no lock, or no file, or it cannot be read, which is said elsewhere.
    Unwatched,
    /// The lock does not have it, or not for this story.
    New,
    /// It is the file that was locked.
    Same,
    /// It is another.
    Changed(Box<SourceChange>),
}

/// What has changed in a source's file since it was locked.
#[derive(Clone, Debug)]
pub struct SourceChange {
    /// The file as it was.
    pub before: Content,
    /// The file as it is.
    pub now: Content,
    /// The figures with another value, or none.
    pub moved: Vec<MovedFigure>,
    /// The claims whose verdict would be another by the locked values of all sources.
    pub flips: Vec<Flip>,
}

/// A figure with another value than in the lock. Values are as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedFigure {
    /// As formulas name it.
    pub name: String,
    /// In the lock, with the name of its unit.
    pub before: (Decimal, String),
    /// By the source as it is; none where the figure cannot be taken from it any more.
    pub now: Option<(Decimal, Unit)>,
}

impl MovedFigure {
    /// The unit of both values, where they have one.
    pub fn unit(&self) -> Option<Unit> {
        self.now.map(|(_, unit)| unit).filter(|unit| unit.name() == self.before.1)
    }
}

/// A claim with another verdict than by other values of its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flip {
    /// By its index in [`super::Story::assessments`].
    pub claim: usize,
    /// The verdict by the other values.
    pub before: Verdict,
    /// The verdict by the figures as they are.
    pub now: Verdict,
}
