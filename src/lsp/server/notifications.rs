//! What the client tells of texts and files, and what it is told in return.

use std::io::{self, Write};
use std::path::Path;

use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument,
    DidSaveTextDocument, Notification, PublishDiagnostics,
};
use lsp_types::request::{CodeLensRefresh, InlayHintRefreshRequest, Request as _};
use lsp_types::{Diagnostic, FileChangeType, Uri};
use serde::Serialize;
use serde_json::Value;

use super::{Server, Session};
use crate::claim::head;
use crate::lsp::newsroom::{Change, is_rules};
use crate::lsp::uri;

/// What is said of one file.
#[derive(Serialize)]
struct Said<'a> {
    uri: Uri,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
    diagnostics: Vec<&'a Diagnostic>,
}

impl Session<'_> {
    /// Takes note of something. What is malformed, or about no file, changes nothing, and there is nobody to be answered.
    pub(super) fn note(&mut self, method: &str, params: Value) {
        _ = match method {
            DidOpenTextDocument::METHOD => self.open(params),
            DidChangeTextDocument::METHOD => self.change(params),
            DidCloseTextDocument::METHOD => self.close(params),
            DidSaveTextDocument::METHOD => self.save(params),
            DidChangeWatchedFiles::METHOD => self.files(params),
            _ => None,
        };
    }

    fn open(&mut self, params: Value) -> Option<()> {
        let opened = read::<DidOpenTextDocument>(params)?.text_document;
        let path = uri::path(opened.uri.as_str())?;
        self.newsroom.overlay.open_document(path.clone(), opened.version, opened.text);
        self.reshaped(&path);
        Some(())
    }

    fn change(&mut self, params: Value) -> Option<()> {
        let changed = read::<DidChangeTextDocument>(params)?;
        let path = uri::path(changed.text_document.uri.as_str())?;
        let before = self.kind_of_rules(&path);
        let overlay = self.newsroom.overlay;
        if !overlay.edit(&path, changed.text_document.version, changed.content_changes) {
            return None;
        }
        let is_other = before != self.kind_of_rules(&path);
        if is_other {
            self.newsroom.changed(&path, Change::Shape);
        }
        self.newsroom.changed(&path, Change::Text);
        let is_moved = is_rules(&path) && self.newsroom.index.look_again(overlay, &path);
        if is_other || is_moved {
            self.newsroom.staff();
        }
        Some(())
    }

    fn close(&mut self, params: Value) -> Option<()> {
        let closed = read::<DidCloseTextDocument>(params)?;
        let path = uri::path(closed.text_document.uri.as_str())?;
        self.newsroom.overlay.close(&path);
        self.reshaped(&path);
        Some(())
    }

    /// Clients that do not tell of files at least tell when one is saved, which is when others may have changed as well.
    fn save(&mut self, params: Value) -> Option<()> {
        read::<DidSaveTextDocument>(params)?;
        if !self.wishes.watches {
            self.newsroom.changed_altogether();
            self.newsroom.staff();
        }
        Some(())
    }

    fn files(&mut self, params: Value) -> Option<()> {
        for event in read::<DidChangeWatchedFiles>(params)?.changes {
            let Some(path) = uri::path(event.uri.as_str()) else { continue };
            // An open text counts, whatever becomes of its file.
            if self.newsroom.overlay.document(&path).is_some() && event.typ == FileChangeType::CHANGED {
                continue;
            }
            self.newsroom.changed(&path, Change::Shape);
            self.newsroom.changed(&path, Change::Text);
            if is_rules(&path) {
                self.newsroom.index.look_again(self.newsroom.overlay, &path);
            }
        }
        self.newsroom.staff();
        Some(())
    }

    /// A text has come or gone: what counts is another file, and other stories may be at hand.
    fn reshaped(&mut self, path: &Path) {
        self.newsroom.changed(path, Change::Shape);
        self.newsroom.changed(path, Change::Text);
        if is_rules(path) {
            self.newsroom.index.look_again(self.newsroom.overlay, path);
        }
        self.newsroom.staff();
    }

    /// Whether a rule file is a story or a library.
    fn kind_of_rules(&self, path: &Path) -> Option<crate::claim::Head> {
        let document = self.newsroom.overlay.document(path).filter(|_| is_rules(path))?;
        Some(head(document.text.as_bytes(), true))
    }

    /// Has lenses and hints asked for again, where other verdicts or values stand in them: a change in a draft changes
    /// those of its rules.
    pub(super) fn refresh<W: Write>(&mut self, server: &mut Server<W>) -> io::Result<()> {
        if !self.newsroom.take_verdicts_changed() {
            return Ok(());
        }
        if self.wishes.refreshes_lenses {
            server.outbox.ask("lenses", CodeLensRefresh::METHOD, Value::Null)?;
        }
        if self.wishes.refreshes_hints {
            server.outbox.ask("hints", InlayHintRefreshRequest::METHOD, Value::Null)?;
        }
        Ok(())
    }

    /// Says what is new.
    pub(super) fn publish<W: Write>(&mut self, server: &mut Server<W>) -> io::Result<()> {
        for path in self.newsroom.take_news() {
            let Some(uri) = uri::uri(&path) else { continue };
            let version = self.newsroom.overlay.document(&path).map(|document| document.version);
            let diagnostics = self.newsroom.said_of(&path);
            let said = Said { uri, version, diagnostics };
            let last = self.said.entry(path).or_default();
            // That nothing is wrong with a file of which nothing was ever said is no news.
            if last.is_none() && said.diagnostics.is_empty() && version.is_none() {
                continue;
            }
            server.outbox.notify_of_news(PublishDiagnostics::METHOD, said, last)?;
        }
        Ok(())
    }
}

fn read<N: Notification>(params: Value) -> Option<N::Params> {
    serde_json::from_value(params).ok()
}
