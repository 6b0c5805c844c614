//! What files that the program writes, and people merge, have in common with rule files: they are decoded strictly, and
//! what is wrong with them is said at its place.

use std::ops::Range;

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::value::Datetime;

use super::Complaint;
use crate::text::Span;

/// The struct that a file of ours is written from.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn record<T: DeserializeOwned>(text: &str) -> Result<T, Complaint> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(Span::new(0, 0), span);
        Complaint::new(at, error.message())
    })
}

/// Where the value of a key stands.
pub fn span_of<T>(value: &Spanned<T>) -> Span {
    span(value.span())
}

/// A day of the calendar, without a time.
pub fn day(written: &Spanned<Datetime>) -> Result<Date, Complaint> {
    let day = written.get_ref();
    let date = day.date.filter(|_| day.time.is_none() && day.offset.is_none());
    let date = date.and_then(|date| date.to_string().parse().ok());
    date.ok_or_else(|| Complaint::new(span_of(written), "this is no day: write one like 2026-11-24"))
}

/// A complaint for each of these texts that says nothing.
pub fn said<'t>(texts: impl IntoIterator<Item = (&'static str, &'t Spanned<String>)>) -> Vec<Complaint> {
    let empty = texts.into_iter().filter(|(_, text)| text.get_ref().trim().is_empty());
    empty.map(|(key, text)| Complaint::new(span_of(text), format!("`{key}` is empty"))).collect()
}

fn span(range: Range<usize>) -> Span {
    Span::new(range.start, range.end)
}
