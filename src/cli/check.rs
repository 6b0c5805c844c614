//! `factcheck [PATH]...`

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::arguments::{CheckArguments, FailOn, ReportFormat};
use super::changes::Changes;
use super::exit::Exit;
use super::output::Quiet;
use super::progress::Progress;
use super::{open, pages, print, style, tell, today, warn};
use crate::baseline::Baseline;
use crate::claim;
use crate::engine::{Problem, StoryOutcome, Totals};
use crate::finding::Severity;
use crate::report::{Assembler, Format, Style, closing_line};
use crate::system::Disk;

pub(super) fn run(arguments: &CheckArguments) -> Result<Exit> {
    let Some(project) = open(&Disk, &arguments.options(), &arguments.settings)? else {
        return Ok(Exit::CouldNotCheck);
    };
    let sieve = match Sieve::new(arguments)? {
        Ok(sieve) => sieve,
        Err(problems) => {
            tell(&problems, &arguments.settings);
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
        warn(&sieve.stale(), &arguments.settings);
        return Ok(exit(&totals, fail_on));
    };
    let (out, style): (Box<dyn Write>, Style) = match &arguments.output {
        None => (Box::new(Quiet::new(io::stdout().lock())), style(&arguments.settings, &io::stdout())),
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
    let shared = project.check(render, |(chunk, summarised, counts, of_story)| {
        totals = totals.plus(counts);
        if !of_story.is_empty() {
            progress.aside(|| tell(&of_story, &arguments.settings));
        }
        progress.step();
        problems.extend(of_story);
        written = report.push(&chunk);
        if let (Some((_, summary)), Some(chunk), true) = (&mut summary, &summarised, written.is_ok()) {
            written = summary.push(chunk);
        }
        written.is_ok()
    });
    drop(progress);
    written.context("the report could not be written")?;
    tell(&shared, &arguments.settings);
    totals.problems += shared.len();
    problems.extend(shared);
    report.finish(&problems, &totals).context("the report could not be written")?;
    if let Some((_, summary)) = summary {
        summary.finish(&problems, &totals).context("the summary could not be written")?;
    }
    warn(&sieve.stale(), &arguments.settings);
    Ok(exit(&totals, fail_on))
}

/// What keeps findings from the report.
pub(super) struct Sieve {
    baseline: Option<Baseline>,
    changes: Option<Changes>,
}

impl Sieve {
    /// As the arguments have it; what is wrong with the baseline, where something is.
    fn new(arguments: &CheckArguments) -> Result<Result<Self, Vec<Problem>>> {
        let changes = arguments.diff.as_deref().map(Changes::since).transpose()?;
        let baseline = arguments.baseline.as_ref().map(|path| Baseline::read(&Disk, path, today()));
        Ok(baseline.transpose().map(|baseline| Self { baseline, changes }))
    }

    /// What the baseline has for findings that are no more.
    fn stale(&self) -> Vec<Problem> {
        self.baseline.as_ref().map(Baseline::stale).unwrap_or_default()
    }

    /// Most runs have none, and nothing is done.
    pub(super) fn sift<'a>(&self, mut story: StoryOutcome<'a>) -> StoryOutcome<'a> {
        if let Some(baseline) = &self.baseline {
            story = baseline.sift(story);
        }
        if let Some(changes) = &self.changes {
            story = changes.sift(story);
        }
        story
    }
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
