//! Words of a closed set, as serde knows them by their names.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::de::value::StrDeserializer;

use super::{Decode, Place, listed, suggestion};
use crate::claim::document::Value;
use crate::claim::settings::{FailOn, Level};
use crate::claim::{Complaint, RawFormat, RawKind, RawMissing, RawRecord, RawStatus, RawTake};
use crate::hedge::Hedge;
use crate::mention::Kind;

/// A word that is none of those known.
#[derive(Debug)]
struct UnknownWord {
    known: &'static [&'static str],
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "one of {}", listed(self.known))
    }
}

impl std::error::Error for UnknownWord {}

impl serde::de::Error for UnknownWord {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self { known: &[] }
    }

    fn unknown_variant(_: &str, known: &'static [&'static str]) -> Self {
        Self { known }
    }
}

fn word<T: DeserializeOwned>(place: Place<'_, '_>, complaints: &mut Vec<Complaint>) -> Option<T> {
    let named = |name: &str| T::deserialize(StrDeserializer::<UnknownWord>::new(name));
    let complaint = match place.value() {
        Value::String(name) => match named(&name) {
            Ok(word) => return Some(word),
            Err(unknown) => place
                .complaint(&format!("`{name}` is none of the words known here"))
                .help(suggestion(&name, unknown.known, "one of")),
        },
        // No word is empty.
        _ => place.mismatch(&named("").err()?.to_string()),
    };
    complaints.push(complaint);
    None
}

macro_rules! words {
    ($($word:ty),+) => {
        $(impl Decode<'_> for $word {
            fn decode(place: Place<'_, '_>, complaints: &mut Vec<Complaint>) -> Option<Self> {
                word(place, complaints)
            }
        })+
    };
}

words!(RawFormat, RawTake, RawMissing, RawKind, RawRecord, RawStatus, Level, FailOn, Hedge, Kind);
