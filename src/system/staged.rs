//! Files that are replaced as a whole: written beside the old ones first, so that all that can go wrong has gone wrong
//! before the first of them is touched.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// New content of a file, on disk beside it. Dropped, it is removed, and the file is as it was.
#[derive(Debug)]
pub struct Staged {
    part: PathBuf,
    target: PathBuf,
}

impl Staged {
    /// Writes what a file is to hold into the same folder, with the file's permissions. A link is followed: the file that
    /// it leads to is the one replaced.
    ///
    /// # Errors
    /// There is no such file, it or its folder must not be written to, or there is no room.
    pub fn new(path: &Path, content: &[u8]) -> io::Result<Self> {
        let target = fs::canonicalize(path)?;
        let metadata = fs::metadata(&target)?;
        // A new file could take the place of one that nobody may write to.
        if metadata.permissions().readonly() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
        }
        File::options().write(true).open(&target)?;
        let mut name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let part = target.with_file_name(name);
        let file = File::options().write(true).create_new(true).open(&part)?;
        let staged = Self { part, target };
        fill(file, content, &metadata)?;
        Ok(staged)
    }

    /// Puts it in the file's place. Whoever reads the file meanwhile sees the old one or the new one, never a part.
    pub fn put_in_place(self) -> io::Result<()> {
        fs::rename(&self.part, &self.target)
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // In its place, it is here no more; what could not be put there is of no use to anybody.
        _ = fs::remove_file(&self.part);
    }
}

fn fill(mut file: File, content: &[u8], like: &Metadata) -> io::Result<()> {
    file.write_all(content)?;
    keep_owner(&file, like);
    file.set_permissions(like.permissions())?;
    file.sync_all()
}

/// Gives the file to whom it belonged, where that is somebody else and the system allows it.
#[cfg(unix)]
fn keep_owner(file: &File, like: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let is_ours = file.metadata().is_ok_and(|it| (it.uid(), it.gid()) == (like.uid(), like.gid()));
    if !is_ours {
        _ = fchown(file, Some(like.uid()), Some(like.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;
    use crate::system::{Disk, System};

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("factcheck-staged-{name}-{}", std::process::id()));
        _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn content(path: &Path) -> String {
        let mut bytes = Vec::new();
        Disk.read(path, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[cfg(unix)]
    #[test]
    fn the_file_behind_a_link_is_replaced_with_its_permissions() {
        let folder = folder("link");
        let (file, link) = (folder.join("a.md"), folder.join("link.md"));
        Disk.write(&file, b"old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.md", &link).unwrap();
        let staged = Staged::new(&link, b"new").unwrap();
        assert_eq!(content(&file), "old");
        staged.put_in_place().unwrap();
        assert_eq!((content(&file), content(&link)), ("new".to_owned(), "new".to_owned()));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(Disk.list(&folder).unwrap().len(), 2);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_is_not_put_in_place_leaves_nothing() {
        let folder = folder("dropped");
        let file = folder.join("a.md");
        Disk.write(&file, b"old").unwrap();
        drop(Staged::new(&file, b"new").unwrap());
        assert_eq!(Disk.list(&folder).unwrap().len(), 1);
        let mut permissions = fs::metadata(&file).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&file, permissions).unwrap();
        let error = Staged::new(&file, b"new").unwrap_err();
        assert_eq!(error.to_string(), "the file is read-only");
        assert_eq!((content(&file).as_str(), Disk.list(&folder).unwrap().len()), ("old", 1));
        fs::remove_dir_all(&folder).unwrap();
    }
}
