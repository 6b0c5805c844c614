//! XML as far as documents need it: elements, told apart by whether they are of the vocabulary of running text.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::QName;

use super::DocxError;
use super::package::Part;
use crate::packed::{attributes, character};

/// The vocabulary of running text: as Word writes it, and as the strict variant of the standard has it (ISO/IEC 29500).
const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// A part of a package that is being read.
pub(super) struct Xml<'x> {
    part: &'x Part,
    reader: Reader<&'x [u8]>,
    /// What stands before the names of the vocabulary of running text, without its colon. Declared at the root: an
    /// element within that declared it anew would cost a look at every element.
    prefix: Option<String>,
    depth: usize,
}

/// The name of an element: of running text, or of anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name<'n> {
    /// Of running text.
    Word(&'n str),
    /// Of another vocabulary, whichever.
    Other(&'n str),
}

impl<'x> Xml<'x> {
    /// Reads up to the root element and past its start tag.
    pub(super) fn open(part: &'x Part) -> Result<Self, DocxError> {
        let mut reader = Reader::from_str(&part.text);
        reader.config_mut().expand_empty_elements = true;
        let mut xml = Self { part, reader, prefix: None, depth: 0 };
        loop {
            match xml.event()? {
                Event::Start(root) => {
                    for (name, value) in attributes(&root) {
                        if WORD.contains(&&*value) {
                            let declared = name.strip_prefix("xmlns").unwrap_or("?");
                            xml.prefix = Some(declared.trim_start_matches(':').to_owned());
                        }
                    }
                    return Ok(xml);
                }
                Event::Eof => return Err(xml.damaged("it is empty")),
                _ => {}
            }
        }
    }

    /// Whether the part is written in the vocabulary of running text.
    pub(super) fn is_word(&self) -> bool {
        self.prefix.is_some()
    }

    /// The next event; the end only after the root element's.
    pub(super) fn event(&mut self) -> Result<Event<'x>, DocxError> {
        let event = self.reader.read_event().map_err(|error| {
            let place = self.reader.error_position();
            self.damaged(&format!("at byte {place}, {error}"))
        })?;
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof if self.depth > 0 => return Err(self.damaged("it ends too early")),
            _ => {}
        }
        Ok(event)
    }

    /// Passes over the rest of the element whose start tag was read last.
    pub(super) fn skip(&mut self) -> Result<(), DocxError> {
        self.children(|_, _| ())
    }

    /// Passes over the rest of the element whose start tag was read last; `see` sees each start tag in it, with its depth:
    /// 1 for a child.
    pub(super) fn children(
        &mut self,
        mut see: impl FnMut(usize, (Name<'_>, &BytesStart<'_>)),
    ) -> Result<(), DocxError> {
        let mut depth = 1;
        while depth > 0 {
            match self.event()? {
                Event::Start(start) => {
                    see(depth, (self.name(start.name()), &start));
                    depth += 1;
                }
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    /// The text of the element whose start tag was read last, up to and with its end tag.
    pub(super) fn text(&mut self) -> Result<String, DocxError> {
        let mut text = String::new();
        let mut depth = 1;
        while depth > 0 {
            match self.event()? {
                Event::Text(part) => text.push_str(&part.xml10_content()),
                Event::CData(part) => text.push_str(&part.xml10_content()),
                Event::GeneralRef(reference) => text.push(self.character(&reference)?),
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        Ok(text)
    }

    /// Which name that is.
    pub(super) fn name<'n>(&self, name: QName<'n>) -> Name<'n> {
        let (prefix, local) = name.into_inner().split_once(':').unwrap_or(("", name.into_inner()));
        if self.prefix.as_deref() == Some(prefix) { Name::Word(local) } else { Name::Other(local) }
    }

    fn character(&self, reference: &BytesRef<'_>) -> Result<char, DocxError> {
        character(reference)
            .ok_or_else(|| self.damaged(&format!("&{}; stands for nothing", reference.xml10_content())))
    }

    fn damaged(&self, what: &str) -> DocxError {
        DocxError::Damaged { part: self.part.name.clone(), what: what.to_owned() }
    }
}
