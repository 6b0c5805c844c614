//! A draft without rules, held against itself.

use std::path::Path;
use std::sync::Arc;

use super::coverage;
use super::dossier::Dossier;
use super::manuscript::{held_against_itself, manuscript};
use super::outcome::{Problem, StoryOutcome};
use super::story::{Newsroom, Scratch, With};
use super::stub::stubs;
use crate::assessment::{Coverage, Draft, FileText, Revisions, Story};
use crate::claim::Demands;
use crate::draft::Format;
use crate::finding::Severity;
use crate::scope::Facets;

/// Standard input in place of a draft's file: Markdown.
const STDIN: &str = "-";

/// Whether a path is that of a draft, and not of rules.
pub(super) fn is_draft(path: &Path) -> bool {
    path.as_os_str() == STDIN || path.to_str().is_some_and(|name| Format::of(name).is_ok())
}

/// Checks a draft by itself, and lets what comes of it be seen. Numbers without a claim are counted, and no more said of them,
/// unless they are errors: nobody has written rules.
pub(super) fn check<R>(
    newsroom: Newsroom<'_>,
    path: &Path,
    scratch: &mut Scratch,
    see: impl Fn(StoryOutcome<'_>, Option<&Story<'_>>) -> R,
) -> R {
    let shared: Arc<Path> = path.into();
    let rules = FileText::new(shared.clone(), "");
    let outcome = StoryOutcome::empty(shared.clone(), Some(shared.clone()));
    let draft = match read(newsroom, path, &mut scratch.bytes) {
        Ok(draft) => draft,
        Err((message, help)) => {
            let problem = Problem { help: help.map(str::to_owned), ..Problem::of_file(&shared, &message) };
            return see(StoryOutcome { problems: vec![problem], ..outcome }, None);
        }
    };
    let desk = newsroom.desk;
    let is_strict = newsroom.demands.severity == Severity::Error;
    let demands = if is_strict {
        newsroom.demands.clone()
    } else {
        Demands { kinds: Vec::new(), ..newsroom.demands.clone() }
    };
    let mut coverage = Coverage::of(&draft.survey);
    coverage::ignore_inline(&draft, &mut coverage);
    let story = Story {
        rules: &rules,
        draft: Some(&draft),
        facets: &Facets::default(),
        default_scope: None,
        published: newsroom.published,
        today: newsroom.today,
        stale_after: newsroom.stale_after,
        fiscal: desk.fiscal,
        widths: desk.widths,
        assessments: Vec::new(),
        figures: Vec::new(),
        entries: Vec::new(),
        sources: Vec::new(),
        crosses: Vec::new(),
        revisions: Revisions::default(),
        forsaken: Vec::new(),
        contradictions: held_against_itself(newsroom, &draft, None),
        coverage,
        demands: &demands,
    };
    let coverage = story.coverage.counts(&draft);
    let stubs = if newsroom.with == With::Stubs { stubs(&story, |_| false) } else { Vec::new() };
    let dossier =
        (newsroom.with == With::Dossier).then(|| Box::new(Dossier::of_draft(newsroom, &story, path)));
    let ignored = if newsroom.with == With::Ignored { coverage::ignored(&story, &[]) } else { Vec::new() };
    let findings = newsroom.registry.run(&story);
    see(StoryOutcome { findings, ignored, coverage, stubs, dossier, ..outcome }, Some(&story))
}

/// Reads the file.
fn read<'b>(
    newsroom: Newsroom<'_>,
    path: &Path,
    buffer: &'b mut Vec<u8>,
) -> Result<Draft<'b>, (String, Option<&'static str>)> {
    let format = if path.as_os_str() == STDIN {
        Format::Markdown
    } else {
        Format::of(&path.to_string_lossy()).map_err(|error| (error.to_string(), None))?
    };
    let is_whole = newsroom.desk.system.read_up_to(path, format.limit(), buffer);
    let is_whole = is_whole.map_err(|error| (error.to_string(), None))?;
    manuscript(newsroom.desk, path.into(), format, is_whole.then_some(buffer))
}
