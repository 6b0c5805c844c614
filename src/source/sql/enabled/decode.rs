//! From the texts of a column to values of its kind.

use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, Decimal256Array, StringArray, new_null_array,
};
use datafusion::arrow::buffer::NullBuffer;
use datafusion::arrow::datatypes::{DataType, i256};
use datafusion::arrow::error::ArrowError;

use super::store::Piece;
use super::survey::{Digits, Kind, day, flag};

/// The most digits of the smaller decimal.
const MOST_NARROW: u8 = 38;

impl Kind {
    /// The type that the engine has for it.
    pub(super) fn data_type(self) -> DataType {
        match self {
            Self::Text => DataType::Utf8,
            Self::Number { precision, scale } => {
                let scale = i8::try_from(scale).unwrap_or(i8::MAX);
                if precision <= MOST_NARROW {
                    DataType::Decimal128(precision, scale)
                } else {
                    DataType::Decimal256(precision, scale)
                }
            }
            Self::Day => DataType::Date32,
            Self::Flag => DataType::Boolean,
        }
    }
}

/// The columns of a piece as values; one that it does not have yet is NULL.
pub(super) fn columns(piece: &Piece, kinds: &[(Option<usize>, Kind)]) -> Result<Vec<ArrayRef>, ArrowError> {
    kinds
        .iter()
        .map(|(at, kind)| match at.and_then(|at| piece.columns.get(at)) {
            Some(texts) => values(texts, *kind),
            None => Ok(new_null_array(&kind.data_type(), piece.rows)),
        })
        .collect()
}

fn values(texts: &StringArray, kind: Kind) -> Result<ArrayRef, ArrowError> {
    let cells = || texts.iter().map(Option::unwrap_or_default);
    Ok(match kind {
        Kind::Text => Arc::new(with_nulls(texts)?),
        Kind::Day => Arc::new(cells().map(day).collect::<Date32Array>()),
        Kind::Flag => Arc::new(cells().map(flag).collect::<BooleanArray>()),
        Kind::Number { precision, scale } if precision <= MOST_NARROW => {
            let powers: Vec<i128> = (0..=u32::from(scale)).map(|power| 10_i128.pow(power)).collect();
            let value = |text: &str| {
                let number = Digits::of(text)?;
                let missing = usize::from(scale.saturating_sub(number.scale));
                Some(number.mantissa * powers.get(missing).copied().unwrap_or(1))
            };
            let array: Decimal128Array = cells().map(value).collect();
            Arc::new(array.with_precision_and_scale(precision, i8::try_from(scale).unwrap_or(i8::MAX))?)
        }
        Kind::Number { precision, scale } => {
            let value = |text: &str| {
                let number = Digits::of(text)?;
                let power = i256::from(10).checked_pow(u32::from(scale.saturating_sub(number.scale)))?;
                i256::from_i128(number.mantissa).checked_mul(power)
            };
            let array: Decimal256Array = cells().map(value).collect();
            Arc::new(array.with_precision_and_scale(precision, i8::try_from(scale).unwrap_or(i8::MAX))?)
        }
    })
}

/// The same texts, with NULL for those that have nothing in them.
fn with_nulls(texts: &StringArray) -> Result<StringArray, ArrowError> {
    let is_full: Vec<bool> =
        texts.offsets().windows(2).map(|pair| matches!(pair, [from, to] if from < to)).collect();
    if is_full.iter().all(|is_full| *is_full) {
        return Ok(texts.clone());
    }
    StringArray::try_new(texts.offsets().clone(), texts.values().clone(), Some(NullBuffer::from(is_full)))
}
