//! The table of hedges and its laws.

use proptest::prelude::*;
use rust_decimal::{Decimal, dec};

use super::*;
use crate::number::{Interval, Reading, Written, numeral_at};

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
        (Plain, "half", dec!(0.46), Supported, Some(CoarseRounding)),
        (Plain, "half", dec!(0.4), Refuted, None),
        (Above, "half", dec!(0.59), Supported, None),
        (Above, "half", dec!(0.7), Supported, Some(HedgeUnderstates)),
        (Above, "half", dec!(0.49), Refuted, None),
        (JustBelow, "twice", dec!(1.8), Supported, None),
        (JustBelow, "twice", dec!(2.1), Refuted, None),
        (Above, "three times", dec!(3.6), Supported, None),
        (About, "one-fifth", dec!(0.183), Supported, Some(HedgeStretched)),
        (About, "one-fifth", dec!(0.15), Refuted, None),
        (Exact, "998", dec!(998), Supported, None),
        (Exact, "998", dec!(998.2), Refuted, None),
        (About, "11,000", dec!(11_400), Supported, None),
        (About, "11,000", dec!(12_000), Supported, Some(HedgeStretched)),
        (About, "11,000", dec!(13_000), Refuted, None),
        (About, "five", dec!(4.6), Supported, None),
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
fn ranges_and_margins_are_their_ends_and_all_between() {
    let widths = Widths::default();
    let written = |text| numeral_at(text, 0).unwrap().written;
    let range = |hedge, a, b, value| {
        let allowed = allowed(hedge, &Reading::Range(written(a), written(b)), &widths);
        judge(&allowed, &Interval::point(value), value).verdict
    };
    assert_eq!(range(Hedge::Plain, "5", "7", dec!(4.6)), Verdict::Supported);
    assert_eq!(range(Hedge::Plain, "5", "7", dec!(7.6)), Verdict::Refuted);
    assert_eq!(range(Hedge::Plain, "7", "5", dec!(6)), Verdict::Supported);
    assert_eq!(range(Hedge::Above, "5", "7", dec!(5)), Verdict::Refuted);
    assert_eq!(range(Hedge::Above, "5", "7", dec!(9)), Verdict::Supported);
    assert_eq!(range(Hedge::AtMost, "5", "7", dec!(7)), Verdict::Supported);
    assert_eq!(range(Hedge::About, "50", "70", dec!(72)), Verdict::Supported);
    let margin = allowed(Hedge::Plain, &Reading::Margin(written("5"), dec!(0.4)), &widths);
    assert_eq!(margin.whole, Interval::closed(dec!(4.6), dec!(5.4)));
    let dozens = Reading::Vague(Interval::closed(dec!(24), dec!(99)));
    assert_eq!(allowed(Hedge::Above, &dozens, &widths).whole, Interval::at_least(dec!(24)));
    assert_eq!(allowed(Hedge::About, &dozens, &widths).whole, Interval::closed(dec!(24), dec!(99)));
}

#[test]
fn the_last_digit_of_a_quotient_decides_nothing() {
    let widths = Widths::default();
    let third = Written { value: Decimal::ONE / dec!(3), step: Decimal::ZERO, firm: false, fraction: true };
    let off = third.value * dec!(4) - Decimal::ONE;
    assert_ne!(off, third.value);
    let verdict =
        |hedge| judge(&allowed(hedge, &Reading::One(third), &widths), &Interval::point(off), off).verdict;
    assert_eq!(verdict(Hedge::Exact), Verdict::Supported);
    assert_eq!(verdict(Hedge::Above), Verdict::Refuted);
    assert_eq!(verdict(Hedge::Below), Verdict::Refuted);
    assert_eq!(verdict(Hedge::AtLeast), Verdict::Supported);
}

#[test]
fn zero_and_open_ranges_are_judged_too() {
    assert_eq!(verdict(Hedge::Above, "0", dec!(0.1)).0, Verdict::Supported);
    assert_eq!(verdict(Hedge::About, "0", dec!(0.4)).0, Verdict::Supported);
    assert_eq!(verdict(Hedge::Plain, "0", dec!(0.6)).0, Verdict::Refuted);
    let written = numeral_at("1,200", 0).unwrap().written;
    let more_than = allowed(Hedge::Above, &Reading::One(written), &Widths::default());
    let open = judge(&more_than, &Interval::above(dec!(1_900)), dec!(1_900));
    assert_eq!((open.verdict, open.warned), (Verdict::Supported, None));
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
    assert_eq!(judged(Hedge::JustBelow, point(dec!(-1.02)), point(dec!(-1))), Verdict::Supported);
    assert_eq!(judged(Hedge::JustBelow, point(dec!(-1)), point(Decimal::ZERO)), Verdict::Refuted);
    assert_eq!(judged(Hedge::Exact, point(dec!(3)), point(dec!(3))), Verdict::Supported);
    let open = Interval::above(dec!(117_000));
    assert_eq!(judged(Hedge::Below, point(dec!(117_000)), open), Verdict::Supported);
    assert_eq!(judged(Hedge::Above, point(dec!(117_000)), open), Verdict::Refuted);
    assert_eq!(judged(Hedge::Above, point(dec!(118_000)), open), Verdict::Undecided);
    let far = judge_against(Hedge::Above, &point(dec!(30)), &point(dec!(10)), &Widths::default());
    assert_eq!((far.verdict, far.warned), (Verdict::Supported, None));
}

/// A number in digits as a reader takes it: a percentage is firm.
fn read(text: &str) -> Written {
    let at = text.find(|c: char| c.is_ascii_digit()).unwrap();
    let mut written = numeral_at(text, at).unwrap().written;
    if text.ends_with('%') && written.value.is_integer() {
        (written.step, written.firm) = (Decimal::ONE, true);
    }
    written
}

fn told(fitting: &[Fitting]) -> Vec<String> {
    fitting.iter().map(ToString::to_string).collect()
}

#[test]
fn fitting_words_keep_the_manner() {
    let fit =
        |value, hedge, text: &str| told(&fitting_words(value, text, hedge, &read(text), &Widths::default()));
    let plain = |value, text| fit(value, Hedge::Plain, text);
    assert_eq!(plain(dec!(5.5555), "7%"), ["about 6%", "5.6%"]);
    assert_eq!(plain(dec!(9_430_000_000), "$8 billion"), ["about $9 billion", "$9.4 billion"]);
    assert_eq!(plain(dec!(9_500_000_000), "$9.5 million"), ["$9.5 billion"]);
    assert_eq!(plain(dec!(930_400), "1 million"), ["about 900,000", "930,000"]);
    assert_eq!(plain(dec!(11_012), "12,500"), ["11,000", "11,010"]);
    assert_eq!(plain(dec!(0.4), "7%"), ["0.4%"]);
    assert_eq!(plain(dec!(-5.5), "−7%"), ["about −6%", "−5.5%"]);
    assert_eq!(plain(dec!(-5.5), "7%"), Vec::<String>::new());
    assert_eq!(fit(dec!(1_913), Hedge::Above, "1,200"), ["more than 1,900"]);
    assert_eq!(fit(dec!(5.56), Hedge::JustAbove, "5%"), ["about 6%", "just over 5.5%"]);
    assert_eq!(fit(dec!(341), Hedge::About, "300"), ["about 340", "341"]);
    assert_eq!(fit(dec!(12_350), Hedge::JustBelow, "12,300"), ["nearly 12,400", "12,350"]);
    assert_eq!(fit(dec!(4_900), Hedge::Below, "4,500"), ["fewer than 5,000"]);
}

#[test]
fn fractions_are_answered_with_fractions() {
    let half = Written { value: dec!(0.5), step: Decimal::ZERO, firm: false, fraction: true };
    let fit = |value, hedge| told(&fitting_words(value, "half", hedge, &half, &Widths::default()));
    assert_eq!(fit(dec!(0.34), Hedge::Plain), ["about a third"]);
    assert_eq!(fit(dec!(0.36), Hedge::Above), ["more than a third"]);
    assert_eq!(fit(dec!(0.66), Hedge::JustBelow), ["nearly two-thirds"]);
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
    fn nothing_between_two_supported_values_is_refuted(
        written in any_written(),
        hedge in proptest::sample::select(&ALL[..]),
        parts in (0i64..300, 0i64..300, 0i64..=100),
    ) {
        let allowed = allowed(hedge, &Reading::One(written), &Widths::default());
        let at = |part: i64| written.value * Decimal::new(part, 2);
        let (a, b) = (at(parts.0), at(parts.1));
        let between = a + (b - a) * Decimal::new(parts.2, 2);
        let is_supported = |value| judge(&allowed, &Interval::point(value), value).verdict == Verdict::Supported;
        prop_assert!(!is_supported(a) || !is_supported(b) || is_supported(between));
    }

    #[test]
    fn words_about_a_number_and_its_negative_mirror_each_other(
        written in any_written(),
        hedge in proptest::sample::select(&[Hedge::Plain, Hedge::Exact, Hedge::About][..]),
        part in -300i64..300,
    ) {
        let widths = Widths::default();
        let negative = Written { value: -written.value, ..written };
        let value = written.value * Decimal::new(part, 2);
        let judged = |written, value| {
            let judged = judge(&allowed(hedge, &Reading::One(written), &widths), &Interval::point(value), value);
            (judged.verdict, judged.warned, judged.distance)
        };
        prop_assert_eq!(judged(written, value), judged(negative, -value));
    }

    #[test]
    fn fitting_words_fit(
        value in 1i64..100_000_000,
        decimals in 0u32..4,
        hedge in proptest::sample::select(&ALL[..]),
        figure in "[1-9][0-9]{0,2}(,[0-9]{3}){0,2}|[1-9][0-9]?\\.[0-9]|[1-9]",
        unit in "| thousand| million| billion|%| a day",
    ) {
        let value = Decimal::new(value, decimals);
        let text = format!("{figure}{unit}");
        for words in told(&fitting_words(value, &text, hedge, &read(&text), &Widths::default())) {
            let at = words.find(|c: char| c.is_ascii_digit()).unwrap();
            let hedge = Lexicon::shipped().ending_at(&words, at).map_or(Hedge::Plain, |(hedge, _)| hedge);
            let allowed = allowed(hedge, &Reading::One(read(&words)), &Widths::default());
            let judged = judge(&allowed, &Interval::point(value), value);
            prop_assert_eq!((judged.verdict, judged.warned), (Verdict::Supported, None), "{} for {}", words, value);
        }
    }

    #[test]
    fn a_hedge_between_two_values_is_sound(
        hedge in proptest::sample::select(&ALL[..]),
        x in (-500i64..500, 0i64..80),
        v in (-500i64..500, 0i64..80),
        at in (0i64..=10, 0i64..=10),
    ) {
        let of = |(low, width): (i64, i64)| Interval::closed(Decimal::from(low), Decimal::from(low + width));
        let sample = |(low, width): (i64, i64), at: i64| Decimal::from(low * 10 + width * at) / Decimal::TEN;
        let widths = Widths::default();
        let pair = [sample(x, at.0), sample(v, at.1)].map(Interval::point);
        let of_pair = judge_against(hedge, &pair[0], &pair[1], &widths).verdict;
        prop_assert_ne!(of_pair, Verdict::Undecided);
        match judge_against(hedge, &of(x), &of(v), &widths).verdict {
            Verdict::Undecided => {}
            of_all => prop_assert_eq!(of_all, of_pair),
        }
    }

    #[test]
    fn no_text_breaks_the_lexicon(text in "(more |than|’|over|the | |\u{a0}|5|ü|—|n't |about|-|up){0,12}", at in 0usize..40) {
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let lexicon = Lexicon::shipped();
        for (_, span) in lexicon.ending_at(&text, at).into_iter().chain(lexicon.starting_at(&text, at)) {
            prop_assert!(!span.of(&text).is_empty());
        }
        _ = lexicon.whole(&text);
        _ = lexicon.direction(&text, crate::text::Span::new(at, at));
    }
}
