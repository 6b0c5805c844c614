//! Decimals wide enough for what is done with them.

use datafusion::arrow::datatypes::{DataType, i256};
use datafusion::common::{DFSchema, ScalarValue};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::expr::Cast;
use datafusion::logical_expr::{BinaryExpr, Expr, ExprSchemable, Operator};

use crate::source::query::QueryError;

/// How many digits a number may have, in all and after the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digits {
    pub(super) precision: u8,
    pub(super) scale: u8,
}

/// The most digits of the engine's decimals.
const NARROW: u8 = 38;
const WIDE: u8 = 76;
/// The most digits of what is summed up in a narrow decimal: it does not wrap before there are 10^19 rows.
const SUMMED_NARROW: u8 = 19;
/// The most digits of what is summed up at all: the engine gives a sum ten digits more.
const SUMMED: u8 = 66;
/// The digits after the point of a quotient: the 28 that are kept, and some that keep the last of them right.
pub(super) const QUOTIENT: u8 = 34;
/// How many of them the engine adds by itself.
const ADDED: u8 = 4;

impl Digits {
    /// The digits of an expression that is exact: an integer or a decimal. Literals have as many as are written.
    pub(super) fn of(expr: &Expr, schema: &DFSchema) -> Result<Option<Self>, DataFusionError> {
        if let Expr::Literal(value, _) = expr
            && let Some(size) = integer(value)
        {
            let digits = size.checked_ilog10().map_or(1, |power| power + 1);
            return Ok(Some(Self { precision: u8::try_from(digits).unwrap_or(NARROW), scale: 0 }));
        }
        Ok(Self::of_type(&expr.get_type(schema)?))
    }

    fn of_type(kind: &DataType) -> Option<Self> {
        let whole = |precision| Some(Self { precision, scale: 0 });
        match *kind {
            DataType::Int8 | DataType::UInt8 => whole(3),
            DataType::Int16 | DataType::UInt16 => whole(5),
            DataType::Int32 | DataType::UInt32 => whole(10),
            DataType::Int64 => whole(19),
            DataType::UInt64 => whole(20),
            DataType::Decimal32(precision, scale)
            | DataType::Decimal64(precision, scale)
            | DataType::Decimal128(precision, scale)
            | DataType::Decimal256(precision, scale) => Some(match u8::try_from(scale) {
                Ok(scale) => Self { precision, scale },
                // Zeros before the point that are not kept.
                Err(_) => {
                    Self { precision: precision.saturating_add(scale.unsigned_abs()).min(WIDE), scale: 0 }
                }
            }),
            _ => None,
        }
    }

    /// The engine's type.
    pub(super) fn data_type(self) -> DataType {
        let scale = i8::try_from(self.scale).unwrap_or(i8::MAX);
        if self.is_wide() {
            DataType::Decimal256(self.precision.min(WIDE), scale)
        } else {
            DataType::Decimal128(self.precision.max(1), scale)
        }
    }

    pub(super) fn is_wide(self) -> bool {
        self.precision > NARROW
    }

    /// An expression as a decimal of so many digits.
    pub(super) fn cast(self, expr: Expr) -> Expr {
        cast(expr, self.data_type())
    }

    /// An expression as a wide decimal of so many digits.
    pub(super) fn cast_wide(self, expr: Expr) -> Expr {
        cast(
            expr,
            DataType::Decimal256(self.precision.min(WIDE), i8::try_from(self.scale).unwrap_or(i8::MAX)),
        )
    }

    /// Those that hold both of two numbers.
    pub(super) fn with(self, other: Self) -> Self {
        let scale = self.scale.max(other.scale);
        Self { precision: scale.saturating_add(self.whole().max(other.whole())), scale }
    }

    fn whole(self) -> u8 {
        self.precision.saturating_sub(self.scale)
    }

    /// Those in which a sum does not wrap.
    pub(super) fn summed(self) -> Result<Self, DataFusionError> {
        match self.precision {
            0..=SUMMED_NARROW => Ok(self),
            precision if precision <= SUMMED => {
                Ok(Self { precision: self.precision.max(NARROW + 1), scale: self.scale })
            }
            _ => Err(too_many("that is summed up")),
        }
    }

    /// Those that hold half of a sum of two.
    pub(super) fn halved(self) -> Self {
        Self { precision: (self.precision + 2).min(WIDE), scale: (self.scale + 1).min(WIDE) }
    }
}

/// Arithmetic of two exact numbers, in decimals that hold what comes out.
pub(super) fn in_decimals(binary: BinaryExpr, left: Digits, right: Digits) -> Expr {
    let BinaryExpr { left: a, op, right: b } = binary;
    let (mut left, mut right) = (left, right);
    let precision = match op {
        Operator::Multiply => {
            // Only quotients have so many digits; of those the last ones are no longer known.
            if left.scale + right.scale > WIDE {
                left = left.rounded(NARROW);
                right = right.rounded(NARROW);
            }
            left.precision.saturating_add(right.precision).saturating_add(1)
        }
        Operator::Divide => {
            let scale = left.scale.max(QUOTIENT - ADDED);
            left = Digits { precision: left.whole().saturating_add(scale).min(WIDE), scale };
            WIDE
        }
        _ => left.with(right).precision.saturating_add(1),
    };
    let is_wide = precision > NARROW || left.is_wide() || right.is_wide();
    let (a, b) =
        if is_wide { (left.cast_wide(*a), right.cast_wide(*b)) } else { (left.cast(*a), right.cast(*b)) };
    let result = Expr::BinaryExpr(BinaryExpr { left: Box::new(a), op, right: Box::new(b) });
    let is_long = op == Operator::Divide && left.scale > QUOTIENT - ADDED;
    if is_long {
        let whole = left.whole().saturating_add(right.scale);
        return Digits { precision: whole.saturating_add(QUOTIENT).min(WIDE), scale: QUOTIENT }
            .cast_wide(result);
    }
    result
}

impl Digits {
    /// With fewer digits after the point.
    fn rounded(self, scale: u8) -> Self {
        let scale = self.scale.min(scale);
        Self { precision: self.whole().saturating_add(scale).min(WIDE), scale }
    }
}

fn cast(expr: Expr, to: DataType) -> Expr {
    if let Expr::Literal(value, metadata) = &expr
        && let Some(size) = integer(value)
        && let Ok(size) = i128::try_from(size)
    {
        let number = if is_negative(value) { -size } else { size };
        let literal = match to {
            DataType::Decimal128(precision, 0) => Some(ScalarValue::Decimal128(Some(number), precision, 0)),
            DataType::Decimal256(precision, 0) => {
                Some(ScalarValue::Decimal256(Some(i256::from_i128(number)), precision, 0))
            }
            _ => None,
        };
        if let Some(literal) = literal {
            return Expr::Literal(literal, metadata.clone());
        }
    }
    Expr::Cast(Cast::new(Box::new(expr), to))
}

/// The size of a whole number that is written in the query.
fn integer(value: &ScalarValue) -> Option<u128> {
    match *value {
        ScalarValue::Int64(Some(number)) => Some(u128::from(number.unsigned_abs())),
        ScalarValue::Int32(Some(number)) => Some(u128::from(number.unsigned_abs())),
        ScalarValue::UInt64(Some(number)) => Some(u128::from(number)),
        _ => None,
    }
}

fn is_negative(value: &ScalarValue) -> bool {
    matches!(*value, ScalarValue::Int64(Some(..0)) | ScalarValue::Int32(Some(..0)))
}

fn too_many(what: &str) -> DataFusionError {
    DataFusionError::External(Box::new(QueryError::TooManyDigits(what.to_owned())))
}
