//! From a replacement to the edits that it takes, in the draft and in every rule file that quotes what is replaced.

use std::path::Path;

use super::replacement::is_plain;
use super::{Edit, Fix, Replacement, Wording, short};
use crate::draft::Prose;
use crate::engine::toml_text;
use crate::text::Span;

/// A rule file about a draft.
#[derive(Clone, Copy, Debug)]
pub struct Copy<'a> {
    /// The file.
    pub path: &'a Path,
    /// Its text.
    pub text: &'a str,
    /// Its claims that were judged.
    pub wordings: &'a [Wording],
}

/// The edits that a replacement takes; `None` where there is markup in what is replaced, or a rule would no longer say
/// which place it means. `draft` is the draft's file with its text; `copies` are all rule files about it.
pub fn fix<'c>(
    draft: (&Path, &str),
    prose: &Prose,
    replacement: &Replacement,
    copies: impl IntoIterator<Item = Copy<'c>>,
) -> Option<Fix> {
    let (path, file) = draft;
    let Replacement { place, by, applicability } = replacement;
    let words = place.of(prose.text());
    let span = prose.original(*place);
    if !is_plain(span.of(file), words) {
        return None;
    }
    let mut edits = Vec::new();
    for copy in copies {
        // Which of the places of a passage a rule means is counted: there must not be one more, or one less.
        let is_counted = |wording: &Wording| {
            let quote = wording.quote_in_rule.of(copy.text);
            wording.has_occurrence && (quote.contains(words) || quote.contains(&**by))
        };
        if copy.wordings.iter().any(is_counted) {
            return None;
        }
        for wording in copy.wordings.iter().filter(|wording| wording.quote.overlaps(*place)) {
            edits.extend(rule(copy, wording, prose.text(), *place, by)?);
        }
    }
    edits.push(Edit { path: path.to_owned(), span, text: by.clone() });
    let title = format!("Replace “{}” by “{}”", short(words), short(by));
    Some(Fix { title, edits, applicability: *applicability })
}

/// A text with pieces of it replaced; `None` where two of them overlap, or one is no piece of it.
pub fn edited(text: &str, edits: &[&Edit]) -> Option<String> {
    let mut sorted = edits.to_vec();
    sorted.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for edit in sorted {
        out.push_str(text.get(at..edit.span.start as usize)?);
        out.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// The edits after which a claim quotes the new words.
fn rule(copy: Copy<'_>, wording: &Wording, text: &str, place: Span, by: &str) -> Option<Vec<Edit>> {
    let Wording { quote, quote_in_rule, .. } = wording;
    if wording.has_occurrence {
        return None;
    }
    let before = Span { start: quote.start, end: place.start.max(quote.start) }.of(text);
    let after = Span { start: place.end.min(quote.end), end: quote.end }.of(text);
    let quoted = format!("{before}{by}{after}");
    let old = place.of(text);
    let edit = |span, text| Edit { path: copy.path.to_owned(), span, text };
    let mut edits = Vec::new();
    if let Some(says) = wording.says_in_rule.filter(|_| wording.words.overlaps(place)) {
        // What is said stands in the quote once.
        if quoted.matches(by).count() != 1 {
            return None;
        }
        edits.push(match inside(copy.text, says, old) {
            Some(span) => edit(span, by.to_owned()),
            None if wording.words == place => edit(says, toml_text(by)),
            None => return None,
        });
    }
    edits.push(match inside(copy.text, *quote_in_rule, old).filter(|_| quote.covers(place)) {
        Some(span) => edit(span, by.to_owned()),
        None => edit(*quote_in_rule, toml_text(&quoted)),
    });
    Some(edits)
}

/// Where words stand in a TOML string just as in the draft, once and whole: what is around them, in whatever manner it is
/// written, is then left as it is.
fn inside(rules: &str, string: Span, words: &str) -> Option<Span> {
    let written = string.of(rules);
    if words.contains(['"', '\'', '\\']) {
        return None;
    }
    let mut found = written.match_indices(words).map(|(at, _)| at);
    let (Some(at), None) = (found.next(), found.next()) else { return None };
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '−');
    let after = written.get(at + words.len()..)?.trim_start_matches(['.', ',', '-']);
    let is_whole = !written.get(..at)?.ends_with(is_part) && !after.starts_with(char::is_alphanumeric);
    is_whole.then(|| Span::new(at, at + words.len()).shift(string.start as usize))
}
