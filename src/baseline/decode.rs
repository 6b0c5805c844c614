//! From TOML to entries, strictly.

use std::collections::HashMap;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::Entry;
use crate::checks;
use crate::claim::{Complaint, day, record, said, span_of};
use crate::finding::Fingerprint;
use crate::text::Span;

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default)]
    accepted: Vec<RawEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    fingerprint: Spanned<String>,
    story: Spanned<String>,
    check: Spanned<String>,
    reason: Spanned<String>,
    author: Spanned<String>,
    date: Spanned<Datetime>,
    expires: Option<Spanned<Datetime>>,
    #[expect(
        dead_code,
        reason = "for people: it may be written, and says nothing that the fingerprint does not"
    )]
    claim: Option<String>,
    #[expect(dead_code, reason = "for people, as it was when the finding was accepted")]
    message: Option<String>,
}

/// The entries of a file, each with the place of its fingerprint; or all that is wrong with it.
pub(super) fn entries(text: &str) -> Result<Vec<(Entry, Span)>, Vec<Complaint>> {
    let raw: Raw = record(text).map_err(|complaint| vec![complaint])?;
    let mut complaints = Vec::new();
    let mut seen: HashMap<Fingerprint, Span> = HashMap::new();
    let mut entries = Vec::new();
    for raw in raw.accepted {
        let at = span_of(&raw.fingerprint);
        match entry(raw) {
            Ok(entry) => {
                if let Some(first) = seen.insert(entry.fingerprint, at) {
                    let complaint = Complaint::new(at, "this finding is accepted twice");
                    complaints.push(complaint.related(first, "first here"));
                }
                entries.push((entry, at));
            }
            Err(wrong) => complaints.extend(wrong),
        }
    }
    if complaints.is_empty() { Ok(entries) } else { Err(complaints) }
}

fn entry(raw: RawEntry) -> Result<Entry, Vec<Complaint>> {
    let mut wrong = Vec::new();
    let print = raw.fingerprint.get_ref().parse::<Fingerprint>();
    if let Err(error) = &print {
        wrong.push(Complaint::new(span_of(&raw.fingerprint), error.to_string()));
    }
    let slug = raw.check.get_ref();
    if checks::named(slug).is_none() {
        let complaint = Complaint::new(span_of(&raw.check), format!("unknown check `{slug}`"));
        wrong.push(match checks::nearest_slug(slug) {
            Some(near) => complaint.help(format!("did you mean `{near}`?")),
            None => complaint.help("`factcheck explain` lists the checks"),
        });
    }
    wrong.extend(said([("story", &raw.story), ("reason", &raw.reason), ("author", &raw.author)]));
    let date = day(&raw.date);
    let expires = raw.expires.as_ref().map(day).transpose();
    match (print, date, expires) {
        (Ok(fingerprint), Ok(date), Ok(expires)) if wrong.is_empty() => Ok(Entry {
            fingerprint,
            story: raw.story.into_inner(),
            check: raw.check.into_inner(),
            reason: raw.reason.into_inner(),
            author: raw.author.into_inner(),
            date,
            expires,
        }),
        (_, date, expires) => {
            wrong.extend(date.err());
            wrong.extend(expires.err());
            Err(wrong)
        }
    }
}
