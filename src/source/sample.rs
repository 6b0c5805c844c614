//! Values that a table has, kept for those that it is asked for in vain.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::ColumnId;
use crate::text::nearest;

/// Some of the values of the columns that rows are selected by, and which conditions any row met.
#[derive(Debug, Default)]
pub(super) struct Sample {
    values: BTreeMap<ColumnId, BTreeSet<Box<str>>>,
    bytes: usize,
    met: BTreeSet<(usize, usize)>,
}

impl Sample {
    /// How many bytes of values are kept.
    const ROOM: usize = 1 << 16;

    /// Keeps a value, if there is room.
    pub(super) fn keep(&mut self, column: ColumnId, text: &str) {
        let text = text.trim();
        if self.bytes + text.len() >= Self::ROOM {
            return;
        }
        let values = self.values.entry(column).or_default();
        if !values.contains(text) {
            self.bytes += text.len() + 1;
            values.insert(text.into());
        }
    }

    /// Notes that a row meets a condition of a request.
    pub(super) fn meet(&mut self, request: usize, condition: usize) {
        self.met.insert((request, condition));
    }

    /// Whether any row has met a condition of a request.
    pub(super) fn has_met(&self, request: usize, condition: usize) -> bool {
        self.met.contains(&(request, condition))
    }

    /// The value of a column that is most like `text`.
    pub(super) fn nearest(&self, column: ColumnId, text: &str) -> Option<String> {
        let values = self.values.get(&column)?;
        nearest(text, values.iter().map(AsRef::as_ref)).map(str::to_owned)
    }
}
