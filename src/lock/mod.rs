//! The lock: each source's file as it was when somebody looked at it, and the figures that stories took from it then.
//!
//! It is a file that is committed and merged. What it says of a file is changed only by somebody who says why.

mod decode;
mod update;
mod write;

pub use update::{Acceptor, Seen, Update};

use std::collections::BTreeMap;
use std::path::{Component, Path};

use jiff::civil::Date;

use crate::claim::Complaint;
use crate::number::Decimal;
use crate::source::{Content, Digest};

/// The name of a project's lock, which lies in its root.
pub const LOCK: &str = "factcheck.lock";

/// All that is locked, by the files' paths, which are as seen from the lock, with slashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// The files.
    pub files: BTreeMap<String, LockedFile>,
}

/// A source's file as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedFile {
    /// Its content.
    pub content: Content,
    /// What stories took from it.
    pub figures: BTreeMap<Taker, LockedValue>,
    /// Its earlier states, and why each gave way; the oldest first.
    pub history: Vec<Acceptance>,
}

/// A story and the figure that it took: two stories may call theirs alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Taker {
    /// The rule file of the story, as seen from the lock.
    pub story: String,
    /// The figure as formulas name it: a cell, too.
    pub figure: String,
}

/// The value of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LockedValue {
    /// Taken from a table. As written: 5 for 5%, in the unit of this name.
    Taken(Decimal, String),
    /// Stated in the rules, in these words.
    Stated(String),
}

/// A change that somebody accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// On which day.
    pub date: Date,
    /// Who.
    pub author: String,
    /// Why.
    pub reason: String,
    /// The file's hash before.
    pub before: Digest,
}

impl Lock {
    /// Reads a lock.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Vec<Complaint>> {
        decode::lock(text)
    }

    /// The lock as a file: the same for the same lock, a figure a line, so that two branches merge.
    pub fn written(&self) -> String {
        write::lock(self)
    }
}

impl LockedFile {
    /// A file that nobody has locked before.
    pub fn new(content: Content) -> Self {
        Self { content, figures: BTreeMap::new(), history: Vec::new() }
    }

    /// The stories that took figures from it, each once.
    pub fn stories(&self) -> impl Iterator<Item = &str> {
        let mut last = None;
        self.figures
            .keys()
            .map(|taker| taker.story.as_str())
            .filter(move |story| last.replace(*story) != Some(*story))
    }
}

/// The path of a file as seen from a folder, with slashes. Both are absolute.
pub fn seen_from(folder: &Path, file: &Path) -> String {
    let name = |part: &Component<'_>| part.as_os_str().to_string_lossy().into_owned();
    let (folder, file): (Vec<_>, Vec<_>) = (folder.components().collect(), file.components().collect());
    let shared = folder.iter().zip(&file).take_while(|(a, b)| a == b).count();
    let up = folder.iter().skip(shared).map(|_| "..".to_owned());
    let down = file.iter().skip(shared).map(name);
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests;
