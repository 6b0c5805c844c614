//! The command line.

mod arguments;
mod baseline;
mod cache;
mod changes;
mod check;
mod eval;
mod exit;
mod explain;
mod export;
mod fix;
mod git;
mod init;
mod json_lines;
mod lock;
mod lookout;
mod lsp;
mod man;
mod numbers;
mod output;
mod pages;
mod progress;
mod serve;
mod sieve;
mod sources;
mod stub;
mod trace;
mod waiting;
mod watch;

pub use arguments::{Arguments, Color};
pub use exit::{Exit, end_on_panic};

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use clap::CommandFactory;

use arguments::{SettingsArguments, Verb};
use output::{Quiet, is_coloured};

use crate::engine::{DiscoverError, Options, Problem, Project, ProjectError, Survey};
use crate::report::{self, Style};
use crate::system::Disk;

/// Does what the arguments say. Reports go to standard output, errors to standard error.
pub fn run(arguments: Arguments) -> Exit {
    let done = match arguments.verb {
        None if arguments.fix.fix => fix::run(&arguments.check, arguments.fix.yes),
        None => check::run(&arguments.check),
        Some(Verb::Cache(cache)) => cache::run(&cache),
        Some(Verb::Baseline(baseline)) => baseline::run(&baseline),
        Some(Verb::Lock(lock)) => lock::run(&lock),
        Some(Verb::Sources(sources)) => sources::run(&sources),
        Some(Verb::Init(init)) => init::run(&init),
        Some(Verb::Export(export)) => export::run(&export),
        Some(Verb::Eval(eval)) => eval::run(&eval),
        Some(Verb::Numbers(numbers)) => numbers::run(&numbers),
        Some(Verb::Stub(stub)) => stub::run(&stub),
        Some(Verb::Trace(trace)) => trace::run(&trace),
        Some(Verb::Explain { check }) => explain::run(check.as_deref()),
        Some(Verb::Lsp(_)) => Ok(lsp::run()),
        Some(Verb::Watch(check)) => watch::run(&check),
        Some(Verb::Serve(serve)) => serve::run(&serve),
        Some(Verb::Schema) => schema(),
        Some(Verb::Man { verb }) => man::run(verb.as_deref()),
        Some(Verb::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "factcheck", &mut script);
            print(&script).map(|()| Exit::Clean)
        }
    };
    done.unwrap_or_else(|error| {
        // Nobody is left to be told if standard error is closed too.
        _ = writeln!(io::stderr(), "error: {error:#}");
        Exit::CouldNotCheck
    })
}

fn schema() -> Result<Exit> {
    let mut text = serde_json::to_string_pretty(&crate::claim::schema())?;
    text.push('\n');
    print(text.as_bytes())?;
    Ok(Exit::Clean)
}

/// Writes to standard output; a reader that has gone is no error.
fn print(bytes: &[u8]) -> Result<()> {
    let mut out = Quiet::new(io::stdout().lock());
    out.write_all(bytes).and_then(|()| out.flush()).context("standard output")
}

/// What a project is opened with by verbs that take paths and settings alone.
fn options(paths: &[PathBuf], settings: &SettingsArguments) -> Options {
    Options { paths: paths.to_vec(), ..settings.options() }
}

/// The sources of all stories below the paths, and whether nothing kept any of them from being read, which is told; `None`
/// where there is no project to ask.
fn surveyed(paths: &[PathBuf], settings: &SettingsArguments) -> Result<Option<(Survey, bool)>> {
    let Some(project) = open(&Disk, &options(paths, settings), settings)? else { return Ok(None) };
    let (survey, problems) = match project.survey() {
        Ok((survey, problems)) => (Some(survey), problems),
        Err(problems) => (None, problems),
    };
    tell(&problems, settings);
    Ok(survey.map(|survey| (survey, problems.is_empty())))
}

/// Opens a project, with its problems told on standard error.
fn open<'s>(disk: &'s Disk, options: &Options, settings: &SettingsArguments) -> Result<Option<Project<'s>>> {
    match Project::open(disk, options) {
        Ok(project) => Ok(Some(project)),
        Err(ProjectError::Settings(problems)) => {
            tell(&problems, settings);
            Ok(None)
        }
        Err(error @ ProjectError::Discover(DiscoverError::Missing(_) | DiscoverError::Empty(_))) => {
            Err(anyhow!("{error}\n  help: {WHERE_TO_BEGIN}"))
        }
        Err(error) => Err(error.into()),
    }
}

/// What to do where nothing is there to be checked.
const WHERE_TO_BEGIN: &str = "run it in the folder that holds `claims`, or name another folder of rule files; `factcheck init` writes a \
                              project to start from, and `factcheck story.md` checks a draft without rules";

/// Tells problems on standard error.
fn tell(problems: &[Problem], settings: &SettingsArguments) {
    say(problems, settings, report::problem);
}

/// Tells on standard error what fails no run.
fn warn(problems: &[Problem], settings: &SettingsArguments) {
    say(problems, settings, report::warning);
}

fn say(problems: &[Problem], settings: &SettingsArguments, drawn: fn(&Problem, Style) -> String) {
    // Asking what standard error is costs a system call.
    if problems.is_empty() {
        return;
    }
    let stderr = io::stderr();
    let style = style(settings, &stderr);
    let mut out = Quiet::new(stderr.lock());
    for problem in problems {
        _ = writeln!(out, "{}\n", drawn(problem, style));
    }
}

fn style(settings: &SettingsArguments, stream: &impl IsTerminal) -> Style {
    Style { coloured: is_coloured(settings.color, stream), ..Style::PLAIN }
}
