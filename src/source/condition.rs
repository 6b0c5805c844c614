//! Whether a cell is what a condition asks for.

use std::fmt;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::cell::Cell;
use super::days::days;
use super::error::Unclear;
use super::request::{Bound, Condition, End, Match, Test};
use super::row::trimmed;

/// How a cell stands to what is asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    Met,
    Unmet,
    /// There is nothing in the cell that could lie in a range.
    Missing,
    /// Nobody can tell.
    Unclear(Unclear),
}

impl Test<'_> {
    /// How the cell with this text stands to it.
    pub(super) fn fit(&self, text: &str) -> Fit {
        let is_met = match self {
            Self::Is(wanted) => wanted.holds(text),
            Self::OneOf(wanted) => wanted.iter().any(|wanted| wanted.holds(text)),
            Self::NoneOf(wanted) => !wanted.iter().any(|wanted| wanted.holds(text)),
            Self::Prefix(wanted) => trimmed(text).starts_with(trimmed(wanted)),
            Self::Number(bound, edge) => match Cell::parse(text) {
                Cell::Missing(_) => return Fit::Missing,
                Cell::Text(_) => return Fit::Unclear(Unclear::NoNumber),
                Cell::Number(number) => match number.written() {
                    Some(number) => bound.holds(number, *edge),
                    None => return Fit::Unclear(Unclear::NoNumber),
                },
            },
            Self::Days { end, day, fiscal } => {
                let text = trimmed(text);
                let Some((first, last)) = days(text, *fiscal) else {
                    let is_missing = matches!(Cell::parse(text), Cell::Missing(_));
                    return if is_missing { Fit::Missing } else { Fit::Unclear(Unclear::NoDate) };
                };
                let is_inside = |cell: Date| match end {
                    End::First => cell >= *day,
                    End::Last => cell <= *day,
                };
                if is_inside(first) != is_inside(last) {
                    return Fit::Unclear(Unclear::Straddles(*day));
                }
                is_inside(first)
            }
        };
        if is_met { Fit::Met } else { Fit::Unmet }
    }

    /// The value that a cell would have, where it is one, as a table would print it.
    pub(super) fn value(&self) -> Option<String> {
        match self {
            Self::Is(wanted) => Some(wanted.to_string()),
            Self::OneOf(wanted) => wanted.first().map(ToString::to_string),
            Self::Prefix(_) | Self::NoneOf(_) | Self::Number(..) | Self::Days { .. } => None,
        }
    }
}

impl Bound {
    fn holds(self, number: Decimal, edge: Decimal) -> bool {
        match self {
            Self::Above => number > edge,
            Self::AtLeast => number >= edge,
            Self::Below => number < edge,
            Self::AtMost => number <= edge,
        }
    }
}

impl Match<'_> {
    /// Whether the cell with this text has the value.
    pub(super) fn holds(&self, text: &str) -> bool {
        let text = trimmed(text);
        match self {
            Self::Text(wanted) => trimmed(wanted) == text,
            Self::Number(wanted) => match Cell::parse(text) {
                Cell::Number(number) => number.written() == Some(*wanted),
                Cell::Missing(_) | Cell::Text(_) => false,
            },
            Self::Date(wanted) => is_day(text, *wanted),
            Self::Flag(wanted) => text.eq_ignore_ascii_case(if *wanted { "true" } else { "false" }),
        }
    }
}

/// Whether `text` is the day in ISO 8601, alone or with midnight after it, as data portals export days.
fn is_day(text: &str, day: Date) -> bool {
    let Some((date, time)) = text.split_at_checked("2025-03-01".len()) else { return false };
    let mut parts = date.splitn(3, '-').map(|part| {
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<i16>().ok()).flatten()
    });
    let same = [day.year(), day.month().into(), day.day().into()]
        .into_iter()
        .all(|part| parts.next() == Some(Some(part)));
    let midnight = |time: &str| {
        let time = time.trim_end_matches('Z');
        !time.is_empty() && time.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.'))
    };
    same && (time.is_empty() || time.strip_prefix(['T', ' ']).is_some_and(midnight))
}

/// As messages put it: `` `year` is 2024 ``.
impl fmt::Display for Condition<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { column, test } = self;
        write!(out, "`{column}` ")?;
        match test {
            Test::Is(value) => write!(out, "is {}", Quoted(value)),
            Test::OneOf(values) => write!(out, "is {}", Listed(values, "or")),
            Test::NoneOf(values) => write!(out, "is not {}", Listed(values, "or")),
            Test::Number(Bound::Above, edge) => write!(out, "is above {edge}"),
            Test::Number(Bound::AtLeast, edge) => write!(out, "is at least {edge}"),
            Test::Number(Bound::Below, edge) => write!(out, "is below {edge}"),
            Test::Number(Bound::AtMost, edge) => write!(out, "is at most {edge}"),
            Test::Days { end: End::First, day, .. } => write!(out, "is {day} or later"),
            Test::Days { end: End::Last, day, .. } => write!(out, "is {day} or earlier"),
            Test::Prefix(prefix) => write!(out, "begins with `{prefix}`"),
        }
    }
}

/// A value as messages put it: a text in marks, anything else as it is.
struct Quoted<'m>(&'m Match<'m>);

/// Several of them, with a word before the last.
struct Listed<'m>(&'m [Match<'m>], &'static str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            text @ Match::Text(_) => write!(out, "`{text}`"),
            other => write!(out, "{other}"),
        }
    }
}

impl fmt::Display for Listed<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(values, word) = self;
        for (at, value) in values.iter().enumerate() {
            match at {
                0 => {}
                _ if at + 1 == values.len() => write!(out, " {word} ")?,
                _ => out.write_str(", ")?,
            }
            write!(out, "{}", Quoted(value))?;
        }
        Ok(())
    }
}

/// The value as a table would print it.
impl fmt::Display for Match<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => out.write_str(text.trim()),
            Self::Number(number) => write!(out, "{number}"),
            Self::Date(date) => write!(out, "{date}"),
            Self::Flag(flag) => write!(out, "{flag}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rust_decimal::dec;

    use super::*;
    use crate::scope::FiscalYear;

    #[test]
    fn a_number_equals_a_cell_as_written() {
        assert!(Match::Number(dec!(12.5)).holds("12.50%"));
        assert!(Match::Number(dec!(1234)).holds("1,234*"));
        assert!(!Match::Number(dec!(0)).holds("-"));
        assert!(!Match::Number(dec!(1234)).holds("1234 Main Street"));
    }

    #[test]
    fn a_day_is_a_day_with_or_without_midnight() {
        let day = Match::Date(date(2025, 3, 1));
        for text in [
            "2025-03-01",
            " 2025-03-01 ",
            "2025-03-01T00:00:00.000",
            "2025-03-01 00:00",
            "2025-03-01T00:00:00Z",
        ] {
            assert!(day.holds(text), "{text}");
        }
        for text in [
            "2025-03-02",
            "2025-3-01",
            "2025-03-01T12:00:00",
            "2025-03-011",
            "2025-03-01T",
            "03/01/2025",
            "+025-03-01",
        ] {
            assert!(!day.holds(text), "{text}");
        }
    }

    fn days(end: End, day: Date) -> Test<'static> {
        Test::Days { end, day, fiscal: FiscalYear::default() }
    }

    #[test]
    fn a_range_of_days_takes_whole_periods_and_no_part_of_one() {
        let from = days(End::First, date(2025, 1, 20));
        assert_eq!(from.fit("2025-01-20"), Fit::Met);
        assert_eq!(from.fit("2025-01-19"), Fit::Unmet);
        assert_eq!(from.fit(" 2025-02 "), Fit::Met);
        assert_eq!(from.fit("2024"), Fit::Unmet);
        assert_eq!(from.fit("2025-01"), Fit::Unclear(Unclear::Straddles(date(2025, 1, 20))));
        assert_eq!(days(End::Last, date(2025, 3, 31)).fit("2025-03"), Fit::Met);
        assert_eq!(from.fit("Jan 20"), Fit::Unclear(Unclear::NoDate));
        assert_eq!(from.fit("n/a"), Fit::Missing);
    }

    #[test]
    fn a_range_of_numbers_is_of_numbers_as_written() {
        let above = Test::Number(Bound::Above, dec!(12));
        assert_eq!(above.fit("12"), Fit::Unmet);
        assert_eq!(above.fit("12.5%"), Fit::Met);
        assert_eq!(Test::Number(Bound::AtLeast, dec!(1234)).fit("1,234*"), Fit::Met);
        assert_eq!(Test::Number(Bound::AtMost, dec!(0)).fit("-3"), Fit::Met);
        assert_eq!(Test::Number(Bound::Below, dec!(0)).fit("0"), Fit::Unmet);
        assert_eq!(above.fit(""), Fit::Missing);
        assert_eq!(above.fit("twelve"), Fit::Unclear(Unclear::NoNumber));
    }

    #[test]
    fn lists_and_what_is_not_meant() {
        let agencies = || vec![Match::Text("ICE".into()), Match::Text("CBP".into())];
        assert_eq!(Test::OneOf(agencies()).fit("CBP"), Fit::Met);
        assert_eq!(Test::OneOf(agencies()).fit("cbp"), Fit::Unmet);
        assert_eq!(Test::NoneOf(agencies()).fit("USCG"), Fit::Met);
        assert_eq!(Test::NoneOf(agencies()).fit(" ICE"), Fit::Unmet);
        assert_eq!(Test::Prefix("48".into()).fit("48201"), Fit::Met);
        assert_eq!(Test::Prefix("48".into()).fit("06037"), Fit::Unmet);
        let condition = Condition { column: "agency", test: Test::NoneOf(agencies()) };
        assert_eq!(condition.to_string(), "`agency` is not `ICE` or `CBP`");
    }

    #[test]
    fn text_is_compared_without_the_space_around_it_and_with_its_case() {
        assert!(Match::Text("FY 2024".into()).holds(" FY 2024 "));
        assert!(!Match::Text("FY 2024".into()).holds("fy 2024"));
        assert!(Match::Flag(true).holds("TRUE"));
    }
}
