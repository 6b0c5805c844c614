//! The keys of each entry, and the fields that they fill.

use super::{Entry, Field};
use crate::claim::{
    RawBounds, RawClaim, RawColumn, RawFigure, RawIgnore, RawMember, RawRevision, RawSource, RawSpeaker,
};

macro_rules! entry {
    ($entry:ident { $($key:literal => $field:ident),+ $(,)? }) => {
        impl<'a> Entry<'a> for $entry<'a> {
            const KEYS: &'static [&'static str] = &[$($key),+];

            fn set(&mut self, key: &str, value: Field<'_, 'a>) -> bool {
                match key {
                    $($key => value.put(&mut self.$field),)+
                    _ => false,
                }
            }
        }
    };
}

entry!(RawMember {
    "includes" => includes,
    "aliases" => aliases,
    "complete" => complete,
});

entry!(RawSource {
    "title" => title,
    "publisher" => publisher,
    "url" => url,
    "archive_url" => archive_url,
    "page" => page,
    "note" => note,
    "retrieved" => retrieved,
    "as_of" => as_of,
    "recheck_by" => recheck_by,
    "status" => status,
    "file" => file,
    "database" => database,
    "file_column" => file_column,
    "sheet" => sheet,
    "header" => header,
    "range" => range,
    "format" => format,
    "key" => key,
    "columns" => columns,
    "unit" => unit,
    "scale" => scale,
    "scope" => scope,
});

entry!(RawColumn {
    "unit" => unit,
    "scale" => scale,
    "scope" => scope,
});

entry!(RawBounds {
    "from" => from,
    "to" => to,
    "above" => above,
    "at_least" => at_least,
    "below" => below,
    "at_most" => at_most,
    "prefix" => prefix,
    "not" => not,
});

entry!(RawFigure {
    "source" => source,
    "sql" => sql,
    "where" => rows,
    "column" => column,
    "group_by" => group_by,
    "cell" => cell,
    "take" => take,
    "missing" => missing,
    "value" => value,
    "unit" => unit,
    "scale" => scale,
    "precision" => precision,
    "exact" => exact,
    "revised" => revised,
    "formula" => formula,
    "cross_check" => cross_check,
    "scope" => scope,
    "kind" => kind,
    "note" => note,
});

entry!(RawRevision {
    "value" => value,
    "on" => on,
    "note" => note,
});

entry!(RawClaim {
    "id" => id,
    "quote" => quote,
    "says" => says,
    "formula" => formula,
    "todo" => todo,
    "against" => against,
    "record" => record,
    "since" => since,
    "scope" => scope,
    "over" => over,
    "by" => by,
    "disclosed" => disclosed,
    "occurrence" => occurrence,
    "note" => note,
});

entry!(RawSpeaker {
    "person" => person,
    "organization" => organization,
    "url" => url,
    "same_as" => same_as,
});

entry!(RawIgnore {
    "quote" => quote,
    "reason" => reason,
    "occurrence" => occurrence,
});

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
        assert_keys::<RawBounds<'_>>("Bounds");
        assert_keys::<RawFigure<'_>>("Figure");
        assert_keys::<RawRevision<'_>>("Revision");
        assert_keys::<RawClaim<'_>>("Claim");
        assert_keys::<RawSpeaker<'_>>("Speaker");
        assert_keys::<RawIgnore<'_>>("Ignore");
    }
}
