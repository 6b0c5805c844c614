//! The project root, which the paths in rule files do not leave.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::system::{Entry, System};

/// The folder that everything a rule file names lies in, unless the settings allow more.
#[derive(Debug)]
pub(super) struct Root {
    /// With every link followed; `None` where the settings allow any path.
    folder: Option<PathBuf>,
    /// Whether the folders seen so far lie inside: following links costs more than reading a small file.
    folders: Mutex<HashMap<OsString, bool>>,
}

impl Root {
    /// Keeps paths inside `folder`, which has its links followed.
    pub(super) fn at(folder: PathBuf) -> Self {
        Self { folder: Some(folder), folders: Mutex::default() }
    }

    /// Lets every path pass.
    pub(super) fn anywhere() -> Self {
        Self { folder: None, folders: Mutex::default() }
    }

    /// Reads a file that lies inside with every link followed, or its first `limit` bytes; says whether that is all of
    /// it. A file is opened once, and never through a link that was not looked at: what lies outside stays unread even
    /// if a link is put there meanwhile.
    pub(super) fn read_up_to(
        &self,
        system: &dyn System,
        path: &Path,
        limit: u64,
        into: &mut Vec<u8>,
    ) -> Result<bool, Refused> {
        let Some(root) = &self.folder else { return Ok(system.read_up_to(path, limit, into)?) };
        if !self.holds_folder(system, root, path) {
            return Err(Refused::Outside);
        }
        if let Some(is_whole) = system.read_unlinked(path, limit, into)? {
            return Ok(is_whole);
        }
        let target = system.resolve(path).ok().filter(|target| target.starts_with(root));
        let target = target.ok_or(Refused::Outside)?;
        system.read_unlinked(&target, limit, into)?.ok_or(Refused::Outside)
    }

    /// Where a file or folder lies, with every link followed: inside.
    pub(super) fn place(&self, system: &dyn System, path: &Path) -> Result<PathBuf, Refused> {
        let place = system.resolve(path)?;
        let is_inside = self.folder.as_ref().is_none_or(|root| place.starts_with(root));
        if is_inside { Ok(place) } else { Err(Refused::Outside) }
    }

    /// Lists a folder that lies inside with every link followed.
    pub(super) fn list(&self, system: &dyn System, folder: &Path) -> Result<Vec<Entry>, Refused> {
        let is_inside =
            self.folder.as_ref().is_none_or(|root| self.holds_folder(system, root, &folder.join("*")));
        if is_inside { Ok(system.list(folder)?) } else { Err(Refused::Outside) }
    }

    /// Whether the folder of a path lies inside. One that does not exist is let pass, since reading fails anyway.
    fn holds_folder(&self, system: &dyn System, root: &Path, path: &Path) -> bool {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(inside) = folders.get(folder.as_os_str()) {
            return *inside;
        }
        let inside = system.resolve(folder).map_or(true, |target| target.starts_with(root));
        folders.insert(folder.as_os_str().to_owned(), inside);
        inside
    }
}

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    /// It is no file of the project.
    #[error("it lies outside of the project")]
    Outside,
    /// The system says why.
    #[error(transparent)]
    Unreadable(#[from] io::Error),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Memory;

    #[test]
    fn paths_that_climb_out_are_refused() {
        let system =
            Memory::new([("news/claims/a.toml", ""), ("news/drafts/a.md", "a"), ("secret/b.csv", "b")]);
        let root = Root::at(system.resolve(Path::new("news")).unwrap());
        let read = |root: &Root, path: &str| {
            let mut bytes = Vec::new();
            root.read_up_to(&system, Path::new(path), 10, &mut bytes).map(|is_whole| (is_whole, bytes))
        };
        assert!(matches!(read(&root, "news/drafts/a.md"), Ok((true, bytes)) if bytes == b"a"));
        assert!(matches!(read(&root, "secret/b.csv"), Err(Refused::Outside)));
        assert!(matches!(read(&root, "news/drafts/none.md"), Err(Refused::Unreadable(_))));
        assert!(matches!(read(&Root::anywhere(), "secret/b.csv"), Ok((true, bytes)) if bytes == b"b"));
    }
}
