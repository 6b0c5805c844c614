//! One rule file, decoded: each entry by itself, so that one that is wrong takes no other with it.

use std::collections::HashMap;

use super::complaint::Complaint;
use super::decode::{Decode, Entry, decode as decode_value, fill, unknown_key, wrong_type};
use super::document::{Document, NodeId, Parser, ROOT, Value};
use super::raw::{KEYS, RawFile};
use super::scalar::{RawMap, RawText};
use super::shape::{self, Shape};
use super::spanned::Spanned;
use crate::text::Span;

/// What a rule file holds, and all that is wrong with it.
#[derive(Debug, Default)]
pub struct Decoded<'a> {
    /// The entries that nothing is wrong with. Each claim has its id, its quote, and a formula or a todo, each ignore its quote and
    /// reason, each figure one way to its value. Names in it are not yet looked up.
    pub file: RawFile<'a>,
    /// What is wrong, in the order of the file.
    pub complaints: Vec<Complaint>,
    /// The entries that something is wrong with; they are not in `file`.
    pub refused: Vec<Refused<'a>>,
}

/// An entry that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused<'a> {
    /// What it would be.
    pub kind: EntryKind,
    /// Its name or id, where that can be read; claims unchecked for it are reported by this.
    pub name: Option<RawText<'a>>,
    /// Where it stands: its header, or its key.
    pub span: Span,
}

/// What sort of entry it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A member of a facet.
    Member,
    /// A source.
    Source,
    /// A figure.
    Figure,
    /// A claim.
    Claim,
    /// A number that needs no claim.
    Ignore,
}

/// Decodes a rule file. A file that is no TOML gives its errors, and its claims, as far as they can be made out, as
/// refused.
pub fn decode<'a>(parser: &mut Parser, text: &'a str) -> Decoded<'a> {
    let (document, complaints) = parser.parse(text);
    let is_toml = complaints.is_empty();
    let mut decoded = Decoded { complaints, ..Decoded::default() };
    if !is_toml {
        refuse_all(&document, &mut decoded);
        return decoded;
    }
    let mut at = document.first(ROOT);
    while let Some(id) = at {
        at = document.next(id);
        entry(&document, id, &mut decoded);
    }
    duplicate_ids(&mut decoded);
    decoded.complaints.sort_by_key(|complaint| complaint.span);
    decoded
}

fn entry<'a>(document: &Document<'_, 'a>, id: NodeId, decoded: &mut Decoded<'a>) {
    let key = document.key(id);
    match &*key {
        "draft" => decoded.file.draft = key_value(document, id, &mut decoded.complaints),
        "published" => decoded.file.published = key_value(document, id, &mut decoded.complaints),
        "default_scope" => decoded.file.default_scope = key_value(document, id, &mut decoded.complaints),
        "scope" => {
            for facet in members(document, id, "[scope.agency]", &mut decoded.complaints) {
                let name = name_of(document, facet);
                shape::facet_name(&name, &mut decoded.complaints);
                let entries = table(document, facet, EntryKind::Member, "[scope.agency]", decoded);
                decoded.file.scope.0.push((name, entries));
            }
        }
        "source" => decoded.file.source = table(document, id, EntryKind::Source, "[source.name]", decoded),
        "figure" => decoded.file.figure = table(document, id, EntryKind::Figure, "[figure.name]", decoded),
        "claim" => decoded.file.claim = list(document, id, EntryKind::Claim, "[[claim]]", decoded),
        "ignore" => decoded.file.ignore = list(document, id, EntryKind::Ignore, "[[ignore]]", decoded),
        _ => decoded.complaints.push(unknown_key(document, id, &KEYS)),
    }
}

/// A value of the file itself; `None` where anything is wrong with it.
fn key_value<'a, T: Decode<'a> + Shape>(
    document: &Document<'_, 'a>,
    id: NodeId,
    complaints: &mut Vec<Complaint>,
) -> Option<T> {
    let before = complaints.len();
    let value: Option<T> = decode_value(document, id, complaints);
    if let Some(value) = &value {
        value.check(&document.key(id), document.span(id), complaints);
    }
    value.filter(|_| complaints.len() == before)
}

/// The entries of a table of named entries.
fn table<'a, T: Decode<'a> + Shape>(
    document: &Document<'_, 'a>,
    id: NodeId,
    kind: EntryKind,
    header: &str,
    decoded: &mut Decoded<'a>,
) -> RawMap<'a, T> {
    let members = members(document, id, header, &mut decoded.complaints);
    let mut entries = Vec::with_capacity(members.len());
    for member in members {
        let name = name_of(document, member);
        let before = decoded.complaints.len();
        if kind != EntryKind::Member {
            shape::entry_name(&name, &mut decoded.complaints);
        }
        match key_value(document, member, &mut decoded.complaints) {
            Some(value) if decoded.complaints.len() == before => entries.push((name, value)),
            _ => decoded.refused.push(Refused { kind, span: name.span, name: Some(name.value) }),
        }
    }
    RawMap(entries)
}

/// The entries of an array of tables.
fn list<'a, T: Entry<'a>>(
    document: &Document<'_, 'a>,
    id: NodeId,
    kind: EntryKind,
    header: &str,
    decoded: &mut Decoded<'a>,
) -> Vec<Spanned<T>>
where
    Spanned<T>: Shape,
{
    if !matches!(document.value(id), Value::Array { .. }) {
        let complaint = wrong_type(document, id, &format!("one {header} each"));
        decoded.complaints.push(complaint.help(format!("write the header with double brackets: {header}")));
        return Vec::new();
    }
    let mut entries: Vec<Spanned<T>> = Vec::with_capacity(document.count(id));
    let mut at = document.first(id);
    while let Some(element) = at {
        at = document.next(element);
        let span = document.span(element);
        let before = decoded.complaints.len();
        // Claims are large, and many: they are decoded where they stay.
        entries.push(Spanned { value: T::default(), span });
        if let Some(entry) = entries.last_mut()
            && fill(document, element, &mut entry.value, &mut decoded.complaints)
        {
            entry.check("", span, &mut decoded.complaints);
        }
        if decoded.complaints.len() > before {
            entries.pop();
            decoded.refused.push(refused(document, element, kind));
        }
    }
    entries
}

/// What is in a table; nothing, and a complaint, where it is none.
fn members(
    document: &Document<'_, '_>,
    id: NodeId,
    header: &str,
    complaints: &mut Vec<Complaint>,
) -> Vec<NodeId> {
    if matches!(document.value(id), Value::Table) {
        return std::iter::successors(document.first(id), |member| document.next(*member)).collect();
    }
    complaints.push(wrong_type(document, id, "a table").help(format!("write the header as {header}")));
    Vec::new()
}

fn name_of<'a>(document: &Document<'_, 'a>, id: NodeId) -> Spanned<RawText<'a>> {
    Spanned { value: RawText(document.key(id)), span: document.key_span(id) }
}

fn refused<'a>(document: &Document<'_, 'a>, id: NodeId, kind: EntryKind) -> Refused<'a> {
    let mut keys = std::iter::successors(document.first(id), |key| document.next(*key));
    let name = keys.find(|key| document.key(*key) == "id").and_then(|key| match document.value(key) {
        Value::String(id) => Some(RawText(id)),
        _ => None,
    });
    Refused { kind, name, span: document.span(id) }
}

/// What would be claimed by a file that is no TOML.
fn refuse_all<'a>(document: &Document<'_, 'a>, decoded: &mut Decoded<'a>) {
    let mut at = document.first(ROOT);
    while let Some(id) = at {
        at = document.next(id);
        match (&*document.key(id), document.value(id)) {
            ("draft", Value::String(path)) => {
                decoded.file.draft = Some(Spanned { value: RawText(path), span: document.span(id) });
            }
            ("claim", Value::Array { .. }) => {
                let elements = std::iter::successors(document.first(id), |element| document.next(*element));
                decoded.refused.extend(elements.map(|element| refused(document, element, EntryKind::Claim)));
            }
            _ => {}
        }
    }
}

/// An id names one claim. The later ones of the same id are refused.
fn duplicate_ids(decoded: &mut Decoded<'_>) {
    let Decoded { file, complaints, refused } = decoded;
    // Most are in order already.
    if file.claim.is_sorted_by(|a, b| *a.id.value.0 < *b.id.value.0) {
        return;
    }
    let mut seen = HashMap::new();
    file.claim.retain(|claim| {
        let id = &claim.id;
        let Some(first) = seen.get(&id.value).copied() else {
            seen.insert(id.value.clone(), id.span);
            return true;
        };
        let message = format!("the id `{}` is given to two claims", id.value);
        complaints.push(Complaint::new(id.span, message).related(first, "first given here"));
        refused.push(Refused { kind: EntryKind::Claim, name: Some(id.value.clone()), span: claim.span });
        false
    });
}
