//! Rows of JSON as a table whose columns are met as they come.

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use crate::source::error::TableError;
use crate::source::row::Row;
use crate::source::taker::Taker;

/// The most columns that are read.
const MOST_COLUMNS: usize = 1 << 17;

/// What is known of a table.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The columns by their names; those inside an object within a row by the path to them, `a.b`. A number for those
    /// that something speaks of, or for all.
    columns: HashMap<String, Option<usize>>,
    /// For rows that are arrays: the names in the header.
    header: Option<Vec<String>>,
    rows: u64,
    /// The row at hand: its texts, by column number.
    values: Vec<String>,
    /// The row in which each column was last seen.
    seen: Vec<u64>,
}

impl Table {
    /// Hands a row over, from an object or an array that begins on `line`.
    pub(super) fn row<T: Taker>(&mut self, bytes: &[u8], line: u64, taker: &mut T) -> Result<(), TableError> {
        let is_late = self.rows > 0;
        let row = self.rows + 1;
        self.values.iter_mut().for_each(String::clear);
        match bytes.first() {
            Some(b'{') if self.header.is_none() => {
                let Object(members) = parse(bytes, line)?;
                let mut path = String::new();
                for (name, value) in &members {
                    path.clear();
                    path.push_str(name);
                    self.member(&mut path, value, (row, line, is_late), taker)?;
                }
            }
            Some(b'[') if is_late && self.header.is_none() => {
                return Err(TableError::NotARow { line, found: "an array" });
            }
            Some(b'[') => {
                let cells: Vec<Value> = parse(bytes, line)?;
                let Some(names) = self.header.take() else {
                    return self.name(&cells, line);
                };
                if cells.len() != names.len() {
                    return Err(TableError::Ragged { line, cells: cells.len(), header: names.len() });
                }
                for (name, value) in names.iter().zip(&cells) {
                    self.cell(name, value, (row, line, is_late), taker)?;
                }
                self.header = Some(names);
            }
            found => return Err(TableError::NotARow { line, found: kind(found) }),
        }
        self.rows = row;
        taker.row(Row::Values(&self.values), line);
        Ok(())
    }

    /// The end has been reached.
    pub(super) fn finish(&self) -> Result<(), TableError> {
        if self.rows == 0 { Err(TableError::Empty) } else { Ok(()) }
    }

    /// Takes an array for the header.
    fn name(&mut self, cells: &[Value], line: u64) -> Result<(), TableError> {
        let names: Option<Vec<String>> = cells.iter().map(|cell| cell.as_str().map(str::to_owned)).collect();
        self.header = Some(names.ok_or(TableError::NotARow { line, found: "an array" })?);
        Ok(())
    }

    /// Takes in a member of an object; an object inside it member by member.
    fn member<T: Taker>(
        &mut self,
        path: &mut String,
        value: &Value,
        place: (u64, u64, bool),
        taker: &mut T,
    ) -> Result<(), TableError> {
        let Value::Object(inside) = value else { return self.cell(path, value, place, taker) };
        let length = path.len();
        for (name, value) in inside {
            path.push('.');
            path.push_str(name);
            self.member(path, value, place, taker)?;
            path.truncate(length);
        }
        Ok(())
    }

    /// Takes in one cell.
    fn cell<T: Taker>(
        &mut self,
        name: &str,
        value: &Value,
        (row, line, is_late): (u64, u64, bool),
        taker: &mut T,
    ) -> Result<(), TableError> {
        let number = match self.columns.get(name) {
            Some(number) => *number,
            None if self.columns.len() >= MOST_COLUMNS => {
                return Err(TableError::TooManyColumns { line, limit: MOST_COLUMNS });
            }
            None => {
                taker.remember(name);
                let is_wanted = taker.column(self.values.len(), name, is_late);
                let number = is_wanted.then_some(self.values.len());
                if number.is_some() {
                    self.values.push(String::new());
                    self.seen.push(0);
                }
                self.columns.insert(name.to_owned(), number);
                number
            }
        };
        let Some(number) = number else { return Ok(()) };
        let (Some(text), Some(seen)) = (self.values.get_mut(number), self.seen.get_mut(number)) else {
            return Ok(());
        };
        if *seen == row {
            // The name stands twice in the row: it is then two columns, and neither can be asked for.
            taker.column(usize::MAX, name, true);
        }
        *seen = row;
        text.clear();
        match value {
            Value::Null => text.push_str("null"),
            Value::Bool(flag) => text.push_str(if *flag { "true" } else { "false" }),
            Value::Number(number) => text.push_str(number.as_str()),
            Value::String(string) => text.push_str(string),
            Value::Array(_) => text.push_str("[…]"),
            Value::Object(_) => text.push_str("{…}"),
        }
        Ok(())
    }
}

/// What a JSON value that begins with this byte is.
pub(super) fn kind(first: Option<&u8>) -> &'static str {
    match first {
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b'"') => "a string",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        Some(b'-' | b'0'..=b'9') => "a number",
        Some(_) => "no JSON",
        None => "nothing",
    }
}

/// Reads a value that begins on `line`.
pub(super) fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8], line: u64) -> Result<T, TableError> {
    serde_json::from_slice(bytes).map_err(|error| {
        let message = error.to_string();
        // The place that the parser names is counted from the beginning of the row.
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        TableError::Json {
            line: line + (error.line() as u64).saturating_sub(1),
            column: error.column(),
            message,
        }
    })
}

/// The members of an object as they stand, names that stand twice among them.
struct Object(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Object;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Object(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}
