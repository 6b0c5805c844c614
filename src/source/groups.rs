//! The cells of a figure that has a value for every key of a column, each key's added up by itself.

use std::collections::HashMap;

use super::answer::Answer;
use super::error::FigureError;
use super::place::{RowPlace, Spot};
use super::request::Take;
use super::tally::{Reading, Tally, shared};
use crate::series::{Member, Series};
use crate::unit::Unit;

/// How many keys are told apart, at most.
const MOST_KEYS: usize = 100_000;

/// What is known of each key so far, in the order of the table.
#[derive(Debug, Default)]
pub(super) struct Groups {
    places: HashMap<Box<str>, usize>,
    all: Vec<(Box<str>, Tally)>,
    error: Option<Box<FigureError>>,
}

impl Groups {
    /// Takes in the cell of one more row, whose key is `key`; neither has white space around it.
    pub(super) fn add(
        &mut self,
        column: &str,
        key: &str,
        text: &str,
        spot: &Spot<'_>,
        reading: &Reading<'_>,
    ) {
        if self.error.is_some() {
            return;
        }
        let known = self.places.get(key).copied();
        let place = match known {
            Some(place) => place,
            None if key.is_empty() => {
                let column = column.to_owned();
                self.error = Some(Box::new(FigureError::NoGroup { column, at: spot.row }));
                return;
            }
            None if self.all.len() >= MOST_KEYS => {
                self.error = Some(Box::new(FigureError::TooManyGroups { limit: MOST_KEYS }));
                return;
            }
            None => {
                self.places.insert(key.into(), self.all.len());
                self.all.push((key.into(), Tally::default()));
                self.all.len() - 1
            }
        };
        if let Some((_, tally)) = self.all.get_mut(place) {
            tally.add(text, spot, reading);
        }
    }

    /// The series, with the rows and the unit that all of it shares.
    pub(super) fn finish(&mut self, column: &str, reading: &Reading<'_>) -> Result<Answer, FigureError> {
        if let Some(error) = self.error.take() {
            return Err(*error);
        }
        let mut whole: Option<Answer> = None;
        let mut members = Vec::with_capacity(self.all.len());
        for (key, tally) in &mut self.all {
            if reading.request.take == Take::One && tally.rows > 1 {
                let condition = format!("`{column}` is `{key}`");
                return Err(FigureError::SeveralRows { condition, rows: tally.rows, lines: tally.lines() });
            }
            let answer = tally.finish(reading)?;
            let place = answer.cells().next().copied();
            let row =
                place.map_or_else(|| tally.lines().first().copied().unwrap_or_default(), |place| place.row);
            members.push(Member {
                key: key.clone(),
                value: answer.value,
                rows: answer.rows,
                file: row.file,
                line: row.line,
                column: place.and_then(|place| place.column),
                printed: place.map_or_else(Box::default, |place| place.text.as_str().into()),
            });
            whole = Some(match whole {
                None => answer,
                Some(whole) => joined(whole, &answer, reading)?,
            });
        }
        let whole = whole.ok_or_else(|| FigureError::AllMissing { column: column.to_owned(), rows: 0 })?;
        Ok(Answer { series: Some(Series::new(members).into()), ..whole })
    }
}

/// Two groups taken as one, whose value means nothing.
fn joined(mut whole: Answer, next: &Answer, reading: &Reading<'_>) -> Result<Answer, FigureError> {
    let unit: Option<Unit> = shared(whole.unit, next.unit);
    let place = next.cells().next().copied();
    whole.unit = unit.ok_or_else(|| FigureError::MixedUnits {
        column: reading.request.column.to_owned(),
        at: place.map_or_else(RowPlace::default, |place| place.row),
        text: place.map(|place| place.text).unwrap_or_default(),
        found: next.unit.to_string(),
        before: whole.unit.to_string(),
    })?;
    whole.rows += next.rows;
    whole.missing += next.missing;
    if let (Some(whole), Some(next)) = (&mut whole.on_sheet, &next.on_sheet) {
        whole.hidden.join(&next.hidden);
    }
    for cell in next.cells() {
        whole.cells.push(*cell);
    }
    Ok(whole)
}
