//! What a lock becomes when somebody looks at the sources again.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Acceptance, Lock, LockedFile, LockedValue, Taker};
use crate::source::Content;

/// A file as it is, and what stories take from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its content.
    pub content: Content,
    /// The figures of the stories that were looked at.
    pub figures: BTreeMap<Taker, LockedValue>,
}

/// Who accepts what has changed.
#[derive(Clone, Debug)]
pub struct Acceptor {
    /// On which day.
    pub date: Date,
    /// Who.
    pub author: String,
    /// Why.
    pub reason: String,
}

/// What became of the files, by their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Update {
    /// Locked for the first time.
    pub added: Vec<String>,
    /// Changed, and accepted.
    pub accepted: Vec<String>,
    /// Changed, and left as they were locked: nobody has said why.
    pub refused: Vec<String>,
    /// Changed, and left as they were locked: these stories take figures from them too, and were not looked at.
    pub unseen: Vec<(String, Vec<String>)>,
    /// No longer locked: no story takes anything from them.
    pub forgotten: Vec<String>,
}

impl Lock {
    /// Takes in the files as they are seen by some stories, `stories` being the rule files of all those that were looked
    /// at. What other stories take from a file that has not changed stays, for as long as they exist.
    pub fn update(
        &mut self,
        seen: BTreeMap<String, Seen>,
        stories: &BTreeSet<String>,
        exists: impl Fn(&str) -> bool,
        acceptor: Option<&Acceptor>,
    ) -> Update {
        let mut update = Update::default();
        let is_elsewhere = |taker: &Taker| !stories.contains(&taker.story) && exists(&taker.story);
        for (path, locked) in &mut self.files {
            if !seen.contains_key(path) {
                locked.figures.retain(|taker, _| is_elsewhere(taker));
                if locked.figures.is_empty() {
                    update.forgotten.push(path.clone());
                }
            }
        }
        self.files.retain(|path, locked| seen.contains_key(path) || !locked.figures.is_empty());
        for (path, Seen { content, figures }) in seen {
            let Some(locked) = self.files.get_mut(&path) else {
                update.added.push(path.clone());
                self.files.insert(path, LockedFile { figures, ..LockedFile::new(content) });
                continue;
            };
            if locked.content.digest == content.digest {
                locked.content = content;
                locked.figures.retain(|taker, _| is_elsewhere(taker));
                locked.figures.extend(figures);
                continue;
            }
            let Some(Acceptor { date, author, reason }) = acceptor else {
                update.refused.push(path);
                continue;
            };
            let unseen: BTreeSet<&String> =
                locked.figures.keys().filter(|taker| is_elsewhere(taker)).map(|taker| &taker.story).collect();
            if !unseen.is_empty() {
                // Their figures may have moved too, and would be taken for looked at.
                update.unseen.push((path, unseen.into_iter().cloned().collect()));
                continue;
            }
            let before = locked.content.digest;
            let (author, reason) = (author.clone(), reason.clone());
            locked.history.push(Acceptance { date: *date, author, reason, before });
            (locked.content, locked.figures) = (content, figures);
            update.accepted.push(path);
        }
        update
    }
}
