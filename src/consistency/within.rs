//! Numbers that cannot be what they are by themselves: a range turned round, shares of one whole past all of it.
//!
//! Safe because "between" has the smaller number first in every style guide, negative numbers apart, and because the two
//! shares are of two groups that exclude each other by their names.

use super::sentence::{Sentence, has_any};
use super::{Contradiction, Kind, Reader};
use crate::mention;
use crate::number::{Decimal, Reading};

/// Groups of which nobody is in both.
const OPPOSED: [(&str, &str); 6] = [
    ("men", "women"),
    ("women", "men"),
    ("boys", "girls"),
    ("girls", "boys"),
    ("for", "against"),
    ("yes", "no"),
];

pub(super) fn look(_: &Reader<'_>, sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    for number in sentence.numbers {
        let Reading::Range(low, high) = number.reading else { continue };
        let is_turned = low.value > high.value && high.value >= Decimal::ZERO;
        let is_between =
            sentence.words(number.span).get(..7).is_some_and(|word| word.eq_ignore_ascii_case("between"));
        if is_turned && is_between {
            found.push(Contradiction {
                kind: Kind::Arithmetic,
                stated: number.words(),
                operands: Vec::new(),
                arithmetic: format!("{} is more than {}", low.value.normalize(), high.value.normalize()),
                help: Some("put the smaller number first".to_owned()),
            });
        }
    }
    outside(sentence, found);
    ballots(sentence, found);
    for at in 0..sentence.numbers.len().saturating_sub(1) {
        let (Some(a), Some(b)) = (sentence.numbers.get(at), sentence.numbers.get(at + 1)) else { continue };
        let (Reading::One(one), Reading::One(other)) = (a.reading, b.reading) else { continue };
        let is_share = a.kind == mention::Kind::Percent && b.kind == mention::Kind::Percent;
        let (first, second) = (sentence.after(at), sentence.after(at + 1));
        let is_opposed = OPPOSED.iter().any(|(one, other)| {
            has_any(first, &[one]) && has_any(second, &[other]) && !has_any(first, &[other])
        }) && ![first, second].iter().any(|link| link.trim_start().starts_with("of "));
        let all = one.value - one.step / Decimal::TWO + other.value - other.step / Decimal::TWO;
        if is_share
            && is_opposed
            && all > Decimal::ONE_HUNDRED
            && !has_any(sentence.whole(), &["up", "down", "rose", "fell", "than", "turnout"])
        {
            found.push(Contradiction {
                kind: Kind::Arithmetic,
                stated: b.words(),
                operands: vec![a.span],
                arithmetic: format!(
                    "{}% and {}% are {}% of one whole",
                    one.value.normalize(),
                    other.value.normalize(),
                    (one.value + other.value).normalize()
                ),
                help: None,
            });
        }
    }
}

/// "ranged from … to …" before the last number.
fn is_ranged(sentence: &Sentence<'_>) -> bool {
    let Some(low) = sentence.numbers.len().checked_sub(3) else { return false };
    super::sentence::ends_with(sentence.before(low), "ranged from") && sentence.after(low).trim() == "to"
}

/// An average, or one of several, outside of the range that they are said to have: "between 12 and 39 days, and 47 days on
/// average", "ranged from $1.9 million to $3.4 million; the winning bid was $4.3 million".
fn outside(sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    let numbers = sentence.numbers;
    let (low, high, operands, one) = match numbers {
        [.., range, one] if range.reading_is_range() => {
            let Reading::Range(low, high) = range.reading else { return };
            (low.value, high.value, vec![range.span], one)
        }
        [.., low, high, one] if is_ranged(sentence) => {
            let (Reading::One(a), Reading::One(b)) = (low.reading, high.reading) else { return };
            (a.value, b.value, vec![low.span, high.span], one)
        }
        _ => return,
    };
    let Reading::One(value) = one.reading else { return };
    let last = numbers.len() - 1;
    let around = [sentence.before(last), sentence.after(last)];
    let is_one_of_them = around.iter().any(|passage| has_any(passage, &["average", "winning", "median"]));
    let is_same =
        numbers.iter().rev().nth(1).is_some_and(|it| it.unit == one.unit && it.factor == one.factor);
    let half = value.step / Decimal::TWO;
    if is_one_of_them && is_same && (value.value - half > high.max(low) || value.value + half < low.min(high))
    {
        found.push(Contradiction {
            kind: Kind::Arithmetic,
            stated: one.words(),
            operands,
            arithmetic: format!(
                "it lies outside of the range from {} to {}",
                low.min(high).normalize(),
                low.max(high).normalize()
            ),
            help: None,
        });
    }
}

/// "52.4 percent were for the merger, 44.1 percent against and 3.5 percent blank": every number of the sentence a share, of
/// votes for and against.
fn ballots(sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    let whole = sentence.whole();
    let shares: Option<Vec<crate::number::Written>> = sentence
        .numbers
        .iter()
        .map(|it| match it.reading {
            Reading::One(written) if it.kind == mention::Kind::Percent => Some(written),
            _ => None,
        })
        .collect();
    let Some(shares) = shares.filter(|shares| shares.len() > 2) else { return };
    let is_vote = has_any(whole, &["for"])
        && has_any(whole, &["against"])
        && has_any(whole, &["ballots", "votes", "vote", "voters"]);
    let least: Decimal = shares.iter().map(|it| it.value - it.step / Decimal::TWO).sum();
    let all: Decimal = shares.iter().map(|it| it.value).sum();
    if let (true, Some(last)) = (is_vote && least > Decimal::ONE_HUNDRED, sentence.numbers.last()) {
        found.push(Contradiction {
            kind: Kind::Arithmetic,
            stated: last.words(),
            operands: sentence.numbers.iter().map(|it| it.span).filter(|span| *span != last.span).collect(),
            arithmetic: format!("together they are {}% of the votes", all.normalize()),
            help: None,
        });
    }
}
