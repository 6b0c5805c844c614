//! Words held against a value: in one unit, in the direction that is said.

use crate::formula::{Sense, Value};
use crate::hedge::{self, Allowed, How, Judgement, Verdict, Widths, allowed, judge};
use crate::mention::{Kind, Mention};
use crate::number::{Decimal, Interval};
use crate::text::Span;
use crate::unit::{Conversion, Unit};

/// Words and value side by side; values are in the unit of the words, as written.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// The value: its size, where a difference is said without a sign.
    pub nominal: Decimal,
    /// Where it lies.
    pub range: Interval,
    /// Where it lies, with its sign.
    pub signed: Interval,
    /// What the words allow.
    pub allowed: Allowed,
    /// The verdict.
    pub judgement: Judgement,
    /// Which way the difference goes, and which way the words say.
    pub direction: Direction,
    /// Whether words and value have one unit.
    pub unit: UnitFit,
}

/// Which way a difference goes, held against the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Nothing to hold, or it fits.
    Fits,
    /// The words say the other way.
    Differs {
        /// Where they say it, in the passage.
        word: Span,
        /// Which way they say.
        said: hedge::Direction,
    },
    /// It is negative, and no word says so.
    Unsaid,
}

/// Whether words and value have one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitFit {
    /// They have, or one takes the other's.
    Fits,
    /// They have, after converting between days and months, which is not exact.
    Converted,
    /// They have not.
    Differs {
        /// The words' unit.
        said: Unit,
        /// The value's.
        computed: Unit,
    },
    /// The words state no unit, and would fit as a percentage.
    PercentMissing,
}

/// Holds words against a value. `direction` finds the word that says which way the number goes; it is asked only where
/// that can matter.
pub fn hold(
    mention: &Mention,
    value: &Value,
    direction: impl FnOnce() -> Option<(hedge::Direction, Span)>,
    widths: &Widths,
) -> Held {
    let allowed = allowed(mention.hedge, &mention.reading, widths);
    let Some(Written { nominal, range, mut unit }) = as_written(mention, value) else {
        let unit = UnitFit::Differs { said: mention.unit, computed: value.unit };
        let judgement = refuted(How::OtherUnit);
        return Held {
            nominal: value.nominal,
            range: value.range,
            signed: value.range,
            allowed,
            judgement,
            direction: Direction::Fits,
            unit,
        };
    };
    let is_signed = mention.is_signed || value.difference.is_none() || is_negative(mention);
    let (size, sizes) = if is_signed { (nominal, range) } else { (nominal.abs(), range.absolute()) };
    let mut judgement = judge(&allowed, &sizes, size);
    let direction = if is_signed {
        Direction::Fits
    } else if has_both_signs(&range) {
        // The size may fit while nobody knows whether it rose or fell, which the draft says.
        if judgement.verdict == Verdict::Supported && direction().is_some() {
            judgement =
                Judgement { verdict: Verdict::Undecided, how: How::PartlyOutside, warned: None, ..judgement };
        }
        Direction::Fits
    } else {
        of_direction(value, &range, direction)
    };
    if matches!(direction, Direction::Differs { .. }) && judgement.verdict == Verdict::Supported {
        judgement = refuted(How::OtherDirection);
    }
    if mention.unit == Unit::Bare && value.unit.is_ratio() && judgement.verdict == Verdict::Refuted {
        let hundredfold = size.checked_mul(Decimal::ONE_HUNDRED);
        if hundredfold.is_some_and(|percent| allowed.whole.contains(percent)) {
            unit = UnitFit::PercentMissing;
        }
    }
    Held { nominal: size, range: sizes, signed: range, allowed, judgement, direction, unit }
}

fn has_both_signs(range: &Interval) -> bool {
    range.low().value().is_none_or(|low| low < Decimal::ZERO)
        && range.high().value().is_none_or(|high| high > Decimal::ZERO)
}

fn refuted(how: How) -> Judgement {
    Judgement { verdict: Verdict::Refuted, how, distance: Decimal::ZERO, warned: None }
}

fn is_negative(mention: &Mention) -> bool {
    matches!(mention.reading, crate::number::Reading::One(written) if written.value.is_sign_negative())
}

/// A value in the unit of the words.
struct Written {
    nominal: Decimal,
    range: Interval,
    unit: UnitFit,
}

fn as_written(mention: &Mention, value: &Value) -> Option<Written> {
    let plain = Written { nominal: value.nominal, range: value.range, unit: UnitFit::Fits };
    let says_doubled =
        mention.kind == Kind::Multiple && value.unit == Unit::Percent && value.difference.is_some();
    if says_doubled {
        // "doubled" is a change of 100%.
        let nominal = plain.nominal.checked_add(Decimal::ONE)?;
        let range = plain.range.add(&Interval::point(Decimal::ONE)).ok()?;
        return Some(Written { nominal, range, ..plain });
    }
    let factor = match value.unit.conversion(mention.unit)? {
        Conversion::Assumed if !mention.unit.is_ratio() => return Some(plain),
        Conversion::Same | Conversion::Assumed => None,
        Conversion::Factor(nominal, range) => Some((nominal, range)),
    };
    let (mut nominal, mut range, mut unit) = (plain.nominal, plain.range, UnitFit::Fits);
    if let Some((factor, factors)) = factor {
        nominal = nominal.checked_mul(factor)?;
        range = range.multiply(&factors).ok()?;
        unit = UnitFit::Converted;
    }
    let written = |kept: Decimal| mention.factor.written(kept);
    if range.as_point() == Some(nominal) {
        let nominal = written(nominal)?;
        return Some(Written { nominal, range: Interval::point(nominal), unit });
    }
    Some(Written { nominal: written(nominal)?, range: range.map(written)?, unit })
}

fn of_direction(
    value: &Value,
    range: &Interval,
    word: impl FnOnce() -> Option<(hedge::Direction, Span)>,
) -> Direction {
    let is_negative = range.high().value().is_some_and(|high| high < Decimal::ZERO);
    let is_positive = range.low().value().is_some_and(|low| low > Decimal::ZERO);
    let (Some(sense), true) = (value.difference, is_negative || is_positive) else { return Direction::Fits };
    // Whoever writes `before - after` for a fall writes it so that it comes out positive.
    if sense == Sense::Unknown && is_positive {
        return Direction::Fits;
    }
    let Some((said, word)) = word() else {
        return if is_negative { Direction::Unsaid } else { Direction::Fits };
    };
    let contradicts = match sense {
        Sense::Rise => (said == hedge::Direction::Up) == is_negative,
        Sense::Fall => (said == hedge::Direction::Up) == is_positive,
        Sense::Unknown => said == hedge::Direction::Up,
    };
    if contradicts { Direction::Differs { word, said } } else { Direction::Fits }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::hedge::Lexicon;
    use crate::mention::read_whole;
    use crate::scope::Scope;

    fn verdict(words: &str, low: Decimal, high: Decimal) -> (Verdict, How) {
        let lexicon = Lexicon::shipped();
        let mention = read_whole(words, lexicon).unwrap();
        let value = Value {
            nominal: high,
            range: Interval::closed(low, high),
            unit: Unit::Percent,
            scope: Scope::default(),
            difference: Some(Sense::Rise),
            is_comparison: false,
            issues: Vec::new(),
            across_years: None,
        };
        let held = hold(&mention, &value, || lexicon.direction(words, mention.words()), &Widths::default());
        (held.judgement.verdict, held.judgement.how)
    }

    #[test]
    fn a_direction_that_the_figures_leave_open_is_not_supported() {
        assert_eq!(verdict("fell by less than 3%", dec!(-0.02), dec!(-0.01)).0, Verdict::Supported);
        assert_eq!(
            verdict("fell by less than 3%", dec!(0.01), dec!(0.02)),
            (Verdict::Refuted, How::OtherDirection)
        );
        assert_eq!(verdict("fell by less than 3%", dec!(-0.01), dec!(0.02)).0, Verdict::Undecided);
    }
}
