//! No digit of a draft is passed over: whatever a plain search finds is a quantity or excluded by a rule.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test reads files and fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use factcheck::draft::{Format, Manuscript};
use factcheck::hedge::Lexicon;
use factcheck::mention::survey;
use factcheck::text::Span;
use proptest::prelude::{ProptestConfig, prop, proptest};
use regex::Regex;

/// The drafts below a folder.
fn drafts(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_draft = path.file_stem().is_some_and(|stem| stem == "draft");
        if path.is_dir() {
            drafts(&path, into);
        } else if is_draft && path.to_str().is_some_and(|name| Format::of(name).is_ok()) {
            into.push(path);
        }
    }
}

/// A run of digits, with what may stand inside of it.
static RUN: LazyLock<Regex> = LazyLock::new(|| Regex::new("[0-9][0-9,.]*").unwrap());

/// What a search for runs of digits finds in a text and the reader does not.
fn passed_over(text: &str) -> Vec<String> {
    let read = survey(text, Lexicon::shipped());
    let mut spans: Vec<Span> = read.mentions.iter().map(|mention| mention.span).collect();
    spans.extend(read.excluded.iter().map(|excluded| excluded.span));
    let is_read = |found: Span| spans.iter().any(|span| span.overlaps(found));
    RUN.find_iter(text)
        .filter(|found| !is_read(Span::new(found.start(), found.end())))
        .map(|found| {
            let (from, to) = (found.start().saturating_sub(20), (found.end() + 20).min(text.len()));
            let (from, to) = (text.floor_char_boundary(from), text.ceil_char_boundary(to));
            format!("`{}` in `{}`", found.as_str(), &text[from..to])
        })
        .collect()
}

#[test]
fn every_run_of_digits_in_the_fixtures_is_read_or_excluded() {
    let mut paths = Vec::new();
    drafts(Path::new("fixtures"), &mut paths);
    assert!(paths.len() > 60, "only {} drafts", paths.len());
    for path in paths {
        let format = Format::of(path.to_str().unwrap()).unwrap();
        let bytes = fs::read(&path).unwrap();
        let manuscript = Manuscript::read(format, &bytes).unwrap();
        let missed = passed_over(manuscript.prose.text());
        assert!(missed.is_empty(), "{}: {missed:#?}", path.display());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn nor_is_one_in_any_other_text(
        parts in prop::collection::vec("[0-9]{1,4}|[,.]|[a-z]{1,3}| (per|of|and|to|from|million|the|a|No\\.|p\\.m\\.) |[-$%/:'(\\[#@&_]|°|½|–", 1..12)
    ) {
        let text = parts.concat();
        let missed = passed_over(&text);
        assert!(missed.is_empty(), "{text}: {missed:?}");
    }
}
