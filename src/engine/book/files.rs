//! The files that a source names: one, or all whose names fit a pattern.

use std::path::{Path, PathBuf};

use super::super::root::Refused;
use super::Desk;
use crate::system::Kind;

/// The most files of one table.
const MOST: usize = 10_000;

/// Whether a file's name is a pattern. `[` is none: names with brackets are common, and so is `table [1].csv`.
pub(super) fn is_pattern(file: &str) -> bool {
    file.contains(['*', '?'])
}

/// Why a pattern stands for no files.
#[derive(Debug, thiserror::Error)]
pub(super) enum PatternError {
    /// Only names of files have patterns.
    #[error("a pattern in the name of a folder; `*` and `?` may stand in the file's own name")]
    InFolder,
    /// Nothing is there.
    #[error("no file in {} fits `{pattern}`", folder.display())]
    NoFile {
        /// Where they were looked for.
        folder: PathBuf,
        /// What they are called.
        pattern: String,
    },
    /// Too many.
    #[error("more than {MOST} files fit `{pattern}`")]
    TooMany {
        /// What they are called.
        pattern: String,
    },
    /// The folder cannot be listed.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl Desk<'_> {
    /// The files that fit the pattern that a path ends in, sorted by name. Those that begin with a dot are hidden, and those
    /// that begin with `~$` are what spreadsheet programs leave beside an open file.
    pub(super) fn fitting(&self, path: &Path) -> Result<Vec<PathBuf>, PatternError> {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let pattern = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if folder.to_str().is_none_or(is_pattern) || !is_pattern(&pattern) {
            return Err(PatternError::InFolder);
        }
        let mut found = Vec::new();
        for entry in self.root.list(self.system, folder)? {
            let name = entry.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let is_meant = !name.starts_with('.') && !name.starts_with("~$") && fits(&pattern, name);
            if entry.kind == Kind::File && is_meant {
                found.push(if folder == Path::new(".") { PathBuf::from(name) } else { entry.path.clone() });
            }
        }
        match found.len() {
            0 => Err(PatternError::NoFile { folder: folder.to_owned(), pattern }),
            1..=MOST => Ok(found),
            _ => Err(PatternError::TooMany { pattern }),
        }
    }

    /// Every file in a folder and below, sorted by name.
    pub(super) fn files_below(&self, folder: &Path) -> Result<Vec<PathBuf>, String> {
        let mut found = Vec::new();
        let mut waiting = vec![folder.to_owned()];
        while let Some(folder) = waiting.pop() {
            let entries = self.root.list(self.system, &folder);
            let entries = entries.map_err(|error| format!("{}: {error}", folder.display()))?;
            for entry in entries {
                match entry.kind {
                    Kind::File => found.push(entry.path),
                    Kind::Folder => waiting.push(entry.path),
                }
            }
        }
        found.sort();
        Ok(found)
    }
}

/// Whether a name fits a pattern, in which `*` stands for any characters and `?` for one.
fn fits(pattern: &str, name: &str) -> bool {
    let (mut pattern, mut name) = (pattern.chars(), name.chars());
    // Where to go on if what follows the last star does not fit: only the last one need ever stand for more.
    let mut star: Option<(std::str::Chars<'_>, std::str::Chars<'_>)> = None;
    loop {
        let (before, here) = (name.clone(), pattern.next());
        match (here, name.next()) {
            (Some('*'), _) => {
                name = before.clone();
                star = Some((pattern.clone(), before));
            }
            (Some('?'), Some(_)) | (None, None) => {
                if here.is_none() {
                    return true;
                }
            }
            (Some(wanted), Some(found)) if wanted == found => {}
            _ => {
                let Some((after, mut from)) = star.clone() else { return false };
                if from.next().is_none() {
                    return false;
                }
                (pattern, name) = (after.clone(), from.clone());
                star = Some((after, from));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_characters_and_a_mark_is_one() {
        for (pattern, name) in [
            ("*.csv", "a.csv"),
            ("*.csv", ".csv"),
            ("*", ""),
            ("a*b*c", "a-b-b-c"),
            ("2025-??.csv", "2025-03.csv"),
            ("*03*", "2025-03.csv"),
            ("é?.csv", "éü.csv"),
            ("**", "a"),
        ] {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in
            [("*.csv", "a.csv.gz"), ("?", ""), ("?", "ab"), ("a*b", "abc"), ("2025-??", "2025-3"), ("", "a")]
        {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        assert!(!fits(&format!("{}b", "*a".repeat(200)), &"a".repeat(20_000)));
    }
}
