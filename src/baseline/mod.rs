//! The baseline: findings that a newsroom has looked at and lets stand, each with who says so, since when and why.
//!
//! An entry names its finding by the fingerprint, so that lines may move. It lets stand that one finding and no other; when
//! the finding is gone, the entry is reported, and so is one whose day has come.

mod decode;
mod entry;

pub use entry::{Entry, written};

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::Date;

use crate::assessment::FileText;
use crate::claim::utf8;
use crate::engine::{Problem, StoryOutcome};
use crate::finding::{Accepted, Fingerprint, fingerprints, slashed};
use crate::system::System;
use crate::text::Span;

/// A baseline that was read.
#[derive(Debug)]
pub struct Baseline {
    file: FileText<'static>,
    /// The day on which it is read.
    today: Date,
    entries: Vec<Placed>,
    by_print: HashMap<Fingerprint, usize>,
    by_story: HashMap<String, Vec<usize>>,
}

/// An entry, where it stands, and what has been seen of it.
#[derive(Debug)]
struct Placed {
    entry: Entry,
    span: Span,
    /// Whether all of its story was checked.
    is_due: AtomicBool,
    /// Whether its finding was found.
    is_met: AtomicBool,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn read(system: &dyn System, path: &Path, today: Date) -> Result<Self, Vec<Problem>> {
        let path: Arc<Path> = path.into();
        let mut bytes = Vec::new();
        let unread = |message: String| {
            vec![Problem { path: path.clone(), excerpt: None, message, help: None, related: None }]
        };
        system.read(&path, &mut bytes).map_err(|error| unread(error.to_string()))?;
        let text = utf8(&bytes).map_err(|complaint| unread(complaint.message))?.to_owned();
        let file = FileText::new(path.clone(), text);
        let decoded = decode::entries(&file.text).map_err(|complaints| {
            let placed = complaints.into_iter().map(|complaint| Problem {
                path: path.clone(),
                excerpt: Some(file.excerpt(complaint.span)),
                message: complaint.message,
                help: complaint.help,
                related: complaint.related.map(|(span, what)| (file.excerpt(span), what)),
            });
            placed.collect::<Vec<_>>()
        })?;
        let mut by_print = HashMap::new();
        let mut by_story: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, (entry, _)) in decoded.iter().enumerate() {
            by_print.insert(entry.fingerprint, at);
            by_story.entry(entry.story.clone()).or_default().push(at);
        }
        let placed = |(entry, span)| Placed { entry, span, is_due: false.into(), is_met: false.into() };
        Ok(Self { file, today, entries: decoded.into_iter().map(placed).collect(), by_print, by_story })
    }

    /// The story, less the findings that may stand, which it has apart.
    #[must_use]
    pub fn sift<'a>(&self, mut story: StoryOutcome<'a>) -> StoryOutcome<'a> {
        // What could not be checked may have the finding still.
        let is_checked = story.problems.is_empty() && !story.claims.iter().any(|claim| claim.outside_draft);
        for at in self.by_story.get(&slashed(&story.rules)).into_iter().flatten().filter(|_| is_checked) {
            if let Some(placed) = self.entries.get(*at) {
                placed.is_due.store(true, Ordering::Relaxed);
            }
        }
        let prints = fingerprints(&story.rules, &story.findings);
        for (mut finding, print) in std::mem::take(&mut story.findings).into_iter().zip(prints) {
            finding.fingerprint = Some(Box::new(print));
            let placed = self.by_print.get(&print).and_then(|at| self.entries.get(*at));
            if let Some(placed) = placed {
                placed.is_met.store(true, Ordering::Relaxed);
            }
            match placed.map(|placed| &placed.entry).filter(|entry| entry.is_in_force(self.today)) {
                Some(Entry { reason, author, date, .. }) => {
                    let (reason, author, date) = (reason.clone(), author.clone(), *date);
                    story.accepted.push(Accepted { finding, reason, author, date });
                }
                None => story.findings.push(finding),
            }
        }
        story
    }

    /// Whether there is an entry for a finding, in force or not.
    pub fn has(&self, print: Fingerprint) -> bool {
        self.by_print.contains_key(&print)
    }

    /// Entries that let nothing stand any more, after all stories have been sifted: their finding is gone, or their day
    /// has come. Nothing is said of entries whose story was not checked.
    pub fn stale(&self) -> Vec<Problem> {
        let stale = self.entries.iter().filter_map(|placed| {
            let Entry { check, expires, author, .. } = &placed.entry;
            let is_met = placed.is_met.load(Ordering::Relaxed);
            let (message, help) = if !is_met && !placed.is_due.load(Ordering::Relaxed) {
                return None;
            } else if !is_met {
                (format!("there is no such finding of `{check}` any more"), "remove the entry".to_owned())
            } else if let Some(expires) = expires.filter(|_| !placed.entry.is_in_force(self.today)) {
                let help = format!("ask {author}, then resolve the finding or set another day");
                (format!("this was accepted until {expires}"), help)
            } else {
                return None;
            };
            Some(Problem {
                path: self.file.path.clone(),
                excerpt: Some(self.file.excerpt(placed.span)),
                message,
                help: Some(help),
                related: None,
            })
        });
        stale.collect()
    }
}

#[cfg(test)]
mod tests;
