//! TOML's rules of tables: what a header, a dotted key or braces may add to what is there.

use std::collections::HashMap;

use toml_parser::{ErrorSink, ParseError};

use super::DUPLICATE;
use super::tree::{self, Children, Defined, Key, Kind, Node, NodeId, ROOT, Stretch};
use crate::text::Span;

/// The nodes, and what is needed to find a key among them.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) nodes: Vec<Node>,
    /// The keys of tables too large to be looked through.
    large: HashMap<NodeId, HashMap<Box<str>, NodeId>>,
    /// The list that the last `[[header]]` without dots added to, under its key.
    list: Option<(Key, NodeId)>,
}

/// Tables with more keys than this are looked up by hash.
const LARGE: u32 = 24;

/// The texts that stretches point into.
#[derive(Clone, Copy)]
pub(super) struct Texts<'t> {
    pub(super) text: &'t str,
    pub(super) decoded: &'t str,
}

impl<'t> Texts<'t> {
    fn read(self, stretch: Stretch) -> &'t str {
        stretch.span.of(if stretch.is_decoded { self.decoded } else { self.text })
    }
}

impl Tables {
    /// Starts a document: an empty root.
    pub(super) fn clear(&mut self) {
        self.nodes.clear();
        self.large.clear();
        self.list = None;
        tree::push(&mut self.nodes, Key::default(), Span::default(), table(Defined::Header));
    }

    /// The table that `[path.key]` opens. `None` where that is refused, with the error reported.
    pub(super) fn open_header(
        &mut self,
        texts: Texts<'_>,
        path: &[Key],
        header: Span,
        errors: &mut dyn ErrorSink,
    ) -> Option<NodeId> {
        let (key, above) = path.split_last()?;
        let parent = self.descend_header(texts, above, errors)?;
        let Some(found) = self.find(texts, parent, *key) else {
            return Some(self.add(texts, parent, *key, header, table(Defined::Header)));
        };
        let node = tree::node_mut(&mut self.nodes, found);
        match &mut node.kind {
            Kind::Table { defined, .. } if *defined == Defined::Path => {
                *defined = Defined::Header;
                node.span = header;
                node.key = *key;
                Some(found)
            }
            _ => {
                errors.report_error(duplicate(*key, Some(node.key.span)));
                None
            }
        }
    }

    /// The table that `[[path.key]]` adds. `None` where that is refused, with the error reported.
    pub(super) fn open_element(
        &mut self,
        texts: Texts<'_>,
        path: &[Key],
        header: Span,
        errors: &mut dyn ErrorSink,
    ) -> Option<NodeId> {
        let array = match (self.list, path) {
            // Mostly it is one claim after the other.
            (Some((last, array)), [key]) if texts.read(last.name) == texts.read(key.name) => array,
            _ => self.list_of(texts, path, header, errors)?,
        };
        let element = tree::push(&mut self.nodes, Key::default(), header, table(Defined::Header));
        tree::append(&mut self.nodes, array, element);
        Some(element)
    }

    /// The list that `[[path.key]]` adds to, made where it is not there.
    fn list_of(
        &mut self,
        texts: Texts<'_>,
        path: &[Key],
        header: Span,
        errors: &mut dyn ErrorSink,
    ) -> Option<NodeId> {
        let (key, above) = path.split_last()?;
        let parent = self.descend_header(texts, above, errors)?;
        let array = match self.find(texts, parent, *key) {
            None => {
                let array = Kind::Array { children: Children::default(), of_tables: true };
                self.add(texts, parent, *key, header, array)
            }
            Some(found) => found,
        };
        let node = tree::node(&self.nodes, array);
        if !matches!(node.kind, Kind::Array { of_tables: true, .. }) {
            errors.report_error(duplicate(*key, Some(node.key.span)));
            return None;
        }
        self.list = above.is_empty().then_some((*key, array));
        Some(array)
    }

    /// Where a value under a dotted key goes: the table that the dots lead to from `from`, if the last key is free in
    /// it. `None` where that is refused, with the error reported.
    pub(super) fn slot(
        &mut self,
        texts: Texts<'_>,
        from: NodeId,
        path: &[Key],
        errors: &mut dyn ErrorSink,
    ) -> Option<(NodeId, Key)> {
        let (key, dots) = path.split_last()?;
        let braces =
            matches!(tree::node(&self.nodes, from).kind, Kind::Table { defined: Defined::Inline, .. });
        let parent = self.descend_dots(texts, from, dots, braces, errors)?;
        if let Some(found) = self.find(texts, parent, *key) {
            errors.report_error(duplicate(*key, Some(tree::node(&self.nodes, found).key.span)));
            return None;
        }
        Some((parent, *key))
    }

    /// Adds a value under a key that stands in `text` as it is meant. `None`, and nothing done, where the table may have
    /// the key, is large, or is none.
    pub(super) fn add_new(
        &mut self,
        text: &str,
        table: NodeId,
        key: Key,
        span: Span,
        kind: Kind,
    ) -> Option<()> {
        let mark = mark(key.name.span.of(text));
        let siblings = tree::children_mut(&mut self.nodes, table)?;
        if siblings.marks & mark != 0 || siblings.count >= LARGE {
            return None;
        }
        siblings.marks |= mark;
        let id = tree::push(&mut self.nodes, key, span, kind);
        tree::append(&mut self.nodes, table, id);
        Some(())
    }

    /// Adds a value to a table.
    pub(super) fn add(
        &mut self,
        texts: Texts<'_>,
        parent: NodeId,
        key: Key,
        span: Span,
        kind: Kind,
    ) -> NodeId {
        let id = tree::push(&mut self.nodes, key, span, kind);
        tree::append(&mut self.nodes, parent, id);
        let Some(siblings) = tree::children_mut(&mut self.nodes, parent) else { return id };
        siblings.marks |= mark(texts.read(key.name));
        if siblings.count > LARGE {
            if let Some(index) = self.large.get_mut(&parent) {
                index.insert(texts.read(key.name).into(), id);
            } else {
                let index = self.list(parent).map(|(id, key)| (texts.read(key.name).into(), id)).collect();
                self.large.insert(parent, index);
            }
        }
        id
    }

    fn find(&self, texts: Texts<'_>, parent: NodeId, key: Key) -> Option<NodeId> {
        let name = texts.read(key.name);
        let siblings = tree::children(tree::node(&self.nodes, parent))?;
        if siblings.marks & mark(name) == 0 {
            return None;
        }
        if siblings.count > LARGE {
            return self.large.get(&parent)?.get(name).copied();
        }
        let is_it = |other: Key| other.name.span.len() == name.len() && texts.read(other.name) == name;
        self.list(parent).find(|(_, other)| is_it(*other)).map(|(id, _)| id)
    }

    /// The values of a table, with their keys.
    fn list(&self, parent: NodeId) -> impl Iterator<Item = (NodeId, Key)> {
        let first = tree::children(tree::node(&self.nodes, parent)).and_then(|list| list.ends);
        std::iter::successors(first.map(|(first, _)| first), |id| tree::node(&self.nodes, *id).next)
            .map(|id| (id, tree::node(&self.nodes, id).key))
    }

    /// The table that a header's keys lead to, made on the way where it is not there.
    fn descend_header(
        &mut self,
        texts: Texts<'_>,
        path: &[Key],
        errors: &mut dyn ErrorSink,
    ) -> Option<NodeId> {
        let mut at = ROOT;
        for key in path {
            let Some(found) = self.find(texts, at, *key) else {
                at = self.add(texts, at, *key, key.span, table(Defined::Path));
                continue;
            };
            let node = tree::node(&self.nodes, found);
            at = match node.kind {
                Kind::Table { defined: Defined::Inline | Defined::InlineDotted, .. } => {
                    errors.report_error(cannot_extend("inline table", *key, node.span));
                    return None;
                }
                Kind::Table { .. } => found,
                Kind::Array { of_tables: true, children } => children.ends?.1,
                kind => {
                    errors.report_error(cannot_extend(type_name(kind), *key, node.span));
                    return None;
                }
            };
        }
        Some(at)
    }

    /// The table that dots lead to, made on the way where it is not there; `braces` where they stand inside some.
    fn descend_dots(
        &mut self,
        texts: Texts<'_>,
        from: NodeId,
        dots: &[Key],
        braces: bool,
        errors: &mut dyn ErrorSink,
    ) -> Option<NodeId> {
        let mut at = from;
        for key in dots {
            let Some(found) = self.find(texts, at, *key) else {
                let defined = if braces { Defined::InlineDotted } else { Defined::Dotted };
                at = self.add(texts, at, *key, key.span, table(defined));
                continue;
            };
            let node = tree::node_mut(&mut self.nodes, found);
            match &mut node.kind {
                Kind::Table { defined: Defined::InlineDotted, .. } if braces => {}
                Kind::Table { defined: defined @ (Defined::Path | Defined::Dotted), .. } => {
                    *defined = Defined::Dotted;
                }
                // A table that has its own header or braces is complete.
                Kind::Table { defined: Defined::Inline | Defined::InlineDotted, .. } if !braces => {
                    errors.report_error(cannot_extend("inline table", *key, node.span));
                    return None;
                }
                Kind::Table { .. } | Kind::Array { of_tables: true, .. } => {
                    errors.report_error(duplicate(*key, Some(node.key.span)));
                    return None;
                }
                kind => {
                    errors.report_error(cannot_extend(type_name(*kind), *key, node.span));
                    return None;
                }
            }
            at = found;
        }
        Some(at)
    }
}

/// One bit of 64 for a key, so that nearly all new keys are seen to be new without a look at the others. The keys of a
/// claim have one each.
fn mark(name: &str) -> u64 {
    let length = u32::try_from(name.len()).unwrap_or(u32::MAX);
    let byte = |byte: Option<&u8>| u32::from(byte.copied().unwrap_or(0));
    let (first, last) = (byte(name.as_bytes().first()), byte(name.as_bytes().last()));
    1_u64.rotate_left(length.wrapping_mul(5).wrapping_add(first + 4 * last))
}

/// An empty table.
pub(super) fn table(defined: Defined) -> Kind {
    Kind::Table { children: Children::default(), defined }
}

fn duplicate(key: Key, first: Option<Span>) -> ParseError {
    let error = ParseError::new(DUPLICATE).with_unexpected(foreign(key.span));
    match first {
        Some(first) => error.with_context(foreign(first)),
        None => error,
    }
}

fn cannot_extend(what: &str, key: Key, first: Span) -> ParseError {
    ParseError::new(format!("cannot extend value of type {what} with a dotted key"))
        .with_unexpected(foreign(key.span))
        .with_context(foreign(first))
}

fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::String(_) => "string",
        Kind::Integer(..) => "integer",
        Kind::Float(_) => "float",
        Kind::Boolean(_) => "boolean",
        Kind::Date(_) => "datetime",
        Kind::Array { .. } => "array",
        Kind::Table { .. } => "table",
    }
}

fn foreign(span: Span) -> toml_parser::Span {
    toml_parser::Span::new_unchecked(span.start as usize, span.end as usize)
}
