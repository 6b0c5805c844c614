//! Findings with the lines that they point at, in the manner of rustc.

use crate::engine::StoryOutcome;

use super::snippet::{self, Style};
use super::{Chunk, Format, closing};

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "full",
    about: "Findings with the lines they point at",
    begin: |_| {},
    separator: b"",
    story,
    end: closing,
    summary: None,
    shows_ignored: false,
};

/// The findings of one story, an empty line after each.
fn story(story: &StoryOutcome<'_>, style: Style) -> Chunk {
    let mut body = String::new();
    for finding in &story.findings {
        body.push_str(&snippet::finding(finding, style));
        body.push_str("\n\n");
    }
    Chunk { body: body.into_bytes(), tail: Vec::new() }
}
