//! One entry, and how it is written.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::finding::{Finding, Fingerprint};

/// A finding that may stand, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which finding.
    pub fingerprint: Fingerprint,
    /// The rule file of its story.
    pub story: String,
    /// The check that it is of.
    pub check: String,
    /// Why it may stand.
    pub reason: String,
    /// Who says so.
    pub author: String,
    /// Since when.
    pub date: Date,
    /// The first day on which it no longer may.
    pub expires: Option<Date>,
}

impl Entry {
    /// Whether it counts on a day.
    pub fn is_in_force(&self, today: Date) -> bool {
        self.expires.is_none_or(|expires| today < expires)
    }
}

/// An entry in TOML, with the words of its finding for people, an empty line before it.
pub fn written(entry: &Entry, finding: &Finding) -> String {
    let mut out = format!("\n[[accepted]]\nfingerprint = \"{}\"\n", entry.fingerprint);
    let texts = [
        ("story", Some(&entry.story)),
        ("check", Some(&entry.check)),
        ("claim", finding.claim.as_ref()),
        ("message", Some(&finding.message)),
        ("reason", Some(&entry.reason)),
        ("author", Some(&entry.author)),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            _ = writeln!(out, "{key} = {}", toml::Value::String(text.clone()));
        }
    }
    _ = writeln!(out, "date = {}", entry.date);
    if let Some(expires) = entry.expires {
        _ = writeln!(out, "expires = {expires}");
    }
    out
}
