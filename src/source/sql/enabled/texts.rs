//! The rows of a table of texts, of whatever format, in pieces.

use std::sync::Arc;

use datafusion::arrow::array::StringBuilder;
use datafusion::error::DataFusionError;

use super::names::Asked;
use super::store::{Piece, Run, Spill, Store};
use super::survey::{Digits, Printed, Survey};
use crate::source::row::{Row, trimmed};
use crate::source::taker::Taker;

/// How many rows a piece has, if they are short.
const ROWS: usize = 8192;
/// How many bytes it has, or a few more.
const BYTES: usize = 4 << 20;

/// What a query asks of a table of texts.
#[derive(Debug)]
pub(super) struct Order<'a> {
    /// The columns that it may mean.
    pub(super) asked: &'a Asked,
    /// Marks of a missing number, besides the usual ones.
    pub(super) missing: &'a [&'a str],
    /// Whether `null` stands for nothing, as in JSON.
    pub(super) has_null: bool,
    /// Where what is read is kept.
    pub(super) store: Arc<Store>,
}

/// Takes in the rows of one file, or of a part of it.
pub(super) struct Texts<'a> {
    order: &'a Order<'a>,
    /// Every column of the file.
    pub(super) names: Vec<String>,
    columns: Vec<Column>,
    /// Names that stand twice in one row.
    doubled: bool,
    rows: usize,
    bytes: usize,
    runs: Vec<Run>,
    spill: Option<Spill>,
    /// What went wrong with the disk.
    failure: Option<DataFusionError>,
}

/// A column that is wanted.
struct Column {
    /// Where it is in the rows.
    index: usize,
    /// Which of the file's columns it is.
    place: usize,
    texts: StringBuilder,
    survey: Survey,
}

/// What was read.
#[derive(Default)]
pub(super) struct Taken {
    /// Every column of the file.
    pub(super) names: Vec<String>,
    /// Of those wanted, which it is, and what its cells are.
    pub(super) columns: Vec<(usize, Survey)>,
    /// The rows.
    pub(super) runs: Vec<Run>,
}

impl<'a> Texts<'a> {
    /// Nothing has been read yet.
    pub(super) fn new(order: &'a Order<'a>) -> Self {
        Self {
            order,
            names: Vec::new(),
            columns: Vec::new(),
            doubled: false,
            rows: 0,
            bytes: 0,
            runs: Vec::new(),
            spill: None,
            failure: None,
        }
    }

    /// All has been read.
    pub(super) fn finish(mut self) -> Result<Taken, DataFusionError> {
        self.flush();
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        Store::close(&mut self.spill, &mut self.runs)?;
        let columns = self.columns.into_iter().map(|column| (column.place, column.survey)).collect();
        Ok(Taken { names: self.names, columns, runs: self.runs })
    }

    fn flush(&mut self) {
        if self.rows == 0 || self.failure.is_some() {
            return;
        }
        let columns = self.columns.iter_mut().map(|column| column.texts.finish()).collect();
        let piece = Piece { rows: self.rows, columns };
        self.failure = self.order.store.keep(piece, &mut self.spill, &mut self.runs).err();
        (self.rows, self.bytes) = (0, 0);
    }
}

impl Taker for Texts<'_> {
    fn column(&mut self, index: usize, printed: &str, _late: bool) -> bool {
        let printed = trimmed(printed);
        if index == usize::MAX {
            // Which of the two is meant, nobody can tell.
            if !self.doubled {
                self.doubled = true;
                self.names.push(printed.to_owned());
            }
            return false;
        }
        let place = self.names.len();
        self.names.push(printed.to_owned());
        let is_wanted = self.order.asked.may_mean(printed);
        if is_wanted {
            let mut texts = StringBuilder::with_capacity(ROWS, 8 * ROWS);
            // The rows of this piece so far have nothing in it.
            (0..self.rows).for_each(|_| texts.append_value(""));
            self.columns.push(Column { index, place, texts, survey: Survey::default() });
        }
        is_wanted
    }

    fn is_complete(&self) -> bool {
        true
    }

    fn remember(&mut self, _: &str) {}

    fn row(&mut self, row: Row<'_>, _line: u64) {
        for column in &mut self.columns {
            let text = row.text(column.index);
            let mut text = trimmed(&text);
            let label;
            if self.order.has_null && text == "null" {
                text = "";
            } else if text.is_empty() && matches!(row, Row::Sheet(_)) {
                // Merged cells say for all their rows what they are; a number in them would be counted for each.
                label = row.label(column.index);
                if matches!(Digits::printed(trimmed(&label)), Printed::Text) {
                    text = trimmed(&label);
                }
            }
            column.survey.add(text, self.order.missing);
            column.texts.append_value(text);
            self.bytes += text.len();
        }
        self.rows += 1;
        if self.rows >= ROWS || self.bytes >= BYTES {
            self.flush();
        }
    }
}
