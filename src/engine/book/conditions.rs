//! What a rule asks of the rows of a table, as the table is asked.

use std::borrow::Cow;

use crate::claim::{Complaint, RawBounds, RawCell, RawCells, RawCondition, RawMap, Spanned};
use crate::number::Decimal;
use crate::scope::{FiscalYear, Period};
use crate::source::{Bound, Condition, End, Match, Test};

/// The conditions of a `where`. The ends of a range are a condition each.
pub(super) fn conditions<'a>(
    rows: &'a RawMap<'a, Spanned<RawCondition<'a>>>,
    fiscal: FiscalYear,
) -> Result<Vec<Condition<'a>>, Complaint> {
    let mut conditions = Vec::with_capacity(rows.len());
    for (column, raw) in rows.iter() {
        let column = &*column.value.0;
        match &raw.value {
            RawCondition::Is(cell) => conditions.push(Condition { column, test: Test::Is(matched(cell)) }),
            RawCondition::OneOf(cells) => {
                conditions.push(Condition { column, test: Test::OneOf(all_matched(cells)) });
            }
            RawCondition::Within(bounds) => {
                let tests = tests(bounds, fiscal)?;
                conditions.extend(tests.into_iter().map(|test| Condition { column, test }));
            }
        }
    }
    Ok(conditions)
}

fn tests<'a>(bounds: &'a RawBounds<'a>, fiscal: FiscalYear) -> Result<Vec<Test<'a>>, Complaint> {
    let RawBounds { from, to, above, at_least, below, at_most, prefix, not } = bounds;
    let ends = [(from, End::First), (to, End::Last)];
    let mut tests = Vec::new();
    for (cell, end) in ends.into_iter().filter_map(|(cell, end)| Some((cell.as_ref()?, end))) {
        tests.push(end_of_range(cell, end, fiscal)?);
    }
    let numbers =
        [(above, Bound::Above), (at_least, Bound::AtLeast), (below, Bound::Below), (at_most, Bound::AtMost)];
    tests.extend(
        numbers.into_iter().filter_map(|(edge, bound)| Some(Test::Number(bound, edge.as_ref()?.value.0))),
    );
    tests.extend(prefix.as_ref().map(|prefix| Test::Prefix(Cow::Borrowed(&*prefix.value.0))));
    tests.extend(not.as_ref().map(|RawCells(cells)| Test::NoneOf(all_matched(cells))));
    match nothing_between(&tests) {
        Some(message) => {
            let place = to.as_ref().or(from.as_ref()).map(|cell| cell.span);
            let place =
                place.or([below, at_most, above, at_least].into_iter().flatten().map(|it| it.span).next());
            Err(Complaint::new(place.unwrap_or_default(), message))
        }
        None => Ok(tests),
    }
}

/// The first or last day of what is written, or the number.
fn end_of_range<'a>(
    cell: &Spanned<RawCell<'a>>,
    end: End,
    fiscal: FiscalYear,
) -> Result<Test<'a>, Complaint> {
    let day = match &cell.value {
        RawCell::Date(day) => *day,
        RawCell::Number(edge) => {
            let bound = if end == End::First { Bound::AtLeast } else { Bound::AtMost };
            return Ok(Test::Number(bound, *edge));
        }
        RawCell::Text(text) => {
            let period = Period::parse(text, fiscal).map_err(|error| {
                Complaint::new(cell.span, error.to_string())
                    .help("a range goes from one date to another, or from one number to another, which has no quotation marks")
            })?;
            if end == End::First { period.first() } else { period.last() }
        }
        RawCell::Flag(_) => {
            return Err(Complaint::new(cell.span, "a range goes from one date or number to another"));
        }
    };
    Ok(Test::Days { end, day, fiscal })
}

/// What is wrong with bounds that no value lies within.
fn nothing_between(tests: &[Test<'_>]) -> Option<&'static str> {
    let day = |wanted: End| {
        tests.iter().find_map(|test| match test {
            Test::Days { end, day, .. } if *end == wanted => Some(*day),
            _ => None,
        })
    };
    let edges = |is_low: bool| {
        tests.iter().filter_map(move |test| match test {
            Test::Number(bound @ (Bound::Above | Bound::AtLeast), edge) if is_low => Some((*edge, *bound)),
            Test::Number(bound @ (Bound::Below | Bound::AtMost), edge) if !is_low => Some((*edge, *bound)),
            _ => None,
        })
    };
    let excludes = |(low, at_low): (Decimal, Bound), (high, at_high): (Decimal, Bound)| {
        low > high || (low == high && (at_low, at_high) != (Bound::AtLeast, Bound::AtMost))
    };
    let is_reversed = day(End::First).zip(day(End::Last)).is_some_and(|(first, last)| last < first);
    let is_mixed = (day(End::First).is_some() || day(End::Last).is_some())
        && tests.iter().any(|test| matches!(test, Test::Number(..)));
    if is_mixed {
        return Some("a column has dates or numbers, not both");
    }
    let is_empty = edges(true).any(|low| edges(false).any(|high| excludes(low, high)));
    (is_reversed || is_empty).then_some("the range ends before it begins: no row can lie in it")
}

fn all_matched<'a>(cells: &'a [Spanned<RawCell<'a>>]) -> Vec<Match<'a>> {
    cells.iter().map(|cell| matched(&cell.value)).collect()
}

fn matched<'a>(cell: &'a RawCell<'a>) -> Match<'a> {
    match cell {
        RawCell::Text(text) => Match::Text(Cow::Borrowed(text)),
        RawCell::Number(number) => Match::Number(*number),
        RawCell::Date(day) => Match::Date(*day),
        RawCell::Flag(flag) => Match::Flag(*flag),
    }
}
