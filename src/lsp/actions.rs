//! What can be done about a number or a finding: each action is an edit after which the rules are still good ones.

mod claim;
mod disclose;
mod ignore;
mod replace;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Diagnostic,
    DocumentChanges, NumberOrString, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit,
    TextEdit, WorkspaceEdit,
};

use super::newsroom::{Newsroom, is_rules};
use super::options::Wishes;
use super::overlay::Document;
use super::uri::{path, uri};
use crate::fix::{Edit, short};
use crate::text::Span;

/// What actions are offered for.
struct Asked<'a> {
    /// The file that the cursor is in.
    path: &'a Path,
    document: &'a Document,
    /// The bytes that are selected.
    span: Span,
    /// The diagnostics that the client knows there.
    diagnostics: &'a [Diagnostic],
}

pub(super) fn actions(
    newsroom: &mut Newsroom<'_>,
    _: &Wishes,
    params: &CodeActionParams,
) -> Option<CodeActionResponse> {
    let path = path(params.text_document.uri.as_str())?;
    let is_wanted = |kind: &CodeActionKind| CodeActionKind::QUICKFIX.as_str().starts_with(kind.as_str());
    if params.context.only.as_ref().is_some_and(|only| !only.iter().any(is_wanted)) {
        return None;
    }
    let document = newsroom.overlay.text(&path)?;
    let span = document.span(params.range);
    let diagnostics = &params.context.diagnostics;
    let asked = Asked { path: &path, document: &document, span, diagnostics };
    let mut found = Vec::new();
    if !is_rules(&path) {
        found.extend(replace::actions(newsroom, &asked));
        found.extend(claim::actions(newsroom, &asked));
        found.extend(ignore::actions(newsroom, &asked));
    }
    found.extend(disclose::actions(newsroom, &asked));
    Some(found.into_iter().map(CodeActionOrCommand::CodeAction).collect())
}

impl Asked<'_> {
    /// An action that makes these edits, and what it is said to mend.
    fn action(
        &self,
        newsroom: &Newsroom<'_>,
        title: String,
        edits: impl IntoIterator<Item = Edit>,
        mends: &[&str],
    ) -> Option<CodeAction> {
        let is_mended = |it: &&Diagnostic| match &it.code {
            Some(NumberOrString::String(code)) => mends.contains(&code.as_str()),
            _ => false,
        };
        let mended: Vec<Diagnostic> = self.diagnostics.iter().filter(is_mended).cloned().collect();
        Some(CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: (!mended.is_empty()).then_some(mended),
            edit: Some(in_workspace(newsroom, edits)?),
            ..CodeAction::default()
        })
    }

    /// Whether a place of the file is in what is selected, or touched by it.
    fn touches(&self, span: Span) -> bool {
        span.start <= self.span.end && self.span.start <= span.end
    }
}

/// An entry behind all others of a rule file, with a blank line before it, and with the file's line ends.
fn append(newsroom: &Newsroom<'_>, rules: &Path, entry: &str) -> Option<Edit> {
    let document = newsroom.overlay.text(rules)?;
    let text = &document.text;
    let end = line_end(text);
    let gap = match text {
        text if text.is_empty() || text.ends_with(&format!("{end}{end}")) => String::new(),
        text if text.ends_with('\n') => end.to_owned(),
        _ => end.repeat(2),
    };
    let span = Span::new(text.len(), text.len());
    Some(Edit { path: rules.to_owned(), span, text: gap + &entry.replace('\n', end) })
}

/// Edits as the client carries them out, all together.
fn in_workspace(newsroom: &Newsroom<'_>, edits: impl IntoIterator<Item = Edit>) -> Option<WorkspaceEdit> {
    let mut by_file: BTreeMap<PathBuf, Vec<Edit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(edit.path.clone()).or_default().push(edit);
    }
    let mut changes = Vec::new();
    for (path, edits) in by_file {
        let document = newsroom.overlay.text(&path)?;
        // What an editor has open must be the version that places were counted in.
        let version = newsroom.overlay.document(&path).map(|open| open.version);
        let edits = edits.into_iter().map(|Edit { span, text, .. }| {
            OneOf::Left(TextEdit { range: document.range(span), new_text: text })
        });
        changes.push(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri: uri(&path)?, version },
            edits: edits.collect(),
        });
    }
    Some(WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(changes)),
        ..WorkspaceEdit::default()
    })
}

/// How a text ends its lines.
fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
