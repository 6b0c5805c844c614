//! Which rule files a run is about, which of them are stories, and where the project's root is.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use super::bare;
use crate::claim::{Head, head};
use crate::system::{Kind, System, tidy};

/// How much of a rule file is read to tell a story from a library: the keys before the first table.
const HEAD: usize = 1024;

/// The settings file's name; never a rule file.
pub const SETTINGS: &str = "factcheck.toml";

/// The rule files of a run.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Files with a draft, in the order of their paths.
    pub stories: Vec<PathBuf>,
    /// Files without one, in the order of their paths.
    pub libraries: Vec<PathBuf>,
    /// Drafts that are to be checked by themselves, in the order given.
    pub drafts: Vec<PathBuf>,
    /// The stories' texts, as far as they are kept.
    pub kept: Kept,
    /// Files in the parents of the paths given that may be libraries; what does not decode as one is none of ours.
    pub parents: Vec<PathBuf>,
}

/// Texts of stories that were read to tell them from libraries, and need not be read again.
#[derive(Debug, Default)]
pub(super) struct Kept {
    bytes: Vec<u8>,
    /// Where the text of each of the first stories ends, in their order; it is empty where it is not kept.
    ends: Vec<usize>,
}

impl Kept {
    /// How many bytes are kept, at most: the rules of several thousand stories.
    const ROOM: usize = 24 << 20;

    /// The text of the story at that place among the stories.
    pub(super) fn text(&self, story: usize) -> Option<&[u8]> {
        let start = story.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before))?;
        self.bytes.get(*start..*self.ends.get(story)?).filter(|text| !text.is_empty())
    }

    fn has_room(&self) -> bool {
        self.bytes.len() < Self::ROOM
    }

    fn push(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
    }
}

/// Why there is nothing to check.
#[derive(Debug, thiserror::Error)]
pub enum DiscoverError {
    /// A path leads nowhere.
    #[error("{}: no such file or folder", .0.display())]
    Missing(PathBuf),
    /// A path is a file, but no rule file.
    #[error("{}: neither a rule file (.toml) nor a draft (.md, .txt …)", .0.display())]
    NotRules(PathBuf),
    /// A folder holds no rule file.
    #[error("{}: no rule files (*.toml) in this folder or below", .0.display())]
    Empty(PathBuf),
    /// A file or folder cannot be read.
    #[error("{}: {error}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// Finds the rule files below the folders, and the files, of `paths`, and the libraries in their parents up to `root`.
/// `keeps` says to keep the texts of stories, for who checks them right away.
pub(super) fn discover(
    system: &dyn System,
    paths: &[PathBuf],
    root: &Path,
    keeps: bool,
) -> Result<Found, DiscoverError> {
    let mut files = Vec::new();
    let mut folders_above = BTreeSet::new();
    let mut drafts = Vec::new();
    for path in paths {
        if bare::is_draft(path) && system.kind(path) != Some(Kind::Folder) {
            drafts.push(path.clone());
            continue;
        }
        match system.kind(path) {
            None => return Err(DiscoverError::Missing(path.clone())),
            Some(Kind::Folder) => {
                let before = files.len();
                walk(system, path, &tidy(path), &mut files)?;
                if files.len() == before {
                    return Err(DiscoverError::Empty(path.clone()));
                }
                folders_above.extend(parents(system, path, root).into_iter().skip(1));
            }
            Some(Kind::File) if is_rule_file(path) => {
                let path = tidy(path);
                folders_above.extend(parents(system, path.parent().map_or(Path::new("."), folder), root));
                files.push(path);
            }
            Some(Kind::File) => return Err(DiscoverError::NotRules(path.clone())),
        }
    }
    if paths.len() > 1 {
        // A folder's own files come in their order.
        files.sort_unstable();
        files.dedup();
    }
    let mut found = Found { drafts, ..Found::default() };
    for above in &folders_above {
        // A parent that cannot be listed holds no library for us.
        for entry in system.list(above).unwrap_or_default() {
            let path = tidy(&entry.path);
            if entry.kind == Kind::File
                && is_rule_file(&path)
                && files.binary_search(&path).is_err()
                && !is_story(system, &path)?
            {
                found.parents.push(path);
            }
        }
    }
    let mut text = Vec::new();
    for path in files {
        let is_story = if keeps && found.kept.has_room() {
            is_kept_story(system, &path, &mut text, &mut found.kept)?
        } else {
            is_story(system, &path)?
        };
        let list = if is_story { &mut found.stories } else { &mut found.libraries };
        list.push(path);
    }
    Ok(found)
}

/// The nearest folder above `path` that holds `name`.
pub(super) fn above(system: &dyn System, path: &Path, name: &str) -> Option<PathBuf> {
    let absolute = system.resolve(path).ok()?;
    absolute.ancestors().find(|folder| system.kind(&folder.join(name)).is_some()).map(Path::to_path_buf)
}

/// Adds the rule files in a folder and below, in the order of their paths. `tidied` is the folder's path, tidy.
pub(super) fn walk(
    system: &dyn System,
    at: &Path,
    tidied: &Path,
    files: &mut Vec<PathBuf>,
) -> Result<(), DiscoverError> {
    let entries =
        system.list(at).map_err(|error| DiscoverError::Unreadable { path: at.to_path_buf(), error })?;
    for entry in entries {
        let Some(name) = entry.path.file_name() else { continue };
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let tidied = || if tidied == Path::new(".") { PathBuf::from(name) } else { tidied.join(name) };
        match entry.kind {
            Kind::Folder => walk(system, &entry.path, &tidied(), files)?,
            Kind::File if names_rules(name) => files.push(tidied()),
            Kind::File => {}
        }
    }
    Ok(())
}

pub(super) fn is_rule_file(path: &Path) -> bool {
    path.file_name().is_some_and(names_rules)
}

/// Whether a file of this name holds rules.
fn names_rules(name: &OsStr) -> bool {
    let stem = name.as_encoded_bytes().strip_suffix(b".toml");
    stem.is_some_and(|stem| !stem.is_empty()) && name != SETTINGS
}

pub(super) fn is_story(system: &dyn System, path: &Path) -> Result<bool, DiscoverError> {
    let unreadable = |error| DiscoverError::Unreadable { path: path.to_path_buf(), error };
    let mut start = [0; HEAD];
    let length = system.read_start(path, &mut start).map_err(unreadable)?;
    let is_whole = length < HEAD;
    match head(start.get(..length).unwrap_or_default(), is_whole) {
        Head::Story => Ok(true),
        Head::Library => Ok(false),
        Head::Unclear => {
            let mut whole = Vec::new();
            system.read(path, &mut whole).map_err(unreadable)?;
            Ok(head(&whole, true) == Head::Story)
        }
    }
}

/// The same, of a file whose text is kept if it is a story's and short.
fn is_kept_story(
    system: &dyn System,
    path: &Path,
    text: &mut Vec<u8>,
    kept: &mut Kept,
) -> Result<bool, DiscoverError> {
    const SHORT: u64 = 64 * 1024;
    let unreadable = |error| DiscoverError::Unreadable { path: path.to_path_buf(), error };
    let is_whole = system.read_up_to(path, SHORT, text).map_err(unreadable)?;
    let start = text.get(..HEAD).unwrap_or(text);
    let is_story = match head(start, text.len() < HEAD) {
        Head::Unclear if is_whole => head(text, true) == Head::Story,
        Head::Unclear => is_story(system, path)?,
        told => told == Head::Story,
    };
    if is_story {
        kept.push(if is_whole { text } else { &[] });
    }
    Ok(is_story)
}

/// `path` and the folders above it, up to and with `root`, which has its links followed; as seen from the working
/// folder where they lie below it.
fn parents(system: &dyn System, path: &Path, root: &Path) -> Vec<PathBuf> {
    let Ok(absolute) = system.resolve(path) else { return Vec::new() };
    let working = system.resolve(Path::new(".")).unwrap_or_default();
    let seen_from_here = |above: &Path| match above.strip_prefix(&working) {
        Ok(below) => folder(below).to_path_buf(),
        Err(_) => above.to_path_buf(),
    };
    absolute.ancestors().take_while(|above| above.starts_with(root)).map(seen_from_here).collect()
}

/// The empty path is the working folder.
fn folder(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Memory;

    #[test]
    fn texts_of_short_stories_are_kept_for_who_wants_them() {
        let story = "draft = \"a.md\"\n";
        let long = format!("{story}# {}", "x".repeat(70_000));
        let system = Memory::new([
            ("claims/a.toml", story),
            ("claims/b.toml", "[source.b]"),
            ("claims/c.toml", &long),
            ("claims/d.toml", "#\ndraft = \"\"\"d.md\"\"\""),
        ]);
        let found = |keeps| discover(&system, &[PathBuf::from("claims")], Path::new("/"), keeps).unwrap();
        let kept = found(true);
        assert_eq!(kept.stories, ["claims/a.toml", "claims/c.toml", "claims/d.toml"].map(PathBuf::from));
        assert_eq!(kept.libraries, [PathBuf::from("claims/b.toml")]);
        assert_eq!(kept.kept.text(0), Some(story.as_bytes()));
        assert_eq!(kept.kept.text(1), None);
        assert!(kept.kept.text(2).is_some_and(|text| text.ends_with(b"d.md\"\"\"")));
        assert_eq!(kept.kept.text(3), None);
        let read_again = found(false);
        assert_eq!((read_again.stories, read_again.libraries), (kept.stories, kept.libraries));
        assert_eq!(read_again.kept.text(0), None);
    }
}
