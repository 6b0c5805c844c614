//! Findings and problems in JSON, with the places that they point at.

use std::path::Path;

use super::value::{list, member, named, numbered, string};
use crate::engine::Problem;
use crate::finding::{Excerpt, Finding, Label, Rewording, Role};
use crate::text::{Counting, column_letters};

/// Appends a finding: `open`, which ends where its check is named, and the rest. `story` is its rule file.
pub(in crate::report) fn write(out: &mut Vec<u8>, finding: &Finding, story: &str, open: &[u8]) {
    member(out, open, finding.check);
    named(out, b",\"severity\":\"", finding.severity.name());
    match &finding.claim {
        Some(claim) => member(out, b",\"claim\":", claim),
        None => out.extend_from_slice(b",\"claim\":null"),
    }
    member(out, b",\"story\":", story);
    member(out, b",\"message\":", &finding.message);
    let mut place = |before: &[u8], role| {
        if let Some(label) = finding.place(role) {
            out.extend_from_slice(before);
            self::label(out, label);
        }
    };
    place(b",\"draft\":", Role::Draft);
    place(b",\"rule\":", Role::Rule);
    out.extend_from_slice(b",\"sources\":");
    list(out, finding.labels.iter().filter(|label| label.role == Role::Source), label);
    out.extend_from_slice(b",\"notes\":");
    list(out, &finding.notes, |out, note| string(out, note));
    if let Some(help) = &finding.help {
        member(out, b",\"help\":", help);
    }
    if let Some(fix) = finding.fix.as_ref().filter(|fix| fix.excerpt.counting == Counting::Lines) {
        out.extend_from_slice(b",\"fix\":");
        self::fix(out, fix);
    }
    out.push(b'}');
}

/// Appends a problem: `open`, which ends where its message begins, and the rest.
pub(in crate::report) fn problem(out: &mut Vec<u8>, problem: &Problem, open: &[u8]) {
    member(out, open, &problem.message);
    member(out, b",\"path\":", &problem.path.to_string_lossy());
    if let Some(excerpt) = &problem.excerpt {
        out.extend_from_slice(b",\"place\":");
        place(out, &problem.path, excerpt, Offsets::Told, "");
    }
    if let Some(help) = &problem.help {
        member(out, b",\"help\":", help);
    }
    out.push(b'}');
}

fn label(out: &mut Vec<u8>, label: &Label) {
    let offsets = if label.role == Role::Source { Offsets::Untold } else { Offsets::Told };
    place(out, &label.path, &label.excerpt, offsets, &label.text);
}

/// Whether the bytes of a place are told. A source is known by its lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Offsets {
    Told,
    Untold,
}

/// A place: lines and columns from 1, columns in characters; `start` and `end` in bytes of the file. A Word document is known
/// by its paragraphs: there, they are the lines, and bytes are not told. A spreadsheet is known by its cells.
fn place(out: &mut Vec<u8>, path: &Path, excerpt: &Excerpt, offsets: Offsets, label: &str) {
    member(out, b"{\"path\":", &path.to_string_lossy());
    numbered(out, b",\"line\":", excerpt.start.line as u64);
    numbered(out, b",\"column\":", excerpt.start.column as u64);
    numbered(out, b",\"end_line\":", excerpt.end.line as u64);
    numbered(out, b",\"end_column\":", excerpt.end.column as u64);
    let in_lines = excerpt.counting == Counting::Lines;
    match excerpt.counting {
        Counting::Lines => {}
        Counting::Paragraphs => {
            numbered(out, b",\"paragraph\":", excerpt.start.line as u64);
            numbered(out, b",\"character\":", excerpt.start.column as u64);
        }
        Counting::Cells => {
            let letters = column_letters(excerpt.start.column.saturating_sub(1));
            member(out, b",\"cell\":", &format!("{letters}{}", excerpt.start.line));
        }
    }
    if offsets == Offsets::Told && in_lines {
        numbered(out, b",\"start\":", excerpt.in_file.start.into());
        numbered(out, b",\"end\":", excerpt.in_file.end.into());
    }
    member(out, b",\"text\":", excerpt.marked());
    if !label.is_empty() {
        member(out, b",\"label\":", label);
    }
    out.push(b'}');
}

fn fix(out: &mut Vec<u8>, fix: &Rewording) {
    numbered(out, b"{\"start\":", fix.excerpt.in_file.start.into());
    numbered(out, b",\"end\":", fix.excerpt.in_file.end.into());
    member(out, b",\"replacement\":", &fix.replacement);
    out.push(b'}');
}
