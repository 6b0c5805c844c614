//! What must hold of an entry by itself: names in their form, nothing empty, nothing missing, nothing that excludes
//! something else.

use super::complaint::Complaint;
use super::condition::{RawBounds, RawCells, RawCondition};
use super::raw::{
    RawBy, RawClaim, RawColumn, RawFigure, RawIgnore, RawMember, RawRevision, RawScope, RawSource, RawTake,
};
use super::scalar::{RawDate, RawText, RawValue};
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

impl Shape for Spanned<RawFigure<'_>> {
    fn check(&self, _: &str, span: Span, complaints: &mut Vec<Complaint>) {
        let figure = &self.value;
        let texts = [
            ("source", &figure.source),
            ("column", &figure.column),
            ("group_by", &figure.group_by),
            ("cell", &figure.cell),
            ("unit", &figure.unit),
            ("scale", &figure.scale),
            ("precision", &figure.precision),
            ("formula", &figure.formula),
            ("cross_check", &figure.cross_check),
        ];
        none_empty(&texts, complaints);
        if let Some(Spanned { value: RawValue::Text(text), span }) = &figure.value {
            not_empty("value", &Spanned { value: text.clone(), span: *span }, complaints);
        }
        for (column, condition) in figure.rows.iter().flat_map(|rows| rows.value.iter()) {
            selects_something(column, condition, complaints);
        }
        scope(figure.scope.as_ref(), complaints);
        way_to_the_value(figure, span, complaints);
        revisions(figure, complaints);
    }
}

/// A condition asks for something: a list has values, and so does `not`.
fn selects_something(
    column: &Text<'_>,
    condition: &Spanned<RawCondition<'_>>,
    complaints: &mut Vec<Complaint>,
) {
    let mut complain = |message: String| complaints.push(Complaint::new(condition.span, message));
    match &condition.value {
        RawCondition::OneOf(values) if values.is_empty() => {
            complain(format!("`{}` may be none of no values", column.value));
        }
        RawCondition::Is(_) | RawCondition::OneOf(_) => {}
        RawCondition::Within(bounds) => {
            let RawBounds { prefix, not, .. } = &**bounds;
            if let Some(RawCells(values)) = not
                && values.is_empty()
            {
                complain("`not` names no value".to_owned());
            }
            none_empty(&[("prefix", prefix)], complaints);
        }
    }
}

/// A figure is given, computed, or taken from a table, and only one of these.
fn way_to_the_value(figure: &RawFigure<'_>, span: Span, complaints: &mut Vec<Complaint>) {
    let of_a_table = [
        ("where", figure.rows.as_ref().map(|rows| rows.span)),
        ("column", figure.column.as_ref().map(|column| column.span)),
        ("group_by", figure.group_by.as_ref().map(|keys| keys.span)),
        ("cell", figure.cell.as_ref().map(|cell| cell.span)),
        ("take", figure.take.as_ref().map(|take| take.span)),
        ("missing", figure.missing.as_ref().map(|missing| missing.span)),
    ];
    if let (Some(precision), None) = (&figure.precision, &figure.value) {
        let complaint = Complaint::new(precision.span, "`precision` is for a figure with a `value`");
        complaints
            .push(complaint.help("write the number as the `value` of the figure, or leave `precision` out"));
    }
    let given = figure.value.as_ref().map(|value| ("value", value.span));
    let computed = figure.formula.as_ref().map(|formula| ("formula", formula.span));
    let Some((key, at)) = given.or(computed) else {
        if let Some(cell) = &figure.cell {
            // A cell is named by itself, and nothing is left to choose.
            let excluded = of_a_table.into_iter().filter(|(key, _)| !matches!(*key, "cell" | "missing"));
            for (other, place) in excluded.filter_map(|(other, place)| Some((other, place?))) {
                let message = format!("`{other}` is not for a figure with a `cell`");
                complaints.push(Complaint::new(place, message).related(cell.span, "`cell` names its place"));
            }
            if figure.source.is_none() {
                complaints
                    .push(Complaint::new(span, "missing key `source`: the figure is taken from a table"));
            }
        } else if figure.column.is_none() && figure.take.is_none() {
            let complaint = Complaint::new(span, "the figure has no value");
            complaints.push(
                complaint.help("give it a `value`, a `column` or a `cell` of its source, or a `formula`"),
            );
        } else if figure.source.is_none() {
            complaints.push(Complaint::new(span, "missing key `source`: the figure is taken from a table"));
        } else if figure.column.is_none() && figure.take.is_some_and(|take| take.value != RawTake::Count) {
            complaints.push(Complaint::new(span, "missing key `column`: there is nothing to `take`"));
        }
        return;
    };
    let first = format!("`{key}` gives its value");
    let mut excluded: Vec<_> = of_a_table.into_iter().filter_map(|(other, at)| Some((other, at?))).collect();
    if given.is_some() {
        excluded.extend(computed);
    }
    for (other, place) in excluded {
        let message = format!("`{other}` is not for a figure with a `{key}`");
        complaints.push(Complaint::new(place, message).related(at, first.clone()));
    }
}

/// Each version has its value and its day, and comes after the one before it.
fn revisions(figure: &RawFigure<'_>, complaints: &mut Vec<Complaint>) {
    let mut before: Option<&Spanned<RawDate>> = None;
    for revision in &figure.revised.0 {
        let RawRevision { value, on, note } = &revision.value;
        none_empty(&[("note", note)], complaints);
        if value.is_none() {
            complaints.push(Complaint::new(revision.span, "missing key `value`"));
        }
        let Some(on) = on else {
            let complaint = Complaint::new(revision.span, "missing key `on`");
            complaints.push(complaint.help("say on which day this version was published"));
            continue;
        };
        if let Some(before) = before.filter(|before| before.value.0 >= on.value.0) {
            let complaint = Complaint::new(on.span, "this version does not come after the one before it");
            complaints
                .push(complaint.related(before.span, "which is of this day").help("the newest comes last"));
        }
        before = Some(on);
    }
    if let (Some(formula), Some(revision)) = (&figure.formula, figure.revised.0.first()) {
        let complaint = Complaint::new(revision.span, "`revised` is not for a figure with a `formula`");
        let complaint = complaint.related(formula.span, "`formula` gives its value");
        complaints.push(complaint.help("write it at the figures that the formula names"));
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
                complaints.push(complaint.help("write record = \"highest\" or \"lowest\""));
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
