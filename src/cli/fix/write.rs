//! Changes of several files, written together.

use anyhow::{Context, Result, bail};

use super::trial::Change;
use crate::system::{Disk, Staged, System};

/// Writes all changes, or none: every file is written beside the old one first, and if one of the old ones is not what the
/// change was made for, nothing is put in place.
///
/// # Errors
/// A file was changed meanwhile, or cannot be written to.
pub(super) fn write(changes: &[Change]) -> Result<()> {
    let mut staged = Vec::with_capacity(changes.len());
    for change in changes {
        let file = Staged::new(&change.path, change.after.as_bytes());
        staged.push(file.with_context(|| format!("{}: nothing was written", change.path.display()))?);
    }
    let mut now = Vec::new();
    for change in changes {
        let name = change.path.display();
        Disk.read(&change.path, &mut now).with_context(|| format!("{name}: nothing was written"))?;
        if now != change.before.as_bytes() {
            bail!("{name}: the file was changed meanwhile; nothing was written: run it again");
        }
    }
    for (at, (change, file)) in changes.iter().zip(staged).enumerate() {
        file.put_in_place().with_context(|| {
            let others = if at == 0 { "nothing was written".to_owned() } else { written(changes, at) };
            format!("{}: {others}", change.path.display())
        })?;
    }
    Ok(())
}

fn written(changes: &[Change], count: usize) -> String {
    let names: Vec<String> = changes.iter().take(count).map(|it| it.path.display().to_string()).collect();
    format!("it is as it was, but these were written: {}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn a_file_that_was_changed_meanwhile_keeps_all_from_being_written() {
        let folder = std::env::temp_dir().join(format!("factcheck-write-{}", std::process::id()));
        let path = |name: &str| folder.join(name);
        let change = |path: PathBuf| Change { path, before: "old".to_owned(), after: "new".to_owned() };
        let changes = [change(path("a.md")), change(path("b.toml"))];
        let content = |name: &str| {
            let mut bytes = Vec::new();
            Disk.read(&path(name), &mut bytes).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        Disk.write(&path("a.md"), b"old").unwrap();
        Disk.write(&path("b.toml"), b"old, and changed").unwrap();
        let error = format!("{:#}", write(&changes).unwrap_err());
        assert!(error.contains("b.toml: the file was changed meanwhile; nothing was written"), "{error}");
        assert_eq!((content("a.md").as_str(), content("b.toml").as_str()), ("old", "old, and changed"));
        assert_eq!(Disk.list(&folder).unwrap().len(), 2);
        Disk.write(&path("b.toml"), b"old").unwrap();
        write(&changes).unwrap();
        assert_eq!((content("a.md").as_str(), content("b.toml").as_str()), ("new", "new"));
        assert_eq!(Disk.list(&folder).unwrap().len(), 2);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
