//! Periods: days from one to another, both included, as ISO 8601 writes them.

mod parse;

pub use parse::PeriodError;

use std::fmt;

use jiff::civil::Date;

use super::Relation;

/// On which day a fiscal year begins. The one named 2025 that begins on October 1 runs from 2024-10-01 to 2025-09-30;
/// one that begins on January 1 is the calendar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FiscalYear {
    month: i8,
    day: i8,
}

impl FiscalYear {
    /// Begins on this day of this month; `None` where there is no such day in every year.
    pub fn from_start(month: i8, day: i8) -> Option<Self> {
        Date::new(2025, month, day).ok().map(|_| Self { month, day })
    }
}

/// The U.S. federal government's: October 1 (31 U.S.C. 1102).
impl Default for FiscalYear {
    fn default() -> Self {
        Self { month: 10, day: 1 }
    }
}

/// A set of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// First and last days, in order, neither touching nor overlapping.
    ranges: Vec<(Date, Date)>,
    kind: PeriodKind,
}

/// How a period was written, which says what it may be compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PeriodKind {
    /// Days from one to another.
    Days,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A calendar year.
    Year,
    /// A fiscal year.
    FiscalYear,
    /// So many calendar units in a row, or days apart from each other.
    Mixed,
}

impl Period {
    /// The days from `from` to `to`, both included; `None` where `to` is before `from`.
    pub fn between(from: Date, to: Date) -> Option<Self> {
        Self::of_kind(from, to, PeriodKind::Days)
    }

    fn of_kind(from: Date, to: Date, kind: PeriodKind) -> Option<Self> {
        (from <= to).then(|| Self { ranges: vec![(from, to)], kind })
    }

    /// How many days it counts.
    pub fn days(&self) -> i64 {
        self.ranges.iter().map(|(from, to)| i64::from(day_number(*to) - day_number(*from)) + 1).sum()
    }

    /// The first day.
    pub fn first(&self) -> Date {
        self.ranges.first().map_or(Date::ZERO, |(from, _)| *from)
    }

    /// The last day.
    pub fn last(&self) -> Date {
        self.ranges.last().map_or(Date::ZERO, |(_, to)| *to)
    }

    /// How it was written. Days that happen to be a whole calendar month, quarter or year are of that kind.
    pub fn kind(&self) -> PeriodKind {
        if self.kind != PeriodKind::Days || self.ranges.len() != 1 {
            return self.kind;
        }
        let month = self.first().month();
        match self.whole_months() {
            Some(1) => PeriodKind::Month,
            Some(3) if month % 3 == 1 => PeriodKind::Quarter,
            Some(12) if month == 1 => PeriodKind::Year,
            Some(12) => PeriodKind::FiscalYear,
            _ => PeriodKind::Days,
        }
    }

    /// How many calendar months it is, where it is whole ones in a row.
    pub fn whole_months(&self) -> Option<i32> {
        let [(from, to)] = self.ranges.as_slice() else { return None };
        let years = i32::from(to.year()) - i32::from(from.year());
        let is_whole = from.day() == 1 && *to == to.last_of_month();
        is_whole.then(|| years * 12 + i32::from(to.month()) - i32::from(from.month()) + 1)
    }

    /// What this period is to another, as sets of days.
    pub fn relation(&self, other: &Self) -> Relation {
        Relation::of(self.covers(other), other.covers(self), self.meets(other))
    }

    /// The days of either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let mut all: Vec<(Date, Date)> = self.ranges.iter().chain(&other.ranges).copied().collect();
        all.sort_unstable();
        let mut ranges: Vec<(Date, Date)> = Vec::with_capacity(all.len());
        for (from, to) in all {
            match ranges.last_mut() {
                Some((_, end)) if day_number(from) <= day_number(*end) + 1 => *end = (*end).max(to),
                _ => ranges.push((from, to)),
            }
        }
        let kind = if ranges.len() == 1 { PeriodKind::Days } else { PeriodKind::Mixed };
        Self { ranges, kind }
    }

    fn covers(&self, other: &Self) -> bool {
        other
            .ranges
            .iter()
            .all(|(from, to)| self.ranges.iter().any(|(first, last)| first <= from && to <= last))
    }

    fn meets(&self, other: &Self) -> bool {
        other
            .ranges
            .iter()
            .any(|(from, to)| self.ranges.iter().any(|(first, last)| first <= to && from <= last))
    }
}

/// Days since an arbitrary one.
fn day_number(date: Date) -> i32 {
    // The proleptic Gregorian calendar, from 1 March of year 0, so that leap days come last in their year.
    let (year, month, day) = (i32::from(date.year()), i32::from(date.month()), i32::from(date.day()));
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    year * 365 + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (month * 153 + 2) / 5
        + day
}

/// ISO 8601, shortest form: `2025-03`, `2025-Q1`, `2025`, `2025-03-01/2025-03-28`; ranges apart joined by `+`.
impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (from, to)) in self.ranges.iter().enumerate() {
            if at > 0 {
                out.write_str("+")?;
            }
            let whole = Self { ranges: vec![(*from, *to)], kind: PeriodKind::Days };
            match whole.kind() {
                PeriodKind::Month => write!(out, "{:04}-{:02}", from.year(), from.month())?,
                PeriodKind::Quarter => write!(out, "{:04}-Q{}", from.year(), (from.month() + 2) / 3)?,
                PeriodKind::Year => write!(out, "{:04}", from.year())?,
                _ if from == to => write!(out, "{from}")?,
                _ => write!(out, "{from}/{to}")?,
            }
        }
        Ok(())
    }
}
