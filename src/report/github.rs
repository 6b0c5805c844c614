//! Workflow commands of GitHub Actions, which put findings beside the lines of a pull request
//! (<https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>).
//!
//! GitHub shows the first ten errors, warnings and notices of a step, and drops the others without a word. Those are
//! written as plain lines, so that the log has every finding.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::engine::{Problem, StoryOutcome};
use crate::finding::{Excerpt, Finding, Fingerprint, Role, Severity, slashed};

use super::{Chunk, Ending, Format, SEVERITIES, Style, Summary, closing_line, concise, markdown, place_of};

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "github",
    about: "Annotations of GitHub Actions, and a job summary",
    begin: |_| {},
    separator: b"",
    story,
    end,
    summary: Some(Summary { variable: "GITHUB_STEP_SUMMARY", format: &markdown::FORMAT }),
    shows_ignored: false,
};

/// How many annotations of a kind GitHub shows of a step.
const SHOWN: usize = 10;

/// Two lines a finding: its command, and the plain line that stands in for it. Which one is written is known at the end.
fn story(story: &StoryOutcome<'_>, _: Style) -> Chunk {
    let mut tail = String::new();
    for finding in &story.findings {
        _ = writeln!(tail, "{}\n{}", annotation(finding, story), concise::line(finding, &story.rules));
    }
    Chunk { body: Vec::new(), tail: tail.into_bytes() }
}

fn annotation(finding: &Finding, story: &StoryOutcome<'_>) -> String {
    let mut text = finding.message.clone();
    if let Some(help) = &finding.help {
        _ = write!(text, "\nhelp: {help}");
    }
    let claim = finding.claim.as_deref().map_or_else(String::new, |claim| format!(" ({claim})"));
    let title = format!("{}{claim}", finding.check);
    let place = match finding.labels.first() {
        Some(label) => Place { path: slashed(&label.path), at: Some((&label.excerpt, label.role)) },
        None => Place { path: slashed(&story.rules), at: None },
    };
    command(name(finding.severity), &place, &title, &text)
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

struct Place<'a> {
    path: String,
    at: Option<(&'a Excerpt, Role)>,
}

/// A command, on one line.
fn command(name: &str, place: &Place<'_>, title: &str, text: &str) -> String {
    let mut command = format!("::{name} file={}", property(&place.path));
    let mut told = String::new();
    if let Some((excerpt, role)) = place.at {
        let (start, end) = (excerpt.start, excerpt.end);
        if let Some(words) = excerpt.in_words() {
            // Nobody could be shown a line of it.
            told = format!("{words}: ");
        } else {
            _ = write!(command, ",line={}", start.line);
            if end.line != start.line {
                // Columns are only for what stands on one line.
                _ = write!(command, ",endLine={}", end.line);
            } else if role != Role::Source {
                _ = write!(command, ",col={},endColumn={}", start.column, end.column);
            }
        }
    }
    _ = write!(command, ",title={}::{}", property(title), data(&format!("{told}{text}")));
    command
}

/// Escapes what follows the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property's value.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Writes the problems, then as many findings of each severity as GitHub shows, then the others, then the closing line.
fn end(out: &mut dyn Write, ending: &Ending<'_>) -> io::Result<()> {
    let tail = String::from_utf8_lossy(ending.tail);
    let mut lines = tail.lines();
    let mut findings = Vec::new();
    while let (Some(command), Some(plain)) = (lines.next(), lines.next()) {
        findings.push((command.to_owned(), plain.to_owned()));
    }
    let mut all: Vec<(String, String)> = ending.problems.iter().map(problem).collect();
    for severity in SEVERITIES {
        let start = format!("::{} ", name(severity));
        all.extend(findings.iter().filter(|(command, _)| command.starts_with(&start)).cloned());
    }
    let mut rest = Vec::new();
    let mut shown = SEVERITIES.map(|severity| (name(severity), 0));
    for (command, plain) in &all {
        let kind = shown.iter_mut().find(|(name, _)| command.starts_with(&format!("::{name} ")));
        match kind {
            Some((_, count)) if *count < SHOWN => {
                *count += 1;
                writeln!(out, "{command}")?;
            }
            _ => rest.push(plain.as_str()),
        }
    }
    more(out, &rest)?;
    writeln!(out, "{}", closing_line(ending.totals))
}

/// Writes plain lines, with commands off: a draft may have one in its text.
fn more(out: &mut dyn Write, lines: &[&str]) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let mut token = Fingerprint::of(lines.iter().copied()).to_string();
    while lines.iter().any(|line| line.contains(&token)) {
        token = Fingerprint::of([token.as_str()]).to_string();
    }
    writeln!(out, "::group::{} more, which GitHub does not show beside the text", lines.len())?;
    writeln!(out, "::stop-commands::{token}")?;
    for line in lines {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "::{token}::\n::endgroup::")
}

fn problem(problem: &Problem) -> (String, String) {
    let at = problem.excerpt.as_ref().map(|excerpt| (excerpt, Role::Rule));
    let help = problem.help.as_ref().map_or_else(String::new, |help| format!("\nhelp: {help}"));
    let text = format!("{}{help}", problem.message);
    let place = Place { path: slashed(&problem.path), at };
    let plain = format!("{}: error: {}", place_of(problem), problem.message).replace(['\n', '\r'], " ");
    (command("error", &place, "could not check", &text), plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_command_or_a_property_is_escaped() {
        assert_eq!(data("5%: a, b\r\n::error::x"), "5%25: a, b%0D%0A::error::x");
        assert_eq!(property("a:b,c%0A.md"), "a%3Ab%2Cc%250A.md");
    }
}
