//! The TOML that nearly all rule files are written in, read in one pass: lines of `[header]` and `key = value` with
//! nothing that goes on in the next line. It tells the builder the same events as `toml_parser` would, at a third of
//! the cost; whatever is not so plain, or wrong, is left to that.

use memchr::{memchr, memchr2};
use toml_parser::decoder::Encoding;
use toml_parser::parser::EventReceiver;
use toml_parser::{ParseError, Span};

use super::build::Builder;

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
            _ => reader.key_value()?,
        }
        reader.end_of_line()?;
    }
    Some(())
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
        comes.then(|| Span::new_unchecked(start, self.at))
    }

    /// Goes past all bytes that `belongs` takes; at least one.
    fn take_while(&mut self, belongs: fn(u8) -> bool) -> Option<Span> {
        let start = self.at;
        while self.peek().is_some_and(belongs) {
            self.at += 1;
        }
        (self.at > start).then(|| Span::new_unchecked(start, self.at))
    }

    fn end_of_line(&mut self) -> Option<()> {
        if self.peek_past_blanks() == Some(b'#') {
            let start = self.at;
            let rest = self.bytes.get(start..)?;
            let line = memchr(b'\n', rest).and_then(|end| rest.get(..end)).unwrap_or(rest);
            self.at += line.strip_suffix(b"\r").unwrap_or(line).len();
            self.builder.comment(Span::new_unchecked(start, self.at), self.errors);
        }
        match self.peek() {
            None => Some(()),
            Some(b'\n') => self.take(b"\n").map(|_| ()),
            Some(_) => self.take(b"\r\n").map(|_| ()),
        }
    }

    fn header(&mut self) -> Option<()> {
        if let Some(open) = self.take(b"[[") {
            self.builder.array_table_open(open, self.errors);
            self.key()?;
            let close = self.take(b"]]")?;
            self.builder.array_table_close(close, self.errors);
        } else {
            let open = self.take(b"[")?;
            self.builder.std_table_open(open, self.errors);
            self.key()?;
            let close = self.take(b"]")?;
            self.builder.std_table_close(close, self.errors);
        }
        Some(())
    }

    /// A key with its dots, and the blanks after it.
    fn key(&mut self) -> Option<()> {
        loop {
            let (span, encoding) = match self.peek_past_blanks()? {
                quote @ (b'"' | b'\'') => self.string(quote)?,
                _ => (self.take_while(is_of_a_key)?, None),
            };
            self.builder.simple_key(span, encoding, self.errors);
            if self.peek_past_blanks()? != b'.' {
                return Some(());
            }
            self.at += 1;
        }
    }

    fn key_value(&mut self) -> Option<()> {
        self.key()?;
        let sign = self.take(b"=")?;
        self.builder.key_val_sep(sign, self.errors);
        self.value()
    }

    fn value(&mut self) -> Option<()> {
        match self.peek_past_blanks()? {
            quote @ (b'"' | b'\'') => {
                let (span, encoding) = self.string(quote)?;
                self.builder.scalar(span, encoding, self.errors);
            }
            b'[' => {
                let open = self.take(b"[")?;
                // What is nested too deeply has an error by now, and need not be read.
                self.builder.array_open(open, self.errors).then_some(())?;
                let close = self.items(b"]", Self::value)?;
                self.builder.array_close(close, self.errors);
            }
            b'{' => {
                let open = self.take(b"{")?;
                self.builder.inline_table_open(open, self.errors).then_some(())?;
                let close = self.items(b"}", Self::key_value)?;
                self.builder.inline_table_close(close, self.errors);
            }
            _ => {
                let span = self.take_while(is_of_a_scalar)?;
                self.builder.scalar(span, None, self.errors);
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
    fn string(&mut self, quote: u8) -> Option<(Span, Option<Encoding>)> {
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
        Some((Span::new_unchecked(start, self.at), Some(encoding)))
    }
}

fn is_of_a_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

fn is_of_a_scalar(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'.' | b':')
}
