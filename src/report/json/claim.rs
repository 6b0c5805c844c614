//! Claims in JSON, by the hundred thousand.

use super::value::{decimal, list, member, named, numbered, string};
use crate::engine::{ClaimOutcome, Comparison, StoryOutcome};
use crate::hedge::How;
use crate::number::{Decimal, Interval};
use crate::scope::FacetComparison;

/// About how many bytes a claim takes.
const CLAIM: usize = 700;

/// Appends every claim of a story: `open`, which ends where its id begins, the rest, and `close`.
pub(in crate::report) fn write(
    out: &mut Vec<u8>,
    story: &StoryOutcome<'_>,
    rules: &str,
    open: &[u8],
    close: &[u8],
) {
    // What all claims of the story have in common is escaped once.
    let mut shared = Vec::new();
    member(&mut shared, b",\"story\":", rules);
    match &story.draft {
        Some(draft) => member(&mut shared, b",\"draft\":", &draft.to_string_lossy()),
        None => shared.extend_from_slice(b",\"draft\":null"),
    }
    out.reserve(story.claims.len() * CLAIM);
    for claim in &story.claims {
        member(out, open, &claim.id);
        out.extend_from_slice(&shared);
        rest(out, claim);
        out.extend_from_slice(close);
    }
}

fn rest(out: &mut Vec<u8>, claim: &ClaimOutcome<'_>) {
    match claim.place {
        Some(place) => {
            numbered(out, b",\"line\":", place.line as u64);
            numbered(out, b",\"column\":", place.column as u64);
        }
        None => out.extend_from_slice(b",\"line\":null,\"column\":null"),
    }
    named(out, b",\"verdict\":\"", claim.verdict.name());
    if let Some(comparison) = &claim.comparison {
        self::comparison(out, comparison);
    }
    if let Some(reason) = &claim.reason {
        member(out, b",\"reason\":", reason);
    }
    if claim.scope.is_empty() {
        out.extend_from_slice(b",\"scope\":[]");
    } else {
        out.extend_from_slice(b",\"scope\":");
        list(out, &claim.scope, |out, facet| self::facet(out, facet));
    }
    out.extend_from_slice(if claim.disclosed { b",\"disclosed\":true" } else { b",\"disclosed\":false" });
    if let Some(by) = &claim.by {
        member(out, b",\"by\":", by);
    }
}

fn comparison(out: &mut Vec<u8>, comparison: &Comparison<'_>) {
    named(out, b",\"how\":\"", how(comparison.how));
    member(out, b",\"says\":", &comparison.says);
    out.extend_from_slice(b",\"allowed\":");
    interval(out, &comparison.allowed);
    out.extend_from_slice(b",\"computed\":{\"value\":");
    let start = out.len();
    decimal(out, comparison.nominal);
    let value = start..out.len();
    out.extend_from_slice(b",\"range\":");
    let (low, high) = (comparison.range.low(), comparison.range.high());
    let is_nominal = |end: Option<Decimal>| end.is_some_and(|end| is_same(end, comparison.nominal));
    let is_closed = low.is_included() && high.is_included();
    if is_closed && is_nominal(low.value()) && is_nominal(high.value()) {
        // A division makes 28 digits: they are printed once and copied.
        out.extend_from_slice(b"{\"low\":");
        out.extend_from_within(value.clone());
        out.extend_from_slice(b",\"high\":");
        out.extend_from_within(value);
        out.extend_from_slice(b",\"low_included\":true,\"high_included\":true}");
    } else {
        interval(out, &comparison.range);
    }
    member(out, b",\"unit\":", &comparison.unit);
    out.extend_from_slice(b",\"distance\":");
    decimal(out, comparison.distance);
    out.push(b'}');
}

/// Whether two decimals are the same digits, which is seen faster than that they are equal.
fn is_same(a: Decimal, b: Decimal) -> bool {
    a.mantissa() == b.mantissa() && a.scale() == b.scale()
}

/// An interval: decimals as strings, `null` where it is unbounded.
fn interval(out: &mut Vec<u8>, interval: &Interval) {
    let (low, high) = (interval.low(), interval.high());
    end(out, b"{\"low\":", low.value());
    end(out, b",\"high\":", high.value());
    let included: &[u8] = match (low.is_included(), high.is_included()) {
        (true, true) => b",\"low_included\":true,\"high_included\":true}",
        (true, false) => b",\"low_included\":true,\"high_included\":false}",
        (false, true) => b",\"low_included\":false,\"high_included\":true}",
        (false, false) => b",\"low_included\":false,\"high_included\":false}",
    };
    out.extend_from_slice(included);
}

fn end(out: &mut Vec<u8>, key: &[u8], value: Option<Decimal>) {
    out.extend_from_slice(key);
    match value {
        Some(value) => decimal(out, value),
        None => out.extend_from_slice(b"null"),
    }
}

/// A facet in which claim and figure differ.
fn facet(out: &mut Vec<u8>, facet: &FacetComparison) {
    member(out, b"{\"facet\":", &facet.facet);
    named(out, b",\"relation\":\"", facet.relation.name());
    member(out, b",\"claim\":", facet.claim.as_deref().unwrap_or_default());
    member(out, b",\"figure\":", facet.figure.as_deref().unwrap_or_default());
    let members = |out: &mut Vec<u8>, before: &[u8], members: &[String]| {
        out.extend_from_slice(before);
        list(out, members, |out, member| string(out, member));
    };
    members(out, b",\"extra\":", &facet.extra);
    members(out, b",\"missing\":", &facet.missing);
    out.push(b'}');
}

fn how(how: How) -> &'static str {
    match how {
        How::Exact => "exact",
        How::Rounded => "rounded",
        How::Truncated => "truncated",
        How::CoarselyRounded => "coarsely-rounded",
        How::WithinHedge => "within-hedge",
        How::HedgeStretched => "hedge-stretched",
        How::HedgeUnderstates => "hedge-understates",
        How::Comparison => "comparison",
        How::Record => "record",
        How::Outside => "outside",
        How::PartlyOutside => "partly-outside",
        How::OtherUnit => "other-unit",
        How::OtherDirection => "other-direction",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manners_have_the_names_that_other_lines_of_json_give_them() {
        use How::{
            CoarselyRounded, Comparison, Exact, HedgeStretched, HedgeUnderstates, OtherDirection, OtherUnit,
            Outside, PartlyOutside, Record, Rounded, Truncated, WithinHedge,
        };
        for manner in [
            Exact,
            Rounded,
            Truncated,
            CoarselyRounded,
            WithinHedge,
            HedgeStretched,
            HedgeUnderstates,
            Comparison,
            Record,
            Outside,
            PartlyOutside,
            OtherUnit,
            OtherDirection,
        ] {
            assert_eq!(serde_json::to_value(manner).unwrap(), how(manner));
        }
    }
}
