//! Shares beside part and whole: "12 of the 40, or 30 percent", "two-thirds of the 87 cameras, 38 in all", "53 (25%)".
//!
//! Safe because the whole is marked by "of", and the share and the part stand side by side, joined by "or", a comma, a dash
//! or brackets.

use super::band::{Band, may_say, percent};
use super::sentence::{Sentence, alike, count, has_any};
use super::{Contradiction, Kind, Reader};
use crate::hedge::allowed;
use crate::mention::{self, Mention};
use crate::number::Decimal;

pub(super) fn look(reader: &Reader<'_>, sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    let numbers = sentence.numbers;
    for at in 0..numbers.len() {
        let of = |at: usize| is_of(sentence.after(at));
        let third = at + 2;
        let (Some(a), Some(b), Some(c)) = (numbers.get(at), numbers.get(at + 1), numbers.get(third)) else {
            break;
        };
        if !of(at) {
            // "58 percent of the 1,214 respondents" has its "of" behind the share; "41 of 123" behind the part.
            continue;
        }
        let link = sentence.after(at + 1);
        if is_share(a) && is_amount(b) && is_amount(c) && alike(b, c) && is_aside(link) {
            // Share of the whole, part.
            found.extend(contradicts(reader, sentence, a, c, b));
        } else if is_amount(a) && is_amount(b) && is_share(c) && alike(a, b) && is_aside(link) {
            // Part of the whole, share.
            found.extend(contradicts(reader, sentence, c, a, b));
        }
    }
    let triples = numbers.windows(3).enumerate();
    for (at, triple) in triples {
        let [a, b, c] = triple else { continue };
        let (first, second) = (sentence.after(at), sentence.after(at + 1));
        // "A quarter of the wells – 41 of 123 –", "Four in five households, 1,913 of 3,652,", "61.3 percent: 38,412 of the 71,906".
        let is_led_in = first.trim_end().ends_with(['–', '—', '(', ',', ':'])
            && count(first) <= 9
            && !has_any(first, &["and", "while", "than", "up", "down"]);
        if is_share(a)
            && is_amount(b)
            && is_amount(c)
            && alike(b, c)
            && is_led_in
            && is_of(second)
            && !is_of(first)
        {
            found.extend(contradicts(reader, sentence, a, b, c));
        }
        // "$3.2 million to rural clinics, 45 percent of the $11.8 million"
        if is_amount(a)
            && is_share(b)
            && is_amount(c)
            && alike(a, c)
            && is_of(second)
            && first.trim_end().ends_with([',', '(', '–', '—'])
            && count(first) <= 6
        {
            found.extend(contradicts(reader, sentence, b, a, c));
        }
    }
    parts_in_brackets(reader, sentence, found);
    said_twice(reader, sentence, found);
}

/// "Of the 86 schools inspected, 31 (27%) …", "1,326 calls: 412 for the sick (31%), 538 to fires (41%) …".
fn parts_in_brackets(reader: &Reader<'_>, sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    let Some(whole) = sentence.numbers.first().filter(|whole| is_amount(whole)) else { return };
    let lead = sentence.before(0);
    let is_of = super::sentence::words(lead).next().is_some_and(|word| word.eq_ignore_ascii_case("of"))
        && count(lead) <= 4;
    let is_listed = sentence.after(0).contains(':') && count(sentence.after(0)) <= 6;
    if !(is_of || is_listed) {
        return;
    }
    for at in 1..sentence.numbers.len().saturating_sub(1) {
        let (Some(part), Some(share)) = (sentence.numbers.get(at), sentence.numbers.get(at + 1)) else {
            continue;
        };
        let link = sentence.after(at);
        let is_bracketed = link.trim_end().ends_with('(') && count(link) <= 5 || link.trim() == ", or";
        if is_amount(part) && is_share(share) && alike(part, whole) && is_bracketed {
            found.extend(contradicts(reader, sentence, share, part, whole));
        }
    }
}

/// "One in eight pupils, or 21 percent": one share in two ways.
fn said_twice(reader: &Reader<'_>, sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    for (at, pair) in sentence.numbers.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        let link = sentence.after(at);
        let is_twice = is_share(a)
            && is_share(b)
            && has_last(link, "or")
            && link.trim_start().len() > 2
            && link.contains(',')
            && count(link) <= 4;
        if !is_twice || a.kind == b.kind {
            continue;
        }
        let whole = allowed(a.hedge, &a.reading, &reader.widths).whole;
        let Some((low, high)) = whole.low().value().zip(whole.high().value()) else { continue };
        let Some((low, high)) = a.factor.kept(low).zip(a.factor.kept(high)) else { continue };
        let band = Band { low: low.min(high), high: low.max(high) };
        if !may_say(b, band, &reader.widths) {
            found.push(Contradiction {
                kind: Kind::Arithmetic,
                stated: b.words(),
                operands: vec![a.span],
                arithmetic: format!(
                    "{} is {}",
                    sentence.words(a.span),
                    percent(Band::of_mention(a, &reader.widths).unwrap_or(band))
                ),
                help: None,
            });
        }
    }
}

/// "of", "of the", "of the city's": what stands between a part and its whole.
fn is_of(link: &str) -> bool {
    link.trim_start().starts_with("of ") && count(link) <= 4 && !link.contains([',', ';', '('])
}

/// Whether a share and a part are joined as one said in two ways.
fn is_aside(link: &str) -> bool {
    let trimmed = link.trim_end();
    let is_joined = trimmed.ends_with([',', '(', '–', '—', ':'])
        || has_last(trimmed, "or")
        || has_last(trimmed, "and that is");
    is_joined
        && count(link) <= 7
        && !has_any(
            link,
            &[
                "were", "was", "had", "of", "while", "but", "another", "other", "up", "down", "fell", "rose",
                "from",
            ],
        )
        || trimmed.ends_with('(') && count(link) <= 7
}

fn has_last(link: &str, word: &str) -> bool {
    super::sentence::ends_with(link, word)
}

fn is_share(mention: &Mention) -> bool {
    matches!(mention.kind, mention::Kind::Percent | mention::Kind::Fraction) && !mention.reading_is_range()
}

fn is_amount(mention: &Mention) -> bool {
    use mention::Kind::{Measure, Money, Number};
    matches!(mention.kind, Number | Money | Measure) && !mention.reading_is_range()
}

fn contradicts(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    share: &Mention,
    part: &Mention,
    whole: &Mention,
) -> Option<Contradiction> {
    let band = |mention| Band::of_mention(mention, &reader.widths);
    let (of_part, of_whole) = (band(part)?, band(whole)?);
    let ratio = of_part.over(of_whole)?;
    if ratio.low > Decimal::ONE && share.unit != part.unit && share.kind == mention::Kind::Fraction
        || may_say(share, ratio, &reader.widths)
    {
        return None;
    }
    Some(Contradiction {
        kind: Kind::Arithmetic,
        stated: share.words(),
        operands: vec![part.span, whole.span],
        arithmetic: format!(
            "{} of {} is {}",
            sentence.words(part.span),
            sentence.words(whole.span),
            percent(ratio)
        ),
        help: None,
    })
}
