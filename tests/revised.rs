//! Figures that are known in several versions.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod newsroom;

use factcheck::engine::StoryOutcome;
use factcheck::finding::Severity;
use factcheck::hedge::Verdict;
use factcheck::system::Memory;

/// A story that says `said`, and rests on a figure.
fn checked(published: &str, said: &str, figure: &str, formula: &str) -> StoryOutcome<'static> {
    let rules = format!(
        "draft = \"../draft.md\"\n{published}\n[source.cbp]\nfile = \"../border.csv\"\nkey = \"month\"\n\
         [figure.march]\n{figure}\n[[claim]]\nid = \"march\"\nquote = \"{said}\"\nformula = \"{formula}\"\n"
    );
    let draft = format!("Last spring {said} were stopped.\n");
    let system = Memory::new([
        ("claims/story.toml", rules.as_str()),
        ("draft.md", draft.as_str()),
        ("border.csv", "month,stops,share\nmarch,7181,4.5\n"),
    ]);
    newsroom::checked(&system, "claims").remove(0)
}

fn verdict(story: &StoryOutcome<'_>) -> (Verdict, Option<Severity>) {
    assert!(story.problems.is_empty(), "{:?}", story.problems);
    let revised = story.findings.iter().find(|finding| finding.check == "source-revised");
    (story.claims[0].verdict, revised.map(|finding| finding.severity))
}

const APRIL: &str = "published = 2025-04-08";
const OCTOBER: &str = "published = 2025-10-01";
const STATED: &str = "value = \"7,181\"\nrevised = { value = \"7,180\", on = 2025-09-20 }";
const CELL: &str = "source = \"cbp\"\nwhere = { month = \"march\" }\ncolumn = \"stops\"\nrevised = { value = 7180, on = 2025-09-20 }";

#[test]
fn a_claim_holds_against_the_version_of_its_day() {
    for figure in [STATED, CELL] {
        let on = |published: &str, said: &str| verdict(&checked(published, said, figure, "march"));
        assert_eq!(on(APRIL, "7,181"), (Verdict::Supported, Some(Severity::Warning)));
        assert_eq!(on(APRIL, "nearly 7,200"), (Verdict::Supported, Some(Severity::Note)));
        assert_eq!(on(APRIL, "exactly 7,180"), (Verdict::Refuted, Some(Severity::Warning)));
        assert_eq!(on(OCTOBER, "7,181"), (Verdict::Refuted, None));
        assert_eq!(on("published = 2025-09-20", "7,180"), (Verdict::Supported, None));
        assert_eq!(on("", "7,180"), (Verdict::Supported, None));
    }
    let story = checked(APRIL, "7,181", STATED, "march");
    let finding = story.findings.iter().find(|finding| finding.check == "source-revised").unwrap();
    assert_eq!(
        finding.message,
        "the figure behind \"7,181\" was revised on 2025-09-20: by the later version the claim would be refuted"
    );
    assert_eq!(finding.notes, ["march\n  when published: 7,181\n  from 2025-09-20: 7,180"]);
    let places: Vec<&str> = finding.labels.iter().map(|label| label.excerpt.marked()).collect();
    assert_eq!(places, ["7,181", "{ value = \"7,180\", on = 2025-09-20 }"]);
}

#[test]
fn it_is_told_of_what_is_computed_from_it() {
    let story = checked(APRIL, "14,362", STATED, "2 * march");
    assert_eq!(verdict(&story), (Verdict::Supported, Some(Severity::Warning)));
    assert_eq!(story.claims[0].comparison.as_ref().unwrap().nominal.to_string(), "14362");
}

#[test]
fn of_several_versions_the_last_one_before_publication_counts() {
    let figure = "value = \"7,181\"\nrevised = [{ value = \"7,180\", on = 2025-06-01 }, { value = \"7,100\", on = 2025-09-20 }]";
    let on = |published: &str, said: &str| verdict(&checked(published, said, figure, "march")).0;
    assert_eq!(on("published = 2025-05-31", "7,181"), Verdict::Supported);
    assert_eq!(on("published = 2025-06-01", "7,180"), Verdict::Supported);
    assert_eq!(on(OCTOBER, "exactly 7,100"), Verdict::Supported);
    let story = checked("published = 2025-06-01", "7,180", figure, "march");
    assert!(story.findings.iter().any(|finding| finding.message.contains("2025-09-20")));
}

#[test]
fn a_version_is_in_the_unit_of_the_first() {
    let figure = |revised: &str| {
        format!(
            "source = \"cbp\"\nwhere = {{ month = \"march\" }}\ncolumn = \"share\"\nunit = \"percent\"\nrevised = {{ value = {revised}, on = 2025-09-20 }}"
        )
    };
    for revised in ["4.7", "\"4.7\"", "\"4.7%\""] {
        assert_eq!(
            verdict(&checked(OCTOBER, "4.7%", &figure(revised), "march")).0,
            Verdict::Supported,
            "{revised}"
        );
    }
    let story = checked(OCTOBER, "4.7%", &figure("\"$5\""), "march");
    assert!(story.problems[0].message.contains("in USD"), "{:?}", story.problems);
    assert_eq!(story.claims[0].verdict, Verdict::Unchecked);
}

#[test]
fn what_is_wrong_with_a_version_is_said_in_its_place() {
    let told = |figure: &str| {
        let story = checked(OCTOBER, "7,180", figure, "march");
        let problem = &story.problems[0];
        (problem.excerpt.as_ref().unwrap().marked().to_owned(), problem.message.clone())
    };
    let version = "{ value = \"7,180\", on = 2025-09-20 }";
    assert_eq!(
        told("value = 1\nrevised = 7180").1,
        "`revised`: expected a table, or a list of tables, found an integer"
    );
    assert_eq!(told("value = 1\nrevised = { value = 2 }").1, "missing key `on`");
    assert_eq!(told("value = 1\nrevised = { on = 2025-09-20 }").1, "missing key `value`");
    assert_eq!(told(&format!("formula = \"1 + 1\"\nrevised = {version}")).0, version);
    let twice = told(&format!("value = 1\nrevised = [{version}, {version}]"));
    assert_eq!(
        twice,
        ("2025-09-20".to_owned(), "this version does not come after the one before it".to_owned())
    );
    assert!(told("value = 1\nrevised = { value = \"many of them\", on = 2025-09-20 }").0.contains("many"));
}
