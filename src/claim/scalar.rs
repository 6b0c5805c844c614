//! The scalars of rule files: strings that are borrowed where they can be, exact numbers, dates, lists of names.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use jiff::civil::Date;

use super::Spanned;
use crate::number::Decimal;

/// A string, borrowed from the file unless it is written with escapes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RawText<'a>(pub Cow<'a, str>);

/// A value as in a story ("more than 117,000"), or a TOML number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawValue<'a> {
    /// A string.
    Text(RawText<'a>),
    /// A TOML integer or float, exact to its last digit.
    Number(Decimal),
}

/// A TOML date (`2025-04-07`), or a string with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawDate(pub Date);

/// Which of the places where a quote stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawOccurrence {
    /// The first is 1.
    Nth(u32),
    /// Every one.
    All,
}

/// A row of a spreadsheet, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawRow(pub u32);

/// One name, or a list of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawNames<'a>(pub Vec<Spanned<RawText<'a>>>);

/// A table whose keys are names that the author gives, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawMap<'a, T>(pub Vec<(Spanned<RawText<'a>>, T)>);

impl<T> Default for RawMap<'_, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl Deref for RawText<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'a, T> Deref for RawMap<'a, T> {
    type Target = [(Spanned<RawText<'a>>, T)];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl fmt::Display for RawText<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The number that TOML digits denote, exactly: `1.50`, `-3`, `9.5e9`.
pub(super) fn exact(digits: &str) -> Result<Decimal, &'static str> {
    const TOO_LONG: &str = "a number with more than 28 digits, which cannot be kept exactly";
    if digits.ends_with("inf") || digits.ends_with("nan") {
        return Err("expected a number, found `inf` or `nan`");
    }
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let mut number = Decimal::from_str_exact(mantissa).map_err(|_| TOO_LONG)?;
    let exponent: i32 = exponent.parse().map_err(|_| TOO_LONG)?;
    let scale = i64::from(number.scale()) - i64::from(exponent);
    number.set_scale(u32::try_from(scale.max(0)).map_err(|_| TOO_LONG)?).map_err(|_| TOO_LONG)?;
    for _ in scale..0 {
        number = number.checked_mul(Decimal::TEN).ok_or(TOO_LONG)?;
    }
    Ok(number)
}
