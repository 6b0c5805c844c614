//! A total with its parts as a list: "the region split the €47.5 million of flood aid three ways:" over items with one number
//! each.
//!
//! Safe because the paragraph ends in a colon, calls the parts all there are ("split", "in all", "three ways") and has one
//! number of their unit; every item begins with its number, or has no other.

use super::parts::{is_part, list};
use super::value::{contradicts, is_alike, nominal, operand, stated, sum, told_interval};
use super::word::Word;
use super::{Reader, Rule};
use crate::mention::{Mention, Survey};
use crate::number::{Decimal, Interval};
use crate::text::Span;
use crate::unit::Unit;

/// A list with more items than this is none of parts.
const LONGEST: usize = 50;

pub(super) fn look(reader: &mut Reader, text: &str, survey: &Survey) {
    for colon in memchr::memmem::find_iter(text.as_bytes(), b":\n") {
        let start = text.get(..colon).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
        let head = Span::new(start, colon);
        if is_all(head.of(text)) {
            check(reader, text, survey, head, colon + 2);
        }
    }
}

/// Whether a paragraph calls what follows all parts of something.
fn is_all(head: &str) -> bool {
    let mut is_all = false;
    for word in head.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        match Word::of(word) {
            Word::Split | Word::Total | Word::All => is_all = true,
            Word::Some | Word::Than | Word::Rise | Word::Fall => return false,
            _ => is_all |= matches!(word, "sources" | "parts"),
        }
    }
    is_all
}

fn check(reader: &mut Reader, text: &str, survey: &Survey, head: Span, from: usize) {
    let mut parts: Vec<Mention> = Vec::new();
    let mut start = from;
    for line in text.get(from..).unwrap_or_default().split('\n') {
        let line = Span::new(start, start + line.len());
        start = line.end as usize + 1;
        match survey.mentions.get(survey.overlapping(line)).unwrap_or_default() {
            [only] if parts.len() < LONGEST => parts.push(*only),
            [_] => return,
            _ => break,
        }
    }
    let Some(first) = parts.first() else { return };
    let many = Decimal::from(parts.len());
    let totals = survey.mentions.get(survey.overlapping(head)).unwrap_or_default();
    let mut totals = totals.iter().filter(|total| is_part(total) && nominal(total) != Some(many));
    let is_percent = |mention: &Mention| mention.unit == Unit::Percent;
    let total = match (totals.next(), totals.next()) {
        (Some(total), None) => Some(total),
        (None, None) if parts.iter().all(is_percent) => None,
        _ => return,
    };
    let fits = |part: &Mention| {
        is_alike(part, first) && total.is_none_or(|total| is_part(part) && is_alike(part, total))
    };
    let Some(all) = sum(parts.iter().map(|part| operand(part, &reader.widths)))
        .filter(|_| parts.len() >= 2 && parts.iter().all(fits))
    else {
        return;
    };
    let exact: Option<Decimal> = parts.iter().map(nominal).sum();
    let Some(exact) = exact else { return };
    let names: Vec<&str> = parts.iter().map(|part| part.span.of(text)).collect();
    let operands: Vec<Span> = parts.iter().map(|part| part.span).collect();
    let added =
        |unit| format!("{} add up to {}", list(&names), told_interval(&Interval::point(exact), 2, unit));
    match total {
        Some(total) if contradicts(&stated(total, &reader.widths), &all) => {
            let arithmetic = format!("{}, the draft says {}", added(""), total.words().of(text));
            reader.report(total.words(), &operands, arithmetic);
        }
        Some(total) => reader.holds(Rule::Sum, total, &parts.iter().collect::<Vec<_>>()),
        None if all.low().value().is_some_and(|low| low > Decimal::ONE_HUNDRED) => {
            if let Some((last, parts)) = operands.split_last() {
                reader.report(*last, parts, format!("{}, which is more than all", added("%")));
            }
        }
        _ => {}
    }
}
