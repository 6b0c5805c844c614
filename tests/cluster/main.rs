//! The same SQL on a cluster: the same answers, digit by digit, or an error.
//!
//! Schedulers and executors are those that are published, in processes of their own, on loopback: this program starts itself again
//! as a node ([`node`]), so that a node can be killed as any other process.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "tests write files and fail by panicking"
)]

mod lost;
mod node;
mod reach;
mod same;
mod tables;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use factcheck::source::query::{Reply, Value};

/// A folder of its own, which is removed with this.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("factcheck-cluster-{}-{number}", std::process::id()));
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
