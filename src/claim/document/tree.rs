//! The nodes of a document: an arena of values, each with its key and its place.

use std::borrow::Cow;

use toml_parser::decoder::IntegerRadix;

use crate::text::Span;

/// The index of a node. Nodes are made by one document, numbered from the root, and never removed from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::claim) struct NodeId(u32);

/// The document's own table.
pub(in crate::claim) const ROOT: NodeId = NodeId(0);

/// Characters of a key or a scalar: a stretch of the file where they stand there as they are meant, else of the
/// characters decoded from escapes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stretch {
    pub(super) span: Span,
    pub(super) is_decoded: bool,
}

/// A key, and where it stands with its quotation marks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Key {
    pub(super) name: Stretch,
    pub(super) span: Span,
}

/// A value under its key; elements of arrays have an empty key.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) key: Key,
    pub(super) span: Span,
    pub(super) kind: Kind,
    pub(super) next: Option<NodeId>,
}

/// What a node holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    String(Stretch),
    Integer(Stretch, IntegerRadix),
    Float(Stretch),
    Boolean(bool),
    Date(Stretch),
    Array { children: Children, of_tables: bool },
    Table { children: Children, defined: Defined },
}

/// The first and last of a list that is linked through [`Node::next`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Children {
    pub(super) ends: Option<(NodeId, NodeId)>,
    pub(super) count: u32,
    /// A bit for each key that occurs; several keys may share one.
    pub(super) marks: u64,
}

/// How a table came to be, which decides how it may be added to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Defined {
    /// By its own header; complete when the next header comes, but for tables below it.
    Header,
    /// On the way to another header: `a` in `[a.b]`. Its own header may follow.
    Path,
    /// On the way to a dotted key: `a` in `a.b = 1`.
    Dotted,
    /// By braces; complete.
    Inline,
    /// On the way to a dotted key inside braces.
    InlineDotted,
}

/// A scalar or container, as decoding sees it.
#[derive(Clone, Debug)]
pub(in crate::claim) enum Value<'a> {
    /// The characters that are meant.
    String(Cow<'a, str>),
    /// The digits without separators, and the sign.
    Integer(Cow<'a, str>),
    /// An integer in hexadecimal, octal or binary notation.
    OtherRadix,
    /// The digits, point and exponent without separators, and the sign; or `inf` or `nan`.
    Float(Cow<'a, str>),
    /// True or false.
    Boolean(bool),
    /// A date, a time or both, as written.
    Date(Cow<'a, str>),
    /// A list; whether its elements are `[[tables]]`.
    Array { of_tables: bool },
    /// A table.
    Table,
}

/// One parsed file. Its nodes live in the parser, its strings in the text wherever they have no escapes.
#[derive(Debug)]
pub(in crate::claim) struct Document<'p, 'a> {
    pub(super) text: &'a str,
    pub(super) nodes: &'p [Node],
    pub(super) decoded: &'p str,
}

impl<'a> Document<'_, 'a> {
    /// The value of a node.
    #[inline]
    pub(in crate::claim) fn value(&self, id: NodeId) -> Value<'a> {
        match node(self.nodes, id).kind {
            Kind::String(text) => Value::String(self.read(text)),
            Kind::Integer(text, IntegerRadix::Dec) => Value::Integer(self.read(text)),
            Kind::Integer(..) => Value::OtherRadix,
            Kind::Float(text) => Value::Float(self.read(text)),
            Kind::Boolean(value) => Value::Boolean(value),
            Kind::Date(text) => Value::Date(self.read(text)),
            Kind::Array { of_tables, .. } => Value::Array { of_tables },
            Kind::Table { .. } => Value::Table,
        }
    }

    /// The characters of a string; `None` for any other value.
    #[inline]
    pub(in crate::claim) fn string(&self, id: NodeId) -> Option<Cow<'a, str>> {
        match node(self.nodes, id).kind {
            Kind::String(text) => Some(self.read(text)),
            _ => None,
        }
    }

    /// Where a value stands.
    pub(in crate::claim) fn span(&self, id: NodeId) -> Span {
        node(self.nodes, id).span
    }

    /// The key that a value stands under; empty for elements of arrays.
    pub(in crate::claim) fn key(&self, id: NodeId) -> Cow<'a, str> {
        self.read(node(self.nodes, id).key.name)
    }

    /// Where its key stands; empty for elements of arrays.
    pub(in crate::claim) fn key_span(&self, id: NodeId) -> Span {
        node(self.nodes, id).key.span
    }

    /// The first of the values in a table or array.
    pub(in crate::claim) fn first(&self, id: NodeId) -> Option<NodeId> {
        children(node(self.nodes, id))?.ends.map(|(first, _)| first)
    }

    /// The one after it.
    pub(in crate::claim) fn next(&self, id: NodeId) -> Option<NodeId> {
        node(self.nodes, id).next
    }

    /// How many values are in a table or array.
    pub(in crate::claim) fn count(&self, id: NodeId) -> usize {
        children(node(self.nodes, id)).map_or(0, |children| children.count as usize)
    }

    #[inline]
    fn read(&self, stretch: Stretch) -> Cow<'a, str> {
        if stretch.is_decoded {
            Cow::Owned(stretch.span.of(self.decoded).to_owned())
        } else {
            Cow::Borrowed(stretch.span.of(self.text))
        }
    }
}

/// Adds a node that stands in no container yet.
pub(super) fn push(nodes: &mut Vec<Node>, key: Key, span: Span, kind: Kind) -> NodeId {
    // A file is shorter than 4 GiB, and every node takes at least a byte of it.
    let id = NodeId(u32::try_from(nodes.len()).unwrap_or(u32::MAX));
    nodes.push(Node { key, span, kind, next: None });
    id
}

/// Appends a node to a container.
pub(super) fn append(nodes: &mut [Node], container: NodeId, child: NodeId) {
    let Some(inside) = children_mut(nodes, container) else { return };
    inside.count += 1;
    let previous = match inside.ends.as_mut() {
        None => {
            inside.ends = Some((child, child));
            return;
        }
        Some((_, last)) => std::mem::replace(last, child),
    };
    node_mut(nodes, previous).next = Some(child);
}

/// What a container holds, to be changed; `None` for scalars.
pub(super) fn children_mut(nodes: &mut [Node], container: NodeId) -> Option<&mut Children> {
    match &mut node_mut(nodes, container).kind {
        Kind::Array { children, .. } | Kind::Table { children, .. } => Some(children),
        _ => None,
    }
}

/// What a container holds; `None` for scalars.
pub(super) fn children(node: &Node) -> Option<Children> {
    match node.kind {
        Kind::Array { children, .. } | Kind::Table { children, .. } => Some(children),
        _ => None,
    }
}

#[expect(
    clippy::indexing_slicing,
    reason = "an id is the index of a node that was pushed, and none is removed"
)]
pub(super) fn node(nodes: &[Node], id: NodeId) -> &Node {
    &nodes[id.0 as usize]
}

#[expect(
    clippy::indexing_slicing,
    reason = "an id is the index of a node that was pushed, and none is removed"
)]
pub(super) fn node_mut(nodes: &mut [Node], id: NodeId) -> &mut Node {
    &mut nodes[id.0 as usize]
}
