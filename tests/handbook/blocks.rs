//! What is fenced in a page.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// A fenced block of a page.
pub(crate) struct Block {
    /// The first word behind the fence.
    pub language: String,
    /// What else stands there.
    pub rest: String,
    /// What is fenced.
    pub text: String,
    /// Where that stands in the page.
    pub place: Range<usize>,
}

impl Block {
    /// The file that it stands for, and what else is said of it.
    pub(crate) fn file(&self) -> Option<&str> {
        Some(&*self.rest).filter(|rest| !rest.is_empty() && self.language != "console")
    }
}

/// The fenced blocks of a page, in their order.
pub(crate) fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_inside = false;
    for (event, place) in Parser::new(page).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                is_inside = true;
                let (language, rest) = info.split_once(' ').unwrap_or((&info, ""));
                let start = page[place.start..].find('\n').map_or(place.end, |end| place.start + end + 1);
                blocks.push(Block {
                    language: language.to_owned(),
                    rest: rest.trim().to_owned(),
                    text: String::new(),
                    place: start..start,
                });
            }
            Event::End(TagEnd::CodeBlock) => is_inside = false,
            Event::Text(text) if is_inside => {
                let block = blocks.last_mut().unwrap();
                block.text += &text;
                block.place.end = place.end;
            }
            _ => {}
        }
    }
    blocks
}
