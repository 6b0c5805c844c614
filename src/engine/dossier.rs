//! All that a fact-check file shows of a story: its draft as it reads, what became of every number, and for each claim how
//! its value came about, down to the rows of the tables. Collected only where it is asked for, after the checks have run.

mod figures;
mod numbers;
mod speaker;
mod steps;

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::story::{Newsroom, Opened};
use crate::assessment::{Assessment, State, Story};
use crate::checks::{ToldIn, interval_in_words, quantity_in_words};
use crate::claim::{RawFile, RawStatus};
use crate::draft::{Format, Layout};
use crate::number::Interval;
use crate::scope::FacetComparison;
use crate::source::PrintedRow;
use crate::text::Span;
use crate::unit::Unit;
pub(super) use figures::source_file;
pub use speaker::{Speaker, SpeakerKind};
pub(super) use steps::stated;
pub use steps::{Derivation, DerivedStep};

/// A story's fact-check file.
#[derive(Clone, Debug, Default)]
pub struct Dossier {
    /// The draft as it reads. Its places, like all others here, are those that findings point into.
    pub layout: Layout,
    /// The day of publication, where the rules or the command line say it.
    pub published: Option<Date>,
    /// Every number of the draft, and words that claims are about without one, in order.
    pub numbers: Vec<NumberFile>,
    /// The claims, in the order of [`StoryOutcome::claims`](super::StoryOutcome::claims); those whose rules are malformed
    /// are absent, and come last there.
    pub claims: Vec<ClaimFile>,
    /// Every figure that was asked for.
    pub figures: Vec<FigureFile>,
    /// The sources of those figures.
    pub sources: Vec<SourceFile>,
}

/// A number of the draft, or words that a claim is about.
#[derive(Clone, Debug)]
pub struct NumberFile {
    /// Where it stands with its hedge.
    pub words: Span,
    /// Where the number itself stands.
    pub number: Span,
    /// It, with its hedge, as it reads.
    pub text: String,
    /// The sentence that it stands in.
    pub sentence: String,
    /// How it was read; empty for words, and for what is no quantity.
    pub read: String,
    /// What became of it.
    pub fate: NumberFate,
}

/// What became of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberFate {
    /// Claims are about it, by their places in [`Dossier::claims`].
    Claimed(Vec<usize>),
    /// The formulas of claims use it, whose quotes it stands in.
    Used(Vec<usize>),
    /// It needs no claim, for this reason.
    Ignored(String),
    /// It is no quantity, by the rule of this name.
    Excluded(&'static str),
    /// Nobody has looked at it.
    Unclaimed,
}

/// What is behind a claim's verdict.
#[derive(Clone, Debug, Default)]
pub struct ClaimFile {
    /// The passage, by its rule.
    pub quote: String,
    /// The sentence that its words stand in, in the draft.
    pub sentence: String,
    /// Where its rule stands: the line in the rule file.
    pub line: usize,
    /// What the words allow, in words.
    pub allowed: String,
    /// What they allow without a warning, where that is less.
    pub clear: Option<Interval>,
    /// What the figures give, in words.
    pub computed: String,
    /// How far apart the two are, in words; empty where they are not.
    pub apart: String,
    /// The formula, step by step.
    pub formula: Derivation,
    /// The formula that a hedge is held against.
    pub against: Option<Derivation>,
    /// Every facet in which claim or figure says what it counts.
    pub facets: Vec<FacetComparison>,
    /// The passage of the draft that tells readers of a difference.
    pub disclosed: Option<String>,
    /// Whom the draft attributes it to.
    pub by: Option<Speaker>,
    /// What its rule notes.
    pub note: Option<String>,
}

/// A figure and where it comes from.
#[derive(Clone, Debug, Default)]
pub struct FigureFile {
    /// As formulas name it.
    pub name: String,
    /// Its value, or where that lies, in words; empty where it has none.
    pub value: String,
    /// The value as its rule states it, or the formula that it is computed by.
    pub stated: Option<String>,
    /// The figures that it is computed from, by their places in [`Dossier::figures`].
    pub parts: Vec<usize>,
    /// Its source, by its place in [`Dossier::sources`].
    pub source: Option<usize>,
    /// Where in a table it stands.
    pub table: Option<TableFile>,
    /// The query that it is the reply to.
    pub query: Option<QueryFile>,
    /// Where it is defined: rule file and line.
    pub defined: Option<(Arc<Path>, usize)>,
    /// What its rule notes.
    pub note: Option<String>,
}

/// A query that gave a figure.
#[derive(Clone, Debug)]
pub struct QueryFile {
    /// The file or the database that was asked.
    pub whom: Arc<str>,
    /// The query.
    pub sql: String,
}

/// The cells that a figure was taken from.
#[derive(Clone, Debug, Default)]
pub struct TableFile {
    /// The table: its file, or the pattern that names several.
    pub path: Arc<str>,
    /// The sheet of a spreadsheet.
    pub sheet: Option<String>,
    /// What is counted in it: `line` or `row`.
    pub counted: &'static str,
    /// The column, as rules name it.
    pub column: String,
    /// What was made of several rows.
    pub take: Option<&'static str>,
    /// Its cells, or the first of them.
    pub cells: Vec<CellFile>,
    /// How many rows there are besides.
    pub more: u64,
}

/// A cell in its row.
#[derive(Clone, Debug, Default)]
pub struct CellFile {
    /// Its file.
    pub path: Arc<str>,
    /// The line on which its row begins.
    pub line: u64,
    /// What is printed in it, or the beginning of that.
    pub text: String,
    /// The whole row, where it can be shown.
    pub row: Option<PrintedRow>,
}

impl CellFile {
    /// Whether another cell is in the same row, and that is shown.
    pub fn is_in_row_of(&self, other: &Self) -> bool {
        self.row.is_some() && self.line == other.line && self.path == other.path
    }
}

/// A source, as its rules describe it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceFile {
    /// As rules name it.
    pub name: String,
    /// What it is called.
    pub title: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Where it is found, as written: a web address, mostly.
    pub url: Option<String>,
    /// Where a copy is kept.
    pub archive_url: Option<String>,
    /// The page or sheet.
    pub page: Option<String>,
    /// The day it was retrieved.
    pub retrieved: Option<Date>,
    /// The day up to which it counts.
    pub as_of: Option<Date>,
    /// The first day on which somebody should look whether there is a newer one.
    pub recheck_by: Option<Date>,
    /// Whether its numbers may change.
    pub status: Option<RawStatus>,
    /// What its rule notes.
    pub note: Option<String>,
}

impl Dossier {
    /// The fact-check file of a draft without rules.
    pub(super) fn of_draft(newsroom: Newsroom<'_>, story: &Story<'_>, path: &Path) -> Self {
        let Some(draft) = story.draft else { return Self::default() };
        // Standard input is Markdown.
        let format = Format::of(&path.to_string_lossy()).unwrap_or(Format::Markdown);
        let read = |bytes: &mut Vec<u8>| newsroom.desk.system.read_up_to(path, format.limit(), bytes).is_ok();
        let layout = layout(format, &draft.file.text, read);
        let numbers = numbers::number_files(story, draft, &RawFile::default());
        Self { layout, published: story.published, numbers, ..Self::default() }
    }
}

/// The layout of a draft. A Word document's is not in its text, and is read again.
fn layout(format: Format, text: &str, read: impl FnOnce(&mut Vec<u8>) -> bool) -> Layout {
    let mut bytes = Vec::new();
    if format == Format::Docx
        && read(&mut bytes)
        && let Ok(layout) = Layout::read(format, &bytes)
    {
        return layout;
    }
    Layout::of_text(format, text)
}

impl Opened<'_> {
    /// The fact-check file of a story whose checks have run.
    pub(super) fn dossier(
        &self,
        story: &Story<'_>,
        derivations: &[Derivation],
        path: Option<&Path>,
    ) -> Dossier {
        let claims: Vec<ClaimFile> = story
            .assessments
            .iter()
            .zip(derivations.chunks_exact(2))
            .map(|(assessment, derivations)| self.claim_file(story, assessment, derivations))
            .collect();
        let (figures, sources) = self.figure_files(story);
        let format = path.and_then(|path| Format::of(&path.to_string_lossy()).ok());
        let layout = match (story.draft, format.zip(path)) {
            (Some(draft), Some((format, path))) => layout(format, &draft.file.text, |bytes| {
                let desk = self.newsroom.desk;
                desk.root.read_up_to(desk.system, path, format.limit(), bytes).is_ok()
            }),
            _ => Layout::default(),
        };
        let numbers = story
            .draft
            .map(|draft| numbers::number_files(story, draft, &self.decoded.file))
            .unwrap_or_default();
        Dossier { layout, published: story.published, numbers, claims, figures, sources }
    }

    fn claim_file(
        &self,
        story: &Story<'_>,
        assessment: &Assessment<'_>,
        derivations: &[Derivation],
    ) -> ClaimFile {
        let claim = &assessment.claim.value;
        let text = |it: &crate::claim::Spanned<crate::claim::RawText<'_>>| it.value.to_string();
        let file = ClaimFile {
            quote: text(&claim.quote),
            line: self.rules.lines().position(&self.rules.text, claim.id.span.start as usize).line,
            formula: derivations.first().cloned().unwrap_or_default(),
            against: derivations.get(1).filter(|_| claim.against.is_some()).cloned(),
            disclosed: claim.disclosed.as_ref().map(text),
            by: self.speaker(claim),
            note: claim.note.as_ref().map(text),
            ..ClaimFile::default()
        };
        let (State::Judged(judged), Some(draft)) = (&assessment.state, story.draft) else { return file };
        let prose = draft.prose.text();
        let unit = judged
            .mention
            .map_or(judged.value.unit.into(), |mention| ToldIn::of(&mention, prose, judged.value.unit));
        let held = &judged.held;
        let computed = match held.range.as_point() {
            Some(_) => quantity_in_words(held.nominal, unit),
            None => interval_in_words(&held.range, unit),
        };
        let distance = judged.judgement().distance;
        let of_difference = if judged.value.unit == Unit::Percent { Unit::Points.into() } else { unit };
        ClaimFile {
            sentence: draft.prose.sentence(judged.words).of(prose).to_owned(),
            allowed: interval_in_words(&held.allowed.whole, unit),
            clear: (held.allowed.clear != held.allowed.whole).then_some(held.allowed.clear),
            computed,
            apart: if distance.is_zero() {
                String::new()
            } else {
                quantity_in_words(distance, of_difference)
            },
            facets: judged.facets.clone(),
            ..file
        }
    }
}
