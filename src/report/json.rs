//! The JSON report: one document, written story by story. Its shape is versioned; see `docs/json.md`.

mod claim;
mod finding;
mod value;

use std::io::{self, Write};

use crate::assessment::CoverageCounts;
use crate::engine::{Problem, StoryOutcome, Totals};

use super::Chunk;

/// The document's beginning, up to the claims. The version is raised when a reader of an older one could misread the
/// document.
pub(super) const BEGIN: &[u8] = b"{\"version\":1,\"claims\":[";

/// About how many bytes a finding takes.
const FINDING: usize = 1200;

/// A story's claims as the body, its findings as the tail, each element preceded by a comma.
pub(super) fn story(story: &StoryOutcome<'_>) -> Chunk {
    let mut chunk = Chunk::default();
    let rules = story.rules.to_string_lossy();
    claim::write(&mut chunk.body, story, &rules);
    chunk.tail.reserve(story.findings.len() * FINDING);
    for finding in &story.findings {
        finding::write(&mut chunk.tail, finding, &rules);
    }
    chunk
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
    let mut last = Vec::new();
    value::list(&mut last, problems, finding::problem);
    last.extend_from_slice(b",\"coverage\":");
    coverage(&mut last, &totals.coverage);
    last.extend_from_slice(b",\"totals\":");
    self::totals(&mut last, totals);
    last.extend_from_slice(b"}\n");
    out.write_all(&last)
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
        (",\"problems\":", totals.problems),
    ];
    for (key, count) in counts {
        value::numbered(out, key.as_bytes(), count as u64);
    }
    out.push(b'}');
}
