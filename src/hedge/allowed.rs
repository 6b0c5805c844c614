//! What written words allow.
//!
//! Two zones, one inside the other: values that are clearly as said, and values that are still supported, with a warning.
//! Anything else is refuted. The table stands in `docs/hedges.md`, with what was measured on published prose.

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

/// Within this part of the value a number may be cut off or coarsely rounded.
const COARSE: Decimal = dec!(0.10);

/// The set of values that words allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// What is clearly as said.
    pub clear: Interval,
    /// All that is supported: what is clear, and what is warned of.
    pub whole: Interval,
    /// What the warning is.
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

/// What words allow, in the unit that they are written in.
pub fn allowed(hedge: Hedge, reading: &Reading, widths: &Widths) -> Allowed {
    match reading {
        Reading::One(written) => of_one(hedge, written, widths),
        Reading::Range(a, b) => {
            let slack = |end: &Written| match hedge {
                Hedge::About => reach(end, widths.near),
                _ => rounding(end, widths),
            };
            let (low, high) = if a.value <= b.value { (a, b) } else { (b, a) };
            let range = Interval::closed(less(low.value, slack(low)), more(high.value, slack(high)));
            Allowed::clearly(range)
        }
        Reading::Margin(written, margin) => {
            Allowed::clearly(Interval::closed(less(written.value, *margin), more(written.value, *margin)))
        }
        Reading::Vague(interval) => Allowed::clearly(*interval),
    }
}

fn of_one(hedge: Hedge, written: &Written, widths: &Widths) -> Allowed {
    let value = written.value;
    let (near, far) = (|| reach(written, widths.near), || reach(written, widths.far));
    let around = |reach: Decimal| Interval::around(value, reach);
    let zones = match hedge {
        Hedge::Plain => return plain(written, widths),
        Hedge::Exact => (Interval::point(value), Interval::point(value), None),
        Hedge::About => (around(near()), around(far()), Some(Warned::HedgeStretched)),
        // Below zero, "nearly" and "just under" point in different directions; both are let pass.
        Hedge::JustBelow | Hedge::JustAbove if value.is_sign_negative() => {
            (around(near()), around(far()), Some(Warned::HedgeStretched))
        }
        Hedge::JustBelow => {
            let below = |reach| interval(Low::At(less(value, reach)), High::Below(value), value);
            (below(near()), below(far()), Some(Warned::HedgeStretched))
        }
        Hedge::JustAbove => {
            let above = |reach| interval(Low::Above(value), High::At(more(value, reach)), value);
            (above(near()), above(far()), Some(Warned::HedgeStretched))
        }
        Hedge::Above | Hedge::AtLeast => {
            let low = if hedge == Hedge::Above { Low::Above(value) } else { Low::At(value) };
            let clear = interval(low, High::At(more(value, understated(written, widths))), value);
            (clear, interval(low, High::Unbounded, value), Some(Warned::HedgeUnderstates))
        }
        Hedge::Below | Hedge::AtMost => {
            let high = if hedge == Hedge::Below { High::Below(value) } else { High::At(value) };
            let clear = interval(Low::At(less(value, understated(written, widths))), high, value);
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
    Allowed { clear: zones.0, whole: zones.1, warned: zones.2, written: Some(value), is_hedged: true }
}

/// Without a hedge: what rounds to the number; besides, what was cut off, or rounded coarsely.
fn plain(written: &Written, widths: &Widths) -> Allowed {
    let value = written.value;
    let around = |reach: Decimal| Interval::around(value, reach);
    let clear = around(rounding(written, widths));
    let (whole, warned) = if written.fraction {
        (around(part(value, COARSE)), Warned::CoarseRounding)
    } else if written.firm {
        (clear.hull(&cut_off(written)), Warned::Truncated)
    } else {
        (around(half(written.step).min(part(value, COARSE))), Warned::CoarseRounding)
    };
    Allowed { clear, whole: whole.hull(&clear), warned: Some(warned), written: Some(value), is_hedged: false }
}

/// How far from a plain number a value may lie that rounds to it. A loose number promises no more than `near`, a
/// fraction nothing less.
fn rounding(written: &Written, widths: &Widths) -> Decimal {
    let near = || part(written.value, widths.near);
    if written.fraction {
        near()
    } else if written.firm {
        half(written.step)
    } else {
        half(written.step).min(near())
    }
}

/// Values whose digits begin with the written ones, at most a tenth past them.
fn cut_off(written: &Written) -> Interval {
    let value = written.value;
    let reach = part(value, COARSE);
    let range = if value.is_sign_negative() {
        let low = less(value, written.step);
        let tenth = less(value, reach);
        Interval::new(if tenth > low { Low::At(tenth) } else { Low::Above(low) }, High::At(value))
    } else {
        let high = more(value, written.step);
        let tenth = more(value, reach);
        Interval::new(Low::At(value), if tenth < high { High::At(tenth) } else { High::Below(high) })
    };
    range.unwrap_or(Interval::point(value))
}

/// How far a hedged number reaches: a part of the value, or half a unit of its last digit where that was written to
/// be relied on.
fn reach(written: &Written, width: Decimal) -> Decimal {
    let half = if written.firm && !written.fraction { half(written.step) } else { Decimal::ZERO };
    half.max(part(written.value, width))
}

/// From where on "more than" hides more than it says.
fn understated(written: &Written, widths: &Widths) -> Decimal {
    let two = if written.firm && !written.fraction {
        written.step.saturating_mul(Decimal::TWO)
    } else {
        Decimal::ZERO
    };
    two.max(part(written.value, widths.far))
}

/// Multiplying takes a tenth of the time that dividing does.
fn half(step: Decimal) -> Decimal {
    step.saturating_mul(dec!(0.5))
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

impl Allowed {
    fn clearly(interval: Interval) -> Self {
        Self { clear: interval, whole: interval, warned: None, written: None, is_hedged: true }
    }
}
