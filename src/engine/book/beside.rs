//! Paths that rule files name.

use std::path::{Component, Path, PathBuf};

use super::super::names::SourceDefinition;
use crate::system::tidy;

/// The file that a source is read from, or those of its name; a database's, if that is one. None where it is elsewhere.
pub(in crate::engine) fn path_of(source: SourceDefinition<'_>) -> Option<PathBuf> {
    let named =
        source.raw.file.as_ref().or(source.raw.database.as_ref().filter(|named| is_path(&named.value)));
    named.map(|named| beside(&source.file.path, named.value.trim()))
}

/// Whether what names a database is the path of a file: neither an address nor the name of a connection.
pub(super) fn is_path(database: &str) -> bool {
    !database.contains("://") && database.contains(['.', '/', '\\'])
}

/// A path that a rule file names, seen from where the program runs. `rules` is tidy.
pub(in crate::engine) fn beside(rules: &Path, path: &str) -> PathBuf {
    let mut folder = rules.parent().unwrap_or(Path::new(""));
    let mut rest = path;
    // Rule files name their neighbours, mostly: steps back are taken without building a path.
    while let Some(after) = rest.strip_prefix("../").filter(|after| !after.starts_with('/'))
        && let Some(Component::Normal(_)) = folder.components().next_back()
    {
        (folder, rest) = (folder.parent().unwrap_or(Path::new("")), after);
    }
    let joined = folder.join(rest);
    if is_tidy(rest) { joined } else { tidy(&joined) }
}

/// Whether a relative path is surely names alone; not said of names that some system gives a meaning.
fn is_tidy(path: &str) -> bool {
    let mut parts = path.as_bytes().split(|byte| *byte == b'/');
    !path.bytes().any(|byte| matches!(byte, b'\\' | b':'))
        && parts.all(|part| !matches!(part, b"" | b"." | b".."))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_neighbour_s_path_is_tidy(rules in "(\\./|\\.\\./|/)?(a/){0,3}b\\.toml", path in "/?((\\.\\./|\\./|c/|/){0,5})(c\\.md|\\.\\.|)") {
            let rules = tidy(Path::new(&rules));
            let folder = rules.parent().unwrap_or(Path::new(""));
            prop_assert_eq!(beside(&rules, &path), tidy(&folder.join(&path)));
        }
    }

    #[test]
    fn a_doubled_slash_does_not_lead_to_the_root() {
        assert_eq!(beside(Path::new("a/b.toml"), "..//c.md"), Path::new("c.md"));
    }
}
