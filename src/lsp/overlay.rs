//! Files as the editor has them: unsaved texts over those on disk, and a note of what each check has looked at.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, BufRead, Cursor};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use jiff::civil::Date;
use lsp_types::{Position, Range, TextDocumentContentChangeEvent};

use super::lines::{Lines, span_in};
use crate::system::{Disk, Entry, Kind, Stamp, System, tidy};
use crate::text::Span;

/// A text that is open in the editor.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// As the editor counts it.
    pub(super) version: i32,
    pub(super) text: String,
    /// Made when a place is asked for: of a burst of edits only the last one's are.
    lines: OnceLock<Lines>,
    /// No other state of any document has this number.
    stamp: u64,
}

/// What was looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// Files that were read.
    pub(super) read: HashSet<PathBuf>,
    /// Files of which the beginning was read, to tell what they are.
    pub(super) told: HashSet<PathBuf>,
    /// Files and folders that were asked after, whether or not they are there.
    pub(super) asked: HashSet<PathBuf>,
}

/// The file system with the editor's texts over it. Paths that are not absolute are seen from the workspace's folder, so
/// that everything is named as on the command line there.
#[derive(Debug)]
pub(super) struct Overlay {
    base: PathBuf,
    /// The same with every link followed: what paths begin with that went through [`System::resolve`].
    real_base: PathBuf,
    open: Mutex<Open>,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Open {
    documents: BTreeMap<PathBuf, Arc<Document>>,
    states: u64,
}

impl Overlay {
    pub(super) fn new(base: PathBuf) -> Self {
        let real_base = Disk.resolve(&base).unwrap_or_else(|_| base.clone());
        Self { base, real_base, open: Mutex::default(), seen: Mutex::default() }
    }

    /// The workspace's folder.
    pub(super) fn base(&self) -> &Path {
        &self.base
    }

    /// The absolute path, by which a file is known here.
    pub(super) fn absolute(&self, path: &Path) -> PathBuf {
        let path = match path.strip_prefix(&self.real_base) {
            Ok(below) if self.real_base.is_absolute() => self.base.join(below),
            _ => self.base.join(path),
        };
        tidy(&path)
    }

    /// The path as the command line would have it in the workspace's folder.
    pub(super) fn short<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.base).ok().filter(|short| !short.as_os_str().is_empty()).unwrap_or(path)
    }

    /// Takes in a text that was opened, in place of any that was open there.
    pub(super) fn open_document(&self, path: PathBuf, version: i32, text: String) {
        let mut open = lock(&self.open);
        let stamp = open.next_state();
        open.documents.insert(path, Arc::new(Document { version, text, lines: OnceLock::new(), stamp }));
    }

    /// Changes a text, one edit after the other; says whether it is open.
    pub(super) fn edit(
        &self,
        path: &Path,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) -> bool {
        let mut open = lock(&self.open);
        let stamp = open.next_state();
        let Some(document) = open.documents.get_mut(path) else { return false };
        // The text is copied only while a check still has the last state of it.
        let document = Arc::make_mut(document);
        for change in changes {
            match change.range {
                Some(range) => {
                    let span = span_in(&document.text, range);
                    document.text.replace_range(span.range(), &change.text);
                }
                None => document.text = change.text,
            }
            document.lines = OnceLock::new();
        }
        document.version = version;
        document.stamp = stamp;
        true
    }

    /// Forgets a text; what counts from now on is the file on disk.
    pub(super) fn close(&self, path: &Path) {
        lock(&self.open).documents.remove(path);
    }

    /// The text that is open at a path.
    pub(super) fn document(&self, path: &Path) -> Option<Arc<Document>> {
        lock(&self.open).documents.get(path).cloned()
    }

    /// The paths of all texts that are open.
    pub(super) fn open_paths(&self) -> Vec<PathBuf> {
        lock(&self.open).documents.keys().cloned().collect()
    }

    /// A text that is open, or else the file's on disk.
    pub(super) fn text(&self, path: &Path) -> Option<Arc<Document>> {
        if let Some(document) = self.document(path) {
            return Some(document);
        }
        let mut bytes = Vec::new();
        Disk.read(path, &mut bytes).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        Some(Arc::new(Document { version: 0, text, lines: OnceLock::new(), stamp: 0 }))
    }

    /// Does something, and says what was looked at meanwhile.
    pub(super) fn watch<R>(&self, act: impl FnOnce() -> R) -> (R, Seen) {
        lock(&self.seen).clear();
        let done = act();
        (done, std::mem::take(&mut *lock(&self.seen)))
    }

    fn note(&self, path: &Path, list: impl FnOnce(&mut Seen) -> &mut HashSet<PathBuf>) -> PathBuf {
        let path = self.absolute(path);
        let mut seen = lock(&self.seen);
        let list = list(&mut seen);
        if !list.contains(&path) {
            list.insert(path.clone());
        }
        path
    }
}

impl Document {
    /// The position of a byte offset.
    pub(super) fn position(&self, offset: usize) -> Position {
        self.lines().position(&self.text, offset)
    }

    /// The range of a span.
    pub(super) fn range(&self, span: Span) -> Range {
        self.lines().range(&self.text, span)
    }

    /// The byte offset of a position.
    pub(super) fn offset(&self, position: Position) -> usize {
        self.lines().offset(&self.text, position)
    }

    /// The span of a range.
    pub(super) fn span(&self, range: Range) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end))
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.text))
    }
}

impl Seen {
    fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Open {
    fn next_state(&mut self) -> u64 {
        self.states += 1;
        self.states
    }
}

/// What another thread left behind is whole: every change is made at once.
fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl System for Overlay {
    fn read_up_to(&self, path: &Path, limit: u64, into: &mut Vec<u8>) -> io::Result<bool> {
        let path = self.note(path, |seen| &mut seen.read);
        let Some(document) = self.document(&path) else { return Disk.read_up_to(&path, limit, into) };
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let bytes = document.text.as_bytes();
        into.clear();
        into.extend_from_slice(bytes.get(..limit).unwrap_or(bytes));
        Ok(bytes.len() <= limit)
    }

    fn read_unlinked(&self, path: &Path, limit: u64, into: &mut Vec<u8>) -> io::Result<Option<bool>> {
        let absolute = self.note(path, |seen| &mut seen.read);
        if self.document(&absolute).is_some() {
            return self.read_up_to(path, limit, into).map(Some);
        }
        Disk.read_unlinked(&absolute, limit, into)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn BufRead + '_>> {
        let path = self.note(path, |seen| &mut seen.read);
        match self.document(&path) {
            Some(document) => Ok(Box::new(Cursor::new(document.text.clone()))),
            None => Disk.open(&path),
        }
    }

    fn read_start(&self, path: &Path, into: &mut [u8]) -> io::Result<usize> {
        let path = self.note(path, |seen| &mut seen.told);
        match self.document(&path) {
            Some(document) => {
                into.iter_mut().zip(document.text.as_bytes()).for_each(|(to, from)| *to = *from);
                Ok(document.text.len().min(into.len()))
            }
            None => Disk.read_start(&path, into),
        }
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        let path = self.note(path, |seen| &mut seen.asked);
        if self.document(&path).is_some() { Some(Kind::File) } else { Disk.kind(&path) }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let absolute = self.note(folder, |seen| &mut seen.asked);
        let on_disk = Disk.list(&absolute);
        let unsaved = lock(&self.open).documents.keys().cloned().collect::<Vec<_>>();
        let mut unsaved = unsaved.into_iter().filter(|path| path.parent() == Some(&absolute)).peekable();
        if on_disk.is_err() && unsaved.peek().is_none() {
            return on_disk;
        }
        let here = |entry: Entry| {
            let path = entry.path.file_name().map_or_else(|| entry.path.clone(), |name| folder.join(name));
            Entry { path, ..entry }
        };
        let mut entries: Vec<Entry> = on_disk.unwrap_or_default().into_iter().map(here).collect();
        for path in unsaved {
            let entry = here(Entry { path, kind: Kind::File });
            if let Err(at) =
                entries.binary_search_by(|other| other.path.file_name().cmp(&entry.path.file_name()))
            {
                entries.insert(at, entry);
            }
        }
        Ok(entries)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        let absolute = self.note(path, |seen| &mut seen.asked);
        match Disk.resolve(&absolute) {
            Err(_) if self.document(&absolute).is_some() => Ok(absolute),
            resolved => resolved,
        }
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        let path = self.note(path, |seen| &mut seen.read);
        match self.document(&path) {
            Some(document) => Some(Stamp::Edited(document.stamp)),
            None => Disk.stamp(&path),
        }
    }

    fn is_on_disk(&self, path: &Path) -> bool {
        let path = self.note(path, |seen| &mut seen.read);
        self.document(&path).is_none() && Disk.is_on_disk(&path)
    }

    fn variable(&self, name: &str) -> Option<String> {
        Disk.variable(name)
    }

    fn today(&self) -> Date {
        Disk.today()
    }

    fn write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        // The editor writes, and nobody else.
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(from: (u32, u32), to: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
        let range = Range::new(Position::new(from.0, from.1), Position::new(to.0, to.1));
        TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: text.to_owned() }
    }

    #[test]
    fn edits_count_code_units_and_build_on_each_other() {
        let overlay = Overlay::new(PathBuf::from("/nowhere"));
        let path = Path::new("/nowhere/a.md");
        overlay.open_document(path.to_owned(), 1, "😀 e\u{301} 5%\r\nend".to_owned());
        let changes =
            vec![change((0, 6), (0, 7), "12"), change((0, 3), (0, 5), ""), change((1, 3), (9, 0), "!")];
        assert!(overlay.edit(path, 2, changes));
        let document = overlay.document(path).unwrap();
        assert_eq!((document.text.as_str(), document.version), ("😀  12%\r\nend!", 2));
        assert!(!overlay.edit(Path::new("/nowhere/b.md"), 1, Vec::new()));
    }

    #[test]
    fn what_is_read_is_what_is_open() {
        let overlay = Overlay::new(PathBuf::from("/nowhere"));
        overlay.open_document(PathBuf::from("/nowhere/claims/a.toml"), 1, "draft = \"b.md\"".to_owned());
        let ((), seen) = overlay.watch(|| {
            let mut bytes = Vec::new();
            overlay.read(Path::new("claims/a.toml"), &mut bytes).unwrap();
            assert_eq!(bytes, b"draft = \"b.md\"");
            assert_eq!(overlay.list(Path::new("claims")).unwrap().len(), 1);
            assert!(overlay.read(Path::new("claims/none.toml"), &mut bytes).is_err());
        });
        assert!(seen.read.contains(Path::new("/nowhere/claims/none.toml")));
        assert!(seen.asked.contains(Path::new("/nowhere/claims")));
    }
}
