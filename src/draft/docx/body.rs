//! The running text of a document's part: what a reader sees of it, paragraph by paragraph.

use quick_xml::events::{BytesStart, Event};

use super::super::layout::BlockKind;
use super::super::raised::is_ordinal_ending;
use super::DocxError;
use super::package::Part;
use super::paper::Paper;
use super::xml::{Name, Xml};
use crate::packed::attribute;

/// The fields that are open: what stands between a field's beginning and its result is its code, which nobody sees.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// Each open field: whether its result has not begun.
    open: Vec<bool>,
    /// How many of them are in their code.
    in_code: usize,
    are_unread: bool,
}

impl Fields {
    /// Fields whose marks are passed over, so that nothing counts as code.
    pub(super) fn unread() -> Self {
        Self { are_unread: true, ..Self::default() }
    }

    /// Whether a field has begun that does not end.
    pub(super) fn are_unclosed(&self) -> bool {
        !self.open.is_empty()
    }

    fn mark(&mut self, kind: &str) {
        match kind {
            _ if self.are_unread => {}
            "begin" => {
                self.open.push(true);
                self.in_code += 1;
            }
            "separate" => {
                if let Some(in_code) = self.open.last_mut() {
                    self.in_code -= usize::from(std::mem::take(in_code));
                }
            }
            "end" => self.in_code -= usize::from(self.open.pop().unwrap_or_default()),
            _ => {}
        }
    }
}

/// Reads a part: the document, its footnotes or its endnotes.
pub(super) fn read(part: &Part, paper: &mut Paper, fields: &mut Fields) -> Result<(), DocxError> {
    let xml = Xml::open(part)?;
    if !xml.is_word() {
        return Err(DocxError::NoDocument);
    }
    Body { xml, paper, fields, paragraphs: Vec::new(), boxes: 0, alternatives: Vec::new() }.read()
}

/// A part that is being read.
struct Body<'x, 'p> {
    xml: Xml<'x>,
    paper: &'p mut Paper,
    fields: &'p mut Fields,
    /// The paragraphs that are open: more than one where a text box stands in a paragraph.
    paragraphs: Vec<Paragraph>,
    /// How many text boxes are open.
    boxes: usize,
    /// For each choice between alternatives that is open: whether it was made.
    alternatives: Vec<bool>,
}

/// A paragraph that is open.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    run: Run,
    /// Its end was deleted: the next one goes on in it.
    goes_on: bool,
    /// What its style or its numbering make of it.
    kind: Option<BlockKind>,
}

/// How a run of characters is set.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    is_hidden: bool,
    is_raised: bool,
}

impl Body<'_, '_> {
    fn read(mut self) -> Result<(), DocxError> {
        loop {
            match self.xml.event()? {
                Event::Start(start) => self.start(&start)?,
                Event::End(end) => match self.xml.name(end.name()) {
                    Name::Word(name) => self.end(name),
                    Name::Other("AlternateContent") => {
                        self.alternatives.pop();
                    }
                    Name::Other(_) => {}
                },
                Event::Eof => {
                    self.paper.end_part();
                    return Ok(());
                }
                _ => {}
            }
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), DocxError> {
        match self.xml.name(start.name()) {
            Name::Word(name) => self.element(name, start),
            Name::Other("AlternateContent") => {
                self.alternatives.push(false);
                Ok(())
            }
            // The same content twice, for newer and for older programs: one of them is read.
            Name::Other("Choice" | "Fallback") => match self.alternatives.last_mut() {
                Some(chosen) if !*chosen => {
                    *chosen = true;
                    Ok(())
                }
                Some(_) => self.xml.skip(),
                None => Ok(()),
            },
            Name::Other("oMath") => {
                self.write(" ");
                self.xml.skip()
            }
            Name::Other(_) => Ok(()),
        }
    }

    fn element(&mut self, name: &str, start: &BytesStart<'_>) -> Result<(), DocxError> {
        match name {
            "p" => self.paragraphs.push(Paragraph::default()),
            "pPr" => return self.paragraph_properties(),
            "r" => self.set(Run::default()),
            "rPr" => return self.run_properties(),
            "t" => return self.text(start),
            "tab" | "ptab" => self.write("\t"),
            "br" | "cr" | "sym" => self.write(" "),
            "noBreakHyphen" => self.write("\u{2011}"),
            "softHyphen" => self.write("\u{ad}"),
            "fldChar" => self.fields.mark(&attribute(start, "fldCharType").unwrap_or_default()),
            "txbxContent" => self.boxes += 1,
            "tbl" if self.boxes == 0 => self.paper.end_paragraph(),
            "tr" if self.boxes == 0 => self.paper.begin_row(),
            "tc" if self.boxes == 0 => self.paper.begin_cell(),
            "altChunk" => return Err(DocxError::Embedded),
            // Deleted, or moved elsewhere.
            "del" | "moveFrom"
            // Codes of fields, readings beside characters, and what is said of things instead of shown.
            | "delText" | "instrText" | "delInstrText" | "rt" | "tblPr" | "tblPrEx" | "tblGrid" | "trPr" | "tcPr" | "sectPr"
            | "sdtPr" | "sdtEndPr" | "rubyPr" | "customXmlPr" | "smartTagPr" => return self.xml.skip(),
            // The lines between text and notes.
            "footnote" | "endnote" if attribute(start, "type").is_some_and(|kind| kind != "normal") => return self.xml.skip(),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => {
                let Some(paragraph) = self.paragraphs.pop() else { return };
                match paragraph {
                    _ if self.boxes > 0 => self.paper.in_box(&paragraph.text),
                    Paragraph { goes_on: true, .. } => self.paper.begin_paragraph(&paragraph.text),
                    _ => self.paper.set(&paragraph.text, paragraph.kind),
                }
            }
            "txbxContent" => self.boxes = self.boxes.saturating_sub(1),
            "tc" if self.boxes == 0 => self.paper.end_paragraph(),
            "tbl" if self.boxes == 0 => self.paper.end_table(),
            _ => {}
        }
    }

    fn paragraph_properties(&mut self) -> Result<(), DocxError> {
        let mut of_mark = false;
        let mut goes_on = false;
        let mut kind = None;
        self.xml.children(|depth, (name, start)| match (depth, name) {
            (1, Name::Word("pStyle")) => {
                kind = attribute(start, "val").and_then(|style| styled(&style)).or(kind);
            }
            (1, Name::Word("numPr")) => kind = kind.or(Some(BlockKind::Item)),
            (1, name) => of_mark = name == Name::Word("rPr"),
            (2, Name::Word("del" | "moveFrom")) => goes_on |= of_mark,
            _ => {}
        })?;
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.goes_on = goes_on;
            paragraph.kind = kind;
        }
        Ok(())
    }

    fn run_properties(&mut self) -> Result<(), DocxError> {
        let mut run = Run::default();
        // Deeper down stands how it was set before a change.
        self.xml.children(|depth, (name, start)| {
            let value = attribute(start, "val");
            match name {
                Name::Word("vanish") if depth == 1 => {
                    run.is_hidden = !matches!(value.as_deref(), Some("0" | "false" | "off"));
                }
                Name::Word("vertAlign") if depth == 1 => {
                    run.is_raised = value.as_deref() == Some("superscript");
                }
                _ => {}
            }
        })?;
        self.set(run);
        Ok(())
    }

    fn text(&mut self, start: &BytesStart<'_>) -> Result<(), DocxError> {
        let is_kept = attribute(start, "space").is_some_and(|space| space == "preserve");
        let text = self.xml.text()?;
        self.write(if is_kept { &text } else { text.trim_ascii() });
        Ok(())
    }

    fn set(&mut self, run: Run) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.run = run;
        }
    }

    /// Adds what a reader sees.
    fn write(&mut self, seen: &str) {
        let Some(Paragraph { text, run, .. }) = self.paragraphs.last_mut() else { return };
        let is_shown = !run.is_hidden && (!run.is_raised || is_ordinal_ending(text, seen));
        if is_shown && self.fields.in_code == 0 {
            // A line is a paragraph.
            text.extend(
                seen.chars().map(|character| if matches!(character, '\n' | '\r') { ' ' } else { character }),
            );
        }
    }
}

/// What a style makes of a paragraph, by its name in English, which Word keeps in documents of many languages.
fn styled(style: &str) -> Option<BlockKind> {
    if let Some(level) = style.strip_prefix("Heading") {
        return level.parse().ok().map(|level: u8| BlockKind::Heading(level.clamp(1, 6)));
    }
    match style {
        "Title" => Some(BlockKind::Heading(1)),
        "Subtitle" => Some(BlockKind::Heading(2)),
        "Quote" | "IntenseQuote" => Some(BlockKind::Quote),
        "Caption" => Some(BlockKind::Caption),
        _ if style.starts_with("List") => Some(BlockKind::Item),
        _ => None,
    }
}
