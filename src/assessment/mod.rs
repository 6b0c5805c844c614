//! Assessments: one claim held against its figures, in value, unit, direction and scope. Facts only; the checks say
//! what is wrong with them.

mod against;
mod coverage;
mod cross;
mod first;
mod hold;
mod record;
mod revision;
mod since;
mod source;

pub use against::{hold_against, hold_comparison};
pub use coverage::{Coverage, CoverageCounts, Fate, IgnorePlace, IgnoreUse};
pub use cross::{CrossCheck, CrossDifference};
pub use first::{First, NoFirst, is_first_in_words};
pub use hold::{Direction, Held, UnitFit, hold};
pub use record::{Feat, Record, hold_record};
pub use revision::{Revision, Revisions};
pub use since::{first_since_in_words, since_in_words};
pub use source::{Flip, LockState, MovedFigure, SourceChange, SourceFacts, SourceFigure};

use std::borrow::Cow;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::claim::{Demands, Lasting, RawClaim, Spanned};
use crate::consistency::Contradiction;
use crate::draft::Prose;
use crate::finding::{Excerpt, Label, Role};
use crate::formula::{Name, Value};
use crate::hedge::{Judgement, Verdict, Widths};
use crate::mention::{Mention, Survey};
use crate::number::{Decimal, Interval};
use crate::scope::{FacetComparison, Facets, FiscalYear, Scope};
use crate::source::{Answer, CellPlace};
use crate::text::{Counting, LineIndex, Span};
use crate::unit::Unit;

/// A file that findings point into. Lines are counted once something is pointed at.
#[derive(Debug)]
pub struct FileText<'a> {
    /// As reports name it.
    pub path: Arc<Path>,
    /// Its text.
    pub text: Cow<'a, str>,
    /// What its lines are.
    counting: Counting,
    lines: OnceLock<LineIndex>,
}

impl<'a> FileText<'a> {
    /// A file with its text.
    pub fn new(path: Arc<Path>, text: impl Into<Cow<'a, str>>) -> Self {
        Self { path, text: text.into(), counting: Counting::Lines, lines: OnceLock::new() }
    }

    /// The same, with lines that are something else to those who edit the file.
    #[must_use]
    pub fn counted(self, counting: Counting) -> Self {
        Self { counting, ..self }
    }

    /// The lines of the file around a span.
    pub fn excerpt(&self, span: Span) -> Excerpt {
        Excerpt::new(&self.text, self.lines(), span).counted(self.counting)
    }

    /// A label at a span.
    pub fn label(&self, role: Role, span: Span, text: impl Into<String>) -> Label {
        Label { role, path: self.path.clone(), excerpt: self.excerpt(span), text: text.into() }
    }

    /// Where each line begins.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// The draft of a story.
#[derive(Debug)]
pub struct Draft<'a> {
    /// The file.
    pub file: FileText<'a>,
    /// What its readers see.
    pub prose: Prose,
    /// Every number in that.
    pub survey: Survey,
    /// How many numbers stand in what is set as code, which is no prose.
    pub in_code: usize,
}

impl Draft<'_> {
    /// A label at a span of the prose.
    pub fn label(&self, in_prose: Span, text: impl Into<String>) -> Label {
        self.file.label(Role::Draft, self.prose.original(in_prose), text)
    }
}

/// A story with all its claims assessed: what checks look at.
#[derive(Debug)]
pub struct Story<'a> {
    /// The rule file.
    pub rules: &'a FileText<'a>,
    /// The draft; `None` where it could not be read.
    pub draft: Option<&'a Draft<'a>>,
    /// The facets that the story knows.
    pub facets: &'a Facets,
    /// Where the rule file says what every claim counts.
    pub default_scope: Option<Span>,
    /// The day of publication, where the rule file says it.
    pub published: Option<Date>,
    /// The day it is.
    pub today: Date,
    /// How long before publication the numbers of a source may end, where the settings say so.
    pub stale_after: Option<Lasting>,
    /// On which day fiscal years begin.
    pub fiscal: FiscalYear,
    /// How far hedges reach.
    pub widths: Widths,
    /// The claims, in the order of the rule file.
    pub assessments: Vec<Assessment<'a>>,
    /// The figures that claims use.
    pub figures: Vec<UsedFigure<'a>>,
    /// The story's own sources and figures, and whether claims use them.
    pub entries: Vec<Entry<'a>>,
    /// The sources of its figures, where anything is asked of them.
    pub sources: Vec<SourceFacts<'a>>,
    /// Its figures that are not what their cross-checks give.
    pub crosses: Vec<CrossCheck<'a>>,
    /// Its figures that were revised after it was published.
    pub revisions: Revisions<'a>,
    /// Files that the lock has for this story, and that it takes no figure from.
    pub forsaken: Vec<String>,
    /// What became of the draft's numbers.
    pub coverage: Coverage,
    /// Where the draft contradicts itself.
    pub contradictions: Vec<Contradiction>,
    /// Which numbers need a claim.
    pub demands: &'a Demands,
}

/// A source or figure of the story's own rule file.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Whether it is a source or a figure.
    pub kind: EntryKind,
    /// Its name.
    pub name: &'a str,
    /// Where its name stands.
    pub span: Span,
    /// Whether a claim uses it.
    pub is_used: bool,
    /// What a source does not say of where it comes from.
    pub missing: Vec<&'static str>,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A source.
    Source,
    /// A figure.
    Figure,
}

/// What became of one claim.
#[derive(Clone, Debug)]
pub struct Assessment<'a> {
    /// The claim, as written.
    pub claim: &'a Spanned<RawClaim<'a>>,
    /// What it came to.
    pub state: State,
}

/// What a claim came to.
#[derive(Clone, Debug)]
pub enum State {
    /// It could not be checked.
    Unchecked(Unchecked),
    /// It was.
    Judged(Box<Judged>),
}

/// Why a claim could not be checked.
#[derive(Clone, Debug)]
pub enum Unchecked {
    /// The quote is not in the draft; the passage most like it.
    QuoteNotFound {
        /// The passage that stands in its place.
        closest: Option<Span>,
        /// The words of the quote that differ there, and what the draft has for them.
        differs: Option<(String, Span)>,
    },
    /// The quote is in the draft several times.
    QuoteAmbiguous {
        /// Where.
        places: Vec<Span>,
        /// How often, as the rule would have it.
        wanted: Option<u32>,
    },
    /// The draft or the rule leaves open what is said.
    Words {
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
        /// Where in the draft.
        in_draft: Option<Span>,
        /// Where in the rule.
        in_rule: Span,
    },
    /// Something outside the draft: a formula that does not compute, a source that cannot be read.
    Outside {
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
        /// Where in the rule.
        in_rule: Span,
    },
}

impl Unchecked {
    /// Whether the reason lies outside the draft.
    pub fn is_outside_draft(&self) -> bool {
        matches!(self, Self::Outside { .. })
    }
}

/// A claim that was checked: all facts.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Where the quote stands in the prose.
    pub quote: Span,
    /// Where the words stand that are judged, with their hedge.
    pub words: Span,
    /// The number in them; none where a hedge is held between two figures.
    pub mention: Option<Mention>,
    /// What the formula came to.
    pub value: Value,
    /// Words and value side by side.
    pub held: Held,
    /// What the roundings that the figures' digits imply would make of the verdict.
    pub rounding: Option<Rounding>,
    /// The hedge of the one figure that the claim drops.
    pub dropped: Option<String>,
    /// For a claim of a record: how the value stands among those before it.
    pub record: Option<Box<Record>>,
    /// What daily rates would make of two calendar periods of unequal length.
    pub daily: Option<Daily>,
    /// A margin of error in which the difference that the formula takes may be none.
    pub margin: Option<Margin>,
    /// What the claim says that it counts, by its own rule and the story's.
    pub scope: Scope,
    /// What the figure counts, held against what the claim says, facet by facet.
    pub facets: Vec<FacetComparison>,
    /// Whether the draft discloses the differences, where the claim says so.
    pub disclosure: Disclosure,
    /// The figures that the formula uses, by their index in [`Story::figures`].
    pub figures: Vec<usize>,
}

/// Whether the draft tells its readers of a difference in scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Disclosure {
    /// The rule names no passage.
    None,
    /// The passage stands in the draft and names these members.
    Told {
        /// Where.
        place: Span,
        /// By facet.
        members: Vec<(String, Vec<String>)>,
    },
    /// The passage is gone from the draft.
    Gone,
}

/// What implied roundings allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// Where the value would lie, as written.
    pub range: Interval,
    /// The verdict on that.
    pub verdict: Verdict,
}

/// What daily rates say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Daily {
    /// The value by daily rates, as written.
    pub nominal: Decimal,
    /// Whether the verdict or the sign would be another.
    pub turns: bool,
}

/// A difference of two figures, and how far it may be off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margin {
    /// The difference, without its sign, as written.
    pub difference: Decimal,
    /// Its margin of error, which is at least as much.
    pub margin: Decimal,
    /// The unit of both.
    pub unit: Unit,
}

/// A figure that formulas use, and where it comes from.
#[derive(Clone, Debug)]
pub struct UsedFigure<'a> {
    /// As formulas name it.
    pub name: Name<'a>,
    /// The table that it was taken from, and the cells.
    pub table: Option<TableAnswer<'a>>,
    /// Where it is defined, in which rule file; none for a cell that a formula names.
    pub defined: Option<(&'a FileText<'a>, Span)>,
    /// The figures that it is computed from, by their index in [`Story::figures`]; cells, and single values of series, are
    /// not among them.
    pub parts: Vec<usize>,
}

/// What a table answered for a figure.
#[derive(Clone, Copy, Debug)]
pub struct TableAnswer<'a> {
    /// The file, or the pattern that names several.
    pub path: &'a Arc<Path>,
    /// The files.
    pub files: &'a [Arc<Path>],
    /// The figure.
    pub answer: &'a Answer,
    /// The query that it is the reply to, if it is one.
    pub query: Option<QueryPlace<'a>>,
}

/// Where a query stands.
#[derive(Clone, Copy, Debug)]
pub struct QueryPlace<'a> {
    /// The rule file.
    pub file: &'a FileText<'a>,
    /// The query in it.
    pub span: Span,
}

impl<'a> TableAnswer<'a> {
    /// The cells that it comes from, or the first of them, each with its file.
    pub fn cells(self) -> impl Iterator<Item = (&'a Arc<Path>, &'a CellPlace)> {
        self.answer
            .cells()
            .map(move |cell| (self.files.get(cell.row.file as usize).unwrap_or(self.path), cell))
    }

    /// The cells as findings point at them; `text` is what is said of each.
    pub fn labels(self, text: &str) -> impl Iterator<Item = Label> {
        self.answer.cells().map(move |cell| self.label(cell, text))
    }

    /// A cell of the table as findings point at it.
    pub fn label(self, cell: &CellPlace, text: &str) -> Label {
        let text = match self.answer.sheet() {
            Some(sheet) => format!("{text}, sheet “{sheet}”"),
            None => text.to_owned(),
        };
        let printed = cell.text.as_str();
        if let Some(QueryPlace { file, span }) = self.query {
            // A reply lies in no file: what can be looked at is the query.
            return file.label(Role::Source, span, format!("{text}: {printed}"));
        }
        let line = usize::try_from(cell.row.line).unwrap_or(usize::MAX);
        let excerpt = match cell.column {
            Some(column) => Excerpt::of_cell(line, column as usize, printed),
            None => Excerpt::of_line(line, printed, Span::new(0, printed.len())),
        };
        Label { role: Role::Source, path: Arc::clone(self.file(cell)), excerpt, text }
    }

    /// The file that a cell is in.
    fn file(self, cell: &CellPlace) -> &'a Arc<Path> {
        self.files.get(cell.row.file as usize).unwrap_or(self.path)
    }
}

impl Judged {
    /// The verdict with its grounds.
    pub fn judgement(&self) -> &Judgement {
        &self.held.judgement
    }

    /// Facets in which claim and figure both declare something, and differ.
    pub fn differing(&self) -> impl Iterator<Item = &FacetComparison> {
        use crate::scope::Relation::{Same, Undeclared};
        self.facets.iter().filter(|facet| !matches!(facet.relation, Same | Undeclared))
    }

    /// Whether the draft discloses a difference: every member that is extra or missing is named in the passage.
    pub fn is_disclosed(&self, facets: &Facets, facet: &FacetComparison) -> bool {
        let Disclosure::Told { members, .. } = &self.disclosure else { return false };
        let named = members.iter().find(|(name, _)| *name == facet.facet).map(|(_, named)| named);
        let Some(named) = named else { return false };
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        let told = |of: &[String]| of.is_empty() || facets.are_covered(&facet.facet, &named, of);
        !(facet.extra.is_empty() && facet.missing.is_empty()) && told(&facet.extra) && told(&facet.missing)
    }
}

impl Assessment<'_> {
    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        match &self.state {
            State::Unchecked(_) => Verdict::Unchecked,
            State::Judged(judged) => judged.judgement().verdict,
        }
    }
}
