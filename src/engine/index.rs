//! Which rule files are about which drafts, for those who come from the draft.

use std::path::{Path, PathBuf};

use super::book::beside;
use super::discover::{is_story, walk};
use crate::claim::{Parser, decode, utf8};
use crate::system::{Kind, System, tidy};

/// The draft that a rule file names, seen from where the program runs; `None` for a library, and for what cannot be read.
pub fn draft_of(system: &dyn System, rules: &Path) -> Option<PathBuf> {
    if !is_story(system, rules).ok()? {
        return None;
    }
    let mut bytes = Vec::new();
    system.read(rules, &mut bytes).ok()?;
    let mut parser = Parser::new();
    let decoded = decode(&mut parser, utf8(&bytes).ok()?);
    Some(beside(rules, &decoded.file.draft?.value))
}

/// The rule files in a folder, and below where that is asked for, that name a draft, each with its draft.
pub fn stories_below(system: &dyn System, folder: &Path, deep: bool) -> Vec<(PathBuf, PathBuf)> {
    let mut files = Vec::new();
    if deep {
        // What cannot be listed has no stories that could be found.
        _ = walk(system, folder, &tidy(folder), &mut files);
    } else {
        let entries = system.list(folder).unwrap_or_default();
        let rules = entries.into_iter().filter(|entry| entry.kind == Kind::File);
        files.extend(rules.map(|entry| tidy(&entry.path)).filter(|path| super::discover::is_rule_file(path)));
    }
    let named = files.into_iter().filter_map(|rules| {
        let draft = draft_of(system, &rules)?;
        Some((rules, draft))
    });
    named.collect()
}
