//! What a written number may stand for, and how values are told.

use crate::hedge::{Hedge, Widths, allowed};
use crate::mention::{Kind, Mention};
use crate::number::{ArithmeticError, Decimal, Interval, Reading};
use crate::unit::{Base, Unit};

/// What fractions and multiples in words may be off by: a third is said of anything from 0.28 to 0.38.
const LOOSE: Decimal = Decimal::from_parts(15, 0, 0, false, 2);

/// All values that a number may stand for as one side of a sum, in the form in which it is written ("$9.5 billion" is
/// 9,450,000,000 to 9,550,000,000): what rounds to its last significant digit, or what its hedge allows.
pub(super) fn operand(mention: &Mention, widths: &Widths) -> Interval {
    match mention.reading {
        Reading::One(written) if matches!(mention.hedge, Hedge::Plain) && !written.fraction => {
            written.rounding()
        }
        _ => allowed(mention.hedge, &mention.reading, widths).whole,
    }
}

/// All values that a number may stand for as the result of one, in the form in which it is written.
pub(super) fn stated(mention: &Mention, widths: &Widths) -> Interval {
    let whole = allowed(mention.hedge, &mention.reading, widths).whole;
    let Reading::One(written) = mention.reading else { return whole };
    let is_word = matches!(mention.kind, Kind::Fraction | Kind::Multiple);
    match mention.hedge {
        Hedge::Plain if is_word => Interval::around(written.value, written.value.abs().saturating_mul(LOOSE)),
        Hedge::Plain => whole.hull(&written.rounding()),
        _ => whole,
    }
}

/// A quantity in the form in which it is kept: 5% as 0.05, "a year" as "a month".
pub(super) fn kept(mention: &Mention, written: &Interval) -> Option<Interval> {
    written.map(|value| mention.factor.kept(value))
}

/// How two numbers can be put beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Common {
    /// As they are written.
    Written,
    /// As they are kept: litres and millilitres.
    Kept,
}

/// Two numbers of one kind, in one form: those of one unit, and those of which one leaves its unit to the other.
pub(super) fn common(a: &Mention, b: &Mention, widths: &Widths) -> Option<(Interval, Interval)> {
    let (left, right) = (operand(a, widths), operand(b, widths));
    match form(a, b)? {
        Common::Written => Some((left, right)),
        Common::Kept => Some((kept(a, &left)?, kept(b, &right)?)),
    }
}

/// Whether two numbers are of one kind.
pub(super) fn is_alike(a: &Mention, b: &Mention) -> bool {
    form(a, b).is_some()
}

/// Whether a number is a quantity that can be compared, summed or shared: no vague word, ratio or age.
pub(super) fn is_value(mention: &Mention) -> bool {
    matches!(
        mention.kind,
        Kind::Number | Kind::Money | Kind::Percent | Kind::Measure | Kind::Rate | Kind::Duration
    ) && matches!(mention.reading, Reading::One(_))
        && !matches!(mention.unit, Unit::Points | Unit::Ratio)
}

fn form(a: &Mention, b: &Mention) -> Option<Common> {
    if !is_value(a) || !is_value(b) {
        return None;
    }
    if a.unit == b.unit {
        return Some(if a.factor == b.factor { Common::Written } else { Common::Kept });
    }
    let bare = |mention: &Mention| mention.unit == Unit::Bare;
    let takes = |mention: &Mention| matches!(mention.kind, Kind::Measure | Kind::Rate | Kind::Money);
    if bare(a) && takes(b) || bare(b) && takes(a) {
        return Some(Common::Written);
    }
    let loose = match (numerator(a.unit), numerator(b.unit)) {
        (Some(a), Some(b)) => a == b,
        _ => false,
    };
    (loose || is_temperature(a.unit) && is_temperature(b.unit)).then_some(Common::Written)
}

/// The money that a unit is made of: "$914 a month" may stand beside "$1,087".
fn numerator(unit: Unit) -> Option<crate::unit::Currency> {
    let Unit::Of(dimension) = unit else { return None };
    dimension.currency()
}

/// Degrees without a scale go with those of any.
fn is_temperature(unit: Unit) -> bool {
    let Unit::Of(dimension) = unit else { return false };
    [Base::Degree, Base::Celsius, Base::Fahrenheit].iter().any(|base| dimension.exponent(*base) == 1)
}

/// Whether no value of one is a value of the other. What lies at the very edge is inside: quotients end somewhere.
pub(super) fn contradicts(stated: &Interval, computed: &Interval) -> bool {
    if !stated.is_disjoint(computed) {
        return false;
    }
    let ends = [computed.low().value(), computed.high().value()];
    let edge = ends.iter().flatten().map(Decimal::abs).max().unwrap_or_default() / Decimal::from(1_000_000);
    let closed = |interval: &Interval, by: Decimal| {
        let low = interval
            .low()
            .value()
            .map_or(crate::number::Low::Unbounded, |low| crate::number::Low::At(low.saturating_sub(by)));
        let high = interval
            .high()
            .value()
            .map_or(crate::number::High::Unbounded, |high| crate::number::High::At(high.saturating_add(by)));
        Interval::new(low, high).unwrap_or(*interval)
    };
    closed(stated, Decimal::ZERO).is_disjoint(&closed(computed, edge))
}

/// `new ÷ old`, where all values of `old` are above zero.
pub(super) fn ratio(new: &Interval, old: &Interval) -> Option<Interval> {
    if old.low().value()? <= Decimal::ZERO {
        return None;
    }
    checked(new.divide(old))
}

/// What could be computed.
pub(super) fn checked(result: Result<Interval, ArithmeticError>) -> Option<Interval> {
    result.ok()
}

/// The sum of values.
pub(super) fn sum(values: impl IntoIterator<Item = Interval>) -> Option<Interval> {
    values.into_iter().try_fold(Interval::point(Decimal::ZERO), |sum, value| checked(sum.add(&value)))
}

/// `interval × by`.
pub(super) fn times(interval: &Interval, by: Decimal) -> Option<Interval> {
    checked(interval.multiply(&Interval::point(by)))
}

/// The value as written, where there is one.
pub(super) fn nominal(mention: &Mention) -> Option<Decimal> {
    match mention.reading {
        Reading::One(written) => Some(written.value),
        _ => None,
    }
}

/// A value with so many decimals at most, its thousands apart.
pub(super) fn told(value: Decimal, decimals: u32) -> String {
    let text = value.round_dp(decimals).normalize().to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("−", digits));
    let mut out = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 3 {
            out.push(',');
        }
        out.push(digit);
    }
    if !rest.is_empty() {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// An interval in words, with a unit behind each number: "5.6%", "5.0% to 6.1%", "more than 2".
pub(super) fn told_interval(interval: &Interval, decimals: u32, unit: &str) -> String {
    match (interval.low().value(), interval.high().value()) {
        (Some(low), Some(high)) => {
            let (low, high) = (told(low, decimals), told(high, decimals));
            if low == high { format!("{low}{unit}") } else { format!("{low}{unit} to {high}{unit}") }
        }
        (Some(low), None) => format!("at least {}{unit}", told(low, decimals)),
        (None, Some(high)) => format!("at most {}{unit}", told(high, decimals)),
        (None, None) => "any number".to_owned(),
    }
}
