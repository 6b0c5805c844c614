//! The same quantity given twice with different digits, in the headline and the body, say: "184 metres tall" and "148 metres
//! tall".
//!
//! Safe because the two are of one unit, the digits of one are those of the other in another order, or the same before
//! another scale word, most of the words around are the same, and neither value stands anywhere else.

use super::sentence::words;
use super::{Contradiction, Kind};
use crate::hedge::Hedge;
use crate::mention::{Kind as NumberKind, Mention, Survey};
use crate::number::{Decimal, Reading};
use crate::text::Span;
use crate::unit::{Unit, scale_named};

/// How many numbers of a draft are compared at the most: those of its beginning, where headline and standfirst are.
const HEADS: usize = 12;

pub(super) fn look(text: &str, survey: &Survey, found: &mut Vec<Contradiction>) {
    deaths(text, survey, found);
    let keys: Vec<u64> = survey.mentions.iter().map(|mention| digit_counts(text, mention)).collect();
    for (at, head) in survey.mentions.iter().enumerate().take(HEADS) {
        let Some(key) = keys.get(at).filter(|key| **key != 0) else { continue };
        let alike = keys.iter().enumerate().skip(at + 1).filter(|(_, other)| *other == key);
        for other in alike.filter_map(|(at, _)| survey.mentions.get(at)) {
            let Some((digits, value)) = digits(text, head) else { continue };
            let is_alike = head.unit == other.unit && head.kind == other.kind && head.factor == other.factor;
            if !is_alike || !is_slip(text, digits, value, other) {
                continue;
            }
            let is_head = is_headline(text, head.span);
            let (one, two) = (block(text, head.span), block(text, other.span));
            let stands_elsewhere = |value: Decimal, except: Span| {
                survey.mentions.iter().any(|it| {
                    let is_it = matches!(it.reading, Reading::One(it) if it.value == value);
                    is_it && it.span != except && it.unit == head.unit
                })
            };
            let Reading::One(second) = other.reading else { continue };
            let sentence = |mention: &Mention| crate::draft::sentence_around(text, mention.span);
            // "… fined €3.45 million. The €3.54 million fine …": one paragraph may say it twice as well.
            let before = text.get(..other.span.start as usize).unwrap_or_default();
            let is_told_again = before.ends_with("The ") || before.ends_with("the ");
            let is_apart = if one == two {
                head.kind == NumberKind::Money && is_told_again && sentence(head) != sentence(other)
            } else {
                is_head
            };
            let is_elsewhere =
                stands_elsewhere(value, head.span) || stands_elsewhere(second.value, other.span);
            if !is_apart || is_elsewhere || !is_same_matter(text, head, other, one == two) {
                continue;
            }
            found.push(Contradiction {
                kind: Kind::Copies,
                stated: other.span,
                operands: vec![head.span],
                arithmetic: format!("\"{}\" here, \"{}\" there", head.span.of(text), other.span.of(text)),
                help: None,
            });
        }
    }
}

/// "Nine die as flood sweeps valley", and "Eight people died when a flood swept through": the dead of the headline and of the
/// first sentence, where the headline's number stands nowhere else.
fn deaths(text: &str, survey: &Survey, found: &mut Vec<Contradiction>) {
    const DEATHS: [&str; 7] = ["die", "dies", "died", "dead", "killed", "kills", "deaths"];
    let [head, body, ..] = survey.mentions.as_slice() else { return };
    let (one, two) =
        (crate::draft::sentence_around(text, head.span), crate::draft::sentence_around(text, body.span));
    let (Reading::One(first), Reading::One(second)) = (head.reading, body.reading) else { return };
    let is_head = one.start == 0 && text.get(one.end as usize..two.start as usize) == Some("\n");
    let follows = |mention: &Mention| {
        let after = text.get(mention.span.end as usize..).unwrap_or_default();
        words(after).take(2).any(|word| DEATHS.iter().any(|death| word.eq_ignore_ascii_case(death)))
    };
    let is_plain = [head, body]
        .iter()
        .all(|it| it.unit == Unit::Bare && it.hedge == Hedge::Plain && it.kind == NumberKind::Number);
    let stands_again = survey
        .mentions
        .iter()
        .skip(1)
        .any(|it| matches!(it.reading, Reading::One(it) if it.value == first.value));
    let shared = words(one.of(text))
        .filter(|word| word.len() > 4 && words(two.of(text)).any(|it| it == *word))
        .count();
    if is_head
        && is_plain
        && follows(head)
        && follows(body)
        && first.value != second.value
        && !stands_again
        && shared > 1
    {
        found.push(Contradiction {
            kind: Kind::Copies,
            stated: head.span,
            operands: vec![body.span],
            arithmetic: format!("\"{}\" here, \"{}\" there", head.span.of(text), body.span.of(text)),
            help: None,
        });
    }
}

/// The digits of a single number in digits, at least two, and its value.
fn digits<'t>(text: &'t str, mention: &Mention) -> Option<(&'t str, Decimal)> {
    let Reading::One(written) = mention.reading else { return None };
    let words = mention.span.of(text);
    (words.bytes().filter(u8::is_ascii_digit).count() >= 2).then_some((words, written.value))
}

/// How often each digit stands in a number, four bits a digit; 0 for less than two digits.
fn digit_counts(text: &str, mention: &Mention) -> u64 {
    let digits = mention.span.of(text).bytes().filter(u8::is_ascii_digit);
    let (count, key) = digits
        .fold((0, 0u64), |(count, key), digit| (count + 1, key.wrapping_add(1 << (4 * (digit - b'0')))));
    if count < 2 { 0 } else { key }
}

/// Whether another number, which has the same digits, is this one with two of them changed about, or with another scale.
fn is_slip(text: &str, words: &str, value: Decimal, other: &Mention) -> bool {
    let Some((others, second)) = digits(text, other) else { return false };
    let of = |words: &str| -> Vec<u8> { words.bytes().filter(u8::is_ascii_digit).collect() };
    let (a, b) = (of(words), of(others));
    if value == second || a.len() != b.len() {
        return false;
    }
    let is_scale = a == b
        && [1_000i64, 1_000_000].iter().any(|by| {
            let by = Decimal::from(*by);
            value.checked_mul(by) == Some(second) || second.checked_mul(by) == Some(value)
        });
    let differing = a.iter().zip(&b).filter(|(a, b)| a != b).count();
    is_scale || differing == 2
}

/// Whether most of the words around are the same.
fn is_same_matter(text: &str, a: &Mention, b: &Mention, is_one_block: bool) -> bool {
    let around = |mention: &Mention| -> Vec<String> {
        let span = crate::draft::sentence_around(text, mention.span);
        words(span.of(text))
            .filter(|word| {
                word.len() > 3
                    && scale_named(word).is_none()
                    && !word.bytes().any(|byte| byte.is_ascii_digit())
            })
            .map(str::to_lowercase)
            .collect()
    };
    let (one, two) = (around(a), around(b));
    let shared = one.iter().filter(|word| two.contains(word)).count();
    let fewer = one.len().min(two.len());
    let names = |mention: &Mention| {
        words(crate::draft::sentence_around(text, mention.span).of(text))
            .filter(|word| word.starts_with(char::is_uppercase))
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
    };
    let same_names = names(a).iter().filter(|name| name.len() > 3 && names(b).contains(name)).count();
    is_one_block && shared >= 2
        || same_names >= 2
        || shared >= 3 && shared * 3 >= fewer
        || shared >= 2 && shared * 5 >= fewer * 2
}

/// Whether a number stands in a headline, standfirst, caption or item of a list: in a block of one sentence, or without a full
/// stop at its end.
fn is_headline(text: &str, span: Span) -> bool {
    let start = text.get(..span.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = text
        .get(span.end as usize..)
        .and_then(|after| after.find('\n'))
        .map_or(text.len(), |at| span.end as usize + at);
    let block = text.get(start..end).unwrap_or_default();
    let sentence = crate::draft::sentence_around(text, span);
    !block.ends_with('.') || sentence.len() + 1 >= block.len()
}

fn block(text: &str, span: Span) -> usize {
    text.get(..span.start as usize).unwrap_or_default().bytes().filter(|byte| *byte == b'\n').count()
}
