//! The archive that a document comes in: which parts it has, and how large they may be.

use encoding_rs::Encoding;
use miniz_oxide::inflate::decompress_slice_iter_to_slice;
use quick_xml::events::Event;
use rawzip::{CompressionMethod, ZipArchive, ZipFileHeaderRecord, ZipSliceArchive, ZipVerification, crc32};

use super::DocxError;
use super::xml::{Name, Xml, attribute};

/// The most bytes of a part: the longest novels have a fifth of it as XML.
const PART_LIMIT: usize = 64 << 20;

/// What the files of Word before 2007 begin with, and those with a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// A document's archive.
#[derive(Debug)]
pub(super) struct Package<'a> {
    archive: ZipSliceArchive<&'a [u8]>,
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
        let archive = ZipArchive::from_slice(bytes).map_err(|_| DocxError::NotZip)?;
        Ok(Self { archive })
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
        let damaged = |what: &str| DocxError::Damaged { part: name.to_owned(), what: what.to_owned() };
        let mut entries = self.archive.entries();
        while let Some(entry) =
            entries.next_entry().map_err(|_| damaged("the archive's list of parts breaks off"))?
        {
            if is_named(&entry, name) {
                let bytes = self.unpack(&entry, name)?;
                let text = text(bytes).map_err(|at| damaged(&format!("byte {at} is no UTF-8")))?;
                return Ok(Some(Part { name: name.to_owned(), text }));
            }
        }
        Ok(None)
    }

    /// Unpacks a part of no more bytes than it declares, and than a story may have.
    fn unpack(&self, entry: &ZipFileHeaderRecord<'_>, name: &str) -> Result<Vec<u8>, DocxError> {
        let damaged = |what: &str| DocxError::Damaged { part: name.to_owned(), what: what.to_owned() };
        let packed = self
            .archive
            .get_entry(entry.wayfinder())
            .map_err(|_| damaged("it lies outside of the archive"))?;
        let declared = packed.claim_verifier();
        let size = usize::try_from(declared.uncompressed_size).unwrap_or(usize::MAX);
        if size > PART_LIMIT {
            return Err(DocxError::TooLarge { part: name.to_owned(), limit: PART_LIMIT >> 20 });
        }
        if entry.flags().is_encrypted() {
            return Err(damaged("it is encrypted"));
        }
        let bytes = match entry.compression_method() {
            CompressionMethod::STORE => packed.data().to_vec(),
            CompressionMethod::DEFLATE => {
                let mut bytes = vec![0; size];
                let written =
                    decompress_slice_iter_to_slice(&mut bytes, std::iter::once(packed.data()), false, true)
                        .map_err(|_| damaged("it cannot be unpacked to the size that it declares"))?;
                bytes.truncate(written);
                bytes
            }
            method => return Err(damaged(&format!("it is packed by {method}, as no word processor does"))),
        };
        let unpacked = ZipVerification { crc: crc32(&bytes), uncompressed_size: bytes.len() as u64 };
        declared.valid(unpacked).map_err(|_| damaged("its checksum is wrong"))?;
        Ok(bytes)
    }
}

fn is_named(entry: &ZipFileHeaderRecord<'_>, name: &str) -> bool {
    let path = entry.file_path();
    let path = path.as_ref();
    // Some programs write paths as Windows does.
    let same =
        |(one, other): (&u8, &u8)| one.eq_ignore_ascii_case(other) || (*one == b'\\' && *other == b'/');
    path.len() == name.len() && path.iter().zip(name.as_bytes()).all(same)
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

/// A target as seen from a folder of the package, or from its root if it begins with a slash.
fn joined(folder: &str, target: &str) -> String {
    let from_root = target.strip_prefix('/');
    let start = if from_root.is_some() { "" } else { folder };
    let mut segments: Vec<&str> = start.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in from_root.unwrap_or(target).split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            name => segments.push(name),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn targets_are_seen_from_their_folder() {
        assert_eq!(joined("word", "footnotes.xml"), "word/footnotes.xml");
        assert_eq!(joined("word", "../notes/./a.xml"), "notes/a.xml");
        assert_eq!(joined("", "/word/document2.xml"), "word/document2.xml");
        assert_eq!(joined("word", "../../../a.xml"), "a.xml");
    }
}
