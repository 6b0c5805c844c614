//! What a check has read of a story, kept until the next one: what hovers, lenses, hints and actions are made of. Places
//! in the draft's prose lead back to its file by [`Sheet::in_draft`].

use std::path::{Path, PathBuf};

use crate::assessment::{Assessment, Fate, Judged, State, Story};
use crate::checks::{ToldIn, interval_in_words, quantity_in_words};
use crate::draft::{Prose, Quote};
use crate::engine::{ClaimOutcome, StoryOutcome};
use crate::finding::Excerpt;
use crate::fix::Wording;
use crate::hedge::{Verdict, Widths};
use crate::mention::{Excluded, Mention, Survey};
use crate::text::{Counting, Span};

/// A story as it was checked.
#[derive(Debug)]
pub(super) struct Sheet {
    /// The draft, where the editor shows the text that spans lead into.
    pub(super) draft: Option<Drafted>,
    /// In the order of the rule file.
    pub(super) claims: Vec<ClaimSheet>,
    /// The figures that claims use.
    pub(super) figures: Vec<FigureSheet>,
    pub(super) widths: Widths,
    /// What actions put in the place of words.
    pub(super) wordings: Vec<Wording>,
}

/// The draft as it was read.
#[derive(Debug)]
pub(super) struct Drafted {
    pub(super) path: PathBuf,
    pub(super) prose: Prose,
    survey: Survey,
    pub(super) fates: Vec<Fate>,
}

/// A claim, what it says in its rule, and what it came to.
#[derive(Debug)]
pub(super) struct ClaimSheet {
    pub(super) id: String,
    /// The entry's header.
    pub(super) header: Span,
    /// Whether that is a header, to which lines can be added, and no braces.
    pub(super) has_header: bool,
    pub(super) id_span: Span,
    pub(super) quote: String,
    pub(super) quote_span: Span,
    pub(super) says_span: Option<Span>,
    pub(super) formula_span: Option<Span>,
    pub(super) disclosed: Option<String>,
    pub(super) disclosed_span: Option<Span>,
    pub(super) verdict: Verdict,
    /// Why it is unchecked.
    pub(super) reason: Option<String>,
    pub(super) judged: Option<JudgedSheet>,
}

/// A claim that was held against its figures.
#[derive(Debug)]
pub(super) struct JudgedSheet {
    /// In the prose.
    pub(super) quote: Span,
    /// In the prose.
    pub(super) words: Span,
    pub(super) mention: Option<Mention>,
    pub(super) allowed: String,
    pub(super) computed: String,
    pub(super) warned: bool,
    /// Whether the figure counts something else, and the draft does not say so.
    pub(super) differs: bool,
    /// Places in [`Sheet::figures`].
    pub(super) figures: Vec<usize>,
}

/// A figure that a claim uses.
#[derive(Debug)]
pub(super) struct FigureSheet {
    pub(super) name: String,
    /// Its name in the rule file that defines it.
    pub(super) defined: Option<(PathBuf, Span)>,
    /// The table, and the lines of its cells, from 1.
    pub(super) cells: Option<(PathBuf, Vec<usize>)>,
}

impl Sheet {
    /// Keeps what is known of a story.
    pub(super) fn new(
        outcome: &StoryOutcome<'_>,
        story: &Story<'_>,
        absolute: impl Fn(&Path) -> PathBuf,
    ) -> Self {
        let draft = story.draft.filter(|draft| {
            // A Word document is no text that an editor could show places of.
            draft.file.excerpt(Span::new(0, 0)).counting == Counting::Lines
        });
        let drafted = draft.map(|draft| Drafted {
            path: absolute(&draft.file.path),
            prose: draft.prose.clone(),
            survey: draft.survey.clone(),
            fates: story.coverage.fates.clone(),
        });
        let claims = story.assessments.iter().zip(&outcome.claims).map(|(it, came)| claim(story, it, came));
        let figures = story.figures.iter().map(|figure| FigureSheet {
            name: figure.name.to_string(),
            defined: figure.defined.map(|(file, span)| (absolute(&file.path), span)),
            // A reply lies in no file.
            cells: figure.table.filter(|table| table.query.is_none()).and_then(|table| {
                // No editor shows the cells of a spreadsheet; of several files, it goes to the first.
                let path = table.cells().find(|(_, cell)| cell.column.is_none())?.0;
                let here = table.cells().filter(|(of, _)| *of == path);
                let lines = here.map(|(_, cell)| usize::try_from(cell.row.line).unwrap_or(usize::MAX));
                Some((absolute(path), lines.collect()))
            }),
        });
        let wordings = Wording::all(story, &outcome.findings);
        Self {
            draft: drafted,
            claims: claims.collect(),
            figures: figures.collect(),
            widths: story.widths,
            wordings,
        }
    }

    /// What lenses and hints tell of each claim.
    pub(super) fn came_to(&self) -> impl Iterator<Item = (&str, Verdict, Option<&str>, Option<&str>)> {
        self.claims.iter().map(ClaimSheet::came_to)
    }

    /// The claim that a number of the draft is claimed by, and, for one that was not judged, because it is not finished
    /// or cannot be computed, the first whose quote holds the number.
    pub(super) fn claim_of(&self, mention: &Mention) -> Option<&ClaimSheet> {
        let judged = self.claims.iter().find(|claim| {
            claim.judged.as_ref().is_some_and(|judged| {
                judged.mention.is_some_and(|said| said.span == mention.span)
                    || judged.words == mention.words()
            })
        });
        judged.or_else(|| {
            let prose = &self.draft.as_ref()?.prose;
            self.claims.iter().filter(|claim| claim.judged.is_none()).find(|claim| {
                let found = prose.find(&Quote::new(&claim.quote));
                found.spans().iter().any(|place| place.overlaps(mention.span))
            })
        })
    }

    /// The claim whose words stand at a place of the prose: a hedge without a number has no mention.
    pub(super) fn claim_at(&self, at: u32) -> Option<&ClaimSheet> {
        let is_there = |span: Span| span.start <= at && at <= span.end;
        self.claims.iter().find(|claim| claim.judged.as_ref().is_some_and(|judged| is_there(judged.words)))
    }
}

impl ClaimSheet {
    fn came_to(&self) -> (&str, Verdict, Option<&str>, Option<&str>) {
        let judged = self.judged.as_ref();
        (&self.id, self.verdict, judged.map(|it| it.computed.as_str()), self.reason.as_deref())
    }
}

impl Drafted {
    /// Every quantity with its place in the list, in the order of the prose.
    pub(super) fn mentions(&self) -> &[Mention] {
        &self.survey.mentions
    }

    /// Where a span of the prose stands in the file.
    pub(super) fn in_file(&self, span: Span) -> Span {
        self.prose.original(span)
    }

    /// The quantity whose words, hedge included, stand at a byte of the file.
    pub(super) fn mention_at(&self, offset: usize) -> Option<(usize, &Mention)> {
        let at = u32::try_from(offset).ok()?;
        let from = self.survey.mentions.partition_point(|it| self.in_file(it.words()).end < at);
        let near = self.survey.mentions.iter().enumerate().skip(from).take(2);
        let mut touching = near.filter(|(_, it)| {
            let words = self.in_file(it.words());
            words.start <= at && at <= words.end
        });
        touching.next()
    }

    /// The number that is no quantity at a byte of the file.
    pub(super) fn excluded_at(&self, offset: usize) -> Option<&Excluded> {
        let at = u32::try_from(offset).ok()?;
        let from = self.survey.excluded.partition_point(|it| self.in_file(it.span).end < at);
        self.survey.excluded.get(from).filter(|it| self.in_file(it.span).start <= at)
    }

    /// Where a byte of the file stands in the prose, near enough to tell which words are there.
    pub(super) fn in_prose(&self, offset: usize) -> u32 {
        let at = u32::try_from(offset).unwrap_or(u32::MAX);
        let length = u32::try_from(self.prose.text().len()).unwrap_or(u32::MAX);
        let (mut low, mut high) = (0, length);
        while low < high {
            let middle = low + (high - low) / 2;
            let end = self.in_file(Span { start: middle, end: middle + 1 }).end;
            if end <= at { low = middle + 1 } else { high = middle }
        }
        low
    }
}

fn claim(story: &Story<'_>, assessment: &Assessment<'_>, came: &ClaimOutcome<'_>) -> ClaimSheet {
    let raw = assessment.claim;
    let judged = match &assessment.state {
        State::Judged(judged) => Some(judged_sheet(story, judged)),
        State::Unchecked(_) => None,
    };
    let has_formula = !raw.formula.span.is_empty();
    ClaimSheet {
        id: raw.id.value.to_string(),
        header: raw.span,
        has_header: raw.span.of(&story.rules.text).starts_with("[["),
        id_span: raw.id.span,
        quote: raw.quote.value.to_string(),
        quote_span: raw.quote.span,
        says_span: raw.says.as_ref().map(|says| says.span),
        formula_span: has_formula.then_some(raw.formula.span),
        disclosed: raw.disclosed.as_ref().map(|passage| passage.value.to_string()),
        disclosed_span: raw.disclosed.as_ref().map(|passage| passage.span),
        verdict: assessment.verdict(),
        reason: came.reason.as_ref().map(ToString::to_string),
        judged,
    }
}

fn judged_sheet(story: &Story<'_>, judged: &Judged) -> JudgedSheet {
    let prose = story.draft.map_or("", |draft| draft.prose.text());
    let unit = judged
        .mention
        .map_or(judged.value.unit.into(), |mention| ToldIn::of(&mention, prose, judged.value.unit));
    let point = judged.held.range.as_point().map(|_| judged.held.nominal);
    JudgedSheet {
        quote: judged.quote,
        words: judged.words,
        mention: judged.mention,
        allowed: interval_in_words(&judged.held.allowed.whole, unit),
        computed: point.map_or_else(
            || interval_in_words(&judged.held.range, unit),
            |value| quantity_in_words(value, unit),
        ),
        warned: judged.judgement().warned.is_some(),
        differs: judged.differing().any(|facet| !judged.is_disclosed(story.facets, facet)),
        figures: judged.figures.clone(),
    }
}

/// Whether an excerpt is of a text that an editor shows.
pub(super) fn is_shown(excerpt: &Excerpt) -> bool {
    excerpt.counting == Counting::Lines
}
