//! From the engine's rows to a reply.

use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{
    DataType, Decimal128Type, Decimal256Type, Float32Type, Float64Type, SchemaRef,
};
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::error::DataFusionError;
use datafusion::execution::SendableRecordBatchStream;
use futures::StreamExt;

use super::failure::Failure;
use crate::source::query::{Limits, QueryError, Reply, Value};

/// From this many digits after the point on, a number comes from a quotient, and is not exact to the last of them.
const INEXACT: i8 = 34;
/// How many digits a quotient is given with, after the point and in all.
const KEPT: usize = 28;

/// Reads all rows, as long as they keep within bounds.
pub(in crate::source) async fn collect(mut stream: SendableRecordBatchStream) -> Result<Reply, Failure> {
    let mut reply = Reply { columns: columns(&stream.schema())?, rows: Vec::new() };
    let mut bytes: usize = reply.columns.iter().map(String::len).sum();
    while let Some(batch) = stream.next().await {
        let batch = batch?;
        if reply.rows.len() + batch.num_rows() > Limits::ROWS {
            return Err(QueryError::TooMuch { most: Limits::ROWS, what: "rows" }.into());
        }
        let start = reply.rows.len();
        reply.rows.resize(start + batch.num_rows(), Vec::with_capacity(batch.num_columns()));
        append(&batch, reply.rows.get_mut(start..).unwrap_or_default(), &reply.columns, &mut bytes)?;
    }
    Ok(reply)
}

/// The names of the columns, which are to be told apart.
fn columns(schema: &SchemaRef) -> Result<Vec<String>, QueryError> {
    if schema.fields().len() > Limits::COLUMNS {
        return Err(QueryError::TooMuch { most: Limits::COLUMNS, what: "columns" });
    }
    let mut names: Vec<String> = Vec::with_capacity(schema.fields().len());
    for field in schema.fields() {
        if names.contains(field.name()) {
            return Err(QueryError::SameName(field.name().clone()));
        }
        names.push(field.name().clone());
    }
    Ok(names)
}

fn append(
    batch: &RecordBatch,
    rows: &mut [Vec<Value>],
    names: &[String],
    bytes: &mut usize,
) -> Result<(), Failure> {
    for (column, name) in batch.columns().iter().zip(names) {
        let printer = Printer::new(column, name)?;
        for (at, row) in rows.iter_mut().enumerate() {
            let value = if printer.column.is_null(at) { Value::Null } else { printer.value(at)? };
            if let Value::Exact(text) | Value::Float(text) | Value::Text(text) = &value {
                *bytes += text.len();
            }
            if *bytes > Limits::BYTES {
                return Err(QueryError::TooMuch { most: Limits::BYTES, what: "bytes" }.into());
            }
            row.push(value);
        }
    }
    Ok(())
}

/// Prints the values of a column.
struct Printer {
    column: ArrayRef,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Whole,
    Decimal(i8),
    Wide(i8),
    Float,
    Short,
    Text,
}

impl Printer {
    fn new(column: &ArrayRef, name: &str) -> Result<Self, Failure> {
        let plain = |column: &ArrayRef, to: &DataType| cast(column, to).map_err(DataFusionError::from);
        let kind = match column.data_type() {
            DataType::Dictionary(_, value) => return Self::new(&plain(column, value)?, name),
            DataType::RunEndEncoded(_, values) => {
                return Self::new(&plain(column, values.data_type())?, name);
            }
            DataType::Decimal32(precision, scale) | DataType::Decimal64(precision, scale) => {
                return Self::new(&plain(column, &DataType::Decimal128(*precision, *scale))?, name);
            }
            DataType::Float16 => return Self::new(&plain(column, &DataType::Float32)?, name),
            DataType::Decimal128(_, scale) => Kind::Decimal(*scale),
            DataType::Decimal256(_, scale) => Kind::Wide(*scale),
            DataType::Float64 => Kind::Float,
            DataType::Float32 => Kind::Short,
            kind if kind.is_integer() => Kind::Whole,
            DataType::Null
            | DataType::Boolean
            | DataType::Utf8
            | DataType::LargeUtf8
            | DataType::Utf8View
            | DataType::Date32
            | DataType::Date64
            | DataType::Time32(_)
            | DataType::Time64(_)
            | DataType::Timestamp(..)
            | DataType::Interval(_)
            | DataType::Duration(_) => Kind::Text,
            other => {
                let message =
                    format!("the column `{name}` holds {}, which is no figure and no text", kind_of(other));
                return Err(QueryError::Wrong { message, at: None }.into());
            }
        };
        Ok(Self { column: column.clone(), kind })
    }

    fn value(&self, at: usize) -> Result<Value, Failure> {
        Ok(match self.kind {
            Kind::Decimal(scale) => Value::Exact(decimal(
                &self.column.as_primitive::<Decimal128Type>().value(at).to_string(),
                scale,
            )),
            Kind::Wide(scale) => Value::Exact(decimal(
                &self.column.as_primitive::<Decimal256Type>().value(at).to_string(),
                scale,
            )),
            Kind::Float => Value::Float(shortest(
                &self.column.as_primitive::<Float64Type>().value(at).to_string(),
                || format!("{:e}", self.column.as_primitive::<Float64Type>().value(at)),
            )),
            Kind::Short => Value::Float(shortest(
                &self.column.as_primitive::<Float32Type>().value(at).to_string(),
                || format!("{:e}", self.column.as_primitive::<Float32Type>().value(at)),
            )),
            Kind::Whole => Value::Exact(self.printed(at)?),
            Kind::Text => Value::Text(self.printed(at)?),
        })
    }

    /// As the engine prints it: days and times in ISO 8601.
    fn printed(&self, at: usize) -> Result<String, Failure> {
        let options = FormatOptions::default();
        let formatter = ArrayFormatter::try_new(&self.column, &options).map_err(DataFusionError::from)?;
        Ok(formatter.value(at).try_to_string().map_err(DataFusionError::from)?)
    }
}

/// A float by its fewest digits, or with an exponent where that is shorter.
fn shortest(plain: &str, exponent: impl FnOnce() -> String) -> String {
    if plain.len() > 20 { exponent() } else { plain.to_owned() }
}

/// What a type is to people.
fn kind_of(kind: &DataType) -> &'static str {
    match kind {
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) | DataType::ListView(_) => {
            "lists"
        }
        DataType::Struct(_) => "structs",
        DataType::Map(..) => "maps",
        _ => "bytes",
    }
}

/// A decimal in digits, from those of its mantissa. A quotient has as many as are known.
fn decimal(mantissa: &str, scale: i8) -> String {
    let (sign, digits) = mantissa.strip_prefix('-').map_or(("", mantissa), |digits| ("-", digits));
    let Ok(mut scale) = usize::try_from(scale) else {
        let zeros = if digits == "0" { 0 } else { usize::from(scale.unsigned_abs()) };
        return format!("{sign}{digits}{}", "0".repeat(zeros));
    };
    let mut digits = digits.to_owned();
    let is_inexact = scale >= usize::from(INEXACT.unsigned_abs());
    if is_inexact {
        let most = digits.len().saturating_sub(KEPT).max(scale - KEPT).min(scale);
        digits = half_up(&digits, most);
        scale -= most;
    }
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, part) = padded.split_at(padded.len() - scale);
    let part = if is_inexact { part.trim_end_matches('0') } else { part };
    let sign = if padded.bytes().all(|digit| digit == b'0') { "" } else { sign };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// Without the last digits, rounded half up.
fn half_up(digits: &str, less: usize) -> String {
    let keep = digits.len().saturating_sub(less);
    let (head, tail) = digits.split_at(keep);
    let is_up = tail.len() == less && tail.as_bytes().first().is_some_and(|digit| *digit >= b'5');
    let mut head: Vec<u8> = if head.is_empty() { vec![b'0'] } else { head.as_bytes().to_vec() };
    if is_up {
        let mut carried = true;
        for digit in head.iter_mut().rev() {
            if *digit < b'9' {
                *digit += 1;
                carried = false;
                break;
            }
            *digit = b'0';
        }
        if carried {
            head.insert(0, b'1');
        }
    }
    String::from_utf8(head).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_their_digits_and_quotients_those_that_are_known() {
        assert_eq!(decimal("-1250", 2), "-12.50");
        assert_eq!(decimal("5", 3), "0.005");
        assert_eq!(decimal("0", 2), "0.00");
        assert_eq!(decimal("12", -3), "12000");
        assert_eq!(decimal(&format!("35{}", "0".repeat(33)), 34), "3.5");
        assert_eq!(decimal(&"6".repeat(34), 34), "0.6666666666666666666666666667");
        assert_eq!(decimal(&"9".repeat(34), 34), "1");
        assert_eq!(decimal(&format!("2{}", "6".repeat(34)), 34), "2.666666666666666666666666667");
        assert_eq!(decimal("-3", 34), "0");
    }
}
