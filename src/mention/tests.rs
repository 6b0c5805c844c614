//! What is read, and what is not.

use proptest::prelude::*;

use super::*;
use crate::hedge::Lexicon;

/// Text, value or bounds, unit and hedge of each mention.
fn told(text: &str) -> Vec<String> {
    read(text, Lexicon::shipped())
        .iter()
        .map(|mention| {
            let value = match mention.reading {
                Reading::One(written) => written.value.normalize().to_string(),
                Reading::Range(a, b) => format!("{}..{}", a.value.normalize(), b.value.normalize()),
                Reading::Margin(written, margin) => format!("{}±{margin}", written.value.normalize()),
                Reading::Vague(interval) => interval.to_string(),
            };
            let hedge =
                if mention.hedge == Hedge::Plain { String::new() } else { format!(" {:?}", mention.hedge) };
            format!("{} = {value} {}{hedge}", mention.span.of(text), mention.unit)
        })
        .collect()
}

#[test]
fn sentences_are_read_as_editors_read_them() {
    let cases: &[(&str, &[&str])] = &[
        ("more than the 12,700 people", &["12,700 = 12700 number Above"]),
        (
            "only by a little more than 5%, from $9 billion to $9.5 billion",
            &["5% = 5 percent JustAbove", "$9 billion = 9000000000 USD", "$9.5 billion = 9500000000 USD"],
        ),
        ("On March 28, 2025, it counted 11,012 of them.", &["11,012 = 11012 number"]),
        ("from March 1 to 28, about 12,300 people", &["12,300 = 12300 number About"]),
        ("a fine of $998 a day in 2025", &["$998 a day = 998 USD per day"]),
        (
            "1 million deportations a year, about 83,000 a month",
            &[
                "1 million deportations a year = 1000000 number per month",
                "83,000 a month = 83000 number per month About",
            ],
        ),
        ("between 5 and 6 percent", &["between 5 and 6 percent = 5..6 percent"]),
        ("cost $26 and $31 million", &["$26 = 26000000 USD", "$31 million = 31000000 USD"]),
        ("$1bn–$2bn", &["$1bn–$2bn = 1000000000..2000000000 USD"]),
        (
            "rose 1.5 percentage points to 4.25%",
            &["1.5 percentage points = 1.5 percentage points", "4.25% = 4.25 percent"],
        ),
        ("One cell in four is empty", &["One cell in four = 0.25 ratio"]),
        ("four rows in five were lost", &["four rows in five = 0.8 ratio"]),
        ("four people in five cars", &["four = 4 number", "five = 5 number"]),
        ("lost SFr38mn, over a 6ft fence", &["SFr38mn = 38000000 CHF", "6ft = 6 metres"]),
        ("under a £1.4bn programme, over £5m", &["£1.4bn = 1400000000 GBP", "£5m = 5000000 GBP Above"]),
        ("one in five, or 8 out of 10", &["one in five = 0.2 ratio", "8 out of 10 = 0.8 ratio"]),
        (
            "twice as many; three times the rate; three times a week",
            &["twice = 2 ratio", "three times = 3 ratio", "three times a week = 3 number per day"],
        ),
        ("12 per 100,000 residents", &["12 per 100,000 = 12 per 100000"]),
        (
            "dozens of people, hundreds of thousands of birds",
            &["dozens = [20, 200] number", "hundreds of thousands = [200000, 2000000] number"],
        ),
        ("−5% or -3.2, 2020-21", &["−5% = -5 percent", "-3.2 = -3.2 number"]),
        ("the first 70 days", &["70 days = 70 days"]),
        (
            "5,000 or more, at least 20, 117,000+",
            &["5,000 = 5000 number AtLeast", "20 = 20 number AtLeast", "117,000 = 117000 number AtLeast"],
        ),
        ("at 5:30 p.m. on the 3rd, version 1.2.3 of https://a.org/55", &[]),
        ("two-thirds of the F-16s in Q3", &["two-thirds = 0.6666666666666666666666666667 ratio"]),
        ("40 ± 3 points", &["40 ± 3 = 40±3 number"]),
        ("No one knew. Once there, one of them left.", &[]),
        ("USD 998, 70 euros and 30 cents", &["USD 998 = 998 USD", "70 euros and 30 cents = 70.3 EUR"]),
        ("1. First of 12 items", &["12 = 12 number"]),
        (
            "5 feet 6 inches and two hours and 30 minutes, 3 dollars and 50 cents",
            &[
                "5 feet 6 inches = 66 metres",
                "two hours and 30 minutes = 150 days",
                "3 dollars and 50 cents = 3.5 USD",
            ],
        ),
        (
            "three days and 2 months, 2 hours and 90 minutes",
            &["three days = 3 days", "2 months = 2 months", "2 hours = 2 days", "90 minutes = 90 days"],
        ),
        ("on 5/17/2018, Rs 20 and US$5", &["Rs 20 = 20 INR", "US$5 = 5 USD"]),
        ("at one point three men, the one point five", &["three = 3 number", "one point five = 1.5 number"]),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text), *expected, "{text}");
    }
}

#[test]
fn hedges_and_units_are_found_around_a_number() {
    let cases: &[(&str, &[&str])] = &[
        (
            "all but two of them; all but doubled; at least the next 12 months",
            &["two = 2 number", "doubled = 2 ratio JustBelow", "12 months = 12 months AtLeast"],
        ),
        ("Over 14 months they took 20 cars or more", &["14 months = 14 months", "20 = 20 number AtLeast"]),
        (
            "This month fewer than 300 came, 5 months fewer than 300",
            &["300 = 300 number Below", "5 months = 5 months", "300 = 300 number"],
        ),
        ("children under 12 and the over-65s", &["12 = 12 months Below", "65s = 65 months Above"]),
        ("plus or minus 3.5 percentage points", &["3.5 percentage points = 3.5 percentage points"]),
        ("40-odd years, 20-plus miles", &["40 = 40 months About", "20 = 20 metres AtLeast"]),
        (
            "an 800g loaf, 5g networks, 5g of salt",
            &["800g = 800 kilograms", "5 = 5 number", "5g = 5 kilograms"],
        ),
        ("over the final 400m. The first 400m people", &["400m = 400 metres", "400m = 400000000 number"]),
        (
            "deeper than 6,000m in places, £6,000m",
            &["6,000m = 6000 metres Above", "£6,000m = 6000000000 GBP"],
        ),
        ("2.8 times EBITDA, 3 Danish crowns", &["2.8 times = 2.8 ratio", "3 Danish crowns = 3 DKK"]),
        (
            "four minutes, 40 seconds; 3 years, 2 months, 5 days",
            &[
                "four minutes, 40 seconds = 280 days",
                "3 years = 3 months",
                "2 months = 2 months",
                "5 days = 5 days",
            ],
        ),
        (
            "the majority she needed, by a majority of 19; a majority of voters and most will stay",
            &["19 = 19 number", "a majority = (0.5, 1] ratio", "most = (0.5, 1] ratio"],
        ),
        ("test scores of pupils, scores of pupils", &["scores = [30, 200] number"]),
        (
            "for a sixth week, a third off, a straight double-double",
            &["a third = 0.3333333333333333333333333333 ratio"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text), *expected, "{text}");
    }
}

#[test]
fn one_quantity_is_read_whole() {
    let whole = |text: &str| read_whole(text, Lexicon::shipped());
    assert_eq!(whole("exceeded 117,000").unwrap().hedge, Hedge::Above);
    assert_eq!(whole("2024").unwrap().span.of("2024"), "2024");
    assert!(matches!(whole("nearly"), Err(ReadError::NoNumber(_))));
    assert!(matches!(whole("5% of 300"), Err(ReadError::LeftOver { .. })));
}

#[test]
fn long_texts_take_linear_time() {
    for text in [
        "9".repeat(300_000),
        ",".repeat(300_000),
        "one hundred and ".repeat(10_000),
        "$".repeat(300_000),
        "-1".repeat(10_000),
        "a ".repeat(30_000),
        "a,".repeat(150_000),
        "111,".repeat(75_000),
        "1,".repeat(150_000),
        "111 ".repeat(75_000),
        "½".repeat(150_000),
        "two and ".repeat(30_000),
        "one point one ".repeat(20_000),
    ] {
        let start = std::time::Instant::now();
        _ = read(&text, Lexicon::shipped());
        assert!(start.elapsed().as_secs() < 10, "{} bytes of {:?}", text.len(), &text[..4]);
    }
}

proptest! {
    /// Every number is there once: what is read and what is excluded stand apart, on whole characters.
    #[test]
    fn no_number_is_counted_twice(text in "\\PC{0,60}|([$£½0-9.,:%/'# -]|No\\.|§|[A-Z]|to|and|million|a|one|half|p\\.m\\.|March|Street|in|per|day|vote|©|–|\n){0,40}") {
        let all = survey(&text, Lexicon::shipped());
        let mut spans: Vec<_> =
            all.mentions.iter().map(|it| it.span).chain(all.excluded.iter().map(|it| it.span)).collect();
        spans.sort_unstable();
        for span in &spans {
            prop_assert!(text.get(span.range()).is_some_and(|words| !words.is_empty()), "{span:?} of {text:?}");
        }
        for pair in spans.windows(2) {
            prop_assert!(pair[0].end <= pair[1].start, "{pair:?} of {text:?}");
        }
    }
}

proptest! {
    #[test]
    fn spans_lie_on_characters_and_read_back(text in "\\PC{0,40}|([$£½0-9.,% -]|to|and|million|a|half|nearly|in|per|day|²|–){0,25}") {
        for mention in read(&text, Lexicon::shipped()) {
            let own = mention.span.of(&text);
            prop_assert!(!own.is_empty());
            if mention.kind != Kind::Vague && !mention.is_signed {
                let again = amount::amount_at(own, 0).or_else(|| own.starts_with("between").then(|| amount::amount_at(own, 8)).flatten());
                prop_assert!(again.is_some() || own.starts_with(['±', 'b', 'f']), "{own:?} of {text:?}");
            }
        }
    }
}
