//! Figures of many rows with something in the rows that often makes them wrong.

use std::collections::BTreeSet;

use super::{Check, judged};
use crate::assessment::{Assessment, Story, TableAnswer, UsedFigure};
use crate::finding::{Finding, Role};
use crate::source::{CellPlace, Trap};

/// A trap in a figure, and the first claim that rests on it.
pub(super) struct Trapped<'s> {
    story: &'s Story<'s>,
    assessment: &'s Assessment<'s>,
    figure: &'s UsedFigure<'s>,
    table: TableAnswer<'s>,
    /// The trap.
    pub(super) trap: &'s Trap,
}

/// The traps in figures that claims rest on, each figure once. A single value of a series is not troubled by the others.
pub(super) fn trapped<'s>(story: &'s Story<'s>) -> Vec<Trapped<'s>> {
    let has_traps =
        |figure: &UsedFigure<'_>| figure.table.is_some_and(|table| !table.answer.traps.is_empty());
    // Hardly any story has one, and this is all that the others pay.
    if !story.figures.iter().any(has_traps) {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (assessment, judged) in judged(story) {
        let mut open: Vec<usize> = judged.figures.clone();
        while let Some(at) = open.pop() {
            let Some(figure) = story.figures.get(at).filter(|_| seen.insert(at)) else { continue };
            open.extend(&figure.parts);
            if let Some(table) = figure.table {
                found.extend(table.answer.traps.iter().map(|trap| Trapped {
                    story,
                    assessment,
                    figure,
                    table,
                    trap,
                }));
            }
        }
    }
    found
}

impl<'s> Trapped<'s> {
    /// The figure's name.
    pub(super) fn name(&self) -> String {
        self.figure.name.to_string()
    }

    /// The table.
    pub(super) fn table(&self) -> std::path::Display<'s> {
        self.table.path.display()
    }

    /// A finding about the figure, which points at the words that rest on it, at its definition and at some cells.
    pub(super) fn finding<'c>(
        &self,
        check: &Check,
        message: String,
        cells: impl IntoIterator<Item = (&'c CellPlace, &'c str)>,
    ) -> Finding {
        let mut finding = check.finding(self.story, self.assessment, message);
        if let Some((file, span)) = self.figure.defined {
            finding.labels.push(file.label(Role::Rule, span, ""));
        }
        let cells = cells.into_iter().map(|(cell, text)| self.table.label(cell, text));
        finding.labels.extend(cells);
        finding
    }
}
