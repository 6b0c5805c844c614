//! The deserializer: values and keys of the tree as serde asks for them.

use std::borrow::Cow;

use serde::de::value::{BorrowedStrDeserializer, StringDeserializer, U64Deserializer};
use serde::de::{DeserializeSeed, Deserializer, Expected, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::failure::{Failure, Fault};
use crate::claim::document::{Document, NodeId, Value};
use crate::claim::spanned::{SPANNED, pack};
use crate::text::Span;

/// A value in the tree.
#[derive(Clone, Copy)]
pub(super) struct Place<'t, 'a> {
    pub(super) document: &'t Document<'t, 'a>,
    pub(super) id: NodeId,
}

/// A value's type, with its article.
pub(super) fn type_name(value: &Value<'_>) -> &'static str {
    match value {
        Value::String(_) => "a string",
        Value::Integer(_) => "an integer",
        Value::OtherRadix => "an integer that is not written in decimal",
        Value::Float(_) => "a decimal number",
        Value::Boolean(_) => "a boolean",
        Value::Date(_) => "a date",
        Value::Array { of_tables: false } => "a list",
        Value::Array { of_tables: true } => "a list of tables (double brackets)",
        Value::Table => "a table",
    }
}

impl<'t, 'a> Place<'t, 'a> {
    fn value(&self) -> Value<'a> {
        self.document.value(self.id)
    }

    fn mismatch(self, value: &Value<'_>, expected: &dyn Expected) -> Failure {
        Failure::new(Fault::Other(format!("expected {expected}, found {}", type_name(value)))).within(self.id)
    }

    fn elements(self) -> Elements<'t, 'a> {
        Elements { document: self.document, next: self.document.first(self.id), key_of: None }
    }
}

impl<'de> Deserializer<'de> for Place<'_, 'de> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.value() {
            Value::String(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Value::String(Cow::Owned(text)) => visitor.visit_string(text),
            Value::Boolean(value) => visitor.visit_bool(value),
            Value::Array { .. } => visitor.visit_seq(self.elements()),
            Value::Table => visitor.visit_map(self.elements()),
            value => match &value {
                Value::Integer(digits) if let Ok(number) = digits.parse() => visitor.visit_i64(number),
                _ => Err(self.mismatch(&value, &visitor)),
            },
        }
        .map_err(|failure| failure.within(self.id))
    }

    // The data model has no exact decimals. Who asks for bytes gets numbers by their digits, and strings as such.
    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.value() {
            Value::Integer(digits) | Value::Float(digits) => {
                visitor.visit_bytes(digits.as_bytes()).map_err(|failure: Failure| failure.within(self.id))
            }
            Value::String(_) => self.deserialize_any(visitor),
            value => Err(self.mismatch(&value, &visitor)),
        }
    }

    // Nor has it dates: who asks for a byte buffer gets those as they are written, and strings as such.
    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.value() {
            Value::Date(text) => {
                visitor.visit_bytes(text.as_bytes()).map_err(|failure: Failure| failure.within(self.id))
            }
            Value::String(_) => self.deserialize_any(visitor),
            value => Err(self.mismatch(&value, &visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.value() {
            Value::Array { .. } => self.deserialize_any(visitor),
            value => Err(self.mismatch(&value, &"a list")),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.value() {
            Value::Table => self.deserialize_any(visitor),
            value => Err(self.mismatch(&value, &"a table")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _keys: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match self.value() {
            Value::String(text) => visitor
                .visit_enum(StringDeserializer::<Failure>::new(text.into_owned()))
                .map_err(|failure| failure.within(self.id)),
            value => Err(self.mismatch(&value, &format!("one of {}", super::listed(names)).as_str())),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        if name == SPANNED {
            let span = self.document.span(self.id);
            return visitor.visit_seq(Pair { span: Some(span), value: Some(self) });
        }
        self.deserialize_seq(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string
        unit unit_struct newtype_struct tuple identifier ignored_any
    }
}

/// What is in a list or a table.
struct Elements<'t, 'a> {
    document: &'t Document<'t, 'a>,
    next: Option<NodeId>,
    /// The entry whose key has been asked for, and whose value has not.
    key_of: Option<NodeId>,
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        let Some(id) = self.next else { return Ok(None) };
        self.next = self.document.next(id);
        let place = Place { document: self.document, id };
        seed.deserialize(place).map(Some).map_err(|failure| failure.within(id))
    }
}

impl<'de> MapAccess<'de> for Elements<'_, 'de> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Failure> {
        let Some(id) = self.next else { return Ok(None) };
        self.next = self.document.next(id);
        self.key_of = Some(id);
        let key = KeyPlace { text: self.document.key(id), span: self.document.key_span(id) };
        seed.deserialize(key).map(Some).map_err(|failure| failure.within(id))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        let id = self
            .key_of
            .take()
            .ok_or_else(|| Failure::new(Fault::Other("a value without a key".to_owned())))?;
        let place = Place { document: self.document, id };
        seed.deserialize(place).map_err(|failure| failure.within(id))
    }
}

/// A key.
struct KeyPlace<'a> {
    text: Cow<'a, str>,
    span: Span,
}

impl<'de> Deserializer<'de> for KeyPlace<'de> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.text {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        if name == SPANNED {
            return visitor.visit_seq(Pair { span: Some(self.span), value: Some(self) });
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match self.text {
            Cow::Borrowed(text) => visitor.visit_enum(BorrowedStrDeserializer::<Failure>::new(text)),
            Cow::Owned(text) => visitor.visit_enum(text.into_deserializer()),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple map struct identifier ignored_any
    }
}

/// A span, then the value that stands there: what [`crate::claim::Spanned`] asks for.
struct Pair<D> {
    span: Option<Span>,
    value: Option<D>,
}

impl<'de, D: Deserializer<'de, Error = Failure>> SeqAccess<'de> for Pair<D> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        if let Some(span) = self.span.take() {
            return seed.deserialize(U64Deserializer::new(pack(span))).map(Some);
        }
        self.value.take().map(|value| seed.deserialize(value)).transpose()
    }
}
