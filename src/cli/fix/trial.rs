//! Fixes tried out in memory: what is found with them decides which are made.
//!
//! Each round applies, to every draft, those of its fixes that do not touch one another, and checks again. Where a draft or
//! its rules then stand worse than before, the round is taken back for that draft, and its fixes are tried one by one.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};

use super::about::others;
use super::seen::{Seen, stories};
use crate::cli::sieve::Sieve;
use crate::engine::Options;
use crate::finding::Fingerprint;
use crate::fix::{Fix, Refusal, edited, fix};
use crate::system::{Disk, Edited, System};

/// More rounds than that are for drafts of which most fixes have to be taken back.
const ROUNDS: usize = 40;

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// The fixes that did well.
    pub(super) applied: Vec<About<String>>,
    /// Words that are left to people.
    pub(super) left: Vec<About<Refusal>>,
    /// The files as they would be.
    pub(super) changes: Vec<Change>,
}

/// Something about a claim.
#[derive(Debug)]
pub(super) struct About<T> {
    rules: Arc<std::path::Path>,
    claim: String,
    what: T,
}

impl<T: fmt::Display> fmt::Display for About<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.rules.display(), self.claim, self.what)
    }
}

/// A file that is to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// The file, as reports name it.
    pub(super) path: PathBuf,
    /// What it must hold for the change to be made.
    pub(super) before: String,
    pub(super) after: String,
}

/// The fixes of one draft in one round.
struct Attempt<'s> {
    draft: &'s PathBuf,
    fixes: Vec<(&'s Seen, &'s str, Fingerprint, Fix)>,
    /// The files with them, by their path with every link followed.
    changes: BTreeMap<PathBuf, Change>,
}

/// Which fixes do well together; `None` where the project cannot be opened.
pub(super) fn outcome(options: &Options, sieve: &Sieve) -> Result<Option<Outcome>> {
    let mut system = Edited::new(Disk);
    let mut options = options.clone();
    let Some(mut stories) = stories(&system, &options, sieve) else { return Ok(None) };
    let asked: BTreeSet<Arc<std::path::Path>> = stories.iter().map(|story| story.rules.clone()).collect();
    let more = unnamed(&system, &stories);
    if !more.is_empty() {
        options.paths.extend(more);
        let Some(with_others) = self::stories(&system, &options, sieve) else { return Ok(None) };
        stories = with_others;
    }
    let mut trial = Trial { asked, ..Trial::default() };
    for _ in 0..ROUNDS {
        let attempts = trial.attempts(&system, &stories);
        if attempts.is_empty() {
            break;
        }
        for change in attempts.iter().flat_map(|attempt| attempt.changes.values()) {
            system.set(&change.path, Some(change.after.clone().into_bytes())).context("a trial")?;
        }
        let Some(after) = self::stories(&system, &options, sieve) else { return Ok(None) };
        let mut is_any_worse = false;
        for attempt in attempts {
            if attempt.is_better(&stories, &after) {
                trial.take(attempt);
            } else {
                is_any_worse = true;
                for (path, change) in &attempt.changes {
                    // Before the first change it was the file's own.
                    let before = trial.changes.contains_key(path).then(|| change.before.clone().into_bytes());
                    system.set(&change.path, before).context("a trial")?;
                }
                trial.refuse(&attempt);
            }
        }
        stories = if is_any_worse {
            let Some(again) = self::stories(&system, &options, sieve) else { return Ok(None) };
            again
        } else {
            after
        };
    }
    trial.left(&stories);
    let changes = trial.changes.into_values().filter(|change| change.before != change.after).collect();
    Ok(Some(Outcome { applied: trial.applied, left: trial.left, changes }))
}

/// Rule files that were not named, about drafts in which something could be fixed.
fn unnamed(system: &dyn System, stories: &[Seen]) -> Vec<PathBuf> {
    let fixable = stories.iter().filter(|story| story.safe().next().is_some());
    let drafts: BTreeSet<PathBuf> = fixable.filter_map(|story| story.draft.clone()).collect();
    if drafts.is_empty() {
        return Vec::new();
    }
    let known: Vec<_> = stories.iter().map(|story| &*story.rules).collect();
    others(system, &drafts, &known)
}

#[derive(Default)]
struct Trial {
    /// The stories that were asked for; others are only kept from harm.
    asked: BTreeSet<Arc<std::path::Path>>,
    applied: Vec<About<String>>,
    left: Vec<About<Refusal>>,
    changes: BTreeMap<PathBuf, Change>,
    /// Drafts whose fixes did no good together.
    one_by_one: HashSet<PathBuf>,
    /// Fixes that did no good alone.
    refused: BTreeMap<Fingerprint, Refusal>,
}

impl Trial {
    /// What to try next: for every draft the fixes that do not touch one another.
    fn attempts<'s>(&mut self, system: &dyn System, stories: &'s [Seen]) -> Vec<Attempt<'s>> {
        let mut by_draft: BTreeMap<&PathBuf, Vec<&Seen>> = BTreeMap::new();
        for story in stories {
            if let Some(draft) = &story.draft {
                by_draft.entry(draft).or_default().push(story);
            }
        }
        by_draft.into_iter().filter_map(|(draft, about)| self.attempt(system, draft, &about)).collect()
    }

    fn attempt<'s>(
        &mut self,
        system: &dyn System,
        draft: &'s PathBuf,
        about: &[&'s Seen],
    ) -> Option<Attempt<'s>> {
        let mut attempt = Attempt { draft, fixes: Vec::new(), changes: BTreeMap::new() };
        for story in about.iter().filter(|story| self.asked.contains(&story.rules)) {
            let Some(manuscript) = &story.manuscript else { continue };
            for (wording, replacement, print) in story.safe() {
                if self.refused.contains_key(&print) {
                    continue;
                }
                let copies = about.iter().map(|story| story.copy());
                let file = (&*manuscript.path, manuscript.text.as_str());
                match fix(file, &manuscript.prose, replacement, copies) {
                    Some(fix) if attempt.is_apart(&fix) => {
                        attempt.fixes.push((story, &wording.claim, print, fix));
                    }
                    Some(_) => {}
                    None => _ = self.refused.insert(print, Refusal::Rules),
                }
                if !attempt.fixes.is_empty() && self.one_by_one.contains(draft) {
                    break;
                }
            }
        }
        if self.one_by_one.contains(draft) {
            attempt.fixes.truncate(1);
        }
        if attempt.fixes.is_empty() {
            return None;
        }
        attempt.change(system, about);
        Some(attempt)
    }

    fn take(&mut self, attempt: Attempt<'_>) {
        self.applied.extend(attempt.fixes.into_iter().map(|(story, claim, _, fix)| About {
            rules: story.rules.clone(),
            claim: claim.to_owned(),
            what: fix.title,
        }));
        for (path, change) in attempt.changes {
            match self.changes.get_mut(&path) {
                Some(known) => known.after = change.after,
                None => _ = self.changes.insert(path, change),
            }
        }
    }

    fn refuse(&mut self, attempt: &Attempt<'_>) {
        match attempt.fixes.as_slice() {
            [(_, _, print, _)] => _ = self.refused.insert(*print, Refusal::Trial),
            _ => _ = self.one_by_one.insert(attempt.draft.clone()),
        }
    }

    /// Notes what is reported still, and why.
    fn left(&mut self, stories: &[Seen]) {
        for story in stories.iter().filter(|story| self.asked.contains(&story.rules)) {
            for wording in &story.wordings {
                let Some(print) = story.reported.get(&wording.claim) else { continue };
                let refusal = self.refused.get(print).or(wording.refusal.as_ref());
                self.left.extend(refusal.map(|refusal| About {
                    rules: story.rules.clone(),
                    claim: wording.claim.clone(),
                    what: refusal.clone(),
                }));
            }
        }
    }
}

impl Attempt<'_> {
    /// Whether a fix edits nothing that another one does.
    fn is_apart(&self, fix: &Fix) -> bool {
        let mut edits = self.fixes.iter().flat_map(|(_, _, _, fix)| &fix.edits);
        !edits.any(|ours| fix.edits.iter().any(|it| it.path == ours.path && it.span.overlaps(ours.span)))
    }

    /// Works out the files as they would be.
    fn change(&mut self, system: &dyn System, about: &[&Seen]) {
        let rules = about.iter().map(|story| (&story.rules, &story.text));
        let drafts =
            about.iter().filter_map(|story| story.manuscript.as_ref()).map(|it| (&it.path, &it.text));
        let edits: Vec<_> = self.fixes.iter().flat_map(|(_, _, _, fix)| &fix.edits).collect();
        let mut changes = BTreeMap::new();
        for (path, text) in rules.chain(drafts) {
            let of_file: Vec<_> = edits.iter().copied().filter(|edit| edit.path == **path).collect();
            let after = edited(text, &of_file).filter(|_| !of_file.is_empty());
            if let (Some(after), Ok(resolved)) = (after, system.resolve(path)) {
                let path = path.to_path_buf();
                changes.insert(resolved, Change { path, before: text.clone(), after });
            }
        }
        self.changes = changes;
    }

    /// Whether all stories about the draft stand no worse than before, and what was to be fixed is.
    fn is_better(&self, before: &[Seen], after: &[Seen]) -> bool {
        let mut about = before.iter().filter(|story| story.draft.as_ref() == Some(self.draft));
        about.all(|story| {
            let own = self.fixes.iter().filter(|(of, ..)| of.rules == story.rules);
            let fixed: BTreeSet<&str> = own.map(|(_, claim, ..)| *claim).collect();
            let now = after.iter().find(|now| now.rules == story.rules);
            now.is_some_and(|now| now.is_better(story, &fixed))
        })
    }
}
