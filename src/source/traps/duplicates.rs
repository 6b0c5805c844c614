//! Rows that are the same in every column.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::super::row::{Row, trimmed};
use super::Trap;

/// So many rows are remembered; of larger tables the beginning.
const MOST: usize = 1 << 20;
/// So many pairs are told.
const TOLD: usize = 3;

/// The rows so far, by a hash of all their cells, with their lines.
#[derive(Debug, Default)]
pub(super) struct Duplicates {
    seen: HashMap<u64, u64>,
    pairs: Vec<(u64, u64)>,
    rows: u64,
}

impl Duplicates {
    pub(super) fn row(&mut self, row: Row<'_>, line: u64) {
        // A list of numbers may have the same one twice.
        if row.len() < 2 || self.seen.len() >= MOST {
            return;
        }
        let mut hasher = DefaultHasher::new();
        for index in 0..row.len() {
            trimmed(&row.text(index)).hash(&mut hasher);
        }
        let first = *self.seen.entry(hasher.finish()).or_insert(line);
        if first != line {
            self.rows += 1;
            if self.pairs.len() < TOLD {
                self.pairs.push((line, first));
            }
        }
    }

    pub(super) fn finish(self) -> Option<Trap> {
        let Self { pairs, rows, .. } = self;
        (rows > 0).then_some(Trap::DuplicateRows { pairs, rows })
    }
}
