//! The layout of a page, from the elements that are open around each of its texts.

use std::ops::Range;

use super::element::{Name, Traits};
use crate::draft::layout::{BlockKind, Builder, Layout, RunStyle};

/// So many open elements are looked at around a text, from the outermost.
const LOOKED_AT: usize = 256;

/// A layout as it is read.
#[derive(Debug, Default)]
pub(super) struct Shape {
    builder: Builder,
    /// The elements whose blocks are open, by their numbers.
    open: Vec<u32>,
    /// The innermost element that parts text, by its number: words of another begin a paragraph.
    parting: u32,
}

impl Shape {
    /// Adds text that stands in these elements.
    pub(super) fn add(&mut self, path: impl Iterator<Item = (u32, Name)>, text: &str, at: Range<usize>) {
        let mut style = RunStyle::default();
        let mut blocks: Vec<(u32, BlockKind)> = Vec::new();
        let mut parting = 0;
        for (number, name) in path.take(LOOKED_AT) {
            if let Some(kind) = kind(name) {
                blocks.push((number, kind));
            }
            if name.traits().has(Traits::BLOCK) || matches!(name, Name::TD | Name::TH) {
                parting = number;
            }
            set(&mut style, name);
        }
        let is_code = blocks.iter().any(|(_, kind)| *kind == BlockKind::Code);
        if text.trim().is_empty() && !is_code {
            if parting == self.parting {
                self.builder.space(at.start);
            }
            return;
        }
        let shared = self.open.iter().zip(&blocks).take_while(|(open, (number, _))| *open == number).count();
        for _ in shared..self.open.len() {
            self.builder.end();
        }
        self.open.truncate(shared);
        if parting != self.parting {
            self.builder.end_words();
            self.parting = parting;
        }
        for (number, kind) in blocks.into_iter().skip(shared) {
            self.builder.begin(kind);
            self.open.push(number);
        }
        style.is_code &= !is_code;
        self.builder.add(text, at, style);
    }

    /// Adds a line break.
    pub(super) fn space(&mut self, at: usize) {
        self.builder.space(at);
    }

    /// Ends the layout.
    pub(super) fn finish(self) -> Layout {
        self.builder.finish()
    }
}

/// The block that an element makes.
fn kind(name: Name) -> Option<BlockKind> {
    Some(match name.text() {
        "h1" => BlockKind::Heading(1),
        "h2" => BlockKind::Heading(2),
        "h3" => BlockKind::Heading(3),
        "h4" => BlockKind::Heading(4),
        "h5" => BlockKind::Heading(5),
        "h6" => BlockKind::Heading(6),
        "blockquote" => BlockKind::Quote,
        "ul" | "menu" => BlockKind::List(None),
        "ol" => BlockKind::List(Some(1)),
        "li" => BlockKind::Item,
        "table" => BlockKind::Table,
        "tr" => BlockKind::Row,
        "td" => BlockKind::Cell,
        "th" => BlockKind::HeadCell,
        "caption" | "figcaption" => BlockKind::Caption,
        "pre" => BlockKind::Code,
        _ => return None,
    })
}

fn set(style: &mut RunStyle, name: Name) {
    match name.text() {
        "em" | "i" | "cite" => style.is_stressed = true,
        "strong" | "b" => style.is_strong = true,
        "s" | "del" | "strike" => style.is_struck = true,
        "code" | "kbd" | "samp" => style.is_code = true,
        "sup" => style.is_raised = true,
        _ => {}
    }
}
