//! TOML files as trees with places: the events of a parser (our own for plain lines, `toml_parser` for all else), put in
//! order by TOML's rules of tables, dotted keys and duplicates, in buffers that serve one file after the other.

mod build;
mod plain;
mod scalar;
mod tables;
mod tree;
#[cfg(test)]
mod tests;

pub(super) use tree::{Document, NodeId, ROOT, Value};

use toml_parser::lexer::Token;
use toml_parser::{Expected, ParseError, Source};

use super::Complaint;
use crate::text::Span;
use build::Builder;
use tables::Tables;

/// The buffers of the decoder. One serves any number of files, one after the other, without allocating anew.
#[derive(Debug, Default)]
pub struct Parser {
    tokens: Vec<Token>,
    tables: Tables,
    decoded: String,
    errors: Vec<ParseError>,
}

impl Parser {
    /// Empty buffers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Parses a file. With complaints, the document holds what could be made of it.
    pub(super) fn parse<'p, 'a>(&'p mut self, text: &'a str) -> (Document<'p, 'a>, Vec<Complaint>) {
        let source = Source::new(text);
        self.clear();
        let mut builder = Builder::new(source, &mut self.tables, &mut self.decoded);
        if plain::read(text, &mut builder, &mut self.errors).is_none() || !self.errors.is_empty() {
            self.parse_fully(source);
        }
        let complaints = self.errors.iter().map(|error| complaint(error, text)).collect();
        let document = Document { text, nodes: &self.tables.nodes, decoded: &self.decoded };
        (document, complaints)
    }

    /// Parses any TOML, and says what is wrong with what is none.
    fn parse_fully(&mut self, source: Source<'_>) {
        self.clear();
        self.tokens.clear();
        self.tokens.extend(source.lex());
        let mut builder = Builder::new(source, &mut self.tables, &mut self.decoded);
        toml_parser::parser::parse_document(&self.tokens, &mut builder, &mut self.errors);
    }

    fn clear(&mut self) {
        self.decoded.clear();
        self.errors.clear();
        self.tables.clear();
    }
}

fn complaint(error: &ParseError, text: &str) -> Complaint {
    let span = |span: toml_parser::Span| Span::new(span.start(), span.end());
    // Without a place of its own, an error is about the end of what was read.
    let at = error.unexpected().or(error.context()).map_or(Span::new(text.len(), text.len()), span);
    let mut complaint = Complaint::new(at, error.description());
    if let Some(help) = remedy(error.description(), at.of(text)).or_else(|| expected(error)) {
        complaint = complaint.help(help);
    }
    match error.context().map(span) {
        Some(context) if context != at => {
            let what = if error.description() == DUPLICATE { "first defined here" } else { "in this" };
            complaint.related(context, what)
        }
        _ => complaint,
    }
}

/// What `toml` says of a key that is defined twice.
const DUPLICATE: &str = "duplicate key";

/// What to do about what goes wrong most often: text without the quotation marks that TOML wants.
fn remedy(description: &str, found: &str) -> Option<String> {
    const CURLY: [char; 6] = ['“', '”', '„', '‘', '’', '‚'];
    match description {
        "string values must be quoted" if found.is_empty() => {
            Some("write the value behind the `=`, text in straight quotation marks: `\"…\"`".to_owned())
        }
        "string values must be quoted" if found.starts_with(CURLY) => {
            Some("these quotation marks are curly: put straight ones around the text, `\"…\"`".to_owned())
        }
        "string values must be quoted" => {
            Some(format!("put straight quotation marks around it: `\"{found}\"`"))
        }
        "invalid basic string" | "invalid literal string" if found.is_empty() => {
            Some("close the text on the same line, with the quotation mark that opens it".to_owned())
        }
        _ => None,
    }
}

/// What the parser says should stand there.
fn expected(error: &ParseError) -> Option<String> {
    let names: Vec<String> = error.expected()?.iter().map(name).collect();
    (!names.is_empty()).then(|| format!("expected {}", names.join(" or ")))
}

fn name(expected: &Expected) -> String {
    match expected {
        Expected::Literal("\n") => "a line break".to_owned(),
        Expected::Literal(text) => format!("`{text}`"),
        Expected::Description(text) => (*text).to_owned(),
        _ => "something else".to_owned(),
    }
}
