//! The project's own pages.

use std::fs;
use std::path::{Path, PathBuf};

/// Where pages are that are somebody's, and no input of a test.
const SHELVES: [&str; 4] = ["docs", "editors", "src", ".ci"];

/// All pages of the project, by their paths from its root.
pub(crate) fn pages() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let top = fs::read_dir(".").unwrap().map(|entry| entry.unwrap().path());
    found.extend(top.filter(|path| is_page(path)).map(|path| path.strip_prefix(".").unwrap().to_owned()));
    for shelf in SHELVES {
        collect(Path::new(shelf), &mut found);
    }
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "node_modules") {
            collect(&path, found);
        } else if is_page(&path) {
            found.push(path);
        }
    }
}

fn is_page(path: &Path) -> bool {
    path.is_file() && path.extension().is_some_and(|ending| ending == "md")
}
