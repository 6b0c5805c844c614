//! What a rule asks of the cells of a column, to select rows by: a value, one of several, or bounds.

use jiff::civil::Date;
use schemars::JsonSchema;

use super::Spanned;
use super::scalar::RawText;
use crate::number::Decimal;

/// What a cell must be.
#[derive(Clone, Debug)]
pub enum RawCondition<'a> {
    /// This value.
    Is(RawCell<'a>),
    /// One of these values.
    OneOf(Vec<Spanned<RawCell<'a>>>),
    /// Whatever all of the bounds allow.
    Within(Box<RawBounds<'a>>),
}

/// A value that a cell is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawCell<'a> {
    /// The text of the cell.
    Text(RawText<'a>),
    /// A number that equals the cell's.
    Number(Decimal),
    /// A day.
    Date(Date),
    /// True or false.
    Flag(bool),
}

/// Values that a cell is held against: one, or a list.
#[derive(Clone, Debug, Default)]
pub struct RawCells<'a>(pub Vec<Spanned<RawCell<'a>>>);

/// A number, exact to its last digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawNumber(pub Decimal);

/// Bounds of what a cell may be; all that are given must hold.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(default, deny_unknown_fields)]
#[schemars(rename = "Bounds")]
pub struct RawBounds<'a> {
    /// The first day, month or year that is meant, or the least number.
    pub from: Option<Spanned<RawCell<'a>>>,
    /// The last day, month or year that is meant, or the greatest number; it is included.
    pub to: Option<Spanned<RawCell<'a>>>,
    /// The cell's number is greater than this.
    pub above: Option<Spanned<RawNumber>>,
    /// The cell's number is this or greater.
    pub at_least: Option<Spanned<RawNumber>>,
    /// The cell's number is less than this.
    pub below: Option<Spanned<RawNumber>>,
    /// The cell's number is this or less.
    pub at_most: Option<Spanned<RawNumber>>,
    /// The cell's text begins with this.
    pub prefix: Option<Spanned<RawText<'a>>>,
    /// What the cell must not be: a value, or a list of them.
    pub not: Option<RawCells<'a>>,
}
