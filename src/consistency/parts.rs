//! Parts and their total: "512 jobs: 214 in Marrow Bay, 183 in Tolk and 125 at headquarters", "of the $86.4 million, $41.7
//! million goes to roads, $28.9 million to rail and the remaining $25.8 million to buses", "214 people, 96 of them children
//! and the other 128 adults", "46 percent is forest, 38 percent farmland; the remaining 26 percent is built on".
//!
//! Safe because a colon behind a total opens its parts, and "the remaining", "the rest" and "the other" close them; a list
//! that comes to less than the total need not be complete, and is reported only where the text says "in all" or the like.

use std::iter;

use super::sentence::{Sentence, What, has};
use super::value::{contradicts, is_alike, is_value, nominal, operand, stated, sum, told_interval};
use super::word::Word;
use super::{Reader, Rule};
use crate::mention::{Kind, Mention};
use crate::number::{Decimal, Interval};
use crate::text::Span;
use crate::unit::Unit;

pub(super) fn look(reader: &mut Reader, sentence: &Sentence<'_>) {
    if sentence.has(&[Word::Some]) {
        return;
    }
    rest(reader, sentence);
    listed(reader, sentence);
    totalled(reader, sentence);
    opposed(reader, sentence);
}

/// Counts, money and measures, which have parts.
pub(super) fn is_part(mention: &Mention) -> bool {
    is_value(mention) && matches!(mention.kind, Kind::Number | Kind::Money | Kind::Measure)
}

/// "…, and the remaining c": what the parts before leave of the whole.
fn rest(reader: &mut Reader, sentence: &Sentence<'_>) {
    let is_rest = |number: usize| {
        let place = sentence.place(number);
        (place.saturating_sub(2)..place).any(|at| matches!(sentence.word(at), Word::Rest | Word::Other))
            || sentence.word(place + 1) == Word::Rest
    };
    let Some(last) = (0..sentence.numbers.len()).find(|number| is_rest(*number)) else { return };
    let Some(stated_rest) = sentence.number(last) else { return };
    let before =
        if last == 0 { sentence.before.as_slice() } else { sentence.numbers.get(..last).unwrap_or_default() };
    let is_percent = stated_rest.unit == Unit::Percent;
    let (whole, parts) = if is_percent {
        (None, before)
    } else {
        match before.split_first() {
            Some((whole, parts)) => (Some(whole), parts),
            None => return,
        }
    };
    let fits = |mention: &Mention| is_alike(mention, stated_rest) && (is_percent || is_part(mention));
    if parts.is_empty() || !parts.iter().all(fits) || whole.is_some_and(|whole| !fits(whole)) {
        return;
    }
    let is_moving = sentence
        .tokens
        .iter()
        .any(|token| matches!(token.what, What::Word(Word::Rise | Word::Fall | Word::Than | Word::From)));
    if is_moving || is_percent && parts.len() < 2 && !opens_all(sentence) && last > 0 {
        return;
    }
    // "the other 13" of a number that nobody calls a whole may be others than the parts.
    if !is_percent
        && !is_whole(sentence, sentence.word(sentence.place(last).saturating_sub(1)) == Word::Other)
    {
        return;
    }
    let all = whole.map_or(Interval::point(Decimal::ONE_HUNDRED), |whole| operand(whole, &reader.widths));
    let Some(taken) = sum(parts.iter().map(|part| operand(part, &reader.widths))) else { return };
    let Ok(left) = all.subtract(&taken) else { return };
    if !contradicts(&stated(stated_rest, &reader.widths), &left) {
        // What is left of a hundred percent is in points, to a formula.
        if let Some(whole) = whole {
            let operands: Vec<&Mention> = iter::once(whole).chain(parts).collect();
            reader.holds(Rule::Difference, stated_rest, &operands);
        }
        return;
    }
    let names: Vec<&str> = parts.iter().map(|part| part.span.of(sentence.text)).collect();
    let of = whole.map_or("100%", |whole| whole.span.of(sentence.text));
    let exact = parts.iter().try_fold(whole.map_or(Some(Decimal::ONE_HUNDRED), nominal), |left, part| {
        Some(left.zip(nominal(part)).map(|(left, part)| left - part))
    });
    let exact = exact.flatten().map_or(left, Interval::point);
    let unit = if is_percent { "%" } else { "" };
    let says = stated_rest.words().of(sentence.text);
    let arithmetic = format!(
        "{of} less {} leaves {}, the draft says {says}",
        list(&names),
        told_interval(&exact, 2, unit)
    );
    let operands: Vec<Span> = whole.into_iter().chain(parts).map(|mention| mention.span).collect();
    reader.report(stated_rest.words(), &operands, arithmetic);
}

/// Whether the sentence's first number is called a whole: "of the 86 …" at the beginning, or "96 of them".
fn is_whole(sentence: &Sentence<'_>, is_other: bool) -> bool {
    let opens = (0..sentence.place(0)).any(|at| sentence.word(at) == Word::Of) && sentence.place(0) < 5;
    let of_them = sentence.tokens.windows(2).any(|pair| {
        pair.first().is_some_and(|token| token.what == What::Word(Word::Of))
            && pair.get(1).is_some_and(|token| token.what == What::Word(Word::Them))
    });
    opens || of_them || !is_other && sentence.numbers.len() > 2
}

/// Whether a sentence's percentages begin with those of one whole.
fn opens_all(sentence: &Sentence<'_>) -> bool {
    sentence.word(sentence.place(0) + 1) == Word::Of
}

/// "512 jobs will go: 214 in Marrow Bay, 183 in Tolk and 125 at headquarters".
fn listed(reader: &mut Reader, sentence: &Sentence<'_>) {
    let opener = |mark| sentence.tokens.iter().position(|token| token.what == mark);
    let dashes = sentence.tokens.iter().filter(|token| token.what == What::Dash).count();
    let Some(colon) = opener(What::Colon).or_else(|| opener(What::Dash).filter(|_| dashes == 1)) else {
        return;
    };
    let split = sentence.places.partition_point(|place| *place < colon);
    let (before, parts) = sentence.numbers.split_at_checked(split).unwrap_or((&[], &[]));
    let parts: Vec<&Mention> = parts.iter().filter(|mention| mention.unit != Unit::Percent).collect();
    // "three projects:" says how many parts there are.
    let many = Decimal::from(parts.len());
    let mut totals = before.iter().filter(|mention| is_part(mention) && nominal(mention) != Some(many));
    let (Some(total), None) = (totals.next(), totals.next()) else { return };
    if parts.len() < 2 || !parts.iter().all(|part| is_part(part) && is_alike(part, total)) {
        return;
    }
    let behind = sentence.tokens.get(colon..).unwrap_or_default();
    if !has(behind, &[Word::And])
        || has(
            behind,
            &[
                Word::Than,
                Word::Of,
                Word::Rise,
                Word::Fall,
                Word::Up,
                Word::Down,
                Word::Against,
                Word::To,
                Word::Per,
                Word::Each,
            ],
        )
    {
        return;
    }
    // Each part follows the colon, a comma, or "and"; it is no part of another.
    let stands = |at: usize| {
        let place = sentence.place(at);
        (place.saturating_sub(2)..place).any(|at| {
            matches!(
                sentence.at(at),
                Some(What::Colon | What::Dash | What::Comma | What::Semicolon | What::Word(Word::And))
            )
        })
    };
    if !(split..sentence.numbers.len())
        .filter(|at| sentence.number(*at).is_some_and(|it| it.unit != Unit::Percent))
        .all(stands)
    {
        return;
    }
    let is_all =
        has(sentence.tokens.get(..colon).unwrap_or_default(), &[Word::All, Word::Total, Word::Split]);
    add_up(reader, sentence, total, &parts, is_all);
}

/// "312 online and 143 at the door, 445 in all", "for a total of 445".
fn totalled(reader: &mut Reader, sentence: &Sentence<'_>) {
    let Some(last) = sentence.numbers.len().checked_sub(1) else { return };
    let Some((total, parts)) = sentence.numbers.split_last() else { return };
    let place = sentence.place(last);
    let is_before = (place.saturating_sub(3)..place).any(|at| {
        sentence.word(at) == Word::Total
            && matches!(sentence.word(at + 1), Word::Of | Word::To)
            && at + 2 >= place
    });
    let is_behind = sentence.word(place + 1) == Word::Total
        || sentence.word(place + 1) == Word::In
            && matches!(sentence.word(place + 2), Word::All | Word::Total);
    let is_moving = sentence.tokens.iter().any(|token| {
        matches!(
            token.what,
            What::Word(
                Word::Rise
                    | Word::Fall
                    | Word::Up
                    | Word::Down
                    | Word::Than
                    | Word::From
                    | Word::Of
                    | Word::More
                    | Word::Less
            )
        )
    });
    let of = sentence.tokens.iter().filter(|token| token.what == What::Word(Word::Of)).count();
    let is_moving = is_moving && !(is_before && of == 1 && !sentence.tokens.iter().any(|token| matches!(token.what, What::Word(word) if word.direction().is_some() || word == Word::From || word == Word::Than)));
    if !(is_before || is_behind) || is_moving || parts.len() < 2 {
        return;
    }
    let parts: Vec<&Mention> = parts.iter().collect();
    if parts.iter().all(|part| is_part(part) && is_alike(part, total)) && is_part(total) {
        add_up(reader, sentence, total, &parts, true);
    }
}

/// Reports parts that cannot add up to their total. Where they may be incomplete, only those that come to more.
fn add_up(reader: &mut Reader, sentence: &Sentence<'_>, total: &Mention, parts: &[&Mention], is_all: bool) {
    let Some(all) = sum(parts.iter().map(|part| operand(part, &reader.widths))) else { return };
    let says = stated(total, &reader.widths);
    if !contradicts(&says, &all) {
        return reader.holds(Rule::Sum, total, parts);
    }
    let exact: Option<Decimal> = parts.iter().map(|part| nominal(part)).sum();
    let (Some(exact), Some(value)) = (exact, nominal(total)) else { return };
    if exact < value && (!is_all || exact < value * Decimal::new(7, 1)) || exact > value * Decimal::new(19, 1)
    {
        return;
    }
    let names: Vec<&str> = parts.iter().map(|part| part.span.of(sentence.text)).collect();
    let says = total.words().of(sentence.text);
    let arithmetic = format!(
        "{} add up to {}, the draft says {says}",
        list(&names),
        told_interval(&Interval::point(exact), 2, "")
    );
    let operands: Vec<Span> = parts.iter().map(|part| part.span).collect();
    reader.report(total.words(), &operands, arithmetic);
}

/// "52.4 percent were for the merger, 44.1 percent against and 8.5 percent blank": percentages of one vote past all of it.
fn opposed(reader: &mut Reader, sentence: &Sentence<'_>) {
    let behind = |number: usize| {
        let place = sentence.place(number);
        let end = sentence.place(number + 1).min(sentence.tokens.len());
        sentence.between(place, end)
    };
    let is_percent = |mention: &Mention| mention.unit == Unit::Percent && mention.kind == Kind::Percent;
    let numbers = &sentence.numbers;
    if !numbers.iter().all(is_percent)
        || sentence.has(&[
            Word::Than,
            Word::From,
            Word::Rise,
            Word::Fall,
            Word::Up,
            Word::Down,
            Word::More,
            Word::Less,
        ])
    {
        return;
    }
    let is_for = (0..numbers.len()).any(|at| has(behind(at), &[Word::For]));
    let is_against = (0..numbers.len()).any(|at| has(behind(at), &[Word::Against]));
    // "57 percent are women and 53 percent men": right behind the number, or behind "are".
    let is_called = |at: usize, names: &[&str]| {
        let behind = behind(at);
        let is_called = behind.iter().take(2).any(|token| names.contains(&token.span.of(sentence.text)));
        is_called && !has(behind.get(..2).unwrap_or(behind), &[Word::Of, Word::Among, Word::In])
    };
    let is_either = |one: &[&str], other: &[&str]| {
        numbers.len() == 2
            && (is_called(0, one) && is_called(1, other) || is_called(0, other) && is_called(1, one))
    };
    let is_all = is_either(&["women", "female"], &["men", "male"]) || is_either(&["girls"], &["boys"]);
    if !(is_all || is_for && is_against) {
        return;
    }
    let Some(all) = sum(numbers.iter().map(|number| operand(number, &reader.widths))) else { return };
    let Some((last, parts)) = numbers.split_last() else { return };
    if all.low().value().is_none_or(|low| low <= Decimal::ONE_HUNDRED) {
        return;
    }
    let exact: Decimal = numbers.iter().filter_map(nominal).sum();
    let names: Vec<&str> = numbers.iter().map(|number| number.span.of(sentence.text)).collect();
    let arithmetic = format!("{} add up to {}%, which is more than all", list(&names), exact.normalize());
    let operands: Vec<Span> = parts.iter().map(|part| part.span).collect();
    reader.report(last.words(), &operands, arithmetic);
}

/// "a, b and c".
pub(super) fn list(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}
