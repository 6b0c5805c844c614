//! From a number to its claim, from a claim to its words and figures, from a figure to its source's row, and back.

use std::path::{Path, PathBuf};

use lsp_types::{GotoDefinitionParams, GotoDefinitionResponse, Location, Range};

use super::diagnostics::line;
use super::entries::{Kind, Rules, known, touches};
use super::newsroom::{Newsroom, is_rules};
use super::options::Wishes;
use super::sheet::{ClaimSheet, Sheet};
use super::uri::{path, uri};
use crate::text::Span;

pub(super) fn definition(
    newsroom: &mut Newsroom<'_>,
    _: &Wishes,
    params: &GotoDefinitionParams,
) -> Option<GotoDefinitionResponse> {
    let at = &params.text_document_position_params;
    let path = path(at.text_document.uri.as_str())?;
    let document = newsroom.overlay.text(&path)?;
    let offset = document.offset(at.position);
    let found = if is_rules(&path) {
        from_rules(newsroom, &path, offset)
    } else {
        let claims = claims_at(newsroom, &path, offset);
        if claims.is_empty() { figures_of_row(newsroom, &path, at.position.line) } else { claims }
    };
    (!found.is_empty()).then_some(GotoDefinitionResponse::Array(found))
}

/// The claims about the number of a draft.
pub(super) fn claims_at(newsroom: &mut Newsroom<'_>, path: &Path, offset: usize) -> Vec<Location> {
    let sheets = newsroom.sheets_of(path);
    let places: Vec<(PathBuf, Span)> = sheets
        .iter()
        .filter_map(|(desk, sheet)| Some(((*desk).to_owned(), claim_at(sheet, offset)?.id_span)))
        .collect();
    places.into_iter().filter_map(|(rules, span)| location(newsroom, &rules, span)).collect()
}

/// The claim about what stands at a byte of the draft.
pub(super) fn claim_at(sheet: &Sheet, offset: usize) -> Option<&ClaimSheet> {
    let draft = sheet.draft.as_ref()?;
    match draft.mention_at(offset) {
        Some((_, mention)) => sheet.claim_of(mention),
        None => sheet.claim_at(draft.in_prose(offset)),
    }
}

fn from_rules(newsroom: &mut Newsroom<'_>, path: &Path, offset: usize) -> Vec<Location> {
    if let Some(passage) = passage_of(newsroom, path, offset) {
        return vec![passage];
    }
    let known = known(newsroom, path);
    let Some(own) = known.first() else { return Vec::new() };
    if let Some(used) = own.use_at(offset) {
        // A story's own names come before those of libraries.
        let meant = known.iter().find_map(|rules| {
            let entry = rules.entries.iter().find(|entry| entry.is_meant_by(used))?;
            rules.location(entry.span)
        });
        return meant.into_iter().collect();
    }
    if let Some((_, file)) = own.files.iter().find(|(span, _)| touches(*span, offset)) {
        return uri(file).map(|uri| Location { uri, range: Range::default() }).into_iter().collect();
    }
    rows_of_figure(newsroom, own, offset)
}

/// The passage of the draft that a claim quotes, from its id, its quote or its words.
pub(super) fn passage_of(newsroom: &mut Newsroom<'_>, path: &Path, offset: usize) -> Option<Location> {
    let (draft, span) = newsroom.sheets_of(path).iter().find_map(|(_, sheet)| {
        let draft = sheet.draft.as_ref()?;
        let is_here = |span: Span| touches(span, offset);
        let claim = sheet.claims.iter().find(|claim| {
            is_here(claim.id_span)
                || is_here(claim.quote_span)
                || is_here(claim.header)
                || claim.says_span.is_some_and(is_here)
                || claim.disclosed_span.is_some_and(is_here)
        })?;
        let place = match &claim.judged {
            Some(judged) if claim.quote_span.range().contains(&offset) => judged.quote,
            Some(judged) if !claim.disclosed_span.is_some_and(is_here) => judged.words,
            _ => {
                let text = sought(claim, offset);
                *draft.prose.find(&crate::draft::Quote::new(text)).spans().first()?
            }
        };
        Some((draft.path.clone(), draft.in_file(place)))
    })?;
    location(newsroom, &draft, span)
}

/// What is looked for in the draft for a part of a claim that was not judged.
fn sought(claim: &ClaimSheet, offset: usize) -> &str {
    match &claim.disclosed {
        Some(passage) if claim.disclosed_span.is_some_and(|span| touches(span, offset)) => passage,
        _ => &claim.quote,
    }
}

/// The rows that a figure is taken from.
fn rows_of_figure(newsroom: &mut Newsroom<'_>, own: &Rules, offset: usize) -> Vec<Location> {
    let Some(figure) = own.entry_around(offset).filter(|entry| entry.kind == Kind::Figure) else {
        return Vec::new();
    };
    let name = figure.name.clone();
    let sheets = newsroom.sheets_of(&own.path);
    let figures = sheets.iter().flat_map(|(_, sheet)| &sheet.figures);
    let cells = figures.filter(|it| it.name == name).filter_map(|it| it.cells.as_ref());
    let mut rows: Vec<Location> = cells
        .flat_map(|(table, lines)| lines.iter().map(move |row| (table, *row)))
        .filter_map(|(table, row)| Some(Location { uri: uri(table)?, range: line(row) }))
        .collect();
    rows.dedup();
    rows
}

/// The figures that are taken from a line of a table.
fn figures_of_row(newsroom: &mut Newsroom<'_>, path: &Path, row: u32) -> Vec<Location> {
    let figures = newsroom.sheets().flat_map(|(_, sheet)| &sheet.figures);
    let places: Vec<(PathBuf, Span)> = figures
        .filter(|figure| {
            figure.cells.as_ref().is_some_and(|(table, lines)| {
                table == path && lines.iter().any(|line| *line == row as usize + 1)
            })
        })
        .filter_map(|figure| figure.defined.clone())
        .collect();
    let mut found: Vec<Location> =
        places.into_iter().filter_map(|(rules, span)| location(newsroom, &rules, span)).collect();
    found.dedup();
    found
}

/// A place in a file as the editor has it.
pub(super) fn location(newsroom: &Newsroom<'_>, path: &Path, span: Span) -> Option<Location> {
    let document = newsroom.overlay.text(path)?;
    Some(Location { uri: uri(path)?, range: document.range(span) })
}
