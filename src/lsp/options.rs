//! What server and client tell each other at the beginning.

use std::path::PathBuf;

use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions, CompletionOptions,
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, HoverProviderCapability,
    InitializeParams, InitializeResult, OneOf, PositionEncodingKind, Registration, RegistrationParams,
    ServerCapabilities, ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, Uri,
};
use serde::Deserialize;

use super::uri::path;

/// What the client says that it wants and can.
#[expect(clippy::struct_excessive_bools, reason = "each is a capability of its own")]
#[derive(Clone, Debug, Default)]
pub(super) struct Wishes {
    /// The workspace's folder.
    pub(super) base: Option<PathBuf>,
    /// Folders of rules, absolute.
    pub(super) places: Vec<PathBuf>,
    /// The settings file, absolute.
    pub(super) config: Option<PathBuf>,
    /// Whether hovers may be Markdown.
    pub(super) markdown: bool,
    /// Whether the client tells of changed files if it is asked to.
    pub(super) watches: bool,
    /// Whether it asks for lenses again if it is told to.
    pub(super) refreshes_lenses: bool,
    /// Whether it asks for hints again if it is told to.
    pub(super) refreshes_hints: bool,
}

/// The settings of an editor's plugin, sent as `initializationOptions`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Settings {
    /// Folders of rules, relative to the workspace, besides those named `claims`.
    paths: Vec<String>,
    /// The settings file, where it is not looked for.
    config: Option<String>,
}

impl Wishes {
    #[expect(deprecated, reason = "older clients know only of one root")]
    pub(super) fn new(params: InitializeParams) -> Self {
        let folder = params.workspace_folders.into_iter().flatten().next().map(|folder| folder.uri);
        let root: Option<Uri> = folder.or(params.root_uri);
        let base = root.and_then(|root| path(root.as_str())).or(params.root_path.map(PathBuf::from));
        let base = base.filter(|base| base.is_absolute());
        // What a plugin sends besides, or wrongly, is no reason not to start.
        let settings: Settings = params
            .initialization_options
            .and_then(|options| serde_json::from_value(options).ok())
            .unwrap_or_default();
        let below = |path: &String| base.as_ref().map_or_else(|| PathBuf::from(path), |base| base.join(path));
        let capabilities = params.capabilities;
        let workspace = capabilities.workspace.unwrap_or_default();
        let hover = capabilities.text_document.and_then(|it| it.hover).and_then(|it| it.content_format);
        Self {
            places: settings.paths.iter().map(below).collect(),
            config: settings.config.as_ref().filter(|config| !config.is_empty()).map(below),
            markdown: hover.is_none_or(|formats| formats.contains(&lsp_types::MarkupKind::Markdown)),
            watches: workspace
                .did_change_watched_files
                .is_some_and(|it| it.dynamic_registration == Some(true)),
            refreshes_lenses: workspace.code_lens.is_some_and(|it| it.refresh_support == Some(true)),
            refreshes_hints: workspace.inlay_hint.is_some_and(|it| it.refresh_support == Some(true)),
            base,
        }
    }
}

/// What the server can do.
pub(super) fn result() -> InitializeResult {
    let capabilities = ServerCapabilities {
        position_encoding: Some(PositionEncodingKind::UTF16),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
        inlay_hint_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(["\"", ".", "[", "("].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        ..ServerCapabilities::default()
    };
    let info =
        ServerInfo { name: "factcheck".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
    InitializeResult { capabilities, server_info: Some(info) }
}

/// Asks to be told of files that change on disk: rules, settings, tables and drafts that are not open.
pub(super) fn watchers() -> RegistrationParams {
    let glob = "**/*.{toml,md,markdown,txt,html,htm,docx,csv,tsv,json,ndjson,jsonl,xlsx,sqlite,db}";
    let watcher = FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind: None };
    let options = DidChangeWatchedFilesRegistrationOptions { watchers: vec![watcher] };
    let registration = Registration {
        id: "files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    };
    RegistrationParams { registrations: vec![registration] }
}
