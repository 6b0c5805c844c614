//! Words that would fit, in the manner of those that do not.

mod manner;

use std::fmt;

use rust_decimal::{Decimal, dec};

use super::{Hedge, Verdict, Widths, allowed, judge};
use crate::number::{Interval, Reading, Written};
use manner::{Manner, Printed, Towards};

/// Closer than this part of the value, a rounded number needs no "about".
const CLOSE: Decimal = dec!(0.01);

/// How much finer than the written number proposals may be: by so many digits.
const FINER: u32 = 3;

/// Words that fit a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitting {
    /// The class of the hedge.
    pub hedge: Hedge,
    /// The number, without it.
    pub number: String,
}

impl fmt::Display for Fitting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.hedge.words();
        let space = if words.is_empty() { "" } else { " " };
        write!(f, "{words}{space}{}", self.number)
    }
}

/// At most two proposals for `value` (in the written unit) in the manner of the written number `text`: its symbols, scale
/// words and precision first, then one digit finer: "about 6%" and "5.6%" beside "7%". "More than" and its kin keep the
/// class of their hedge, at the nearest number on its side. Each proposal is judged supported without a warning. Empty
/// where nothing fits, or the number is in words and no fraction.
pub fn fitting_words(
    value: Decimal,
    text: &str,
    hedge: Hedge,
    written: &Written,
    widths: &Widths,
) -> Vec<Fitting> {
    let fits = |hedge, number: &Written| {
        let allowed = allowed(hedge, &Reading::One(*number), widths);
        let judged = judge(&allowed, &Interval::point(value), value);
        judged.verdict == Verdict::Supported && judged.warned.is_none()
    };
    if written.fraction {
        return fractions(hedge, value, fits).into_iter().collect();
    }
    let Some(manner) = Manner::of(text, written, value) else { return Vec::new() };
    let mut fitting = Vec::new();
    let is_bound = matches!(candidates(hedge), [_]);
    for finer in 0..=FINER {
        let mut last: Option<(Towards, Printed)> = None;
        let found = candidates(hedge).iter().find_map(|(hedge, towards)| {
            // "About 6%" and "6%" are one number.
            let known = last.take().filter(|(known, _)| known == towards);
            let (_, printed) = match known {
                Some(known) => last.insert(known),
                None => last.insert((*towards, manner.print(value, finer, *towards)?)),
            };
            let off = printed.written.value.saturating_sub(value).abs();
            let is_close = off <= value.abs().saturating_mul(CLOSE);
            // What the digits give exactly needs no hedge, and a bare number should be close.
            let is_apt = match hedge {
                Hedge::Plain => is_close,
                Hedge::About => !off.is_zero(),
                _ => true,
            };
            (is_apt && fits(*hedge, &printed.written))
                .then(|| Fitting { hedge: *hedge, number: printed.text.clone() })
        });
        fitting.extend(found.filter(|words| !fitting.contains(words)));
        // A finer bound says nothing more; a finer number does.
        if fitting.len() == if is_bound { 1 } else { 2 } {
            break;
        }
    }
    fitting
}

/// The hedges to try beside a number in place of the one that was written, the most apt first, with the way to round.
fn candidates(hedge: Hedge) -> &'static [(Hedge, Towards)] {
    match hedge {
        Hedge::Plain | Hedge::Exact => &[(Hedge::Plain, Towards::Nearest), (Hedge::About, Towards::Nearest)],
        Hedge::About => &[(Hedge::About, Towards::Nearest), (Hedge::Plain, Towards::Nearest)],
        Hedge::JustBelow => &[
            (Hedge::JustBelow, Towards::Above),
            (Hedge::About, Towards::Nearest),
            (Hedge::Plain, Towards::Nearest),
        ],
        Hedge::JustAbove => &[
            (Hedge::JustAbove, Towards::Below),
            (Hedge::About, Towards::Nearest),
            (Hedge::Plain, Towards::Nearest),
        ],
        Hedge::Above | Hedge::MuchAbove => &[(Hedge::Above, Towards::StrictlyBelow)],
        Hedge::AtLeast => &[(Hedge::AtLeast, Towards::Below)],
        Hedge::Below | Hedge::MuchBelow => &[(Hedge::Below, Towards::StrictlyAbove)],
        Hedge::AtMost => &[(Hedge::AtMost, Towards::Above)],
    }
}

/// The fractions that people say.
const FRACTIONS: [(u32, u32, &str); 11] = [
    (1, 10, "a tenth"),
    (1, 5, "a fifth"),
    (1, 4, "a quarter"),
    (1, 3, "a third"),
    (2, 5, "two-fifths"),
    (1, 2, "half"),
    (3, 5, "three-fifths"),
    (2, 3, "two-thirds"),
    (3, 4, "three-quarters"),
    (4, 5, "four-fifths"),
    (9, 10, "nine-tenths"),
];

/// The nearest fraction that fits, in words.
fn fractions(hedge: Hedge, value: Decimal, fits: impl Fn(Hedge, &Written) -> bool) -> Option<Fitting> {
    let said = FRACTIONS.iter().map(|(over, under, words)| {
        let share = Decimal::from(*over).checked_div(Decimal::from(*under)).unwrap_or_default();
        (Written { value: share, step: Decimal::ZERO, firm: false, fraction: true }, *words)
    });
    // "No more than half" says nothing that "half" does not where they are the same.
    let hedges = candidates(hedge).iter().map(|(hedge, _)| *hedge);
    hedges.filter(|hedge| *hedge != Hedge::Plain).chain([Hedge::Above, Hedge::Below]).find_map(|hedge| {
        let apart = |written: &Written| written.value.saturating_sub(value).abs();
        let fitting = said.clone().filter(|(written, _)| fits(hedge, written));
        let (_, words) = fitting.min_by_key(|(written, _)| apart(written))?;
        Some(Fitting { hedge, number: words.to_owned() })
    })
}
