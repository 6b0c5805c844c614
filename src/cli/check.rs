//! `factcheck [PATH]...`

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::arguments::{CheckArguments, FailOn, ReportFormat};
use super::exit::Exit;
use super::output::Quiet;
use super::progress::Progress;
use super::sieve::Sieve;
use super::waiting::Waiting;
use super::{open, pages, print, style, tell, warn};
use crate::claim;
use crate::engine::{Problem, StoryOutcome, Totals};
use crate::finding::Severity;
use crate::report::{Assembler, Chunk, Format, Style, closing_line};
use crate::system::Disk;

pub(super) fn run(arguments: &CheckArguments) -> Result<Exit> {
    let Some(project) = open(&Disk, &arguments.project.options(), &arguments.project.settings)? else {
        return Ok(Exit::CouldNotCheck);
    };
    let sieve =
        match Sieve::new(&Disk, arguments.project.baseline.as_deref(), arguments.project.diff.as_deref())? {
            Ok(sieve) => sieve,
            Err(problems) => {
                tell(&problems, &arguments.project.settings);
                return Ok(Exit::CouldNotCheck);
            }
        };
    let fail_on = arguments.fail_on.unwrap_or(match project.settings().fail_on {
        claim::FailOn::Error => FailOn::Error,
        claim::FailOn::Warning => FailOn::Warning,
        claim::FailOn::Never => FailOn::Never,
    });
    let ReportFormat::Text(format) = arguments.format else {
        let totals = pages::write(&project, arguments, &sieve)?;
        print(format!("{}\n", closing_line(&totals)).as_bytes())?;
        warn(&sieve.stale(), &arguments.project.settings);
        return Ok(exit(&totals, fail_on));
    };
    let (out, style): (Box<dyn Write>, Style) = match &arguments.output {
        None => {
            (Box::new(Quiet::new(io::stdout().lock())), style(&arguments.project.settings, &io::stdout()))
        }
        Some(path) => {
            let file = crate::system::create(path).with_context(|| path.display().to_string())?;
            (Box::new(file), Style::PLAIN)
        }
    };
    let mut report = Assembler::begin(BufWriter::with_capacity(1 << 16, out), format)?;
    let mut summary = summary(format)?;
    let summarised = summary.as_ref().map(|(format, _)| *format);
    let mut totals = Totals::default();
    let mut problems = Vec::new();
    let mut written = Ok(());
    let render = |story: StoryOutcome<'_>| {
        let story = sieve.sift(story);
        let summarised = summarised.map(|format| format.story(&story, Style::PLAIN));
        (format.story(&story, style), summarised, counted(&story), story.problems)
    };
    let is_report_elsewhere = arguments.output.is_some() || !io::stdout().is_terminal();
    let mut progress = Progress::new(project.stories(), is_report_elsewhere);
    let mut deliver =
        |(chunk, summarised, counts, of_story): (Chunk, Option<Chunk>, Totals, Vec<Problem>)| {
            totals = totals.plus(counts);
            if !of_story.is_empty() {
                progress.aside(|| tell(&of_story, &arguments.project.settings));
            }
            progress.step();
            problems.extend(of_story);
            written = report.push(&chunk);
            if let (Some((_, summary)), Some(chunk), true) = (&mut summary, &summarised, written.is_ok()) {
                written = summary.push(chunk);
            }
            written.is_ok()
        };
    let shared = Waiting::during(&project, |waiting| {
        let deliver = |story| waiting.aside(|| deliver(story));
        if format.shows_ignored {
            project.check_with_ignored(render, deliver)
        } else {
            project.check(render, deliver)
        }
    });
    drop(progress);
    written.context("the report could not be written")?;
    tell(&shared, &arguments.project.settings);
    totals.problems += shared.len();
    problems.extend(shared);
    report.finish(&problems, &totals).context("the report could not be written")?;
    if let Some((_, summary)) = summary {
        summary.finish(&problems, &totals).context("the summary could not be written")?;
    }
    warn(&sieve.stale(), &arguments.project.settings);
    Ok(exit(&totals, fail_on))
}

/// The second report of a format, where the environment has a file for it.
fn summary(format: &Format) -> Result<Option<(&'static Format, Assembler<File>)>> {
    let Some(summary) = &format.summary else { return Ok(None) };
    let Some(path) = std::env::var_os(summary.variable).filter(|path| !path.is_empty()) else {
        return Ok(None);
    };
    let path = PathBuf::from(path);
    let file = crate::system::append(&path)
        .with_context(|| format!("{}, which {} names", path.display(), summary.variable))?;
    Ok(Some((summary.format, Assembler::begin(file, summary.format)?)))
}

fn counted(story: &StoryOutcome<'_>) -> Totals {
    let mut totals = Totals::default();
    totals.add(story);
    totals
}

/// What could not be checked outranks what was found.
fn exit(totals: &Totals, fail_on: FailOn) -> Exit {
    let failing = match fail_on {
        FailOn::Error => totals.findings_from(Severity::Error),
        FailOn::Warning => totals.findings_from(Severity::Warning),
        FailOn::Never => 0,
    };
    if totals.problems > 0 {
        Exit::CouldNotCheck
    } else if failing > 0 {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_checked_is_never_clean() {
        let totals = Totals { problems: 1, errors: 1, ..Totals::default() };
        assert_eq!(exit(&totals, FailOn::Never), Exit::CouldNotCheck);
        let totals = Totals { warnings: 1, ..Totals::default() };
        assert_eq!(
            (exit(&totals, FailOn::Error), exit(&totals, FailOn::Warning)),
            (Exit::Clean, Exit::Findings)
        );
    }
}
