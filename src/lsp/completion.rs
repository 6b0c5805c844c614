//! What may be written at a place of a rule file: keys, names, members, columns, words of closed lists; in the settings,
//! the checks.

mod place;

use std::path::Path;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionResponse, CompletionTextEdit,
    Documentation, TextEdit,
};
use serde_json::Value;

use super::entries::{Entry, Kind, Rules, libraries};
use super::newsroom::{Newsroom, is_rules};
use super::options::Wishes;
use super::uri::path;
use crate::checks;
use crate::claim::schema;
use crate::engine::SETTINGS;
use crate::formula::Function;
use crate::scope::PERIOD;
use place::{Braces, Place, Section};

/// One thing that may be written.
struct Offer {
    label: String,
    kind: CompletionItemKind,
    detail: String,
    /// What is written, where that is more than the label.
    text: Option<String>,
}

pub(super) fn completion(
    newsroom: &mut Newsroom<'_>,
    _: &Wishes,
    params: &CompletionParams,
) -> Option<CompletionResponse> {
    let at = &params.text_document_position;
    let path = path(at.text_document.uri.as_str())?;
    let document = newsroom.overlay.text(&path)?;
    let offset = document.offset(at.position);
    let place = Place::at(&document.text, offset);
    let offers = if path.file_name().is_some_and(|name| name == SETTINGS) {
        checks::ALL.iter().map(|check| Offer::new(check.slug, CompletionItemKind::VALUE, "")).collect()
    } else if is_rules(&path) {
        offers(newsroom, &path, offset, &place)
    } else {
        return None;
    };
    let range = document.range(place.word);
    let item = |offer: Offer| {
        let new_text = offer.text.unwrap_or_else(|| offer.label.clone());
        // A value that is not begun yet needs its quotation marks.
        let new_text = if place.needs_quotes { format!("\"{new_text}\"") } else { new_text };
        CompletionItem {
            kind: Some(offer.kind),
            documentation: (!offer.detail.is_empty()).then_some(Documentation::String(offer.detail)),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text })),
            label: offer.label,
            ..CompletionItem::default()
        }
    };
    Some(CompletionResponse::Array(offers.into_iter().map(item).collect()))
}

fn offers(newsroom: &mut Newsroom<'_>, path: &Path, offset: usize, place: &Place<'_>) -> Vec<Offer> {
    let Some(key) = place.key else {
        let mut offers = keys(place);
        if place.is_line_start {
            let headers = ["[[claim]]", "[[ignore]]", "[source.name]", "[figure.name]", "[scope.facet]"];
            offers.extend(headers.map(|header| Offer::new(header, CompletionItemKind::SNIPPET, "")));
        }
        return offers;
    };
    let own = Rules::read_without(newsroom.overlay, path, offset);
    let known: Vec<Rules> = own.into_iter().chain(libraries(newsroom, path)).collect();
    let names = |kind: Kind| names(&known, kind, None);
    match (place.outer, key) {
        (Some("scope" | "default_scope"), facet) => self::names(&known, Kind::Member, Some(facet)),
        (Some("where"), _) if place.braces == Some(Braces::Bounds) => keys_of("Bounds"),
        (Some("where"), _) => Vec::new(),
        (None, "scope" | "default_scope") | (_, "over") => facets(&known),
        (None, "by") if place.braces == Some(Braces::OfKey) => keys_of("Speaker"),
        (None, "where") | (_, "column" | "key" | "group_by") => columns(newsroom, &known, place),
        (_, "source") => names(Kind::Source),
        (_, "formula" | "against") => match place.qualifier {
            Some(source) => cells(newsroom, &known, source),
            None => {
                let functions = Function::ALL
                    .iter()
                    .map(|(_, name, ..)| Offer::new(name, CompletionItemKind::FUNCTION, ""));
                names(Kind::Figure).into_iter().chain(names(Kind::Source)).chain(functions).collect()
            }
        },
        (_, "includes") => match place.section {
            Section::Scope(facet) => self::names(&known, Kind::Member, Some(facet)),
            _ => Vec::new(),
        },
        _ => words(place, key),
    }
}

impl Offer {
    fn new(label: &str, kind: CompletionItemKind, detail: &str) -> Self {
        Self { label: label.to_owned(), kind, detail: detail.to_owned(), text: None }
    }
}

/// Names of one kind that the rule file knows.
fn names(known: &[Rules], kind: Kind, facet: Option<&str>) -> Vec<Offer> {
    let shown = match kind {
        Kind::Figure => CompletionItemKind::CONSTANT,
        Kind::Source => CompletionItemKind::FILE,
        _ => CompletionItemKind::ENUM_MEMBER,
    };
    let is_it =
        |entry: &&Entry| entry.kind == kind && facet.is_none_or(|it| entry.facet.as_deref() == Some(it));
    let mut offers: Vec<Offer> = Vec::new();
    for entry in known.iter().flat_map(|rules| &rules.entries).filter(is_it) {
        if !offers.iter().any(|offer| offer.label == entry.name) {
            offers.push(Offer::new(&entry.name, shown, &entry.detail));
        }
    }
    offers
}

fn facets(known: &[Rules]) -> Vec<Offer> {
    let mut offers = names(known, Kind::Facet, None);
    offers.push(Offer::new(
        PERIOD,
        CompletionItemKind::ENUM,
        "what a period is: 2025, 2025-03, 2025-Q1, FY2025",
    ));
    offers
}

/// The columns of the table that the entry at hand is about.
fn columns(newsroom: &Newsroom<'_>, known: &[Rules], place: &Place<'_>) -> Vec<Offer> {
    let source = match place.section {
        Section::Source(name) => Some(name),
        _ => place.source,
    };
    source.map_or_else(Vec::new, |source| cells(newsroom, known, source))
}

/// The columns of a source's table, as the engine reads them.
fn cells(newsroom: &Newsroom<'_>, known: &[Rules], source: &str) -> Vec<Offer> {
    let columns = known.iter().find_map(|rules| place::columns(newsroom, rules, source)).unwrap_or_default();
    columns.iter().map(|column| Offer::new(column, CompletionItemKind::FIELD, "")).collect()
}

/// The keys of the entry at hand, and what they mean, by the schema.
fn keys(place: &Place<'_>) -> Vec<Offer> {
    let schema = schema();
    let mut offers = section(&schema, place.section).map(described).unwrap_or_default();
    // Those of a file that are entries have headers.
    let has_header = |key: &str| matches!(key, "claim" | "ignore" | "source" | "figure" | "scope");
    offers.retain(|offer| !matches!(place.section, Section::File) || !has_header(&offer.label));
    offers
}

/// The keys of a table within an entry, by its name in the schema.
fn keys_of(name: &str) -> Vec<Offer> {
    schema().get("$defs").and_then(|types| types.get(name)).map(described).unwrap_or_default()
}

/// The keys that a part of the schema describes.
fn described(about: &Value) -> Vec<Offer> {
    let Some(Value::Object(properties)) = about.get("properties") else { return Vec::new() };
    let offers = properties.iter().map(|(key, about)| {
        let about = about.get("description").and_then(Value::as_str).unwrap_or_default();
        Offer { text: Some(format!("{key} = ")), ..Offer::new(key, CompletionItemKind::PROPERTY, about) }
    });
    offers.collect()
}

fn section<'s>(schema: &'s Value, section: Section<'_>) -> Option<&'s Value> {
    let name = match section {
        Section::File => return Some(schema),
        Section::Claim => "Claim",
        Section::Ignore => "Ignore",
        Section::Source(_) => "Source",
        Section::Figure => "Figure",
        Section::Scope(_) | Section::Other => return None,
    };
    schema.get("$defs")?.get(name)
}

/// The words of a closed list, by the schema.
fn words(place: &Place<'_>, key: &str) -> Vec<Offer> {
    let schema = schema();
    let listed = || {
        let about = section(&schema, place.section)?.get("properties")?.get(key)?;
        let name = about.get("$ref")?.as_str()?.rsplit('/').next()?;
        schema.get("$defs")?.get(name)?.get("oneOf")?.as_array()
    };
    let word = |it: &Value| {
        let about = it.get("description").and_then(Value::as_str).unwrap_or_default();
        Some(Offer::new(it.get("const")?.as_str()?, CompletionItemKind::ENUM_MEMBER, about))
    };
    listed().into_iter().flatten().filter_map(word).collect()
}
