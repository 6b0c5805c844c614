//! From the bytes of a file to a draft.

use std::borrow::Cow;

use crate::text::Counting;

use super::docx::DocxError;
use super::{Format, Prose, docx};

/// A draft's file as it was read.
#[derive(Clone, Debug)]
pub struct Manuscript<'b> {
    /// The text that findings point into: the file's own, or that of a Word document, a paragraph a line.
    pub text: Cow<'b, str>,
    /// What its lines are to those who edit the file.
    pub counting: Counting,
    /// What its readers see.
    pub prose: Prose,
}

/// Why a file cannot be read as a draft of its format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableDraft {
    /// No story is as long.
    #[error("it is larger than {0} MB")]
    TooLarge(u64),
    /// The text is in an encoding that is not read.
    #[error("it is in UTF-16")]
    Utf16,
    /// The text is in an encoding that is not read.
    #[error("byte {at} is no UTF-8{}", declared.as_ref().map_or_else(String::new, |name| format!(": the page declares {name}")))]
    NotUtf8 {
        /// The first byte that is not, from 0.
        at: usize,
        /// The encoding that an HTML page says it is in.
        declared: Option<String>,
    },
    /// A Word document that cannot be read.
    #[error(transparent)]
    Docx(#[from] DocxError),
}

impl UnreadableDraft {
    /// What to do.
    pub fn help(&self) -> &'static str {
        match self {
            Self::TooLarge(_) => "is it the right file? a story of its own has a draft of its own",
            Self::NotUtf8 { declared: Some(_), .. } => {
                "save the page as UTF-8, and let it say so: <meta charset=\"utf-8\">"
            }
            Self::Utf16 | Self::NotUtf8 { .. } => "save the draft as UTF-8",
            Self::Docx(error) => error.help(),
        }
    }
}

impl<'b> Manuscript<'b> {
    /// Reads a file of this format; of what is longer than [`Format::limit`], nothing.
    pub fn read(format: Format, bytes: &'b [u8]) -> Result<Self, UnreadableDraft> {
        if bytes.len() as u64 > format.limit() {
            return Err(format.too_large());
        }
        let read = match format {
            Format::Markdown => Prose::markdown,
            Format::Plain => Prose::plain,
            Format::Html => Prose::html,
            Format::Docx => {
                let (text, folded) = docx::read(bytes)?;
                return Ok(Self {
                    text: text.into(),
                    counting: Counting::Paragraphs,
                    prose: Prose::of(folded, Format::Docx),
                });
            }
        };
        // UTF-16 without its mark has a zero in each letter, and is UTF-8 by chance.
        if matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, 1..=0xff, ..] | [1..=0xff, 0, ..]) {
            return Err(UnreadableDraft::Utf16);
        }
        let text = std::str::from_utf8(bytes).map_err(|error| UnreadableDraft::NotUtf8 {
            at: error.valid_up_to(),
            declared: (format == Format::Html).then(|| declared(bytes)).flatten(),
        })?;
        Ok(Self { text: text.into(), counting: Counting::Lines, prose: read(text) })
    }
}

/// The encoding that a page declares, looked for where browsers do.
fn declared(page: &[u8]) -> Option<String> {
    const KEY: &[u8] = b"charset=";
    let head = page.get(..1024).unwrap_or(page);
    let at = head.windows(KEY.len()).position(|window| window.eq_ignore_ascii_case(KEY))?;
    let value = head.get(at + KEY.len()..)?;
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte);
    let name: Vec<u8> =
        value.iter().copied().skip_while(|byte| b"\"' ".contains(byte)).take_while(is_name).collect();
    let name = String::from_utf8(name).ok()?;
    (!name.is_empty() && !name.eq_ignore_ascii_case("utf-8")).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(format: Format, bytes: &[u8]) -> String {
        let error = Manuscript::read(format, bytes).unwrap_err();
        assert!(!error.help().is_empty());
        error.to_string()
    }

    #[test]
    fn other_encodings_are_refused_and_named() {
        let page = b"<meta http-equiv='Content-Type' content='text/html; charset=windows-1252'><p>Caf\xe9";
        assert_eq!(error(Format::Html, page), "byte 80 is no UTF-8: the page declares windows-1252");
        assert_eq!(error(Format::Html, b"<META CHARSET = \"x\"><p>Caf\xe9"), "byte 26 is no UTF-8");
        assert_eq!(error(Format::Markdown, b"charset=latin1 \xe9"), "byte 15 is no UTF-8");
        for bytes in [&b"\xff\xfeU\0p\0"[..], b"\xfe\xff\0U\0p", b"U\0p\0", b"\0U\0p"] {
            assert_eq!(error(Format::Plain, bytes), "it is in UTF-16");
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_prose() {
        for format in [Format::Markdown, Format::Plain, Format::Html] {
            let manuscript = Manuscript::read(format, "\u{feff}Up 5%".as_bytes()).unwrap();
            assert_eq!(manuscript.prose.text(), "Up 5%");
            assert_eq!(manuscript.prose.original(crate::text::Span::new(3, 5)).of(&manuscript.text), "5%");
        }
    }

    #[test]
    fn what_no_story_is_as_long_as_is_refused() {
        let bytes = vec![b'a'; 17 << 20];
        assert_eq!(error(Format::Markdown, &bytes), "it is larger than 16 MB");
        assert!(Manuscript::read(Format::Plain, &bytes).is_ok());
    }
}
