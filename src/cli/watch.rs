//! `factcheck watch [PATH]...`: checks again whenever something changes that a check looks at.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::arguments::CheckArguments;
use super::check;
use super::exit::Exit;
use crate::engine::{Options, Project, StoryOutcome};
use crate::system::{Disk, Recorder, System};

/// How long nothing more has to change before the next check: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(60);

pub(super) fn run(arguments: &CheckArguments) -> Result<Exit> {
    let (sender, events) = mpsc::channel();
    let mut watch = Watch {
        watcher: notify::recommended_watcher(sender).context("this system tells of no changes to files")?,
        folders: BTreeSet::new(),
        files: BTreeSet::new(),
    };
    loop {
        // A change between a look and the watch that it led to would go unseen: so one looks until there is nothing new.
        while watch.extend(&looked_at(&arguments.options()))? {}
        clear()?;
        if let Err(error) = check::run(arguments) {
            _ = writeln!(io::stderr(), "error: {error:#}");
        }
        _ = writeln!(io::stderr(), "\nwatching {} files and folders; Ctrl-C ends", watch.files.len());
        watch.wait(&events)?;
    }
}

/// All that a check looks at. What goes wrong in it is told by the check that follows.
fn looked_at(options: &Options) -> BTreeSet<PathBuf> {
    let recorder = Recorder::new(Disk);
    if let Ok(project) = Project::open(&recorder, options) {
        project.check(|_: StoryOutcome<'_>| (), |()| true);
    }
    recorder.into_paths()
}

/// Empties the screen, where there is one.
fn clear() -> Result<()> {
    let mut out = io::stdout().lock();
    if out.is_terminal() {
        out.write_all(b"\x1b[2J\x1b[3J\x1b[H")?;
    }
    out.flush().context("standard output")
}

struct Watch {
    watcher: RecommendedWatcher,
    /// Folders that are watched, with every link followed: those of the files, since many editors replace a file, and
    /// one that is not there yet may come.
    folders: BTreeSet<PathBuf>,
    /// What a change of matters, likewise.
    files: BTreeSet<PathBuf>,
}

impl Watch {
    /// Watches these too; whether some of their folders were not watched before.
    fn extend(&mut self, paths: &BTreeSet<PathBuf>) -> Result<bool> {
        let mut is_new = false;
        self.files = paths.iter().filter_map(|path| resolved(path)).collect();
        for file in &self.files {
            for folder in [Some(file.as_path()), file.parent()].into_iter().flatten() {
                let is_folder = Disk.kind(folder) == Some(crate::system::Kind::Folder);
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
    fn wait(&self, events: &Receiver<notify::Result<Event>>) -> Result<()> {
        loop {
            let event = events.recv().context("nothing tells of changes any more")?;
            if event.as_ref().map_or(true, |event| self.concerns(event)) {
                while events.recv_timeout(QUIET).is_ok() {}
                return Ok(());
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
