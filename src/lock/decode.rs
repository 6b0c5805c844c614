//! From TOML to a lock, strictly.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::{Acceptance, Lock, LockedFile, LockedValue, Taker};
use crate::claim::{Complaint, day, record, said, span_of};
use crate::number::Decimal;
use crate::source::{Content, Digest, NoDigest};
use crate::text::Span;

/// The version that is written, and the only one there has been.
pub(super) const VERSION: i64 = 1;

/// What can be read of a lock of any version.
#[derive(Deserialize)]
struct Versioned {
    version: Option<Spanned<i64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[expect(dead_code, reason = "it is looked at before the rest is")]
    version: i64,
    #[serde(default)]
    source: Vec<RawSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSource {
    file: Spanned<String>,
    sha256: Spanned<String>,
    size: u64,
    rows: Option<u64>,
    #[serde(default)]
    figures: Vec<Spanned<RawFigure>>,
    #[serde(default)]
    history: Vec<RawAcceptance>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFigure {
    story: Spanned<String>,
    name: Spanned<String>,
    value: Option<Spanned<String>>,
    unit: Option<String>,
    stated: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAcceptance {
    date: Spanned<Datetime>,
    author: Spanned<String>,
    reason: Spanned<String>,
    sha256: Spanned<String>,
}

/// What to do about a file that is no lock, whatever is wrong.
const REMEDY: &str =
    "the file is written by `factcheck lock`; where a merge left both sides of an entry, keep one of them";

pub(super) fn lock(text: &str) -> Result<Lock, Vec<Complaint>> {
    let alone = |complaint: Complaint| vec![complaint.help(REMEDY)];
    let Versioned { version } = record(text).map_err(alone)?;
    match version {
        None => {
            let complaint = Complaint::new(Span::new(0, 0), "this lock does not say its `version`");
            return Err(alone(complaint));
        }
        Some(version) if *version.get_ref() != VERSION => {
            let message = format!(
                "a lock of version {}, of which this program knows nothing: it reads version {VERSION}",
                version.get_ref()
            );
            let complaint = Complaint::new(span_of(&version), message);
            return Err(vec![complaint.help("a newer factcheck has written it: use that one here, too")]);
        }
        Some(_) => {}
    }
    let raw: Raw = record(text).map_err(alone)?;
    let mut lock = Lock::default();
    let mut complaints = Vec::new();
    for source in raw.source {
        let path = source.file.get_ref().clone();
        let at = span_of(&source.file);
        let Some(file) = file(source, &mut complaints) else { continue };
        if lock.files.insert(path, file).is_some() {
            complaints.push(Complaint::new(at, "this file is locked twice").help(REMEDY));
        }
    }
    if complaints.is_empty() { Ok(lock) } else { Err(complaints) }
}

fn file(source: RawSource, complaints: &mut Vec<Complaint>) -> Option<LockedFile> {
    complaints.extend(said([("file", &source.file)]));
    let digest = digest(&source.sha256, complaints);
    let mut figures = BTreeMap::new();
    for raw in source.figures {
        let at = span_of(&raw);
        let raw = raw.into_inner();
        complaints.extend(said([("story", &raw.story), ("name", &raw.name)]));
        let Some(value) = value(&raw, at, complaints) else { continue };
        let taker = Taker { story: raw.story.into_inner(), figure: raw.name.into_inner() };
        if figures.insert(taker, value).is_some() {
            complaints.push(Complaint::new(at, "this figure is locked twice").help(REMEDY));
        }
    }
    let mut history = Vec::new();
    for raw in source.history {
        complaints.extend(said([("author", &raw.author), ("reason", &raw.reason)]));
        let before = self::digest(&raw.sha256, complaints);
        let date = day(&raw.date).map_err(|complaint| complaints.push(complaint)).ok();
        if let Some((before, date)) = before.zip(date) {
            let (author, reason) = (raw.author.into_inner(), raw.reason.into_inner());
            history.push(Acceptance { date, author, reason, before });
        }
    }
    let content = Content { digest: digest?, size: source.size, rows: source.rows };
    Some(LockedFile { content, figures, history })
}

fn value(raw: &RawFigure, at: Span, complaints: &mut Vec<Complaint>) -> Option<LockedValue> {
    match (&raw.value, &raw.unit, &raw.stated) {
        (Some(value), Some(unit), None) => {
            let number = Decimal::from_str_exact(value.get_ref());
            let wrong =
                |_| complaints.push(Complaint::new(span_of(value), "this is no decimal number").help(REMEDY));
            Some(LockedValue::Taken(number.map_err(wrong).ok()?, unit.clone()))
        }
        (None, None, Some(stated)) => Some(LockedValue::Stated(stated.clone())),
        _ => {
            let message = "a figure has `value` and `unit`, or what is `stated` in the rules";
            complaints.push(Complaint::new(at, message).help(REMEDY));
            None
        }
    }
}

fn digest(text: &Spanned<String>, complaints: &mut Vec<Complaint>) -> Option<Digest> {
    let digest: Result<Digest, NoDigest> = text.get_ref().parse();
    digest
        .map_err(|error| complaints.push(Complaint::new(span_of(text), error.to_string()).help(REMEDY)))
        .ok()
}
