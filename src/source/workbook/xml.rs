//! A part of a spreadsheet as a stream of tags and texts.

use std::borrow::Cow;
use std::io::Read as _;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::error::WorkbookError;
use crate::packed::{Archive, PartReader, as_part, attribute, character};

/// The largest part that is read, in bytes.
const PART_LIMIT: u64 = 1 << 30;
/// How deep tags may stand in one another.
const DEEPEST: usize = 100;

/// The tags and texts of a part.
pub(super) struct Tags<'a> {
    reader: Reader<PartReader<'a>>,
    part: String,
    buffer: Vec<u8>,
    depth: usize,
}

/// A piece of a part. Tags that are empty come as two.
pub(super) enum Tag<'t> {
    /// With its name, without prefix.
    Start(Element<'t>),
    End(Name),
    Text(Cow<'t, str>),
}

/// A start tag.
pub(super) struct Element<'t> {
    pub(super) name: Name,
    start: BytesStart<'t>,
}

macro_rules! names {
    ($($variant:ident = $text:literal),+ $(,)?) => {
        /// The names of tags that mean something here.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Name {
            $(#[doc = $text] $variant,)+
            /// Any other.
            Other,
        }

        impl Name {
            fn of(local: &str) -> Self {
                match local {
                    $($text => Self::$variant,)+
                    _ => Self::Other,
                }
            }
        }
    };
}

names! {
    // Office Open XML.
    Relationship = "Relationship", Sheet = "sheet", WorkbookPr = "workbookPr", Col = "col", Row = "row", C = "c", V = "v",
    T = "t", F = "f", Is = "is", Si = "si", RPh = "rPh", MergeCell = "mergeCell", NumFmt = "numFmt", CellXfs = "cellXfs",
    Xf = "xf", ExtLst = "extLst",
    // OpenDocument.
    Table = "table", TableColumn = "table-column", TableRow = "table-row", TableCell = "table-cell",
    CoveredCell = "covered-table-cell", P = "p", S = "s", Tab = "tab", LineBreak = "line-break", Annotation = "annotation",
    Style = "style", TableProperties = "table-properties", Shapes = "shapes",
}

impl Element<'_> {
    /// The value of an attribute, whatever its prefix.
    pub(super) fn attribute(&self, wanted: &str) -> Option<String> {
        let value = attribute(&self.start, wanted)?;
        Some(quick_xml::escape::unescape(&value).map_or_else(|_| value.to_string(), Cow::into_owned))
    }

    /// A number in an attribute.
    pub(super) fn number<T: std::str::FromStr>(&self, wanted: &str) -> Option<T> {
        attribute(&self.start, wanted)?.trim().parse().ok()
    }

    /// Whether an attribute says yes.
    pub(super) fn is_set(&self, wanted: &str) -> bool {
        attribute(&self.start, wanted).is_some_and(|value| matches!(&*value, "1" | "true" | "on"))
    }
}

impl<'a> Tags<'a> {
    /// The tags of a part, if it is there.
    pub(super) fn of(archive: &'a Archive<'_>, part: &str) -> Result<Option<Self>, WorkbookError> {
        Ok(archive.part(part, PART_LIMIT)?.map(|bytes| Self::read(bytes, part)))
    }

    /// The tags of a file that is one part by itself.
    pub(super) fn of_file(bytes: &'a [u8]) -> Self {
        Self::read(as_part(bytes), "the file")
    }

    fn read(bytes: PartReader<'a>, part: &str) -> Self {
        let mut reader = Reader::from_reader(bytes);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part: part.to_owned(), buffer: Vec::new(), depth: 0 }
    }

    /// The next tag or text that means anything; none at the end, which is reached only where every tag is closed.
    pub(super) fn next(&mut self) -> Result<Option<Tag<'_>>, WorkbookError> {
        loop {
            self.buffer.clear();
            self.reader.get_mut().get_mut().begin_piece();
            let event = self.reader.read_event_into(&mut self.buffer);
            // What is lent from the buffer is not lent from here.
            let event = match event {
                Ok(event) => event.into_owned(),
                Err(error) => {
                    return Err(WorkbookError::xml(&self.part, self.reader.error_position(), &error));
                }
            };
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(self.damaged(&format!("its tags stand more than {DEEPEST} deep")));
                    }
                    let name = Name::of(start.local_name().into_inner());
                    return Ok(Some(Tag::Start(Element { name, start })));
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Tag::End(Name::of(end.local_name().into_inner()))));
                }
                Event::Text(text) => return Ok(Some(Tag::Text(text.xml10_content()))),
                Event::CData(text) => return Ok(Some(Tag::Text(text.xml10_content()))),
                Event::GeneralRef(reference) => {
                    let unknown = || format!("&{}; stands for nothing", reference.xml10_content());
                    let character = character(&reference).ok_or_else(|| self.damaged(&unknown()))?;
                    return Ok(Some(Tag::Text(character.to_string().into())));
                }
                Event::Eof if self.depth > 0 => return Err(self.damaged("it ends too early")),
                Event::Eof => return self.verified(),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Empty(_) => {}
            }
        }
    }

    /// That what follows the last tag is read too: the checksum is known at the end.
    fn verified(&mut self) -> Result<Option<Tag<'_>>, WorkbookError> {
        let rest = std::io::copy(&mut self.reader.get_mut().by_ref(), &mut std::io::sink());
        rest.map(|_| None).map_err(|error| self.damaged(&error.to_string()))
    }

    pub(super) fn damaged(&self, what: &str) -> WorkbookError {
        WorkbookError::damaged(&self.part, what)
    }
}
