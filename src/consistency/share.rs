//! Shares beside the part and the whole: "of the 86 schools inspected, 31 (27%)", "17 of the 47 seats, or 64 per cent",
//! "58 percent of the 1,214 respondents, or 814 people", "four in five households, 1,913 of 3,652"; and two shares for one
//! thing: "one in eight pupils, or 21 percent".
//!
//! Safe because part and whole are joined by "of", and the share stands in brackets behind them, behind "or", or as the
//! same thing in other words. "Of those" is the part that the sentence before ends with.

use super::sentence::{Sentence, Token, What, has};
use super::value::{
    common, contradicts, is_alike, is_value, kept, nominal, ratio, stated, times, told_interval,
};
use super::word::Word;
use super::{Reader, Rule};
use crate::mention::{self, Mention};
use crate::number::{Decimal, Interval};
use crate::unit::Unit;

/// The part that a sentence spoke of last, which "of those" in the next one means.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Carried {
    /// The part, and where its sentence ends.
    part: Option<(Mention, u32)>,
}

/// A part of a whole.
#[derive(Clone, Copy, Debug)]
struct Portion {
    part: usize,
    whole: Whole,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whole {
    /// The number of that index in the sentence.
    Here(usize),
    /// The part of the sentence before.
    Carried,
}

pub(super) fn look(reader: &mut Reader, sentence: &Sentence<'_>, carried: &mut Carried) {
    let before =
        carried.part.filter(|(_, end)| sentence.span.start.saturating_sub(*end) < 3).map(|(part, _)| part);
    carried.part = None;
    let portions = portions(sentence, before.is_some());
    for number in 0..sentence.numbers.len() {
        if sentence.number(number).is_some_and(is_share) {
            if let Some((share, portion)) = bound(sentence, number, &portions) {
                check(reader, sentence, share, portion, before.as_ref());
            }
            same(reader, sentence, number);
        }
    }
    if let Some(last) = portions.last() {
        carried.part = sentence.number(last.part).map(|part| (*part, sentence.span.end));
    }
}

fn is_share(mention: &Mention) -> bool {
    matches!(mention.kind, mention::Kind::Percent | mention::Kind::Fraction) && mention.unit != Unit::Points
}

/// Counts, money and measures, which have parts.
fn is_amount(mention: &Mention) -> bool {
    is_value(mention)
        && matches!(mention.kind, mention::Kind::Number | mention::Kind::Money | mention::Kind::Measure)
}

/// The parts of wholes that a sentence names.
fn portions(sentence: &Sentence<'_>, is_carried: bool) -> Vec<Portion> {
    let mut portions: Vec<Portion> = Vec::new();
    for number in 0..sentence.numbers.len() {
        let Some(mention) = sentence.number(number).filter(|mention| is_amount(mention)) else { continue };
        // "17 of the 47 seats"
        let previous = number.checked_sub(1);
        if let Some(part) = previous.filter(|part| {
            sentence.number(*part).is_some_and(|part| is_amount(part) && is_alike(part, mention))
        }) && is_of(sentence, part, number)
        {
            portions.push(Portion { part, whole: Whole::Here(number) });
            continue;
        }
        // "119 of them": of what was named before.
        let place = sentence.place(number);
        if let Some(whole) = previous.filter(|whole| {
            sentence.number(*whole).is_some_and(|whole| is_amount(whole) && is_alike(whole, mention))
        }) && sentence.word(place + 1) == Word::Of
            && sentence.word(place + 2) == Word::Them
        {
            portions.push(Portion { part: number, whole: Whole::Here(whole) });
            continue;
        }
        // "Of the 86 schools inspected, 31"
        let Some(whole) = opened(sentence, number, is_carried) else { continue };
        let is_first = !portions.iter().any(|portion| portion.whole == whole);
        if is_first {
            portions.push(Portion { part: number, whole });
        }
    }
    portions
}

/// "a of the b": nothing but "of", articles and a few words between.
fn is_of(sentence: &Sentence<'_>, part: usize, whole: usize) -> bool {
    let gap = sentence.gap(part, whole);
    let of = gap.iter().position(|token| token.what == What::Word(Word::Of));
    let is_plain = |token: &Token| {
        matches!(
            token.what,
            What::Word(Word::Plain | Word::Article | Word::Of | Word::All | Word::Total) | What::Hyphen
        )
    };
    of.is_some_and(|of| of <= 2 && gap.len() - of <= 5) && gap.iter().all(is_plain)
}

/// The whole that a sentence, or a part of it, opens with: "Of the 86 schools inspected, 31 …", "Of those, 47 …".
fn opened(sentence: &Sentence<'_>, part: usize, is_carried: bool) -> Option<Whole> {
    let place = sentence.place(part);
    let comma = (place.saturating_sub(4)..place).rev().find(|at| sentence.at(*at) == Some(What::Comma))?;
    if !sentence
        .between(comma, place)
        .iter()
        .all(|token| matches!(token.what, What::Word(Word::Plain | Word::Article | Word::Be)))
    {
        return None;
    }
    let is_opening = |at: usize| {
        sentence.word(at) == Word::Of
            && at.checked_sub(1).is_none_or(|before| {
                matches!(sentence.at(before), Some(What::Comma | What::Semicolon | What::Colon | What::Dash))
            })
    };
    let of = (comma.saturating_sub(14)..comma).rev().find(|at| is_opening(*at))?;
    if is_carried && sentence.word(of + 1) == Word::Them && comma == of + 2 {
        return Some(Whole::Carried);
    }
    let mut wholes = (0..part).filter(|number| (of..comma).contains(&sentence.place(*number)));
    let whole = wholes.next().filter(|whole| sentence.place(*whole) <= of + 5)?;
    let (a, b) = (sentence.number(whole)?, sentence.number(part)?);
    (wholes.next().is_none() && is_amount(a) && is_alike(a, b)).then_some(Whole::Here(whole))
}

/// The portion that a share is of.
fn bound(sentence: &Sentence<'_>, share: usize, portions: &[Portion]) -> Option<(usize, Portion)> {
    // "58 percent of the 1,214 respondents, or 814 people", "a quarter of the wells – 41 of 123 –"
    let whole = share + 1;
    if sentence.number(whole).is_some_and(is_amount)
        && is_of(sentence, share, whole)
        && let Some(part) = apposed(sentence, whole)
    {
        return Some((share, Portion { part, whole: Whole::Here(whole) }));
    }
    // "four in five households, 1,913 of 3,652"; "61.3 percent: 38,412 of the 71,906"
    let behind = portions.iter().find(|portion| {
        let gap = sentence.gap(share, portion.part);
        let is_marked = gap.last().is_some_and(|token| {
            matches!(token.what, What::Comma | What::Dash | What::Colon | What::Open | What::Word(Word::Or))
        });
        let is_whole_behind = portion.whole == Whole::Here(portion.part + 1);
        portion.part == share + 1
            && is_whole_behind
            && is_marked
            && gap.len() <= 14
            && !is_change(sentence, share)
    });
    if let Some(portion) = behind {
        return Some((share, *portion));
    }
    let last = share.checked_sub(1)?;
    // "$3.2 million to rural clinics, 45 percent of the $11.8 million"
    let before = sentence.gap(last, share);
    let is_apposed = matches!(before.last(), Some(token) if matches!(token.what, What::Comma | What::Dash))
        && before.len() <= 8;
    if is_apposed
        && let (Some(part), Some(base)) = (sentence.number(last), sentence.number(whole))
        && is_amount(part)
        && is_amount(base)
        && is_alike(part, base)
        && is_of(sentence, share, whole)
        && !has(before, &[Word::And, Word::Or, Word::Of])
        && !is_change(sentence, share)
    {
        return Some((share, Portion { part: last, whole: Whole::Here(whole) }));
    }
    let gap = sentence.gap(last, share);
    // "twelve of the 36 wells, a quarter, are dry"
    let behind = sentence.at(sentence.place(share) + 1);
    let is_inserted = gap.len() <= 6
        && matches!(gap.last().map(|token| token.what), Some(What::Comma))
        && matches!(behind, Some(What::Comma | What::Close | What::Dash));
    if !(introduces(gap) || is_inserted) || is_change(sentence, share) {
        return None;
    }
    let before =
        portions.iter().rev().find(|portion| portion.part == last || portion.whole == Whole::Here(last));
    before.copied().or_else(|| listed(sentence, last, gap)).map(|portion| (share, portion))
}

/// Whether a share behind these words is that of what stands before them: "(27%)", ", or 27%", ", a rate of 27%".
fn introduces(gap: &[Token]) -> bool {
    let back = |at: usize| gap.len().checked_sub(at).and_then(|at| gap.get(at)).map(|token| token.what);
    let word = What::Word;
    match (back(1), back(2), back(3), back(4)) {
        (Some(What::Open), ..) => gap.len() <= 7,
        (Some(What::Dash), ..) => gap.len() <= 5,
        (Some(it), Some(What::Comma), ..) if it == word(Word::Or) => gap.len() <= 14,
        (Some(of), Some(What::Word(Word::Plain)), Some(article), Some(What::Comma)) => {
            of == word(Word::Of) && article == word(Word::Article) && gap.len() <= 12
        }
        (Some(it), Some(What::Word(Word::That)), Some(What::Comma), _) => {
            it == word(Word::Be) && gap.len() <= 10
        }
        _ => false,
    }
}

/// "up 27%" is no share, nor is "27% more".
fn is_change(sentence: &Sentence<'_>, share: usize) -> bool {
    let place = sentence.place(share);
    let is_directed = |at: usize| sentence.word(at).direction().is_some();
    is_directed(place + 1)
        || (place.saturating_sub(2)..place).any(is_directed)
        || sentence.word(place + 1) == Word::Points
}

/// "answered 1,326 calls: 412 for the sick (31%), …": a part of the total before the colon.
fn listed(sentence: &Sentence<'_>, part: usize, gap: &[Token]) -> Option<Portion> {
    let first = sentence.tokens.iter().position(|token| token.what == What::Colon)?;
    let mut before = (0..part)
        .filter(|number| sentence.place(*number) < first && sentence.number(*number).is_some_and(is_amount));
    let whole = before.next().filter(|_| before.next().is_none())?;
    let (a, b) = (sentence.number(whole)?, sentence.number(part)?);
    let is_listed = sentence.place(part) > first && gap.len() <= 6 && is_amount(b) && is_alike(a, b);
    is_listed.then_some(Portion { part, whole: Whole::Here(whole) })
}

/// "…, or 814 people", ", 41,", "– 41 –": the part, said once more as a number.
fn apposed(sentence: &Sentence<'_>, whole: usize) -> Option<usize> {
    let part = whole + 1;
    let (a, b) = (sentence.number(whole)?, sentence.number(part)?);
    let gap = sentence.gap(whole, part);
    let last = gap.last()?.what;
    let before = gap.len().checked_sub(2).and_then(|at| gap.get(at)).map(|token| token.what);
    let is_or = last == What::Word(Word::Or) && before == Some(What::Comma);
    let place = sentence.place(part);
    let is_closed = matches!(sentence.at(place + 1), Some(What::Comma | What::Dash | What::Close))
        || place + 1 == sentence.tokens.len()
        || sentence.word(place + 1) == Word::In && sentence.word(place + 2) == Word::All
        || sentence.word(place + 1) == Word::Of && sentence.word(place + 2) == Word::Them;
    let is_apart = matches!(last, What::Comma | What::Dash | What::Open) && is_closed;
    (gap.len() <= 8 && is_amount(b) && is_alike(a, b) && (is_or || is_apart)).then_some(part)
}

/// Reports a share that no part and whole can make true.
fn check(
    reader: &mut Reader,
    sentence: &Sentence<'_>,
    share: usize,
    portion: Portion,
    before: Option<&Mention>,
) {
    let whole = match portion.whole {
        Whole::Here(whole) => sentence.number(whole),
        Whole::Carried => before,
    };
    let (Some(mention), Some(part), Some(whole)) =
        (sentence.number(share), sentence.number(portion.part), whole)
    else {
        return;
    };
    if sentence.is_denied(share) {
        return;
    }
    match is_share_of(reader, mention, part, whole) {
        Some(true) => return reader.holds(Rule::Share, mention, &[part, whole]),
        None => return,
        Some(false) => {}
    }
    let values = || sentence.numbers.iter().filter(|value| is_amount(value));
    let is_other = values().any(|a| {
        values().any(|b| {
            a.span != b.span
                && is_alike(a, b)
                && nominal(a) <= nominal(b)
                && is_share_of(reader, mention, a, b) == Some(true)
        })
    });
    if is_other {
        return;
    }
    let words = |mention: &Mention| mention.span.of(sentence.text);
    let Some((a, b)) = common(part, whole, &reader.widths) else { return };
    let Some(range) = ratio(&a, &b) else { return };
    let percent = |interval: &Interval| {
        told_interval(&times(interval, Decimal::ONE_HUNDRED).unwrap_or(*interval), 1, "%")
    };
    let exact = nominal(part).zip(nominal(whole));
    let exact = exact.and_then(|(part, whole)| ratio(&Interval::point(part), &Interval::point(whole)));
    let all = percent(&range);
    let value =
        exact.filter(|_| part.factor == whole.factor).map_or_else(|| all.clone(), |exact| percent(&exact));
    let range =
        if value == all { String::new() } else { format!(" ({all} for any values that round to these)") };
    let says = mention.words().of(sentence.text);
    let arithmetic = format!("{} of {} is {value}{range}, the draft says {says}", words(part), words(whole));
    // What is said to follow is the last of the three.
    reader.report(mention.words(), &[part.span, whole.span], arithmetic);
}

/// Whether a part may be that share of a whole.
fn is_share_of(reader: &Reader, share: &Mention, part: &Mention, whole: &Mention) -> Option<bool> {
    let (part, whole) = common(part, whole, &reader.widths)?;
    let says = kept(share, &stated(share, &reader.widths))?;
    Some(!contradicts(&says, &ratio(&part, &whole)?))
}

/// "One in eight pupils, or 21 percent,": two shares that cannot be one.
fn same(reader: &mut Reader, sentence: &Sentence<'_>, first: usize) {
    let second = first + 1;
    let (Some(a), Some(b)) = (sentence.number(first), sentence.number(second)) else { return };
    let gap = sentence.gap(first, second);
    let ends = gap.last().map(|token| token.what);
    let comma = gap.len().checked_sub(2).and_then(|at| gap.get(at)).map(|token| token.what);
    let is_or = ends == Some(What::Word(Word::Or)) && comma == Some(What::Comma);
    let is_bracketed = ends == Some(What::Open);
    let is_short = gap.len() <= 8 && !has(gap, &[Word::And, Word::But]);
    if !is_share(b) || a.kind == b.kind || !(is_or || is_bracketed) || !is_short || is_change(sentence, first)
    {
        return;
    }
    let says = |mention: &Mention| kept(mention, &stated(mention, &reader.widths));
    let (Some(one), Some(other)) = (says(a), says(b)) else { return };
    if !contradicts(&one, &other) || !contradicts(&other, &one) {
        return reader.holds(Rule::Same, b, &[a]);
    }
    let percent = nominal(a).and_then(|value| a.factor.kept(value)).map(Interval::point);
    let percent = percent.and_then(|value| times(&value, Decimal::ONE_HUNDRED));
    let Some(percent) = percent else { return };
    let words = |mention: &Mention| mention.words().of(sentence.text);
    let arithmetic =
        format!("{} is {}, the draft says {}", words(a), told_interval(&percent, 1, "%"), words(b));
    reader.report(b.words(), &[a.span], arithmetic);
}
