//! What rules take from tables: rows by ranges and lists, series, and what is said of a rule that asks for nonsense.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod newsroom;

use factcheck::engine::{ClaimOutcome, StoryOutcome};
use factcheck::system::Memory;

/// Deaths by day and state, with a row of which nobody knows the day.
const TABLE: &str = "day,state,fips,deaths\n2025-01-19,TX,48201,1\n2025-01-20,TX,48113,2\n2025-02-11,CA,06037,4\n\
                     2025-03-30,TX,48029,8\n2025-03-31,NM,35001,16\n";

/// A story with one claim of a figure, which is defined by these lines.
fn story(figure: &str, table: &str, formula: &str) -> StoryOutcome<'static> {
    let rules = format!(
        "draft = \"draft.md\"\n[source.t]\ntitle = \"t\"\npublisher = \"p\"\nurl = \"u\"\nretrieved = 2025-04-07\n\
         file = \"t.csv\"\n[figure.f]\nsource = \"t\"\n{figure}\n\
         [[claim]]\nid = \"c\"\nquote = \"14 died\"\nformula = '{formula}'\n"
    );
    let files =
        [("claims/a.toml", rules.as_str()), ("claims/draft.md", "So 14 died.\n"), ("claims/t.csv", table)];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    newsroom::checked(&Memory::new(files), "claims").into_iter().next().unwrap()
}

/// What the figure comes to, or what is wrong with it.
fn taken(figure: &str) -> Result<String, String> {
    let story = story(figure, TABLE, "f");
    let problem = story.problems.first().map(|problem| match &problem.help {
        Some(help) => format!("{}: {help}", problem.message),
        None => problem.message.clone(),
    });
    let value = |claim: &ClaimOutcome<'_>| claim.comparison.as_ref().map(|it| it.nominal.to_string());
    match problem {
        Some(problem) => Err(problem),
        None => Ok(story.claims.first().and_then(value).unwrap()),
    }
}

fn sum_where(rows: &str) -> Result<String, String> {
    taken(&format!("where = {{ {rows} }}\ncolumn = \"deaths\"\ntake = \"sum\""))
}

#[test]
fn rows_are_taken_by_lists_ranges_and_beginnings() {
    for (rows, sum) in [
        ("state = \"CA\"", "4"),
        ("state = [\"CA\", \"NM\"]", "20"),
        ("state = { not = \"TX\" }", "20"),
        ("state = { not = [\"TX\", \"NM\"] }", "4"),
        ("day = 2025-02-11", "4"),
        ("day = { from = 2025-01-20, to = 2025-03-30 }", "14"),
        ("day = { from = \"2025-01-20\", to = \"2025-03-30\" }", "14"),
        ("day = { from = \"2025-02\", to = \"2025-03\" }", "28"),
        ("day = { to = \"2025-Q1\" }", "31"),
        ("deaths = { at_least = 8 }", "24"),
        ("deaths = { above = 8 }", "16"),
        ("deaths = { below = 4 }", "3"),
        ("deaths = { from = 2, to = 4 }", "6"),
        ("fips = { prefix = \"48\" }, day = { from = 2025-01-20 }", "10"),
    ] {
        assert_eq!(sum_where(rows).as_deref(), Ok(sum), "{rows}");
    }
}

/// What a formula over the figure comes to, or why it comes to nothing.
fn computed(figure: &str, formula: &str) -> Result<String, String> {
    let figure = format!("{figure}\n[figure.g]\nformula = '{formula}'");
    let story = story(&figure, TABLE, "g");
    let claim = &story.claims[0];
    match (&claim.comparison, story.problems.first()) {
        (Some(comparison), _) => Ok(comparison.nominal.to_string()),
        (None, Some(problem)) => Err(problem.message.clone()),
        (None, None) => Err(claim.reason.as_ref().unwrap().to_string()),
    }
}

#[test]
fn a_figure_by_key_is_a_series() {
    let by_state = "group_by = \"state\"\ncolumn = \"deaths\"\ntake = \"sum\"";
    for (formula, value) in [
        ("max(f)", "16"),
        ("f[\"TX\"]", "11"),
        ("count(f)", "3"),
        ("rank(f, \"TX\")", "2"),
        ("rank(f)", "1"),
        ("sum(f) - f[\"CA\"]", "27"),
    ] {
        assert_eq!(computed(by_state, formula).as_deref(), Ok(value), "{formula}");
    }
    let counted =
        "group_by = \"state\"\ncolumn = \"deaths\"\ntake = \"count\"\nwhere = { state = { not = \"NM\" } }";
    assert_eq!(computed(counted, "max(f)").as_deref(), Ok("3"));
    let by_day = "group_by = \"day\"\ncolumn = \"deaths\"";
    assert_eq!(computed(by_day, "f[\"2025-01-20\"] + rank(f)").as_deref(), Ok("3"));
    for (figure, formula, wanted) in [
        (by_state, "f", "`f` is a series (3 values), and one number is needed here"),
        (by_state, "f[\"XT\"]", "no key `XT` (3 values); did you mean `TX`?"),
        (
            "group_by = \"state\"\ncolumn = \"deaths\"",
            "max(f)",
            "3 rows where `state` is `TX` (lines 2, 3, 5)",
        ),
        ("group_by = \"stat\"\ncolumn = \"deaths\"", "max(f)", "no column `stat`"),
        ("column = \"deaths\"\ntake = \"sum\"", "f[\"TX\"]", "`f` is one value and no series"),
        (by_day, "t[\"2025\"]", "names a row of a source, and no column"),
    ] {
        let error = computed(figure, formula).unwrap_err();
        assert!(error.contains(wanted), "{formula}: {error}");
    }
    let no_key = story(by_state, "day,state,deaths\n2025-01-19,TX,1\n2025-01-20,,2\n", "max(f)");
    assert!(
        no_key.problems[0].message.contains("nothing in column `state` on line 3"),
        "{:?}",
        no_key.problems
    );
}

#[test]
fn without_take_one_row_is_meant() {
    let one = |rows: &str| taken(&format!("where = {{ {rows} }}\ncolumn = \"deaths\""));
    assert_eq!(one("day = { from = 2025-03-31 }").as_deref(), Ok("16"));
    assert!(one("state = [\"CA\", \"NM\"]").unwrap_err().contains("2 rows where `state` is `CA` or `NM`"));
}

#[test]
fn nonsense_in_a_condition_is_told_where_it_stands() {
    for (rows, wanted) in [
        ("day = { form = 2025-01-20 }", "unknown key `form`: did you mean `from`?"),
        ("day = { from = \"January\" }", "`January` is no period"),
        ("day = { from = 2025-03-30, to = 2025-01-20 }", "the range ends before it begins"),
        ("deaths = { above = 4, at_most = 4 }", "the range ends before it begins"),
        ("deaths = { above = \"4\" }", "expected a number, without quotation marks"),
        ("day = { }", "`day`: no bounds: the bounds are `from`, `to`"),
        ("state = []", "`state` may be none of no values"),
        ("state = { from = 2025-01-20 }", "`TX` in column `state` is no date"),
        ("state = { at_least = 1 }", "`TX` in column `state` is no number"),
        ("state = \"XT\"", "did you mean `TX`?"),
    ] {
        let error = sum_where(rows).unwrap_err();
        assert!(error.contains(wanted), "{rows}: {error}");
    }
}
