//! Where a name is used: of a figure or source the formulas, of a claim its words in the draft.

use std::path::{Path, PathBuf};

use lsp_types::{Location, ReferenceParams};

use super::definition::{claims_at, passage_of};
use super::entries::{Entry, Rules, Use, known};
use super::newsroom::{Newsroom, is_rules};
use super::options::Wishes;
use super::uri::path;

pub(super) fn references(
    newsroom: &mut Newsroom<'_>,
    _: &Wishes,
    params: &ReferenceParams,
) -> Option<Vec<Location>> {
    let at = &params.text_document_position;
    let path = path(at.text_document.uri.as_str())?;
    let document = newsroom.overlay.text(&path)?;
    let offset = document.offset(at.position);
    if !is_rules(&path) {
        return Some(claims_at(newsroom, &path, offset));
    }
    let passage = passage_of(newsroom, &path, offset);
    if passage.is_some() {
        return Some(passage.into_iter().collect());
    }
    let known = known(newsroom, &path);
    let own = known.first()?;
    let used = own.use_at(offset).cloned().or_else(|| own.entry_at(offset).map(Entry::as_use))?;
    let home = known.iter().find(|rules| rules.entries.iter().any(|entry| entry.is_meant_by(&used)));
    let is_shared = home.is_some_and(|home| !home.is_story);
    let mut found = Vec::new();
    for rules in &known {
        found.extend(places(rules, &used, params.context.include_declaration));
    }
    if is_shared {
        // A library's names are used by other stories, too.
        let others: Vec<PathBuf> = newsroom.index.stories().map(Path::to_path_buf).collect();
        let is_known = |path: &Path| known.iter().any(|rules| rules.path == path);
        for story in others.into_iter().filter(|story| !is_known(story)) {
            let Some(rules) = Rules::read(newsroom.overlay, &story) else { continue };
            // A name of its own is another.
            if !rules.entries.iter().any(|entry| entry.is_meant_by(&used)) {
                found.extend(places(&rules, &used, false));
            }
        }
    }
    Some(found)
}

fn places(rules: &Rules, used: &Use, with_declaration: bool) -> Vec<Location> {
    let is_same = |it: &&Use| it.kind == used.kind && it.name == used.name && it.facet == used.facet;
    let uses = rules.uses.iter().filter(is_same).map(|it| it.span);
    let declared = rules.entries.iter().filter(|entry| with_declaration && entry.is_meant_by(used));
    declared.map(|entry| entry.span).chain(uses).filter_map(|span| rules.location(span)).collect()
}
