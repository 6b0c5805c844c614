//! Which rule files are about a draft. They are looked for beside the draft, and in folders named `claims` above it, up to
//! the workspace's folder; or where the editor's settings say.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use super::overlay::Overlay;
use crate::engine::{draft_of, stories_below};

/// Where the command line looks for rules, if nothing else is said.
const CLAIMS: &str = "claims";

/// What is known of rule files and their drafts.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Folders of rules by the editor's settings, absolute.
    places: Vec<PathBuf>,
    looked_in: HashSet<PathBuf>,
    /// The draft of each rule file.
    drafts: BTreeMap<PathBuf, PathBuf>,
}

impl Index {
    /// Of a workspace whose rules are in these folders, besides where they usually are.
    pub(super) fn new(places: Vec<PathBuf>) -> Self {
        Self { places, ..Self::default() }
    }

    /// Everything is looked for again.
    pub(super) fn forget(&mut self) {
        self.looked_in.clear();
        self.drafts.clear();
    }

    /// Looks at a rule file again; says whether it is about another draft than before.
    pub(super) fn look_again(&mut self, overlay: &Overlay, rules: &Path) -> bool {
        let draft = draft_of(overlay, rules).map(|draft| overlay.absolute(&draft));
        match draft {
            Some(draft) => self.drafts.insert(rules.to_owned(), draft.clone()) != Some(draft),
            None => self.drafts.remove(rules).is_some(),
        }
    }

    /// The rule files about a draft, in the order of their paths.
    pub(super) fn rules_of(&mut self, overlay: &Overlay, draft: &Path) -> Vec<PathBuf> {
        let folder = draft.parent().unwrap_or(draft);
        self.look_in(overlay, folder, false);
        let is_inside = folder.starts_with(overlay.base());
        let above = folder.ancestors().take_while(|above| !is_inside || above.starts_with(overlay.base()));
        // Outside of the workspace, rules lie near their draft.
        let above = above.take(if is_inside { usize::MAX } else { 2 });
        for place in above.map(|above| above.join(CLAIMS)).chain(self.places.clone()) {
            self.look_in(overlay, &place, true);
        }
        let about = self.drafts.iter().filter(|(_, named)| *named == draft);
        about.map(|(rules, _)| rules.clone()).collect()
    }

    /// Every rule file with a draft that is known.
    pub(super) fn stories(&self) -> impl Iterator<Item = &Path> {
        self.drafts.keys().map(PathBuf::as_path)
    }

    /// Whether a file lies in a folder of rules.
    pub(super) fn is_place_of_rules(&self, overlay: &Overlay, path: &Path) -> bool {
        let below = path.strip_prefix(overlay.base()).unwrap_or(path);
        let mut folders = below.parent().into_iter().flat_map(Path::components);
        folders.any(|folder| folder.as_os_str() == CLAIMS)
            || self.places.iter().any(|place| path.starts_with(place))
    }

    fn look_in(&mut self, overlay: &Overlay, folder: &Path, deep: bool) {
        if !self.looked_in.insert(folder.to_owned()) {
            return;
        }
        let stories = stories_below(overlay, overlay.short(folder), deep);
        self.drafts.extend(
            stories.into_iter().map(|(rules, draft)| (overlay.absolute(&rules), overlay.absolute(&draft))),
        );
    }
}
