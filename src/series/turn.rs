//! Periods as the keys of a table name them, in the order in which they follow each other.

use std::cmp::Ordering;
use std::fmt;

/// A day, month, quarter or year, counted from an arbitrary one of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Turn {
    step: Step,
    number: i32,
}

/// What follows what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Days.
    Day,
    /// Months.
    Month,
    /// Quarters.
    Quarter,
    /// Calendar years.
    Year,
    /// Fiscal years, named by the year that they end in.
    FiscalYear,
}

/// The months by the letters that their names begin with.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl Turn {
    /// Reads a key as tables print it: `2025`, `FY 2025`, `FY25`, `2025-03`, `March 2025`, `Mar 2025`, `2025-Q1`, `Q1 2025`,
    /// `2025-03-01` with or without a time behind it.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(year) = strip_word(text, "fy")
            .or_else(|| strip_word(text, "fiscal year"))
            .or_else(|| strip_word(text, "fiscal"))
        {
            return fiscal(year);
        }
        if let Some(year) = year(text) {
            return Some(Self { step: Step::Year, number: year });
        }
        let (first, rest) = text.split_once(['-', ' '])?;
        let named = |year_text: &str, part: &str| {
            let year = year(year_text)?;
            if let Some(quarter) = quarter(part) {
                return Some(Self { step: Step::Quarter, number: year * 4 + quarter - 1 });
            }
            Some(Self::month(year, month(part)?))
        };
        let rest = rest.trim();
        if let Some(turn) = named(first, rest).or_else(|| named(rest, first)) {
            return Some(turn);
        }
        let year = year(first)?;
        match rest.split_once('-') {
            None => Some(Self::month(year, two_digits(rest).filter(|month| (1..=12).contains(month))?)),
            Some((month, day)) => {
                let (day, time) = day.split_at_checked(2)?;
                let is_day = time.is_empty() || time.starts_with(['T', ' ']);
                let month = two_digits(month).filter(|_| is_day)?.try_into().ok()?;
                let date =
                    jiff::civil::Date::new(year.try_into().ok()?, month, two_digits(day)?.try_into().ok()?);
                Self::of(date.ok()?, Step::Day)
            }
        }
    }

    fn month(year: i32, month: i32) -> Self {
        Self { step: Step::Month, number: year * 12 + month - 1 }
    }

    /// The period of a kind that a day lies in; none of fiscal years, which begin on other days elsewhere.
    pub fn of(day: jiff::civil::Date, step: Step) -> Option<Self> {
        let (year, month) = (i32::from(day.year()), i32::from(day.month()));
        let number = match step {
            Step::Day => day.since(jiff::civil::date(1, 1, 1)).ok()?.get_days(),
            Step::Month => year * 12 + month - 1,
            Step::Quarter => year * 4 + (month - 1) / 3,
            Step::Year => year,
            Step::FiscalYear => return None,
        };
        Some(Self { step, number })
    }

    /// What follows what.
    pub fn step(self) -> Step {
        self.step
    }

    /// The calendar year that it lies in; of a fiscal year, the one that it is named by.
    pub fn year(self) -> i32 {
        match self.step {
            Step::Day => date_of(self.number).map_or(0, |date| date.year().into()),
            Step::Month => self.number.div_euclid(12),
            Step::Quarter => self.number.div_euclid(4),
            Step::Year | Step::FiscalYear => self.number,
        }
    }

    /// How many steps lie between this and a later one of the same kind.
    pub fn steps_to(self, later: Self) -> Option<i32> {
        (self.step == later.step).then(|| later.number - self.number)
    }

    /// The one so many steps later.
    #[must_use]
    pub fn after(self, steps: i32) -> Self {
        Self { number: self.number + steps, ..self }
    }

    /// Whether it lies in a period, or after it. `None` where the period is shorter than the turn is.
    pub fn is_since(self, start: Self) -> Option<bool> {
        self.against(start).map(Ordering::is_ge)
    }

    /// Whether it lies after a period. `None` where the period is shorter than the turn is.
    pub fn is_past(self, start: Self) -> Option<bool> {
        self.against(start).map(Ordering::is_gt)
    }

    /// Before, in or after a period of its own kind, or a year.
    fn against(self, period: Self) -> Option<Ordering> {
        if self.step == period.step {
            return Some(self.number.cmp(&period.number));
        }
        (period.step == Step::Year).then(|| self.year().cmp(&period.number))
    }
}

/// As ISO 8601 writes it.
impl fmt::Display for Turn {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year();
        match self.step {
            Step::Day => match date_of(self.number) {
                Some(date) => write!(out, "{date}"),
                None => Ok(()),
            },
            Step::Month => write!(out, "{year}-{:02}", self.number.rem_euclid(12) + 1),
            Step::Quarter => write!(out, "{year}-Q{}", self.number.rem_euclid(4) + 1),
            Step::Year => write!(out, "{year}"),
            Step::FiscalYear => write!(out, "FY{year}"),
        }
    }
}

impl Step {
    /// What several of them are called.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Day => "days",
            Self::Month => "months",
            Self::Quarter => "quarters",
            Self::Year => "years",
            Self::FiscalYear => "fiscal years",
        }
    }
}

fn date_of(days: i32) -> Option<jiff::civil::Date> {
    jiff::civil::date(1, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// What stands behind a word, in whatever case.
fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    head.eq_ignore_ascii_case(word).then(|| rest.trim_start())
}

fn fiscal(text: &str) -> Option<Turn> {
    let short = || two_digits(text).map(|year| 2000 + year);
    Some(Turn { step: Step::FiscalYear, number: year(text).or_else(short)? })
}

/// Four digits; other numbers of so many digits are no years.
fn year(text: &str) -> Option<i32> {
    let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|year| is_year && (1500..=2200).contains(year))
}

fn two_digits(text: &str) -> Option<i32> {
    (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn quarter(text: &str) -> Option<i32> {
    match text.as_bytes() {
        [b'Q' | b'q', digit @ b'1'..=b'4'] => Some(i32::from(digit - b'0')),
        _ => None,
    }
}

/// A month by its name, or by at least three letters of it.
fn month(text: &str) -> Option<i32> {
    let name = text.trim_end_matches(['.', ',']).to_ascii_lowercase();
    let at = MONTHS.iter().position(|full| name.len() >= 3 && full.starts_with(&name))?;
    i32::try_from(at).ok().map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_tables_print_them() {
        for (printed, read) in [
            ("2017", "2017"),
            ("FY 2017", "FY2017"),
            ("FY17", "FY2017"),
            ("Fiscal year 2017", "FY2017"),
            ("2025-03", "2025-03"),
            ("March 2025", "2025-03"),
            ("2025 Mar", "2025-03"),
            ("Sept. 2024", "2024-09"),
            ("2025-Q1", "2025-Q1"),
            ("Q4 2024", "2024-Q4"),
            ("2025-03-01", "2025-03-01"),
            ("2024-02-29T00:00:00", "2024-02-29"),
        ] {
            assert_eq!(Turn::read(printed).map(|turn| turn.to_string()).as_deref(), Some(read), "{printed}");
        }
        for other in [
            "",
            "Texas",
            "12",
            "0042",
            "3000",
            "2025-13",
            "2025-02-30",
            "2025-030",
            "Q5 2025",
            "Ma 2025",
            "FY",
            "2025-",
            "2025–26",
        ] {
            assert_eq!(Turn::read(other), None, "{other}");
        }
    }

    #[test]
    fn turns_follow_each_other() {
        let turn = |text| Turn::read(text).unwrap();
        assert_eq!(turn("2024-12").steps_to(turn("2025-01")), Some(1));
        assert_eq!(turn("2024-Q4").after(1), turn("2025-Q1"));
        assert_eq!(turn("2024-02-28").after(2), turn("2024-03-01"));
        assert_eq!(turn("2024").steps_to(turn("2025-01")), None);
        assert_eq!(turn("2017-01").is_since(turn("2017")), Some(true));
        assert_eq!(turn("2016-12").is_since(turn("2017")), Some(false));
        assert_eq!(turn("FY2017").is_since(turn("2017")), Some(true));
        assert_eq!(turn("2017").is_since(turn("2017-03")), None);
    }
}
