//! Stubs for whole drafts: every number has one, and each finds its number again.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test reads files and fails by panicking"
)]

use std::fs;
use std::path::PathBuf;

use factcheck::draft::{Prose, Quote};
use factcheck::engine::{Options, Project};
use factcheck::hedge::Lexicon;
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

#[test]
fn every_number_has_a_stub_that_finds_it_again() {
    let drafts = drafts();
    assert!(drafts.len() > 15, "{}", drafts.len());
    for draft in &drafts {
        let system = Memory::new([("draft.md".to_owned(), draft.clone())]);
        let options = Options { paths: vec![PathBuf::from("draft.md")], ..Options::default() };
        let (found, problems) = Project::open(&system, &options).unwrap().stubs();
        assert!(problems.is_empty(), "{problems:?}");
        let stubs = &found[0].stubs;
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
