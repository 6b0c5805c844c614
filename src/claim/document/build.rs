//! From events to the tree.

use toml_parser::decoder::Encoding;
use toml_parser::parser::EventReceiver;
use toml_parser::{ErrorSink, ParseError, Raw, Source, Span as Place};

use super::scalar;
use super::tables::{Tables, Texts, table};
use super::tree::{self, Children, Defined, Key, Kind, NodeId, ROOT, Stretch};
use crate::text::Span;

/// How deep keys and brackets may go, as in `toml`: enough for people, too little to exhaust a stack.
const DEPTH: usize = 80;

/// Takes the parser's events and builds the tree as they come.
pub(super) struct Builder<'p, 'a> {
    source: Source<'a>,
    tables: &'p mut Tables,
    decoded: &'p mut String,
    /// The table that the last header opened; `None` where that header was refused.
    table: Option<NodeId>,
    /// The arrays and braces that are open.
    open: Vec<NodeId>,
    /// The keys read since the last `=` or header.
    path: Vec<Key>,
    /// Where the next value goes, if not into an array.
    slot: Option<(NodeId, Key)>,
    /// Where the open header begins.
    header: Span,
}

impl<'p, 'a> Builder<'p, 'a> {
    pub(super) fn new(source: Source<'a>, tables: &'p mut Tables, decoded: &'p mut String) -> Self {
        Self {
            source,
            tables,
            decoded,
            table: Some(ROOT),
            open: Vec::new(),
            path: Vec::with_capacity(4),
            slot: None,
            header: Span::default(),
        }
    }

    /// Puts a value where it belongs; what belongs nowhere, after an error, is kept apart.
    pub(super) fn put(&mut self, span: Span, kind: Kind) -> NodeId {
        let nodes = &mut self.tables.nodes;
        if let Some(top) = self.open.last()
            && matches!(tree::node(nodes, *top).kind, Kind::Array { .. })
        {
            let id = tree::push(nodes, Key::default(), span, kind);
            tree::append(nodes, *top, id);
            return id;
        }
        match self.slot.take() {
            Some((parent, key)) => {
                let texts = Texts { text: self.source.input(), decoded: self.decoded };
                self.tables.add(texts, parent, key, span, kind)
            }
            None => tree::push(nodes, Key::default(), span, kind),
        }
    }

    /// Adds a key that stands for itself, and a string that means the characters between its quotation marks, to the
    /// table that the last header opened. `None`, and nothing done, where the key may be there already.
    pub(super) fn add_text(&mut self, key: Span, string: Span) -> Option<()> {
        let kind = Kind::String(scalar::inside(string));
        self.tables.add_new(self.source.input(), self.table?, bare(key), string, kind)
    }

    /// Puts a scalar.
    pub(super) fn put_scalar(&mut self, span: Span, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let kind = scalar::scalar(self.source, theirs(span), encoding, self.decoded, errors);
        self.put(span, kind);
    }

    /// Puts an array; whether to go inside.
    pub(super) fn open_array(&mut self, span: Span, errors: &mut dyn ErrorSink) -> bool {
        self.enter(span, Kind::Array { children: Children::default(), of_tables: false }, errors)
    }

    /// Puts braces; whether to go inside.
    pub(super) fn open_braces(&mut self, span: Span, errors: &mut dyn ErrorSink) -> bool {
        self.enter(span, table(Defined::Inline), errors)
    }

    fn enter(&mut self, span: Span, kind: Kind, errors: &mut dyn ErrorSink) -> bool {
        let id = self.put(span, kind);
        self.open.push(id);
        let is_shallow = self.open.len() <= DEPTH;
        if !is_shallow {
            errors.report_error(ParseError::new("nested too deeply").with_unexpected(theirs(span)));
        }
        is_shallow
    }

    /// Closes the innermost array or braces.
    pub(super) fn leave(&mut self, close: Span) {
        if let Some(id) = self.open.pop() {
            let node = tree::node_mut(&mut self.tables.nodes, id);
            node.span = node.span.join(close);
        }
    }

    /// Begins a header at its first bracket.
    pub(super) fn open_header(&mut self, open: Span) {
        self.path.clear();
        self.open.clear();
        self.slot = None;
        self.header = open;
    }

    /// Ends a header, of an element (`[[claim]]`) or a table.
    pub(super) fn close_header(&mut self, close: Span, is_element: bool, errors: &mut dyn ErrorSink) {
        let header = self.header.join(close);
        let texts = Texts { text: self.source.input(), decoded: self.decoded };
        self.table = if is_element {
            self.tables.open_element(texts, &self.path, header, errors)
        } else {
            self.tables.open_header(texts, &self.path, header, errors)
        };
        self.path.clear();
    }

    /// Adds a key that stands for itself to the path.
    pub(super) fn bare_key(&mut self, span: Span, errors: &mut dyn ErrorSink) {
        self.push(bare(span), errors);
    }

    /// Adds a key to the path.
    pub(super) fn key(&mut self, span: Span, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let key = scalar::key(self.source, theirs(span), encoding, self.decoded, errors);
        self.push(key, errors);
    }

    fn push(&mut self, key: Key, errors: &mut dyn ErrorSink) {
        if self.path.len() > DEPTH {
            errors.report_error(ParseError::new("too many dots in a key").with_unexpected(theirs(key.span)));
            return;
        }
        self.path.push(key);
    }

    /// Ends the path: a value follows.
    pub(super) fn separator(&mut self, errors: &mut dyn ErrorSink) {
        let texts = Texts { text: self.source.input(), decoded: self.decoded };
        let container = self.open.last().copied().or(self.table);
        self.slot = container.and_then(|container| self.tables.slot(texts, container, &self.path, errors));
        self.path.clear();
    }

    /// Checks a comment.
    pub(super) fn comment(&mut self, span: Span, errors: &mut dyn ErrorSink) {
        let text = span.of(self.source.input());
        Raw::new_unchecked(text, None, theirs(span)).decode_comment(errors);
    }
}

impl EventReceiver for Builder<'_, '_> {
    fn std_table_open(&mut self, span: Place, _: &mut dyn ErrorSink) {
        self.open_header(ours(span));
    }

    fn std_table_close(&mut self, span: Place, errors: &mut dyn ErrorSink) {
        self.close_header(ours(span), false, errors);
    }

    fn array_table_open(&mut self, span: Place, _: &mut dyn ErrorSink) {
        self.open_header(ours(span));
    }

    fn array_table_close(&mut self, span: Place, errors: &mut dyn ErrorSink) {
        self.close_header(ours(span), true, errors);
    }

    fn inline_table_open(&mut self, span: Place, errors: &mut dyn ErrorSink) -> bool {
        self.open_braces(ours(span), errors)
    }

    fn inline_table_close(&mut self, span: Place, _: &mut dyn ErrorSink) {
        self.leave(ours(span));
    }

    fn array_open(&mut self, span: Place, errors: &mut dyn ErrorSink) -> bool {
        self.open_array(ours(span), errors)
    }

    fn array_close(&mut self, span: Place, _: &mut dyn ErrorSink) {
        self.leave(ours(span));
    }

    fn simple_key(&mut self, span: Place, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        self.key(ours(span), encoding, errors);
    }

    fn key_val_sep(&mut self, _: Place, errors: &mut dyn ErrorSink) {
        self.separator(errors);
    }

    fn scalar(&mut self, span: Place, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        self.put_scalar(ours(span), encoding, errors);
    }

    fn comment(&mut self, span: Place, errors: &mut dyn ErrorSink) {
        Builder::comment(self, ours(span), errors);
    }

    fn newline(&mut self, span: Place, errors: &mut dyn ErrorSink) {
        let text = self.source.input().get(span.start()..span.end()).unwrap_or_default();
        if text != "\n" {
            Raw::new_unchecked(text, None, span).decode_newline(errors);
        }
        // After an error, keys without a value must not lead the next line astray; inside braces a line may end anywhere.
        if self.open.is_empty() {
            self.path.clear();
        }
    }
}

fn bare(span: Span) -> Key {
    Key { name: Stretch { span, is_decoded: false }, span }
}

fn ours(span: Place) -> Span {
    Span::new(span.start(), span.end())
}

fn theirs(span: Span) -> Place {
    Place::new_unchecked(span.start as usize, span.end as usize)
}
