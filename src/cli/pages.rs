//! `factcheck --format html --output DIR|FILE`

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::arguments::CheckArguments;
use super::check::Sieve;
use super::tell;
use crate::engine::{Problem, Project, StoryOutcome, Totals};
use crate::report::html::{self, IndexEntry, Page};
use crate::system::replace;

/// The index's file.
const INDEX: &str = "index.html";

/// A story's page, until its turn to be written.
struct Rendered {
    path: PathBuf,
    page: Page,
    problems: Vec<Problem>,
}

/// Checks a project and writes a page a story: into a folder, with an index; or the only one into a file. Returns the
/// totals of the run. Nothing is written before all pages are there.
pub(super) fn write(project: &Project<'_>, arguments: &CheckArguments, sieve: &Sieve) -> Result<Totals> {
    let Some(output) = &arguments.output else {
        bail!(
            "`--format html` writes files: say where with `--output FOLDER`, or with `--output FILE.html` for a single story"
        );
    };
    let is_single = output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html"));
    let index = (!is_single).then_some(INDEX);
    let mut pages: Vec<Rendered> = Vec::new();
    let render = |story: StoryOutcome<'_>| {
        let story = sieve.sift(story);
        Rendered {
            page: html::page(&story, index),
            path: story.rules.to_path_buf(),
            problems: story.problems,
        }
    };
    let shared = project.check_with_dossiers(render, |rendered| {
        tell(&rendered.problems, &arguments.settings);
        pages.push(rendered);
        true
    });
    tell(&shared, &arguments.settings);
    let mut totals =
        pages.iter().fold(Totals::default(), |totals, rendered| totals.plus(rendered.page.totals));
    totals.problems += shared.len();
    if !is_single {
        folder(output, &arguments.paths, &pages, &shared, &totals)?;
        return Ok(totals);
    }
    match pages.as_slice() {
        [only] => save(output, &only.page.html)?,
        pages => bail!(
            "{} is one file, and there are {} stories: name a folder, `--output {}`",
            output.display(),
            pages.len(),
            output.with_extension("").display()
        ),
    }
    Ok(totals)
}

fn folder(
    folder: &Path,
    paths: &[PathBuf],
    pages: &[Rendered],
    problems: &[Problem],
    totals: &Totals,
) -> Result<()> {
    let names = html::file_names(pages.iter().map(|rendered| rendered.path.as_path()), paths);
    let mut entries = Vec::with_capacity(pages.len());
    for (rendered, name) in pages.iter().zip(names) {
        save(&folder.join(&name), &rendered.page.html)?;
        entries.push(IndexEntry::new(name, rendered.path.display().to_string(), &rendered.page));
    }
    save(&folder.join(INDEX), &html::index(&entries, problems, totals))
}

fn save(path: &Path, page: &str) -> Result<()> {
    replace(path, page.as_bytes()).with_context(|| path.display().to_string())
}
