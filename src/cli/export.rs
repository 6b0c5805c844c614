//! `factcheck export --claimreview [PATH]...`

use std::io::{self, Write as _};
use std::path::Path;

use anyhow::{Context, Result};

use super::arguments::ExportArguments;
use super::exit::Exit;
use super::{open, options, print, tell, warn};
use crate::engine::{Options, Problem, Project, SETTINGS, StoryOutcome};
use crate::report::claimreview::{Reviewer, Reviews, Undated, document};
use crate::system::{Disk, replace};

pub(super) fn run(arguments: &ExportArguments) -> Result<Exit> {
    let settings = &arguments.settings;
    let options = Options { published: arguments.published, ..options(&arguments.paths, settings) };
    let Some(project) = open(&Disk, &options, settings)? else { return Ok(Exit::CouldNotCheck) };
    let Some(reviewer) = Reviewer::new(&project.settings().review) else {
        let help = if settings.isolated {
            "leave out `--isolated`, which reads no settings"
        } else {
            "write `[review]`, and below it `author = \"…\"`, the name of the organization that reviews, into this file, \
             in the folder of the rules or a folder above"
        };
        let message = "there is no `author` under `[review]`, and a ClaimReview must name one";
        tell(&[missing(&project, message, help)], settings);
        return Ok(Exit::CouldNotCheck);
    };
    let mut stories: Vec<Reviews> = Vec::new();
    let mut problems = Vec::new();
    let mut undated = Vec::new();
    let of_story = |story: StoryOutcome<'_>| (reviewer.review(&story), story.rules.clone(), story.problems);
    let shared = project.check_with_dossiers(of_story, |(reviews, rules, of_its_files)| {
        problems.extend(of_its_files);
        match reviews {
            Ok(mut reviews) => {
                problems.append(&mut reviews.problems);
                stories.push(reviews);
            }
            Err(error) => undated.push(self::undated(&error, &rules)),
        }
        true
    });
    problems.extend(shared);
    tell(&problems, settings);
    // Half of the reviews would look like all of them.
    if !undated.is_empty() {
        tell(&undated, settings);
        return Ok(Exit::CouldNotCheck);
    }
    if stories.iter().all(|reviews| reviews.attributed == 0) {
        // Nobody is left to be told if standard error is closed.
        _ = writeln!(
            io::stderr(),
            "note: no claim is attributed to anybody (`by = \"…\"` in its rule), so that there is nothing to review"
        );
    } else if project.settings().review.url.is_none() {
        let help = "write url = \"https://…/{story}#{claim}\" below `[review]`";
        let message = "there is no `url` under `[review]`: search engines pass over a review that has none";
        warn(&[missing(&project, message, help)], settings);
    }
    let text = document(stories);
    match &arguments.output {
        Some(path) => replace(path, text.as_bytes()).with_context(|| path.display().to_string())?,
        None => print(text.as_bytes())?,
    }
    Ok(if problems.is_empty() { Exit::Clean } else { Exit::CouldNotCheck })
}

/// That the settings do not say something.
fn missing(project: &Project<'_>, message: &str, help: &str) -> Problem {
    let path = project.settings_file().unwrap_or(Path::new(SETTINGS));
    let (message, help) = (message.to_owned(), Some(help.to_owned()));
    Problem { path: path.into(), excerpt: None, message, help, related: None }
}

/// That nobody says when a story is published.
fn undated(error: &Undated, rules: &Path) -> Problem {
    let help = "write `published = 2025-04-08` at the head of this file; or below `[review]` in factcheck.toml, for all \
                stories that do not say it; or give `--published`";
    let (message, help) = (error.to_string(), Some(help.to_owned()));
    Problem { path: rules.into(), excerpt: None, message, help, related: None }
}
