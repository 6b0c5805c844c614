//! A judged claim put into words: what its findings say alike.

use super::wording::{Affixes, ToldIn, quantity_in_words, unit_of, words};
use crate::assessment::{Assessment, Judged, Story};
use crate::finding::{Finding, Label, Rewording, Role};
use crate::hedge::fitting_words;
use crate::number::Reading;

/// A judged claim, its words and its value as findings tell them, made once for all of a finding.
pub(super) struct Told<'s> {
    story: &'s Story<'s>,
    assessment: &'s Assessment<'s>,
    judged: &'s Judged,
    unit: ToldIn<'s>,
    affixes: Affixes,
    /// The words that are judged, as they stand in the draft.
    pub(super) words: &'s str,
    /// The computed value, or where it lies.
    pub(super) computed: String,
}

impl<'s> Told<'s> {
    pub(super) fn of(story: &'s Story<'s>, assessment: &'s Assessment<'s>, judged: &'s Judged) -> Self {
        let unit = unit_of(story, judged);
        let affixes = Affixes::of(unit);
        let computed = match judged.held.range.as_point() {
            Some(_) => affixes.quantity(judged.held.nominal),
            None => affixes.interval(&judged.held.range),
        };
        Self { story, assessment, judged, unit, affixes, words: words(story, judged), computed }
    }

    /// Both sides aligned: what the words allow, what the figures give, how far apart they are.
    pub(super) fn both_sides(&self) -> String {
        let formula = &*self.assessment.claim.formula.value.0;
        let lengths = [self.words.chars().count() + 2, formula.chars().count()];
        let width = lengths.into_iter().max().unwrap_or_default();
        let [after_words, after_formula] = lengths.map(|length| " ".repeat(width - length));
        let allowed = self.affixes.interval(&self.judged.held.allowed.whole);
        let mut told = [
            "  words: \"",
            self.words,
            "\"",
            &after_words,
            "  allow ",
            &allowed,
            "\nfigures: ",
            formula,
            &after_formula,
            "  give ",
            &self.computed,
        ]
        .concat();
        let distance = self.judged.judgement().distance;
        if !distance.is_zero() {
            told.push_str("\n  apart: ");
            told.push_str(&quantity_in_words(distance, self.unit.of_difference()));
        }
        told
    }

    /// The finding with the formula in the rule, and each source cell with its file and line.
    pub(super) fn with_sources(&self, finding: Finding) -> Finding {
        let mut finding = finding.label(self.formula());
        finding.labels.extend(source_labels(self.story, &self.judged.figures));
        finding
    }

    /// The formula in the rule, and what it gives.
    pub(super) fn formula(&self) -> Label {
        let gives = ["gives ", &self.computed].concat();
        self.story.rules.label(Role::Rule, self.assessment.claim.formula.span, gives)
    }

    /// The finding with words that fit as its help, and the first of them as its fix; or else with other help.
    pub(super) fn reworded(&self, finding: Finding, otherwise: &str) -> Finding {
        let fitting = self.fitting();
        let Some(first) = fitting.first() else { return finding.help(otherwise) };
        let help = format!("write {}", quoted(&fitting));
        self.with_fix(finding, first.clone()).help(help)
    }

    /// The finding with other words for those that are judged, unless there is markup between them.
    pub(super) fn with_fix(&self, mut finding: Finding, replacement: String) -> Finding {
        let place = self.story.draft.map(|draft| (draft, draft.prose.original(self.judged.words)));
        let plain = place.filter(|(draft, place)| {
            place.of(&draft.file.text).split_whitespace().eq(self.words.split_whitespace())
        });
        finding.fix =
            plain.map(|(draft, place)| Rewording { excerpt: draft.file.excerpt(place), replacement });
        finding
    }

    /// Words that the value would fit, in the manner of those written, in quotation marks.
    pub(super) fn fitting_in_words(&self) -> Option<String> {
        let fitting = self.fitting();
        (!fitting.is_empty()).then(|| quoted(&fitting))
    }

    /// Words that the value would fit, in the manner of those written.
    fn fitting(&self) -> Vec<String> {
        let Some((mention, draft)) = self.judged.mention.zip(self.story.draft) else { return Vec::new() };
        let (Reading::One(written), Some(value)) = (mention.reading, self.judged.held.range.as_point())
        else {
            return Vec::new();
        };
        let text = mention.span.of(draft.prose.text());
        let fitting = fitting_words(value, text, mention.hedge, &written, &self.story.widths);
        fitting.iter().map(ToString::to_string).collect()
    }
}

fn quoted(words: &[String]) -> String {
    ["\"", &words.join("\" or \""), "\""].concat()
}

/// Where figures come from: each source cell with its file and line, or else the rule that states it.
pub(super) fn source_labels(story: &Story<'_>, figures: &[usize]) -> Vec<Label> {
    let mut labels = Vec::new();
    for figure in figures.iter().filter_map(|at| story.figures.get(*at)) {
        if let Some(table) = figure.table {
            labels.extend(table.labels(&figure.name.to_string()));
        } else if let Some((file, span)) = figure.defined {
            labels.push(file.label(Role::Rule, span, "stated here"));
        }
    }
    labels
}
