//! Stubs for whole drafts: every number has one, and each finds its number again.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test reads files and fails by panicking"
)]

mod newsroom;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use factcheck::draft::{Prose, Quote};
use factcheck::engine::{Options, Project, Stub};
use factcheck::hedge::{Lexicon, Verdict};
use factcheck::mention::survey;
use factcheck::system::Memory;
use factcheck::text::Span;

/// Markdown drafts of the fixtures, and some that are hard to quote from.
fn drafts() -> Vec<String> {
    let mut drafts: Vec<String> = [
        "5",
        "5 5 5",
        "It fell 5%. It fell 5%.\n\nIt fell 5%.",
        "| a | 5 | 6 |\n| --- | --- | --- |\n| b | 5 | 6 |\n| b | 5 | 6 |",
        "(“5%—or 6%”), 'he said': \\\\ $3m–$4m… 1,000,000; ½!",
        "- 12 people\n- 12 people\n",
        "from 5 in 2024 to 15, 25 and 5 again",
    ]
    .map(str::to_owned)
    .into();
    for folder in ["fixtures", "fixtures/reading"] {
        for entry in fs::read_dir(folder).unwrap() {
            drafts.extend(fs::read_to_string(entry.unwrap().path().join("draft.md")));
        }
    }
    drafts
}

/// The stubs for a draft that has no rules.
fn stubs(draft: &str) -> Vec<Stub> {
    let system = Memory::new([("draft.md", draft)]);
    let options = Options { paths: vec![PathBuf::from("draft.md")], ..Options::default() };
    let (mut found, problems) = Project::open(&system, &options).unwrap().stubs();
    assert!(problems.is_empty(), "{problems:?}");
    found.pop().unwrap().stubs
}

#[test]
fn every_number_has_a_stub_that_finds_it_again() {
    let drafts = drafts();
    assert!(drafts.len() > 15, "{}", drafts.len());
    for draft in &drafts {
        let stubs = stubs(draft);
        let prose = Prose::markdown(draft);
        let read = survey(prose.text(), Lexicon::shipped());
        // What is read in the middle of a longer number cannot be quoted.
        let may_be_quoted =
            |span: Span| prose.find(&Quote::new(span.of(prose.text()))).spans().contains(&span);
        let mentions = read.mentions.iter().filter(|mention| may_be_quoted(mention.span));
        let mentions: Vec<_> = mentions.collect();
        assert_eq!(stubs.len(), mentions.len(), "{draft}\n{stubs:#?}");
        for (stub, mention) in stubs.iter().zip(mentions) {
            let places = prose.find(&Quote::new(&stub.quote));
            let place = places.spans()[stub.occurrence.unwrap_or(1) - 1];
            assert!(stub.occurrence.is_some() || places.spans().len() == 1, "{stub:?}");
            let says = prose.find_within(place, &Quote::new(&stub.says));
            assert!(says.spans().len() == 1 && says.spans()[0].covers(mention.span), "{stub:?}: {says:?}");
        }
        let mut ids: Vec<&str> = stubs.iter().map(|stub| stub.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), stubs.len());
    }
}

/// Rules made of stubs as somebody would complete them whose sources say just what the draft says.
fn completed(stubs: &[Stub]) -> String {
    let mut rules = "draft = \"../draft.md\"\n".to_owned();
    let mut figures = BTreeSet::new();
    for stub in stubs {
        let Some(formula) = &stub.formula else { continue };
        let is_figure = formula.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if is_figure && figures.insert(formula) {
            _ = writeln!(rules, "[figure.{formula}]\nvalue = {:?}\n", stub.says);
        }
        let Stub { id, quote, says, .. } = stub;
        _ = writeln!(
            rules,
            "[[claim]]\nid = {id:?}\nquote = {quote:?}\nsays = {says:?}\nformula = {formula:?}"
        );
        if let Some(nth) = stub.occurrence {
            _ = writeln!(rules, "occurrence = {nth}");
        }
    }
    rules
}

/// Each relation that stubs make a formula of.
const RELATED: &str = "The budget rose 5.6%, from $9 billion to $9.5 billion. Of the 86 schools inspected, 31 (36%) failed.
The firm cut 522 jobs: 214 in Marrow Bay, 183 in Tolk and 125 at headquarters.
Attendance doubled, from 12,000 to 24,500. The grant was $6.3 million for 1,450 pupils, or about $4,345 each.
The rate climbed from 3.25% to 3.75%, up 0.5 percentage points. The aim is 1 million a year, or about 83,000 a month.
Two readings, of 14 and 19, gave an average of 16.5. Deaths fell by 47 to 353 from 400. One in eight pupils, or 12.5%, left.
The county counted 41 cases among its 268,000 residents, a rate of 15 per 100,000.
Of the 214 passengers, 96 were children and the other 118 adults.
Three times as many women as men applied: 186 against 62.

| Region | Jobs |
| --- | --- |
| North | 300 |
| South | 212 |
| Total | 512 |
";

#[test]
fn what_a_draft_says_follows_from_its_numbers_is_a_formula_that_holds() {
    let stubs = stubs(RELATED);
    let formulas: Vec<&str> = stubs.iter().filter_map(|stub| stub.formula.as_deref()).collect();
    for (says, formula) in [
        ("5.6%", "change(figure_5_6_9_billion, billion_9_5_billion)"),
        ("36%", "share("),
        ("522", "jobs_214 + bay_183 + tolk_125"),
        ("doubled", "ratio("),
        ("about $4,345", " / "),
        ("0.5 percentage points", "points("),
        ("about 83,000 a month", "aim_1_million_year"),
        ("16.5", "mean("),
        ("12.5%", "one_eight_pupils"),
        ("15 per 100,000", " / "),
        ("118", " - "),
        ("Three times", "ratio("),
        ("512", " + "),
    ] {
        let stub = stubs.iter().find(|stub| stub.says == says);
        let found = stub.and_then(|stub| stub.formula.as_deref());
        assert!(found.is_some_and(|found| found.contains(formula)), "{says}: {stub:?} in {formulas:#?}");
    }
}

#[test]
fn completed_stubs_of_consistent_drafts_are_never_refuted() {
    let (mut supported, mut all) = (0, 0);
    for draft in drafts().iter().map(String::as_str).chain([RELATED]) {
        let rules = completed(&stubs(draft));
        let system = Memory::new([("draft.md", draft), ("claims/story.toml", &rules)]);
        for story in newsroom::checked(&system, "claims") {
            for claim in &story.claims {
                // A figure as vague as its words ("some 31,000") may leave it open, and one without the unit that its words
                // leave to the reader ("from €1,250, to €1,450 a month") goes with no other.
                assert_ne!(claim.verdict, Verdict::Refuted, "{claim:#?}\n{rules}");
                supported += usize::from(claim.verdict == Verdict::Supported);
                all += 1;
            }
        }
    }
    assert!(all > 100 && supported * 100 > all * 95, "{supported} of {all} claims are supported");
}
