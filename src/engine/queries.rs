//! The queries of a run: each is run once, however many figures ask it, and its reply is kept for the next run.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};

use crate::source::cluster::Cluster;
use crate::source::query::{Limits, QueryError, Reply};
use crate::source::{Content, Digest, Digesting};
use crate::system::{Disk, Kind, System, replace};

/// The folder for replies, in that of the project.
pub const CACHE: &str = ".factcheck_cache";
/// Another form of what is kept, another number.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "/1");

/// Whether replies are kept from one run to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Replies {
    /// Every query is run, and nothing is kept.
    #[default]
    Afresh,
    /// What was kept serves again for as long as the sources are what they were, and what is run is kept.
    Kept,
    /// Nothing is run: what is not kept cannot be had. For editors, who ask at every pause in typing.
    KeptAlone,
}

/// What has been asked so far.
#[derive(Debug)]
pub(super) struct Queries {
    pub(super) limits: Limits,
    /// The cluster that runs SQL over sources.
    pub(super) engine: Option<Cluster>,
    replies: Replies,
    folder: PathBuf,
    asked: Mutex<HashMap<String, Arc<Asked>>>,
    /// The figures whose queries are being run.
    running: Mutex<Vec<String>>,
    digests: Mutex<HashMap<PathBuf, Arc<Hashed>>>,
}

type Asked = OnceLock<Result<Arc<Reply>, QueryError>>;
/// The hash of a file, or why it cannot be read.
type Hashed = OnceLock<Result<Digest, String>>;

/// A query with all that its reply depends on.
pub(super) struct Question<'q> {
    /// The figure that it is asked for.
    pub(super) figure: &'q str,
    /// The query and how its sources are read, in full, so that no two questions are taken for one.
    pub(super) identity: String,
    /// The files and folders that it reads; `None` where nothing tells whether they are as before.
    pub(super) rests_on: Option<Vec<PathBuf>>,
    /// Runs it.
    pub(super) run: &'q dyn Fn() -> Result<Reply, QueryError>,
}

/// A reply as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept<T> {
    version: String,
    identity: String,
    /// What the sources were.
    content: Option<String>,
    reply: T,
}

impl Queries {
    /// Nothing has been asked yet. `project` is the folder of the project.
    pub(super) fn new(limits: Limits, engine: Option<Cluster>, replies: Replies, project: &Path) -> Self {
        let folder = project.join(CACHE);
        Self {
            limits,
            engine,
            replies,
            folder,
            asked: Mutex::default(),
            running: Mutex::default(),
            digests: Mutex::default(),
        }
    }

    /// The figures whose queries are being run at the moment.
    pub(super) fn running(&self) -> Vec<String> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The reply to a question. Whoever asks what another thread is asking waits for it.
    pub(super) fn reply(
        &self,
        system: &dyn System,
        question: &Question<'_>,
    ) -> Result<Arc<Reply>, QueryError> {
        if self.replies == Replies::KeptAlone {
            // Another run may have brought what was not there a moment ago.
            return self.find(system, question).map(Arc::new);
        }
        let asked = {
            let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(asked.entry(question.identity.clone()).or_default())
        };
        asked.get_or_init(|| self.find(system, question).map(Arc::new)).clone()
    }

    fn find(&self, system: &dyn System, question: &Question<'_>) -> Result<Reply, QueryError> {
        let content = match &question.rests_on {
            Some(files) if self.replies != Replies::Afresh => Some(self.content(system, files)?),
            _ => None,
        };
        let path = self.folder.join(format!("{}.json", Content::of(question.identity.as_bytes()).digest));
        let is_trusted = content.is_some() || self.replies == Replies::KeptAlone;
        if is_trusted && let Some(reply) = kept(&path, &question.identity, content.as_deref()) {
            return Ok(reply);
        }
        if self.replies == Replies::KeptAlone {
            return Err(QueryError::NotAsked);
        }
        let running = || self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running().push(question.figure.to_owned());
        let reply = (question.run)();
        {
            let mut running = running();
            if let Some(at) = running.iter().position(|figure| figure == question.figure) {
                running.remove(at);
            }
        }
        let reply = reply?;
        if self.replies == Replies::Kept {
            // A reply that cannot be kept is asked for again, and nothing else.
            _ = self.keep(&path, question, content, &reply);
        }
        Ok(reply)
    }

    fn keep(
        &self,
        path: &Path,
        question: &Question<'_>,
        content: Option<String>,
        reply: &Reply,
    ) -> std::io::Result<()> {
        let identity = question.identity.clone();
        let text = serde_json::to_vec(&Kept { version: VERSION.to_owned(), identity, content, reply })?;
        let ignored = self.folder.join(".gitignore");
        if Disk.kind(&ignored).is_none() {
            replace(&ignored, b"*\n")?;
        }
        replace(path, &text)
    }

    /// What the files are, each with its name, those of folders included.
    fn content(&self, system: &dyn System, files: &[PathBuf]) -> Result<String, QueryError> {
        let mut content = String::new();
        let mut waiting: Vec<PathBuf> = files.iter().rev().cloned().collect();
        while let Some(path) = waiting.pop() {
            if system.kind(&path) == Some(Kind::Folder) {
                let unreadable = |error| QueryError::Unreadable(format!("{}: {error}", path.display()));
                let below = system.list(&path).map_err(unreadable)?;
                waiting.extend(below.into_iter().rev().map(|entry| entry.path));
                continue;
            }
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let digest = self.digest(system, &path)?;
            _ = writeln!(content, "{digest} {name}");
        }
        Ok(content)
    }

    /// The hash of a file, read once in a run; of none, where there is no such file.
    fn digest(&self, system: &dyn System, path: &Path) -> Result<Digest, QueryError> {
        let read = || {
            let stream = system.open(path)?;
            Digesting::new(stream).finish().map(|content| content.digest)
        };
        if self.replies == Replies::KeptAlone {
            return read().map_err(|error| QueryError::Unreadable(format!("{}: {error}", path.display())));
        }
        let known = {
            let mut digests = self.digests.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(digests.entry(path.to_owned()).or_default())
        };
        let digest = known.get_or_init(|| read().map_err(|error| format!("{}: {error}", path.display())));
        digest.clone().map_err(QueryError::Unreadable)
    }
}

/// The reply that is kept for a question, if the sources are still what they were.
///
/// It is read past the `system`: a program that watches what a check reads must not take what the check writes for a
/// change.
fn kept(path: &Path, identity: &str, content: Option<&str>) -> Option<Reply> {
    let mut bytes = Vec::new();
    Disk.read(path, &mut bytes).ok()?;
    let kept: Kept<Reply> = serde_json::from_slice(&bytes).ok()?;
    let is_it = kept.version == VERSION && kept.identity == identity && kept.content.as_deref() == content;
    is_it.then_some(kept.reply)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::source::query::Value;
    use crate::system::Memory;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            Self(std::env::temp_dir().join(format!("factcheck-queries-{name}-{}", std::process::id())))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            _ = std::fs::remove_dir_all(&self.0);
        }
    }

    /// A query that counts how often it is run.
    struct Counted(AtomicUsize);

    impl Counted {
        fn ask(
            &self,
            queries: &Queries,
            content: &str,
            rests_on: Option<&str>,
        ) -> Result<Arc<Reply>, QueryError> {
            let run = || {
                let value = Value::Exact(self.0.fetch_add(1, Ordering::SeqCst).to_string());
                Ok(Reply { columns: vec!["n".to_owned()], rows: vec![vec![value]] })
            };
            let system = Memory::new([("a.csv", content)]);
            let rests_on = rests_on.map(|path| vec![PathBuf::from(path)]);
            queries.reply(
                &system,
                &Question { figure: "n", identity: "select 1".to_owned(), rests_on, run: &run },
            )
        }
    }

    fn value(reply: &Result<Arc<Reply>, QueryError>) -> String {
        reply.as_ref().unwrap().rows[0][0].text().to_owned()
    }

    fn queries(replies: Replies, folder: &Folder) -> Queries {
        Queries::new(Limits::default(), None, replies, &folder.0)
    }

    #[test]
    fn a_query_is_run_once_in_a_run_and_again_when_a_source_changes() {
        let folder = Folder::new("content");
        let counted = Counted(AtomicUsize::new(0));
        let first = queries(Replies::Kept, &folder);
        assert_eq!(value(&counted.ask(&first, "a", Some("a.csv"))), "0");
        assert_eq!(value(&counted.ask(&first, "a", Some("a.csv"))), "0");
        let ask = |content: &str| counted.ask(&queries(Replies::Kept, &folder), content, Some("a.csv"));
        assert_eq!(value(&ask("a")), "0");
        assert_eq!(value(&ask("b")), "1");
        assert_eq!(value(&ask("a")), "2");
        assert!(ask("").is_ok());
        let missing = counted.ask(&queries(Replies::Kept, &folder), "a", Some("none.csv"));
        assert!(matches!(missing, Err(QueryError::Unreadable(_))));
        // One reply is kept a query, however often its sources change.
        assert_eq!(Disk.list(&folder.0.join(CACHE)).unwrap().len(), 2);
    }

    #[test]
    fn what_nobody_can_tell_of_is_asked_in_every_run() {
        let folder = Folder::new("remote");
        let counted = Counted(AtomicUsize::new(0));
        for run in 0..3 {
            assert_eq!(value(&counted.ask(&queries(Replies::Kept, &folder), "", None)), run.to_string());
        }
    }

    #[test]
    fn an_editor_is_told_what_the_last_run_was() {
        let folder = Folder::new("editor");
        let counted = Counted(AtomicUsize::new(0));
        let editor = queries(Replies::KeptAlone, &folder);
        assert_eq!(counted.ask(&editor, "a", Some("a.csv")), Err(QueryError::NotAsked));
        assert!(counted.ask(&queries(Replies::Kept, &folder), "a", Some("a.csv")).is_ok());
        assert_eq!(value(&counted.ask(&editor, "a", Some("a.csv"))), "0");
        assert_eq!(counted.ask(&editor, "b", Some("a.csv")), Err(QueryError::NotAsked));
        assert_eq!(counted.0.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn nothing_is_kept_unless_that_is_wanted_and_what_is_broken_is_asked_again() {
        let folder = Folder::new("afresh");
        let counted = Counted(AtomicUsize::new(0));
        assert!(counted.ask(&queries(Replies::Afresh, &folder), "a", Some("a.csv")).is_ok());
        assert!(!folder.0.exists());
        assert!(counted.ask(&queries(Replies::Kept, &folder), "a", Some("a.csv")).is_ok());
        for entry in Disk.list(&folder.0.join(CACHE)).unwrap() {
            replace(&entry.path, b"{").unwrap();
        }
        assert_eq!(value(&counted.ask(&queries(Replies::Kept, &folder), "a", Some("a.csv"))), "2");
    }
}
