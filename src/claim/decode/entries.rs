//! The keys of each entry, and the fields that they fill.

use super::{Entry, Field};
use crate::claim::{RawClaim, RawColumn, RawFigure, RawIgnore, RawMember, RawSource};

impl<'a> Entry<'a> for RawMember<'a> {
    const KEYS: &'static [&'static str] = &["includes", "aliases", "complete"];

    fn set(&mut self, key: &str, value: Field<'_, 'a>) -> bool {
        match key {
            "includes" => value.put(&mut self.includes),
            "aliases" => value.put(&mut self.aliases),
            "complete" => value.put(&mut self.complete),
            _ => false,
        }
    }
}

impl<'a> Entry<'a> for RawSource<'a> {
    const KEYS: &'static [&'static str] = &[
        "title",
        "publisher",
        "url",
        "archive_url",
        "page",
        "note",
        "retrieved",
        "file",
        "format",
        "key",
        "columns",
        "unit",
        "scale",
        "scope",
    ];

    fn set(&mut self, key: &str, value: Field<'_, 'a>) -> bool {
        match key {
            "title" => value.put(&mut self.title),
            "publisher" => value.put(&mut self.publisher),
            "url" => value.put(&mut self.url),
            "archive_url" => value.put(&mut self.archive_url),
            "page" => value.put(&mut self.page),
            "note" => value.put(&mut self.note),
            "retrieved" => value.put(&mut self.retrieved),
            "file" => value.put(&mut self.file),
            "format" => value.put(&mut self.format),
            "key" => value.put(&mut self.key),
            "columns" => value.put(&mut self.columns),
            "unit" => value.put(&mut self.unit),
            "scale" => value.put(&mut self.scale),
            "scope" => value.put(&mut self.scope),
            _ => false,
        }
    }
}

impl<'a> Entry<'a> for RawColumn<'a> {
    const KEYS: &'static [&'static str] = &["unit", "scale", "scope"];

    fn set(&mut self, key: &str, value: Field<'_, 'a>) -> bool {
        match key {
            "unit" => value.put(&mut self.unit),
            "scale" => value.put(&mut self.scale),
            "scope" => value.put(&mut self.scope),
            _ => false,
        }
    }
}

impl<'a> Entry<'a> for RawFigure<'a> {
    const KEYS: &'static [&'static str] = &[
        "source",
        "where",
        "column",
        "take",
        "missing",
        "value",
        "unit",
        "scale",
        "precision",
        "exact",
        "formula",
        "scope",
        "kind",
        "note",
    ];

    fn set(&mut self, key: &str, value: Field<'_, 'a>) -> bool {
        match key {
            "source" => value.put(&mut self.source),
            "where" => value.put(&mut self.rows),
            "column" => value.put(&mut self.column),
            "take" => value.put(&mut self.take),
            "missing" => value.put(&mut self.missing),
            "value" => value.put(&mut self.value),
            "unit" => value.put(&mut self.unit),
            "scale" => value.put(&mut self.scale),
            "precision" => value.put(&mut self.precision),
            "exact" => value.put(&mut self.exact),
            "formula" => value.put(&mut self.formula),
            "scope" => value.put(&mut self.scope),
            "kind" => value.put(&mut self.kind),
            "note" => value.put(&mut self.note),
            _ => false,
        }
    }
}

impl<'a> Entry<'a> for RawClaim<'a> {
    const KEYS: &'static [&'static str] = &[
        "id",
        "quote",
        "says",
        "formula",
        "todo",
        "against",
        "scope",
        "over",
        "by",
        "disclosed",
        "occurrence",
        "note",
    ];

    fn set(&mut self, key: &str, value: Field<'_, 'a>) -> bool {
        match key {
            "id" => value.put(&mut self.id),
            "quote" => value.put(&mut self.quote),
            "says" => value.put(&mut self.says),
            "formula" => value.put(&mut self.formula),
            "todo" => value.put(&mut self.todo),
            "against" => value.put(&mut self.against),
            "scope" => value.put(&mut self.scope),
            "over" => value.put(&mut self.over),
            "by" => value.put(&mut self.by),
            "disclosed" => value.put(&mut self.disclosed),
            "occurrence" => value.put(&mut self.occurrence),
            "note" => value.put(&mut self.note),
            _ => false,
        }
    }
}

impl<'a> Entry<'a> for RawIgnore<'a> {
    const KEYS: &'static [&'static str] = &["quote", "reason", "occurrence"];

    fn set(&mut self, key: &str, value: Field<'_, 'a>) -> bool {
        match key {
            "quote" => value.put(&mut self.quote),
            "reason" => value.put(&mut self.reason),
            "occurrence" => value.put(&mut self.occurrence),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::*;
    use crate::claim::decode::decode;
    use crate::claim::document::{Parser, ROOT};
    use crate::claim::{Complaint, schema};

    /// That an entry has the keys of its schema, each known, and each with the field of its name.
    fn assert_keys<E: Entry<'static> + Debug>(name: &str) {
        let schema = schema();
        let properties = schema["$defs"][name]["properties"].as_object().unwrap();
        let mut documented: Vec<&str> = properties.keys().map(String::as_str).collect();
        let mut known = E::KEYS.to_vec();
        documented.sort_unstable();
        known.sort_unstable();
        assert_eq!(known, documented, "{name}");
        for key in known {
            let (entry, complaints) = with_text::<E>(key);
            if complaints.is_empty() {
                let debug = format!("{entry:?}");
                let before = debug.split("\"x\"").next().unwrap();
                let field = before.rsplit(", ").next().unwrap();
                assert!(field.contains(&format!("{key}: ")), "{name}.{key} goes into {field}");
            }
            assert!(
                complaints.iter().all(|complaint| !complaint.message.contains("unknown")),
                "{name}.{key}"
            );
        }
        assert!(with_text::<E>("unheard-of").1[0].message.contains("unknown key"));
    }

    fn with_text<E: Entry<'static>>(key: &str) -> (Option<E>, Vec<Complaint>) {
        let text: &'static str = format!("{key} = \"x\"").leak();
        let (mut parser, mut complaints) = (Parser::new(), Vec::new());
        let (document, _) = parser.parse(text);
        let entry = decode(&document, ROOT, &mut complaints);
        (entry, complaints)
    }

    #[test]
    fn every_documented_key_has_its_field() {
        assert_keys::<RawMember<'_>>("Member");
        assert_keys::<RawSource<'_>>("Source");
        assert_keys::<RawColumn<'_>>("Column");
        assert_keys::<RawFigure<'_>>("Figure");
        assert_keys::<RawClaim<'_>>("Claim");
        assert_keys::<RawIgnore<'_>>("Ignore");
    }
}
