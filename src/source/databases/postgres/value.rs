//! From the texts in which the server writes values to ours.

use tokio_postgres::types::{Kind, Type};

use crate::source::databases::filling::{float, short_float};
use crate::source::query::{QueryError, Value};

/// A column of the reply, and how its values are read.
pub(super) struct Column<'a> {
    name: &'a str,
    reading: Reading,
}

#[derive(Clone, Copy)]
enum Reading {
    Exact,
    Float,
    ShortFloat,
    Bool,
    Text,
    Time,
}

impl<'a> Column<'a> {
    /// A column of this type, if its values are numbers, words or times.
    pub(super) fn of(name: &'a str, kind: &Type) -> Result<Self, QueryError> {
        let reading = match *kind {
            Type::INT2 | Type::INT4 | Type::INT8 | Type::OID | Type::NUMERIC => Reading::Exact,
            Type::FLOAT8 => Reading::Float,
            Type::FLOAT4 => Reading::ShortFloat,
            Type::BOOL => Reading::Bool,
            Type::TIMESTAMP | Type::TIMESTAMPTZ => Reading::Time,
            Type::TEXT
            | Type::VARCHAR
            | Type::BPCHAR
            | Type::CHAR
            | Type::NAME
            | Type::UNKNOWN
            | Type::DATE
            | Type::TIME
            | Type::TIMETZ
            | Type::INTERVAL
            | Type::UUID
            | Type::JSON
            | Type::JSONB
            | Type::XML
            | Type::INET
            | Type::CIDR => Reading::Text,
            Type::MONEY => {
                return Err(QueryError::Unreadable(format!(
                    "the column `{name}` is money, which each server writes in its own way; cast it in the query: {name}::numeric"
                )));
            }
            _ if matches!(kind.kind(), Kind::Enum(_)) || kind.name() == "citext" => Reading::Text,
            _ => {
                return Err(QueryError::Unreadable(format!(
                    "the column `{name}` is of the type {}, which is no number, word or time",
                    kind.name()
                )));
            }
        };
        Ok(Self { name, reading })
    }

    /// A value of the column.
    pub(super) fn value(&self, text: Option<&str>) -> Result<Value, QueryError> {
        let Some(text) = text else { return Ok(Value::Null) };
        let value = match self.reading {
            Reading::Exact => is_decimal(text).then(|| Value::Exact(text.to_owned())),
            Reading::Float => text.parse().ok().map(float),
            Reading::ShortFloat => text.parse().ok().map(short_float),
            Reading::Bool => match text {
                "t" => Some(Value::Text("true".to_owned())),
                "f" => Some(Value::Text("false".to_owned())),
                _ => None,
            },
            Reading::Text => Some(Value::Text(text.to_owned())),
            Reading::Time => Some(Value::Text(with_t(text))),
        };
        value.ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            QueryError::Unreadable(format!(
                "the column `{}` holds `{}`, which is no number",
                self.name,
                crate::source::databases::words::plain(&shown)
            ))
        })
    }
}

/// Whether a text is an integer or a decimal, in the one form in which the server writes them. `NaN` and `Infinity` are none.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A time with the `T` of ISO 8601 between its day and its hour. What follows `infinity` or a day before Christ stays as it is.
fn with_t(text: &str) -> String {
    match text.split_once(' ') {
        Some((day, hour)) if hour.starts_with(|c: char| c.is_ascii_digit()) => format!("{day}T{hour}"),
        _ => text.to_owned(),
    }
}
