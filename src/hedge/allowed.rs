//! What written words allow.
//!
//! Two zones, one inside the other: values that are clearly as said, and values that are still supported, with a warning.
//! All else is refuted. The table stands in `docs/hedges.md`, with what was measured on published prose.

use rust_decimal::{Decimal, dec};

use super::Hedge;
use crate::number::{High, Interval, Low, Reading, Written};

/// How far words reach, as parts of the written value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Widths {
    /// Within this, nobody objects.
    pub near: Decimal,
    /// Within this, a hedge is stretched but not broken.
    pub far: Decimal,
}

/// 5% and 15%.
impl Default for Widths {
    fn default() -> Self {
        Self { near: dec!(0.05), far: dec!(0.15) }
    }
}

/// The set of values that words allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// What is clearly as said.
    pub clear: Interval,
    /// All that is supported: what is clear, and what is warned of.
    pub whole: Interval,
    /// What the warning is; `None` where both zones are one.
    pub warned: Option<Warned>,
    /// The value as written, where there is one.
    pub written: Option<Decimal>,
    /// Whether a hedge, a range or a margin widens it.
    pub is_hedged: bool,
}

/// Why a supported value deserves a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Warned {
    /// Cut off instead of rounded: 77.39 as 77.3.
    Truncated,
    /// Rounded more coarsely than a reader would think: 9.3 million as 10 million.
    CoarseRounding,
    /// Past what "about" or "nearly" usually mean.
    HedgeStretched,
    /// So far past the number that "more than" hides it.
    HedgeUnderstates,
}

/// Within this part of the value a number may be cut off or coarsely rounded.
const COARSE: Decimal = dec!(0.10);

/// What words allow, in the unit that they are written in.
///
/// A range is its two ends, each read with the hedge, and all between them, in whichever order they stand. A margin is
/// meant as it is written. Of a vague word, "more than" and its kin extend the range that it names.
pub fn allowed(hedge: Hedge, reading: &Reading, widths: &Widths) -> Allowed {
    match reading {
        Reading::One(written) => of_one(hedge, written, widths),
        Reading::Range(a, b) => {
            let (low, high) = if a.value <= b.value { (a, b) } else { (b, a) };
            of_range(hedge, &of_one(hedge, low, widths), &of_one(hedge, high, widths))
        }
        Reading::Margin(written, margin) => {
            let end = |value| Written { value, step: Decimal::ZERO, ..*written };
            let (low, high) = (less(written.value, margin.abs()), more(written.value, margin.abs()));
            of_range(hedge, &of_one(hedge, &end(low), widths), &of_one(hedge, &end(high), widths))
        }
        Reading::Vague(interval) => of_vague(hedge, interval),
    }
}

fn of_one(hedge: Hedge, written: &Written, widths: &Widths) -> Allowed {
    let value = written.value;
    let around = |width| Interval::around(value, reach(written, width));
    let stretched = |zone: &dyn Fn(Decimal) -> Interval| {
        (zone(widths.near), zone(widths.far), Some(Warned::HedgeStretched))
    };
    let (clear, whole, warned) = match hedge {
        Hedge::Plain => return plain(written, widths),
        Hedge::Exact => (Interval::point(value), Interval::point(value), None),
        Hedge::About => stretched(&around),
        // Below zero, "nearly" and "just under" point in different directions; both are let pass.
        Hedge::JustBelow | Hedge::JustAbove if value.is_sign_negative() => stretched(&around),
        Hedge::JustBelow => stretched(&|width| {
            interval(Low::At(less(value, reach(written, width))), High::Below(value), value)
        }),
        Hedge::JustAbove => stretched(&|width| {
            interval(Low::Above(value), High::At(more(value, reach(written, width))), value)
        }),
        Hedge::Above | Hedge::AtLeast => {
            let low = if hedge == Hedge::Above { Low::Above(value) } else { Low::At(value) };
            let clear = interval(low, High::At(more(value, telling(written, widths))), value);
            (clear, interval(low, High::Unbounded, value), Some(Warned::HedgeUnderstates))
        }
        Hedge::Below | Hedge::AtMost => {
            let high = if hedge == Hedge::Below { High::Below(value) } else { High::At(value) };
            let clear = interval(Low::At(less(value, telling(written, widths))), high, value);
            (clear, interval(Low::Unbounded, high, value), Some(Warned::HedgeUnderstates))
        }
        Hedge::MuchAbove => {
            let above = Interval::above(more(value, part(value, widths.near)));
            (above, above, None)
        }
        Hedge::MuchBelow => {
            let below = Interval::below(less(value, part(value, widths.near)));
            (below, below, None)
        }
    };
    Allowed { clear: clear_in(clear, whole), whole, warned, written: Some(value), is_hedged: true }
}

/// Without a hedge: what rounds to the number; besides, what was cut off, or rounded coarsely.
fn plain(written: &Written, widths: &Widths) -> Allowed {
    let value = written.value;
    let (near, coarse) = (|| part(value, widths.near), || part(value, COARSE));
    // A loose number promises no more than `near`, a fraction nothing less.
    let (reach, coarse) = match (written.fraction, written.firm) {
        (true, _) => (near(), Some(coarse())),
        (false, true) => (half(written), None),
        (false, false) => {
            let half = half(written);
            (half.min(near()), Some(half.min(coarse())))
        }
    };
    let clear = Interval::around(value, reach);
    let (whole, warned) = match coarse {
        Some(coarse) => {
            let is_wider = coarse > reach;
            (is_wider.then(|| Interval::around(value, coarse)), Warned::CoarseRounding)
        }
        None => (with_cut_off(written, &clear), Warned::Truncated),
    };
    let warned = whole.map(|_| warned);
    Allowed { clear, whole: whole.unwrap_or(clear), warned, written: Some(value), is_hedged: false }
}

/// Between two ends, and as far past them as each reaches.
fn of_range(hedge: Hedge, low: &Allowed, high: &Allowed) -> Allowed {
    let clear = low.clear.hull(&high.clear);
    // What was cut off at an end of a range cannot be told from what lies inside it or past it.
    let (whole, warned) = match hedge {
        Hedge::Plain => (clear, None),
        _ => (low.whole.hull(&high.whole), low.warned.or(high.warned)),
    };
    let warned = warned.filter(|_| whole != clear);
    Allowed { clear, whole, warned, written: None, is_hedged: true }
}

/// "More than several" is open above, "fewer than a dozen or two" below; every other hedge leaves a vague word as it is.
fn of_vague(hedge: Hedge, named: &Interval) -> Allowed {
    let extended = match hedge {
        Hedge::Above | Hedge::AtLeast | Hedge::MuchAbove => Interval::new(named.low(), High::Unbounded),
        Hedge::Below | Hedge::AtMost | Hedge::MuchBelow => Interval::new(Low::Unbounded, named.high()),
        _ => None,
    };
    let whole = extended.unwrap_or(*named);
    Allowed { clear: whole, whole, warned: None, written: None, is_hedged: true }
}

/// What rounds to a number, and past it the values whose digits begin with the written ones, at most a tenth past them;
/// `None` where that is no more.
fn with_cut_off(written: &Written, rounded: &Interval) -> Option<Interval> {
    let (value, step) = (written.value, written.step);
    let tenth = part(value, COARSE);
    let is_short = tenth < step;
    if value.is_sign_negative() {
        rounded.down_to(if is_short { Low::At(less(value, tenth)) } else { Low::Above(less(value, step)) })
    } else {
        rounded.up_to(if is_short { High::At(more(value, tenth)) } else { High::Below(more(value, step)) })
    }
}

/// How far a hedged number reaches: a part of the value, or half a unit of its last digit where that digit was written to
/// be relied on.
fn reach(written: &Written, width: Decimal) -> Decimal {
    let part = part(written.value, width);
    if written.firm && !written.fraction { half(written).max(part) } else { part }
}

/// How far past the number "more than" still tells what the value is like. The next fraction that people say lies
/// further off than the next number: "more than half" is right up to two-thirds.
fn telling(written: &Written, widths: &Widths) -> Decimal {
    let far = part(written.value, widths.far);
    if written.fraction {
        far.saturating_mul(Decimal::TWO)
    } else if written.firm {
        far.max(written.step.saturating_mul(Decimal::TWO))
    } else {
        far
    }
}

fn half(written: &Written) -> Decimal {
    // Multiplying is several times as fast as dividing.
    written.step.saturating_mul(dec!(0.5))
}

fn part(value: Decimal, width: Decimal) -> Decimal {
    value.abs().saturating_mul(width)
}

fn less(value: Decimal, by: Decimal) -> Decimal {
    value.saturating_sub(by)
}

fn more(value: Decimal, by: Decimal) -> Decimal {
    value.saturating_add(by)
}

/// The interval; the value itself where nothing lies between the ends, as for "nearly zero".
fn interval(low: Low, high: High, value: Decimal) -> Interval {
    Interval::new(low, high).unwrap_or(Interval::point(value))
}

/// The clear zone, kept inside the whole: for "more than 0" nothing is clear but all that is allowed.
fn clear_in(clear: Interval, whole: Interval) -> Interval {
    if whole.covers(&clear) { clear } else { whole }
}
