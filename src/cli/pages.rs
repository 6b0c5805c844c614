//! `factcheck --format html --output DIR|FILE`, and the pages that `factcheck serve` holds.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::arguments::{CheckArguments, SettingsArguments};
use super::sieve::Sieve;
use super::tell;
use crate::engine::{Problem, Project, StoryOutcome, Totals};
use crate::report::html::{self, IndexEntry, Medium, Page};
use crate::system::replace;

/// The index's file.
pub(super) const INDEX: &str = "index.html";

/// What became of a project, as pages.
pub(super) struct Pages {
    stories: Vec<Rendered>,
    /// Those of no single story.
    problems: Vec<Problem>,
    /// Of the whole run.
    pub(super) totals: Totals,
    medium: Medium,
}

/// A story's page, without its name.
struct Rendered {
    path: PathBuf,
    page: Page,
    problems: Vec<Problem>,
}

impl Pages {
    /// Checks a project. `index` is where the index lies, as seen from a page.
    pub(super) fn of(project: &Project<'_>, sieve: &Sieve, index: Option<&str>, medium: Medium) -> Self {
        let mut stories: Vec<Rendered> = Vec::new();
        let render = |story: StoryOutcome<'_>| {
            let story = sieve.sift(story);
            Rendered {
                page: html::page(&story, index, medium),
                path: story.rules.to_path_buf(),
                problems: story.problems,
            }
        };
        let problems = project.check_with_dossiers(render, |rendered| {
            stories.push(rendered);
            true
        });
        let mut totals =
            stories.iter().fold(Totals::default(), |totals, rendered| totals.plus(rendered.page.totals));
        totals.problems += problems.len();
        Self { stories, problems, totals, medium }
    }

    /// Tells on standard error what could not be checked.
    pub(super) fn tell(&self, settings: &SettingsArguments) {
        for rendered in &self.stories {
            tell(&rendered.problems, settings);
        }
        tell(&self.problems, settings);
    }

    /// Each page with its name below the folders that were checked; the index comes last.
    pub(super) fn named(self, paths: &[PathBuf]) -> Vec<(String, Page)> {
        let names = html::file_names(self.stories.iter().map(|rendered| rendered.path.as_path()), paths);
        let mut named = Vec::with_capacity(names.len() + 1);
        let mut entries = Vec::with_capacity(names.len());
        for (rendered, name) in self.stories.into_iter().zip(names) {
            entries.push(IndexEntry::new(name.clone(), rendered.path.display().to_string(), &rendered.page));
            named.push((name, rendered.page));
        }
        let index = html::index(&entries, &self.problems, &self.totals, self.medium);
        named.push((INDEX.to_owned(), index));
        named
    }
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
    let pages = Pages::of(project, sieve, index, Medium::File);
    pages.tell(&arguments.project.settings);
    let totals = pages.totals;
    if !is_single {
        for (name, page) in pages.named(&arguments.project.paths) {
            save(&output.join(name), &page.html)?;
        }
        return Ok(totals);
    }
    match pages.stories.as_slice() {
        [only] => save(output, &only.page.html)?,
        stories => bail!(
            "{} is one file, and there are {} stories: name a folder, `--output {}`",
            output.display(),
            stories.len(),
            output.with_extension("").display()
        ),
    }
    Ok(totals)
}

fn save(path: &Path, page: &str) -> Result<()> {
    replace(path, page.as_bytes()).with_context(|| path.display().to_string())
}
