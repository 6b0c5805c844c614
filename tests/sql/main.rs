//! SQL over the project's own sources: what comes out is exact, or is refused.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "tests write files and fail by panicking"
)]

mod files;
mod numbers;
mod refused;
mod scale;
mod sources;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use factcheck::source::query::{Limits, QueryError, Reply, Value};
use factcheck::source::sql::{Layout, Place, Relation, run};
use factcheck::source::{Format, TableOptions};

/// A folder of its own, which is removed with this.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("factcheck-sql-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A table of texts in memory.
pub(crate) fn texts<'a>(name: &'a str, content: &str, format: Format) -> Relation<'a> {
    let place = Place::Memory { name: format!("{name}.csv").into(), content: Arc::from(content.as_bytes()) };
    Relation { name, places: vec![place], layout: Layout::Table(TableOptions::new(format)) }
}

/// A file on disk.
pub(crate) fn file<'a>(name: &'a str, path: &Path, layout: Layout<'a>) -> Relation<'a> {
    Relation { name, places: vec![Place::File(path.to_owned())], layout }
}

pub(crate) fn reply(relations: &[Relation<'_>], sql: &str) -> Reply {
    run(relations, sql, &Limits::default()).unwrap_or_else(|error| panic!("{sql}: {error:?}"))
}

/// The rows of a reply, a line each: exact values as they are, `~` before floats, quotation marks around texts.
pub(crate) fn rows(reply: &Reply) -> Vec<String> {
    let told = |value: &Value| match value {
        Value::Null => "NULL".to_owned(),
        Value::Exact(digits) => digits.clone(),
        Value::Float(digits) => format!("~{digits}"),
        Value::Text(text) => format!("'{text}'"),
    };
    reply.rows.iter().map(|row| row.iter().map(told).collect::<Vec<_>>().join(" ")).collect()
}

/// The rows of a query over one CSV table `t`.
pub(crate) fn of(csv: &str, sql: &str) -> Vec<String> {
    rows(&reply(&[texts("t", csv, Format::Csv)], sql))
}

pub(crate) fn error(csv: &str, sql: &str) -> QueryError {
    match run(&[texts("t", csv, Format::Csv)], sql, &Limits::default()) {
        Ok(reply) => panic!("{sql}: {reply:?}"),
        Err(error) => error,
    }
}
