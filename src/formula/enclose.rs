//! The interval that a formula's value lies in when its figures are uncertain.
//!
//! Interval arithmetic alone takes a figure that occurs twice for two figures: `x - x` would not be zero. Where a
//! figure occurs more than once, the sign of the formula's derivative by it (enclosed by forward differentiation over
//! intervals) tells at which end of the figure the formula is least and greatest. Where the sign is not constant, the
//! figure's interval is halved a bounded number of times; what then remains is wider than need be but never wrong. See
//! R. E. Moore, R. B. Kearfott, M. J. Cloud, "Introduction to Interval Analysis" (2009), section 6.4, on monotone
//! inclusion.

mod pass;
mod slope;

use std::cmp::Ordering;

use super::evaluate::{Cell, Quantity};
use super::{Comparison, Formula, FormulaError, NodeKind};
use crate::number::{Decimal, High, Interval, Low};
use pass::Pass;

/// How often an interval is halved at most: 32 parts.
const HALVINGS: u32 = 5;

/// How many operations on intervals a formula may cost, so that one of a megabyte does not take minutes.
const WORK: usize = 1 << 18;

/// Encloses the whole formula, whose nodes came to `cells`.
pub(super) fn range(
    formula: &Formula<'_>,
    figures: &[Quantity],
    cells: &[Cell],
) -> Result<Interval, FormulaError> {
    let given: Vec<Interval> = figures.iter().map(|figure| figure.range).collect();
    let pass = Pass { formula, cells };
    let repeated = repeated(formula, &given);
    let parts = WORK / (formula.nodes.len() * (repeated.len() + 1)).max(1);
    let whole = if repeated.is_empty() || parts == 0 {
        pass.end(&given)?
    } else {
        enclose(&pass, &given, &repeated, parts.ilog2().min(HALVINGS))?
    };
    let root = formula.nodes.last().map(|node| &node.kind);
    Ok(root.filter(|_| formula.is_comparison()).map_or(whole, |comparison| truth(comparison, &whole)))
}

/// Encloses the formula over a box of figures, of which `repeated` are uncertain and occur more than once.
fn enclose(
    pass: &Pass<'_, '_>,
    figures: &[Interval],
    repeated: &[usize],
    halvings: u32,
) -> Result<Interval, FormulaError> {
    let plain = pass.run(figures);
    let (whole, widest) = match &plain {
        Ok(plain) => {
            let (whole, undecided) = by_monotony(pass, figures, repeated, plain);
            (Some(whole), widest(figures, undecided.into_iter()))
        }
        // A divisor that could be zero may be so only because a figure in it was taken for two.
        Err(_) => (None, widest(figures, repeated.iter().copied())),
    };
    if let Some((at, halves)) = widest.filter(|_| halvings > 0) {
        let of_half = |half: Interval| {
            let mut figures = figures.to_vec();
            if let Some(figure) = figures.get_mut(at) {
                *figure = half;
            }
            enclose(pass, &figures, repeated, halvings - 1)
        };
        let [lower, upper] = halves;
        let both = of_half(lower)?.hull(&of_half(upper)?);
        return Ok(whole.and_then(|whole| whole.intersection(&both)).unwrap_or(both));
    }
    match whole {
        Some(whole) => Ok(whole),
        None => plain.map(|_| Interval::ALL),
    }
}

/// The tightest interval without halving, and the figures in which the formula both rises and falls.
fn by_monotony(
    pass: &Pass<'_, '_>,
    figures: &[Interval],
    repeated: &[usize],
    plain: &[Interval],
) -> (Interval, Vec<usize>) {
    let whole = plain.last().copied().unwrap_or(Interval::ALL);
    let mut least = Corner::new(figures);
    let mut greatest = Corner::new(figures);
    let mut undecided = Vec::new();
    for &index in repeated {
        let slope = slope::by(pass, plain, index);
        let (falls, rises) = (can_be(&slope, Ordering::Less), can_be(&slope, Ordering::Greater));
        if falls && rises {
            undecided.push(index);
            continue;
        }
        let is_strict = !slope.contains(Decimal::ZERO);
        let (lower, upper) = if rises { (&mut least, &mut greatest) } else { (&mut greatest, &mut least) };
        lower.pin_low(index, is_strict);
        upper.pin_high(index, is_strict);
    }
    // At an end that a figure never reaches, the formula need not have a value: `1 / a` for a above 0.
    let end = |corner: &Corner| pass.end(&corner.figures).unwrap_or(whole);
    let (low, high) = (end(&least).low(), end(&greatest).high());
    let low = low.value().filter(|_| least.is_excluded).map_or(low, Low::Above);
    let high = high.value().filter(|_| greatest.is_excluded).map_or(high, High::Below);
    let tight = Interval::new(low, high).unwrap_or(whole);
    (tight.intersection(&whole).unwrap_or(whole), undecided)
}

/// The figure with the widest interval of those named, and its halves; `None` where all are unbounded.
fn widest(figures: &[Interval], of: impl Iterator<Item = usize>) -> Option<(usize, [Interval; 2])> {
    let bounded = of.filter_map(|at| {
        let figure = figures.get(at)?;
        let (low, high) = (figure.low().value()?, figure.high().value()?);
        Some((high.checked_sub(low)?, at, figure, low.checked_add(high)?.checked_div(Decimal::TWO)?))
    });
    let (_, at, figure, middle) = bounded.max_by_key(|(width, ..)| *width)?;
    let lower = Interval::new(figure.low(), High::At(middle))?;
    let upper = Interval::new(Low::At(middle), figure.high())?;
    Some((at, [lower, upper]))
}

/// Figures held at the ends at which the formula is least, or greatest.
struct Corner {
    figures: Vec<Interval>,
    /// Whether some figure approaches its end without reaching it, and the formula with it.
    is_excluded: bool,
}

impl Corner {
    fn new(figures: &[Interval]) -> Self {
        Self { figures: figures.to_vec(), is_excluded: false }
    }

    fn pin_low(&mut self, index: usize, is_strict: bool) {
        let Some(figure) = self.figures.get_mut(index) else { return };
        if let Some(end) = figure.low().value() {
            self.is_excluded |= is_strict && !figure.low().is_included();
            *figure = Interval::point(end);
        }
    }

    fn pin_high(&mut self, index: usize, is_strict: bool) {
        let Some(figure) = self.figures.get_mut(index) else { return };
        if let Some(end) = figure.high().value() {
            self.is_excluded |= is_strict && !figure.high().is_included();
            *figure = Interval::point(end);
        }
    }
}

/// Whether a comparison holds for two numbers of this order.
pub(super) fn holds(kind: &NodeKind, order: Ordering) -> bool {
    let NodeKind::Compare(comparison, ..) = kind else { return false };
    match comparison {
        Comparison::Less => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::AtLeast => order.is_ge(),
        Comparison::Equal => order.is_eq(),
        Comparison::Unequal => order.is_ne(),
    }
}

/// From the difference of the two sides: 1 where the comparison holds for all of it, 0 where for none, else from 0 to
/// 1.
fn truth(kind: &NodeKind, difference: &Interval) -> Interval {
    let zero = Interval::point(Decimal::ZERO);
    let orders = [
        (Ordering::Less, !Interval::below(Decimal::ZERO).is_disjoint(difference)),
        (Ordering::Equal, !zero.is_disjoint(difference)),
        (Ordering::Greater, !Interval::above(Decimal::ZERO).is_disjoint(difference)),
    ];
    let possible = || orders.iter().filter(|(_, possible)| *possible).map(|(order, _)| holds(kind, *order));
    let low = possible().all(|holds| holds);
    let high = possible().any(|holds| holds);
    Interval::closed(Decimal::from(u8::from(low)), Decimal::from(u8::from(high)))
}

/// Uncertain figures that occur more than once.
fn repeated(formula: &Formula<'_>, figures: &[Interval]) -> Vec<usize> {
    let mut counts = vec![0usize; figures.len()];
    for node in &formula.nodes {
        let NodeKind::Figure(index) = node.kind else { continue };
        if let Some(count) = counts.get_mut(index as usize) {
            *count += 1;
        }
    }
    let is_uncertain = |at: &usize| figures.get(*at).is_some_and(|figure| figure.as_point().is_none());
    (0..figures.len())
        .filter(|at| counts.get(*at).is_some_and(|count| *count > 1))
        .filter(is_uncertain)
        .collect()
}

/// Whether the slope can have this sign.
fn can_be(slope: &Interval, sign: Ordering) -> bool {
    let side = if sign.is_lt() { Interval::below(Decimal::ZERO) } else { Interval::above(Decimal::ZERO) };
    !side.is_disjoint(slope)
}
