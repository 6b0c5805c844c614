//! The checks' pages as files, since what a diagnostic's code leads to is a link.

use std::collections::HashMap;
use std::env;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use lsp_types::Uri;

use super::uri::uri;
use crate::checks;
use crate::system::System;

/// Pages that were written in the user's folder for caches, each when it is first linked to.
pub(super) struct Pages {
    system: Box<dyn System + Send>,
    folder: Option<PathBuf>,
    written: Mutex<HashMap<&'static str, Option<Uri>>>,
}

impl Pages {
    /// Pages in the folder that this system has for caches.
    pub(super) fn new(system: impl System + Send + 'static) -> Self {
        let version = concat!("factcheck-", env!("CARGO_PKG_VERSION"));
        let folder = caches().map(|folder| folder.join(version).join("checks"));
        Self { system: Box::new(system), folder, written: Mutex::default() }
    }

    /// The page of a check; `None` where it cannot be written.
    pub(super) fn of(&self, slug: &'static str) -> Option<Uri> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written
            .entry(slug)
            .or_insert_with(|| {
                let path = self.folder.as_ref()?.join(slug).with_extension("md");
                let page = checks::named(slug)?.page;
                let mut there = Vec::new();
                let is_there = self.system.read(&path, &mut there).is_ok() && there == page.as_bytes();
                if !is_there {
                    self.system.write(&path, page.as_bytes()).ok()?;
                }
                uri(&path)
            })
            .clone()
    }
}

fn caches() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return folder("LOCALAPPDATA");
    }
    let below = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
    folder("XDG_CACHE_HOME").or_else(|| folder("HOME").map(|home| home.join(below)))
}
