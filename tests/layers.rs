//! The layers of the library: each module imports only from those that stand above it in `lib.rs`; no source file is
//! past its size; the files are where the map says.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests read files and fail by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// Past this many lines a file has two subjects.
const LIMIT: usize = 600;

/// The modules in reading order, as `lib.rs` has them.
fn layers() -> Vec<String> {
    let map = fs::read_to_string("src/lib.rs").unwrap();
    map.lines()
        .filter_map(|line| line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')))
        .map(str::to_owned)
        .collect()
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

fn all_sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    sources(Path::new("src"), &mut found);
    sources(Path::new("tests"), &mut found);
    found.sort();
    found
}

/// The layer that a file belongs to: `src/scope/period.rs` to `scope`, `src/system.rs` to `system`.
fn layer_of(path: &Path) -> Option<String> {
    let below = path.strip_prefix("src").ok()?;
    let first = below.components().next()?.as_os_str().to_str()?;
    Some(first.trim_end_matches(".rs").to_owned())
}

/// The modules that a text names after `crate::`, braces included.
fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let name = |part: &str| -> String {
            part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
        };
        if let Some(group) = rest.strip_prefix('{') {
            found.extend(group[..group.find('}').unwrap_or(0)].split(',').map(|part| name(part.trim())));
        } else {
            found.push(name(rest));
        }
    }
    found
}

#[test]
fn each_layer_imports_only_from_those_above() {
    let layers = layers();
    assert!(layers.len() > 12, "lib.rs declares its modules one a line: {layers:?}");
    let rank = |name: &str| layers.iter().position(|layer| layer == name);
    let mut wrong = Vec::new();
    for path in all_sources() {
        let Some(own) = layer_of(&path).as_deref().and_then(rank) else { continue };
        for import in imports(&fs::read_to_string(&path).unwrap()) {
            match rank(&import) {
                Some(other) if other <= own => {}
                Some(_) => wrong.push(format!("{} imports {import}, which stands below it", path.display())),
                None => wrong.push(format!("{} names crate::{import}, which is no module", path.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_source_file_has_two_subjects() {
    let too_long: Vec<String> = all_sources()
        .into_iter()
        .map(|path| (fs::read_to_string(&path).unwrap().lines().count(), path))
        .filter(|(lines, _)| *lines > LIMIT)
        .map(|(lines, path)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(too_long.is_empty(), "past {LIMIT} lines, find the seam: {too_long:?}");
}

#[test]
fn no_file_is_named_for_nothing() {
    let vague = ["utils", "util", "helpers", "helper", "common", "misc", "imp"];
    for path in all_sources() {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert!(!vague.contains(&stem), "{} says nothing about its subject", path.display());
    }
}

#[test]
fn imports_are_found_in_groups_too() {
    assert_eq!(imports("use crate::{text::Span, unit};"), ["text", "unit"]);
    assert_eq!(imports("crate::hedge::Hedge"), ["hedge"]);
}
