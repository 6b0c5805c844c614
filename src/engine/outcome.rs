//! What a run has to say: each claim's verdict, the findings, and the problems that kept something from being checked.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use super::dossier::Dossier;
use super::stub::Stub;
use crate::assessment::{Assessment, CoverageCounts, FileText, State, Story, Unchecked};
use crate::checks::ToldIn;
use crate::claim::Complaint;
use crate::finding::{Accepted, Excerpt, Finding, Ignored, Severity};
use crate::hedge::{How, Verdict};
use crate::number::{Decimal, Interval};
use crate::scope::{FacetComparison, Relation};
use crate::text::{Position, Span};

/// All about one story. Words are lent by the story's files for as long as it is checked.
#[derive(Clone, Debug)]
pub struct StoryOutcome<'a> {
    /// The rule file.
    pub rules: Arc<Path>,
    /// The draft, where the rule file names one.
    pub draft: Option<Arc<Path>>,
    /// Every claim of the rule file, in its order.
    pub claims: Vec<ClaimOutcome<'a>>,
    /// By place in the draft.
    pub findings: Vec<Finding>,
    /// Findings that somebody lets stand.
    pub accepted: Vec<Accepted>,
    /// Numbers that need no claim, where they are asked for. They count as no findings.
    pub ignored: Vec<Ignored>,
    /// What kept something from being checked.
    pub problems: Vec<Problem>,
    /// What became of the draft's numbers.
    pub coverage: CoverageCounts,
    /// Stubs for the numbers that no rule is about, where they are asked for.
    pub stubs: Vec<Stub>,
    /// The fact-check file, where it is asked for.
    pub dossier: Option<Box<Dossier>>,
}

/// One claim with its verdict.
#[derive(Clone, Debug)]
pub struct ClaimOutcome<'a> {
    /// The claim's id, unique in its story.
    pub id: Cow<'a, str>,
    /// The verdict.
    pub verdict: Verdict,
    /// What it was held against; `None` for an unchecked claim.
    pub comparison: Option<Comparison<'a>>,
    /// Why it could not be checked.
    pub reason: Option<Cow<'a, str>>,
    /// Whether that reason lies outside the draft.
    pub outside_draft: bool,
    /// Facets in which what the figures count is not what the claim says.
    pub scope: Vec<Cow<'a, FacetComparison>>,
    /// Whether the draft tells its readers of the whole difference.
    pub disclosed: bool,
    /// Whom the draft attributes the claim to.
    pub by: Option<Cow<'a, str>>,
    /// Where its words stand in the draft.
    pub place: Option<Position>,
}

/// Words and value side by side. Values are as written: 5 for 5%.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The words as they stand in the draft, with the hedge.
    pub says: Cow<'a, str>,
    /// What the words allow.
    pub allowed: Interval,
    /// The value computed.
    pub nominal: Decimal,
    /// Where it lies, if figures are uncertain; else the value itself.
    pub range: Interval,
    /// The unit of all of these.
    pub unit: Cow<'a, str>,
    /// How the value agrees with the words.
    pub how: How,
    /// How far the value lies outside of what the words allow.
    pub distance: Decimal,
}

/// Something that could not be read or resolved, for a reason outside the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file that it lies in.
    pub path: Arc<Path>,
    /// Where in it; `None` where the file could not be read at all.
    pub excerpt: Option<Excerpt>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Another place that belongs to it: where a name was defined first, say.
    pub related: Option<(Excerpt, String)>,
}

impl StoryOutcome<'_> {
    /// Of a story of which nothing is known yet.
    pub(super) fn empty(rules: Arc<Path>, draft: Option<Arc<Path>>) -> Self {
        let coverage = CoverageCounts::default();
        Self {
            rules,
            draft,
            claims: Vec::new(),
            findings: Vec::new(),
            accepted: Vec::new(),
            ignored: Vec::new(),
            problems: Vec::new(),
            coverage,
            stubs: Vec::new(),
            dossier: None,
        }
    }

    /// The same with words of its own, to be kept after the story's files are gone.
    pub fn into_owned(self) -> StoryOutcome<'static> {
        let Self { rules, draft, claims, findings, accepted, ignored, problems, coverage, stubs, dossier } =
            self;
        let claims = claims.into_iter().map(ClaimOutcome::into_owned).collect();
        StoryOutcome { rules, draft, claims, findings, accepted, ignored, problems, coverage, stubs, dossier }
    }
}

impl ClaimOutcome<'_> {
    fn into_owned(self) -> ClaimOutcome<'static> {
        let comparison = self.comparison.map(|it| Comparison {
            says: owned(it.says),
            unit: owned(it.unit),
            allowed: it.allowed,
            nominal: it.nominal,
            range: it.range,
            how: it.how,
            distance: it.distance,
        });
        ClaimOutcome {
            id: owned(self.id),
            verdict: self.verdict,
            comparison,
            reason: self.reason.map(owned),
            outside_draft: self.outside_draft,
            scope: self.scope.into_iter().map(|facet| Cow::Owned(facet.into_owned())).collect(),
            disclosed: self.disclosed,
            by: self.by.map(owned),
            place: self.place,
        }
    }
}

fn owned(words: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(words.into_owned())
}

/// Counts over a whole run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Stories.
    pub stories: usize,
    /// Claims with a verdict of `supported`.
    pub supported: usize,
    /// … `refuted`.
    pub refuted: usize,
    /// … `undecided`.
    pub undecided: usize,
    /// … `unchecked`.
    pub unchecked: usize,
    /// Findings that are errors.
    pub errors: usize,
    /// … warnings.
    pub warnings: usize,
    /// … notes.
    pub notes: usize,
    /// Findings that somebody lets stand, which are none of these.
    pub accepted: usize,
    /// Problems, and claims unchecked for a reason outside the draft.
    pub problems: usize,
    /// What became of the drafts' numbers.
    pub coverage: CoverageCounts,
}

impl Totals {
    /// Adds one story's.
    pub fn add(&mut self, story: &StoryOutcome<'_>) {
        self.stories += 1;
        for claim in &story.claims {
            *match claim.verdict {
                Verdict::Supported => &mut self.supported,
                Verdict::Refuted => &mut self.refuted,
                Verdict::Undecided => &mut self.undecided,
                Verdict::Unchecked => &mut self.unchecked,
            } += 1;
            self.problems += usize::from(claim.outside_draft);
        }
        for finding in &story.findings {
            *match finding.severity {
                Severity::Error => &mut self.errors,
                Severity::Warning => &mut self.warnings,
                Severity::Note => &mut self.notes,
            } += 1;
        }
        self.accepted += story.accepted.len();
        self.problems += story.problems.len();
        self.coverage = self.coverage.plus(story.coverage);
    }

    /// The sum of two.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            stories: self.stories + other.stories,
            supported: self.supported + other.supported,
            refuted: self.refuted + other.refuted,
            undecided: self.undecided + other.undecided,
            unchecked: self.unchecked + other.unchecked,
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
            notes: self.notes + other.notes,
            accepted: self.accepted + other.accepted,
            problems: self.problems + other.problems,
            coverage: self.coverage.plus(other.coverage),
        }
    }

    /// All claims.
    pub fn claims(&self) -> usize {
        self.supported + self.refuted + self.undecided + self.unchecked
    }

    /// Findings at or above a severity.
    pub fn findings_from(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Note => self.errors + self.warnings + self.notes,
        }
    }
}

/// What became of a claim of a story.
pub(super) fn outcome<'s>(assessment: &'s Assessment<'_>, story: &'s Story<'_>) -> ClaimOutcome<'s> {
    let id = Cow::Borrowed(&*assessment.claim.id.value.0);
    let judged = match &assessment.state {
        State::Unchecked(unchecked) => {
            return ClaimOutcome::unchecked(id, reason(unchecked), unchecked.is_outside_draft());
        }
        State::Judged(judged) => judged,
    };
    let prose = story.draft.map_or("", |draft| draft.prose.text());
    let unit = judged
        .mention
        .map_or(judged.value.unit.into(), |mention| ToldIn::of(&mention, prose, judged.value.unit));
    let place = story.draft.map(|draft| {
        let start = draft.prose.original(judged.words).start as usize;
        draft.file.lines().position(&draft.file.text, start)
    });
    let mut differing = judged.differing().peekable();
    ClaimOutcome {
        id,
        verdict: assessment.verdict(),
        comparison: Some(Comparison {
            says: judged.words.of(prose).into(),
            allowed: judged.held.allowed.whole,
            nominal: judged.held.nominal,
            range: judged.held.range,
            unit: unit.name(),
            how: judged.judgement().how,
            distance: judged.judgement().distance,
        }),
        reason: None,
        outside_draft: false,
        disclosed: differing.peek().is_some()
            && differing.all(|facet| judged.is_disclosed(story.facets, facet)),
        scope: judged
            .facets
            .iter()
            .filter(|facet| facet.relation != Relation::Same)
            .map(Cow::Borrowed)
            .collect(),
        by: assessment.claim.by.as_ref().map(|by| Cow::Borrowed(by.value.name())),
        place,
    }
}

fn reason(unchecked: &Unchecked) -> Cow<'_, str> {
    match unchecked {
        Unchecked::QuoteNotFound { .. } => "the quote is not in the draft".into(),
        Unchecked::QuoteAmbiguous { places, .. } => {
            format!("the quote stands {} times in the draft", places.len()).into()
        }
        Unchecked::Words { message, .. } | Unchecked::Outside { message, .. } => message.into(),
    }
}

impl<'a> ClaimOutcome<'a> {
    /// A claim that could not be checked, and why.
    pub(super) fn unchecked(id: Cow<'a, str>, reason: Cow<'a, str>, outside_draft: bool) -> Self {
        Self {
            id,
            verdict: Verdict::Unchecked,
            comparison: None,
            reason: Some(reason),
            outside_draft,
            scope: Vec::new(),
            disclosed: false,
            by: None,
            place: None,
        }
    }
}

impl Problem {
    /// A file that cannot be read.
    pub(super) fn of_file(path: &Arc<Path>, error: &dyn std::fmt::Display) -> Self {
        Self { path: path.clone(), excerpt: None, message: error.to_string(), help: None, related: None }
    }

    /// A complaint at its place.
    pub(super) fn at(file: &FileText<'_>, complaint: Complaint) -> Self {
        Self {
            path: file.path.clone(),
            excerpt: Some(file.excerpt(complaint.span)),
            message: complaint.message,
            help: complaint.help,
            related: complaint.related.map(|(span, what)| (file.excerpt(span), what)),
        }
    }

    /// Where it is, for putting problems in order.
    pub(super) fn place(&self) -> (&Path, Option<Span>) {
        (&self.path, self.excerpt.as_ref().map(|excerpt| excerpt.in_file))
    }
}
