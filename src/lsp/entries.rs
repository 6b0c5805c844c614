//! What a rule file defines, and which names it uses, each with its place.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::Location;

use super::newsroom::Newsroom;
use super::overlay::{Document, Overlay};
use super::uri::uri;
use crate::claim::{Parser, RawFile, RawScope, RawText, RawValue, Spanned, decode};
use crate::engine::Project;
use crate::formula::Formula;
use crate::scope::FiscalYear;
use crate::text::Span;

/// What sort of thing a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Facet,
    Member,
    Source,
    Figure,
    Claim,
    Ignore,
}

/// Something that a rule file defines.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) name: String,
    /// For a member, its facet.
    pub(super) facet: Option<String>,
    /// Where its name stands; for what has none, its header.
    pub(super) span: Span,
    /// What it is, in a line.
    pub(super) detail: String,
}

/// A name that stands for something defined here or elsewhere.
#[derive(Clone, Debug)]
pub(super) struct Use {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) facet: Option<String>,
    pub(super) span: Span,
}

/// A rule file, as far as it can be read.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) path: PathBuf,
    pub(super) document: Arc<Document>,
    pub(super) entries: Vec<Entry>,
    pub(super) uses: Vec<Use>,
    /// Names of files: the draft's, and those of tables; with the path that they lead to.
    pub(super) files: Vec<(Span, PathBuf)>,
    pub(super) is_story: bool,
}

impl Rules {
    /// Reads a rule file as the editor has it.
    pub(super) fn read(overlay: &Overlay, path: &Path) -> Option<Self> {
        Some(Self::of(overlay, path, overlay.text(path)?, None))
    }

    /// Reads a rule file but for one line, which somebody is writing: with it, the file may be no TOML yet.
    pub(super) fn read_without(overlay: &Overlay, path: &Path, line_at: usize) -> Option<Self> {
        Some(Self::of(overlay, path, overlay.text(path)?, Some(line_at)))
    }

    fn of(overlay: &Overlay, path: &Path, document: Arc<Document>, without: Option<usize>) -> Self {
        let mut text = Cow::Borrowed(&*document.text);
        if let Some(at) = without {
            let before = text.get(..at).unwrap_or_default();
            let start = before.rfind('\n').map_or(0, |end| end + 1);
            let length = text.get(start..).and_then(|rest| rest.find('\n')).unwrap_or(text.len() - start);
            // Everything else stays where it is.
            text.to_mut().replace_range(start..start + length, &" ".repeat(length));
        }
        let mut parser = Parser::new();
        let decoded = decode(&mut parser, &text);
        let mut reading = Reading { text: &text, entries: Vec::new(), uses: Vec::new() };
        reading.file(&decoded.file);
        let Reading { entries, uses, .. } = reading;
        let beside = |name: &Spanned<RawText<'_>>| {
            let folder = path.parent().unwrap_or(path);
            (name.span, overlay.absolute(&folder.join(&*name.value)))
        };
        let tables = decoded.file.source.iter().filter_map(|(_, source)| source.file.as_ref());
        let files = tables.chain(&decoded.file.draft).map(beside).collect();
        let is_story = decoded.file.draft.is_some();
        drop(decoded);
        Self { path: path.to_owned(), entries, uses, files, is_story, document }
    }

    /// The name used at a byte.
    pub(super) fn use_at(&self, offset: usize) -> Option<&Use> {
        self.uses.iter().find(|it| touches(it.span, offset))
    }

    /// What is defined at a byte, by its name.
    pub(super) fn entry_at(&self, offset: usize) -> Option<&Entry> {
        self.entries.iter().find(|entry| touches(entry.span, offset))
    }

    /// The entry whose lines a byte is in: the last that begins before.
    pub(super) fn entry_around(&self, offset: usize) -> Option<&Entry> {
        let before = self.entries.iter().filter(|entry| entry.span.start as usize <= offset);
        before.max_by_key(|entry| entry.span.start)
    }

    pub(super) fn location(&self, span: Span) -> Option<Location> {
        let range = self.document.range(span);
        Some(Location { uri: uri(&self.path)?, range })
    }
}

impl Entry {
    /// Whether it is what a name stands for.
    pub(super) fn is_meant_by(&self, used: &Use) -> bool {
        self.kind == used.kind && self.name == used.name && self.facet == used.facet
    }

    /// The name as it would be used.
    pub(super) fn as_use(&self) -> Use {
        Use { kind: self.kind, name: self.name.clone(), facet: self.facet.clone(), span: self.span }
    }
}

/// Whether a cursor at a byte is at a span: on it, or just behind.
pub(super) fn touches(span: Span, offset: usize) -> bool {
    span.range().contains(&offset) || span.end as usize == offset
}

/// The rule files whose names a rule file knows: itself first, then its libraries.
pub(super) fn known(newsroom: &mut Newsroom<'_>, path: &Path) -> Vec<Rules> {
    let own = Rules::read(newsroom.overlay, path);
    own.into_iter().chain(libraries(newsroom, path)).collect()
}

/// The libraries that a rule file knows.
pub(super) fn libraries(newsroom: &mut Newsroom<'_>, path: &Path) -> Vec<Rules> {
    newsroom.check(path);
    let overlay = newsroom.overlay;
    let libraries = newsroom.project(path).into_iter().flat_map(Project::libraries);
    let libraries = libraries.map(|library| overlay.absolute(library)).filter(|library| library != path);
    libraries.filter_map(|library| Rules::read(overlay, &library)).collect()
}

struct Reading<'t> {
    text: &'t str,
    entries: Vec<Entry>,
    uses: Vec<Use>,
}

impl Reading<'_> {
    fn file(&mut self, file: &RawFile<'_>) {
        self.scope(file.default_scope.as_deref());
        for (facet, members) in file.scope.iter() {
            self.define(Kind::Facet, &facet.value, None, facet.span, format!("{} members", members.len()));
            for (name, member) in members.iter() {
                let aliases: Vec<&str> = member.aliases.iter().map(|alias| &*alias.value.0).collect();
                self.define(Kind::Member, &name.value, Some(&facet.value), name.span, aliases.join(", "));
                for part in &member.includes {
                    self.mention(Kind::Member, &part.value, Some(&facet.value), part.span);
                }
            }
        }
        for (name, source) in file.source.iter() {
            let title = source.title.as_ref().or(source.file.as_ref()).map(|it| it.value.to_string());
            self.define(Kind::Source, &name.value, None, name.span, title.unwrap_or_default());
            self.scope(source.scope.as_deref());
            for (_, column) in source.columns.iter() {
                self.scope(column.scope.as_deref());
            }
        }
        for (name, Spanned { value: figure, .. }) in file.figure.iter() {
            let detail = match (&figure.value, &figure.formula, &figure.column) {
                (Some(value), ..) => match &value.value {
                    RawValue::Text(text) => text.to_string(),
                    RawValue::Number(number) => number.to_string(),
                },
                (None, Some(formula), _) => formula.value.to_string(),
                (None, None, Some(column)) => {
                    let source = figure.source.as_ref().map_or("", |source| &source.value.0);
                    format!("{source}, {}", column.value.0)
                }
                (None, None, None) => String::new(),
            };
            self.define(Kind::Figure, &name.value, None, name.span, detail);
            if let Some(source) = &figure.source {
                self.mention(Kind::Source, &source.value, None, source.span);
            }
            self.formula(figure.formula.as_ref());
            self.scope(figure.scope.as_deref());
        }
        for claim in &file.claim {
            self.define(Kind::Claim, &claim.id.value, None, claim.id.span, claim.quote.value.to_string());
            self.formula(Some(&claim.formula).filter(|formula| !formula.span.is_empty()));
            self.formula(claim.against.as_ref());
            self.scope(claim.scope.as_deref());
            if let Some(facet) = &claim.over {
                self.mention(Kind::Facet, &facet.value, None, facet.span);
            }
        }
        for ignore in &file.ignore {
            let reason = ignore.reason.value.to_string();
            self.define(Kind::Ignore, &ignore.quote.value, None, ignore.span, reason);
        }
        self.entries.sort_by_key(|entry| entry.span);
    }

    fn define(&mut self, kind: Kind, name: &str, facet: Option<&str>, span: Span, detail: String) {
        let (name, facet) = (name.to_owned(), facet.map(str::to_owned));
        self.entries.push(Entry { kind, name, facet, span, detail });
    }

    fn mention(&mut self, kind: Kind, name: &str, facet: Option<&str>, written: Span) {
        let span = inside(self.text, written, name).unwrap_or(written);
        self.uses.push(Use { kind, name: name.to_owned(), facet: facet.map(str::to_owned), span });
    }

    fn scope(&mut self, scope: Option<&RawScope<'_>>) {
        for (facet, members) in scope.into_iter().flat_map(|scope| scope.iter()) {
            if &*facet.value.0 == crate::scope::PERIOD {
                continue;
            }
            self.mention(Kind::Facet, &facet.value, None, facet.span);
            for member in &members.0 {
                self.mention(Kind::Member, &member.value, Some(&facet.value), member.span);
            }
        }
    }

    /// Every place of every name in a formula.
    fn formula(&mut self, formula: Option<&Spanned<RawText<'_>>>) {
        let Some(written) = formula else { return };
        // A formula with escapes stands differently in the file.
        let Some(place) = inside(self.text, written.span, &written.value) else { return };
        let Ok(formula) = Formula::parse(&written.value, FiscalYear::default()) else { return };
        let text = formula.text();
        for name in formula.names() {
            let kind = if name.cell.is_some() { Kind::Source } else { Kind::Figure };
            for (at, _) in text.match_indices(name.head) {
                let end = at + name.head.len();
                let is_word = |c: char| c.is_alphanumeric() || c == '_';
                let before = text.get(..at).and_then(|before| before.chars().next_back());
                let after = text.get(end..).and_then(|after| after.chars().next());
                let goes_on = before.is_some_and(|c| is_word(c) || c == '.') || after.is_some_and(is_word);
                let is_cell = after.is_some_and(|c| matches!(c, '.' | '['));
                if !goes_on && is_cell == (name.cell.is_some() || name.member.is_some()) {
                    let span = Span::new(at, end).shift(place.start as usize);
                    let (name, facet) = (name.head.to_owned(), None);
                    self.uses.push(Use { kind, name, facet, span });
                }
            }
        }
    }
}

/// Where the characters of a string stand between its quotation marks; `None` for one with escapes.
fn inside(text: &str, written: Span, value: &str) -> Option<Span> {
    let at = written.of(text).find(value)?;
    Some(Span::new(at, at + value.len()).shift(written.start as usize))
}
