//! What a query replies with.

use serde::{Deserialize, Serialize};

/// The table that a query gives: columns by name, rows of as many values. It keeps within [`super::Limits`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The names of the columns, in their order.
    pub columns: Vec<String>,
    /// The rows, each with a value for every column.
    pub rows: Vec<Vec<Value>>,
}

/// One value of a reply, in digits and letters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// NULL.
    Null,
    /// An integer or a decimal, with all of its digits: `-12.50`.
    Exact(String),
    /// A binary float, by the fewest digits that give it back: `0.1`, `1e300`, `NaN`.
    Float(String),
    /// A text; a day or a time in ISO 8601; `true` or `false`.
    Text(String),
}
