//! Whether a change can be that from one value to the other.

use super::{Change, Form};
use crate::consistency::pair::Pair;
use crate::consistency::sentence::Sentence;
use crate::consistency::value::{
    checked, common, contradicts, is_alike, is_value, kept, nominal, ratio, stated, times, told_interval,
};
use crate::consistency::{Reader, Rule};
use crate::hedge::Direction;
use crate::mention::{self, Mention};
use crate::number::{Decimal, Interval};
use crate::unit::Unit;

/// Reports a change that no values of its pair can make true.
pub(super) fn check(reader: &mut Reader, sentence: &Sentence<'_>, change: &Change, pair: Pair) {
    let (Some(mention), Some(old), Some(new)) =
        (sentence.number(change.number), sentence.number(pair.old), sentence.number(pair.new))
    else {
        return;
    };
    if sentence.is_denied(change.number) {
        return;
    }
    match is_true(reader, change, mention, old, new) {
        Some(true) => {
            if let Some((rule, operands)) = relation(change.form, mention, old, new) {
                reader.holds(rule, mention, &operands);
            }
            return;
        }
        None => return,
        Some(false) => {}
    }
    // Two other values may be meant.
    let values = || sentence.numbers.iter().filter(|value| is_value(value) && value.span != mention.span);
    let is_other = values().any(|a| {
        values().any(|b| {
            a.span != b.span && is_alike(a, b) && is_true(reader, change, mention, a, b) == Some(true)
        })
    });
    if is_other {
        return;
    }
    let words = |mention: &Mention| mention.span.of(sentence.text);
    let Some((before, after)) = common(old, new, &reader.widths) else { return };
    let way = match (nominal(old), nominal(new)) {
        (Some(a), Some(b)) if b > a => "a rise",
        (Some(a), Some(b)) if b < a => "a fall",
        _ => "a change",
    };
    let says = mention.words().of(sentence.text);
    let undirected = Change { direction: None, ..*change };
    let is_size_right = || is_true(reader, &undirected, mention, old, new) == Some(true);
    let says = match change.direction {
        Some(Direction::Up) if is_size_right() => format!("a rise of {says}"),
        Some(Direction::Down) if is_size_right() => format!("a fall of {says}"),
        _ => says.to_owned(),
    };
    let part = relative(&before, &after).map(|part| part.absolute());
    let difference = checked(after.subtract(&before)).map(|difference| difference.absolute());
    let (Some(part), Some(difference)) = (part, difference) else { return };
    let Some((was, is)) = point(old).zip(point(new)) else { return };
    let percent = |interval: &Interval| {
        told_interval(&times(interval, Decimal::ONE_HUNDRED).unwrap_or(*interval), 1, "%")
    };
    let nominal_part = relative(&was, &is).map_or(part, |part| part.absolute());
    let nominal_difference =
        checked(is.subtract(&was)).map_or(difference, |difference| difference.absolute());
    let (value, all) = match change.form {
        Form::Part => (percent(&nominal_part), percent(&part)),
        Form::Multiple | Form::Halved => {
            let times = |part: &Interval| told_interval(part, 2, " times the former");
            let of = |was, is| ratio(is, was).unwrap_or(Interval::ALL);
            (times(&of(&was, &is)), times(&of(&before, &after)))
        }
        Form::Points => {
            (told_interval(&nominal_difference, 2, " points"), told_interval(&difference, 2, " points"))
        }
        Form::Amount => (told_interval(&nominal_difference, 2, ""), told_interval(&difference, 2, "")),
    };
    let range =
        if value == all { String::new() } else { format!(" ({all} for any values that round to these)") };
    let is_multiple = matches!(change.form, Form::Multiple | Form::Halved);
    let of = if is_multiple { "" } else { " of" };
    let way = if is_multiple { "" } else { way };
    let space = if is_multiple { "" } else { " " };
    let arithmetic = format!(
        "from {} to {} is {way}{of}{space}{value}{range}, the draft says {says}",
        words(old),
        words(new)
    );
    let in_points = (change.form == Form::Part && old.unit == Unit::Percent && new.unit == Unit::Percent)
        .then(|| {
            format!(
                "the difference of two percentages is in points: {} percentage points",
                told_interval(&nominal_difference, 2, "")
            )
        });
    reader.report_with(mention.words(), &[old.span, new.span], arithmetic, in_points);
}

/// How a change of that form follows from its two values, where a formula can say so.
fn relation<'m>(
    form: Form,
    change: &Mention,
    old: &'m Mention,
    new: &'m Mention,
) -> Option<(Rule, [&'m Mention; 2])> {
    // "46 per 100,000, from 15": to a formula a number without a unit is no ratio.
    if (old.unit == Unit::Bare) != (new.unit == Unit::Bare) && (old.unit.is_ratio() || new.unit.is_ratio()) {
        return None;
    }
    Some(match form {
        Form::Part | Form::Halved => (Rule::Change, [old, new]),
        // "Three points" are no percentage points where they are read as a count.
        Form::Points if change.unit != Unit::Points => return None,
        Form::Points => (Rule::Points, [old, new]),
        Form::Multiple => (Rule::Ratio, [new, old]),
        Form::Amount => (Rule::Difference, [new, old]),
    })
}

fn point(mention: &Mention) -> Option<Interval> {
    nominal(mention).map(Interval::point)
}

/// `(new − old) ÷ old`.
fn relative(old: &Interval, new: &Interval) -> Option<Interval> {
    checked(ratio(new, old)?.subtract(&Interval::point(Decimal::ONE)))
}

/// Whether a change may be that from one value to the other; `None` where that cannot be computed.
fn is_true(
    reader: &Reader,
    change: &Change,
    mention: &Mention,
    old: &Mention,
    new: &Mention,
) -> Option<bool> {
    let (before, after) = common(old, new, &reader.widths)?;
    let says = stated(mention, &reader.widths);
    let directed = |interval: Interval| match change.direction {
        Some(Direction::Up) => interval,
        Some(Direction::Down) => interval.negate(),
        None => interval.absolute(),
    };
    let says = match change.form {
        // "a change of −5%", "rose −5%": the sign is read literally elsewhere, and not at all here.
        Form::Points if mention.kind == mention::Kind::Points => kept(mention, &says)?,
        Form::Points => times(&says, Decimal::new(1, 2))?,
        Form::Amount => {
            if mention.unit == Unit::Bare || mention.unit == old.unit && mention.factor == old.factor {
                says
            } else {
                kept_as(mention, old, &says)?
            }
        }
        _ => kept(mention, &says)?,
    };
    let says = if mention.is_signed { says.absolute() } else { says };
    let computed = match change.form {
        Form::Part => directed(relative(&before, &after)?),
        Form::Multiple | Form::Halved => ratio(&after, &before)?,
        Form::Points => directed(times(&checked(after.subtract(&before))?, Decimal::new(1, 2))?),
        Form::Amount => directed(checked(after.subtract(&before))?),
    };
    Some(!contradicts(&says, &computed))
}

/// A difference in the unit of the values: as written where one of the two has no unit.
fn kept_as(mention: &Mention, value: &Mention, says: &Interval) -> Option<Interval> {
    if mention.unit == value.unit {
        let kept = kept(mention, says)?;
        return kept.map(|kept| value.factor.written(kept));
    }
    Some(*says)
}
