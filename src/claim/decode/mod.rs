//! From the tree to raw structs, by serde: each entry of a file by itself, and each again without what was wrong with
//! it, until all that is wrong with it has been said.

mod failure;
mod value;

use serde::Deserialize;

use self::failure::{Failure, Fault};
use self::value::Place;
use super::Complaint;
use super::document::{Document, NodeId};
use crate::text::nearest;

/// How often an entry is decoded again; past as many mistakes the author has enough to do.
const MISTAKES: usize = 100;

/// Decodes the value at `id`, and says all that is wrong with it. What is wrong is left out of the value, which is
/// `None` only where nothing can be made of the whole.
pub(super) fn decode<'a, T: Deserialize<'a>>(
    document: &mut Document<'_, 'a>,
    id: NodeId,
    complaints: &mut Vec<Complaint>,
) -> Option<T> {
    for _ in 0..MISTAKES {
        let failure = match T::deserialize(Place { document, id }) {
            Ok(value) => return Some(value),
            Err(failure) => failure,
        };
        let at = failure.at().unwrap_or(id);
        complaints.push(complaint(document, at, &failure));
        if at == id {
            return None;
        }
        document.strike(at);
    }
    None
}

/// The complaint of a key that nothing is named by.
pub(super) fn unknown_key(document: &Document<'_, '_>, at: NodeId, known: &[&str]) -> Complaint {
    let key = document.key(at);
    let complaint = Complaint::new(document.key_span(at), format!("unknown key `{key}`"));
    complaint.help(suggestion(&key, known, "the keys known here are"))
}

/// The complaint of a value of another type than `expected`.
pub(super) fn wrong_type(document: &Document<'_, '_>, at: NodeId, expected: &str) -> Complaint {
    let found = value::type_name(&document.value(at));
    Complaint::new(document.span(at), named(document, at, &format!("expected {expected}, found {found}")))
}

fn complaint(document: &Document<'_, '_>, at: NodeId, failure: &Failure) -> Complaint {
    match failure.fault() {
        Fault::UnknownKey(known) => unknown_key(document, at, known),
        Fault::UnknownName(name, known) => {
            let message = named(document, at, &format!("`{name}` is none of the words known here"));
            Complaint::new(document.span(at), message).help(suggestion(name, known, "one of"))
        }
        Fault::Other(message) => Complaint::new(document.span(at), named(document, at, message)),
    }
}

/// A message, after the key that it is about.
fn named(document: &Document<'_, '_>, at: NodeId, message: &str) -> String {
    let key = document.key(at);
    if key.is_empty() { message.to_owned() } else { format!("`{key}`: {message}") }
}

fn suggestion(name: &str, known: &[&str], all: &str) -> String {
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{all} {}", listed(known)),
    }
}

fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
