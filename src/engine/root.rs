//! The project root, which the paths in rule files do not leave.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::system::{System, tidy};

/// The folder that everything a rule file names lies in, unless the settings allow more.
#[derive(Debug)]
pub(super) struct Root {
    /// With every link followed; `None` where the settings allow any path.
    folder: Option<PathBuf>,
    /// Whether the folders seen so far lie inside: following links costs more than reading a small file.
    folders: Mutex<HashMap<PathBuf, bool>>,
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

    /// Whether `path`, with every link followed, lies inside. A path that does not exist is judged by its folder; one
    /// whose folder does not exist is let pass, since reading it fails anyway.
    pub(super) fn admits(&self, system: &dyn System, path: &Path) -> bool {
        let Some(root) = &self.folder else { return true };
        if system.is_link(path) {
            return system.resolve(path).is_ok_and(|target| target.starts_with(root));
        }
        let path = tidy(path);
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(inside) = folders.get(folder) {
            return *inside;
        }
        let inside = system.resolve(folder).map_or(true, |target| target.starts_with(root));
        folders.insert(folder.to_path_buf(), inside);
        inside
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Memory;

    #[test]
    fn paths_that_climb_out_are_refused() {
        let system =
            Memory::new([("news/claims/a.toml", ""), ("news/drafts/a.md", ""), ("secret/b.csv", "")]);
        let root = Root::at(system.resolve(Path::new("news")).unwrap());
        assert!(root.admits(&system, Path::new("news/claims/../drafts/a.md")));
        assert!(!root.admits(&system, Path::new("news/claims/../../secret/b.csv")));
        assert!(Root::anywhere().admits(&system, Path::new("secret/b.csv")));
    }
}
