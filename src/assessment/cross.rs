//! A figure, and another way to the same number.

use super::FileText;
use crate::number::{Decimal, Interval};
use crate::text::Span;
use crate::unit::Unit;

/// A figure that is not what its cross-check gives. Values are as they are kept: 5% is 0.05.
#[derive(Clone, Debug)]
pub struct CrossCheck<'a> {
    /// The figure.
    pub name: &'a str,
    /// The other way.
    pub formula: &'a str,
    /// The rule file that says so.
    pub file: &'a FileText<'a>,
    /// Where in it.
    pub span: Span,
    /// The figure's value, where it lies, and its unit.
    pub own: (Decimal, Interval, Unit),
    /// The same of the other way.
    pub other: (Decimal, Interval, Unit),
    /// The figure and those of the other way, by their index in [`super::Story::figures`].
    pub figures: Vec<usize>,
    /// In what they differ.
    pub difference: CrossDifference,
}

/// In what two ways to a number differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrossDifference {
    /// In value.
    Value,
    /// In value, by no more than the digits printed may have been rounded.
    Rounding,
    /// In unit.
    Unit,
}
