//! The TOML that nearly all rule files are written in, read in one pass: lines of `[header]` and `key = value` with
//! nothing that goes on in the next line. It tells the builder the same as `toml_parser`'s events would, at a fraction
//! of the cost; whatever is not so plain, or wrong, is left to that.

use memchr::{memchr, memchr2};
use toml_parser::ParseError;
use toml_parser::decoder::Encoding;

use super::build::Builder;
use crate::text::{ByteSet, Span};

/// Reads a whole text. Where it returns `None` or there are errors, what has been built is of no use.
pub(super) fn read<'a>(
    text: &'a str,
    builder: &mut Builder<'_, 'a>,
    errors: &mut Vec<ParseError>,
) -> Option<()> {
    let mut reader = Reader { bytes: text.as_bytes(), at: 0, builder, errors };
    while let Some(first) = reader.peek_past_blanks() {
        match first {
            b'\n' | b'\r' | b'#' => {}
            b'[' => reader.header()?,
            _ if reader.text_line().is_some() => continue,
            _ => reader.key_value()?,
        }
        reader.end_of_line()?;
    }
    Some(())
}

/// What keys without quotation marks are made of.
const KEY: ByteSet = ByteSet::ALPHANUMERIC.with(b"_-");

/// What numbers, dates and truth values are made of.
const SCALAR: ByteSet = KEY.with(b"+.:");

/// How many bytes from the start stand for themselves in a string between `"`, and do not end it.
fn verbatim(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks();
    for (at, word) in words.iter().enumerate() {
        let others = others(u64::from_le_bytes(*word));
        if others != 0 {
            return at * 8 + others.trailing_zeros() as usize / 8;
        }
    }
    let is_other = |byte: &u8| *byte < b' ' || matches!(byte, b'"' | b'\\' | 0x7f);
    bytes.len() - rest.len() + rest.iter().position(is_other).unwrap_or(rest.len())
}

/// Marks the bytes of a word that do not stand for themselves by their highest bit, exactly up to the first of them:
/// what is below a byte without its highest bit is seen by that bit after a subtraction (H. S. Warren, "Hacker's
/// Delight", 2nd edition (2012), section 6-1).
fn others(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xff;
    let below = |word: u64, byte: u8| word.wrapping_sub(ONES * u64::from(byte)) & !word;
    let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, b' ') | is(b'"') | is(b'\\') | is(0x7f)) & (ONES << 7)
}

struct Reader<'r, 'p, 'a> {
    bytes: &'a [u8],
    at: usize,
    builder: &'r mut Builder<'p, 'a>,
    errors: &'r mut Vec<ParseError>,
}

impl Reader<'_, '_, '_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn peek_past_blanks(&mut self) -> Option<u8> {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        self.peek()
    }

    /// Goes past `expected`, if that is what comes.
    fn take(&mut self, expected: &[u8]) -> Option<Span> {
        let start = self.at;
        let comes = self.bytes.get(start..)?.starts_with(expected);
        self.at += if comes { expected.len() } else { 0 };
        comes.then(|| Span::new(start, self.at))
    }

    /// Goes past all bytes of a set; at least one.
    fn take_all(&mut self, of: &ByteSet) -> Option<Span> {
        let start = self.at;
        self.at += of.prefix(self.bytes.get(start..)?);
        (self.at > start).then(|| Span::new(start, self.at))
    }

    fn end_of_line(&mut self) -> Option<()> {
        if self.peek_past_blanks() == Some(b'#') {
            let start = self.at;
            let rest = self.bytes.get(start..)?;
            let line = memchr(b'\n', rest).and_then(|end| rest.get(..end)).unwrap_or(rest);
            self.at += line.strip_suffix(b"\r").unwrap_or(line).len();
            self.builder.comment(Span::new(start, self.at), self.errors);
        }
        match self.peek() {
            None => {}
            Some(b'\n') => self.at += 1,
            Some(_) => _ = self.take(b"\r\n")?,
        }
        Some(())
    }

    /// A line `key = "text"` in which all characters stand for themselves, as in most lines of rules, and its end.
    /// `None`, and nothing done, for any other; and where the key may be there already.
    fn text_line(&mut self) -> Option<()> {
        let start = self.at;
        let rest = self.bytes.get(start..)?;
        let key = KEY.prefix(rest);
        let inside = rest.get(key..)?.strip_prefix(b" = \"")?;
        let length = verbatim(inside);
        let (Some(b'"'), Some(b'\n') | None) = (inside.get(length), inside.get(length + 1)) else {
            return None;
        };
        let value = start + key + " = ".len();
        let end = value + length + 2;
        let (key, value) = (Span::new(start, start + key), Span::new(value, end));
        if key.is_empty() {
            return None;
        }
        self.builder.add_text(key, value)?;
        self.at = end + 1;
        Some(())
    }

    fn header(&mut self) -> Option<()> {
        let (open, close) =
            if self.bytes.get(self.at + 1) == Some(&b'[') { ("[[", "]]") } else { ("[", "]") };
        let open = self.take(open.as_bytes())?;
        self.builder.open_header(open);
        self.key()?;
        let end = self.take(close.as_bytes())?;
        self.builder.close_header(end, open.len() == 2, self.errors);
        Some(())
    }

    /// A key with its dots, and the blanks after it.
    fn key(&mut self) -> Option<()> {
        loop {
            match self.peek_past_blanks()? {
                quote @ (b'"' | b'\'') => {
                    let (span, encoding) = self.string(quote)?;
                    self.builder.key(span, Some(encoding), self.errors);
                }
                _ => {
                    let span = self.take_all(&KEY)?;
                    self.builder.bare_key(span, self.errors);
                }
            }
            if self.peek_past_blanks()? != b'.' {
                return Some(());
            }
            self.at += 1;
        }
    }

    fn key_value(&mut self) -> Option<()> {
        self.key()?;
        self.take(b"=")?;
        self.builder.separator(self.errors);
        self.value()
    }

    fn value(&mut self) -> Option<()> {
        match self.peek_past_blanks()? {
            quote @ (b'"' | b'\'') => {
                let (span, encoding) = self.string(quote)?;
                self.builder.put_scalar(span, Some(encoding), self.errors);
            }
            b'[' => {
                let open = self.take(b"[")?;
                // What is nested too deeply has an error by now, and need not be read.
                self.builder.open_array(open, self.errors).then_some(())?;
                let close = self.items(b"]", Self::value)?;
                self.builder.leave(close);
            }
            b'{' => {
                let open = self.take(b"{")?;
                self.builder.open_braces(open, self.errors).then_some(())?;
                let close = self.items(b"}", Self::key_value)?;
                self.builder.leave(close);
            }
            _ => {
                let span = self.take_all(&SCALAR)?;
                self.builder.put_scalar(span, None, self.errors);
            }
        }
        Some(())
    }

    /// Items with commas between, and the bracket that closes them.
    fn items(&mut self, close: &[u8], item: fn(&mut Self) -> Option<()>) -> Option<Span> {
        loop {
            self.peek_past_blanks()?;
            if let Some(close) = self.take(close) {
                return Some(close);
            }
            item(self)?;
            if self.peek_past_blanks()? == b',' {
                self.at += 1;
            } else {
                return self.take(close);
            }
        }
    }

    /// A string of one line, with its quotation marks.
    fn string(&mut self, quote: u8) -> Option<(Span, Encoding)> {
        let start = self.at;
        let encoding = if quote == b'"' { Encoding::BasicString } else { Encoding::LiteralString };
        self.at += 1;
        loop {
            let rest = self.bytes.get(self.at..)?;
            let end = if quote == b'"' { memchr2(quote, b'\\', rest) } else { memchr(quote, rest) }?;
            self.at += end + 1;
            if rest.get(end) == Some(&quote) {
                break;
            }
            // A backslash takes the next character with it.
            self.at += 1;
        }
        let is_empty = self.at == start + 2;
        if is_empty && self.peek() == Some(quote) {
            return None;
        }
        Some((Span::new(start, self.at), encoding))
    }
}

#[cfg(test)]
mod tests {
    use super::verbatim;

    #[test]
    fn a_string_ends_at_the_first_byte_that_is_not_itself() {
        let text = "nearly “half” of the 12,700 people, as a spokesperson said";
        for byte in 0..=u8::MAX {
            let is_itself = (byte >= b' ' && byte != 0x7f) && byte != b'"' && byte != b'\\';
            for at in 0..text.len() {
                let mut bytes = text.as_bytes().to_vec();
                bytes.insert(at, byte);
                assert_eq!(verbatim(&bytes), if is_itself { bytes.len() } else { at }, "{byte} at {at}");
            }
        }
    }
}
