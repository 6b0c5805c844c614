//! Sources that may have been overtaken.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod newsroom;

use factcheck::finding::Severity;
use factcheck::system::{Memory, System};
use jiff::civil::date;

/// What `source-stale` says of a story on a source with these keys.
fn told(settings: &str, source: &str, draft: &str) -> Vec<(Severity, Option<String>, String)> {
    let rules = format!(
        "draft = \"../draft.md\"\npublished = 2025-04-08\n[source.police]\n{source}\n\
         [figure.accidents]\nsource = \"police\"\nvalue = 312\n\
         [[claim]]\nid = \"accidents\"\nquote = \"312 accidents\"\nformula = \"2 * half\"\n\
         [figure.half]\nformula = \"accidents / 2\"\n"
    );
    let system = Memory::new([
        ("claims/story.toml", rules.as_str()),
        ("draft.md", draft),
        ("factcheck.toml", settings),
    ]);
    assert_eq!(system.today(), date(2026, 11, 24), "the days below are seen from here");
    let story = newsroom::checked(&system, "claims").remove(0);
    assert!(story.problems.is_empty(), "{:?}", story.problems);
    let stale = story.findings.into_iter().filter(|finding| finding.check == "source-stale");
    stale.map(|finding| (finding.severity, finding.claim, finding.message)).collect()
}

const DRAFT: &str = "There were 312 accidents.\n";

#[test]
fn somebody_should_have_looked_again() {
    assert_eq!(told("", "recheck_by = 2026-11-25", DRAFT), []);
    for day in ["2026-11-24", "2026-01-01"] {
        let stale = told("", &format!("recheck_by = {day}"), DRAFT);
        let message = format!("the source `police` should have been looked at again by {day}");
        assert_eq!(stale, [(Severity::Warning, None, message)]);
    }
}

#[test]
fn numbers_are_old_where_the_newsroom_says_from_when_on() {
    assert_eq!(told("", "as_of = 2020-01-01", DRAFT), []);
    let stale = |as_of: &str| told("[sources]\nstale_after = \"P90D\"\n", &format!("as_of = {as_of}"), DRAFT);
    assert_eq!(stale("2025-01-08"), []);
    let message = "the source `police` is as of 2025-01-07, more than 90 days before the story was published on 2025-04-08";
    assert_eq!(stale("2025-01-07"), [(Severity::Warning, None, message.to_owned())]);
}

#[test]
fn a_sentence_says_that_its_number_is_preliminary() {
    let stale = |draft: &str| told("", "status = \"preliminary\"", draft);
    let message = "the numbers of `police` are preliminary, and the sentence does not say so";
    let note = [(Severity::Note, Some("accidents".to_owned()), message.to_owned())];
    assert_eq!(stale(DRAFT), note);
    assert_eq!(stale("There were 312 accidents. Other numbers are preliminary.\n"), note);
    assert_eq!(stale("There were 312 accidents, by Preliminary counts.\n"), []);
    assert_eq!(stale("An initial count has 312 accidents.\n"), []);
    assert_eq!(told("", "status = \"final\"", DRAFT), []);
}
