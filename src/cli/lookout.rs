//! Which files and folders a check looked at, and when one of them changes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use notify::event::ModifyKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::system::{Disk, Kind, System};

/// How long nothing more has to change before the next check: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(60);
/// How long that is waited for: something else may be written into the same folder all the time.
const LONGEST: Duration = Duration::from_secs(1);

/// Waits for changes of what a check looks at.
pub(super) struct Lookout {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    /// Folders that are watched, with every link followed: those of the files, since many editors replace a file, and
    /// one that is not there yet may come.
    folders: BTreeSet<PathBuf>,
    /// What a change of matters, likewise.
    files: BTreeSet<PathBuf>,
}

impl Lookout {
    /// Watches nothing yet.
    pub(super) fn new() -> Result<Self> {
        let (sender, events) = mpsc::channel();
        let watcher =
            notify::recommended_watcher(sender).context("this system tells of no changes to files")?;
        Ok(Self { watcher, events, folders: BTreeSet::new(), files: BTreeSet::new() })
    }

    /// How many files and folders are watched.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// Waits for changes of these from now on; whether some of their folders were not watched before. A change between a
    /// look and the watch that it led to goes unseen: so one looks until there is nothing new.
    pub(super) fn turn_to(&mut self, paths: &BTreeSet<PathBuf>) -> Result<bool> {
        let mut is_new = false;
        self.files = paths.iter().filter_map(|path| resolved(path)).collect();
        for file in &self.files {
            for folder in [Some(file.as_path()), file.parent()].into_iter().flatten() {
                let is_folder = Disk.kind(folder) == Some(Kind::Folder);
                if is_folder && !self.folders.contains(folder) {
                    let watched = self.watcher.watch(folder, RecursiveMode::NonRecursive);
                    watched.with_context(|| folder.display().to_string())?;
                    self.folders.insert(folder.to_owned());
                    is_new = true;
                }
            }
        }
        Ok(is_new)
    }

    /// Returns once something has changed, and nothing more for a while.
    pub(super) fn wait(&mut self) -> Result<()> {
        let mut since: Option<Instant> = None;
        loop {
            let event = match since {
                None => Some(self.events.recv().context("nothing tells of changes any more")?),
                Some(since) if since.elapsed() < LONGEST => self.events.recv_timeout(QUIET).ok(),
                Some(_) => None,
            };
            let Some(event) = event else { return Ok(()) };
            if event.as_ref().map_or(true, |event| self.concerns(event)) {
                since.get_or_insert_with(Instant::now);
            }
            if let Ok(event) = &event {
                self.forget(event);
            }
        }
    }

    /// A folder that has gone is watched no more, and has to be watched anew when one of its name has come.
    fn forget(&mut self, event: &Event) {
        if matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))) {
            for path in event.paths.iter().filter(|path| self.folders.remove(*path)) {
                // It may have told already that it has gone.
                _ = self.watcher.unwatch(path);
            }
        }
    }

    /// Whether an event may turn a verdict: one at a file that was looked at, or at a rule file in a folder that was. (A
    /// report may be written into that folder, too, and must not lead to the next one.)
    fn concerns(&self, event: &Event) -> bool {
        let is_look = matches!(event.kind, EventKind::Access(_));
        let is_ours = |path: &PathBuf| {
            let is_rules = path.extension().is_none_or(|ending| ending == "toml");
            let folder = path.parent().filter(|_| is_rules);
            self.files.contains(path) || folder.is_some_and(|folder| self.files.contains(folder))
        };
        !is_look && event.paths.iter().any(is_ours)
    }
}

/// The path with every link followed; of a file that is not there, its folder's. `-` is no file.
fn resolved(path: &Path) -> Option<PathBuf> {
    Disk.resolve(path).ok().or_else(|| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        Some(Disk.resolve(folder.unwrap_or(Path::new("."))).ok()?.join(path.file_name()?))
    })
}
