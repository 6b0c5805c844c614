use crate::hedge::Lexicon;
use crate::mention::survey;

/// The excluded numbers of a text with their rules.
fn excluded(text: &str) -> Vec<(&str, &'static str)> {
    survey(text, Lexicon::shipped()).excluded.iter().map(|it| (it.span.of(text), it.rule.name())).collect()
}

/// The quantities of a text.
fn read(text: &str) -> Vec<&str> {
    survey(text, Lexicon::shipped()).mentions.iter().map(|it| it.span.of(text)).collect()
}

#[test]
fn what_is_no_quantity_is_excluded_by_its_rule() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("on March 28, 2025, and 3 April 2025", &[("28, 2025", "date"), ("3 April 2025", "date")]),
        ("on 4/15/2024 or 2025-03-28", &[("4/15/2024", "date"), ("2025-03-28", "date")]),
        ("in 2019 officials said", &[("2019", "year")]),
        ("from 2019-20 to 2024", &[("2019-20", "year"), ("2024", "year")]),
        ("the class of '24 and the '80s", &[("'24", "year"), ("'80s", "decade")]),
        ("the 1990s, in her 30s", &[("1990s", "decade"), ("30s", "decade")]),
        ("at 7:30 p.m., from 9am, 7-9 p.m.", &[("7:30 p.m.", "time"), ("9am", "time"), ("7-9 p.m.", "time")]),
        ("the 06.41 to Tarn; 0.41 and 06.41%", &[("06.41", "time")]),
        ("see pp. 40 and 41, for Grades 7 to 9", &[("40 and 41", "marker"), ("7 to 9", "marker")]),
        ("in phases 1 and 12 people", &[("1", "marker")]),
        ("by 0940 GMT, since A.D. 800, 300 BC", &[("0940 GMT", "time"), ("800", "year"), ("300 BC", "year")]),
        ("P.O. Box 4410, Dover, DE 19903", &[("4410", "address"), ("19903", "identifier")]),
        ("on OrloOS 5.2, file CR/24/55", &[("5.2", "version"), ("24/55", "name")]),
        ("the 21st district, No. 3 seed", &[("21st", "ordinal"), ("3", "ordinal")]),
        ("Section 4, page 12, Phase 2", &[("4", "marker"), ("12", "marker"), ("2", "marker")]),
        ("See p. 12, and pp. 40 ff.", &[("12", "marker"), ("40", "marker")]),
        (
            "(at www.example.org/24, or https://a.org/5.)",
            &[("www.example.org/24", "web"), ("https://a.org/5", "web")],
        ),
        ("won 3-1 after a 24–17 win", &[("3-1", "score"), ("24–17", "score")]),
        ("in a 5-4 vote, a 10-4-1 record", &[("5-4", "score"), ("10-4-1", "score")]),
        ("v2.0 of 1.2.3 on iOS 17.2", &[("v2.0", "version"), ("1.2.3", "version"), ("17.2", "version")]),
        ("an F-16 and COVID-19 and the G7", &[("F-16", "name"), ("COVID-19", "name"), ("G7", "name")]),
        (
            "with Orlo 7 Pro, the Galaxy S24 or an iPhone 15",
            &[("7", "name"), ("S24", "name"), ("15", "name")],
        ),
        ("at .0e29", &[(".0e29", "digits")]),
        ("ten0 and once7", &[("ten0", "name"), ("once7", "name")]),
        ("on Route 66 after 9/11", &[("66", "name"), ("9/11", "name")]),
        ("call 555-010-0147", &[("555-010-0147", "phone")]),
        ("case 24-cv-01234 under permit 240317", &[("24-cv-01234", "identifier"), ("240317", "identifier")]),
        ("at 1420 Elm Street and 10 Downing Street", &[("1420", "address"), ("10", "address")]),
        (
            "at 2207 Calle Olmo, near 6 Gleisweg, said Witness 2 on HC 417",
            &[("2207", "address"), ("6", "address"), ("2", "marker"), ("417", "citation")],
        ),
        ("under 42 U.S.C. § 1983", &[("42 U.S.C. § 1983", "citation")]),
        ("House Bill 212 and H.R. 4521", &[("212", "citation"), ("4521", "citation")]),
        (
            "see https://example.org/2024/5 or ask ann5@example.org",
            &[("https://example.org/2024/5", "web"), ("ann5@example.org", "web")],
        ),
        ("as it said[3] then", &[("[3]", "footnote")]),
        ("one of them, once", &[("one", "idiom"), ("once", "idiom")]),
        ("the first half", &[("half", "idiom")]),
    ];
    for (text, expected) in cases {
        assert_eq!(excluded(text), *expected, "{text}");
    }
}

#[test]
fn quantities_beside_such_words_stay_quantities() {
    let cases: &[(&str, &[&str])] = &[
        ("In Harwick 12 people died", &["12"]),
        ("In March 11 million people came", &["11 million"]),
        ("it took 10-12 percent", &["10-12 percent"]),
        ("ages 5-11", &["5-11"]),
        ("no 5 men agree", &["5"]),
        ("about 2,000 people, 2000 residents", &["2,000", "2000"]),
        ("one person died", &["one"]),
        ("all but one of the five left", &["one", "five"]),
        ("twice the rate; double the rate", &["twice", "double"]),
        ("the 2,000-page bill", &["2,000"]),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text), *expected, "{text}");
    }
}
