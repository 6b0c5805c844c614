//! Places of a text as editors count them: lines, and UTF-16 code units in them.

use lsp_types::{Position, Range};

use crate::text::Span;

/// Bytes in a block.
const BLOCK: usize = 256;

/// Where lines begin, and how many code units come before each block of bytes, so that a place in a line of a million
/// characters is found as fast as any. Lines end as the protocol has it: with `\n`, `\r\n` or a lone `\r`.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
    /// Before each block; characters count for the block that they begin in.
    units: Vec<usize>,
}

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        starts.extend(memchr::memchr2_iter(b'\n', b'\r', bytes).filter_map(|at| {
            let is_half = bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n');
            (!is_half).then_some(at + 1)
        }));
        let mut before = 0;
        let units = bytes.chunks(BLOCK).map(|block| {
            let here = before;
            before += units(block);
            here
        });
        Self { units: units.collect(), starts }
    }

    /// The position of a byte offset; of one inside a character the character's, of one past the end the end.
    pub(super) fn position(&self, text: &str, offset: usize) -> Position {
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let character = self.units_before(text, offset) - self.units_before(text, start);
        Position { line: number(line), character: number(character) }
    }

    /// The range of a span.
    pub(super) fn range(&self, text: &str, span: Span) -> Range {
        let start = self.position(text, span.start as usize);
        Range { start, end: self.position(text, (span.end as usize).max(span.start as usize)) }
    }

    /// The byte offset of a position. One past the end of its line is the line's end, one past the last line the text's
    /// end, one inside a surrogate pair the pair's beginning.
    pub(super) fn offset(&self, text: &str, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line).copied() else { return text.len() };
        let next = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let content = text.get(start..next).unwrap_or_default().trim_end_matches(['\r', '\n']);
        let end = start + content.len();
        let wanted = self.units_before(text, start) + position.character as usize;
        // The last block that begins with no more units than are wanted, but not before the line.
        let block = self.units.partition_point(|units| *units <= wanted).saturating_sub(1);
        let at = text.ceil_char_boundary((block * BLOCK).max(start));
        let rest = text.get(at..end).unwrap_or_default();
        (at + offset_in_line(rest, self.units_before(text, at), wanted)).min(end)
    }

    fn units_before(&self, text: &str, offset: usize) -> usize {
        let block = (offset / BLOCK).min(self.units.len().saturating_sub(1));
        let before = self.units.get(block).copied().unwrap_or_default();
        before + units(text.as_bytes().get(block * BLOCK..offset).unwrap_or_default())
    }
}

/// The span of a range, its ends in order, in a text of which no more is to be known: it is changed next.
pub(super) fn span_in(text: &str, range: Range) -> Span {
    let (start, end) = (offset_in(text, range.start), offset_in(text, range.end));
    Span::new(start.min(end), start.max(end))
}

fn offset_in(text: &str, position: Position) -> usize {
    let bytes = text.as_bytes();
    let is_half = |at: usize| bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n');
    let mut ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(|at| !is_half(*at));
    let start = match (position.line as usize).checked_sub(1) {
        None => Some(0),
        Some(before) => ends.nth(before).map(|end| end + 1),
    };
    let Some(start) = start else { return text.len() };
    let line = text.get(start..).unwrap_or_default();
    let line = line.get(..line.find(['\r', '\n']).unwrap_or(line.len())).unwrap_or_default();
    start + offset_in_line(line, 0, position.character as usize)
}

/// Where in a line, or in the rest of one that begins with so many code units, a column is.
fn offset_in_line(line: &str, before: usize, wanted: usize) -> usize {
    let mut units = before;
    let mut at = 0;
    for character in line.chars() {
        units += character.len_utf16();
        if units > wanted {
            break;
        }
        at += character.len_utf8();
    }
    at
}

/// How many UTF-16 code units the characters that begin in these bytes have: one each, and one more for those of four
/// bytes.
fn units(bytes: &[u8]) -> usize {
    bytes.iter().map(|byte| usize::from(byte & 0xc0 != 0x80) + usize::from(*byte >= 0xf0)).sum()
}

/// Lines and columns are counted by 32 bits in the protocol; no file that is read has more.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The plain way to say the same.
    fn counted(text: &str, offset: usize) -> Position {
        let before = &text[..offset];
        // An offset between the halves of \r\n is still on its line.
        let ended = before.replace("\r\n", "\n");
        let is_half = before.ends_with('\r') && text[offset..].starts_with('\n');
        let ended = if is_half { &ended[..ended.len() - 1] } else { &ended[..] };
        let line = ended.matches(['\n', '\r']).count();
        let last = ended.rsplit(['\n', '\r']).next().unwrap();
        let character = last.encode_utf16().count() + usize::from(is_half);
        Position { line: number(line), character: number(character) }
    }

    proptest! {
        #[test]
        fn places_lead_there_and_back(
            text in "([a-z ]{0,9}|😀|é|e\u{301}|中|\r\n|\n|\r){0,60}", repeats in 1usize..6, at in any::<prop::sample::Index>(),
        ) {
            let text = text.repeat(repeats);
            let offset = text.floor_char_boundary(at.index(text.len() + 1));
            let lines = Lines::new(&text);
            let position = lines.position(&text, offset);
            prop_assert_eq!(position, counted(&text, offset));
            let is_half = text[..offset].ends_with('\r') && text[offset..].starts_with('\n');
            let there = if is_half { offset - 1 } else { offset };
            prop_assert_eq!(lines.offset(&text, position), there);
            prop_assert_eq!(offset_in(&text, position), there);
        }

        #[test]
        fn no_position_leads_out_of_the_text(text in "(a|😀|\r\n){0,9}", line in any::<u32>(), character in any::<u32>()) {
            for position in [Position { line, character }, Position { line: line % 8, character: character % 8 }] {
                let offset = Lines::new(&text).offset(&text, position);
                prop_assert!(text.is_char_boundary(offset));
                prop_assert_eq!(offset_in(&text, position), offset);
            }
        }
    }

    #[test]
    fn a_long_line_has_its_places_too() {
        let text = format!("{}5%", "😀é".repeat(100_000));
        let lines = Lines::new(&text);
        let at = text.find("5%").unwrap();
        assert_eq!(lines.position(&text, at), Position { line: 0, character: 300_000 });
        assert_eq!(lines.offset(&text, Position { line: 0, character: 300_001 }), at + 1);
        assert_eq!(lines.offset(&text, Position { line: 0, character: 1 }), 0);
    }
}
