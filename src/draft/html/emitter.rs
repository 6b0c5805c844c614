//! What the tokenizer reads, handed to the page tag by tag and text by text, with its place in the file.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::{Emitter, Error, State};

use super::element::Name;
use super::hiding::{Attributes, is_read};
use super::{Page, Tag};

/// Collects the parts of a tag until it is complete.
#[derive(Debug)]
pub(super) struct Tokens<'p, 'a> {
    page: &'p mut Page<'a>,
    /// Where the tokenizer is.
    position: usize,
    /// Where the last text or tag ended.
    done: usize,
    /// Text that was read and not handed on: as much as stands there without entities.
    text: Range<usize>,
    /// Where the tag or comment began that is being read.
    begun: usize,
    is_end_tag: bool,
    is_self_closing: bool,
    name: Vec<u8>,
    last_start_tag: Vec<u8>,
    attribute: Vec<u8>,
    value: Vec<u8>,
    attributes: Attributes,
}

impl<'p, 'a> Tokens<'p, 'a> {
    pub(super) fn new(page: &'p mut Page<'a>) -> Self {
        Self {
            page,
            position: 0,
            done: 0,
            text: 0..0,
            begun: 0,
            is_end_tag: false,
            is_self_closing: false,
            name: Vec::new(),
            last_start_tag: Vec::new(),
            attribute: Vec::new(),
            value: Vec::new(),
            attributes: Attributes::default(),
        }
    }

    /// Hands on the text that was read.
    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.page.text(self.text.clone());
        }
        self.text = self.position..self.position;
    }

    fn begin_tag(&mut self, is_end_tag: bool) {
        self.is_end_tag = is_end_tag;
        self.is_self_closing = false;
        self.name.clear();
        self.attribute.clear();
        self.attributes = Attributes::default();
    }

    fn end_attribute(&mut self) {
        if !self.attribute.is_empty() {
            self.attributes.add(&self.attribute, &self.value);
        }
        self.attribute.clear();
        self.value.clear();
    }
}

impl Emitter for Tokens<'_, '_> {
    type Token = Infallible;

    fn emit_string(&mut self, text: &[u8]) {
        let read = self.done..self.position;
        self.done = self.position;
        if text == b"\0" {
            return self.end_text();
        }
        // What was read is what is written, unless it is an entity or a line end of another kind.
        let copied = read.end.saturating_sub(text.len()).max(read.start)..read.end;
        if self.page.is_written(text, &copied) {
            // The tokenizer may hand over a character in parts.
            if self.text.end != copied.start {
                self.end_text();
                self.text.start = copied.start;
            }
            self.text.end = copied.end;
        } else {
            self.end_text();
            self.page.replaced_text(text, read);
        }
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_text();
        self.end_attribute();
        let at = self.begun..self.position;
        self.done = self.position;
        if self.is_end_tag {
            self.last_start_tag.clear();
            self.page.end_tag(&self.name, at);
            return None;
        }
        self.last_start_tag.clone_from(&self.name);
        let (attributes, is_self_closing) = (self.attributes, self.is_self_closing);
        let is_html = self.page.start_tag(&Tag { name: &self.name, attributes, is_self_closing }, at);
        if is_html { Name::raw_text(&self.name) } else { None }
    }

    fn emit_current_comment(&mut self) {
        self.end_text();
        self.page.comment(self.begun..self.position);
        self.done = self.position;
    }

    fn emit_current_doctype(&mut self) {
        self.end_text();
        self.done = self.position;
    }

    fn emit_eof(&mut self) {
        self.end_text();
    }

    fn start_open_tag(&mut self) {
        self.begun = self.position.saturating_sub(1);
    }

    fn init_start_tag(&mut self) {
        self.begin_tag(false);
    }

    fn init_end_tag(&mut self) {
        self.begin_tag(true);
    }

    fn push_tag_name(&mut self, part: &[u8]) {
        self.name.extend_from_slice(part);
    }

    fn set_self_closing(&mut self) {
        self.is_self_closing = true;
    }

    fn init_attribute(&mut self) {
        self.end_attribute();
    }

    fn push_attribute_name(&mut self, part: &[u8]) {
        self.attribute.extend_from_slice(part);
    }

    fn push_attribute_value(&mut self, part: &[u8]) {
        // An image within an attribute may have megabytes.
        if is_read(&self.attribute) {
            self.value.extend_from_slice(part);
        }
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end_tag && !self.last_start_tag.is_empty() && self.last_start_tag == self.name
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.page.is_foreign()
    }

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        self.last_start_tag.clear();
        self.last_start_tag.extend_from_slice(last_start_tag.unwrap_or_default());
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    // The rest says nothing of what a reader sees.
    fn emit_error(&mut self, _: Error) {}
    fn init_comment(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn init_doctype(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn set_force_quirks(&mut self) {}
}
