//! GitLab's Code Quality report, a JSON list (<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>).

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;

use serde_json::json;

use crate::engine::{Problem, StoryOutcome};
use crate::finding::{Finding, Fingerprint, Severity, fingerprints, slashed};

use super::{Chunk, Ending, Format, Style};

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "gitlab",
    about: "GitLab's Code Quality report",
    begin: |out| out.push(b'['),
    separator: b",",
    story,
    end,
    summary: None,
    shows_ignored: false,
};

/// A story's findings, a comma before each.
fn story(story: &StoryOutcome<'_>, _: Style) -> Chunk {
    let mut body = Vec::new();
    let prints = fingerprints(&story.rules, &story.findings);
    for (finding, print) in story.findings.iter().zip(prints) {
        body.push(b',');
        body.extend_from_slice(issue(finding, print, story).to_string().as_bytes());
    }
    Chunk { body, tail: Vec::new() }
}

fn issue(finding: &Finding, print: Fingerprint, story: &StoryOutcome<'_>) -> serde_json::Value {
    let (path, line) = match finding.labels.first() {
        Some(label) => (&label.path, label.excerpt.start.line),
        None => (&story.rules, 1),
    };
    let severity = match finding.severity {
        Severity::Note => "info",
        Severity::Warning => "minor",
        Severity::Error => "critical",
    };
    json!({
        "description": finding.message,
        "check_name": finding.check,
        "fingerprint": print.to_string(),
        "severity": severity,
        "location": { "path": slashed(path), "lines": { "begin": line } },
    })
}

/// Problems keep something from being checked at all: they block.
fn problem(problem: &Problem, nth: usize) -> serde_json::Value {
    let path = slashed(&problem.path);
    let line = problem.excerpt.as_ref().map_or(1, |excerpt| excerpt.start.line);
    let print = Fingerprint::of(["problem", &path, &problem.message, &nth.to_string()]);
    json!({
        "description": problem.message,
        "check_name": "could-not-check",
        "fingerprint": print.to_string(),
        "severity": "blocker",
        "location": { "path": path, "lines": { "begin": line } },
    })
}

/// The list's end. The problems come last: only now are they all known.
fn end(out: &mut dyn Write, ending: &Ending<'_>) -> io::Result<()> {
    let mut seen: HashMap<(&Path, &str), usize> = HashMap::new();
    for (at, it) in ending.problems.iter().enumerate() {
        // The nth with the same message in the same file, so that other problems do not change it.
        let nth = seen.entry((&it.path, &it.message)).or_default();
        *nth += 1;
        let comma = if ending.is_empty && at == 0 { "" } else { "," };
        write!(out, "{comma}{}", problem(it, *nth))?;
    }
    out.write_all(b"]\n")
}
