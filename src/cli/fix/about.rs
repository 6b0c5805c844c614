//! All rule files about a draft: those that were not named quote it too.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::engine::stories_below;
use crate::system::System;

/// Where rules are, if nothing else is said.
const CLAIMS: &str = "claims";

/// The rule files about some drafts, besides those that are known, as far as they lie in a folder of known ones or below,
/// beside a draft, or in a folder `claims` above it. Drafts have their links followed.
pub(super) fn others(system: &dyn System, drafts: &BTreeSet<PathBuf>, known: &[&Path]) -> Vec<PathBuf> {
    let resolved = |path: &Path| system.resolve(path).ok();
    let known_paths: BTreeSet<PathBuf> = known.iter().filter_map(|path| resolved(path)).collect();
    let folder = |path: &Path| match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut deep: BTreeSet<PathBuf> = known.iter().map(|path| folder(path)).collect();
    let mut flat = BTreeSet::new();
    let here = system.resolve(Path::new(".")).unwrap_or_default();
    for draft in drafts {
        // As the program names files: from the folder that it runs in, where they lie below.
        let draft = draft.strip_prefix(&here).unwrap_or(draft);
        flat.insert(folder(draft));
        deep.extend(draft.ancestors().skip(1).map(|above| above.join(CLAIMS)));
    }
    let mut found = BTreeSet::new();
    let places = deep.iter().map(|folder| (folder, true)).chain(flat.iter().map(|folder| (folder, false)));
    for (folder, is_deep) in places.filter(|(folder, _)| system.kind(folder).is_some()) {
        let stories = stories_below(system, folder, is_deep).into_iter();
        let about = stories.filter(|(_, draft)| resolved(draft).is_some_and(|draft| drafts.contains(&draft)));
        found.extend(about.map(|(rules, _)| rules));
    }
    let mut seen = known_paths;
    found.into_iter().filter(|rules| resolved(rules).is_some_and(|path| seen.insert(path))).collect()
}
