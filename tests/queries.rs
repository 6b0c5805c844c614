//! Figures that queries give: from rules to verdicts, with the features that run them and without.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod newsroom;

use factcheck::hedge::Verdict;
use factcheck::system::Memory;

const DRAFT: &str = "The agency removed 37 people in March, 20 of them in the second half.\n";
const TABLE: &str = "half,removals\nfirst,17\nsecond,20\n";

/// A story with these sources and figures; its claims are about `total` and `second`.
fn story(rules: &str) -> (Vec<(String, Verdict)>, Vec<String>) {
    let rules = format!(
        "draft = \"../draft.md\"\n{rules}\n\
         [[claim]]\nid = \"total\"\nquote = \"37 people\"\nformula = \"total\"\n\
         [[claim]]\nid = \"second\"\nquote = \"20 of them\"\nformula = \"second\"\n"
    );
    let system =
        Memory::new([("claims/story.toml", rules.as_str()), ("draft.md", DRAFT), ("ice.csv", TABLE)]);
    let story = newsroom::checked(&system, "claims").remove(0);
    let verdicts = story.claims.iter().map(|claim| (claim.id.to_string(), claim.verdict));
    let told = |problem: &factcheck::engine::Problem| match &problem.help {
        Some(help) => format!("{}; {help}", problem.message),
        None => problem.message.clone(),
    };
    (verdicts.collect(), story.problems.iter().map(told).collect())
}

const OF_SOURCES: &str = "[source.ice]\nfile = \"../ice.csv\"\n\
    [figure.total]\nsql = \"select sum(removals) from ice\"\n\
    [figure.second]\nsql = \"select half, removals from ice\"\ncolumn = \"removals\"\ngroup_by = \"half\"\n";

/// Every claim of a story, each with its verdict.
fn verdicts(total: Verdict, second: Verdict) -> Vec<(String, Verdict)> {
    vec![("total".to_owned(), total), ("second".to_owned(), second)]
}

#[cfg(not(feature = "sql"))]
#[test]
fn a_build_without_sql_says_what_it_needs_and_leaves_the_claims_unchecked() {
    let (came, problems) = story(OF_SOURCES);
    assert_eq!(came, verdicts(Verdict::Unchecked, Verdict::Unchecked));
    let message = "the query of `total`: this needs the feature `sql`, which this factcheck was built without; \
                   install one that has it: cargo install factcheck --features sql --profile engine";
    assert!(problems.iter().any(|problem| problem.starts_with(message)), "{problems:?}");
}

#[cfg(feature = "sql")]
#[test]
fn sources_are_tables_of_a_query() {
    let (came, problems) = story(
        &OF_SOURCES
            .replace("[figure.second]", "[figure.halves]")
            .replace("[source.ice]", "[figure.second]\nformula = \"halves[\\\"second\\\"]\"\n[source.ice]"),
    );
    assert_eq!((came, problems), (verdicts(Verdict::Supported, Verdict::Supported), Vec::new()));
    let (came, _) = story(&OF_SOURCES.replace("sum(removals)", "sum(removals) + 1"));
    assert_eq!(came[0].1, Verdict::Refuted);
}

#[cfg(feature = "sql")]
#[test]
fn what_is_wrong_with_a_query_is_said_at_its_place() {
    for (query, told) in [
        ("select sum(removals) from icce", "unknown source `icce`; did you mean `ice`?"),
        ("select sum(removal) from ice", "unknown column `removal`; did you mean `removals`?"),
        ("select removals from ice", "the query gives 2 rows, and the figure is one value"),
        ("select sum(removals) from ice where half = 'x'", "the query gives NULL"),
        ("select half from ice where half = 'first'", "no number in column `half` on row 1: `first`"),
        ("select sum(half) from ice", "`sum` cannot be taken of texts"),
        ("delete from ice", "this query is not run"),
    ] {
        let (came, problems) = story(&OF_SOURCES.replace("select sum(removals) from ice", query));
        assert_eq!(came[0].1, Verdict::Unchecked, "{query}");
        assert!(problems.iter().any(|problem| problem.contains(told)), "{query}: {problems:?}");
    }
}

const OF_DATABASE: &str = "[source.desk]\ndatabase = \"DATABASE\"\n\
    [figure.total]\nsource = \"desk\"\nsql = \"select 37\"\n[figure.second]\nvalue = 20\n";

#[test]
fn a_database_that_cannot_be_named_is_told() {
    for (named, told) in [
        ("desk.sqlite", "desk.sqlite: "),
        ("newsroom", "the connection of `newsroom` is not known; set FACTCHECK_DATABASE_NEWSROOM to it"),
        ("postgres://me:secret@db.example/desk", "the source `desk` has a password in its rule file"),
        ("mysql://db.example/desk", "the source `desk`: no such kind of database"),
    ] {
        let (came, problems) = story(&OF_DATABASE.replace("DATABASE", named));
        assert_eq!(came, verdicts(Verdict::Unchecked, Verdict::Supported), "{named}");
        let [problem] = &problems[..] else { panic!("{problems:?}") };
        assert!(problem.contains(told), "{problem}");
        assert!(!problem.contains("secret"), "{problem}");
    }
}

#[cfg(not(feature = "databases"))]
#[test]
fn a_build_without_databases_says_so() {
    let (came, problems) = story(&OF_DATABASE.replace("DATABASE", "postgres://db.example/desk"));
    assert_eq!(came, verdicts(Verdict::Unchecked, Verdict::Supported));
    let [problem] = &problems[..] else { panic!("{problems:?}") };
    assert!(problem.contains("this needs the feature `databases`"), "{problem}");
}

#[test]
fn a_database_has_no_cells_and_a_query_no_conditions() {
    let (_, problems) = story(
        "[source.desk]\ndatabase = \"desk.sqlite\"\n[figure.total]\nsource = \"desk\"\ncolumn = \"n\"\n\
         [figure.second]\nsource = \"desk\"\nsql = \"select 1\"\nwhere = { n = 1 }\n",
    );
    for told in [
        "`desk` is a database, and has no cells that rules could name",
        "`where` is not for a figure with `sql`; say it in the query",
    ] {
        assert!(problems.iter().any(|problem| problem.contains(told)), "{told}: {problems:?}");
    }
}

/// The verdicts of the story whose every figure is a query.
fn of_loans() -> Vec<(String, Verdict)> {
    let story = newsroom::checked(&factcheck::system::Disk, "fixtures/library-loans/claims").remove(0);
    story.claims.iter().map(|claim| (claim.id.to_string(), claim.verdict)).collect()
}

#[cfg(feature = "sql")]
#[test]
fn a_story_rests_on_queries() {
    let (refuted, supported): (Vec<_>, Vec<_>) =
        of_loans().into_iter().partition(|(_, verdict)| *verdict == Verdict::Refuted);
    assert_eq!(refuted, [("harbour".to_owned(), Verdict::Refuted)]);
    assert_eq!(supported.len(), 7);
    assert!(supported.iter().all(|(_, verdict)| *verdict == Verdict::Supported), "{supported:?}");
}

#[cfg(not(feature = "sql"))]
#[test]
fn no_claim_of_such_a_story_is_clean_in_a_build_that_runs_no_query() {
    let claims = of_loans();
    assert_eq!(claims.len(), 8);
    assert!(claims.iter().all(|(_, verdict)| *verdict == Verdict::Unchecked), "{claims:?}");
}
