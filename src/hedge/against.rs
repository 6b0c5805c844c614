//! Hedges between two computed values.

use rust_decimal::Decimal;

use super::verdict::{How, Judgement, Verdict};
use super::{Hedge, Warned, Widths};
use crate::number::{High, Interval, Low};

/// Holds a hedge between two values: it is supported if it holds for every pair of them, refuted if for none. The second
/// value stands where a number would be written, exactly; "more than" is never said to understate, as it names no
/// number. Unlike beside a written number, "under" and "over" are meant literally below zero.
pub fn judge_against(hedge: Hedge, range: &Interval, other: &Interval, widths: &Widths) -> Judgement {
    let clear = Relation::of(hedge, widths.near, widths.near);
    let whole = Relation::of(hedge, widths.far, widths.near);
    let some = whole.with_some(other);
    let distance = gap(range, &some.unwrap_or(*other));
    if some.is_none_or(|some| range.is_disjoint(&some)) {
        return Judgement { verdict: Verdict::Refuted, how: How::Outside, distance, warned: None };
    }
    if !whole.with_every(other).is_some_and(|every| every.covers(range)) {
        return Judgement { verdict: Verdict::Undecided, how: How::PartlyOutside, distance, warned: None };
    }
    let is_stretched = clear.with_some(other).is_none_or(|clear| range.is_disjoint(&clear));
    let warned = is_stretched.then_some(Warned::HedgeStretched);
    let is_same = range.as_point().is_some() && range.as_point() == other.as_point();
    let how = match warned {
        Some(_) => How::HedgeStretched,
        None if is_same => How::Exact,
        None => How::WithinHedge,
    };
    Judgement { verdict: Verdict::Supported, how, distance, warned }
}

/// Which values stand in a relation to another: those between two bounds, each a part of that other value away from it.
#[derive(Clone, Copy)]
struct Relation {
    low: Option<Bound>,
    high: Option<Bound>,
}

/// `v + part × |v|`, which grows with `v` as long as the part is under one.
#[derive(Clone, Copy)]
struct Bound {
    part: Decimal,
    is_included: bool,
}

impl Relation {
    /// The relation of a hedge that reaches so far; "well over" and "well under" begin at `near`.
    fn of(hedge: Hedge, reach: Decimal, near: Decimal) -> Self {
        let at = |part| Some(Bound { part, is_included: true });
        let past = |part| Some(Bound { part, is_included: false });
        let (low, high) = match hedge {
            Hedge::Plain | Hedge::Exact => (at(Decimal::ZERO), at(Decimal::ZERO)),
            Hedge::About => (at(-reach), at(reach)),
            Hedge::JustBelow => (at(-reach), past(Decimal::ZERO)),
            Hedge::JustAbove => (past(Decimal::ZERO), at(reach)),
            Hedge::Above => (past(Decimal::ZERO), None),
            Hedge::AtLeast => (at(Decimal::ZERO), None),
            Hedge::Below => (None, past(Decimal::ZERO)),
            Hedge::AtMost => (None, at(Decimal::ZERO)),
            Hedge::MuchAbove => (past(near), None),
            Hedge::MuchBelow => (None, past(-near)),
        };
        Self { low, high }
    }

    /// The values that stand in the relation to at least one of `others`; `None` where no value does, as for "just
    /// under" zero.
    fn with_some(self, others: &Interval) -> Option<Interval> {
        let low = match (self.low, others.low()) {
            (None, _) | (_, Low::Unbounded) => Low::Unbounded,
            (Some(bound), Low::At(value)) if bound.is_included => Low::At(bound.from(value)),
            (Some(bound), Low::At(value) | Low::Above(value)) => Low::Above(bound.from(value)),
        };
        let high = match (self.high, others.high()) {
            (None, _) | (_, High::Unbounded) => High::Unbounded,
            (Some(bound), High::At(value)) if bound.is_included => High::At(bound.from(value)),
            (Some(bound), High::At(value) | High::Below(value)) => High::Below(bound.from(value)),
        };
        Interval::new(low, high)
    }

    /// The values that stand in the relation to every one of `others`; `None` where no value does.
    fn with_every(self, others: &Interval) -> Option<Interval> {
        let low = match (self.low, others.high()) {
            (None, _) => Low::Unbounded,
            (_, High::Unbounded) => return None,
            (Some(bound), High::At(value)) if !bound.is_included => Low::Above(bound.from(value)),
            // Above everything below a value is that value too.
            (Some(bound), High::At(value) | High::Below(value)) => Low::At(bound.from(value)),
        };
        let high = match (self.high, others.low()) {
            (None, _) => High::Unbounded,
            (_, Low::Unbounded) => return None,
            (Some(bound), Low::At(value)) if !bound.is_included => High::Below(bound.from(value)),
            (Some(bound), Low::At(value) | Low::Above(value)) => High::At(bound.from(value)),
        };
        Interval::new(low, high)
    }
}

impl Bound {
    fn from(self, value: Decimal) -> Decimal {
        value.saturating_add(value.abs().saturating_mul(self.part))
    }
}

/// How far apart two intervals lie; 0 where they meet.
fn gap(a: &Interval, b: &Interval) -> Decimal {
    let apart = |high: High, low: Low| {
        high.value().zip(low.value()).map_or(Decimal::ZERO, |(high, low)| low.saturating_sub(high))
    };
    apart(a.high(), b.low()).max(apart(b.high(), a.low())).max(Decimal::ZERO)
}
