//! Values held against other values: what a hedge between two figures says, and what comparisons come to.

use super::{Direction, Held, UnitFit};
use crate::formula::Value;
use crate::hedge::{Hedge, How, Judgement, Verdict, Widths, allowed, judge_against};
use crate::number::{Decimal, Interval, Reading, Written};
use crate::unit::Conversion;

/// Holds a hedge between two values.
pub fn hold_against(hedge: Hedge, value: &Value, other: &Value, widths: &Widths) -> Held {
    let mut unit = UnitFit::Fits;
    let range = match value.unit.conversion(other.unit) {
        Some(Conversion::Factor(_, factors)) => value.range.multiply(&factors).unwrap_or(Interval::ALL),
        Some(Conversion::Same | Conversion::Assumed) => value.range,
        None => {
            unit = UnitFit::Differs { said: other.unit, computed: value.unit };
            value.range
        }
    };
    let mut judgement = judge_against(hedge, &range, &other.range, widths);
    if unit != UnitFit::Fits {
        // Amounts of two units are neither more nor less than each other.
        judgement = Judgement { verdict: Verdict::Refuted, how: How::OtherUnit, warned: None, ..judgement };
    }
    let allowed = allowed(hedge, &exactly(other.nominal), widths);
    let distance = allowed.whole.distance(value.nominal);
    Held {
        nominal: value.nominal,
        range: value.range,
        signed: value.range,
        allowed,
        judgement: Judgement { distance, ..judgement },
        direction: Direction::Fits,
        unit,
    }
}

/// What a comparison comes to, which holds or does not.
pub fn hold_comparison(value: &Value) -> Held {
    let holds = Interval::point(Decimal::ONE);
    let verdict = match value.range.as_point() {
        Some(truth) if truth == Decimal::ONE => Verdict::Supported,
        Some(_) => Verdict::Refuted,
        None => Verdict::Undecided,
    };
    let mut allowed = allowed(Hedge::Exact, &exactly(Decimal::ONE), &Widths::default());
    (allowed.clear, allowed.whole) = (holds, holds);
    let judgement = Judgement { verdict, how: How::Comparison, distance: Decimal::ZERO, warned: None };
    Held {
        nominal: value.nominal,
        range: value.range,
        signed: value.range,
        allowed,
        judgement,
        direction: Direction::Fits,
        unit: UnitFit::Fits,
    }
}

fn exactly(value: Decimal) -> Reading {
    Reading::One(Written { value, step: Decimal::ZERO, firm: true, fraction: false })
}
