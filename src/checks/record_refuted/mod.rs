//! A record or a first time that does not stand, or that the series is too short or too patchy to tell.

mod feat;

use super::wording::quantity_in_words;
use super::{Check, judged};
use crate::assessment::{Assessment, Feat, Judged, Record, Story};
use crate::finding::{Finding, Label, Role, Severity};
use crate::hedge::{How, Verdict};
use crate::number::Decimal;
use crate::series::{Further, Gap, Turn};
use crate::source::CellPlace;
use crate::text::Span;

pub(super) const CHECK: Check =
    Check { slug: "record-refuted", severity: Severity::Error, page: include_str!("README.md"), run };

/// How many of the values that break a record are told.
const TOLD: usize = 3;

fn run(story: &Story<'_>) -> Vec<Finding> {
    let records = judged(story)
        .filter_map(|(assessment, judged)| Some((assessment, judged, judged.record.as_deref()?)));
    let told = records.filter_map(|(assessment, judged, record)| {
        let told = Told { story, assessment, judged, record };
        match (judged.judgement().how, judged.judgement().verdict) {
            (How::Record, Verdict::Refuted) => Some(told.broken()),
            (How::Record, Verdict::Undecided) => Some(told.open()),
            (How::Record, _) => told.could_say_more(),
            // What is wrong is the number that is said to be the first.
            _ => None,
        }
    });
    told.collect()
}

/// A record on its way into words.
struct Told<'s> {
    story: &'s Story<'s>,
    assessment: &'s Assessment<'s>,
    judged: &'s Judged,
    record: &'s Record,
}

impl Told<'_> {
    fn broken(&self) -> Finding {
        let standing = &self.record.standing;
        let feat = self.record.feat;
        let is_equal = |at: usize| self.value(at) == self.value(standing.at);
        let first = standing.broken_by.first().copied().unwrap_or(standing.at);
        let broken = feat::broken(feat, self.key(first), &self.in_words(first), is_equal(first));
        let message = format!("\"{}\" does not hold: {broken}", self.words());
        let width = standing.broken_by.iter().take(TOLD).chain([&standing.at]);
        let width = width.map(|at| self.key(*at).chars().count()).max().unwrap_or_default();
        let row = |at: usize, what: &str| format!("{:width$}  {}, {what}", self.key(at), self.in_words(at));
        let mut sides = vec![row(standing.at, "as claimed")];
        sides.extend(
            standing.broken_by.iter().take(TOLD).map(|at| row(*at, feat::beside(feat, is_equal(*at)))),
        );
        if let Some(more) = standing.broken_by.len().checked_sub(TOLD).filter(|more| *more > 0) {
            sides.push(format!("and {more} more"));
        }
        let mut finding = self.finding(CHECK.severity, message).note(sides.join("\n"));
        finding.labels.extend(standing.broken_by.iter().take(TOLD).filter_map(|at| self.row(*at)));
        finding.help(self.remedy())
    }

    /// Since when it is the highest, or the first.
    fn remedy(&self) -> String {
        let standing = &self.record.standing;
        let noun = feat::noun(self.record.feat);
        let Some(&last) = standing.broken_by.iter().max() else { return String::new() };
        let key = self.key(last);
        let remedy = if last + 1 == standing.at {
            format!("it is no {noun} at all: {key}, just before it, is in its way")
        } else if matches!(self.record.feat, Feat::Extreme(_)) && self.value(last) == self.value(standing.at)
        {
            format!("it equals {key}, and is past all that came between")
        } else {
            format!("it is the {noun} since {key}")
        };
        match self.record.since {
            Some(_) => remedy,
            None => format!("{remedy}; where the draft goes back to some year only, say it: since = \"…\""),
        }
    }

    /// Nothing breaks it, but not everything is there to be looked at.
    fn open(&self) -> Finding {
        let standing = &self.record.standing;
        let first = self.key(0);
        let mut reasons = Vec::new();
        if standing.begins_late {
            reasons.push(format!("the series begins in {first}, after the words do"));
        }
        if !standing.gaps.is_empty() {
            let gaps: Vec<String> = standing.gaps.iter().take(TOLD).map(gap_in_words).collect();
            let more = if standing.gaps.len() > TOLD { " and others" } else { "" };
            reasons.push(format!("the series has no value for {}{more}", gaps.join(", ")));
        }
        let told = standing.doubted_by.iter().take(TOLD);
        let doubts: Vec<String> =
            told.map(|at| format!("{}, with {}", self.key(*at), self.in_words(*at))).collect();
        if !doubts.is_empty() {
            let more = if standing.doubted_by.len() > TOLD { " and others" } else { "" };
            reasons.push(format!("the words may be right of {}{more}", doubts.join("; of ")));
        }
        let help = match (reasons.len(), doubts.is_empty()) {
            (1, false) => "choose words that draw the line, or go back no further than to that value",
            _ => "add what is missing to the table, or choose words that go back no further than it does",
        };
        if reasons.is_empty() {
            let own = self.key(standing.at);
            reasons.push(match self.record.since {
                None => format!("nothing in the series comes before {own}"),
                Some(since) => {
                    format!("the words leave {since} out, and nothing in the series comes between {since} and {own}")
                }
            });
        }
        let message =
            format!("nobody can tell whether \"{}\" holds: {}", self.words(), reasons.join(", and "));
        let note = if doubts.is_empty() {
            "no value in the series breaks the record; one that is missing might"
        } else {
            "no value in the series breaks it for certain"
        };
        let mut finding = self.finding(Severity::Warning, message).note(note).help(help);
        finding.labels.extend(standing.doubted_by.iter().take(TOLD).filter_map(|at| self.row(*at)));
        finding
    }

    /// A record that stands, and that goes further back than the words, or no one knows how far.
    fn could_say_more(&self) -> Option<Finding> {
        let standing = &self.record.standing;
        let (words, noun) = (self.words(), feat::noun(self.record.feat));
        let first = self.key(0);
        let not_so = |since: Turn| feat::not_so(self.record.feat, &since.to_string());
        let message = match (self.record.since, standing.further) {
            (None, _) => format!("\"{words}\" holds as far back as the series goes, which begins in {first}"),
            (Some(_), Further::No) => return None,
            (Some(since), Further::To(last)) => format!(
                "\"{words}\" holds, and says too little: {}; it is the {noun} since {}",
                not_so(since),
                self.key(last)
            ),
            (Some(since), Further::PastAll) => format!(
                "\"{words}\" holds, and says too little: {}, nor before it; the series begins in {first}",
                not_so(since)
            ),
        };
        Some(self.finding(Severity::Note, message))
    }

    /// The words that are judged: of a first time all that is quoted, since the number alone does not say it.
    fn words(&self) -> &str {
        self.story.draft.map_or("", |draft| self.place().of(draft.prose.text()))
    }

    fn place(&self) -> Span {
        match self.record.feat {
            Feat::Extreme(_) => self.judged.words,
            Feat::First => self.judged.quote,
        }
    }

    /// A finding that points at the words, the formula and the value's own row.
    fn finding(&self, severity: Severity, message: String) -> Finding {
        let gives = format!("gives {}", self.in_words(self.record.standing.at));
        let mut finding = Finding::new(CHECK.slug, severity, message).about(&self.assessment.claim.id.value);
        finding.labels.extend(self.story.draft.map(|draft| draft.label(self.place(), "")));
        let formula = self.assessment.claim.formula.span;
        finding.labels.push(self.story.rules.label(Role::Rule, formula, gives));
        finding.labels.extend(self.row(self.record.standing.at));
        finding
    }

    fn key(&self, at: usize) -> &str {
        self.record.series.members().get(at).map_or("", |member| &*member.key)
    }

    fn value(&self, at: usize) -> Decimal {
        self.record.series.members().get(at).map_or(Decimal::ZERO, |member| member.value)
    }

    fn in_words(&self, at: usize) -> String {
        let unit = self.judged.value.unit;
        quantity_in_words(self.value(at).saturating_mul(Decimal::from(unit.written_factor())), unit)
    }

    /// The row of a value in the table, the first of its rows.
    fn row(&self, at: usize) -> Option<Label> {
        let figure = self.judged.figures.first().and_then(|figure| self.story.figures.get(*figure))?;
        let table = figure.table?;
        let member = self.record.series.members().get(at)?;
        let text = match member.rows {
            0 | 1 => member.key.to_string(),
            rows => format!("{}, the first of {rows} rows", member.key),
        };
        Some(table.label(&CellPlace::of_member(member), &text))
    }
}

fn gap_in_words(gap: &Gap) -> String {
    if gap.first == gap.last { gap.first.to_string() } else { format!("{} to {}", gap.first, gap.last) }
}
