//! Stories told from libraries by the first bytes of their files.

use super::complaint::utf8;
use super::document::{Parser, ROOT};

/// What sort of rule file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// It has a draft.
    Story,
    /// It has none.
    Library,
    /// The bytes given do not tell; never said of a whole file.
    Unclear,
}

/// Whether a rule file is a story, from its first bytes: its keys before the first table. `is_whole` says that there
/// are no more. A file that is no text or no TOML is a story if it can be seen to name a draft.
pub fn head(start: &[u8], is_whole: bool) -> Head {
    let told = scan(start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start), is_whole);
    if told == Head::Unclear && is_whole {
        return parsed(start);
    }
    told
}

fn parsed(file: &[u8]) -> Head {
    let Ok(text) = utf8(file) else { return Head::Library };
    let mut parser = Parser::new();
    let (document, _) = parser.parse(text);
    let mut keys = std::iter::successors(document.first(ROOT), |id| document.next(*id));
    if keys.any(|id| document.key(id) == DRAFT) { Head::Story } else { Head::Library }
}

const DRAFT: &str = "draft";

/// Reads line by line, and gives up at whatever may go on in the next line.
fn scan(mut rest: &[u8], is_whole: bool) -> Head {
    while !rest.is_empty() {
        let (line, after, is_ended) = match memchr::memchr(b'\n', rest) {
            Some(end) => (rest.get(..end), rest.get(end + 1..), true),
            None => (Some(rest), None, is_whole),
        };
        rest = after.unwrap_or_default();
        let line = line.unwrap_or_default().trim_ascii();
        match line.first() {
            None | Some(b'#') => continue,
            Some(b'[') => return Head::Library,
            _ => {}
        }
        let key_end = line.iter().position(|byte| matches!(byte, b'=' | b'.')).unwrap_or(line.len());
        let (key, value) = line.split_at(key_end);
        if [&b"draft"[..], b"\"draft\"", b"'draft'"].contains(&key.trim_ascii()) && !value.is_empty() {
            return Head::Story;
        }
        if key.contains(&b'"') || key.contains(&b'\'') || !is_ended || !is_closed(value) {
            return Head::Unclear;
        }
    }
    if is_whole { Head::Library } else { Head::Unclear }
}

/// Whether the value after a key ends in its line: no string of several lines, and as many brackets closed as opened.
fn is_closed(value: &[u8]) -> bool {
    let mut depth = 0_i32;
    let mut quote = None;
    let mut bytes = value.iter().copied();
    while let Some(byte) = bytes.next() {
        match (quote, byte) {
            (Some(b'"'), b'\\') => _ = bytes.next(),
            (Some(open), byte) if byte == open => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'[' | b'{') => depth += 1,
            (None, b']' | b'}') => depth -= 1,
            (None, b'#') => break,
            _ => {}
        }
    }
    let has_long_string =
        [&b"\"\"\""[..], b"'''"].iter().any(|mark| memchr::memmem::find(value, mark).is_some());
    depth == 0 && quote.is_none() && !has_long_string
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_before_the_first_table_makes_a_story() {
        let story = |text: &str| head(text.as_bytes(), true);
        assert_eq!(story("# about\n\ndraft = \"a.md\"\n[[claim]]\n"), Head::Story);
        assert_eq!(story("\u{feff}published = 2025-04-08\r\n'draft' = 'a.md'"), Head::Story);
        assert_eq!(story("[source.draft]\ndraft = \"a.md\"\n"), Head::Library);
        assert_eq!(story("# draft = \"a.md\"\n"), Head::Library);
        assert_eq!(story("drafts = 3\n"), Head::Library);
        assert_eq!(story("default_scope = { measure = \"[\" }\ndraft = \"a.md\""), Head::Story);
    }

    #[test]
    fn what_goes_on_in_the_next_line_is_parsed() {
        let long = "note = \"\"\"\n[source.x]\ndraft = 1\n\"\"\"\n";
        assert_eq!(head(long.as_bytes(), false), Head::Unclear);
        assert_eq!(head(long.as_bytes(), true), Head::Library);
        let list = "note = [\n\"a\",\n]\ndraft = \"a.md\"\n[source.x]\n";
        assert_eq!(head(list.as_bytes(), false), Head::Unclear);
        assert_eq!(head(list.as_bytes(), true), Head::Story);
        assert_eq!(head(b"\"dra\\u0066t\" = \"a.md\"", true), Head::Story);
    }

    #[test]
    fn a_buffer_that_ends_early_does_not_tell() {
        assert_eq!(head(b"# a long comment", false), Head::Unclear);
        assert_eq!(head(b"published = 2025-04-08\n", false), Head::Unclear);
        assert_eq!(head(b"draft = \"a.", false), Head::Story);
        assert_eq!(head(b"dra", false), Head::Unclear);
    }
}
