//! `factcheck serve [PATH]...`: the pages of `--format html` on an address of this machine, reloaded when they change.
//!
//! One thread checks, and swaps the whole set of pages in the [`site`] when a check is done. Each connection has a thread
//! of its own ([`server`]), which reads one [`request`] and answers from the set that is there: nothing that a request
//! says reaches the file system.

mod answer;
mod changes;
mod request;
mod server;
mod site;

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Result, bail};

use super::arguments::{ServeArguments, SettingsArguments};
use super::exit::Exit;
use super::lookout::Lookout;
use super::pages::{INDEX, Pages};
use super::sieve::Sieve;
use super::{print, tell, warn};
use crate::engine::{Problem, Project, ProjectError};
use crate::report::closing_line;
use crate::report::html::{self, Medium};
use crate::system::{Disk, Recorder, System};
use server::Server;
use site::Site;

pub(super) fn run(arguments: &ServeArguments) -> Result<Exit> {
    if arguments.project.has_standard_input() {
        bail!("standard input can be read once, and what is served is checked again and again: name a file");
    }
    let mut lookout = Lookout::new()?;
    let server = Server::bind(arguments.port)?;
    let site = Arc::new(Site::new(INDEX));
    let address = format!("serving http://{}/; Ctrl-C ends\n", server.address());
    let mut waiting = Some((server, address));
    loop {
        let checked = loop {
            let recorder = Recorder::new(Disk);
            let checked = Checked::now(&recorder, arguments);
            if !lookout.turn_to(&recorder.into_paths())? {
                break checked;
            }
        };
        checked.tell(&arguments.project.settings);
        checked.show(&site, &arguments.project.paths);
        // Nobody is told of an address before there is something to see.
        if let Some((server, address)) = waiting.take() {
            server.start(&site);
            print(address.as_bytes())?;
        }
        lookout.wait()?;
        site.check();
    }
}

/// What came of a check.
enum Checked {
    /// A report, and what the baseline has for findings that are no more.
    Report(Pages, Vec<Problem>),
    /// None, for a reason.
    Nothing(String, Vec<Problem>),
}

impl Checked {
    fn now(system: &dyn System, arguments: &ServeArguments) -> Self {
        let project = match Project::open(system, &arguments.project.options()) {
            Ok(project) => project,
            Err(error) => {
                let what = error.to_string();
                let problems = match error {
                    ProjectError::Settings(problems) => problems,
                    ProjectError::Discover(_) => Vec::new(),
                };
                return Self::Nothing(what, problems);
            }
        };
        let sieve = match Sieve::new(
            system,
            arguments.project.baseline.as_deref(),
            arguments.project.diff.as_deref(),
        ) {
            Ok(Ok(sieve)) => sieve,
            Ok(Err(problems)) => return Self::Nothing("the baseline could not be read".to_owned(), problems),
            Err(error) => return Self::Nothing(format!("{error:#}"), Vec::new()),
        };
        let pages = Pages::of(&project, &sieve, Some(INDEX), Medium::Served);
        Self::Report(pages, sieve.stale())
    }

    /// Tells on standard error what a check tells there, and how it ended.
    fn tell(&self, settings: &SettingsArguments) {
        let ending = match self {
            Self::Report(pages, stale) => {
                pages.tell(settings);
                warn(stale, settings);
                closing_line(&pages.totals)
            }
            Self::Nothing(what, problems) => {
                tell(problems, settings);
                format!("error: {what}")
            }
        };
        // Nobody is left to be told if standard error is closed.
        _ = writeln!(io::stderr(), "{ending}\n");
    }

    fn show(self, site: &Site, paths: &[PathBuf]) {
        match self {
            Self::Report(pages, _) => site.show(pages.named(paths)),
            Self::Nothing(what, problems) => site.fail(html::no_report(&what, &problems)),
        }
    }
}
