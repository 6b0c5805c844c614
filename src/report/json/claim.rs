//! Claims in JSON, by the hundred thousand: written key by key, since serialising them through structs took a fifth of a
//! run. A test holds the bytes against the schema, and strings are escaped by `serde_json`.

use std::io::Write as _;

use serde::Serialize;

use crate::engine::{ClaimOutcome, Comparison, StoryOutcome};
use crate::number::{Decimal, Interval};

/// Appends every claim of a story, a comma before each.
pub(super) fn write(out: &mut Vec<u8>, story: &StoryOutcome, rules: &str) {
    // What all claims of the story have in common is escaped once.
    let mut shared = Vec::new();
    member(&mut shared, "story", &rules);
    member(&mut shared, "draft", &story.draft.as_ref().map(|path| path.display().to_string()));
    for claim in &story.claims {
        out.extend_from_slice(b",{\"id\":");
        value(out, &claim.id);
        out.extend_from_slice(&shared);
        rest(out, claim);
        out.push(b'}');
    }
}

fn rest(out: &mut Vec<u8>, claim: &ClaimOutcome) {
    match claim.place {
        Some(place) => {
            // Writing to memory does not fail.
            _ = write!(out, ",\"line\":{},\"column\":{}", place.line, place.column);
        }
        None => out.extend_from_slice(b",\"line\":null,\"column\":null"),
    }
    plain(out, "verdict", claim.verdict.name());
    if let Some(comparison) = &claim.comparison {
        self::comparison(out, comparison);
    }
    if let Some(reason) = &claim.reason {
        member(out, "reason", reason);
    }
    if claim.scope.is_empty() {
        out.extend_from_slice(b",\"scope\":[]");
    } else {
        member(out, "scope", &claim.scope);
    }
    out.extend_from_slice(if claim.disclosed { b",\"disclosed\":true" } else { b",\"disclosed\":false" });
    if let Some(by) = &claim.by {
        member(out, "by", by);
    }
}

fn comparison(out: &mut Vec<u8>, comparison: &Comparison) {
    member(out, "how", &comparison.how);
    member(out, "says", &comparison.says);
    out.extend_from_slice(b",\"allowed\":");
    ends(out, &comparison.allowed);
    out.extend_from_slice(b",\"computed\":{\"value\":");
    let start = out.len();
    decimal(out, comparison.nominal);
    let value = start..out.len();
    out.extend_from_slice(b",\"range\":");
    if comparison.range.as_point() == Some(comparison.nominal) {
        // A division makes 28 digits: they are printed once and copied.
        out.extend_from_slice(b"{\"low\":");
        out.extend_from_within(value.clone());
        out.extend_from_slice(b",\"high\":");
        out.extend_from_within(value);
        out.extend_from_slice(b",\"low_included\":true,\"high_included\":true}");
    } else {
        ends(out, &comparison.range);
    }
    plain(out, "unit", &comparison.unit);
    out.extend_from_slice(b",\"distance\":");
    decimal(out, comparison.distance);
    out.push(b'}');
}

/// The ends of an interval: decimals as strings, `null` where it is unbounded.
fn ends(out: &mut Vec<u8>, interval: &Interval) {
    let (low, high) = (interval.low(), interval.high());
    end(out, b"{\"low\":", low.value());
    end(out, b",\"high\":", high.value());
    boolean(out, b",\"low_included\":", low.is_included());
    boolean(out, b",\"high_included\":", high.is_included());
    out.push(b'}');
}

fn end(out: &mut Vec<u8>, key: &[u8], value: Option<Decimal>) {
    out.extend_from_slice(key);
    match value {
        Some(value) => decimal(out, value),
        None => out.extend_from_slice(b"null"),
    }
}

fn boolean(out: &mut Vec<u8>, key: &[u8], value: bool) {
    out.extend_from_slice(key);
    out.extend_from_slice(if value { b"true" } else { b"false" });
}

/// A decimal as a string, without zeros at its end.
fn decimal(out: &mut Vec<u8>, value: Decimal) {
    let (mut digits, mut scale) = (value.mantissa().unsigned_abs(), value.scale());
    while scale > 0 && digits.is_multiple_of(10) {
        (digits, scale) = (digits / 10, scale - 1);
    }
    out.push(b'"');
    if value.is_sign_negative() && digits > 0 {
        out.push(b'-');
    }
    let start = out.len();
    // Backwards, the point after `scale` digits, at least one digit before it.
    let mut written = 0;
    while digits > 0 || written <= scale {
        if written == scale && scale > 0 {
            out.push(b'.');
        }
        // Most values fit into 64 bits, whose division is many times faster.
        let digit = match u64::try_from(digits) {
            Ok(small) => {
                digits = u128::from(small / 10);
                small % 10
            }
            Err(_) => {
                let digit = digits % 10;
                digits /= 10;
                u64::try_from(digit).unwrap_or_default()
            }
        };
        out.push(b'0' + u8::try_from(digit).unwrap_or_default());
        written += 1;
    }
    out.get_mut(start..).unwrap_or_default().reverse();
    out.push(b'"');
}

/// A member whose value needs no escaping.
fn plain(out: &mut Vec<u8>, key: &str, value: &str) {
    for part in [",\"", key, "\":\"", value, "\""] {
        out.extend_from_slice(part.as_bytes());
    }
}

fn member(out: &mut Vec<u8>, key: &str, value: &impl Serialize) {
    for part in [",\"", key, "\":"] {
        out.extend_from_slice(part.as_bytes());
    }
    self::value(out, value);
}

/// Serialising into memory fails only for maps with keys that are no strings, of which there are none.
fn value(out: &mut Vec<u8>, value: &impl Serialize) {
    let start = out.len();
    if serde_json::to_writer(&mut *out, value).is_err() {
        out.truncate(start);
        out.extend_from_slice(b"null");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn decimals_print_as_the_library_prints_them(mantissa in any::<i64>(), high in any::<i32>(), scale in 0u32..=28) {
            let value = Decimal::from_i128_with_scale(i128::from(mantissa) * i128::from(high), scale);
            for value in [value, Decimal::new(mantissa, scale), Decimal::new(mantissa % 1000, scale % 4)] {
                let mut out = Vec::new();
                decimal(&mut out, value);
                prop_assert_eq!(String::from_utf8(out).unwrap(), format!("\"{}\"", value.normalize()));
            }
        }
    }
}
