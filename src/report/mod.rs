//! Reports: outcomes put into bytes, a file a format.
//!
//! Stories are rendered where they were checked, on any thread, and assembled in order by [`Assembler`]. A format is one
//! [`Format`], in a file of its own, and a line of [`ALL`].

pub mod claimreview;
mod concise;
mod full;
mod github;
mod gitlab;
mod how;
pub mod html;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod sarif;
mod snippet;
mod summary;
mod uri;

pub use snippet::Style;
pub use summary::closing_line;

use std::io::{self, Write};

use crate::engine::{Problem, StoryOutcome, Totals};
use crate::finding::Severity;

/// Every format, the default first.
pub const ALL: [&Format; 9] = [
    &full::FORMAT,
    &concise::FORMAT,
    &json::FORMAT,
    &jsonl::FORMAT,
    &sarif::FORMAT,
    &github::FORMAT,
    &gitlab::FORMAT,
    &junit::FORMAT,
    &markdown::FORMAT,
];

/// How to report. What it does is called once a story, never once a claim.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is for, in a line.
    pub about: &'static str,
    /// Writes what comes before all stories.
    begin: fn(&mut Vec<u8>),
    /// What every part of the body begins with, and the first one must not.
    separator: &'static [u8],
    /// Renders one story.
    story: fn(&StoryOutcome<'_>, Style) -> Chunk,
    /// Writes what comes after all stories' bodies.
    end: fn(&mut dyn Write, &Ending<'_>) -> io::Result<()>,
    /// A second report that is wanted where the program runs.
    pub summary: Option<Summary>,
    /// Whether it shows the numbers that need no claim, which are collected for those that do.
    pub shows_ignored: bool,
}

/// A report that is appended to the file that the environment names, if it names one.
#[derive(Debug)]
pub struct Summary {
    /// The environment's variable.
    pub variable: &'static str,
    /// How to report there.
    pub format: &'static Format,
}

/// One story's part of a report.
#[derive(Debug, Default)]
pub struct Chunk {
    /// What is written as soon as it is this story's turn.
    body: Vec<u8>,
    /// What comes after every story's body.
    tail: Vec<u8>,
}

/// What is known when all stories have been rendered.
struct Ending<'a> {
    /// The stories' tails.
    tail: &'a [u8],
    /// Whether no story had a body.
    is_empty: bool,
    problems: &'a [Problem],
    totals: &'a Totals,
}

/// The format of a name.
pub fn named(name: &str) -> Option<&'static Format> {
    ALL.into_iter().find(|format| format.name == name)
}

impl Format {
    /// Renders one story; `style` is how it is drawn for people.
    pub fn story(&self, story: &StoryOutcome<'_>, style: Style) -> Chunk {
        (self.story)(story, style)
    }
}

/// Puts the stories' parts together.
#[derive(Debug)]
pub struct Assembler<W> {
    out: W,
    format: &'static Format,
    tail: Vec<u8>,
    is_empty: bool,
}

impl<W: Write> Assembler<W> {
    /// Begins a report.
    pub fn begin(mut out: W, format: &'static Format) -> io::Result<Self> {
        let mut head = Vec::new();
        (format.begin)(&mut head);
        out.write_all(&head)?;
        Ok(Self { out, format, tail: Vec::new(), is_empty: true })
    }

    /// Adds the next story.
    pub fn push(&mut self, chunk: &Chunk) -> io::Result<()> {
        self.tail.extend_from_slice(&chunk.tail);
        let body = match chunk.body.strip_prefix(self.format.separator) {
            Some(body) if self.is_empty => body,
            _ => &chunk.body,
        };
        self.is_empty &= body.is_empty();
        self.out.write_all(body)
    }

    /// Ends the report; `problems` are those of the whole run.
    pub fn finish(mut self, problems: &[Problem], totals: &Totals) -> io::Result<()> {
        let ending = Ending { tail: &self.tail, is_empty: self.is_empty, problems, totals };
        (self.format.end)(&mut self.out, &ending)?;
        self.out.flush()
    }
}

/// A problem as people read it, for standard error.
pub fn problem(problem: &Problem, style: Style) -> String {
    snippet::problem(problem, Severity::Error, style)
}

/// What keeps nothing from being checked, and somebody should know of, as people read it.
pub fn warning(problem: &Problem, style: Style) -> String {
    snippet::problem(problem, Severity::Warning, style)
}

/// Where a problem lies, as people are told.
fn place_of(problem: &Problem) -> String {
    let path = || problem.path.display().to_string();
    problem.excerpt.as_ref().map_or_else(path, |excerpt| excerpt.place(&problem.path))
}

/// The end of reports for people: the closing line.
fn closing(out: &mut dyn Write, ending: &Ending<'_>) -> io::Result<()> {
    writeln!(out, "{}", closing_line(ending.totals))
}

/// Severities, the gravest first.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];
