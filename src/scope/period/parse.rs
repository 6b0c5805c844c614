//! Reading periods.

use jiff::Span as Duration;
use jiff::civil::Date;

use super::{FiscalYear, Period, PeriodKind};

/// Why a text is no period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// A day that no calendar has.
    #[error("`{0}` is no date")]
    NoDate(String),
    /// The last day comes before the first.
    #[error("the period `{0}` ends before it begins")]
    Reversed(String),
    /// None of the forms.
    #[error(
        "`{0}` is no period; write 2025-03-28, 2025-03, 2025, 2025-Q1, FY2025, 2025-03-01/2025-03-28 or 2025-01-20/P70D"
    )]
    Form(String),
}

impl Period {
    /// Reads a period: a day, month, quarter, year, fiscal year, an interval between two of them, or a start with a
    /// duration in days, weeks, months or years, whose first day is the start ("2025-01-20/P70D" ends on March 30).
    pub fn parse(text: &str, fiscal: FiscalYear) -> Result<Self, PeriodError> {
        let text = text.trim();
        let Some((start, end)) = text.split_once('/') else { return unit(text, fiscal) };
        let start = unit(start, fiscal)?;
        if end.starts_with('P') {
            let past = duration(end)
                .and_then(|duration| start.first().checked_add(duration).ok())
                .ok_or_else(|| PeriodError::Form(text.to_owned()))?;
            let last = past.yesterday().map_err(|_| PeriodError::NoDate(text.to_owned()))?;
            return Self::between(start.first(), last).ok_or_else(|| PeriodError::Form(text.to_owned()));
        }
        let end = unit(end, fiscal)?;
        let kind = if start.kind == PeriodKind::Days && end.kind == PeriodKind::Days {
            PeriodKind::Days
        } else {
            PeriodKind::Mixed
        };
        let period = Self::of_kind(start.first(), end.last(), kind);
        period.ok_or_else(|| PeriodError::Reversed(text.to_owned()))
    }
}

/// A day, month, quarter, year or fiscal year.
fn unit(text: &str, fiscal: FiscalYear) -> Result<Period, PeriodError> {
    let malformed = || PeriodError::Form(text.to_owned());
    let no_date = || PeriodError::NoDate(text.to_owned());
    let whole = |from: Option<Date>, to: Option<Date>, kind| {
        let (from, to) = from.zip(to).ok_or_else(no_date)?;
        Period::of_kind(from, to, kind).ok_or_else(no_date)
    };
    if let Some(year) = text.strip_prefix("FY") {
        let year = number(year, 4).ok_or_else(malformed)?;
        let begins = if (fiscal.month, fiscal.day) == (1, 1) { year } else { year - 1 };
        let start = |year| date(year, fiscal.month.into(), fiscal.day.into());
        let end = start(begins + 1).and_then(|next| next.yesterday().ok());
        return whole(start(begins), end, PeriodKind::FiscalYear);
    }
    let mut parts = text.split('-');
    let year = parts.next().and_then(|part| number(part, 4)).ok_or_else(malformed)?;
    match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => whole(date(year, 1, 1), date(year, 12, 31), PeriodKind::Year),
        (Some(part), None, _) if part.starts_with('Q') => {
            let quarter = part.strip_prefix('Q').and_then(|part| number(part, 1)).ok_or_else(malformed)?;
            let last = date(year, quarter * 3, 1).map(Date::last_of_month);
            whole(date(year, quarter * 3 - 2, 1), last, PeriodKind::Quarter)
        }
        (Some(part), None, _) => {
            let first = date(year, number(part, 2).ok_or_else(malformed)?, 1);
            whole(first, first.map(Date::last_of_month), PeriodKind::Month)
        }
        (Some(month), Some(day), None) => {
            let (month, day) = number(month, 2).zip(number(day, 2)).ok_or_else(malformed)?;
            let day = date(year, month, day);
            whole(day, day, PeriodKind::Days)
        }
        _ => Err(malformed()),
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// A number of exactly so many digits.
fn number(text: &str, digits: usize) -> Option<i16> {
    (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// `P70D`, `P2W`, `P3M`, `P1Y`, and sums of them in that order of size.
fn duration(text: &str) -> Option<Duration> {
    let mut rest = text.strip_prefix('P').filter(|rest| !rest.is_empty())?;
    let mut total = Duration::new();
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let amount: i32 = rest.get(..digits)?.parse().ok().filter(|amount| (1..100_000).contains(amount))?;
        total = match rest.as_bytes().get(digits)? {
            b'D' => total.try_days(amount + total.get_days()),
            b'W' => total.try_days(amount.checked_mul(7)? + total.get_days()),
            b'M' => total.try_months(amount + total.get_months()),
            b'Y' => total.try_months(amount.checked_mul(12)? + total.get_months()),
            _ => return None,
        }
        .ok()?;
        rest = rest.get(digits + 1..)?;
    }
    (!total.is_zero()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        Period::parse(text, FiscalYear::default()).unwrap()
    }

    #[test]
    fn the_first_70_days_from_january_20_end_on_march_30() {
        let days = period("2025-01-20/P70D");
        assert_eq!((days.last().to_string().as_str(), days.days()), ("2025-03-30", 70));
    }

    #[test]
    fn every_form_counts_its_days() {
        let expected = [
            ("2025-03-28", 1),
            ("2025-02", 28),
            ("2024-02", 29),
            ("2024", 366),
            ("2025-Q1", 90),
            ("FY2025", 365),
            ("2025-03-01/2025-03-28", 28),
            ("2024-12/2025-02", 90),
            ("2019/2024", 2192),
            ("2025-01-01/P3M", 90),
            ("2025-01-01/P1Y2W", 379),
        ];
        for (text, days) in expected {
            assert_eq!(period(text).days(), days, "{text}");
        }
        assert_eq!(period("FY2025").first().to_string(), "2024-10-01");
    }

    #[test]
    fn bad_periods_say_what_is_wrong() {
        let error = |text| Period::parse(text, FiscalYear::default()).unwrap_err();
        assert_eq!(error("2025-02-30"), PeriodError::NoDate("2025-02-30".into()));
        assert_eq!(error("2025-Q5"), PeriodError::NoDate("2025-Q5".into()));
        assert_eq!(error("2025-03-02/2025-03-01"), PeriodError::Reversed("2025-03-02/2025-03-01".into()));
        for text in
            ["", "March", "2025-3", "2025-01-20/P", "2025-01-20/P0D", "2025-01-20/P99999999999D", "+025"]
        {
            assert!(matches!(error(text), PeriodError::Form(_)), "{text}");
        }
    }

    #[test]
    fn whole_months_are_months_however_written() {
        assert_eq!(period("2025-03-01/2025-03-31").kind(), PeriodKind::Month);
        assert_eq!(period("2025-03-01/2025-03-31").to_string(), "2025-03");
        assert_eq!(period("2025-03-01/2025-03-28").kind(), PeriodKind::Days);
    }
}
