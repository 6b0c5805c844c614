//! From bytes to text, in the encodings that spreadsheets export.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of a cell: UTF-8, or else Windows-1252, which gives every byte a character. Cells are told apart one by
/// one, so that a file of any size needs no look ahead and one spoiled cell does not spoil the others.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// The text that some bytes begin with: all of them where they are UTF-8, but for a character that is cut at their end.
pub(super) fn utf8_prefix(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes)
        .or_else(|error| std::str::from_utf8(bytes.get(..error.valid_up_to()).unwrap_or_default()))
        .unwrap_or_default()
}

/// Without the mark that some programs put before UTF-8.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Whether the bytes begin with the mark of UTF-16.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
}

/// A file's bytes in UTF-8, or in an encoding that has ASCII in common with it.
pub(super) struct Bytes<'a> {
    input: &'a mut dyn BufRead,
    utf16: Option<Decoder>,
    begun: bool,
}

impl<'a> Bytes<'a> {
    pub(super) fn new(input: &'a mut dyn BufRead) -> Self {
        Self { input, utf16: None, begun: false }
    }

    /// Appends the next bytes to `into`; `false` at the end of the file.
    pub(super) fn read(&mut self, into: &mut Vec<u8>) -> io::Result<bool> {
        if !self.begun {
            self.begin(into)?;
        }
        let chunk = match self.input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(true),
            chunk => chunk?,
        };
        let (length, last) = (chunk.len(), chunk.is_empty());
        match &mut self.utf16 {
            None => into.extend_from_slice(chunk),
            Some(decoder) => {
                let room = decoder.max_utf8_buffer_length(length).unwrap_or(usize::MAX / 2);
                let mut text = String::with_capacity(room);
                let _ = decoder.decode_to_string(chunk, &mut text, last);
                into.extend_from_slice(text.as_bytes());
            }
        }
        self.input.consume(length);
        Ok(!last)
    }

    /// Looks for a byte order mark.
    fn begin(&mut self, into: &mut Vec<u8>) -> io::Result<()> {
        self.begun = true;
        let mut head = Vec::with_capacity(3);
        self.input.take(3).read_to_end(&mut head)?;
        if is_utf16(&head) {
            let encoding = if head.starts_with(b"\xff") { UTF_16LE } else { UTF_16BE };
            let mut decoder = encoding.new_decoder_without_bom_handling();
            let mut text = String::with_capacity(16);
            let _ = decoder.decode_to_string(head.get(2..).unwrap_or_default(), &mut text, false);
            into.extend_from_slice(text.as_bytes());
            self.utf16 = Some(decoder);
        } else {
            into.extend_from_slice(without_mark(&head));
        }
        Ok(())
    }
}
