//! What is wrong with a rule file, as data.

use crate::text::Span;

/// One thing that is wrong with a rule file or the settings: an error of the run, not a finding about the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Where, in the bytes of the file.
    pub span: Span,
    /// What is wrong, in a line.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Another place that belongs to it, and what stands there: the first of two definitions, the bracket left open.
    pub related: Option<(Span, String)>,
}

impl Complaint {
    /// A complaint without help.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None, related: None }
    }

    /// The same, with its remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, pointing at a second place.
    #[must_use]
    pub fn related(mut self, span: Span, what: impl Into<String>) -> Self {
        self.related = Some((span, what.into()));
        self
    }
}

/// `bytes` as text. A byte order mark is let stand; the decoder skips it, and spans count it.
///
/// # Errors
///
/// Where the bytes are no UTF-8, at the first one that is not. Offsets before it are the same in the lossy reading of
/// the file, so that line and column can be told from that.
pub fn utf8(bytes: &[u8]) -> Result<&str, Complaint> {
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        let found = if is_utf16 { "the file is UTF-16" } else { "a byte that is not UTF-8" };
        Complaint::new(Span::new(at, at + 1), found)
            .help("rule files are UTF-8; save the file with that encoding")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::LineIndex;

    #[test]
    fn a_wrong_byte_is_placed_by_the_lossy_text() {
        let bytes = b"note = \"a\"\nby = \"caf\xe9\"\n";
        let complaint = utf8(bytes).unwrap_err();
        let lossy = String::from_utf8_lossy(bytes);
        let at = LineIndex::new(&lossy).position(&lossy, complaint.span.start as usize);
        assert_eq!((at.line, at.column), (2, 10));
        assert_eq!(utf8("\u{feff}a = 1".as_bytes()), Ok("\u{feff}a = 1"));
    }
}
