//! The outline: of a rule file what it defines, of a draft the claims made in it.

use lsp_types::{DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Range, SymbolKind};

use super::entries::{Entry, Kind, Rules};
use super::newsroom::{Newsroom, is_rules};
use super::options::Wishes;
use super::uri::path;
use crate::text::Span;

pub(super) fn symbols(
    newsroom: &mut Newsroom<'_>,
    _: &Wishes,
    params: &DocumentSymbolParams,
) -> Option<DocumentSymbolResponse> {
    let path = path(params.text_document.uri.as_str())?;
    let symbols = if is_rules(&path) {
        of_rules(&Rules::read(newsroom.overlay, &path)?)
    } else {
        let document = newsroom.overlay.text(&path)?;
        let range = |span| document.range(span);
        let mut claims = Vec::new();
        for (_, sheet) in newsroom.sheets_of(&path) {
            let Some(draft) = &sheet.draft else { continue };
            for claim in &sheet.claims {
                let Some(judged) = &claim.judged else { continue };
                let (whole, words) = (draft.in_file(judged.quote), draft.in_file(judged.words));
                let detail = format!("{}: {}", claim.verdict.name(), judged.computed);
                // What is selected lies within the whole, hedge or not.
                let whole = range(whole.join(words));
                claims.push(symbol(&claim.id, detail, SymbolKind::NUMBER, whole, range(words)));
            }
        }
        claims.sort_by_key(|symbol| (symbol.range.start, symbol.range.end));
        claims
    };
    Some(DocumentSymbolResponse::Nested(symbols))
}

fn of_rules(rules: &Rules) -> Vec<DocumentSymbol> {
    let text = &rules.document.text;
    let range = |span| rules.document.range(span);
    let mut symbols: Vec<DocumentSymbol> = Vec::new();
    for (at, entry) in rules.entries.iter().enumerate() {
        let kind = kind(entry);
        let (start, end) = (start(text, entry), rules.entries.get(at + 1).map(|next| start(text, next)));
        // Up to the next entry, without the blank lines before it.
        let lines = text.get(start..end.unwrap_or(text.len()).max(start)).unwrap_or_default().trim_end();
        let whole = Span::new(start, start + lines.len()).join(entry.span);
        let symbol = symbol(&entry.name, entry.detail.clone(), kind, range(whole), range(entry.span));
        match symbols.last_mut() {
            Some(facet) if entry.kind == Kind::Member && facet.kind == SymbolKind::ENUM => {
                facet.range.end = facet.range.end.max(symbol.range.end);
                facet.children.get_or_insert_default().push(symbol);
            }
            _ => symbols.push(symbol),
        }
    }
    symbols
}

/// Where the lines of an entry begin: for what has a header, at that.
fn start(text: &str, entry: &Entry) -> usize {
    let at = entry.span.start as usize;
    let before = text.get(..at).unwrap_or_default();
    match entry.kind {
        Kind::Claim => before.rfind("[[").unwrap_or(at),
        Kind::Facet | Kind::Source | Kind::Figure | Kind::Member | Kind::Ignore => {
            before.rfind('\n').map_or(0, |end| end + 1)
        }
    }
}

fn kind(entry: &Entry) -> SymbolKind {
    match entry.kind {
        Kind::Facet => SymbolKind::ENUM,
        Kind::Member => SymbolKind::ENUM_MEMBER,
        Kind::Source => SymbolKind::FILE,
        Kind::Figure => SymbolKind::CONSTANT,
        Kind::Claim => SymbolKind::NUMBER,
        Kind::Ignore => SymbolKind::NULL,
    }
}

#[expect(deprecated, reason = "the field must be given, and is left empty")]
fn symbol(name: &str, detail: String, kind: SymbolKind, range: Range, selection: Range) -> DocumentSymbol {
    // A symbol without a name is refused by editors.
    let name = if name.trim().is_empty() { "(unnamed)" } else { name };
    DocumentSymbol {
        name: name.to_owned(),
        detail: (!detail.is_empty()).then_some(detail),
        kind,
        tags: None,
        deprecated: None,
        range,
        selection_range: selection,
        children: None,
    }
}
