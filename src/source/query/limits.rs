//! How much a query may take.

use std::path::PathBuf;
use std::time::Duration;

/// What one query may take: settings of the project, never of a rule file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// How long it may run, connecting included.
    pub time: Duration,
    /// How many bytes of memory it may hold; what it needs beyond goes to disk.
    pub memory: u64,
    /// The folder for that; the system's own for passing files where none is named.
    pub spill: Option<PathBuf>,
}

impl Limits {
    /// How many rows a reply may have: it is a figure or a series, and no table.
    pub const ROWS: usize = 10_000;
    /// How many columns.
    pub const COLUMNS: usize = 100;
    /// How many bytes all its texts may have together.
    pub const BYTES: usize = 4 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_mins(1), memory: 1 << 30, spill: None }
    }
}
