//! What is said of one value among those before it: the highest since 2017, a record, the first above 10,000.

use std::ops::Range;

use super::{Series, Turn};
use crate::number::Decimal;

/// Which end of a series a value is said to be at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Extreme {
    /// Above all others.
    Highest,
    /// Below all others.
    Lowest,
}

/// A value held against those before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The value's own place in the series.
    pub at: usize,
    /// Those that it is held against.
    pub held: Range<usize>,
    /// Those of them that break what is said: of an extreme the best first, else in the order of time.
    pub broken_by: Vec<usize>,
    /// Those of them that may break it, in the order of time.
    pub doubted_by: Vec<usize>,
    /// Periods without a value among those that it is held against.
    pub gaps: Vec<Gap>,
    /// Whether the series begins after the period that the words go back to.
    pub begins_late: bool,
    /// Whether the words could go back further.
    pub further: Further,
}

/// Whether words could go back further than they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Further {
    /// They go back as far as they can, or to the beginning of the series.
    No,
    /// To this one, the last before the value that breaks what is said.
    To(usize),
    /// Past the beginning of the series, in which no earlier one is.
    PastAll,
}

/// What an earlier value does to what is said of a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It lets it stand.
    None,
    /// It may break it: whether the same could be said of it, nobody can tell.
    Doubt,
    /// It breaks it.
    Breaks,
}

/// Periods without a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The first of them.
    pub first: Turn,
    /// The last of them.
    pub last: Turn,
}

/// Why a value cannot be held against those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoStanding {
    /// The keys have no order in time.
    #[error("its keys are not all years, quarters, months or days, so that nothing comes before anything")]
    NoOrder,
    /// The words go back to a month, and the series goes by years.
    #[error("its keys are {}, which do not tell what lies since {since}", .keys.plural())]
    TooCoarse {
        /// What it goes by.
        keys: super::Step,
        /// What the words go back to.
        since: Turn,
    },
    /// The words go back to the time of the value itself, or past it.
    #[error("{since} is not before {at}")]
    NotBefore {
        /// What the words go back to.
        since: Turn,
        /// The period of the value.
        at: Turn,
    },
}

impl Extreme {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Highest => "highest",
            Self::Lowest => "lowest",
        }
    }

    /// What `value` does to `own` being the extreme: it breaks that where it is past it, or equals it.
    fn effect(self, own: Decimal, value: Decimal) -> Effect {
        let is_kept = match self {
            Self::Highest => value >= own,
            Self::Lowest => value <= own,
        };
        if is_kept { Effect::Breaks } else { Effect::None }
    }

    /// The value at this end of some.
    pub fn best(self, values: impl Iterator<Item = Decimal>) -> Option<Decimal> {
        match self {
            Self::Highest => values.max(),
            Self::Lowest => values.min(),
        }
    }
}

impl Series {
    /// Holds the value at a place, said to be an extreme, against those before it: with `since`, those after that period,
    /// in which the value may well have been as high; else all that the series has.
    ///
    /// # Errors
    /// Where nothing tells which values come before it.
    pub fn standing(&self, at: usize, extreme: Extreme, since: Option<Turn>) -> Result<Standing, NoStanding> {
        let own = self.members().get(at).ok_or(NoStanding::NoOrder)?.value;
        let value = |place: &usize| self.members().get(*place).map_or(own, |member| member.value);
        let mut standing = self.held_against(at, since, |place| extreme.effect(own, value(&place)))?;
        standing.broken_by.sort_by(|a, b| match extreme {
            Extreme::Highest => value(b).cmp(&value(a)),
            Extreme::Lowest => value(a).cmp(&value(b)),
        });
        Ok(standing)
    }

    /// Holds what is said of the value at a place against the values before it, as [`Series::standing`] does; `effect` tells
    /// what the one at a place does to it.
    ///
    /// # Errors
    /// Where nothing tells which values come before it.
    pub fn held_against(
        &self,
        at: usize,
        since: Option<Turn>,
        effect: impl Fn(usize) -> Effect,
    ) -> Result<Standing, NoStanding> {
        let turns = self.turns().ok_or(NoStanding::NoOrder)?;
        let now = turns.get(at).ok_or(NoStanding::NoOrder)?;
        // The members from here on are held against the value.
        let start = match since {
            None => 0,
            Some(since) => {
                let is_past = |turn: &Turn| {
                    turn.is_past(since).ok_or(NoStanding::TooCoarse { keys: now.step(), since })
                };
                if !is_past(now)? {
                    return Err(NoStanding::NotBefore { since, at: *now });
                }
                let before = turns.iter().map(is_past).take_while(|is_past| *is_past != Ok(true));
                before.collect::<Result<Vec<bool>, _>>()?.len()
            }
        };
        let (mut broken_by, mut doubted_by) = (Vec::new(), Vec::new());
        for place in start..at {
            match effect(place) {
                Effect::None => {}
                Effect::Doubt => doubted_by.push(place),
                Effect::Breaks => broken_by.push(place),
            }
        }
        let first = if since.is_some() { start.saturating_sub(1) } else { 0 };
        let gaps = self.gaps(first, at);
        let gaps =
            gaps.into_iter().filter(|gap| since.is_none_or(|since| gap.last.is_past(since) == Some(true)));
        Ok(Standing {
            at,
            held: start..at,
            broken_by,
            doubted_by,
            gaps: gaps.collect(),
            begins_late: since.is_some() && start == 0,
            further: since.map_or(Further::No, |since| self.further(start, since, effect)),
        })
    }

    /// Where nothing in the period that the words go back to breaks what is said, whether anything before it does.
    fn further(&self, start: usize, since: Turn, effect: impl Fn(usize) -> Effect) -> Further {
        let turns = self.turns().unwrap_or_default();
        let is_there = |place: usize| turns.get(place).is_some_and(|turn| turn.is_since(since) == Some(true));
        let mut there = (0..start).rev().take_while(|place| is_there(*place)).peekable();
        if there.peek().is_none() || there.any(|place| effect(place) != Effect::None) {
            return Further::No;
        }
        let last = (0..start).rev().find(|place| effect(*place) != Effect::None);
        last.map_or(Further::PastAll, |place| match effect(place) {
            Effect::Breaks => Further::To(place),
            _ => Further::No,
        })
    }

    /// The periods without a value between two places.
    fn gaps(&self, from: usize, to: usize) -> Vec<Gap> {
        let Some(turns) = self.turns() else { return Vec::new() };
        stride(turns)
            .map_or_else(Vec::new, |stride| by_stride(turns.get(from..=to).unwrap_or_default(), stride))
    }
}

/// What is missing between periods of one kind, in order. Where they go by twos or fours throughout, nothing is missing
/// between.
pub fn gaps(turns: &[Turn]) -> Vec<Gap> {
    stride(turns).map_or_else(Vec::new, |stride| by_stride(turns, stride))
}

fn by_stride(turns: &[Turn], stride: i32) -> Vec<Gap> {
    let between = turns.windows(2).filter_map(|pair| {
        let [a, b] = pair else { return None };
        let steps = a.steps_to(*b)?;
        (steps > stride).then(|| Gap { first: a.after(stride), last: b.after(-stride) })
    });
    between.collect()
}

/// How many steps lie between one turn and the next, all through a series: 4, where it goes by elections. `None` for
/// days that keep no distance, which lack nothing that could be told.
fn stride(turns: &[Turn]) -> Option<i32> {
    let steps = || turns.windows(2).filter_map(|pair| if let [a, b] = pair { a.steps_to(*b) } else { None });
    let least = steps().min()?;
    let is_even = steps().all(|steps| steps % least == 0);
    let is_by_days = turns.first().is_some_and(|turn| turn.step() == super::Step::Day);
    match (is_even, steps().count()) {
        (true, 2..) => {
            let most_are = steps().filter(|steps| *steps == least).count() * 2 > steps().count();
            if most_are { Some(least) } else { (!is_by_days).then_some(1) }
        }
        _ if is_by_days => None,
        _ => Some(1),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::series::Member;

    fn series(values: &[(&str, i64)]) -> Series {
        let member = |(key, value): &(&str, i64)| Member {
            key: (*key).into(),
            value: (*value).into(),
            rows: 1,
            file: 0,
            line: 2,
            column: None,
            printed: value.to_string().into(),
        };
        Series::new(values.iter().map(member).collect())
    }

    fn years() -> Series {
        series(&[
            ("2020", 90),
            ("2016", 20),
            ("2017", 80),
            ("2018", 30),
            ("2019", 50),
            ("2021", 70),
            ("2022", 75),
        ])
    }

    fn standing(series: &Series, at: &str, extreme: Extreme, since: &str) -> Standing {
        let at = series.position(at).unwrap();
        series.standing(at, extreme, Turn::read(since)).unwrap()
    }

    fn best(series: &Series, extreme: Extreme, standing: &Standing) -> Option<Decimal> {
        extreme.best(series.values().skip(standing.held.start).take(standing.held.len()))
    }

    fn keys<'s>(series: &'s Series, places: &[usize]) -> Vec<&'s str> {
        places.iter().map(|place| &*series.members()[*place].key).collect()
    }

    #[test]
    fn the_highest_since_a_year_is_past_all_after_that_year() {
        let series = years();
        let high = standing(&series, "2022", Extreme::Highest, "2020");
        assert_eq!((high.broken_by.len(), best(&series, Extreme::Highest, &high)), (0, Some(dec!(70))));
        // 2020 itself was higher, which is what the words say.
        assert_eq!((high.further, high.begins_late), (Further::No, false));
        let broken = standing(&series, "2022", Extreme::Highest, "2017");
        assert_eq!(keys(&series, &broken.broken_by), ["2020"]);
        let further = standing(&series, "2019", Extreme::Highest, "2018");
        assert_eq!(further.further, Further::To(series.position("2017").unwrap()));
        assert_eq!(standing(&series, "2020", Extreme::Highest, "2018").further, Further::PastAll);
        let low = standing(&series, "2021", Extreme::Lowest, "2019");
        assert_eq!((low.broken_by.len(), best(&series, Extreme::Lowest, &low)), (0, Some(dec!(90))));
    }

    #[test]
    fn an_equal_one_breaks_a_record() {
        let series = series(&[("2001", 5), ("2002", 5), ("2003", 4)]);
        let record = standing(&series, "2002", Extreme::Highest, "");
        assert_eq!(keys(&series, &record.broken_by), ["2001"]);
        assert!(standing(&series, "2003", Extreme::Lowest, "").broken_by.is_empty());
    }

    #[test]
    fn what_is_said_is_held_against_those_before() {
        let series = years();
        let past_75 = |series: &Series, place: usize| match series.members()[place].value {
            value if value > dec!(75) => Effect::Breaks,
            value if value == dec!(75) => Effect::Doubt,
            _ => Effect::None,
        };
        let at = |key| series.position(key).unwrap();
        let held = |key, since| {
            series.held_against(at(key), Turn::read(since), |place| past_75(&series, place)).unwrap()
        };
        let all = held("2022", "");
        // In the order of time, which is not that of the table.
        assert_eq!(keys(&series, &all.broken_by), ["2017", "2020"]);
        assert_eq!(keys(&series, &held("2022", "2017").broken_by), ["2020"]);
        assert_eq!(held("2020", "2018").further, Further::To(at("2017")));
        assert_eq!(held("2017", "2016").further, Further::PastAll);
        let series = self::series(&[("2020", 75), ("2021", 80)]);
        let doubted = series.held_against(1, None, |place| past_75(&series, place)).unwrap();
        assert_eq!((doubted.broken_by.len(), keys(&series, &doubted.doubted_by)), (0, vec!["2020"]));
    }

    #[test]
    fn gaps_and_late_beginnings_are_told() {
        let series = series(&[("2024-10", 1), ("2024-11", 2), ("2025-02", 3), ("2025-03", 4)]);
        let high = standing(&series, "2025-03", Extreme::Highest, "2024-10");
        let told: Vec<String> = high.gaps.iter().map(|gap| format!("{} {}", gap.first, gap.last)).collect();
        assert_eq!(told, ["2024-12 2025-01"]);
        assert_eq!(standing(&series, "2025-03", Extreme::Highest, "2025-01").gaps, []);
        assert!(standing(&series, "2025-03", Extreme::Highest, "2017").begins_late);
        assert!(!standing(&series, "2025-03", Extreme::Highest, "2024").begins_late);
        let months_of_2024 = standing(&series, "2025-03", Extreme::Highest, "2024");
        assert_eq!(best(&series, Extreme::Highest, &months_of_2024), Some(dec!(3)));
    }

    #[test]
    fn a_series_that_goes_by_fours_has_no_gaps() {
        let elections =
            |last: &'static str| series(&[("2008", 1), ("2012", 2), ("2016", 3), ("2020", 4), (last, 5)]);
        assert_eq!(elections("2024").gaps(0, 4), []);
        assert_eq!(elections("2028").gaps(0, 4).len(), 1);
        assert_eq!(series(&[("2001", 1), ("2003", 2)]).gaps(0, 1).len(), 1);
        assert_eq!(series(&[("2025-03-01", 1), ("2025-03-05", 2), ("2025-03-12", 2)]).gaps(0, 2), []);
    }

    #[test]
    fn what_has_no_order_has_no_record() {
        let states = series(&[("Texas", 5), ("Ohio", 4)]);
        assert_eq!(states.standing(0, Extreme::Highest, None), Err(NoStanding::NoOrder));
        assert_eq!(states.rank(1), Some(2));
        let years = years();
        let since = |text| years.standing(3, Extreme::Highest, Turn::read(text));
        assert!(matches!(since("2017-03"), Err(NoStanding::TooCoarse { .. })));
        assert!(matches!(since("2019"), Err(NoStanding::NotBefore { .. })));
    }
}
