//! `factcheck [PATH]...`

use std::io::{self, BufWriter, Write};

use anyhow::{Context, Result};

use super::arguments::{CheckArguments, FailOn, FormatName};
use super::exit::Exit;
use super::output::Quiet;
use super::{open, pages, print, style, tell};
use crate::claim;
use crate::engine::{Options, StoryOutcome, Totals};
use crate::finding::Severity;
use crate::report::{Assembler, Format, Style, closing_line};
use crate::system::Disk;

pub(super) fn run(arguments: &CheckArguments) -> Result<Exit> {
    let options = Options {
        paths: arguments.paths.clone(),
        config: arguments.settings.config.clone(),
        isolated: arguments.settings.isolated,
        jobs: arguments.jobs,
        strict: arguments.strict,
        published: arguments.published,
    };
    let Some(project) = open(&Disk, &options, &arguments.settings)? else { return Ok(Exit::CouldNotCheck) };
    let fail_on = arguments.fail_on.unwrap_or(match project.settings().fail_on {
        claim::FailOn::Error => FailOn::Error,
        claim::FailOn::Warning => FailOn::Warning,
        claim::FailOn::Never => FailOn::Never,
    });
    if arguments.format == FormatName::Html {
        let totals = pages::write(&project, arguments)?;
        print(format!("{}\n", closing_line(&totals)).as_bytes())?;
        return Ok(exit(&totals, fail_on));
    }
    let (out, style): (Box<dyn Write>, Style) = match &arguments.output {
        None => (Box::new(Quiet::new(io::stdout().lock())), style(&arguments.settings, &io::stdout())),
        Some(path) => {
            let file = crate::system::create(path).with_context(|| path.display().to_string())?;
            (Box::new(file), Style::PLAIN)
        }
    };
    let format = match arguments.format {
        // Written above, since it is several files.
        FormatName::Html | FormatName::Full => Format::Full(style),
        FormatName::Concise => Format::Concise,
        FormatName::Json => Format::Json,
    };
    let mut report = Assembler::begin(BufWriter::with_capacity(1 << 16, out), format)?;
    let mut totals = Totals::default();
    let mut problems = Vec::new();
    let mut written = Ok(());
    let render = |story: StoryOutcome<'_>| (format.story(&story), counted(&story), story.problems);
    let shared = project.check(render, |(chunk, counts, of_story)| {
        totals = totals.plus(counts);
        tell(&of_story, &arguments.settings);
        problems.extend(of_story);
        written = report.push(&chunk);
        written.is_ok()
    });
    written.context("the report could not be written")?;
    tell(&shared, &arguments.settings);
    totals.problems += shared.len();
    problems.extend(shared);
    report.finish(&problems, &totals).context("the report could not be written")?;
    Ok(exit(&totals, fail_on))
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
