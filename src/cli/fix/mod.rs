//! `factcheck [PATH]... --fix`: the fixes that are safe are tried out in memory, shown, and, if wanted, written.

mod about;
mod preview;
mod seen;
mod trial;
mod write;

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::{Context, Result, bail};

use super::arguments::{CheckArguments, ReportFormat};
use super::check;
use super::exit::Exit;
use super::output::{Quiet, is_coloured};
use super::sieve::Sieve;
use super::tell;
use crate::system::Disk;
use trial::Outcome;

pub(super) fn run(arguments: &CheckArguments, is_yes: bool) -> Result<Exit> {
    if arguments.project.has_standard_input() {
        bail!("--fix writes to files, and `-` is standard input: name a file");
    }
    if matches!(arguments.format, ReportFormat::Pages) {
        bail!(
            "--fix shows what it would write, and `--format html` writes pages: do the one, then the other"
        );
    }
    let (baseline, diff) = (arguments.project.baseline.as_deref(), arguments.project.diff.as_deref());
    let sieve = match Sieve::new(&Disk, baseline, diff)? {
        Ok(sieve) => sieve,
        Err(problems) => {
            tell(&problems, &arguments.project.settings);
            return Ok(Exit::CouldNotCheck);
        }
    };
    // What keeps the project from being opened is told by the check.
    if let Some(outcome) = trial::outcome(&arguments.project.options(), &sieve)? {
        show(arguments, &outcome)?;
        let mut err = io::stderr().lock();
        // Nobody is left to be told if standard error is closed.
        for left in &outcome.left {
            _ = writeln!(err, "left as it is: {left}");
        }
        let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
        if outcome.changes.is_empty() {
            _ = writeln!(err, "nothing that is safe to fix");
        } else if !is_yes && !is_terminal {
            let would = told(&outcome);
            _ = writeln!(err, "a preview only: nothing was written; `--fix --yes` applies {would}");
        } else if is_yes || is_agreed(&outcome, &mut err)? {
            write::write(&outcome.changes)?;
            _ = writeln!(err, "applied {}", told(&outcome));
        } else {
            _ = writeln!(err, "nothing was written");
        }
    }
    check::run(arguments)
}

/// Shows the changes: before the report, where that is for people, and else beside it.
fn show(arguments: &CheckArguments, outcome: &Outcome) -> Result<()> {
    let is_for_people = match arguments.format {
        ReportFormat::Text(format) => matches!(format.name, "full" | "concise"),
        ReportFormat::Pages => false,
    };
    let color = arguments.project.settings.color;
    let (out, is_terminal, is_coloured): (Box<dyn Write>, bool, bool) =
        if is_for_people && arguments.output.is_none() {
            let out = io::stdout();
            let (is_terminal, is_coloured) = (out.is_terminal(), is_coloured(color, &out));
            (Box::new(out.lock()), is_terminal, is_coloured)
        } else {
            let err = io::stderr();
            let (is_terminal, is_coloured) = (err.is_terminal(), is_coloured(color, &err));
            (Box::new(err.lock()), is_terminal, is_coloured)
        };
    let mut out = Quiet::new(out);
    let preview = preview::preview(outcome, is_terminal, is_coloured);
    out.write_all(preview.as_bytes()).and_then(|()| out.flush()).context("the preview could not be written")
}

/// Asks whoever sits at the terminal; silence is a no.
fn is_agreed(outcome: &Outcome, err: &mut impl Write) -> Result<bool> {
    write!(err, "Apply {}? [y/N] ", told(outcome)).and_then(|()| err.flush()).context("standard error")?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).context("standard input")?;
    Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}

/// "3 fixes to 2 files".
fn told(outcome: &Outcome) -> String {
    let counted =
        |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let fixes = counted(outcome.applied.len(), "fix", "fixes");
    format!("{fixes} to {}", counted(outcome.changes.len(), "file", "files"))
}
