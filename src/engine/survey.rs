//! The sources of a whole project: what they are, what stories take from them, and which claims rest on them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::book::path_of;
use super::dossier::{SourceFile, source_file};
use super::ledger::{Ledger, lock_of};
use super::library::{self, Elsewhere};
use super::outcome::{Problem, StoryOutcome};
use super::project::Project;
use super::story::With;
use crate::assessment::{SourceFacts, Story};
use crate::finding::slashed;
use crate::lock::{Lock, LockedValue, Taker};
use crate::source::Content;
use crate::text::Span;

/// The sources of a project as they are, and as they are locked.
#[derive(Debug)]
pub struct Survey {
    /// Where the lock lies, or would.
    pub lock_path: PathBuf,
    /// What is locked; none where there is no lock.
    pub lock: Option<Lock>,
    /// The rule files of the stories that were looked at, as seen from the lock.
    pub stories: BTreeSet<String>,
    /// The sources, those that no story takes anything from last.
    pub sources: Vec<SurveyedSource>,
}

/// A source of a project.
#[derive(Clone, Debug)]
pub struct SurveyedSource {
    /// As its rules describe it.
    pub about: SourceFile,
    /// The rule file that defines it.
    pub rules: Arc<Path>,
    /// Its table or document.
    pub path: Option<Arc<Path>>,
    /// The same, as seen from the lock.
    pub key: Option<String>,
    /// The content of that.
    pub content: Option<Content>,
    /// What stories take from it.
    pub figures: BTreeMap<Taker, LockedValue>,
    /// The claims that rest on it: rule file and id.
    pub claims: BTreeSet<(String, String)>,
}

/// What a story has to say of the sources.
struct Told {
    story: String,
    sources: Vec<SurveyedSource>,
    problems: Vec<Problem>,
}

impl Project<'_> {
    /// Reads every source, and everything that rests on one.
    ///
    /// # Errors
    /// A lock that cannot be understood.
    pub fn survey(&self) -> Result<(Survey, Vec<Problem>), Vec<Problem>> {
        let ledger = Ledger::open(self.system, &self.folder)?;
        let mut stories = BTreeSet::new();
        let mut sources: Vec<SurveyedSource> = Vec::new();
        let mut problems = Vec::new();
        let see = |outcome: StoryOutcome<'_>, story: Option<&Story<'_>>| Told {
            story: ledger.key(self.system, &outcome.rules),
            sources: story.map(|story| surveyed(self, &ledger, story)).unwrap_or_default(),
            problems: outcome.problems,
        };
        let shared = self.each(With::Sources, see, |told| {
            stories.insert(told.story);
            told.sources.into_iter().for_each(|source| merge(&mut sources, source));
            problems.extend(told.problems);
            true
        });
        problems.extend(shared);
        self.unused(&ledger, &mut sources);
        self.hash_the_rest(&mut sources);
        let lock_path = lock_of(self.system, &self.folder);
        Ok((Survey { lock_path, lock: ledger.lock, stories, sources }, problems))
    }

    /// Hashes the files that nothing was taken from, as far as they can be read.
    fn hash_the_rest(&self, sources: &mut [SurveyedSource]) {
        let elsewhere = Elsewhere::new(self.system, &self.found.stories);
        let desk = self.newsroom(&elsewhere).desk;
        let mut buffer = Vec::new();
        for source in sources.iter_mut().filter(|source| source.content.is_none()) {
            let Some(path) = &source.path else { continue };
            source.content = desk.read_document(path, Span::new(0, 0), &mut buffer).ok();
        }
    }

    /// Adds the sources of libraries that no story takes anything from.
    fn unused(&self, ledger: &Ledger, sources: &mut Vec<SurveyedSource>) {
        let (volumes, _) = library::read(self.system, &self.found.libraries, &self.found.parents);
        let (libraries, _) = library::decode_all(&volumes);
        for source in libraries.iter().flat_map(library::Library::sources) {
            let path = path_of(source).map(Arc::from);
            let more = SurveyedSource {
                about: source_file(source.name, source.raw),
                rules: source.file.path.clone(),
                key: path.as_deref().map(|path| ledger.key(self.system, path)),
                path,
                content: None,
                figures: BTreeMap::new(),
                claims: BTreeSet::new(),
            };
            merge(sources, more);
        }
    }
}

/// The sources that a story knows of.
fn surveyed(project: &Project<'_>, ledger: &Ledger, story: &Story<'_>) -> Vec<SurveyedSource> {
    let key = ledger.key(project.system, &story.rules.path);
    let told = |fact: &SourceFacts<'_>| {
        let figures = fact
            .figures
            .iter()
            .map(|figure| (Taker { story: key.clone(), figure: figure.name.clone() }, figure.value.clone()));
        let claims = fact.claims.iter().filter_map(|claim| {
            let claim = story.assessments.get(*claim)?.claim;
            Some((slashed(&story.rules.path), claim.id.value.to_string()))
        });
        SurveyedSource {
            about: source_file(fact.name, fact.raw),
            rules: fact.defined.0.path.clone(),
            path: fact.path.clone(),
            key: fact.path.as_deref().map(|path| ledger.key(project.system, path)),
            content: fact.content,
            figures: figures.collect(),
            claims: claims.collect(),
        }
    };
    story.sources.iter().map(told).collect()
}

/// Adds a source, or what another story has to say of one that is there.
fn merge(sources: &mut Vec<SurveyedSource>, source: SurveyedSource) {
    let known =
        sources.iter_mut().find(|known| known.about.name == source.about.name && known.rules == source.rules);
    match known {
        Some(known) => {
            known.content = known.content.or(source.content);
            known.figures.extend(source.figures);
            known.claims.extend(source.claims);
        }
        None => sources.push(source),
    }
}
