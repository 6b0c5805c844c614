//! The stories at hand: which of them an open file belongs to, which must be checked again after a change, and what the
//! last check said.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use lsp_types::Diagnostic;

use super::diagnostics::{Diagnoser, Placed, gravest};
use super::index::Index;
use super::overlay::{Overlay, Seen};
use super::pages::Pages;
use super::sheet::Sheet;
use crate::assessment::Story;
use crate::claim::{Head, head};
use crate::draft::Format;
use crate::engine::{Memo, Options, Problem, Project, ProjectError, Replies, SETTINGS, StoryOutcome};

/// All that requests are answered from.
pub(super) struct Newsroom<'o> {
    pub(super) overlay: &'o Overlay,
    pub(super) pages: &'o Pages,
    memo: &'o Memo,
    pub(super) index: Index,
    /// By the path that is checked: a rule file, or a draft that no rule file is about.
    desks: BTreeMap<PathBuf, Desk<'o>>,
    config: Option<PathBuf>,
    /// Files of which something else may be said than before.
    news: BTreeSet<PathBuf>,
    /// Whether a claim has come to something else than before.
    has_changed_verdicts: bool,
}

/// One path that is checked as the command line would, again and again.
#[derive(Default)]
struct Desk<'o> {
    /// Opened once, and again when a file was added, removed or has become something else.
    project: Option<Project<'o>>,
    /// What opening looked at.
    shape: Seen,
    /// What the last check looked at.
    read: HashSet<PathBuf>,
    is_stale: bool,
    sheet: Option<Sheet>,
    said: BTreeMap<PathBuf, Vec<Diagnostic>>,
}

/// How a file has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Its text, and nothing that tells what it is.
    Text,
    /// Whether it is there, or what it is.
    Shape,
}

impl<'o> Newsroom<'o> {
    pub(super) fn new(
        overlay: &'o Overlay,
        pages: &'o Pages,
        memo: &'o Memo,
        index: Index,
        config: Option<PathBuf>,
    ) -> Self {
        Self {
            overlay,
            pages,
            memo,
            index,
            desks: BTreeMap::new(),
            config,
            news: BTreeSet::new(),
            has_changed_verdicts: false,
        }
    }

    /// Notes that a file has changed: what has looked at it is stale.
    pub(super) fn changed(&mut self, path: &Path, change: Change) {
        let folder = path.parent().unwrap_or(path);
        for desk in self.desks.values_mut() {
            let is_settings = path.file_name().is_some_and(|name| name == SETTINGS);
            let has_looked = |seen: &Seen| seen.read.contains(path) || seen.told.contains(path);
            let has_asked = |seen: &Seen| seen.asked.contains(path) || seen.asked.contains(folder);
            let in_shape = match change {
                Change::Shape => has_looked(&desk.shape) || has_asked(&desk.shape),
                Change::Text => desk.shape.read.contains(path) && is_settings,
            };
            if in_shape {
                desk.project = None;
            }
            desk.is_stale |= in_shape || desk.read.contains(path);
        }
    }

    /// Everything is looked at again.
    pub(super) fn changed_altogether(&mut self) {
        self.index.forget();
        for desk in self.desks.values_mut() {
            desk.project = None;
            desk.is_stale = true;
        }
    }

    /// Sees to it that what is open is checked, and nothing else.
    pub(super) fn staff(&mut self) {
        let mut wanted = BTreeSet::new();
        for path in self.overlay.open_paths() {
            wanted.extend(self.desks_of(&path));
        }
        let gone: Vec<PathBuf> = self.desks.keys().filter(|path| !wanted.contains(*path)).cloned().collect();
        for path in gone {
            let said = self.desks.remove(&path).map(|desk| desk.said);
            self.news.extend(said.into_iter().flat_map(BTreeMap::into_keys));
        }
        for path in wanted {
            self.desks.entry(path).or_insert_with(|| Desk { is_stale: true, ..Desk::default() });
        }
    }

    /// What is to be checked for an open file: for a draft the rule files about it, or else the draft itself.
    fn desks_of(&mut self, path: &Path) -> Vec<PathBuf> {
        if is_rules(path) {
            return if self.is_ours(path) { vec![path.to_owned()] } else { Vec::new() };
        }
        let is_draft = path.to_str().is_some_and(|name| Format::of(name).is_ok_and(|it| it != Format::Docx));
        if !is_draft {
            return Vec::new();
        }
        let rules = self.index.rules_of(self.overlay, path);
        if rules.is_empty() { vec![path.to_owned()] } else { rules }
    }

    /// Whether a TOML file is a rule file: it names a draft, or lies where rules are kept, or is known to be a library.
    /// Other programs have TOML files too.
    fn is_ours(&self, path: &Path) -> bool {
        let Some(document) = self.overlay.document(path) else { return false };
        head(document.text.as_bytes(), true) == Head::Story
            || self.index.is_place_of_rules(self.overlay, path)
            || self.desks.values().any(|desk| {
                let mut libraries = desk.project.iter().flat_map(Project::libraries);
                libraries.any(|library| self.overlay.absolute(library) == path)
            })
    }

    /// The path of a desk with something to check.
    pub(super) fn next_stale(&self) -> Option<PathBuf> {
        self.desks.iter().find(|(_, desk)| desk.is_stale).map(|(path, _)| path.clone())
    }

    /// Checks what stands at a desk, if it has changed.
    pub(super) fn check(&mut self, path: &Path) {
        let Some(mut desk) = self.desks.remove(path) else { return };
        if desk.is_stale {
            self.news.extend(desk.said.keys().cloned());
            let before = desk.sheet.take();
            self.refresh(path, &mut desk);
            let came_to = |sheet| Option::into_iter(sheet).flat_map(Sheet::came_to);
            self.has_changed_verdicts |= !came_to(before.as_ref()).eq(came_to(desk.sheet.as_ref()));
            self.news.extend(desk.said.keys().cloned());
            // A text without anything to be said of it has been checked, too.
            self.news.extend(self.overlay.document(path).map(|_| path.to_owned()));
            self.news.extend(desk.sheet.iter().filter_map(|it| Some(it.draft.as_ref()?.path.clone())));
        }
        self.desks.insert(path.to_owned(), desk);
    }

    fn refresh(&self, path: &Path, desk: &mut Desk<'o>) {
        let overlay = self.overlay;
        desk.is_stale = false;
        desk.sheet = None;
        desk.said.clear();
        if desk.project.is_none() {
            let paths = vec![overlay.short(path).to_owned()];
            let replies = Replies::KeptAlone;
            let options = Options { paths, config: self.config.clone(), replies, ..Options::default() };
            let (project, seen) = overlay.watch(|| Project::open(overlay, &options));
            desk.shape = seen;
            desk.read.clear();
            match project {
                Ok(project) => desk.project = Some(project.remembering(self.memo)),
                Err(error) => {
                    let problems = match error {
                        ProjectError::Settings(problems) => problems,
                        // There is nothing to check: the file has gone.
                        ProjectError::Discover(_) => Vec::new(),
                    };
                    self.say(&problems, Vec::new(), desk);
                    return;
                }
            }
        }
        let Some(project) = &desk.project else { return };
        let mut found = Vec::new();
        let mut sheets = Vec::new();
        let (problems, seen) = overlay.watch(|| {
            let see = |outcome: StoryOutcome<'_>, story: Option<&Story<'_>>| {
                let sheet = story.map(|it| Sheet::new(&outcome, it, |path| overlay.absolute(path)));
                let diagnoser = self.diagnoser();
                let findings =
                    gravest(&outcome.findings).into_iter().filter_map(|finding| diagnoser.finding(finding));
                let problems = outcome.problems.iter().map(|problem| diagnoser.problem(problem));
                (findings.chain(problems).collect::<Vec<Placed>>(), sheet)
            };
            project.look(see, |(of_story, sheet)| {
                found.extend(of_story);
                sheets.extend(sheet);
                true
            })
        });
        desk.read = seen.read;
        desk.sheet = sheets.pop();
        self.say(&problems, found, desk);
    }

    fn say(&self, problems: &[Problem], found: Vec<Placed>, desk: &mut Desk<'o>) {
        let problems = problems.iter().map(|problem| self.diagnoser().problem(problem));
        for (path, diagnostic) in found.into_iter().chain(problems) {
            desk.said.entry(path).or_default().push(diagnostic);
        }
    }

    fn diagnoser(&self) -> Diagnoser<'_> {
        Diagnoser { overlay: self.overlay, pages: self.pages }
    }

    /// The files of which something else may be said than when this was asked last.
    pub(super) fn take_news(&mut self) -> BTreeSet<PathBuf> {
        std::mem::take(&mut self.news)
    }

    /// Whether a claim has come to something else since this was asked last.
    pub(super) fn take_verdicts_changed(&mut self) -> bool {
        std::mem::take(&mut self.has_changed_verdicts)
    }

    /// What is said of a file by all desks, once.
    pub(super) fn said_of(&self, path: &Path) -> Vec<&Diagnostic> {
        let mut all: Vec<&Diagnostic> = Vec::new();
        for diagnostics in self.desks.values().filter_map(|desk| desk.said.get(path)) {
            // A library's are said by every story that knows it.
            let known = all.clone();
            all.extend(diagnostics.iter().filter(|it| !known.contains(it)));
        }
        all
    }

    /// The sheets, up to date, of the stories that a file belongs to, each with its desk's path.
    pub(super) fn sheets_of(&mut self, path: &Path) -> Vec<(&Path, &Sheet)> {
        let stale: Vec<PathBuf> =
            self.desks.iter().filter(|(_, desk)| desk.is_stale).map(|(path, _)| path.clone()).collect();
        for desk in stale {
            self.check(&desk);
        }
        let sheets =
            self.desks.iter().filter_map(|(path, desk)| Some((path.as_path(), desk.sheet.as_ref()?)));
        let belongs = |(desk, sheet): &(&Path, &Sheet)| {
            *desk == path || sheet.draft.as_ref().is_some_and(|draft| draft.path == path)
        };
        sheets.filter(belongs).collect()
    }

    /// All sheets, as they are.
    pub(super) fn sheets(&self) -> impl Iterator<Item = (&Path, &Sheet)> {
        self.desks.iter().filter_map(|(path, desk)| Some((path.as_path(), desk.sheet.as_ref()?)))
    }

    /// Looks at a story itself once more, for what no sheet has.
    pub(super) fn look<R: Send>(
        &self,
        desk: &Path,
        see: impl Fn(&Story<'_>) -> Option<R> + Sync,
    ) -> Option<R> {
        let mut seen = None;
        self.project(desk)?.look(
            |_, story| story.and_then(&see),
            |it| {
                seen = it;
                true
            },
        );
        seen
    }

    /// The project that a path is checked as.
    pub(super) fn project(&self, desk: &Path) -> Option<&Project<'o>> {
        self.desks.get(desk)?.project.as_ref()
    }
}

/// Whether a file is a rule file by its name.
pub(super) fn is_rules(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
        && path.file_name().is_some_and(|name| name != SETTINGS)
}
