//! Decoded values that know where they stand.

use std::marker::PhantomData;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};

use crate::text::Span;

/// The name by which [`super::decode`]'s deserializer knows that it is asked for a value with its place.
pub(super) const SPANNED: &str = "factcheck::claim::Spanned";

/// A value and where it stands in its file: a string's span has its quotation marks, a table's is its header
/// (`[source.ice]`) or its braces. The default, an empty span, says that the key is not given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

// The span travels as an integer before the value: a third of the cost of `serde_spanned`, which is paid several times
// for each of hundreds of thousands of claims.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_tuple_struct(SPANNED, 2, PairVisitor(PhantomData))
    }
}

/// A span in one integer.
pub(super) fn pack(span: Span) -> u64 {
    u64::from(span.start) << 32 | u64::from(span.end)
}

fn unpack(packed: u64) -> Span {
    let half = |bits: u64| usize::try_from(bits & u64::from(u32::MAX)).unwrap_or_default();
    Span::new(half(packed >> 32), half(packed))
}

struct PairVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PairVisitor<T> {
    type Value = Spanned<T>;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("a value with its place")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut pair: A) -> Result<Spanned<T>, A::Error> {
        let incomplete = || serde::de::Error::invalid_length(0, &"a place and a value");
        let packed = pair.next_element()?.ok_or_else(incomplete)?;
        let value = pair.next_element()?.ok_or_else(incomplete)?;
        Ok(Spanned { value, span: unpack(packed) })
    }
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_span_comes_back() {
        for span in
            [Span::new(0, 0), Span::new(3, 70_000), Span::new(u32::MAX as usize - 1, u32::MAX as usize)]
        {
            assert_eq!(unpack(pack(span)), span);
        }
    }
}
