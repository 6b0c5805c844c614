//! The layout of Markdown.

use std::sync::Arc;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::super::markdown::{OPTIONS, front_matter};
use super::{BlockKind, Builder, Layout, RunStyle};

/// Reads the layout of a Markdown file.
pub(super) fn layout(original: &str) -> Layout {
    let start = front_matter(original);
    let body = original.get(start..).unwrap_or_default();
    let mut page = Page {
        original,
        builder: Builder::default(),
        style: RunStyle::default(),
        in_head: false,
        in_html: false,
    };
    for (event, range) in Parser::new_ext(body, OPTIONS).into_offset_iter() {
        page.event(event, range.start + start, range.end + start);
    }
    page.builder.finish()
}

struct Page<'a> {
    original: &'a str,
    builder: Builder,
    style: RunStyle,
    in_head: bool,
    in_html: bool,
}

impl Page<'_> {
    fn event(&mut self, event: Event<'_>, start: usize, end: usize) {
        match event {
            // A block of HTML is not shown: what it would be is for a browser to say.
            Event::Text(_) if self.in_html => {}
            Event::Text(text) => self.builder.add(&text, start..end, self.style),
            Event::SoftBreak | Event::HardBreak => self.builder.space(start),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                let written = self.original.get(start..end).unwrap_or_default();
                let inside = written.find(&*text).map(|at| start + at..start + at + text.len());
                let style = RunStyle { is_code: true, ..self.style };
                self.builder.add(&text, inside.unwrap_or(start..end), style);
            }
            Event::InlineHtml(tag) => self.inline_html(&tag, start),
            Event::FootnoteReference(name) => {
                let style = RunStyle { is_raised: true, ..self.style };
                self.builder.add(&name, start..end, style);
            }
            Event::TaskListMarker(is_done) => {
                self.builder.add(if is_done { "☑ " } else { "☐ " }, start..end, RunStyle::default());
            }
            Event::Rule => self.builder.rule(),
            Event::Html(_) => {}
            Event::Start(tag) => {
                let is_image = matches!(tag, Tag::Image { .. });
                self.start(tag);
                if is_image {
                    // What the reader of the page sees in its place.
                    self.builder.add("Image: ", start..start, RunStyle { is_stressed: true, ..self.style });
                }
            }
            Event::End(tag) => self.end(tag),
        }
    }

    fn inline_html(&mut self, tag: &str, start: usize) {
        let tag = tag.to_ascii_lowercase();
        let is = |name: &str| tag.strip_prefix(name).is_some_and(|rest| rest.starts_with(['>', ' ', '/']));
        match () {
            () if is("<br") => self.builder.space(start),
            () if is("<sup") => self.style.is_raised = true,
            () if is("</sup") => self.style.is_raised = false,
            () => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.style.is_stressed = true,
            Tag::Strong => self.style.is_strong = true,
            Tag::Strikethrough => self.style.is_struck = true,
            Tag::Superscript => self.style.is_raised = true,
            Tag::Link { dest_url, .. } => self.builder.link = Some(Arc::from(&*dest_url)),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => self.in_html = true,
            Tag::TableHead => {
                self.in_head = true;
                self.builder.begin(BlockKind::Row);
            }
            Tag::TableCell if self.in_head => self.builder.begin(BlockKind::HeadCell),
            tag => {
                if let Some(kind) = kind(&tag) {
                    self.builder.begin(kind);
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.style.is_stressed = false,
            TagEnd::Strong => self.style.is_strong = false,
            TagEnd::Strikethrough => self.style.is_struck = false,
            TagEnd::Superscript => self.style.is_raised = false,
            TagEnd::Link => self.builder.link = None,
            TagEnd::Subscript => {}
            TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => self.in_html = false,
            ended => {
                self.in_head &= ended != TagEnd::TableHead;
                // A raised mark without an end ends with its block.
                self.style.is_raised = false;
                self.builder.end();
            }
        }
    }
}

/// The block that a tag begins.
fn kind(tag: &Tag<'_>) -> Option<BlockKind> {
    Some(match tag {
        Tag::Heading { level, .. } => BlockKind::Heading(*level as u8),
        Tag::BlockQuote(_) => BlockKind::Quote,
        Tag::CodeBlock(_) => BlockKind::Code,
        Tag::List(first) => BlockKind::List(*first),
        Tag::Item => BlockKind::Item,
        Tag::FootnoteDefinition(_) => BlockKind::Footnote,
        Tag::Table(_) => BlockKind::Table,
        Tag::TableRow => BlockKind::Row,
        Tag::TableCell => BlockKind::Cell,
        Tag::Image { .. } => BlockKind::Caption,
        Tag::Paragraph => BlockKind::Paragraph,
        Tag::DefinitionList | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
            BlockKind::Paragraph
        }
        _ => return None,
    })
}
