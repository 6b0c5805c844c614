//! What would be written: what each fix does, in a line, and a unified diff of each file.

use std::fmt::Write as _;

use similar::TextDiff;

use super::trial::Outcome;

/// The preview. To a terminal go no characters that could move its cursor.
pub(super) fn preview(outcome: &Outcome, is_terminal: bool, is_coloured: bool) -> String {
    let mut out = String::new();
    for applied in &outcome.applied {
        _ = writeln!(out, "{applied}");
    }
    for change in &outcome.changes {
        let name = change.path.display().to_string();
        let diff = TextDiff::from_lines(&change.before, &change.after);
        let hunks = diff.unified_diff().context_radius(1).header(&name, &name).to_string();
        out.push('\n');
        out.push_str(&hunks);
    }
    if !outcome.changes.is_empty() {
        out.push('\n');
    }
    if is_terminal {
        out =
            out.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\t') { ' ' } else { c }).collect();
    }
    if is_coloured { coloured(&out) } else { out }
}

fn coloured(diff: &str) -> String {
    let mut out = String::with_capacity(diff.len() * 2);
    for line in diff.lines() {
        let style = match line.as_bytes() {
            [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] => "\x1b[1m",
            [b'@', b'@', ..] => "\x1b[36m",
            [b'-', ..] => "\x1b[31m",
            [b'+', ..] => "\x1b[32m",
            _ => "",
        };
        let end = if style.is_empty() { "" } else { "\x1b[0m" };
        _ = writeln!(out, "{style}{line}{end}");
    }
    out
}
