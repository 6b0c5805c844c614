//! Rows that are the same in every column.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::super::place::RowPlace;
use super::super::row::{Row, trimmed};
use super::Trap;

/// So many rows of a table are remembered, in some 10 MB; of larger tables the beginning.
const MOST: usize = 1 << 18;
/// So many pairs are told.
const TOLD: usize = 3;

/// The rows of a table so far that any figure of several rows was taken from, by a hash of all their cells, with their
/// lines. Conditions that select a row select every row that is the same, so that one list serves all figures.
#[derive(Debug, Default)]
pub(in crate::source) struct RowsSeen {
    seen: HashMap<u64, RowPlace>,
    /// The row at hand, once it has been looked up.
    at_hand: Option<LookedUp>,
}

/// The line of the row that a row repeats, if it does.
#[derive(Clone, Copy, Debug)]
struct LookedUp(Option<RowPlace>);

impl RowsSeen {
    /// Another row is at hand.
    pub(in crate::source) fn next(&mut self) {
        self.at_hand = None;
    }

    /// The line of the row that the one at hand repeats.
    pub(in crate::source) fn repeated(&mut self, row: Row<'_>, place: RowPlace) -> Option<RowPlace> {
        let LookedUp(repeated) = match self.at_hand {
            Some(known) => known,
            None => LookedUp(self.look_up(row, place)),
        };
        self.at_hand = Some(LookedUp(repeated));
        repeated
    }

    fn look_up(&mut self, row: Row<'_>, here: RowPlace) -> Option<RowPlace> {
        // A list of numbers may have the same one twice.
        if row.len() < 2 || self.seen.len() >= MOST {
            return None;
        }
        let mut hasher = DefaultHasher::new();
        // Of several files, the name tells rows apart.
        here.file.hash(&mut hasher);
        for index in 0..row.len() {
            trimmed(&row.text(index)).hash(&mut hasher);
        }
        match self.seen.entry(hasher.finish()) {
            Entry::Occupied(first) => Some(*first.get()),
            Entry::Vacant(place) => {
                place.insert(here);
                None
            }
        }
    }
}

/// The rows of one figure that repeat another.
#[derive(Debug, Default)]
pub(super) struct Duplicates {
    pairs: Vec<(RowPlace, RowPlace)>,
    rows: u64,
}

impl Duplicates {
    /// Takes notice of a row that repeats the one on another line.
    pub(super) fn row(&mut self, row: RowPlace, repeated: Option<RowPlace>) {
        if let Some(first) = repeated {
            self.rows += 1;
            if self.pairs.len() < TOLD {
                self.pairs.push((row, first));
            }
        }
    }

    pub(super) fn finish(self) -> Option<Trap> {
        let Self { pairs, rows } = self;
        (rows > 0).then_some(Trap::DuplicateRows { pairs, rows })
    }
}
