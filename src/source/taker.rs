//! Whoever takes in a table, row by row, whatever its format.

use super::row::Row;

/// Takes in a table while it is read.
pub(super) trait Taker {
    /// Takes notice of the column at `index`, and says whether its cells are wanted. `late` says that rows without it have
    /// been read already. At `usize::MAX` it is one whose name stands twice in a row.
    fn column(&mut self, index: usize, printed: &str, late: bool) -> bool;

    /// Whether all columns that are wanted have been met.
    fn is_complete(&self) -> bool;

    /// Keeps the name of a column for messages.
    fn remember(&mut self, printed: &str);

    /// Takes in one row, which begins on `line`.
    fn row(&mut self, row: Row<'_>, line: u64);
}
