use proptest::prelude::*;
use rust_decimal::dec;

use super::*;

fn bare(value: Decimal) -> Cell<'static> {
    Cell::Number(Number { value, unit: Unit::Bare, scaled: false })
}

fn dollars(value: Decimal) -> Cell<'static> {
    Cell::Number(Number { value, unit: Unit::money(Currency::USD), scaled: false })
}

fn percent(value: Decimal) -> Cell<'static> {
    Cell::Number(Number { value, unit: Unit::Percent, scaled: false })
}

#[test]
fn numbers_as_agencies_print_them() {
    for (text, expected) in [
        ("1234", bare(dec!(1234))),
        ("1,234", bare(dec!(1234))),
        (" 1,234.50 ", bare(dec!(1234.50))),
        (".5", bare(dec!(0.5))),
        ("007", bare(dec!(7))),
        ("1 234", bare(dec!(1234))),
        ("1\u{a0}234\u{a0}567", bare(dec!(1234567))),
        ("1\u{2009}234", bare(dec!(1234))),
        ("1\u{202f}234.5", bare(dec!(1234.5))),
        ("$1.2", dollars(dec!(1.2))),
        ("$ 1,200", dollars(dec!(1200))),
        ("-$5", dollars(dec!(-5))),
        ("$-5", dollars(dec!(-5))),
        ("($71)", dollars(dec!(-71))),
        ("$(71)", dollars(dec!(-71))),
        ("(71)", bare(dec!(-71))),
        ("( 1,071 )", bare(dec!(-1071))),
        ("12.5%", percent(dec!(0.125))),
        ("12.5 per cent", percent(dec!(0.125))),
        ("(12.5%)", percent(dec!(-0.125))),
        ("(12.5)%", percent(dec!(-0.125))),
        ("+5", bare(dec!(5))),
        ("-5", bare(dec!(-5))),
        ("−5", bare(dec!(-5))),
        ("–5", bare(dec!(-5))),
        ("1.2E+05", bare(dec!(120000))),
        ("12e-1", bare(dec!(1.2))),
    ] {
        assert_eq!(Cell::parse(text), expected, "{text:?}");
    }
}

#[test]
fn footnote_marks_are_no_part_of_the_number() {
    for text in [
        "1,234*",
        "1,234 *",
        "1,234**",
        "1,234†",
        "1,234 [2]",
        "1,234[a]",
        "1,234(a)",
        "1,234¹",
        "1,234²³",
        "1,234 r",
        "1,234 [1] [2]",
    ] {
        assert_eq!(Cell::parse(text), bare(dec!(1234)), "{text:?}");
    }
    assert_eq!(Cell::parse("(71)*"), bare(dec!(-71)));
    assert_eq!(Cell::parse("12.5%*"), percent(dec!(0.125)));
}

#[test]
fn scale_words_count() {
    let scaled = |value, unit| Cell::Number(Number { value, unit, scaled: true });
    assert_eq!(Cell::parse("1.5 million"), scaled(dec!(1500000), Unit::Bare));
    assert_eq!(Cell::parse("$9.5 Billion"), scaled(dec!(9500000000), Unit::money(Currency::USD)));
    assert_eq!(Cell::parse("£2bn*"), scaled(dec!(2000000000), Unit::money(Currency::GBP)));
}

#[test]
fn missing_is_never_zero() {
    for text in
        ["", "  ", "-", "–", "—", "n/a", "N/A", "NA", "(X)", "D", "(D)", "*", "..", "…", "null", "\u{a0}"]
    {
        assert_eq!(Cell::parse(text), Cell::Missing(text.trim()), "{text:?}");
    }
}

#[test]
fn what_is_not_understood_is_text() {
    for text in [
        "12 34",
        "1,23",
        "1,2345",
        "1234,567",
        "12,34,567",
        "0,123",
        "1.234.567",
        "1,234 567",
        "1,234.",
        "1.",
        ".",
        "$",
        "%",
        "()",
        "(71",
        "71)",
        "(-71)",
        "71-",
        "--5",
        "+-5",
        "$$5",
        "- 5",
        "1,234 (12)",
        "5 (m)",
        "5 (kg)",
        "1.5M",
        "5m",
        "5 m²",
        "10²",
        "<5",
        "~5",
        "5+",
        "2024-25",
        "3-4",
        "1/2",
        "$5%",
        "5% million",
        "12.5%%",
        "١٢",
        "5r",
        "r",
        "1e",
        "1e+",
        "Texas",
        "1e99",
        "[2]",
        "millions",
    ] {
        assert_eq!(Cell::parse(text), Cell::Text(text), "{text:?}");
    }
}

#[test]
fn digits_that_a_decimal_cannot_hold_are_text() {
    for text in ["9".repeat(1000), format!("0.{}1", "0".repeat(30)), "8e28".to_owned(), "1e-400".to_owned()] {
        assert_eq!(Cell::parse(&text), Cell::Text(&text));
    }
    assert_eq!(Cell::parse("1e999999999999999999999"), Cell::Text("1e999999999999999999999"));
    assert_eq!(Cell::parse("0e-400"), bare(dec!(0)));
    assert_eq!(Cell::parse("79228162514264337593543950335"), bare(Decimal::MAX));
}

/// The digits of a whole number in groups of three.
fn grouped(digits: &str, separator: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}

proptest! {
    /// A decimal printed in each of the agencies' manners is read back as it was.
    #[test]
    fn printed_and_read_back(
        mantissa in 0_i64..1_000_000_000_000_000, scale in 0_u32..6, negative: bool,
        separator in prop::sample::select(vec!["", ",", " ", "\u{a0}", "\u{2009}", "\u{202f}"]),
        minus in prop::sample::select(vec!["-", "−", "–", "()"]),
        sign in prop::sample::select(vec!["", "$", "%"]),
        note in prop::sample::select(vec!["", "*", " [2]", "†", "(a)", "¹", " r"]),
    ) {
        let size = Decimal::new(mantissa, scale);
        let printed = size.to_string();
        let (whole, decimals) = printed.split_once('.').unwrap_or((&printed, ""));
        let point = if decimals.is_empty() { "" } else { "." };
        let digits = format!("{}{point}{decimals}", grouped(whole, separator));
        let with_unit = match sign { "$" => format!("${digits}"), "%" => format!("{digits}%"), _ => digits };
        let text = match (negative, minus) {
            (false, _) => with_unit,
            (true, "()") => format!("({with_unit})"),
            (true, _) => format!("{minus}{with_unit}"),
        };
        // "10²" is left alone, and only there does a note make a difference.
        prop_assume!(!(note == "¹" && size == dec!(10)));
        let value = if negative { -size } else { size };
        let expected = match sign {
            "$" => dollars(value),
            "%" => percent(value / dec!(100)),
            _ => bare(value),
        };
        let printed = format!("{text}{note}");
        prop_assert_eq!(Cell::parse(&printed), expected);
    }

    #[test]
    fn any_text_is_read_as_something(text in any::<String>()) {
        let _ = Cell::parse(&text);
    }

    /// Texts made of the characters that numbers are made of: whatever is read as a number has a digit, and reads the
    /// same with spaces around it.
    #[test]
    fn nearly_numbers(text in "[-0-9,.$%() e*†¹\u{a0}r\\[\\]]{0,12}") {
        let cell = Cell::parse(&text);
        if matches!(cell, Cell::Number(_)) {
            prop_assert!(text.bytes().any(|byte| byte.is_ascii_digit()));
        }
        let padded = format!(" {text}\u{a0}");
        prop_assert_eq!(Cell::parse(&padded), cell);
    }
}
