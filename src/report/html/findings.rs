//! Findings, with what to do about them.

use std::path::Path;

use maud::{Markup, html};

use super::status;
use crate::draft::Format;
use crate::finding::{Finding, Role};
use crate::text::Position;

/// Findings, the gravest first.
pub(super) fn list(findings: &[&Finding]) -> Markup {
    let mut findings = findings.to_vec();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    html! { @for finding in findings { (self::finding(finding)) } }
}

fn finding(finding: &Finding) -> Markup {
    let name = finding.severity.name();
    html! {
        div class={ "f " (name) } {
            p .what { (status::severity(finding.severity)) " " strong { (name) } " " bdi { (finding.message) } }
            @for note in &finding.notes {
                // Aligned lines are for a page of letters of one width; what they align stands in tables here.
                @if !is_aligned(note) { p .notes dir="auto" { (note) } }
            }
            @if let Some(help) = &finding.help { p .help { b { "To do: " } bdi { (help) } } }
            p .slug { (finding.check) }
        }
    }
}

/// Whether a note sets two sides one above the other, which the tables beside it do.
fn is_aligned(note: &str) -> bool {
    note.contains('\n')
}

/// The place that a finding points at in the draft, where it is about nothing that the page marks.
pub(super) fn place(finding: &Finding) -> Option<String> {
    let label = finding.place(Role::Draft).or_else(|| finding.labels.first())?;
    Some(label.excerpt.place(&label.path))
}

/// A place as it is counted in files of that name.
pub(super) fn counted(place: Position, path: &Path) -> String {
    match Format::of(&path.to_string_lossy()) {
        Ok(Format::Docx) => format!("paragraph {}, character {}", place.line, place.column),
        _ => format!("line {}, column {}", place.line, place.column),
    }
}
