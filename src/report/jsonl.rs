//! JSON, a record a line: what the JSON report has, for programs that read as it is written. See `docs/json.md`.

use std::io::{self, Write};

use crate::engine::StoryOutcome;

use super::json::{claim, counts, finding};
use super::{Chunk, Ending, Format, Style};

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "jsonl",
    about: "A JSON object a line: claims, findings, and the totals last; see docs/json.md",
    begin: |_| {},
    separator: b"",
    story,
    end,
    summary: None,
    shows_ignored: false,
};

/// A story's claims, then its findings.
fn story(story: &StoryOutcome<'_>, _: Style) -> Chunk {
    let mut body = Vec::new();
    let rules = story.rules.to_string_lossy();
    claim::write(&mut body, story, &rules, b"{\"kind\":\"claim\",\"id\":", b"}\n");
    for finding in &story.findings {
        finding::write(&mut body, finding, &rules, b"{\"kind\":\"finding\",\"check\":");
        body.push(b'\n');
    }
    Chunk { body, tail: Vec::new() }
}

/// The problems, and the last line: a file without it is not whole.
fn end(out: &mut dyn Write, ending: &Ending<'_>) -> io::Result<()> {
    let mut last = Vec::new();
    for problem in ending.problems {
        finding::problem(&mut last, problem, b"{\"kind\":\"problem\",\"message\":");
        last.push(b'\n');
    }
    last.extend_from_slice(b"{\"kind\":\"totals\",\"version\":1");
    counts(&mut last, ending.totals);
    last.extend_from_slice(b"}\n");
    out.write_all(&last)
}
