//! HTML: which parts of the page are prose.
//!
//! The tokenizer reads tags and entities as browsers do; [`open`] knows which elements are open. What is left to decide here
//! is what a reader takes for text.

mod element;
mod emitter;
mod hiding;
mod open;
mod shape;
#[cfg(test)]
mod tests;

use std::ops::Range;

use html5gum::Tokenizer;

use super::fold::Folded;
use super::layout::Layout;
use super::raised::is_ordinal_ending;
use super::rows::Rows;
use element::{Name, Traits};
use emitter::Tokens;
use hiding::Attributes;
use open::OpenElements;
use shape::Shape;

/// Folds the prose of an HTML page. No prose: what is not shown (scripts, styles, the title, what `hidden` or a style in the tag
/// hides), code (`code`, `pre`, `kbd`, `samp`), drawings and formulas, form controls, the text of images that readers see
/// only without the image, and raised marks. Captions, tables and text struck through are prose.
pub(super) fn fold(original: &str) -> Folded {
    read(original, None).folded.finish()
}

/// Reads the layout of what an HTML page shows: its prose, and its code.
pub(super) fn layout(original: &str) -> Layout {
    read(original, Some(Shape::default())).shape.map(Shape::finish).unwrap_or_default()
}

fn read(original: &str, shape: Option<Shape>) -> Page<'_> {
    let start = if original.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut page = Page { shape, ..Page::new(original, start) };
    let body = original.get(start..).unwrap_or_default();
    // Reading from memory does not fail.
    let Ok(()) = Tokenizer::new_with_emitter(body, Tokens::new(&mut page)).finish();
    page.finish()
}

/// A page as it is read.
#[derive(Debug)]
struct Page<'a> {
    original: &'a str,
    /// Where the tokenizer's text begins in the original.
    start: usize,
    folded: Folded,
    open: OpenElements,
    rows: Rows,
    /// Where the code begins that is open.
    code: Option<usize>,
    /// The layout, where it is asked for.
    shape: Option<Shape>,
}

/// A start tag.
#[derive(Debug)]
struct Tag<'t> {
    /// In lower case.
    name: &'t [u8],
    attributes: Attributes,
    is_self_closing: bool,
}

impl<'a> Page<'a> {
    fn new(original: &'a str, start: usize) -> Self {
        Self {
            original,
            start,
            folded: Folded::with_capacity(original.len() / 2),
            open: OpenElements::default(),
            rows: Rows::default(),
            code: None,
            shape: None,
        }
    }

    fn finish(mut self) -> Self {
        self.note_code(self.original.len());
        if let Some(start) = self.code {
            self.folded.code.push((start..self.original.len()).into());
        }
        self
    }

    /// Whether this is what stands there. Offsets, here and below, are the tokenizer's.
    fn is_written(&self, text: &[u8], at: &Range<usize>) -> bool {
        self.original.as_bytes().get(at.start + self.start..at.end + self.start) == Some(text)
    }

    /// Adds text as it stands there.
    fn text(&mut self, at: Range<usize>) {
        let at = at.start + self.start..at.end + self.start;
        let text = self.original.get(at.clone()).unwrap_or_default();
        if self.shape.is_some() {
            self.show(text, at.clone());
        }
        if self.is_read_at(at.start) && (!self.open.is_raised() || is_ordinal_ending(&self.folded.text, text))
        {
            self.folded.copy(text, at.start);
        }
    }

    /// Adds what stands for the text of an entity or the like.
    fn replaced_text(&mut self, text: &[u8], at: Range<usize>) {
        let at = at.start + self.start..at.end + self.start;
        if self.shape.is_some() {
            self.show(&String::from_utf8_lossy(text), at.clone());
        }
        if !self.is_read_at(at.start) || self.open.is_raised() {
            return;
        }
        let text = String::from_utf8_lossy(text);
        if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            self.folded.space(first_byte(at));
        } else {
            self.folded.replace(&text, &at);
        }
    }

    /// Adds text to the layout, if it is seen.
    fn show(&mut self, text: &str, at: Range<usize>) {
        if !self.open.is_foreign() {
            self.open.resume_formatting();
        }
        if let Some(shape) = &mut self.shape
            && !self.open.is_hidden()
        {
            shape.add(self.open.path(), text, at);
        }
    }

    /// Whether text that stands here is prose, raised or not.
    fn is_read_at(&mut self, at: usize) -> bool {
        if !self.open.is_foreign() {
            self.open.resume_formatting();
            self.note_code(at);
        }
        !self.open.is_hidden() && !self.open.is_code()
    }

    /// Reads a start tag; says whether it is one of HTML, and not of a drawing or formula.
    fn start_tag(&mut self, tag: &Tag<'_>, at: Range<usize>) -> bool {
        let at = at.start + self.start..at.end + self.start;
        let name = self.open.name(tag.name);
        let traits = name.traits();
        if self.open.is_foreign() {
            if !traits.has(Traits::BREAKS_OUT) {
                if !tag.is_self_closing {
                    self.open.start_foreign(tag.name);
                }
                return false;
            }
            self.open.leave_foreign();
        }
        if self.open.passes_over(name) {
            return true;
        }
        let is_hidden = tag.attributes.is_hidden || (name == Name::DIALOG && !tag.attributes.is_open);
        let traits = if is_hidden { traits.and(Traits::HIDDEN) } else { traits };
        self.open.make_way(name, traits);
        self.note_code(at.start);
        self.part(name, traits, &at);
        let is_empty = tag.is_self_closing && matches!(name, Name::SVG | Name::MATH);
        if !is_empty && self.is_placed(name) {
            self.open.start(name, traits);
        }
        self.note_code(at.start);
        true
    }

    fn end_tag(&mut self, tag: &[u8], at: Range<usize>) {
        let at = at.start + self.start..at.end + self.start;
        let name = self.open.name(tag);
        if self.open.is_foreign() && matches!(name, Name::P | Name::BR) {
            self.open.leave_foreign();
        }
        let closes = self.open.end(tag);
        self.note_code(at.end);
        match name {
            // A browser makes something of these alone.
            Name::BR => self.folded.space(first_byte(at)),
            Name::P => self.folded.end_block(),
            Name::TABLE if closes => {
                self.rows.end(&mut self.folded);
            }
            _ if closes && name.traits().has(Traits::BLOCK) => self.folded.end_block(),
            _ => {}
        }
    }

    fn comment(&mut self, at: Range<usize>) {
        let at = at.start + self.start..at.end + self.start;
        if self.original.get(at.clone()).is_some_and(|comment| comment.starts_with("<!--")) {
            self.folded.comment(at);
        }
    }

    fn is_foreign(&self) -> bool {
        self.open.is_foreign()
    }

    /// Parts what stands before an element from what follows.
    fn part(&mut self, name: Name, traits: Traits, at: &Range<usize>) {
        if self.open.is_hidden() {
            return;
        }
        if let Some(shape) = &mut self.shape
            && name == Name::BR
        {
            shape.space(at.start);
        }
        match name {
            Name::TR => self.rows.begin(&mut self.folded),
            Name::TD | Name::TH => self.rows.begin_cell(&mut self.folded),
            _ if traits.has(Traits::BLOCK) => self.folded.end_block(),
            _ if traits.has(Traits::GAP.and(Traits::CODE)) => self.folded.space(first_byte(at.clone())),
            _ => {}
        }
    }

    /// Whether an element is opened where it stands: parts of tables are not outside of one. The page itself ends with the file,
    /// and where it is hidden, a script will show it.
    fn is_placed(&self, name: Name) -> bool {
        match name {
            Name::HTML | Name::HEAD | Name::BODY => false,
            Name::CAPTION
            | Name::COLGROUP
            | Name::TBODY
            | Name::TD
            | Name::TFOOT
            | Name::TH
            | Name::THEAD
            | Name::TR => self.open.is_in_table(),
            _ => true,
        }
    }

    /// Notes where code begins or ends, once it has.
    fn note_code(&mut self, at: usize) {
        match self.code {
            None if self.open.is_code() => self.code = Some(at),
            Some(start) if !self.open.is_code() => {
                self.folded.code.push((start..at).into());
                self.code = None;
            }
            _ => {}
        }
    }
}

/// The place of a space that is not a no-break space.
fn first_byte(place: Range<usize>) -> Range<usize> {
    place.start..place.end.min(place.start + 1)
}
