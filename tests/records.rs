//! What is said of a value among those before it: records, and first times.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod newsroom;

use factcheck::system::Memory;

/// The verdict on a record, and what is found: the check's severity and message.
fn record(quote: &str, keys: &str, table: &str) -> (String, Vec<String>) {
    checked(quote, "[figure.f]\nsource = \"t\"\ngroup_by = \"when\"\ncolumn = \"n\"\n", keys, table)
}

/// The verdict on a claim over a figure `f`, and what is found.
fn checked(quote: &str, figure: &str, keys: &str, table: &str) -> (String, Vec<String>) {
    let rules = format!(
        "draft = \"draft.md\"\n[source.t]\ntitle = \"t\"\npublisher = \"p\"\nurl = \"u\"\nretrieved = 2025-04-07\n\
         file = \"t.csv\"\n{figure}\
         [[claim]]\nid = \"c\"\nquote = \"{quote}\"\n{keys}\n"
    );
    let draft = format!("So it was said: {quote}.\n");
    let files = [("claims/a.toml", rules.as_str()), ("claims/draft.md", &draft), ("claims/t.csv", table)];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let story = newsroom::checked(&Memory::new(files), "claims").into_iter().next().unwrap();
    let found =
        story.findings.iter().map(|it| format!("{} {}: {}", it.severity.name(), it.check, it.message));
    let problems = story.problems.iter().map(|problem| problem.message.clone());
    (story.claims[0].verdict.name().to_owned(), found.chain(problems).collect())
}

#[test]
fn a_record_is_held_against_all_before_it() {
    const YEARS: &str = "when,n\n2019,7\n2020,5\n2021,6\n2022,4\n2023,6\n2024,3\n";
    let of = |quote: &str, kind: &str, year: &str| {
        record(quote, &format!("record = \"{kind}\"\nformula = 'f[\"{year}\"]'"), YEARS)
    };
    let (verdict, found) = of("the highest since 2021", "highest", "2023");
    assert_eq!((verdict.as_str(), found.len()), ("supported", 0), "{found:?}");
    let (verdict, found) = of("the highest since 2020", "highest", "2023");
    assert_eq!(verdict, "refuted");
    assert!(
        found[0].starts_with("error record-refuted") && found[0].contains("equalled in 2021, with 6"),
        "{found:?}"
    );
    let (verdict, found) = of("a record high", "highest", "2023");
    assert!(verdict == "refuted" && found[0].contains("2019 was higher, with 7"), "{found:?}");
    let (verdict, found) = of("a record low", "lowest", "2024");
    assert_eq!((verdict.as_str(), found.len()), ("supported", 1));
    assert!(
        found[0].starts_with("note record-refuted") && found[0].contains("which begins in 2019"),
        "{found:?}"
    );
    let (verdict, found) = of("the highest since 2022", "highest", "2023");
    assert_eq!(verdict, "supported");
    assert!(found[0].starts_with("note") && found[0].contains("it is the highest since 2021"), "{found:?}");
    let (verdict, found) = of("the highest since 2017", "highest", "2021");
    assert!(verdict == "refuted" && found[0].contains("2019 was higher"), "{found:?}");
    let (verdict, found) = of("the lowest since 2017", "lowest", "2024");
    assert!(verdict == "undecided" && found[0].starts_with("warning record-refuted"), "{found:?}");
    assert!(found[0].contains("the series begins in 2019, after the words do"), "{found:?}");
}

#[test]
fn a_record_over_a_gap_is_not_told() {
    let table = "when,n\nJan 2025,3\nFeb 2025,2\nApr 2025,4\nMay 2025,5\n";
    let keys = "record = \"highest\"\nformula = 'f[\"2025-05\"]'";
    let (verdict, found) = record("the most since January 2025", keys, table);
    assert!(verdict == "undecided" && found[0].contains("no value for 2025-03"), "{found:?}");
    let since = format!("{keys}\nsince = \"2025-03\"");
    assert_eq!(record("the most since the spring", &since, table).0, "supported");
    let (verdict, found) = record("the most since the spring", keys, table);
    assert!(
        verdict == "unchecked" && found[0].contains("which period \"since the spring\" goes back to"),
        "{found:?}"
    );
}

#[test]
fn a_record_needs_a_value_of_a_series_in_time() {
    for (keys, table, wanted) in [
        (
            "record = \"highest\"\nformula = \"max(f)\"",
            "when,n\n2024,1\n2025,2\n",
            "a record is one value of a series",
        ),
        (
            "record = \"highest\"\nformula = 'f[\"TX\"]'",
            "when,n\nTX,1\nCA,2\n",
            "nothing comes before anything",
        ),
        (
            "record = \"highest\"\nformula = 'f[\"2025\"]'\nsince = \"2025\"",
            "when,n\n2024,1\n2025,2\n",
            "2025 is not before 2025",
        ),
        (
            "record = \"most\"\nformula = 'f[\"2025\"]'",
            "when,n\n2025,2\n",
            "`most` is none of the words known here",
        ),
        ("since = \"2024\"\nformula = 'f[\"2025\"]'", "when,n\n2025,2\n", "there is no `record`"),
    ] {
        let (verdict, found) = record("a record", keys, table);
        assert_eq!(verdict, "unchecked", "{keys}");
        assert!(found.iter().any(|it| it.contains(wanted)), "{keys}: {found:?}");
    }
}

/// Arrivals by month, with February 2020 missing.
const MONTHS: &str = "when,n\n2019-11,9000\n2019-12,12000\n2020-01,7000\n2020-03,9500\n2020-04,10000\n2020-05,10400\n\
                      2020-06,13000\n2020-07,11000\n2020-08,7500\n";

/// What is said to be so for the first time in a month.
fn first(quote: &str, month: &str, keys: &str) -> (String, Vec<String>) {
    record(quote, &format!("record = \"first\"\nformula = 'f[\"{month}\"]'\n{keys}"), MONTHS)
}

#[test]
fn a_first_time_is_refuted_by_an_earlier_one() {
    let (verdict, found) = first("the first time that more than 10,000 came in a month", "2020-06", "");
    assert_eq!(verdict, "refuted");
    let message = "\"the first time that more than 10,000 came in a month\" does not hold: it was so in 2019-12, with 12,000";
    assert_eq!(found, [format!("error record-refuted: {message}")]);
    let (verdict, found) = first("fewer than 8,000 came for the first time", "2020-08", "");
    assert!(verdict == "refuted" && found[0].contains("it was so in 2020-01, with 7,000"), "{found:?}");
    // What is wrong already as a number is told as such, and nothing else.
    let (verdict, found) = first("exceeded 14,000 for the first time", "2020-06", "");
    assert!(
        verdict == "refuted" && found.len() == 1 && found[0].starts_with("error value-refuted"),
        "{found:?}"
    );
}

#[test]
fn a_first_time_goes_back_as_far_as_its_words() {
    let (verdict, found) = first("the first time since April 2020 that more than 10,000 came", "2020-05", "");
    assert_eq!(verdict, "supported");
    // Just 10,000 in April are not more, so that the words could go back further.
    let told = "nothing in 2020-04 was so; it is the first since 2019-12";
    assert!(found[0].starts_with("note record-refuted") && found[0].contains(told), "{found:?}");
    let low = first("for the first time since January 2020, fewer than 8,000 came", "2020-08", "");
    assert!(low.0 == "undecided" && low.1[0].contains("no value for 2020-02"), "{low:?}");
    let since = first(
        "the first month below 8,000 in half a year",
        "2020-08",
        "says = \"below 8,000\"\nsince = \"2020-03\"",
    );
    assert_eq!(since.0, "supported");
    let late = first("exceeded 12,500 for the first time since 2017", "2020-06", "");
    assert_eq!(late.0, "undecided");
    assert!(late.1[0].contains("the series begins in 2019-11, after the words do"), "{late:?}");
    let gap = first("exceeded 12,500 for the first time", "2020-06", "");
    assert!(gap.0 == "undecided" && gap.1[0].starts_with("warning record-refuted"), "{gap:?}");
    let nothing = first("exceeded 8,000 for the first time", "2019-11", "");
    assert!(nothing.1[0].contains("nothing in the series comes before 2019-11"), "{nothing:?}");
    let (verdict, found) = first("dipped below 8,000 for the first time", "2020-01", "");
    assert_eq!(verdict, "supported");
    assert!(found[0].contains("holds as far back as the series goes, which begins in 2019-11"), "{found:?}");
    let (verdict, found) = first("fell below 8,000 for the first time in months", "2020-08", "");
    assert!(
        verdict == "unchecked" && found[0].contains("which period \"in months\" goes back to"),
        "{found:?}"
    );
}

#[test]
fn what_may_have_been_so_before_leaves_a_first_time_undecided() {
    let (verdict, found) = first("the first month since March 2020 with well over 10,000", "2020-06", "");
    assert_eq!(verdict, "undecided");
    assert!(found[0].contains("the words may be right of 2020-05, with 10,400"), "{found:?}");
    // The value itself must be well over.
    assert_eq!(first("the first month since March 2020 with well over 10,000", "2020-05", "").0, "refuted");
}

#[test]
fn a_verb_that_names_no_side_takes_that_of_the_value_before() {
    let (verdict, found) = first("hit 13,000 for the first time since March 2020", "2020-06", "");
    assert!(verdict == "supported" && found[0].contains("nor before it"), "{found:?}");
    let (verdict, found) =
        first("crossed the 10,000 mark for the first time since March 2020", "2020-05", "");
    assert!(verdict == "undecided" && found[0].contains("2020-04, with 10,000"), "{found:?}");
    let (verdict, found) = first("hit 7,500 for the first time since March 2020", "2020-08", "");
    assert_eq!((verdict.as_str(), found.len()), ("supported", 1), "{found:?}");
    assert!(found[0].contains("it is the first since 2020-01"), "{found:?}");
}

#[test]
fn words_that_say_no_first_time_are_not_checked() {
    for (quote, keys, wanted) in [
        ("it was 10,000 for the first time", "", "does not say from which side"),
        ("there were nearly 10,000 for the first time", "", "does not say from which side"),
        ("the second month with more than 10,000", "", "\"second\" is not the first"),
        ("had never exceeded 10,000 before", "", "says what was not so before"),
        ("the first time", "", "no number in \"the first time\""),
        ("exceeded 10,000 for the first time", "against = \"f\"", "`against` is not for a record"),
    ] {
        let (verdict, found) = first(quote, "2020-05", keys);
        assert_eq!(verdict, "unchecked", "{quote}");
        assert!(found.iter().any(|it| it.contains(wanted)), "{quote}: {found:?}");
    }
}

#[test]
fn a_first_time_is_held_in_the_unit_of_its_words() {
    let rates = "when,rate\n2021,5.3\n2022,2.9\n2023,3.1\n2024,2.8\n";
    let of = |quote: &str, year: &str| {
        let keys = format!("record = \"first\"\nformula = 'f[\"{year}\"]'");
        let figure =
            "[figure.f]\nsource = \"t\"\ngroup_by = \"when\"\ncolumn = \"rate\"\nunit = \"percent\"\n";
        checked(quote, figure, &keys, rates)
    };
    let (verdict, found) = of("the rate dropped under 3% for the first time", "2022");
    assert_eq!(verdict, "supported", "{found:?}");
    let (verdict, found) = of("the rate dropped under 3% for the first time", "2024");
    assert!(verdict == "refuted" && found[0].contains("it was so in 2022, with 2.9%"), "{found:?}");
    let (verdict, found) = of("the rate fell below $3 for the first time", "2024");
    assert!(verdict == "refuted" && found[0].starts_with("error unit-differs"), "{found:?}");
}

#[test]
fn ranks_and_counts_over_a_table_can_be_claimed() {
    let rank = |quote: &str, month: &str, place: u8| {
        record(quote, &format!("formula = 'rank(f, \"{month}\") == {place}'"), MONTHS)
    };
    assert_eq!(rank("the third-highest month", "2020-07", 3).0, "supported");
    assert_eq!(rank("the third-highest month", "2020-05", 3).0, "refuted");
    let above = |quote: &str| {
        let figure = "[figure.f]\nsource = \"t\"\ntake = \"count\"\ncolumn = \"n\"\n\
                      where = { when = { from = \"2019-12\", to = \"2020-08\" }, n = { above = 10000 } }\n";
        checked(quote, figure, "says = \"four of\"\nformula = 'f'", MONTHS)
    };
    let above = above("in four of these months more than 10,000 came");
    assert_eq!(above.0, "supported", "{above:?}");
}
