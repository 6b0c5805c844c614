//! The days that a cell stands for: one, or those of a month, a quarter or a year.

use jiff::civil::Date;

use crate::scope::{FiscalYear, Period};

/// The first and the last day that a cell stands for; `None` where it is no date.
pub(super) fn days(text: &str, fiscal: FiscalYear) -> Option<(Date, Date)> {
    // Nearly all are days, of which a table may have millions; a time of the day behind one does not count.
    if let Some((day, time)) = text.split_at_checked("2025-03-01".len())
        && (time.is_empty() || time.starts_with(['T', ' ']))
        && let Some(day) = day_of(day.as_bytes())
    {
        return Some((day, day));
    }
    let period = Period::parse(text, fiscal).ok()?;
    Some((period.first(), period.last()))
}

/// A day in ISO 8601.
fn day_of(text: &[u8]) -> Option<Date> {
    let &[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = text else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_i16, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + i16::from(digit - b'0'))
        })
    };
    let (year, month, day) = (number(&[y0, y1, y2, y3])?, number(&[m0, m1])?, number(&[d0, d1])?);
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_a_day_or_all_days_of_a_longer_period() {
        let of = |text: &str| {
            days(text, FiscalYear::default())
                .map(|(first, last)| format!("{first} {last}"))
                .unwrap_or_default()
        };
        assert_eq!(of("2025-03-01"), "2025-03-01 2025-03-01");
        assert_eq!(of("2025-03-01T12:30:00"), "2025-03-01 2025-03-01");
        assert_eq!(of("2025-02"), "2025-02-01 2025-02-28");
        assert_eq!(of("2025-Q1"), "2025-01-01 2025-03-31");
        assert_eq!(of("FY2025"), "2024-10-01 2025-09-30");
        for text in ["", "2025-02-30", "03/01/2025", "2025-3-01", "March 2025", "+025-03-01", "2025-03-011"] {
            assert_eq!(of(text), "", "{text}");
        }
    }
}
