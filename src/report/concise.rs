//! A line a finding: `path:line:column: severity[check] message`.

use std::path::Path;

use crate::engine::StoryOutcome;
use crate::finding::Finding;

use super::{Chunk, Format, Style, closing};

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "concise",
    about: "A line a finding",
    begin: |_| {},
    separator: b"",
    story,
    end: closing,
    summary: None,
    shows_ignored: false,
};

/// The lines of one story.
fn story(story: &StoryOutcome<'_>, _: Style) -> Chunk {
    let mut body = String::new();
    for finding in &story.findings {
        body.push_str(&line(finding, &story.rules));
        body.push('\n');
    }
    Chunk { body: body.into_bytes(), tail: Vec::new() }
}

/// The line of a finding. `rules` is the story's rule file.
pub(super) fn line(finding: &Finding, rules: &Path) -> String {
    let place = place(finding, rules);
    let claim = finding.claim.as_deref().map_or_else(String::new, |id| format!(" ({id})"));
    let line = format!("{place}: {}[{}] {}{claim}", finding.severity.name(), finding.check, finding.message);
    // A message never spans lines here, so that a line stays a finding.
    line.replace(['\n', '\r'], " ")
}

/// Where a finding lies, as people are told: at the first of its places, or in the rule file.
pub(super) fn place(finding: &Finding, rules: &Path) -> String {
    let first = finding.labels.first();
    first.map_or_else(|| rules.display().to_string(), |label| label.excerpt.place(&label.path))
}
