//! Words that mean a period by the day on which they are read: "last month", "this fiscal year".

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::checks::passage::{Passage, is_any};
use crate::scope::{FiscalYear, Period, PeriodKind, Relation};
use crate::text::Span;

/// A relative period of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Relative {
    /// Where its words stand.
    pub(super) span: Span,
    length: Length,
    /// Whether it is the one before the one that is running.
    is_last: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    FiscalYear,
    /// "March last year".
    MonthOfYear(i8),
    /// "the same period last year": some part of it.
    PartOfYear,
}

/// What the words mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The period.
    pub(super) period: Period,
    length: Length,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A word with its place.
struct Word<'t> {
    text: &'t str,
    span: Span,
}

/// The relative periods of a sentence, in its order.
pub(super) fn relatives(passage: &Passage<'_>) -> Vec<Relative> {
    let words = words(passage);
    (0..words.len()).filter_map(|at| relative(&words, at)).collect()
}

fn words<'t>(passage: &Passage<'t>) -> Vec<Word<'t>> {
    let text = passage.whole();
    let offset = passage.span().start as usize;
    let mut found = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        match (character.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(begin)) => {
                let span = Span::new(begin, at);
                found.push(Word { text: span.of(text), span: span.shift(offset) });
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn relative(words: &[Word<'_>], at: usize) -> Option<Relative> {
    let word = words.get(at)?;
    let of = |length, from: &Word<'_>, to: &Word<'_>, is_last| {
        Some(Relative { span: from.span.join(to.span), length, is_last })
    };
    if is_any(word.text, &["yesterday"]) {
        return of(Length::Day, word, word, true);
    }
    let is_last = is_any(word.text, &["last"]);
    if !is_last && !is_any(word.text, &["this"]) {
        return None;
    }
    // "the last year" is any twelve months.
    let before = |back: usize| at.checked_sub(back).and_then(|at| words.get(at));
    let before_is = |back, wanted: &[&str]| before(back).is_some_and(|word| is_any(word.text, wanted));
    if is_last && before_is(1, &["the", "these", "those", "past", "every"]) {
        return None;
    }
    let next = words.get(at + 1).filter(|next| next.span.start == word.span.end + 1)?;
    if is_any(next.text, &["fiscal"]) {
        let year = words.get(at + 2).filter(|word| is_any(word.text, &["year"]))?;
        return of(Length::FiscalYear, word, year, is_last);
    }
    let length = match () {
        () if is_any(next.text, &["week"]) => Length::Week,
        () if is_any(next.text, &["month"]) => Length::Month,
        () if is_any(next.text, &["quarter"]) => Length::Quarter,
        () if is_any(next.text, &["year"]) => Length::Year,
        () => return None,
    };
    if length == Length::Year {
        let parts =
            ["period", "month", "months", "week", "quarter", "time", "point", "date", "day", "stretch"];
        if let Some(same) = before(2).filter(|_| before_is(1, &parts) && before_is(2, &["same"])) {
            return of(Length::PartOfYear, same, next, is_last);
        }
        let back = if before_is(1, &["of"]) { 2 } else { 1 };
        let month = before(back).and_then(|word| Some((word, month(word.text)?)));
        if let Some((word, month)) = month {
            return of(Length::MonthOfYear(month), word, next, is_last);
        }
    }
    of(length, word, next, is_last)
}

fn month(name: &str) -> Option<i8> {
    let at = MONTHS.iter().position(|month| *month == name)?;
    i8::try_from(at + 1).ok()
}

/// The English name of a day's month.
pub(super) fn month_name(day: Date) -> &'static str {
    let at = usize::try_from(day.month() - 1).unwrap_or_default();
    MONTHS.get(at).copied().unwrap_or_default()
}

impl Relative {
    /// Whether its words name a month ("March last year").
    pub(super) fn names_month(&self) -> bool {
        matches!(self.length, Length::MonthOfYear(_))
    }

    /// What it means on a day.
    pub(super) fn meaning(&self, published: Date, fiscal: FiscalYear) -> Option<Meaning> {
        let back = i32::from(self.is_last);
        let year = i32::from(published.year()) - back;
        let read = |text: String| Period::parse(&text, fiscal).ok();
        let day = |days: i32| published.checked_sub(days.days()).ok();
        let period = match self.length {
            Length::Day => Period::between(day(back)?, day(back)?)?,
            Length::Week => {
                let monday = i32::from(published.weekday().to_monday_zero_offset()) + 7 * back;
                Period::between(day(monday)?, day(monday - 6)?)?
            }
            Length::Month => {
                let month = published.first_of_month().checked_sub(back.months()).ok()?;
                read(format!("{:04}-{:02}", month.year(), month.month()))?
            }
            Length::Quarter => {
                let month = published.first_of_month().checked_sub((3 * back).months()).ok()?;
                read(format!("{:04}-Q{}", month.year(), (month.month() + 2) / 3))?
            }
            Length::Year | Length::PartOfYear => read(format!("{year:04}"))?,
            Length::FiscalYear => {
                let running = [published.year(), published.year() + 1].into_iter().find_map(|year| {
                    let period = read(format!("FY{year:04}"))?;
                    (period.first() <= published && published <= period.last()).then_some(year)
                })?;
                read(format!("FY{:04}", i32::from(running) - back))?
            }
            Length::MonthOfYear(month) => read(format!("{year:04}-{month:02}"))?,
        };
        Some(Meaning { period, length: self.length })
    }
}

impl Meaning {
    /// Whether a rule's period is of the same sort, and another one. A period of another sort plays another part: the
    /// sentence speaks of both.
    pub(super) fn excludes(&self, declared: &Period) -> bool {
        let kind = declared.kind();
        let days = declared.days();
        let (first, last) = (declared.first(), declared.last());
        let is_of_sort = match self.length {
            Length::Day => kind == PeriodKind::Days && days == 1,
            Length::Week => kind == PeriodKind::Days && (2..=8).contains(&days),
            Length::Month | Length::MonthOfYear(_) => {
                let is_in_one = (first.year(), first.month()) == (last.year(), last.month());
                kind == PeriodKind::Month || kind == PeriodKind::Days && days > 8 && is_in_one
            }
            Length::Quarter => kind == PeriodKind::Quarter,
            Length::Year | Length::FiscalYear => {
                let is_to_date =
                    kind == PeriodKind::Days && days > 31 && (first.month(), first.day()) == (1, 1);
                matches!(kind, PeriodKind::Year | PeriodKind::FiscalYear) || is_to_date
            }
            // What is compared lies in the year after it.
            Length::PartOfYear => kind != PeriodKind::Mixed && last < self.period.first(),
        };
        // A week from Sunday to Saturday meets the one from Monday to Sunday.
        is_of_sort && self.period.relation(declared) == Relation::Disjoint
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(length: Length, is_last: bool, published: Date) -> String {
        let relative = Relative { span: Span::default(), length, is_last };
        relative.meaning(published, FiscalYear::default()).unwrap().period.to_string()
    }

    #[test]
    fn words_mean_the_period_that_a_reader_takes_them_for() {
        let day = Date::constant(2025, 1, 2);
        for (length, this, last) in [
            (Length::Month, "2025-01", "2024-12"),
            (Length::Quarter, "2025-Q1", "2024-Q4"),
            (Length::Year, "2025", "2024"),
            (Length::FiscalYear, "2024-10-01/2025-09-30", "2023-10-01/2024-09-30"),
            (Length::MonthOfYear(3), "2025-03", "2024-03"),
            (Length::Week, "2024-12-30/2025-01-05", "2024-12-23/2024-12-29"),
        ] {
            assert_eq!((meant(length, false, day).as_str(), meant(length, true, day).as_str()), (this, last));
        }
        assert_eq!(meant(Length::Day, true, day), "2025-01-01");
        assert_eq!(meant(Length::Month, true, Date::constant(2025, 3, 31)), "2025-02");
        assert_eq!(meant(Length::FiscalYear, false, Date::constant(2025, 10, 1)), "2025-10-01/2026-09-30");
    }
}
