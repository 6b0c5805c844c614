//! Records: a value of a series held against those before it.

use std::sync::Arc;

use super::{Direction, Held, UnitFit};
use crate::formula::Value;
use crate::hedge::{Hedge, How, Judgement, Verdict, Widths, allowed};
use crate::number::{Decimal, Interval, Reading, Written};
use crate::series::{Extreme, Further, Series, Standing, Turn};

/// A claim of a record: all facts.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The series.
    pub series: Arc<Series>,
    /// What the value is said to be.
    pub feat: Feat,
    /// The period that the words go back to; all before the value, where they name none.
    pub since: Option<Turn>,
    /// How the value stands.
    pub standing: Standing,
}

/// What a value is said to be among those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feat {
    /// At one end of them.
    Extreme(Extreme),
    /// The first of which the words are right.
    First,
}

impl Record {
    /// Whether the record stands. With gaps, or where the series does not go back as far as the words, nobody can tell; nor
    /// where the words leave open whether they are right of an earlier value. One value that breaks it is enough all the same.
    pub fn verdict(&self) -> Verdict {
        let Standing { broken_by, doubted_by, gaps, begins_late, held, further, .. } = &self.standing;
        // The year before may be all that the words go back to.
        let is_held = !held.is_empty() || *further != Further::No;
        let is_told = doubted_by.is_empty() && gaps.is_empty() && !begins_late && is_held;
        match (broken_by.is_empty(), is_told) {
            (false, _) => Verdict::Refuted,
            (true, false) => Verdict::Undecided,
            (true, true) => Verdict::Supported,
        }
    }
}

/// Holds the value against the best of those before it.
pub fn hold_record(value: &Value, extreme: Extreme, record: &Record) -> Held {
    let written = |kept: Decimal| kept.saturating_mul(Decimal::from(value.unit.written_factor()));
    let nominal = written(value.nominal);
    let held = &record.standing.held;
    let best = extreme.best(record.series.values().skip(held.start).take(held.len())).map(written);
    let zone = match (best, extreme) {
        (None, _) => Interval::ALL,
        (Some(best), Extreme::Highest) => Interval::above(best),
        (Some(best), Extreme::Lowest) => Interval::below(best),
    };
    let exactly = Written { value: nominal, step: Decimal::ZERO, firm: true, fraction: false };
    let mut allowed = allowed(Hedge::Exact, &Reading::One(exactly), &Widths::default());
    (allowed.clear, allowed.whole) = (zone, zone);
    let distance = zone.distance(nominal);
    let judgement = Judgement { verdict: record.verdict(), how: How::Record, distance, warned: None };
    Held {
        nominal,
        range: Interval::point(nominal),
        signed: Interval::point(nominal),
        allowed,
        judgement,
        direction: Direction::Fits,
        unit: UnitFit::Fits,
    }
}
