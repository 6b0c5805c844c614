//! The archive that a document comes in: which of its parts are the document and its notes.

use encoding_rs::Encoding;
use quick_xml::events::Event;

use super::DocxError;
use super::xml::{Name, Xml};
use crate::packed::{Archive, attribute, joined};

/// The most bytes of a part: the longest novels have a fifth of it as XML.
const PART_LIMIT: u64 = 64 << 20;

/// What the files of Word before 2007 begin with, and those with a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// A document's archive.
#[derive(Debug)]
pub(super) struct Package<'a> {
    archive: Archive<'a>,
}

/// A part, unpacked.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) text: String,
}

/// A relationship of a part with another: of which kind, and the other's name.
type Relationship = (String, String);

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, DocxError> {
        if bytes.starts_with(COMPOUND) {
            return Err(DocxError::Compound);
        }
        Ok(Self { archive: Archive::open(bytes)? })
    }

    /// The document itself: where the package says that it is, or where Word puts it.
    pub(super) fn document(&self) -> Result<Part, DocxError> {
        let named = self.related("", "officeDocument")?;
        let name = named.into_iter().next().unwrap_or_else(|| "word/document.xml".to_owned());
        self.part(&name)?.ok_or(DocxError::NoDocument)
    }

    /// The footnotes and endnotes of a document.
    pub(super) fn notes(&self, document: &str) -> Result<Vec<Part>, DocxError> {
        let mut notes = Vec::new();
        for kind in ["footnotes", "endnotes"] {
            for name in self.related(document, kind)?.into_iter().take(1) {
                notes.extend(self.part(&name)?);
            }
        }
        Ok(notes)
    }

    /// The parts that stand in a relationship of this kind to a part; to the package itself, if its name is empty.
    fn related(&self, to: &str, kind: &str) -> Result<Vec<String>, DocxError> {
        let (folder, name) = to.rsplit_once('/').unwrap_or(("", to));
        let list = if folder.is_empty() {
            format!("_rels/{name}.rels")
        } else {
            format!("{folder}/_rels/{name}.rels")
        };
        let Some(part) = self.part(&list)? else { return Ok(Vec::new()) };
        let mut related = Vec::new();
        for (of_kind, target) in relationships(&part)? {
            if of_kind.rsplit('/').next() == Some(kind) {
                related.push(joined(folder, &target));
            }
        }
        Ok(related)
    }

    /// A part by its name, in which capital letters make no difference.
    fn part(&self, name: &str) -> Result<Option<Part>, DocxError> {
        let Some(bytes) = self.archive.read(name, PART_LIMIT)? else { return Ok(None) };
        let text = text(bytes).map_err(|at| DocxError::Damaged {
            part: name.to_owned(),
            what: format!("byte {at} is no UTF-8"),
        })?;
        Ok(Some(Part { name: name.to_owned(), text }))
    }
}

/// A part's text, in UTF-8 or UTF-16 as XML has it; else the first byte that is neither.
fn text(bytes: Vec<u8>) -> Result<String, usize> {
    match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) => {
            let (text, is_lossy) =
                encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
            if is_lossy { Err(0) } else { Ok(text.into_owned()) }
        }
        None => String::from_utf8(bytes).map_err(|error| error.utf8_error().valid_up_to()),
    }
}

fn relationships(part: &Part) -> Result<Vec<Relationship>, DocxError> {
    let mut xml = Xml::open(part)?;
    let mut found = Vec::new();
    loop {
        match xml.event()? {
            Event::Start(start) if xml.name(start.name()) == Name::Other("Relationship") => {
                let (kind, target) = (attribute(&start, "Type"), attribute(&start, "Target"));
                let is_inside = attribute(&start, "TargetMode").is_none_or(|mode| mode != "External");
                if let (Some(kind), Some(target), true) = (kind, target, is_inside) {
                    found.push((kind.into_owned(), target.into_owned()));
                }
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}
