//! From a lock to TOML.

use std::fmt::Write as _;

use super::decode::VERSION;
use super::{Acceptance, Lock, LockedFile, LockedValue};

/// What every lock begins with.
const HEAD: &str = "# The sources as they were when somebody looked at them, and the figures taken from them.\n\
                    # `factcheck lock` writes this file; commit it. See docs/lock.md.\n";

pub(super) fn lock(lock: &Lock) -> String {
    let mut out = format!("{HEAD}version = {VERSION}\n");
    for (path, file) in &lock.files {
        push_file(&mut out, path, file);
    }
    out
}

fn push_file(out: &mut String, path: &str, file: &LockedFile) {
    let content = &file.content;
    _ = write!(
        out,
        "\n[[source]]\nfile = {}\nsha256 = \"{}\"\nsize = {}\n",
        text(path),
        content.digest,
        content.size
    );
    if let Some(rows) = content.rows {
        _ = writeln!(out, "rows = {rows}");
    }
    let figures = file.figures.iter().map(|(taker, value)| {
        let value = match value {
            LockedValue::Taken(value, unit) => format!("value = \"{value}\", unit = {}", text(unit)),
            LockedValue::Stated(stated) => format!("stated = {}", text(stated)),
        };
        format!("story = {}, name = {}, {value}", text(&taker.story), text(&taker.figure))
    });
    push_list(out, "figures", figures);
    let history = file.history.iter().map(|Acceptance { date, author, reason, before }| {
        format!("date = {date}, author = {}, reason = {}, sha256 = \"{before}\"", text(author), text(reason))
    });
    push_list(out, "history", history);
}

/// A list with an element a line; none where there is nothing in it.
fn push_list(out: &mut String, key: &str, elements: impl ExactSizeIterator<Item = String>) {
    if elements.len() == 0 {
        return;
    }
    _ = writeln!(out, "{key} = [");
    for element in elements {
        _ = writeln!(out, "  {{ {element} }},");
    }
    out.push_str("]\n");
}

/// A string on one line, since an entry of a list is one.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => _ = write!(out, "\\u{:04X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
