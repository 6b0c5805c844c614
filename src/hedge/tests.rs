//! The table of hedges, its laws, and the lexicon.

use proptest::prelude::*;
use rust_decimal::{Decimal, dec};

use super::*;
use crate::number::{Interval, Reading, Written, numeral_at};
use crate::text::Span;

const ALL: [Hedge; 11] = [
    Hedge::Plain,
    Hedge::Exact,
    Hedge::About,
    Hedge::JustBelow,
    Hedge::JustAbove,
    Hedge::Above,
    Hedge::AtLeast,
    Hedge::Below,
    Hedge::AtMost,
    Hedge::MuchAbove,
    Hedge::MuchBelow,
];

fn verdict(hedge: Hedge, number: &str, value: Decimal) -> (Verdict, Option<Warned>) {
    let written = numeral_at(number, 0).unwrap().written;
    let allowed = allowed(hedge, &Reading::One(written), &Widths::default());
    let judged = judge(&allowed, &Interval::point(value), value);
    (judged.verdict, judged.warned)
}

#[test]
fn the_table_holds_row_by_row() {
    use Hedge::{
        About, Above, AtLeast, AtMost, Below, Exact, JustAbove, JustBelow, MuchAbove, MuchBelow, Plain,
    };
    use Verdict::{Refuted, Supported};
    use Warned::{CoarseRounding, HedgeStretched, HedgeUnderstates, Truncated};
    let rows = [
        (Plain, "12,347", dec!(12347), Supported, None),
        (Plain, "12,347", dec!(12349), Refuted, None),
        (Plain, "5", dec!(4.5), Supported, None),
        (Plain, "77.3", dec!(77.39), Supported, Some(Truncated)),
        (Plain, "77.3", dec!(77.41), Refuted, None),
        (Plain, "2", dec!(2.9), Refuted, None),
        (Plain, "117,000", dec!(117_400), Supported, None),
        (Plain, "117,000", dec!(117_600), Refuted, None),
        (Plain, "1 million", dec!(1_040_000), Supported, None),
        (Plain, "1 million", dec!(1_080_000), Supported, Some(CoarseRounding)),
        (Plain, "1 million", dec!(1_400_000), Refuted, None),
        (Plain, "half", dec!(0.49), Supported, None),
        (Plain, "half", dec!(0.4), Refuted, None),
        (Exact, "998", dec!(998), Supported, None),
        (Exact, "998", dec!(998.2), Refuted, None),
        (About, "11,000", dec!(11_400), Supported, None),
        (About, "11,000", dec!(12_000), Supported, Some(HedgeStretched)),
        (About, "11,000", dec!(13_000), Refuted, None),
        (About, "five", dec!(4.58), Supported, None),
        (JustBelow, "190,000", dec!(189_359), Supported, None),
        (JustBelow, "190,000", dec!(190_000), Refuted, None),
        (JustBelow, "190,000", dec!(170_000), Supported, Some(HedgeStretched)),
        (JustAbove, "5", dec!(5.5555), Supported, Some(HedgeStretched)),
        (JustAbove, "11,000", dec!(11_012), Supported, None),
        (JustAbove, "11,000", dec!(10_999), Refuted, None),
        (Above, "117,000", dec!(117_001), Supported, None),
        (Above, "117,000", dec!(117_000), Refuted, None),
        (Above, "117,000", dec!(150_000), Supported, Some(HedgeUnderstates)),
        (AtLeast, "20", dec!(20), Supported, None),
        (Below, "5,000", dec!(4_900), Supported, None),
        (Below, "5,000", dec!(5_000), Refuted, None),
        (AtMost, "5,000", dec!(5_000), Supported, None),
        (MuchAbove, "100", dec!(104), Refuted, None),
        (MuchAbove, "100", dec!(130), Supported, None),
        (MuchBelow, "100", dec!(90), Supported, None),
    ];
    for (hedge, number, value, expected, warned) in rows {
        assert_eq!(verdict(hedge, number, value), (expected, warned), "{hedge:?} {number} for {value}");
    }
}

#[test]
fn coarse_sources_leave_a_claim_undecided() {
    let written = numeral_at("12,700", 0).unwrap().written;
    let more_than = allowed(Hedge::Above, &Reading::One(written), &Widths::default());
    let coarse = Interval::closed(dec!(12_650), dec!(12_750));
    assert_eq!(judge(&more_than, &coarse, dec!(12_700)).verdict, Verdict::Undecided);
    let unbounded = Interval::above(dec!(12_700));
    assert_eq!(judge(&more_than, &unbounded, dec!(12_700)).verdict, Verdict::Supported);
}

#[test]
fn a_hedge_between_two_values_holds_for_all_pairs_or_none() {
    let judged = |hedge, x: Interval, v: Interval| judge_against(hedge, &x, &v, &Widths::default()).verdict;
    let point = Interval::point;
    assert_eq!(judged(Hedge::JustBelow, point(dec!(12_350)), point(dec!(12_700))), Verdict::Supported);
    assert_eq!(judged(Hedge::JustBelow, point(dec!(12_750)), point(dec!(12_700))), Verdict::Refuted);
    let coarse = Interval::closed(dec!(12_650), dec!(12_750));
    assert_eq!(judged(Hedge::JustBelow, point(dec!(12_690)), coarse), Verdict::Undecided);
    assert_eq!(judged(Hedge::Above, point(dec!(3)), point(dec!(-1))), Verdict::Supported);
}

#[test]
fn phrases_are_found_around_a_number() {
    let lexicon = Lexicon::shipped();
    let before = |text: &str| {
        let at = text.find(|c: char| c.is_ascii_digit()).unwrap();
        lexicon.ending_at(text, at).map(|(hedge, span)| (hedge, span.of(text).to_owned()))
    };
    assert_eq!(before("more than the 12,700"), Some((Hedge::Above, "more than".into())));
    assert_eq!(
        before("only by a little more than 5%"),
        Some((Hedge::JustAbove, "a little more than".into()))
    );
    assert_eq!(before("no more than 5"), Some((Hedge::AtMost, "no more than".into())));
    assert_eq!(before("Nearly 5"), Some((Hedge::JustBelow, "Nearly".into())));
    assert_eq!(before("well over 5"), Some((Hedge::MuchAbove, "well over".into())));
    assert_eq!(before("fit for some 5"), Some((Hedge::About, "some".into())));
    assert_eq!(before("~5"), Some((Hedge::About, "~".into())));
    assert_eq!(before("moreover 5"), None);
    assert_eq!(before("over the 70 days"), None);
    let after = |text: &str| lexicon.starting_at(text, 5).map(|(hedge, _)| hedge);
    assert_eq!(after("5,000 or more people"), Some(Hedge::AtLeast));
    assert_eq!(after("5,000+ people"), Some(Hedge::AtLeast));
    assert_eq!(after("5,000 people"), None);
    assert_eq!(lexicon.whole(" slightly under the ").map(|(hedge, _)| hedge), Some(Hedge::JustBelow));
    assert_eq!(lexicon.whole("rose slightly under"), None);
    let own = lexicon.extended([("a whisker under", Hedge::JustBelow)]);
    assert_eq!(own.ending_at("a whisker under 5", 16).map(|(hedge, _)| hedge), Some(Hedge::JustBelow));
}

#[test]
fn the_nearest_word_says_the_direction() {
    let direction = |text: &str, number: &str| {
        let at = text.find(number).unwrap();
        Lexicon::shipped().direction(text, Span::new(at, at + number.len())).map(|(direction, _)| direction)
    };
    assert_eq!(direction("Prices fell 5% in March, after a rise in May.", "5%"), Some(Direction::Down));
    assert_eq!(direction("They logged 500 fewer cases.", "500"), Some(Direction::Down));
    assert_eq!(direction("A budget increase of 5% was cut later; it was 3%.", "5%"), Some(Direction::Up));
    assert_eq!(direction("It was 5%.", "5%"), None);
    assert_eq!(direction("More people than ever, 5%.", "5%"), None);
}

#[test]
fn fitting_words_keep_the_manner() {
    let fit = |value, text: &str| {
        let at = text.find(|c: char| c.is_ascii_digit()).unwrap();
        let mut written = numeral_at(text, at).unwrap().written;
        written.firm |= text.ends_with('%');
        fitting_words(value, text, &written, &Widths::default())
    };
    assert_eq!(fit(dec!(5.5555), "7%"), ["6%", "5.6%"]);
    assert_eq!(fit(dec!(9_430_000_000), "$8 billion"), ["$9 billion", "$9.4 billion"]);
    assert_eq!(fit(dec!(11_012), "12,500"), ["11,012"]);
}

fn any_written() -> impl Strategy<Value = Written> {
    (1i64..5_000_000, 0u32..3, any::<bool>(), any::<bool>()).prop_map(|(digits, scale, firm, fraction)| {
        let value = Decimal::new(digits, scale);
        Written { value, step: Decimal::new(1, scale), firm, fraction }
    })
}

proptest! {
    #[test]
    fn zones_are_nested_and_exhaustive(written in any_written(), hedge in proptest::sample::select(&ALL[..]), value in -1_000_000i64..10_000_000) {
        let allowed = allowed(hedge, &Reading::One(written), &Widths::default());
        prop_assert!(allowed.whole.covers(&allowed.clear));
        prop_assert!(allowed.warned.is_some() || allowed.whole == allowed.clear);
        // A point is supported or refuted, never undecided.
        let value = Decimal::new(value, 1);
        let judged = judge(&allowed, &Interval::point(value), value);
        prop_assert_ne!(judged.verdict, Verdict::Undecided);
        prop_assert_eq!(judged.verdict == Verdict::Supported, allowed.whole.contains(value));
    }

    #[test]
    fn verdicts_are_sound(written in any_written(), hedge in proptest::sample::select(&ALL[..]), low in 1i64..6_000_000, width in 0i64..100_000, at in 0i64..=100) {
        let allowed = allowed(hedge, &Reading::One(written), &Widths::default());
        let range = Interval::closed(Decimal::from(low), Decimal::from(low + width));
        let sample = Decimal::from(low) + Decimal::from(width) * Decimal::from(at) / Decimal::ONE_HUNDRED;
        let of_sample = judge(&allowed, &Interval::point(sample), sample).verdict;
        match judge(&allowed, &range, sample).verdict {
            Verdict::Undecided => {}
            of_range => prop_assert_eq!(of_range, of_sample),
        }
    }

    #[test]
    fn what_is_nearer_is_not_refuted_sooner(written in any_written(), part in 0i64..100) {
        let allowed = allowed(Hedge::About, &Reading::One(written), &Widths::default());
        let off = written.value * Decimal::new(part, 2);
        let nearer = written.value + off / Decimal::TWO;
        prop_assert!(!allowed.whole.contains(written.value + off) || allowed.whole.contains(nearer));
    }

    #[test]
    fn fitting_words_fit(value in 1i64..100_000_000, decimals in 0u32..4, manner in "[1-9][0-9]{0,2}(,[0-9]{3})?|[1-9]\\.[0-9]|[1-9]") {
        let value = Decimal::new(value, decimals);
        let written = numeral_at(&manner, 0).unwrap().written;
        for words in fitting_words(value, &manner, &written, &Widths::default()) {
            let at = words.find(|c: char| c.is_ascii_digit()).unwrap();
            let hedge = Lexicon::shipped().ending_at(&words, at).map_or(Hedge::Plain, |(hedge, _)| hedge);
            let numeral = numeral_at(&words, at).unwrap();
            prop_assert_eq!(numeral.end, words.len());
            let allowed = allowed(hedge, &Reading::One(numeral.written), &Widths::default());
            let judged = judge(&allowed, &Interval::point(value), value);
            prop_assert_eq!((judged.verdict, judged.warned), (Verdict::Supported, None), "{} for {}", words, value);
        }
    }
}
