//! Markdown that needs no parser: paragraphs and headings without any markup in them.
//!
//! Most of a news story is such text. What its first blocks hold cannot change how the rest is parsed, nor the rest how they
//! are (a paragraph without a bracket uses no link definition), so they are folded at once, and the parser gets the rest. A
//! property test holds this against the parser alone.

use memchr::{memchr, memchr_iter, memchr3};

use super::super::fold::Folded;

/// A line of Markdown, as far as it can be told without a parser.
enum Line {
    Blank,
    /// A heading whose text begins at this byte of the line.
    Heading(usize),
    Text,
    /// Anything else, or what might be.
    Other,
}

/// Folds the simple blocks from byte `start` on, the beginning of a block; returns where the first other block begins.
pub(super) fn fold_leading(folded: &mut Folded, original: &str, start: usize) -> usize {
    let bytes = original.as_bytes();
    let limit = first_markup(bytes, start);
    // Where the block begins that the line at `at` may belong to.
    let mut block = start;
    let mut at = start;
    while at < limit {
        let rest = bytes.get(at..limit).unwrap_or_default();
        let (line, next) = match memchr(b'\n', rest) {
            Some(length) => (rest.get(..length).unwrap_or_default(), at + length + 1),
            None if limit == bytes.len() => (rest, limit),
            None => return block,
        };
        let kind = kind(line);
        if matches!(kind, Line::Other) {
            return block;
        }
        if !matches!(kind, Line::Text) {
            // An empty paragraph folds to nothing.
            folded.copy(original.get(block..at).unwrap_or_default(), block);
            folded.end_block();
            block = next;
        }
        if let Line::Heading(text) = kind {
            folded.copy(original.get(at + text..at + line.len()).unwrap_or_default(), at + text);
            folded.end_block();
        }
        at = next;
    }
    if limit < bytes.len() {
        return block;
    }
    folded.copy(original.get(block..limit).unwrap_or_default(), block);
    folded.end_block();
    limit
}

/// Where the first byte stands that may be markup inside a line, or a line end of its own kind; the length if there is none.
fn first_markup(bytes: &[u8], start: usize) -> usize {
    let mut limit = bytes.len();
    for [one, two, three] in [[b'*', b'_', b'`'], [b'[', b'<', b'&'], [b'\\', b'|', b'~']] {
        let part = bytes.get(start..limit).unwrap_or_default();
        limit = memchr3(one, two, three, part).map_or(limit, |at| start + at);
    }
    let part = bytes.get(start..limit).unwrap_or_default();
    let lone = memchr_iter(b'\r', part).find(|at| part.get(at + 1) != Some(&b'\n'));
    lone.map_or(limit, |at| start + at)
}

fn kind(line: &[u8]) -> Line {
    match line.first() {
        None => Line::Blank,
        Some(b' ' | b'\t' | b'\r') => {
            if line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r')) {
                Line::Blank
            } else {
                Line::Other
            }
        }
        Some(b'#') => heading(line),
        // "12." and "12)" number a list.
        Some(b'0'..=b'9') => match line.iter().find(|byte| !byte.is_ascii_digit()) {
            Some(b'.' | b')') => Line::Other,
            _ => Line::Text,
        },
        Some(b'a'..=b'z' | b'A'..=b'Z' | b'"' | b'\'' | b'$' | b'(' | 0x80..) => Line::Text,
        Some(_) => Line::Other,
    }
}

/// A line that begins with "#": a heading, if nothing but words follows.
fn heading(line: &[u8]) -> Line {
    let level = line.iter().take_while(|&&byte| byte == b'#').count();
    let text = line.get(level..).unwrap_or_default();
    if level <= 6 && text.starts_with(b" ") && !text.contains(&b'#') {
        Line::Heading(level)
    } else {
        Line::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is folded without a parser, and what is left to it.
    fn split(markdown: &str) -> (String, &str) {
        let mut folded = Folded::default();
        let at = fold_leading(&mut folded, markdown, 0);
        (folded.finish().text, &markdown[at..])
    }

    #[test]
    fn plain_blocks_need_no_parser() {
        assert_eq!(
            split("# A head\r\n\r\nOne 5%\r\nline.\n \nTwo"),
            ("A head\nOne 5% line.\nTwo".into(), "")
        );
        assert_eq!(split("One\n# Head\n5 of 9\n"), ("One\nHead\n5 of 9".into(), ""));
        assert_eq!(split(""), (String::new(), ""));
    }

    #[test]
    fn the_block_with_markup_is_left_to_the_parser_whole() {
        for rest in [
            "Two\nlines *so*",
            "Two\n---\n",
            "Two\n- x",
            "1. x",
            "> x",
            "    x",
            "## a #",
            "a\rb",
            "&amp;",
            "#x",
        ] {
            let markdown = format!("One.\n\n{rest}");
            assert_eq!(split(&markdown), ("One.".into(), rest));
        }
    }
}
