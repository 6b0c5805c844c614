//! Markdown for a comment on a pull request: what was found, in figures, and the findings of each story, folded.
//!
//! Words of drafts and rules stand in it as text: nothing in them is markup, a link or a mention.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::engine::{Problem, StoryOutcome, Totals};
use crate::finding::{Finding, Severity, slashed};

use super::summary::{counted, coverage, found};
use super::{Chunk, Ending, Format, SEVERITIES, Style, concise, place_of};

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "markdown",
    about: "A comment for a pull request",
    begin: |_| {},
    separator: b"",
    story,
    end,
    summary: None,
    shows_ignored: false,
};

/// How many characters a comment may have on GitHub; GitLab and job summaries have more room. Bytes are counted, which are
/// never fewer.
const LONGEST: usize = 65_536;

/// Room for the sentence about what is left out.
const RESERVE: usize = 200;

/// What each finding's item begins with, and nothing else: all that stands in an item is indented.
const ITEM: &str = "\n- **";

/// A story's findings, folded, as the tail: the figures over all stories come first.
fn story(story: &StoryOutcome<'_>, _: Style) -> Chunk {
    let mut tail = String::new();
    if !story.findings.is_empty() {
        let count = |severity| story.findings.iter().filter(|finding| finding.severity == severity).count();
        let counts: Vec<String> = SEVERITIES
            .into_iter()
            .map(|severity| (count(severity), severity.name()))
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| counted(count, noun))
            .collect();
        let open = if count(Severity::Error) > 0 { " open" } else { "" };
        let name = html(&slashed(&story.rules));
        _ = writeln!(tail, "\n<details{open}>\n<summary>{name}: {}</summary>", counts.join(", "));
        for finding in &story.findings {
            item(&mut tail, finding, story);
        }
        tail.push_str("\n</details>\n");
    }
    Chunk { body: Vec::new(), tail: tail.into_bytes() }
}

fn item(out: &mut String, finding: &Finding, story: &StoryOutcome<'_>) {
    let place = plain(&concise::place(finding, &story.rules));
    let claim = finding.claim.as_deref().map_or_else(String::new, |claim| format!(" ({})", plain(claim)));
    let (severity, check, message) = (finding.severity.name(), plain(finding.check), plain(&finding.message));
    _ = writeln!(out, "{ITEM}{severity}** {check} at {place}{claim}: {message}");
    let help = finding.help.as_ref().map(|help| format!("help: {help}"));
    block(out, &finding.notes.iter().cloned().chain(help).collect::<Vec<_>>().join("\n"));
}

/// Lines as they are, in an item.
fn block(out: &mut String, text: &str) {
    if text.is_empty() {
        return;
    }
    // Longer than any in the text, so that none of them ends the block.
    let ticks = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(3.max(ticks + 1));
    _ = writeln!(out, "\n  {fence}text");
    for line in text.split(['\n', '\r']) {
        _ = writeln!(out, "  {}", line.replace('\0', "\u{fffd}"));
    }
    _ = writeln!(out, "  {fence}");
}

/// The figures, the problems, and as many findings as a comment has room for.
fn end(out: &mut dyn Write, ending: &Ending<'_>) -> io::Result<()> {
    let head = head(ending.totals);
    let mut items = String::new();
    if !ending.problems.is_empty() {
        items.push_str("\n<details open>\n<summary>Could not be checked</summary>\n");
        ending.problems.iter().for_each(|it| problem(&mut items, it));
        items.push_str("\n</details>\n");
    }
    items.push_str(&String::from_utf8_lossy(ending.tail));
    out.write_all(head.as_bytes())?;
    out.write_all(shortened(&items, LONGEST.saturating_sub(head.len())).as_bytes())
}

/// Items as far as there is room; how many are left out is said.
fn shortened(items: &str, room: usize) -> String {
    if items.len() <= room {
        return items.to_owned();
    }
    let (fitting, _) = items.split_at(items.floor_char_boundary(room.saturating_sub(RESERVE)));
    let (kept, _) = fitting.rsplit_once(ITEM).unwrap_or_default();
    let mut out = kept.to_owned();
    if kept.matches("\n<details").count() > kept.matches("\n</details>").count() {
        out.push_str("\n\n</details>\n");
    }
    let left = items.matches(ITEM).count() - kept.matches(ITEM).count();
    _ = writeln!(out, "\n{left} more have no room in a comment; `--format full` has them all.");
    out
}

fn head(totals: &Totals) -> String {
    let verdicts = [
        ("supported", totals.supported),
        ("refuted", totals.refuted),
        ("undecided", totals.undecided),
        ("unchecked", totals.unchecked),
    ];
    let mut head = format!("### factcheck: {}\n\n| verdict | claims |\n| --- | ---: |\n", found(totals));
    for (verdict, claims) in verdicts {
        _ = writeln!(head, "| {verdict} | {claims} |");
    }
    _ = writeln!(head, "\n{}", coverage(&totals.coverage));
    head
}

fn problem(out: &mut String, problem: &Problem) {
    _ = writeln!(out, "{ITEM}problem** at {}: {}", plain(&place_of(problem)), plain(&problem.message));
    block(out, &problem.help.as_ref().map_or_else(String::new, |help| format!("help: {help}")));
}

/// Punctuation that begins nothing inside of a line, neither by the standard nor by what GitHub and GitLab add to it.
const HARMLESS: &str = "\"%'(),-/;=?";

/// Text that means nothing to Markdown: every ASCII punctuation mark may be escaped, and then is itself
/// (<https://spec.commonmark.org/0.31.2/#backslash-escapes>). A mention or a reference to an issue is looked for after that,
/// and found unless something stands behind its mark.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        match c {
            '@' | '#' => out.extend(['\\', c, ZERO_WIDTH]),
            c if c.is_ascii_punctuation() && !HARMLESS.contains(c) => out.extend(['\\', c]),
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}

/// A space that nobody sees.
const ZERO_WIDTH: char = '\u{200b}';

/// Text in a line of HTML, where Markdown has no say.
fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '@' | '#' => out.extend([c, ZERO_WIDTH]),
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_counted() {
        let items =
            format!("\n<details>\n<summary>a</summary>\n{}\n</details>\n", "\n- **note** x\n".repeat(100));
        assert_eq!(shortened(&items, items.len()), items);
        let short = shortened(&items, 800);
        let kept = short.matches(ITEM).count();
        assert!(kept > 10 && short.len() <= 800, "{short}");
        assert!(short.contains(&format!("\n{} more have no room", 100 - kept)), "{short}");
        assert_eq!(short.matches("</details>").count(), 1);
    }

    #[test]
    fn a_fence_is_longer_than_those_in_the_text() {
        let mut out = String::new();
        block(&mut out, "a ```` b\rc");
        assert_eq!(out, "\n  `````text\n  a ```` b\n  c\n  `````\n");
    }
}
