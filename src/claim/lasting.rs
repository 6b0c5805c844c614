//! How long something lasts, as settings write it.

use std::fmt;

use jiff::Span;
use jiff::civil::Date;

/// A length of time in the calendar: so many days, weeks, months or years.
#[derive(Clone, Copy, Debug)]
pub struct Lasting(Span);

impl Lasting {
    /// Reads one as ISO 8601 writes it, of one unit: `P90D`, `P6W`, `P3M`, `P1Y`.
    pub fn parse(text: &str) -> Option<Self> {
        let inner = text.strip_prefix('P')?;
        let (digits, unit) = inner.split_at_checked(inner.len().checked_sub(1)?)?;
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        // Past some thousand years, the calendar ends.
        let number: i32 = digits.parse().ok().filter(|number| is_number && (1..=100_000).contains(number))?;
        let zero = Span::new();
        let span = match unit {
            "D" => zero.try_days(number),
            "W" => zero.try_weeks(number),
            "M" => zero.try_months(number),
            "Y" => zero.try_years(number),
            _ => return None,
        };
        span.ok().map(Self)
    }

    /// The day so long before another; none before the calendar begins.
    pub fn before(self, day: Date) -> Option<Date> {
        day.checked_sub(self.0).ok()
    }
}

impl PartialEq for Lasting {
    fn eq(&self, other: &Self) -> bool {
        self.0.fieldwise() == other.0.fieldwise()
    }
}

impl Eq for Lasting {}

/// `90 days`.
impl fmt::Display for Lasting {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            (i64::from(self.0.get_days()), "day"),
            (i64::from(self.0.get_weeks()), "week"),
            (i64::from(self.0.get_months()), "month"),
            (i64::from(self.0.get_years()), "year"),
        ];
        let (number, unit) = parts.into_iter().find(|(number, _)| *number > 0).unwrap_or((0, "day"));
        write!(out, "{number} {unit}{}", if number == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn it_goes_by_the_calendar() {
        let before = |text: &str| Lasting::parse(text).and_then(|lasting| lasting.before(date(2025, 5, 31)));
        assert_eq!(before("P90D"), Some(date(2025, 3, 2)));
        assert_eq!(before("P2W"), Some(date(2025, 5, 17)));
        assert_eq!(before("P3M"), Some(date(2025, 2, 28)));
        assert_eq!(before("P1Y"), Some(date(2024, 5, 31)));
        assert_eq!(Lasting::parse("P1Y").unwrap().to_string(), "1 year");
        for wrong in [
            "",
            "P",
            "PD",
            "90D",
            "P90",
            "P-1D",
            "P+1D",
            "P0D",
            "P1.5D",
            "P1H",
            "P1DT1H",
            "P9999999999D",
            "Pé",
        ] {
            assert_eq!(Lasting::parse(wrong), None, "{wrong}");
        }
        assert_eq!(before("P100000Y"), None);
    }
}
