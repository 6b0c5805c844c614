//! One rate per two lengths of time: "1 million a year, about 83,000 a month".
//!
//! Safe because both are rates of one unit, side by side, joined by "or" or a comma, and a month may be any of 28 to 31 days.

use super::band::{Band, may_say, plain};
use super::sentence::{Sentence, count, ends_with, has_any};
use super::{Contradiction, Kind, Reader};
use crate::mention::{self, Mention};
use crate::number::{Decimal, Interval};
use crate::unit::{Base, Conversion, Unit};

pub(super) fn look(reader: &Reader<'_>, sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    for at in 0..sentence.numbers.len().saturating_sub(1) {
        let (Some(first), Some(second)) = (sentence.numbers.get(at), sentence.numbers.get(at + 1)) else {
            continue;
        };
        let link = sentence.after(at);
        if !(is_time_rate(first) && is_time_rate(second) && is_same_thing(link)) {
            continue;
        }
        let (Some(a), Some(converted)) =
            (Band::of_mention(first, &reader.widths), Band::of_mention(second, &reader.widths))
        else {
            continue;
        };
        let Some(factors) = factors(first.unit, second.unit) else { continue };
        let scaled = [factors.low().value(), factors.high().value()]
            .map(|factor| factor.and_then(|factor| a.times(factor)));
        let [Some(low), Some(high)] = scaled else { continue };
        let expected = low.hull(high);
        // Two rates over one length of time are two things.
        if first.unit == second.unit && first.factor == second.factor
            || may_say(second, expected, &reader.widths)
        {
            continue;
        }
        let written = second.factor.written(expected.low).zip(second.factor.written(expected.high));
        let Some((low, high)) = written else { continue };
        let unit = second.unit_name(sentence.text).unwrap_or_default();
        _ = converted;
        found.push(Contradiction {
            kind: Kind::Arithmetic,
            stated: second.words(),
            operands: vec![first.span],
            arithmetic: format!(
                "{} is {} {unit}",
                sentence.words(first.span),
                plain(Band { low: low.min(high).round_dp(1), high: low.max(high).round_dp(1) })
            ),
            help: None,
        });
    }
}

/// "…, or", "(about": what stands between two ways to say one rate.
fn is_same_thing(link: &str) -> bool {
    let trimmed = link.trim_end();
    let is_joined = ends_with(trimmed, "or")
        || trimmed.ends_with(['(', ','])
        || ends_with(trimmed, "works out at")
        || ends_with(trimmed, "comes to");
    is_joined
        && count(link) <= 8
        && !has_any(link, &["and", "up", "from", "than", "compared", "against", "working", "plus"])
}

fn is_time_rate(mention: &Mention) -> bool {
    let time = |unit: Unit| matches!(unit, Unit::Of(of) if of.exponent(Base::Day) < 0 || of.exponent(Base::Month) < 0);
    mention.kind == mention::Kind::Rate && time(mention.unit) && !mention.reading_is_range()
}

/// What turns a quantity of the first unit into one of the second; months have 28 to 31 days.
fn factors(first: Unit, second: Unit) -> Option<Interval> {
    match first.conversion(second)? {
        Conversion::Same => Some(Interval::point(Decimal::ONE)),
        Conversion::Assumed => None,
        Conversion::Factor(_, factors) => {
            let (low, high) = (factors.low().value()?, factors.high().value()?);
            let slack = |factor: Decimal, by: i64| factor.checked_mul(Decimal::new(by, 3));
            Some(Interval::closed(slack(low, 915)?, slack(high, 1025)?))
        }
    }
}
