//! Whether a cell has the value that a condition asks for.

use std::fmt;

use jiff::civil::Date;

use super::cell::Cell;
use super::request::{Condition, Match};
use super::row::trimmed;

impl Match<'_> {
    /// Whether the cell with this text has the value.
    pub(super) fn holds(&self, text: &str) -> bool {
        let text = trimmed(text);
        match self {
            Self::Text(wanted) => trimmed(wanted) == text,
            Self::Number(wanted) => match Cell::parse(text) {
                Cell::Number(number) => {
                    number.value.checked_mul(number.unit.written_factor().into()) == Some(*wanted)
                }
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
        let Self { column, equals } = self;
        match equals {
            Match::Text(_) => write!(out, "`{column}` is `{equals}`"),
            Match::Number(_) | Match::Date(_) | Match::Flag(_) => write!(out, "`{column}` is {equals}"),
        }
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

    #[test]
    fn text_is_compared_without_the_space_around_it_and_with_its_case() {
        assert!(Match::Text("FY 2024".into()).holds(" FY 2024 "));
        assert!(!Match::Text("FY 2024".into()).holds("fy 2024"));
        assert!(Match::Flag(true).holds("TRUE"));
    }
}
