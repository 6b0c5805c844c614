//! Two ways to one number.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod newsroom;

use factcheck::engine::StoryOutcome;
use factcheck::finding::Severity;
use factcheck::system::Memory;

const TABLE: &str = "sector,stops\nnorth,4100\nsouth,3081\n";

/// A story about `total`, with these figures besides.
fn checked(figures: &str) -> StoryOutcome<'static> {
    let rules = format!(
        "draft = \"../draft.md\"\n[source.table]\nfile = \"../stops.csv\"\nkey = \"sector\"\n{figures}\n\
         [[claim]]\nid = \"total\"\nquote = \"7,181 were stopped\"\nformula = \"total\"\n"
    );
    let system = Memory::new([
        ("claims/story.toml", rules.as_str()),
        ("draft.md", "7,181 were stopped.\n"),
        ("stops.csv", TABLE),
    ]);
    newsroom::checked(&system, "claims").remove(0)
}

fn found(story: &StoryOutcome<'_>) -> Vec<(Severity, String, String)> {
    let of = story.findings.iter().filter(|finding| finding.check == "cross-check-differs");
    of.map(|finding| (finding.severity, finding.message.clone(), finding.notes.join("\n"))).collect()
}

#[test]
fn cells_that_no_claim_uses_are_added_up() {
    let agreed =
        checked("[figure.total]\nvalue = 7181\ncross_check = \"table.north.stops + table.south.stops\"");
    assert!(found(&agreed).is_empty() && agreed.problems.is_empty(), "{agreed:?}");
    let differs = checked(
        "[figure.total]\nvalue = 7181\n[figure.other]\nvalue = 7182\ncross_check = \"table.north.stops + table.south.stops\"",
    );
    let [(severity, message, notes)] = &found(&differs)[..] else { unreachable!("{differs:?}") };
    assert_eq!(*severity, Severity::Error);
    assert_eq!(
        message,
        "the figure `other` is 7,182, and `table.north.stops + table.south.stops` gives 7,181"
    );
    assert!(notes.ends_with("apart  by    1"), "{notes}");
    let finding = differs.findings.iter().find(|finding| finding.check == "cross-check-differs").unwrap();
    let places: Vec<&str> = finding.labels.iter().map(|label| label.excerpt.marked()).collect();
    assert_eq!(places[0], "\"table.north.stops + table.south.stops\"");
    assert!(places.contains(&"4100") && places.contains(&"3081") && places.contains(&"other"), "{places:?}");
}

#[test]
fn what_is_known_coarsely_is_held_by_where_it_lies() {
    let with = |value: &str| {
        let story = checked(&format!(
            "[figure.total]\nvalue = 7181\ncross_check = \"other\"\n[figure.other]\n{value}"
        ));
        found(&story).first().map(|(severity, ..)| *severity)
    };
    assert_eq!(with("value = \"more than 7,000\""), None);
    assert_eq!(with("value = \"more than 7,200\""), Some(Severity::Error));
    assert_eq!(with("value = 7200\nprecision = \"100\""), None);
    assert_eq!(with("value = \"7,200\""), Some(Severity::Note));
    assert_eq!(with("value = \"7,200\"\nexact = true"), Some(Severity::Error));
    assert_eq!(with("value = 7181\nunit = \"USD\""), None, "a number without a unit takes the other's");
}

#[test]
fn units_that_differ_are_no_agreement() {
    let story = checked(
        "[figure.total]\nvalue = 7181\nunit = \"people\"\ncross_check = \"other\"\n[figure.other]\nvalue = 7181\nunit = \"USD\"",
    );
    let [(Severity::Error, message, _)] = &found(&story)[..] else { unreachable!("{story:?}") };
    assert!(message.contains("gives USD 7,181"), "{message}");
}

#[test]
fn what_is_wrong_with_it_is_said_in_its_place() {
    let told = |check: &str| {
        let story = checked(&format!(
            "[figure.total]\nvalue = 7181\ncross_check = \"{check}\"\n[figure.twice]\nformula = \"2 * total\""
        ));
        let problem = &story.problems[0];
        let marked = problem.excerpt.as_ref().unwrap().marked().to_owned();
        (marked, problem.message.clone(), problem.help.clone().unwrap_or_default())
    };
    let unknown = told("1 + twce");
    assert_eq!((unknown.0.as_str(), unknown.2.as_str()), ("twce", "did you mean `twice`?"));
    let itself = told("twice / 2");
    assert_eq!(
        (itself.0.as_str(), itself.1.as_str()),
        ("twice", "the figure `total` is checked against itself")
    );
    assert!(told("1 +").1.contains("expected"), "{:?}", told("1 +"));
}
