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
    /// At which end of it the value is said to be.
    pub extreme: Extreme,
    /// The period that the words go back to; all before the value, where they name none.
    pub since: Option<Turn>,
    /// How the value stands.
    pub standing: Standing,
}

impl Record {
    /// Whether the record stands. With gaps, or where the series does not go back as far as the words, nobody can tell;
    /// one value that breaks it is enough all the same.
    pub fn verdict(&self) -> Verdict {
        let Standing { broken_by, gaps, begins_late, best, further, .. } = &self.standing;
        // The year before may be all that the words go back to.
        let is_held = best.is_some() || *further != Further::No;
        match (broken_by.is_empty(), gaps.is_empty() && !begins_late && is_held) {
            (false, _) => Verdict::Refuted,
            (true, false) => Verdict::Undecided,
            (true, true) => Verdict::Supported,
        }
    }
}

/// Holds the value against the best of those before it.
pub fn hold_record(value: &Value, record: &Record) -> Held {
    let written = |kept: Decimal| kept.saturating_mul(Decimal::from(value.unit.written_factor()));
    let nominal = written(value.nominal);
    let best = record.standing.best.map(written);
    let zone = match (best, record.extreme) {
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

/// The period that words go back to: 2017 in "the highest since 2017", March 2020 in "the most since March 2020".
///
/// # Errors
/// The words that go back to something else: "since the pandemic", "in five years".
pub fn since_in_words(words: &str) -> Result<Option<Turn>, &str> {
    /// Lengths of time that a record may be said to be the first in.
    const SPANS: [&str; 12] = [
        "year",
        "years",
        "month",
        "months",
        "quarter",
        "quarters",
        "decade",
        "decades",
        "week",
        "weeks",
        "century",
        "generation",
    ];
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    let starts: Vec<usize> = word_starts(words).collect();
    for (nth, start) in starts.iter().enumerate() {
        let from = |nth: usize| starts.get(nth).and_then(|start| words.get(*start..)).unwrap_or_default();
        let rest = from(nth);
        let word = bare(rest.split_whitespace().next().unwrap_or_default());
        let tail = words.get(*start..).unwrap_or(words);
        if word == "since" {
            let skipped = if from(nth + 1).starts_with("at least ") { nth + 3 } else { nth + 1 };
            return period_at(from(skipped)).map(Some).ok_or(tail);
        }
        let next = || rest.split_whitespace().skip(1).take(4).any(|word| SPANS.contains(&&*bare(word)));
        if matches!(word.as_str(), "in" | "for") && next() {
            return Err(tail);
        }
    }
    Ok(None)
}

fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut is_inside = false;
    text.char_indices().filter_map(move |(at, character)| {
        let begins = !character.is_whitespace() && !is_inside;
        is_inside = !character.is_whitespace();
        begins.then_some(at)
    })
}

/// The period that a text begins with, in as many as three words.
fn period_at(text: &str) -> Option<Turn> {
    let words: Vec<&str> = text.split_whitespace().take(3).collect();
    let read = |count: usize| {
        let joined = words.get(..count)?.join(" ");
        Turn::read(joined.trim_matches(|c: char| !c.is_alphanumeric()))
    };
    read(3).or_else(|| read(2)).or_else(|| read(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_how_far_back_they_go() {
        for (words, since) in [
            ("the highest monthly total since 2017", "2017"),
            ("the most since March 2020, when", "2020-03"),
            ("its lowest since fiscal year 2011.", "FY2011"),
            ("the highest since at least 2000", "2000"),
        ] {
            assert_eq!(
                since_in_words(words).unwrap().map(|turn| turn.to_string()).as_deref(),
                Some(since),
                "{words}"
            );
        }
        assert_eq!(since_in_words("a record number of people"), Ok(None));
        assert_eq!(since_in_words("the highest since the pandemic"), Err("since the pandemic"));
        assert_eq!(since_in_words("the most in five years"), Err("in five years"));
    }
}
