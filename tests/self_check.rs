//! Drafts held against themselves: groups of sentences of which half are wrong, prose that looks wrong and is not, and whole
//! articles in which nothing may be found.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests read files and fail by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use factcheck::consistency::{Contradiction, contradictions};
use factcheck::draft::Prose;
use factcheck::hedge::{Lexicon, Widths};
use factcheck::mention::survey;
use factcheck::text::Span;
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Groups {
    group: Vec<Group>,
}

/// Sentences written for the purpose.
#[derive(Deserialize)]
struct Group {
    id: String,
    text: String,
    expect: String,
    /// What is wrong: one of the words of the relation.
    flags: Option<String>,
    check: Option<String>,
    published: Option<String>,
}

#[derive(Deserialize)]
struct Sentences {
    consistent: Vec<String>,
    inconsistent: Vec<String>,
}

fn found(text: &str, published: Option<&str>) -> (Prose, Vec<Contradiction>) {
    let prose = Prose::markdown(text);
    let survey = survey(prose.text(), Lexicon::shipped());
    let published = published.map(|day| day.parse().unwrap());
    let found = contradictions(prose.text(), &survey, Widths::default(), published);
    (prose, found)
}

fn told(text: &str, published: Option<&str>) -> Vec<String> {
    found(text, published).1.into_iter().map(|it| it.arithmetic).collect()
}

fn groups() -> Vec<Group> {
    let groups: Groups =
        toml::from_str(&fs::read_to_string("fixtures/self-check/groups.toml").unwrap()).unwrap();
    groups.group
}

fn sentences() -> Sentences {
    toml::from_str(&fs::read_to_string("fixtures/self-check/prose.toml").unwrap()).unwrap()
}

#[test]
fn no_right_group_is_reported() {
    let alarms: BTreeMap<String, Vec<String>> = groups()
        .into_iter()
        .filter(|group| group.expect == "consistent")
        .map(|group| (group.id, told(&group.text, group.published.as_deref())))
        .filter(|(_, found)| !found.is_empty())
        .collect();
    assert!(alarms.is_empty(), "false alarms: {alarms:#?}");
}

/// The finding is of the right check, and points at the relation that is wrong: one of its numbers overlaps the words that a
/// person flagged.
#[test]
fn nine_of_ten_wrong_groups_are_found() {
    let wrong: Vec<Group> = groups().into_iter().filter(|group| group.expect == "inconsistent").collect();
    let mut missed = Vec::new();
    for group in &wrong {
        let (prose, found) = found(&group.text, group.published.as_deref());
        let flags = group.flags.as_deref().unwrap().replace(['‘', '’'], "'");
        let at = prose.text().find(&flags).unwrap_or_else(|| panic!("{}: {flags}", group.id));
        let flagged = Span::new(at, at + flags.len());
        let is_hit = |it: &Contradiction| {
            let is_there = it.operands.iter().chain([&it.stated]).any(|span| span.overlaps(flagged));
            is_there && Some(it.kind.check()) == group.check.as_deref()
        };
        if !found.iter().any(is_hit) {
            missed.push(&group.id);
        }
    }
    assert!(wrong.len() > 60);
    let counted = fs::read_to_string("fixtures/self-check/accuracy.csv").unwrap();
    let right = groups().len() - wrong.len();
    for (what, many) in [("wrong", wrong.len()), ("found", wrong.len() - missed.len()), ("right", right)] {
        let line = format!("\n{what},{many},");
        assert!(
            counted.contains(&line),
            "fixtures/self-check/accuracy.csv should have {line:?}; missed: {missed:?}"
        );
    }
    assert!(missed.len() * 10 <= wrong.len(), "missed {} of {}: {missed:#?}", missed.len(), wrong.len());
}

#[test]
fn prose_that_only_looks_wrong_is_not_reported() {
    let alarms: Vec<(String, Vec<String>)> = sentences()
        .consistent
        .into_iter()
        .map(|text| (text.clone(), told(&text, Some("2025-04-08"))))
        .filter(|(_, found)| !found.is_empty())
        .collect();
    assert!(alarms.is_empty(), "false alarms: {alarms:#?}");
}

#[test]
fn nine_of_ten_wrong_sentences_are_found() {
    let wrong = sentences().inconsistent;
    let missed: Vec<&String> = wrong.iter().filter(|text| told(text, None).is_empty()).collect();
    assert!(missed.len() * 10 <= wrong.len(), "missed {} of {}: {missed:#?}", missed.len(), wrong.len());
}

/// The Markdown drafts below a folder.
fn drafts(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            drafts(&path, into);
        } else if path.file_name().is_some_and(|name| name == "draft.md") {
            into.push(path);
        }
    }
}

#[test]
fn nothing_is_found_in_articles_that_are_right() {
    let mut paths = Vec::new();
    drafts(Path::new("fixtures/reading"), &mut paths);
    paths.sort();
    assert!(!paths.is_empty());
    let alarms: Vec<(PathBuf, Vec<String>)> = paths
        .into_iter()
        .map(|path| {
            let found = told(&fs::read_to_string(&path).unwrap(), Some("2025-04-08"));
            (path, found)
        })
        .filter(|(_, found)| !found.is_empty())
        .collect();
    assert!(alarms.is_empty(), "false alarms: {alarms:#?}");
}

#[test]
fn a_contradiction_shows_its_arithmetic() {
    let (prose, found) = found("The budget rose 7%, from $9.1 billion to $9.5 billion.", None);
    let [only] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(only.stated.of(prose.text()), "7%");
    assert_eq!(
        only.arithmetic,
        "from $9.1 billion to $9.5 billion is a rise of 4.4% (3.3% to 5.5% for any values that round to these), the draft says 7%"
    );
    let operands: Vec<&str> = only.operands.iter().map(|span| span.of(prose.text())).collect();
    assert_eq!(operands, ["$9.1 billion", "$9.5 billion"]);
}

/// Pieces that relations are made of, in any order.
const PIECES: [&str; 64] = [
    "12",
    "31%",
    "$4.1 million",
    "a third",
    "doubled",
    "half",
    "1999",
    "2010",
    "March 3",
    "7:15 a.m.",
    "1,200",
    "9",
    "0",
    "5-to-4",
    "34 to 27",
    "between 24 and 18",
    "−8",
    "three weeks",
    "a year ago",
    "400 a month",
    "per 100,000",
    "points",
    "from",
    "to",
    "by",
    "of",
    "than",
    "more",
    "fewer",
    "rose",
    "fell",
    "up",
    "down",
    "or",
    "and",
    "the remaining",
    "of those",
    "of them",
    "in all",
    "a total of",
    "an average of",
    "each",
    "for",
    "against",
    "members",
    "-member",
    "votes",
    "a margin of",
    "born in",
    "aged",
    "died",
    "as many",
    "as",
    "every",
    ",",
    ":",
    ";",
    " – ",
    "(",
    ")",
    ".",
    "\n",
    "\t",
    "Total",
];

proptest! {
    /// Whatever stands in a text, its contradictions point into it.
    #[test]
    fn no_text_is_too_odd(pieces in prop::collection::vec(prop::sample::select(PIECES.as_slice()), 0..40)) {
        let text = pieces.join(" ");
        let survey = survey(&text, Lexicon::shipped());
        for it in contradictions(&text, &survey, Widths::default(), Some("2025-04-08".parse().unwrap())) {
            for span in it.operands.iter().chain([&it.stated]) {
                prop_assert!(text.get(span.range()).is_some());
            }
        }
    }
}
