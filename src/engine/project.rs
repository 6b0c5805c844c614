//! A project: settings, libraries, stories.

use std::borrow::Cow;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::book::Desk;
use super::discover::{self, DiscoverError, Found, SETTINGS, discover};
use super::ledger::Ledger;
use super::library::{self, Elsewhere, Shelf};
use super::memo::Memo;
use super::outcome::{Problem, StoryOutcome};
use super::queries::{CACHE, Queries, Replies};
use super::root::Root;
use super::story::{self, Newsroom, Scratch, With};
use super::stub::StubbedDraft;
use super::{bare, parallel, trace};
use crate::assessment::{FileText, Story};
use crate::checks::Registry;
use crate::claim::{Settings, utf8};
use crate::hedge::{Lexicon, Widths};
use crate::source::cluster::Cluster;
use crate::system::System;

/// What to check, and with which settings.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Folders and rule files.
    pub paths: Vec<PathBuf>,
    /// The settings file, where it is not looked for.
    pub config: Option<PathBuf>,
    /// Whether to read no settings.
    pub isolated: bool,
    /// How many threads to use; as many as cores where nothing is said.
    pub jobs: Option<NonZeroUsize>,
    /// The day of publication of drafts whose rules do not say it.
    pub published: Option<Date>,
    /// Whether numbers without a claim are errors, whatever the settings say.
    pub strict: bool,
    /// Whether replies to queries are kept from one run to the next.
    pub replies: Replies,
    /// The cluster that runs SQL over sources, whatever the settings say: `df://host:50050`.
    pub engine: Option<String>,
}

/// Why a run cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// The paths lead to no rules.
    #[error(transparent)]
    Discover(#[from] DiscoverError),
    /// The settings file cannot be read or understood.
    #[error("the settings could not be read")]
    Settings(Vec<Problem>),
}

/// A project that is ready to be checked.
pub struct Project<'s> {
    pub(super) system: &'s dyn System,
    config: Option<PathBuf>,
    settings: Settings,
    registry: Registry,
    lexicon: Cow<'static, Lexicon>,
    root: Root,
    /// The folder that the lock lies in.
    pub(super) folder: PathBuf,
    pub(super) found: Found,
    jobs: Option<NonZeroUsize>,
    published: Option<Date>,
    memo: Option<&'s Memo>,
    queries: Queries,
}

impl<'s> Project<'s> {
    /// Finds the settings, the root and the rule files.
    pub fn open(system: &'s dyn System, options: &Options) -> Result<Self, ProjectError> {
        let start = options.paths.first().map_or(Path::new("."), PathBuf::as_path);
        let config = match (&options.config, options.isolated) {
            (_, true) => None,
            (Some(config), _) => Some(config.clone()),
            (None, _) => discover::above(system, start, SETTINGS).map(|folder| folder.join(SETTINGS)),
        };
        let (settings, registry) = match &config {
            Some(path) => settings(system, path).map_err(ProjectError::Settings)?,
            None => (Settings::default(), Registry::default()),
        };
        let settings = if options.strict { settings.strict() } else { settings };
        let folder = root_folder(system, &options.paths, config.as_deref());
        let found = discover(system, &options.paths, &folder)?;
        let root = if settings.allow_outside_root { Root::anywhere() } else { Root::at(folder.clone()) };
        let more = settings.hedges.iter().map(|(words, hedge)| (words.value.as_str(), *hedge));
        let lexicon = if settings.hedges.is_empty() {
            Cow::Borrowed(Lexicon::shipped())
        } else {
            Cow::Owned(Lexicon::shipped().extended(more))
        };
        let (jobs, published) = (options.jobs, options.published);
        let engine = options.engine.clone().or_else(|| settings.engine.clone());
        let engine = engine.map(|url| Cluster { url, folder: settings.engine_folder.clone() });
        let queries = Queries::new(settings.queries.clone(), engine, options.replies, &folder);
        Ok(Self {
            system,
            config,
            settings,
            registry,
            lexicon,
            root,
            folder,
            found,
            jobs,
            published,
            memo: None,
            queries,
        })
    }

    /// The same, with what tables have answered kept from one check to the next.
    #[must_use]
    pub fn remembering(self, memo: &'s Memo) -> Self {
        Self { memo: Some(memo), ..self }
    }

    /// The libraries that its stories know, those in parent folders included.
    pub fn libraries(&self) -> impl Iterator<Item = &Path> {
        self.found.libraries.iter().chain(&self.found.parents).map(PathBuf::as_path)
    }

    /// The figures whose queries are being run, for whoever shows what a check waits for.
    pub fn queries_running(&self) -> Vec<String> {
        self.queries.running()
    }

    /// The folder in which replies to queries are kept.
    pub fn cache(&self) -> PathBuf {
        self.folder.join(CACHE)
    }

    /// The file that the settings come from; `None` where there is none.
    pub fn settings_file(&self) -> Option<&Path> {
        self.config.as_deref()
    }

    /// The settings in force.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// How many stories and drafts there are to check.
    pub fn stories(&self) -> usize {
        self.found.stories.len() + self.found.drafts.len()
    }

    /// How far hedges reach.
    pub fn widths(&self) -> Widths {
        Widths { near: self.settings.near, far: self.settings.far }
    }

    /// The hedging words in force.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Checks every story; each outcome is rendered by `render` on the thread that has it, and handed to `deliver` in
    /// the order of the stories. Returns the problems of no single story: those of libraries.
    pub fn check<R: Send>(
        &self,
        render: impl Fn(StoryOutcome<'_>) -> R + Sync,
        deliver: impl FnMut(R) -> bool,
    ) -> Vec<Problem> {
        self.each(With::Nothing, |outcome, _| render(outcome), deliver)
    }

    /// The same, with the story itself lent besides what came of it, for those who show more than findings: where its
    /// numbers and claims stand, and how they were read. There is none where its rule file or draft could not be read.
    pub fn look<R: Send>(
        &self,
        see: impl Fn(StoryOutcome<'_>, Option<&Story<'_>>) -> R + Sync,
        deliver: impl FnMut(R) -> bool,
    ) -> Vec<Problem> {
        self.each(With::Nothing, see, deliver)
    }

    /// The same, with each story's fact-check file in its outcome.
    pub fn check_with_dossiers<R: Send>(
        &self,
        render: impl Fn(StoryOutcome<'_>) -> R + Sync,
        deliver: impl FnMut(R) -> bool,
    ) -> Vec<Problem> {
        self.each(With::Dossier, |outcome, _| render(outcome), deliver)
    }

    /// The same, with the numbers that need no claim in each outcome, for reports that show what was not found.
    pub fn check_with_ignored<R: Send>(
        &self,
        render: impl Fn(StoryOutcome<'_>) -> R + Sync,
        deliver: impl FnMut(R) -> bool,
    ) -> Vec<Problem> {
        self.each(With::Ignored, |outcome, _| render(outcome), deliver)
    }

    /// Stubs of claims for the numbers of each draft that no rule is about, with all that kept rules from being read.
    pub fn stubs(&self) -> (Vec<StubbedDraft>, Vec<Problem>) {
        let mut drafts = Vec::new();
        let mut problems = Vec::new();
        let shared = self.each(
            With::Stubs,
            |outcome, _| StubbedDraft::new(outcome),
            |(draft, more)| {
                drafts.extend(draft);
                problems.extend(more);
                true
            },
        );
        problems.extend(shared);
        (drafts, problems)
    }

    pub(super) fn each<R: Send>(
        &self,
        with: With,
        see: impl Fn(StoryOutcome<'_>, Option<&Story<'_>>) -> R + Sync,
        deliver: impl FnMut(R) -> bool,
    ) -> Vec<Problem> {
        let (volumes, mut problems) = library::read(self.system, &self.found.libraries, &self.found.parents);
        let (libraries, more) = library::decode_all(&volumes);
        problems.extend(more);
        let (shelves, more) = library::shelves(&libraries, &self.found.stories);
        problems.extend(more);
        let elsewhere = Elsewhere::new(self.system, &self.found.stories);
        // A lock that cannot be understood is a problem; what can be checked without it is.
        let ledger = Ledger::open(self.system, &self.folder);
        let ledger = ledger.map_err(|more| problems.extend(more)).ok();
        let ledger = ledger.as_ref().filter(|ledger| with == With::Sources || ledger.lock.is_some());
        let newsroom = self.newsroom(&elsewhere);
        let newsroom = Newsroom { with, desk: Desk { ledger, ..newsroom.desk }, ..newsroom };
        let stories = shelves.with(&self.found.stories).map(|(path, shelf)| (path, Some(shelf)));
        let drafts = self.found.drafts.iter().map(|path| (path.as_path(), None));
        let stories: Vec<(&Path, Option<&Shelf<'_>>)> = stories.chain(drafts).collect();
        let check = |scratch: &mut Scratch, (path, shelf): &(&Path, Option<&Shelf<'_>>)| match shelf {
            Some(shelf) => story::check(newsroom, path, shelf, scratch, &see),
            None => bare::check(newsroom, path, scratch, &see),
        };
        parallel::in_order(&stories, self.jobs, Scratch::default, check, deliver);
        problems
    }

    /// How a claim's value comes about. Its id may be preceded by its story's file name and a colon.
    pub fn trace(&self, claim: &str) -> Result<trace::ClaimTrace, trace::TraceError> {
        let (volumes, _) = library::read(self.system, &self.found.libraries, &self.found.parents);
        let (libraries, _) = library::decode_all(&volumes);
        let (shelves, _) = library::shelves(&libraries, &self.found.stories);
        let elsewhere = Elsewhere::new(self.system, &self.found.stories);
        trace::trace(self.newsroom(&elsewhere), &self.found.stories, &shelves, claim)
    }

    pub(super) fn newsroom<'a>(&'a self, elsewhere: &'a Elsewhere<'a>) -> Newsroom<'a> {
        let desk = Desk {
            system: self.system,
            root: &self.root,
            lexicon: &self.lexicon,
            widths: self.widths(),
            fiscal: self.settings.fiscal_year,
            memo: self.memo,
            queries: &self.queries,
            ledger: None,
        };
        let published = self.published;
        Newsroom {
            desk,
            registry: &self.registry,
            demands: &self.settings.coverage,
            published,
            today: self.system.today(),
            stale_after: self.settings.stale_after,
            elsewhere,
            with: With::Nothing,
        }
    }
}

/// Reads a settings file.
///
/// # Errors
/// All that is wrong with it.
pub fn settings(system: &dyn System, path: &Path) -> Result<(Settings, Registry), Vec<Problem>> {
    let shared: Arc<Path> = path.into();
    let mut bytes = Vec::new();
    system.read(path, &mut bytes).map_err(|error| vec![Problem::of_file(&shared, &error)])?;
    let file = FileText::new(shared, String::from_utf8_lossy(&bytes));
    let at = |complaint| Problem::at(&file, complaint);
    utf8(&bytes).map_err(|complaint| vec![at(complaint)])?;
    let settings = Settings::parse(&file.text)
        .map_err(|complaints| complaints.into_iter().map(at).collect::<Vec<_>>())?;
    let registry = Registry::with(&settings.checks)
        .map_err(|complaints| complaints.into_iter().map(at).collect::<Vec<_>>())?;
    Ok((settings, registry))
}

/// The folder that paths in rule files may not leave: that of the settings; else the nearest with a `.git`; else the
/// working folder, or the parent of the folder that is checked, whichever is further out.
fn root_folder(system: &dyn System, paths: &[PathBuf], config: Option<&Path>) -> PathBuf {
    let start = paths.first().map_or(Path::new("."), PathBuf::as_path);
    if let Some(config) = config.and_then(|config| system.resolve(config).ok())
        && let Some(folder) = config.parent()
        && system.resolve(start).is_ok_and(|start| start.starts_with(folder))
    {
        return folder.to_path_buf();
    }
    if let Some(folder) = discover::above(system, start, ".git") {
        return folder;
    }
    let working = system.resolve(Path::new(".")).unwrap_or_default();
    let Ok(start) = system.resolve(start) else { return working };
    let is_file = system.kind(&start) == Some(crate::system::Kind::File);
    let folder = if is_file { start.parent().and_then(Path::parent) } else { start.parent() };
    let above = folder.unwrap_or(&start).to_path_buf();
    if above.starts_with(&working) { working } else { above }
}
