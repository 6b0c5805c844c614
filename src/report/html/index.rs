//! The index of a report's pages.

use maud::html;

use super::status::Status;
use super::{Page, document, policy, summary};
use crate::engine::{Problem, Totals};

/// What the index says of a page.
#[derive(Clone, Debug)]
pub struct IndexEntry {
    /// The page's file, beside the index.
    pub file: String,
    /// The story's title.
    pub title: String,
    /// The story's rule file, or its draft.
    pub path: String,
    /// The story's counts.
    pub totals: Totals,
}

impl IndexEntry {
    /// The entry of a page.
    pub fn new(file: String, path: String, page: &Page) -> Self {
        Self { file, title: page.title.clone(), path, totals: page.totals }
    }
}

/// The index: every story with its counts, in order. `problems` are those of no single story.
pub fn index(entries: &[IndexEntry], problems: &[Problem], totals: &Totals) -> String {
    let verdicts = [Status::Refuted, Status::Undecided, Status::Unchecked, Status::Supported];
    let count = |totals: &Totals, status: Status| match status {
        Status::Refuted => totals.refuted,
        Status::Undecided => totals.undecided,
        Status::Unchecked => totals.unchecked,
        _ => totals.supported,
    };
    let body = html! {
        main {
            header .top {
                p .kicker { "Fact-check files" }
                h1 { (entries.len()) @if entries.len() == 1 { " story" } @else { " stories" } }
                (summary::standing(totals))
                (summary::coverage(&totals.coverage))
            }
            @if !problems.is_empty() {
                section .problems {
                    h2 { "Could not be checked" }
                    ul { @for problem in problems { li { (problem.path.display()) ": " (problem.message) } } }
                }
            }
            div .scroll tabindex="0" role="group" aria-label="Stories" {
                table .stories {
                    thead { tr {
                        th scope="col" { "Story" }
                        @for status in verdicts { th scope="col" class={ "g " (status.name()) } { (status.name()) } }
                        th scope="col" { "errors" } th scope="col" { "warnings" } th scope="col" { "unclaimed" }
                    } }
                    tbody { @for entry in entries {
                        tr {
                            th scope="row" { a href=(entry.file) { bdi { (entry.title) } } span .at { (entry.path) } }
                            @for status in verdicts { (number(count(&entry.totals, status), status.name())) }
                            (number(entry.totals.errors, "error")) (number(entry.totals.warnings, "warning"))
                            (number(entry.totals.coverage.unclaimed, "unclaimed"))
                        }
                    } }
                }
            }
        }
    };
    document("Fact-check files", policy::WITHOUT_SCRIPT, "index", &body)
}

fn number(count: usize, class: &str) -> maud::Markup {
    html! { @if count == 0 { td .zero { "0" } } @else { td class=(class) { (count) } } }
}
