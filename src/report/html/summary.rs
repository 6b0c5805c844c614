//! The head of a page: how the story stands, in one line, in counts, and in filters.

use maud::{Markup, html};

use super::status::{self, Status};
use crate::assessment::CoverageCounts;
use crate::engine::{Dossier, StoryOutcome, Totals};
use crate::finding::Severity;

/// The head of a story's page.
pub(super) fn summary(
    story: &StoryOutcome<'_>,
    dossier: &Dossier,
    title: &str,
    totals: &Totals,
    index: Option<&str>,
) -> Markup {
    html! {
        header .top {
            p .kicker { "Fact-check file" @if let Some(index) = index { a href=(index) { "All stories" } } }
            h1 dir="auto" { (title) }
            p .files {
                @if let Some(draft) = &story.draft { (draft.display()) }
                @if story.draft.as_deref() != Some(&*story.rules) { " · rules " (story.rules.display()) }
                @if let Some(day) = dossier.published { " · published " (day) }
            }
            (standing(totals))
            (coverage(&totals.coverage))
            (filters(totals))
        }
    }
}

/// How a story stands, the gravest first.
pub(super) fn standing(totals: &Totals) -> Markup {
    let counts = [
        (totals.problems, "could not be checked", "could not be checked", Severity::Error),
        (totals.errors, "error", "errors", Severity::Error),
        (totals.warnings, "warning", "warnings", Severity::Warning),
        (totals.notes, "note", "notes", Severity::Note),
    ];
    let found = counts.into_iter().filter(|(count, ..)| *count > 0);
    html! {
        p .standing {
            @for (count, one, many, severity) in found {
                span class=(severity.name()) { (status::severity(severity)) " " (count) " " (if count == 1 { one } else { many }) }
            }
            @if totals.problems + totals.errors + totals.warnings + totals.notes == 0 {
                span .g.supported { "Nothing found" }
            }
        }
    }
}

/// What became of the numbers, drawn and in words.
pub(super) fn coverage(counts: &CoverageCounts) -> Markup {
    let total = counts.total();
    let parts = [
        ("claimed", counts.claimed),
        ("ignored", counts.ignored),
        ("excluded", counts.excluded),
        ("unclaimed", counts.unclaimed),
    ];
    let mut before = 0;
    let bars = parts.into_iter().filter(|(_, count)| *count > 0).map(|(name, count)| {
        let start = before;
        before += count;
        (name, start, count)
    });
    let bars: Vec<(&str, usize, usize)> = bars.collect();
    html! {
        div .coverage {
            @if total > 0 {
                svg viewBox={ "0 0 " (total) " 1" } preserveAspectRatio="none" aria-hidden="true" {
                    @for (name, start, count) in bars { rect class=(name) x=(start) y="0" width=(count) height="1" {} }
                }
            }
            p { (total) (if total == 1 { " number: " } else { " numbers: " })
                @for (at, (name, count)) in parts.into_iter().enumerate() {
                    @if at > 0 { ", " } span class={ "key " (name) } { (count) " " (name) }
                }
            }
        }
    }
}

/// Boxes to tick, each for what became of a number; the style does what they say.
fn filters(totals: &Totals) -> Markup {
    let count = |status: Status| match status {
        Status::Refuted => totals.refuted,
        Status::Undecided => totals.undecided,
        Status::Unchecked => totals.unchecked,
        Status::Supported => totals.supported,
        Status::Unclaimed => totals.coverage.unclaimed,
        Status::Ignored => totals.coverage.ignored,
        Status::Excluded => totals.coverage.excluded,
    };
    let shown = Status::ALL.into_iter().filter(|status| count(*status) > 0);
    html! {
        fieldset .filters {
            legend { "Show only" }
            @for status in shown {
                span .chip {
                    input type="checkbox" id={ "_f-" (status.name()) } value=(status.name()) autocomplete="off";
                    label for={ "_f-" (status.name()) } class={ "g " (status.name()) } { (count(status)) " " (status.name()) }
                }
            }
            @if totals.errors + totals.warnings > 0 {
                span .chip {
                    input type="checkbox" id="_f-found" value="found" autocomplete="off";
                    label for="_f-found" { (status::severity(Severity::Warning)) " with findings" }
                }
            }
        }
    }
}

/// Lines to be signed, on paper.
pub(super) fn sign_off() -> Markup {
    html! {
        footer .sign aria-label="Signatures" {
            @for who in ["Fact-checker", "Editor"] {
                p { (who) span {} "Date" span {} }
            }
        }
    }
}
