//! Scalars, and lists and tables of them.

use jiff::civil::Date;

use super::{Decode, Entry, Place, listed};
use crate::claim::document::Value;
use crate::claim::scalar::exact;
use crate::claim::{
    Complaint, RawBounds, RawBy, RawCell, RawCells, RawCondition, RawDate, RawMap, RawNames, RawNumber,
    RawOccurrence, RawRevisions, RawRow, RawText, RawValue, Spanned,
};

impl<'a, T: Decode<'a>> Decode<'a> for Option<T> {
    fn decode(place: Place<'_, 'a>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        T::decode(place, complaints).map(Some)
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Spanned<T> {
    fn decode(place: Place<'_, 'a>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        let span = place.span();
        T::decode(place, complaints).map(|value| Self { value, span })
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Vec<T> {
    fn decode(place: Place<'_, 'a>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        if !matches!(place.value(), Value::Array { .. }) {
            complaints.push(place.mismatch("a list"));
            return None;
        }
        Some(place.below().filter_map(|item| T::decode(item, complaints)).collect())
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for RawMap<'a, T> {
    fn decode(place: Place<'_, 'a>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        if !matches!(place.value(), Value::Table) {
            complaints.push(place.mismatch("a table"));
            return None;
        }
        let entry = |value: Place<'_, 'a>| {
            let document = value.document;
            let name = Spanned { value: RawText(document.key(value.id)), span: document.key_span(value.id) };
            Some((name, T::decode(value, complaints)?))
        };
        Some(Self(place.below().filter_map(entry).collect()))
    }
}

impl Decode<'_> for bool {
    fn decode(place: Place<'_, '_>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        if let Value::Boolean(value) = place.value() {
            return Some(value);
        }
        complaints.push(place.mismatch("a boolean"));
        None
    }
}

impl<'a> Decode<'a> for RawText<'a> {
    fn decode(place: Place<'_, 'a>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        if let Some(text) = place.document.string(place.id) {
            return Some(Self(text));
        }
        complaints.push(place.mismatch("a string"));
        None
    }
}

impl<'a> Decode<'a> for RawValue<'a> {
    fn decode(place: Place<'_, 'a>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        let complaint = match place.value() {
            Value::String(text) => return Some(Self::Text(RawText(text))),
            Value::Integer(digits) | Value::Float(digits) => match exact(&digits) {
                Ok(number) => return Some(Self::Number(number)),
                Err(message) => place.complaint(message),
            },
            _ => place.mismatch("a string or a number"),
        };
        complaints.push(complaint);
        None
    }
}

impl Decode<'_> for RawNumber {
    fn decode(place: Place<'_, '_>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        let complaint = match place.value() {
            Value::Integer(digits) | Value::Float(digits) => match exact(&digits) {
                Ok(number) => return Some(Self(number)),
                Err(message) => place.complaint(message),
            },
            _ => place.mismatch("a number, without quotation marks"),
        };
        complaints.push(complaint);
        None
    }
}

impl<'a> Decode<'a> for RawCell<'a> {
    fn decode(place: Place<'_, 'a>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        let complaint = match place.value() {
            Value::String(text) => return Some(Self::Text(RawText(text))),
            Value::Boolean(flag) => return Some(Self::Flag(flag)),
            Value::Integer(digits) | Value::Float(digits) => match exact(&digits) {
                Ok(number) => return Some(Self::Number(number)),
                Err(message) => place.complaint(message),
            },
            Value::Date(text) => match day(&text) {
                Some(day) => return Some(Self::Date(day)),
                None => place.complaint(&format!("expected {DAY}, found `{text}`")),
            },
            _ => place.mismatch("a value: a string, a number, a date, or true or false"),
        };
        complaints.push(complaint);
        None
    }
}

impl<'a> Decode<'a> for RawCells<'a> {
    fn decode(place: Place<'_, 'a>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        if matches!(place.value(), Value::Array { .. }) {
            return Vec::decode(place, complaints).map(Self);
        }
        Spanned::decode(place, complaints).map(|cell| Self(vec![cell]))
    }
}

impl<'a> Decode<'a> for RawCondition<'a> {
    fn decode(place: Place<'_, 'a>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        match place.value() {
            Value::Array { .. } => Vec::decode(place, complaints).map(Self::OneOf),
            Value::Table if place.below().next().is_none() => {
                let bounds = <RawBounds<'_> as Entry<'_>>::KEYS;
                let help = format!("the bounds are {}", listed(bounds));
                complaints.push(place.complaint("no bounds").help(help));
                None
            }
            Value::Table => RawBounds::decode(place, complaints).map(|bounds| Self::Within(Box::new(bounds))),
            _ => RawCell::decode(place, complaints).map(Self::Is),
        }
    }
}

const DAY: &str = "a date like 2025-04-07";

/// A day and nothing more: no time of the day, no month alone.
fn day(text: &str) -> Option<Date> {
    let is_day_alone = text.len() == "2025-04-07".len();
    text.parse().ok().filter(|_| is_day_alone)
}

impl Decode<'_> for RawDate {
    fn decode(place: Place<'_, '_>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        let complaint = match place.value() {
            Value::String(text) | Value::Date(text) => match day(&text) {
                Some(day) => return Some(Self(day)),
                None => place.complaint(&format!("expected {DAY}, found `{text}`")),
            },
            _ => place.mismatch(DAY),
        };
        complaints.push(complaint);
        None
    }
}

impl Decode<'_> for RawOccurrence {
    fn decode(place: Place<'_, '_>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        const EXPECTED: &str = "a whole number from 1 on, or \"all\"";
        let complaint = match place.value() {
            Value::String(text) if text == "all" => return Some(Self::All),
            Value::String(text) => place.complaint(&format!("expected {EXPECTED}, found \"{text}\"")),
            Value::Integer(digits) => match digits.parse() {
                Ok(nth) if nth > 0 => return Some(Self::Nth(nth)),
                _ => place.complaint(&format!("expected {EXPECTED}, found {digits}")),
            },
            _ => place.mismatch(EXPECTED),
        };
        complaints.push(complaint);
        None
    }
}

impl<'a> Decode<'a> for RawRevisions<'a> {
    fn decode(place: Place<'_, 'a>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        match place.value() {
            Value::Table => Spanned::decode(place, complaints).map(|only| Self(vec![only])),
            Value::Array { .. } => Vec::decode(place, complaints).map(Self),
            _ => {
                let complaint = place.mismatch("a table, or a list of tables");
                complaints.push(complaint.help("write { value = \"7,180\", on = 2025-09-20 }"));
                None
            }
        }
    }
}

impl Decode<'_> for RawRow {
    fn decode(place: Place<'_, '_>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        const EXPECTED: &str = "the number of a row, from 1 on";
        let complaint = match place.value() {
            Value::Integer(digits) => match digits.parse() {
                Ok(row) if row > 0 => return Some(Self(row)),
                _ => place.complaint(&format!("expected {EXPECTED}, found {digits}")),
            },
            _ => place.mismatch(EXPECTED),
        };
        complaints.push(complaint);
        None
    }
}

impl<'a> Decode<'a> for RawNames<'a> {
    fn decode(place: Place<'_, 'a>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        match place.value() {
            Value::String(text) => Some(Self(vec![Spanned { value: RawText(text), span: place.span() }])),
            Value::Array { .. } => Vec::decode(place, complaints).map(Self),
            _ => {
                complaints.push(place.mismatch("a string or a list of strings"));
                None
            }
        }
    }
}

impl<'a> Decode<'a> for RawBy<'a> {
    fn decode(place: Place<'_, 'a>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        match place.value() {
            Value::String(name) => Some(Self::Name(RawText(name))),
            Value::Table => Decode::decode(place, complaints).map(|speaker| Self::Speaker(Box::new(speaker))),
            _ => {
                const EXPECTED: &str = "a name, or { person = \"…\" } or { organization = \"…\" }";
                complaints.push(place.mismatch(EXPECTED));
                None
            }
        }
    }
}
