//! What must hold of an entry by itself: names in their form, nothing empty, nothing missing, nothing that excludes
//! something else.

mod figure;

use super::complaint::Complaint;
use super::raw::{RawBy, RawClaim, RawColumn, RawIgnore, RawMember, RawScope, RawSource};
use super::scalar::{RawDate, RawText};
use super::spanned::Spanned;
use crate::text::Span;

/// A value that can be checked once it is decoded.
pub(super) trait Shape {
    /// Says what is wrong with the value under `key`, which stands at `span`.
    fn check(&self, key: &str, span: Span, complaints: &mut Vec<Complaint>);
}

type Text<'a> = Spanned<RawText<'a>>;

/// Names of sources and figures stand in formulas: `snake_case`.
pub(super) fn entry_name(name: &Text<'_>, complaints: &mut Vec<Complaint>) {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let is_snake =
        name.bytes().all(is_inner) && name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    if !is_snake {
        let message = format!("the name `{}` is not in snake_case", name.value);
        complaints.push(Complaint::new(name.span, message).help(match joined(name, '_') {
            Some(better) => format!("formulas name it; write `{better}`"),
            None => "formulas name it; write lower-case letters, digits and `_`, a letter first".to_owned(),
        }));
    }
}

/// Facets are named like anything else, but the one that is built in is not declared.
pub(super) fn facet_name(name: &Text<'_>, complaints: &mut Vec<Complaint>) {
    if name.trim().is_empty() {
        complaints.push(Complaint::new(name.span, "the name of a facet is empty"));
    } else if &*name.value.0 == crate::scope::PERIOD {
        let complaint = Complaint::new(name.span, "the facet `period` is built in");
        complaints.push(complaint.help("remove this table; a scope's `period` is written like \"2025-03\""));
    }
}

fn claim_id(id: &Text<'_>, complaints: &mut Vec<Complaint>) {
    if !id.is_empty() && !is_kebab_case(id) {
        let message = format!("the id `{}` is not in kebab-case", id.value);
        complaints.push(Complaint::new(id.span, message).help(match joined(id, '-') {
            Some(better) => format!("write `{better}`"),
            None => "write lower-case letters and digits, with `-` between words".to_owned(),
        }));
    }
}

/// Words of lower-case letters and digits, with one `-` between two.
fn is_kebab_case(id: &str) -> bool {
    let mut before = b'-';
    let all = id.bytes().all(|byte| {
        let between = std::mem::replace(&mut before, byte) == b'-';
        matches!(byte, b'a'..=b'z' | b'0'..=b'9') || (byte == b'-' && !between)
    });
    all && before != b'-'
}

/// The words of a name in lower case with `by` between; `None` where no letter comes first.
fn joined(name: &str, by: char) -> Option<String> {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join(&String::from(by)).to_ascii_lowercase();
    name.starts_with(|c: char| c.is_ascii_lowercase()).then_some(name)
}

fn required(key: &str, text: &Text<'_>, entry: Span, complaints: &mut Vec<Complaint>) {
    if text.span.is_empty() {
        complaints.push(Complaint::new(entry, format!("missing key `{key}`")));
    } else {
        not_empty(key, text, complaints);
    }
}

fn not_empty(key: &str, text: &Text<'_>, complaints: &mut Vec<Complaint>) {
    if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
        complaints.push(Complaint::new(text.span, format!("`{key}` is empty")));
    }
}

fn none_empty(texts: &[(&str, &Option<Text<'_>>)], complaints: &mut Vec<Complaint>) {
    for (key, text) in texts {
        if let Some(text) = text {
            not_empty(key, text, complaints);
        }
    }
}

impl Shape for Text<'_> {
    fn check(&self, key: &str, _: Span, complaints: &mut Vec<Complaint>) {
        not_empty(key, self, complaints);
    }
}

impl Shape for Spanned<RawDate> {
    fn check(&self, _: &str, _: Span, _: &mut Vec<Complaint>) {}
}

impl Shape for Spanned<RawScope<'_>> {
    fn check(&self, _: &str, _: Span, complaints: &mut Vec<Complaint>) {
        for (facet, names) in self.iter() {
            if names.0.is_empty() {
                complaints.push(Complaint::new(facet.span, format!("`{}` names nothing", facet.value)));
            }
            if &*facet.value.0 == crate::scope::PERIOD
                && let [_, second, ..] = &*names.0
            {
                complaints.push(Complaint::new(second.span, "a scope has one period"));
            }
            for name in &names.0 {
                not_empty(&facet.value, name, complaints);
            }
        }
    }
}

impl Shape for Spanned<RawMember<'_>> {
    fn check(&self, key: &str, span: Span, complaints: &mut Vec<Complaint>) {
        if key.trim().is_empty() {
            complaints.push(Complaint::new(span, "the name of a member is empty"));
        }
        for name in &self.includes {
            not_empty("includes", name, complaints);
        }
        for name in &self.aliases {
            not_empty("aliases", name, complaints);
        }
    }
}

impl Shape for Spanned<RawSource<'_>> {
    fn check(&self, _: &str, span: Span, complaints: &mut Vec<Complaint>) {
        let source = &self.value;
        let texts = [
            ("title", &source.title),
            ("publisher", &source.publisher),
            ("url", &source.url),
            ("archive_url", &source.archive_url),
            ("file", &source.file),
            ("database", &source.database),
            ("file_column", &source.file_column),
            ("sheet", &source.sheet),
            ("range", &source.range),
            ("key", &source.key),
            ("unit", &source.unit),
            ("scale", &source.scale),
        ];
        none_empty(&texts, complaints);
        scope(source.scope.as_ref(), complaints);
        if source.file.is_none() {
            let about_a_table = [
                ("key", source.key.as_ref().map(|key| key.span)),
                ("format", source.format.as_ref().map(|format| format.span)),
                ("file_column", source.file_column.as_ref().map(|column| column.span)),
                ("sheet", source.sheet.as_ref().map(|sheet| sheet.span)),
                ("header", source.header.as_ref().map(|header| header.span)),
                ("range", source.range.as_ref().map(|range| range.span)),
                ("columns", source.columns.first().map(|(name, _)| name.span)),
            ];
            for (key, at) in about_a_table {
                if let Some(at) = at {
                    let complaint = Complaint::new(
                        at,
                        format!("`{key}` says something of a table, but there is no `file`"),
                    );
                    complaints.push(complaint.related(span, "in this source"));
                }
            }
        }
        if let (Some(file), Some(database)) = (&source.file, &source.database) {
            let complaint = Complaint::new(database.span, "`database` is not for a source with a `file`");
            complaints.push(complaint.related(file.span, "`file` says what it is read from"));
        }
        for (name, column) in source.columns.iter() {
            let RawColumn { unit, scale, scope: counts } = &column.value;
            none_empty(&[("unit", unit), ("scale", scale)], complaints);
            scope(counts.as_ref(), complaints);
            if name.trim().is_empty() {
                complaints.push(Complaint::new(name.span, "the name of a column is empty"));
            }
        }
    }
}

fn scope(scope: Option<&Spanned<RawScope<'_>>>, complaints: &mut Vec<Complaint>) {
    if let Some(scope) = scope {
        scope.check("scope", scope.span, complaints);
    }
}

impl Shape for Spanned<RawClaim<'_>> {
    fn check(&self, _: &str, span: Span, complaints: &mut Vec<Complaint>) {
        let claim = &self.value;
        required("id", &claim.id, span, complaints);
        claim_id(&claim.id, complaints);
        required("quote", &claim.quote, span, complaints);
        if claim.todo.is_none() {
            required("formula", &claim.formula, span, complaints);
        }
        let texts = [
            ("says", &claim.says),
            ("todo", &claim.todo),
            ("against", &claim.against),
            ("over", &claim.over),
            ("disclosed", &claim.disclosed),
        ];
        none_empty(&texts, complaints);
        scope(claim.scope.as_ref(), complaints);
        if let Some(by) = &claim.by {
            speaker(by, complaints);
        }
        match (&claim.record, &claim.against, &claim.since) {
            (Some(record), Some(against), _) => {
                let message = "`against` is not for a record, which is held against all before it";
                complaints.push(Complaint::new(against.span, message).related(record.span, "said here"));
            }
            (None, _, Some(since)) => {
                let complaint = Complaint::new(
                    since.span,
                    "`since` says something of a record, but there is no `record`",
                );
                complaints.push(complaint.help("write record = \"highest\", \"lowest\" or \"first\""));
            }
            _ => {}
        }
    }
}

/// Who speaks has a name, and is a person or an organization, if it is said.
fn speaker(by: &Spanned<RawBy<'_>>, complaints: &mut Vec<Complaint>) {
    let speaker = match &by.value {
        RawBy::Name(name) => {
            return not_empty("by", &Spanned { value: name.clone(), span: by.span }, complaints);
        }
        RawBy::Speaker(speaker) => speaker,
    };
    match (&speaker.person, &speaker.organization) {
        (None, None) => {
            let complaint = Complaint::new(by.span, "`by` names nobody");
            complaints.push(complaint.help("give it a `person` or an `organization`"));
        }
        (Some(person), Some(organization)) => {
            let complaint =
                Complaint::new(organization.span, "`by` is a person or an organization, not both");
            complaints.push(complaint.related(person.span, "named as a person here"));
        }
        _ => {}
    }
    none_empty(&[("person", &speaker.person), ("organization", &speaker.organization)], complaints);
    for (key, address) in [("url", &speaker.url), ("same_as", &speaker.same_as)] {
        if let Some(address) = address {
            web_address(key, address, complaints);
        }
    }
}

/// An address on the web, as it is written into a page.
pub(super) fn web_address(key: &str, text: &Text<'_>, complaints: &mut Vec<Complaint>) {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_part = |byte: u8| byte.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&byte);
    let is_address = rest.is_some_and(|rest| !rest.starts_with(['/', '?', '#']) && !rest.is_empty())
        && text.bytes().all(is_part);
    if !is_address {
        let message = format!("`{key}`: `{}` is no address on the web", text.value);
        complaints.push(
            Complaint::new(text.span, message)
                .help("write it in full, like https://news.example/page; other letters as %C3%A9"),
        );
    }
}

impl Shape for Spanned<RawIgnore<'_>> {
    fn check(&self, _: &str, span: Span, complaints: &mut Vec<Complaint>) {
        required("quote", &self.quote, span, complaints);
        required("reason", &self.reason, span, complaints);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kebab_case_has_one_dash_between_words() {
        for id in ["a", "first-70-days", "7"] {
            assert!(is_kebab_case(id), "{id}");
        }
        for id in ["", "-", "-a", "a-", "a--b", "A", "a_b", "é", "a b"] {
            assert!(!is_kebab_case(id), "{id}");
        }
    }
}
