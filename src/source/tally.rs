//! The cells of one figure, added up as they come.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::answer::{Answer, CellPlace, Cells, Printed};
use super::cell::{Cell, Number};
use super::error::FigureError;
use super::keys::Likeness;
use super::place::{Hidden, OnSheet, RowPlace, Spot};
use super::request::{ColumnOptions, MissingRule, Request, TableOptions, Take};
use crate::unit::{Conversion, Currency, Unit};

/// How many values a median is taken from, at most: 80 MB of them.
const MOST_VALUES: usize = 5_000_000;

/// What is known of one figure so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// For rows selected by key: how the key was found.
    pub(super) likeness: Option<Likeness>,
    /// Rows selected.
    pub(super) rows: u64,
    /// The lines of the first of them.
    lines: [RowPlace; Self::LINES],
    /// Rows of which nobody knows whether they are meant, since a cell of theirs is missing.
    pub(super) open: u64,
    /// Why nobody knows it of a row, for any other reason.
    pub(super) unclear: Option<Box<FigureError>>,
    /// Cells that count, missing ones that count as zero among them.
    used: u64,
    missing: u64,
    value: Decimal,
    /// The unit that the numbers so far share.
    unit: Option<Unit>,
    cells: Cells,
    on_sheet: Option<Box<OnSheet>>,
    values: Vec<Decimal>,
    error: Option<Box<FigureError>>,
}

/// What a figure's cells are read by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'a> {
    pub(super) request: &'a Request<'a>,
    /// What is said of the column, if anything is.
    pub(super) column: Option<&'a ColumnOptions>,
    pub(super) table: &'a TableOptions<'a>,
}

impl Reading<'_> {
    /// The unit declared: the figure's word goes before the column's, the column's before the table's.
    fn unit(&self) -> Option<&Unit> {
        let column = || self.column.and_then(|column| column.unit.as_ref());
        self.request.written.unit.as_ref().or_else(column).or(self.table.written.unit.as_ref())
    }

    /// The scale declared, in the same order.
    fn scale(&self) -> Option<&Decimal> {
        let column = || self.column.and_then(|column| column.scale.as_ref());
        self.request.written.scale.as_ref().or_else(column).or(self.table.written.scale.as_ref())
    }

    fn column(&self) -> String {
        self.request.column.to_owned()
    }
}

impl Tally {
    /// How many lines are told where there are several rows.
    const LINES: usize = 4;

    /// Takes in the cell of one more row, without the white space around it.
    pub(super) fn add(&mut self, text: &str, spot: &Spot<'_>, reading: &Reading<'_>) {
        if let Some(place) = usize::try_from(self.rows).ok().and_then(|rows| self.lines.get_mut(rows)) {
            *place = spot.row;
        }
        self.rows += 1;
        if self.error.is_some() || (reading.request.take == Take::One && self.rows > 1) {
            return;
        }
        self.see(spot);
        let place = CellPlace { row: spot.row, column: spot.column, text: Printed::new(text) };
        if self.take_plain(text, place, reading) {
            return;
        }
        if let Err(error) = self.take(text, place, reading) {
            self.error = Some(Box::new(error));
        }
    }

    /// Takes notice of a row that may be meant or not, and what is wrong with it besides a missing cell.
    pub(super) fn leave_open(&mut self, why: Option<FigureError>) {
        match why {
            None => self.open += 1,
            Some(why) => _ = self.unclear.get_or_insert_with(|| Box::new(why)),
        }
    }

    /// Notes the sheet of a cell, and whether anybody sees it there. Tables of text have neither.
    fn see(&mut self, spot: &Spot<'_>) {
        if let Some(sheet) = spot.sheet {
            let on = self.on_sheet.get_or_insert_with(|| {
                Box::new(OnSheet { sheet: Arc::clone(sheet), hidden: Hidden::default() })
            });
            on.hidden.add(spot);
        }
    }

    /// The places of the first rows selected.
    pub(super) fn lines(&self) -> Vec<RowPlace> {
        self.lines.iter().copied().filter(|place| place.line > 0).collect()
    }

    /// The figure; the rows have been found to be as many as they should.
    pub(super) fn finish(&mut self, reading: &Reading<'_>) -> Result<Answer, FigureError> {
        if let Some(error) = self.error.take() {
            return Err(*error);
        }
        if self.used == 0 && reading.request.take != Take::Count {
            return Err(FigureError::AllMissing { column: reading.column(), rows: self.rows });
        }
        let overflow = || FigureError::Overflow {
            column: reading.column(),
            at: self.cells.iter().last().map_or_else(RowPlace::default, |cell| cell.row),
        };
        let value = match reading.request.take {
            Take::Count => Decimal::from(self.used),
            Take::Mean => self.value.checked_div(Decimal::from(self.used)).ok_or_else(overflow)?,
            Take::Median => median(&mut self.values).ok_or_else(overflow)?,
            Take::One | Take::Sum | Take::Min | Take::Max => self.value,
        };
        let unit = match reading.request.take {
            Take::Count => Unit::COUNT,
            _ => self.unit.or(reading.unit().copied()).unwrap_or_default(),
        };
        Ok(Answer {
            value,
            series: None,
            unit,
            rows: self.used,
            missing: self.missing,
            traps: Vec::new(),
            on_sheet: self.on_sheet.take(),
            cells: std::mem::take(&mut self.cells),
        })
    }

    /// Takes in the one cell of a figure if it is digits alone and nothing is declared of it, as with most figures:
    /// there is nothing to convert then, and nothing can be wrong. Says whether it did.
    fn take_plain(&mut self, text: &str, place: CellPlace, reading: &Reading<'_>) -> bool {
        let is_plain = reading.request.take == Take::One
            && reading.unit().is_none()
            && reading.scale().is_none()
            && reading.table.missing.is_empty();
        let Some(number) = is_plain.then(|| Number::plain(text)).flatten() else { return false };
        (self.value, self.unit, self.used) = (number.value, Some(number.unit), 1);
        self.cells = Cells::one(place);
        true
    }

    fn take(&mut self, text: &str, place: CellPlace, reading: &Reading<'_>) -> Result<(), FigureError> {
        let column = || reading.column();
        let cell =
            if reading.table.missing.contains(&text) { Cell::Missing(text) } else { Cell::parse(text) };
        let value = match cell {
            Cell::Missing(_) => {
                self.missing += 1;
                match reading.request.missing {
                    MissingRule::Error => {
                        let CellPlace { row: at, text: marker, .. } = place;
                        return Err(FigureError::Missing { column: column(), at, marker });
                    }
                    MissingRule::Skip => return Ok(()),
                    MissingRule::Zero => Decimal::ZERO,
                }
            }
            Cell::Number(_) | Cell::Text(_) if reading.request.take == Take::Count => Decimal::ZERO,
            Cell::Number(number) => self.value_of(number, place, reading)?,
            Cell::Text(_) => {
                let CellPlace { row: at, text, .. } = place;
                return Err(FigureError::NotANumber { column: column(), at, text });
            }
        };
        let is_first = self.used == 0;
        match reading.request.take {
            Take::One | Take::Count => self.value = value,
            Take::Sum | Take::Mean => {
                let sum = self.value.checked_add(value);
                self.value = sum.ok_or_else(|| FigureError::Overflow { column: column(), at: place.row })?;
            }
            Take::Median if self.values.len() >= MOST_VALUES => {
                return Err(FigureError::TooMany { limit: MOST_VALUES });
            }
            Take::Median => self.values.push(value),
            Take::Min | Take::Max => {
                let beats =
                    if reading.request.take == Take::Min { value < self.value } else { value > self.value };
                if is_first || beats {
                    self.value = value;
                    self.cells = Cells::one(place);
                }
            }
        }
        if !matches!(reading.request.take, Take::Min | Take::Max) {
            self.cells.push(place);
        }
        self.used += 1;
        Ok(())
    }

    /// The value of a cell in the unit and the scale that the rules declare, or that the cells share.
    fn value_of(
        &mut self,
        number: Number,
        place: CellPlace,
        reading: &Reading<'_>,
    ) -> Result<Decimal, FigureError> {
        let CellPlace { row: at, text, .. } = place;
        let column = || reading.column();
        let mut value = Some(number.value);
        if let Some(&declared) = reading.unit() {
            if !agrees(number.unit, declared) {
                let (found, declared) = (number.unit.to_string(), declared.to_string());
                return Err(FigureError::UnitConflict { column: column(), at, text, found, declared });
            }
            self.unit = Some(declared);
            let factor = declared.written_factor();
            if number.unit == Unit::Bare && factor != 1 {
                value = number.value.checked_div(Decimal::from(factor));
            }
        } else if let Some(before) = self.unit {
            let Some(unit) = shared(before, number.unit) else {
                let (found, before) = (number.unit.to_string(), before.to_string());
                return Err(FigureError::MixedUnits { column: column(), at, text, found, before });
            };
            self.unit = Some(unit);
        } else {
            self.unit = Some(number.unit);
        }
        if let Some(scale) = reading.scale().filter(|scale| **scale != Decimal::ONE) {
            if number.scaled {
                return Err(FigureError::ScaledTwice { column: column(), at, text });
            }
            value = value.and_then(|value| value.checked_mul(*scale));
        }
        value.ok_or_else(|| FigureError::Overflow { column: column(), at })
    }
}

/// Whether a cell's own unit may stand in a column of the declared one. A dollar sign stands for every currency that
/// is called dollar, and for the money in a rate.
fn agrees(own: Unit, declared: Unit) -> bool {
    /// Currencies other than the U.S. dollar that are written with its sign.
    const DOLLARS: [&str; 8] = ["AUD", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD", "BBD"];
    match (own, declared) {
        (_, Unit::Bare) => own == Unit::Bare,
        (Unit::Of(own), Unit::Of(declared)) => match (own.currency(), declared.currency()) {
            (Some(own), Some(declared)) => {
                own == declared || (own == Currency::USD && DOLLARS.contains(&declared.code()))
            }
            _ => false,
        },
        _ => matches!(own.conversion(declared), Some(Conversion::Same | Conversion::Assumed)),
    }
}

/// The unit of cells that are taken together: agencies often print a currency's sign in the first row and the last
/// only, but a percentage and a bare number have nothing to do with each other.
pub(super) fn shared(before: Unit, own: Unit) -> Option<Unit> {
    match (before, own) {
        (Unit::Bare, Unit::Of(_)) => Some(own),
        (Unit::Of(_), Unit::Bare) => Some(before),
        _ => (before == own).then_some(own),
    }
}

fn median(values: &mut [Decimal]) -> Option<Decimal> {
    let middle = values.len() / 2;
    let is_odd = values.len() % 2 == 1;
    if middle >= values.len() {
        return None;
    }
    let (below, upper, _) = values.select_nth_unstable(middle);
    if is_odd {
        return Some(*upper);
    }
    let lower = below.iter().max()?;
    lower.checked_add(*upper)?.checked_div(Decimal::TWO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Format, Select};

    #[test]
    fn a_plain_cell_is_taken_as_any_other() {
        let request = Request {
            select: Select::Key("a"),
            column: "b",
            group_by: None,
            take: Take::One,
            missing: MissingRule::Error,
            written: ColumnOptions::default(),
        };
        let table = TableOptions::new(Format::Csv);
        let reading = Reading { request: &request, column: None, table: &table };
        for text in ["0", "007", "117000", "999999999999999999"] {
            let place = CellPlace { row: RowPlace::line(2), column: None, text: Printed::new(text) };
            let (mut plain, mut other) = (Tally::default(), Tally::default());
            assert!(plain.take_plain(text, place, &reading));
            other.take(text, place, &reading).unwrap();
            assert_eq!(plain.finish(&reading).unwrap(), other.finish(&reading).unwrap());
        }
        for text in ["", "1,000", "5%", "-1", "n/a", "1234567890123456789"] {
            let place = CellPlace { row: RowPlace::line(2), column: None, text: Printed::new(text) };
            assert!(!Tally::default().take_plain(text, place, &reading), "{text}");
        }
    }
}
