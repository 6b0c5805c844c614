//! The functions that formulas may call.

use crate::text::nearest;

/// A function. All names and what they take stand in [`Function::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    /// `change(before, after)`: after ÷ before − 1, in percent.
    Change,
    /// `points(before, after)`: the difference of two percentages, in percentage points.
    Points,
    /// `ratio(a, b)`: how many times b goes into a.
    Ratio,
    /// `share(part, whole)`, in percent.
    Share,
    /// `sum(a, …)`.
    Sum,
    /// `mean(a, …)`.
    Mean,
    /// `median(a, …)`.
    Median,
    /// `min(a, …)`.
    Min,
    /// `max(a, …)`.
    Max,
    /// `abs(a)`.
    Abs,
    /// `count(a, …)`: how many there are.
    Count,
    /// `rank(series, "2024")`: the place of the value at a key among all, from the highest, which is 1; without a key, of
    /// the last.
    Rank,
    /// `days(a)`: the days of a figure's period; `days("2025-01-20/P70D")`.
    Days,
    /// `per(a, b)`: a ÷ b as a rate; `per(a, b, 100_000)`: so many of a for each 100,000 of b.
    Per,
    /// `per_capita(a, population)`: a ÷ population, whose place and year must be a's.
    PerCapita,
    /// `real(amount, index_then, index_now)`: amount × `index_now` ÷ `index_then`; `real(amount, "1990", "2025", cpi.value)`
    /// takes both from a table's column.
    Real,
}

impl Function {
    /// Every function, with its name and the least and most operands that it takes.
    pub const ALL: [(Self, &'static str, usize, usize); 16] = [
        (Self::Change, "change", 2, 2),
        (Self::Points, "points", 2, 2),
        (Self::Ratio, "ratio", 2, 2),
        (Self::Share, "share", 2, 2),
        (Self::Sum, "sum", 1, usize::MAX),
        (Self::Mean, "mean", 1, usize::MAX),
        (Self::Median, "median", 1, usize::MAX),
        (Self::Min, "min", 1, usize::MAX),
        (Self::Max, "max", 1, usize::MAX),
        (Self::Abs, "abs", 1, 1),
        (Self::Count, "count", 1, usize::MAX),
        (Self::Rank, "rank", 1, 2),
        (Self::Days, "days", 1, 1),
        (Self::Per, "per", 2, 3),
        (Self::PerCapita, "per_capita", 2, 2),
        (Self::Real, "real", 3, 3),
    ];

    /// The function of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, ..)| *known == name).map(|(function, ..)| *function)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(function, ..)| *function == self).map_or("", |(_, name, ..)| name)
    }

    /// The least and most operands that it takes.
    pub fn arity(self) -> (usize, usize) {
        Self::ALL
            .iter()
            .find(|(function, ..)| *function == self)
            .map_or((0, 0), |(.., least, most)| (*least, *most))
    }

    /// The function whose name is most like `name`.
    pub fn nearest(name: &str) -> Option<&'static str> {
        nearest(name, Self::ALL.iter().map(|(_, known, ..)| *known))
    }
}
