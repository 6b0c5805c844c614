//! From the tree to raw structs. Each key of an entry is decoded by itself, so that all that is wrong with an entry is
//! said at once, and what is wrong with one key costs no other.

mod entries;
mod values;
mod word;

use super::Complaint;
use super::document::{Document, NodeId, Value};
use crate::text::{Span, nearest};

/// What can be made of a value in the tree.
pub(super) trait Decode<'a>: Sized {
    /// Decodes a value, and says all that is wrong with it. What is wrong is left out; `None` only where nothing can
    /// be made of the whole.
    fn decode(place: Place<'_, 'a>, complaints: &mut Vec<Complaint>) -> Option<Self>;
}

/// A table whose keys are known.
pub(super) trait Entry<'a>: Default {
    /// Its keys.
    const KEYS: &'static [&'static str];

    /// Decodes the value of a key; `false` where the key is none of [`Self::KEYS`].
    fn set(&mut self, key: &str, value: Field<'_, 'a>) -> bool;
}

/// A value in the tree.
#[derive(Clone, Copy)]
pub(super) struct Place<'t, 'a> {
    document: &'t Document<'t, 'a>,
    id: NodeId,
}

/// The value of a key on its way into its field.
pub(super) struct Field<'t, 'a> {
    place: Place<'t, 'a>,
    complaints: &'t mut Vec<Complaint>,
}

/// Decodes the value at `id`, and says all that is wrong with it.
pub(super) fn decode<'a, T: Decode<'a>>(
    document: &Document<'_, 'a>,
    id: NodeId,
    complaints: &mut Vec<Complaint>,
) -> Option<T> {
    T::decode(Place { document, id }, complaints)
}

/// Decodes the keys of the table at `id` into an entry, and says all that is wrong with them; whether it is a table.
pub(super) fn fill<'a, T: Entry<'a>>(
    document: &Document<'_, 'a>,
    id: NodeId,
    entry: &mut T,
    complaints: &mut Vec<Complaint>,
) -> bool {
    let place = Place { document, id };
    let is_table = matches!(place.value(), Value::Table);
    if !is_table {
        complaints.push(place.mismatch("a table"));
    }
    for value in place.below().filter(|_| is_table) {
        let key = document.key(value.id);
        if !entry.set(&key, Field { place: value, complaints: &mut *complaints }) {
            complaints.push(unknown_key(document, value.id, T::KEYS));
        }
    }
    is_table
}

impl<'a> Field<'_, 'a> {
    /// Puts the value into its field, which stays as it is where nothing can be made of it; `true`, since the key is
    /// known.
    pub(super) fn put<T: Decode<'a>>(self, field: &mut T) -> bool {
        if let Some(value) = T::decode(self.place, self.complaints) {
            *field = value;
        }
        true
    }
}

impl<'t, 'a> Place<'t, 'a> {
    fn value(self) -> Value<'a> {
        self.document.value(self.id)
    }

    fn span(self) -> Span {
        self.document.span(self.id)
    }

    /// What is in a list or a table.
    fn below(self) -> impl Iterator<Item = Self> + use<'t, 'a> {
        let document = self.document;
        let ids = std::iter::successors(document.first(self.id), |id| document.next(*id));
        ids.map(|id| Place { document, id })
    }

    /// A complaint about the value, after the key that it stands under.
    fn complaint(self, message: &str) -> Complaint {
        let key = self.document.key(self.id);
        let message = if key.is_empty() { message.to_owned() } else { format!("`{key}`: {message}") };
        Complaint::new(self.span(), message)
    }

    fn mismatch(self, expected: &str) -> Complaint {
        self.complaint(&format!("expected {expected}, found {}", type_name(&self.value())))
    }
}

/// The complaint of a key that nothing is named by.
pub(super) fn unknown_key(document: &Document<'_, '_>, at: NodeId, known: &[&str]) -> Complaint {
    let key = document.key(at);
    let complaint = Complaint::new(document.key_span(at), format!("unknown key `{key}`"));
    complaint.help(suggestion(&key, known, "the keys known here are"))
}

/// The complaint of a value of another type than `expected`.
pub(super) fn wrong_type(document: &Document<'_, '_>, id: NodeId, expected: &str) -> Complaint {
    Place { document, id }.mismatch(expected)
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

/// A value's type, with its article.
fn type_name(value: &Value<'_>) -> &'static str {
    match value {
        Value::String(_) => "a string",
        Value::Integer(_) => "an integer",
        Value::OtherRadix => "an integer that is not written in decimal",
        Value::Float(_) => "a decimal number",
        Value::Boolean(_) => "a boolean",
        Value::Date(_) => "a date",
        Value::Array { of_tables: false } => "a list",
        Value::Array { of_tables: true } => "a list of tables (double brackets)",
        Value::Table => "a table",
    }
}

impl<'a, T: Entry<'a>> Decode<'a> for T {
    fn decode(place: Place<'_, 'a>, complaints: &mut Vec<Complaint>) -> Option<Self> {
        let mut entry = Self::default();
        fill(place.document, place.id, &mut entry, complaints).then_some(entry)
    }
}
