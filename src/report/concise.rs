//! A line a finding: `path:line:column: severity[check] message`.

use std::fmt::Write as _;

use crate::engine::StoryOutcome;

/// The lines of one story.
pub(super) fn story(story: &StoryOutcome<'_>) -> String {
    let mut out = String::new();
    for finding in &story.findings {
        let place = finding
            .labels
            .first()
            .map_or_else(|| story.rules.display().to_string(), |label| label.excerpt.place(&label.path));
        let claim = finding.claim.as_deref().map_or_else(String::new, |id| format!(" ({id})"));
        let line =
            format!("{place}: {}[{}] {}{claim}", finding.severity.name(), finding.check, finding.message);
        // A message never spans lines here, so that a line stays a finding.
        _ = writeln!(out, "{}", line.replace('\n', " "));
    }
    out
}
