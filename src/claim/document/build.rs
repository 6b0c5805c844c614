//! From events to the tree.

use toml_parser::decoder::Encoding;
use toml_parser::parser::EventReceiver;
use toml_parser::{ErrorSink, ParseError, Raw, Source, Span as Place};

use super::scalar;
use super::tables::{Tables, Texts, table};
use super::tree::{self, Children, Defined, Key, Kind, NodeId, ROOT};
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
    header: usize,
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
            header: 0,
        }
    }

    /// Puts a value where it belongs; what belongs nowhere, after an error, is kept apart.
    fn place(&mut self, span: Span, kind: Kind) -> NodeId {
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

    /// Puts an array or braces; whether to go inside.
    fn enter(&mut self, span: Place, kind: Kind, errors: &mut dyn ErrorSink) -> bool {
        let id = self.place(ours(span), kind);
        self.open.push(id);
        let is_shallow = self.open.len() <= DEPTH;
        if !is_shallow {
            errors.report_error(ParseError::new("nested too deeply").with_unexpected(span));
        }
        is_shallow
    }

    fn leave(&mut self, close: Place) {
        if let Some(id) = self.open.pop() {
            let node = tree::node_mut(&mut self.tables.nodes, id);
            node.span = node.span.join(ours(close));
        }
    }

    fn open_header(&mut self, span: Place) {
        self.path.clear();
        self.open.clear();
        self.slot = None;
        self.header = span.start();
    }

    fn close_header(&mut self, close: Place, is_element: bool, errors: &mut dyn ErrorSink) {
        let header = Span::new(self.header, close.end());
        let texts = Texts { text: self.source.input(), decoded: self.decoded };
        self.table = if is_element {
            self.tables.open_element(texts, &self.path, header, errors)
        } else {
            self.tables.open_header(texts, &self.path, header, errors)
        };
        self.path.clear();
    }
}

impl EventReceiver for Builder<'_, '_> {
    fn std_table_open(&mut self, span: Place, _: &mut dyn ErrorSink) {
        self.open_header(span);
    }

    fn std_table_close(&mut self, span: Place, errors: &mut dyn ErrorSink) {
        self.close_header(span, false, errors);
    }

    fn array_table_open(&mut self, span: Place, _: &mut dyn ErrorSink) {
        self.open_header(span);
    }

    fn array_table_close(&mut self, span: Place, errors: &mut dyn ErrorSink) {
        self.close_header(span, true, errors);
    }

    fn inline_table_open(&mut self, span: Place, errors: &mut dyn ErrorSink) -> bool {
        self.enter(span, table(Defined::Inline), errors)
    }

    fn inline_table_close(&mut self, span: Place, _: &mut dyn ErrorSink) {
        self.leave(span);
    }

    fn array_open(&mut self, span: Place, errors: &mut dyn ErrorSink) -> bool {
        self.enter(span, Kind::Array { children: Children::default(), of_tables: false }, errors)
    }

    fn array_close(&mut self, span: Place, _: &mut dyn ErrorSink) {
        self.leave(span);
    }

    fn simple_key(&mut self, span: Place, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        if self.path.len() > DEPTH {
            errors.report_error(ParseError::new("too many dots in a key").with_unexpected(span));
            return;
        }
        let key = scalar::key(self.source, span, encoding, self.decoded, errors);
        self.path.push(key);
    }

    fn key_val_sep(&mut self, _: Place, errors: &mut dyn ErrorSink) {
        let texts = Texts { text: self.source.input(), decoded: self.decoded };
        let container = self.open.last().copied().or(self.table);
        self.slot = container.and_then(|container| self.tables.slot(texts, container, &self.path, errors));
        self.path.clear();
    }

    fn scalar(&mut self, span: Place, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let kind = scalar::scalar(self.source, span, encoding, self.decoded, errors);
        self.place(ours(span), kind);
    }

    fn comment(&mut self, span: Place, errors: &mut dyn ErrorSink) {
        let text = self.source.input().get(span.start()..span.end()).unwrap_or_default();
        Raw::new_unchecked(text, None, span).decode_comment(errors);
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

fn ours(span: Place) -> Span {
    Span::new(span.start(), span.end())
}
