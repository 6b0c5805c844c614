//! `factcheck watch [PATH]...`: checks again whenever something changes that a check looks at.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::arguments::CheckArguments;
use super::check;
use super::exit::Exit;
use super::lookout::Lookout;
use crate::engine::{Options, Project, StoryOutcome};
use crate::system::{Disk, Recorder};

pub(super) fn run(arguments: &CheckArguments) -> Result<Exit> {
    let mut lookout = Lookout::new()?;
    loop {
        while lookout.turn_to(&looked_at(&arguments.options()))? {}
        clear()?;
        if let Err(error) = check::run(arguments) {
            _ = writeln!(io::stderr(), "error: {error:#}");
        }
        _ = writeln!(io::stderr(), "\nwatching {} files and folders; Ctrl-C ends", lookout.len());
        lookout.wait()?;
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
