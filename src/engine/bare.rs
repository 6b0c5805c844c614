//! A draft without rules, held against itself.

use std::path::Path;
use std::sync::Arc;

use super::outcome::{Problem, StoryOutcome};
use super::story::{Newsroom, Scratch};
use crate::assessment::{Coverage, Draft, FileText, Story};
use crate::claim::Demands;
use crate::consistency::contradictions;
use crate::draft::{Format, Prose};
use crate::finding::Severity;
use crate::mention::survey;
use crate::scope::Facets;
use crate::system::LARGEST;

/// Standard input in place of a draft's file: Markdown.
const STDIN: &str = "-";

/// Whether a path is that of a draft, and not of rules.
pub(super) fn is_draft(path: &Path) -> bool {
    path.as_os_str() == STDIN || path.to_str().is_some_and(|name| Format::of(name).is_ok())
}

/// Checks a draft by itself, and renders what comes of it. Numbers without a claim are counted, and no more said of them,
/// unless they are errors: nobody has written rules.
pub(super) fn check<R>(
    newsroom: Newsroom<'_>,
    path: &Path,
    scratch: &mut Scratch,
    render: impl Fn(StoryOutcome<'_>) -> R,
) -> R {
    let shared: Arc<Path> = path.into();
    let rules = FileText::new(shared.clone(), "");
    let outcome = StoryOutcome::empty(shared.clone(), Some(shared.clone()));
    let prose = match read(newsroom, path, &mut scratch.bytes) {
        Ok(format) => std::str::from_utf8(&scratch.bytes).map(|text| (text, Prose::read(format, text))).map_err(|error| {
            format!("byte {} is no UTF-8: save the draft as UTF-8", error.valid_up_to())
        }),
        Err(message) => Err(message),
    };
    let (text, prose) = match prose {
        Ok(read) => read,
        Err(message) => return render(StoryOutcome { problems: vec![Problem::of_file(&shared, &message)], ..outcome }),
    };
    let desk = newsroom.desk;
    let survey = survey(prose.text(), desk.lexicon);
    let draft = Draft { file: FileText::new(shared, text), prose, survey };
    let is_strict = newsroom.demands.severity == Severity::Error;
    let demands = if is_strict { newsroom.demands.clone() } else { Demands { kinds: Vec::new(), ..newsroom.demands.clone() } };
    let story = Story {
        rules: &rules,
        draft: Some(&draft),
        facets: &Facets::default(),
        widths: desk.widths,
        assessments: Vec::new(),
        figures: Vec::new(),
        entries: Vec::new(),
        contradictions: contradictions(draft.prose.text(), &draft.survey, desk.lexicon, desk.widths, newsroom.published),
        coverage: Coverage::of(&draft.survey),
        demands: &demands,
    };
    let coverage = story.coverage.counts(&draft.survey);
    render(StoryOutcome { findings: newsroom.registry.run(&story), coverage, ..outcome })
}

/// Reads the file, and says what format it is in.
fn read(newsroom: Newsroom<'_>, path: &Path, buffer: &mut Vec<u8>) -> Result<Format, String> {
    let format = if path.as_os_str() == STDIN {
        Format::Markdown
    } else {
        Format::of(&path.to_string_lossy()).map_err(|error| error.to_string())?
    };
    match newsroom.desk.system.read_up_to(path, LARGEST, buffer) {
        Ok(true) => Ok(format),
        Ok(false) => Err(crate::system::too_large().to_string()),
        Err(error) => Err(error.to_string()),
    }
}
