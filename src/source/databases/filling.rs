//! A reply that is being filled, and never grows past what a reply may be.

use crate::source::query::{Limits, QueryError, Reply, Value};

/// A reply whose rows are still coming.
pub(super) struct Filling {
    reply: Reply,
    bytes: usize,
}

impl Filling {
    /// An empty one, for these columns.
    pub(super) fn new(columns: Vec<String>) -> Result<Self, QueryError> {
        if columns.len() > Limits::COLUMNS {
            return Err(QueryError::TooMuch { most: Limits::COLUMNS, what: "columns" });
        }
        let mut names: Vec<&str> = columns.iter().map(String::as_str).collect();
        names.sort_unstable();
        if let Some(same) = names.windows(2).find_map(|two| match two {
            [one, other] if one == other => Some((*one).to_owned()),
            _ => None,
        }) {
            return Err(QueryError::SameName(same));
        }
        let bytes = columns.iter().map(String::len).sum();
        Ok(Self { reply: Reply { columns, rows: Vec::new() }, bytes })
    }

    /// The name of a column.
    pub(super) fn column(&self, index: usize) -> &str {
        self.reply.columns.get(index).map_or("", String::as_str)
    }

    /// Adds a row.
    pub(super) fn push(&mut self, row: Vec<Value>) -> Result<(), QueryError> {
        if self.reply.rows.len() == Limits::ROWS {
            return Err(QueryError::TooMuch { most: Limits::ROWS, what: "rows" });
        }
        self.bytes += row.iter().map(length).sum::<usize>();
        if self.bytes > Limits::BYTES {
            return Err(QueryError::TooMuch { most: Limits::BYTES, what: "bytes" });
        }
        self.reply.rows.push(row);
        Ok(())
    }

    /// The whole reply.
    pub(super) fn finish(self) -> Reply {
        self.reply
    }
}

/// A value for a binary float: the fewest digits that give it back.
pub(super) fn float(number: f64) -> Value {
    Value::Float(shortest(number, number.is_finite() && number != 0.0 && is_long(number.abs())))
}

/// The same of a float of half the size, which has fewer.
pub(super) fn short_float(number: f32) -> Value {
    Value::Float(shortest(number, number.is_finite() && number != 0.0 && is_long(f64::from(number.abs()))))
}

/// Whether a number would be a row of zeros without an exponent.
fn is_long(size: f64) -> bool {
    !(1e-7..1e16).contains(&size)
}

fn shortest(number: impl std::fmt::Display + std::fmt::LowerExp, is_long: bool) -> String {
    let digits = if is_long { format!("{number:e}") } else { format!("{number}") };
    match digits.as_str() {
        "-0" => "0".to_owned(),
        "inf" => "Infinity".to_owned(),
        "-inf" => "-Infinity".to_owned(),
        _ => digits,
    }
}

fn length(value: &Value) -> usize {
    match value {
        Value::Null => 0,
        Value::Exact(text) | Value::Float(text) | Value::Text(text) => text.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_float_is_told_by_its_fewest_digits() {
        for (number, digits) in [
            (0.1, "0.1"),
            (0.1 + 0.2, "0.30000000000000004"),
            (12.0, "12"),
            (-0.0, "0"),
            (1e300, "1e300"),
            (1.5e-9, "1.5e-9"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(float(number), Value::Float(digits.to_owned()));
        }
        assert_eq!(short_float(0.1), Value::Float("0.1".to_owned()));
    }

    #[test]
    fn a_reply_stays_within_its_bounds() {
        let too_wide = Filling::new((0..=Limits::COLUMNS).map(|n| n.to_string()).collect()).err();
        assert_eq!(too_wide, Some(QueryError::TooMuch { most: Limits::COLUMNS, what: "columns" }));
        let twice = Filling::new(vec!["a".into(), "b".into(), "a".into()]).err();
        assert_eq!(twice, Some(QueryError::SameName("a".into())));
        let mut filling = Filling::new(vec!["a".into()]).unwrap();
        for _ in 0..Limits::ROWS {
            filling.push(vec![Value::Null]).unwrap();
        }
        assert_eq!(
            filling.push(vec![Value::Null]),
            Err(QueryError::TooMuch { most: Limits::ROWS, what: "rows" })
        );
        let mut filling = Filling::new(vec!["a".into()]).unwrap();
        let long = Value::Text("x".repeat(Limits::BYTES));
        assert_eq!(filling.push(vec![long]), Err(QueryError::TooMuch { most: Limits::BYTES, what: "bytes" }));
    }
}
