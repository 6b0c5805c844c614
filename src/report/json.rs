//! The JSON report: one document, written story by story. Its shape is versioned; see `docs/json.md`.

mod claim;

use std::io::{self, Write};

use serde::Serialize;

use crate::engine::{Problem, StoryOutcome, Totals};
use crate::finding::{Excerpt, Finding, Fix, Label, Role};
use crate::text::Counting;

use super::Chunk;

/// The document's beginning, up to the claims. The version is raised when a reader of an older one could misread the
/// document.
pub(super) const BEGIN: &[u8] = b"{\"version\":1,\"claims\":[";

/// A story's claims as the body, its findings and problems as the tail, each element preceded by a comma.
pub(super) fn story(story: &StoryOutcome) -> Chunk {
    let mut chunk = Chunk::default();
    let rules = story.rules.display().to_string();
    claim::write(&mut chunk.body, story, &rules);
    for finding in &story.findings {
        append(&mut chunk.tail, &FindingLine::new(finding, &rules));
    }
    chunk
}

/// Appends a comma and the value. Serialising into memory can only fail for maps with keys that are no strings.
fn append(out: &mut Vec<u8>, value: &impl Serialize) {
    let start = out.len();
    out.push(b',');
    if serde_json::to_writer(&mut *out, value).is_err() {
        out.truncate(start);
    }
}

/// The document's end: findings, problems, totals.
pub(super) fn end(
    out: &mut impl Write,
    findings: &[u8],
    problems: &[Problem],
    totals: &Totals,
) -> io::Result<()> {
    out.write_all(b"],\"findings\":[")?;
    out.write_all(findings.strip_prefix(b",").unwrap_or(findings))?;
    out.write_all(b"],\"problems\":")?;
    let problems: Vec<ProblemLine<'_>> = problems.iter().map(ProblemLine::new).collect();
    serde_json::to_writer(&mut *out, &problems)?;
    out.write_all(b",\"totals\":")?;
    serde_json::to_writer(&mut *out, &TotalsLine::new(totals))?;
    out.write_all(b"}\n")
}

#[derive(Serialize)]
struct FindingLine<'a> {
    check: &'a str,
    severity: &'a str,
    claim: Option<&'a str>,
    story: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<Place<'a>>,
    sources: Vec<Place<'a>>,
    notes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixLine<'a>>,
}

impl<'a> FindingLine<'a> {
    fn new(finding: &'a Finding, story: &'a str) -> Self {
        let place = |role| finding.place(role).map(Place::new);
        let sources = finding.labels.iter().filter(|label| label.role == Role::Source).map(Place::new);
        Self {
            check: finding.check,
            severity: finding.severity.name(),
            claim: finding.claim.as_deref(),
            story,
            message: &finding.message,
            draft: place(Role::Draft),
            rule: place(Role::Rule),
            sources: sources.collect(),
            notes: &finding.notes,
            help: finding.help.as_deref(),
            fix: finding.fix.as_ref().filter(|fix| fix.excerpt.counting == Counting::Lines).map(FixLine::new),
        }
    }
}

/// A place: lines and columns from 1, columns in characters; `start` and `end` in bytes of the file, absent for a
/// source, which is known by its lines, and for a Word document, which is known by its paragraphs: there, they are lines.
#[derive(Serialize)]
struct Place<'a> {
    path: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    character: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<u32>,
    text: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
}

impl<'a> Place<'a> {
    fn new(label: &'a Label) -> Self {
        let mut place = Self::of(label.path.display().to_string(), &label.excerpt);
        place.label = &label.text;
        if label.role == Role::Source {
            (place.start, place.end) = (None, None);
        }
        place
    }

    fn of(path: String, excerpt: &'a Excerpt) -> Self {
        let in_lines = excerpt.counting == Counting::Lines;
        let start = excerpt.start;
        Self {
            path,
            line: start.line,
            column: start.column,
            end_line: excerpt.end.line,
            end_column: excerpt.end.column,
            paragraph: (!in_lines).then_some(start.line),
            character: (!in_lines).then_some(start.column),
            start: in_lines.then_some(excerpt.in_file.start),
            end: in_lines.then_some(excerpt.in_file.end),
            text: excerpt.marked(),
            label: "",
        }
    }
}

#[derive(Serialize)]
struct FixLine<'a> {
    start: u32,
    end: u32,
    replacement: &'a str,
}

impl<'a> FixLine<'a> {
    fn new(fix: &'a Fix) -> Self {
        let span = fix.excerpt.in_file;
        Self { start: span.start, end: span.end, replacement: &fix.replacement }
    }
}

#[derive(Serialize)]
struct ProblemLine<'a> {
    message: &'a str,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

impl<'a> ProblemLine<'a> {
    fn new(problem: &'a Problem) -> Self {
        let path = problem.path.display().to_string();
        Self {
            message: &problem.message,
            place: problem.excerpt.as_ref().map(|excerpt| Place::of(path.clone(), excerpt)),
            path,
            help: problem.help.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct TotalsLine {
    stories: usize,
    claims: usize,
    supported: usize,
    refuted: usize,
    undecided: usize,
    unchecked: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    problems: usize,
}

impl TotalsLine {
    fn new(totals: &Totals) -> Self {
        Self {
            stories: totals.stories,
            claims: totals.claims(),
            supported: totals.supported,
            refuted: totals.refuted,
            undecided: totals.undecided,
            unchecked: totals.unchecked,
            errors: totals.errors,
            warnings: totals.warnings,
            notes: totals.notes,
            problems: totals.problems,
        }
    }
}
