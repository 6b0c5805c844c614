//! The JSON report: one document, written story by story. Its shape is versioned; see `docs/json.md`.

pub(super) mod claim;
pub(super) mod finding;
pub(super) mod value;

use std::io::{self, Write};

use crate::assessment::CoverageCounts;
use crate::engine::{StoryOutcome, Totals};

use super::{Chunk, Ending, Format, Style};

/// The format. A version is raised when a reader of an older one could misread the document.
pub(super) static FORMAT: Format = Format {
    name: "json",
    about: "One JSON document, for programs; see docs/json.md",
    begin: |out| out.extend_from_slice(b"{\"version\":1,\"claims\":["),
    separator: b",",
    story,
    end,
    summary: None,
    shows_ignored: false,
};

/// About how many bytes a finding takes.
const FINDING: usize = 1200;

/// A story's claims as the body, its findings as the tail, each element preceded by a comma.
fn story(story: &StoryOutcome<'_>, _: Style) -> Chunk {
    let mut chunk = Chunk::default();
    let rules = story.rules.to_string_lossy();
    claim::write(&mut chunk.body, story, &rules, b",{\"id\":", b"}");
    chunk.tail.reserve(story.findings.len() * FINDING);
    for finding in &story.findings {
        finding::write(&mut chunk.tail, finding, &rules, b",{\"check\":");
    }
    chunk
}

/// The document's end: findings, problems, totals.
fn end(out: &mut dyn Write, ending: &Ending<'_>) -> io::Result<()> {
    out.write_all(b"],\"findings\":[")?;
    out.write_all(ending.tail.strip_prefix(b",").unwrap_or(ending.tail))?;
    out.write_all(b"],\"problems\":")?;
    let mut last = Vec::new();
    value::list(&mut last, ending.problems, |out, it| finding::problem(out, it, b"{\"message\":"));
    counts(&mut last, ending.totals);
    last.extend_from_slice(b"}\n");
    out.write_all(&last)
}

/// Appends what is counted over the whole run.
pub(super) fn counts(out: &mut Vec<u8>, totals: &Totals) {
    out.extend_from_slice(b",\"coverage\":");
    coverage(out, &totals.coverage);
    out.extend_from_slice(b",\"totals\":");
    self::totals(out, totals);
}

fn coverage(out: &mut Vec<u8>, counts: &CoverageCounts) {
    let counts = [
        ("{\"numbers\":", counts.total()),
        (",\"claimed\":", counts.claimed),
        (",\"ignored\":", counts.ignored),
        (",\"excluded\":", counts.excluded),
        (",\"unclaimed\":", counts.unclaimed),
    ];
    for (key, count) in counts {
        value::numbered(out, key.as_bytes(), count as u64);
    }
    out.push(b'}');
}

fn totals(out: &mut Vec<u8>, totals: &Totals) {
    let counts = [
        ("{\"stories\":", totals.stories),
        (",\"claims\":", totals.claims()),
        (",\"supported\":", totals.supported),
        (",\"refuted\":", totals.refuted),
        (",\"undecided\":", totals.undecided),
        (",\"unchecked\":", totals.unchecked),
        (",\"errors\":", totals.errors),
        (",\"warnings\":", totals.warnings),
        (",\"notes\":", totals.notes),
        (",\"accepted\":", totals.accepted),
        (",\"problems\":", totals.problems),
    ];
    for (key, count) in counts {
        value::numbered(out, key.as_bytes(), count as u64);
    }
    out.push(b'}');
}
