//! Findings with the lines that they point at, in the manner of rustc.

use crate::engine::StoryOutcome;

use super::snippet::{self, Style};

/// The findings of one story, an empty line after each.
pub(super) fn story(story: &StoryOutcome<'_>, style: Style) -> String {
    let mut out = String::new();
    for finding in &story.findings {
        out.push_str(&snippet::finding(finding, style));
        out.push_str("\n\n");
    }
    out
}
