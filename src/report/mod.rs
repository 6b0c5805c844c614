//! Reports: outcomes put into bytes, a file a format.
//!
//! Stories are rendered where they were checked, on any thread, and assembled in order by [`Assembler`].

mod concise;
mod full;
pub mod html;
mod json;
mod snippet;
mod summary;

pub use snippet::Style;
pub use summary::closing_line;

use std::io::{self, Write};

use crate::engine::{Problem, StoryOutcome, Totals};

/// How to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Findings with the lines they point at.
    Full(Style),
    /// A line a finding.
    Concise,
    /// One JSON document, described in `docs/json.md` and `docs/report.schema.json`.
    Json,
}

/// One story's part of a report.
#[derive(Debug, Default)]
pub struct Chunk {
    /// What is written as soon as it is this story's turn.
    body: Vec<u8>,
    /// What comes after every story's body.
    tail: Vec<u8>,
}

impl Format {
    /// Renders one story.
    pub fn story(self, story: &StoryOutcome<'_>) -> Chunk {
        match self {
            Self::Full(style) => Chunk { body: full::story(story, style).into_bytes(), tail: Vec::new() },
            Self::Concise => Chunk { body: concise::story(story).into_bytes(), tail: Vec::new() },
            Self::Json => json::story(story),
        }
    }
}

/// Puts the stories' parts together.
#[derive(Debug)]
pub struct Assembler<W> {
    out: W,
    format: Format,
    tail: Vec<u8>,
    is_empty: bool,
}

impl<W: Write> Assembler<W> {
    /// Begins a report.
    pub fn begin(mut out: W, format: Format) -> io::Result<Self> {
        if format == Format::Json {
            out.write_all(json::BEGIN)?;
        }
        Ok(Self { out, format, tail: Vec::new(), is_empty: true })
    }

    /// Adds the next story.
    pub fn push(&mut self, chunk: &Chunk) -> io::Result<()> {
        self.tail.extend_from_slice(&chunk.tail);
        // Elements of JSON lists come with a comma before them, the very first one too.
        let body = match chunk.body.strip_prefix(b",") {
            Some(body) if self.is_empty && self.format == Format::Json => body,
            _ => &chunk.body,
        };
        self.is_empty &= body.is_empty();
        self.out.write_all(body)
    }

    /// Ends the report; `problems` are those of no single story.
    pub fn finish(mut self, problems: &[Problem], totals: &Totals) -> io::Result<()> {
        match self.format {
            Format::Json => json::end(&mut self.out, &self.tail, problems, totals)?,
            Format::Full(_) | Format::Concise => writeln!(self.out, "{}", closing_line(totals))?,
        }
        self.out.flush()
    }
}

/// A problem as people read it, for standard error.
pub fn problem(problem: &Problem, style: Style) -> String {
    snippet::problem(problem, style)
}
