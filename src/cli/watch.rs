//! `factcheck watch [PATH]...`: checks again whenever something changes that a check looks at.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::arguments::{CheckArguments, ProjectArguments};
use super::check;
use super::exit::Exit;
use super::lookout::Lookout;
use crate::engine::{Project, StoryOutcome};
use crate::system::{Disk, Recorder};

pub(super) fn run(arguments: &CheckArguments) -> Result<Exit> {
    if arguments.project.has_standard_input() {
        bail!("standard input can be read once, and what is watched is checked again and again: name a file");
    }
    let mut lookout = Lookout::new()?;
    loop {
        while lookout.turn_to(&looked_at(&arguments.project))? {}
        clear()?;
        if let Err(error) = check::run(arguments) {
            _ = writeln!(io::stderr(), "error: {error:#}");
        }
        _ = writeln!(io::stderr(), "\nwatching {} files and folders; Ctrl-C ends", lookout.len());
        lookout.wait()?;
    }
}

/// All that a check looks at, the baseline with it. What goes wrong in it is told by the check that follows.
fn looked_at(arguments: &ProjectArguments) -> BTreeSet<PathBuf> {
    let recorder = Recorder::new(Disk);
    if let Ok(project) = Project::open(&recorder, &arguments.options()) {
        project.check(|_: StoryOutcome<'_>| (), |()| true);
    }
    let mut paths = recorder.into_paths();
    paths.extend(arguments.baseline.clone());
    paths
}

/// Empties the screen, where there is one.
fn clear() -> Result<()> {
    let mut out = io::stdout().lock();
    if out.is_terminal() {
        out.write_all(b"\x1b[2J\x1b[3J\x1b[H")?;
    }
    out.flush().context("standard output")
}
