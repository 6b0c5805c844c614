//! What the XML of office programs has in common.

use std::borrow::Cow;

use quick_xml::events::{BytesRef, BytesStart};

/// The value of an attribute, whatever its prefix; as written, since those that matter mostly need no escaping.
pub fn attribute<'s>(start: &'s BytesStart<'_>, wanted: &str) -> Option<Cow<'s, str>> {
    let is_wanted = |name: &str| name.rsplit_once(':').map_or(name, |(_, local)| local) == wanted;
    attributes(start).find(|(name, _)| is_wanted(name)).map(|(_, value)| value)
}

/// The attributes of a start tag. That none is there twice is not checked: it would take time by the square of their number.
pub fn attributes<'s>(start: &'s BytesStart<'_>) -> impl Iterator<Item = (&'s str, Cow<'s, str>)> {
    let mut attributes = start.attributes();
    attributes.with_checks(false);
    attributes.flatten().map(|attribute| (attribute.key.into_inner(), attribute.value))
}

/// The character that a reference stands for: one by its number, or one of the five that XML names.
pub fn character(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character);
    }
    match &*reference.xml10_content() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
