//! So much for each: "312 goals in 86 matches, an average of 2.63", "€18.7 million among 34 municipalities, giving each about
//! €870,000", "48,312 inhabitants on 126 square kilometres, or 283 to the square kilometre".
//!
//! Safe because the three stand one behind the other, the second is what the first is spread over, and the third is called
//! an average, or is said of each.

use super::sentence::{Sentence, What, has};
use super::value::{contradicts, is_alike, kept, nominal, operand, ratio, stated, sum, told_interval};
use super::word::Word;
use super::{Reader, Rule};
use crate::mention::{Kind, Mention};
use crate::number::{Decimal, Interval};
use crate::text::Span;
use crate::unit::Unit;

pub(super) fn look(reader: &mut Reader, sentence: &Sentence<'_>) {
    for each in 2..sentence.numbers.len() {
        spread(reader, sentence, each);
        mean(reader, sentence, each);
    }
}

fn is_amount(mention: &Mention) -> bool {
    matches!(mention.kind, Kind::Number | Kind::Money | Kind::Measure | Kind::Rate | Kind::Duration)
        && !matches!(mention.unit, Unit::Per(_))
}

fn spread(reader: &mut Reader, sentence: &Sentence<'_>, each: usize) {
    let (Some(total), Some(heads), Some(says)) =
        (sentence.number(each - 2), sentence.number(each - 1), sentence.number(each))
    else {
        return;
    };
    let (first, second) = (sentence.gap(each - 2, each - 1), sentence.gap(each - 1, each));
    // "the 14 schools got $2.8 million, or $400,000 each"
    let is_money_of = total.kind == Kind::Number
        && heads.kind == Kind::Money
        && says.kind == Kind::Money
        && has(second, &[Word::Or]);
    let is_made = total.kind == Kind::Number && heads.kind == Kind::Number && has(second, &[Word::Average]);
    let is_turned = (is_money_of || is_made)
        && second.len() <= 10
        && sentence.word(sentence.place(each) + 1) == Word::Each
        && first.len() <= 5
        && !has(first, &[Word::In, Word::For, Word::Among, Word::Between, Word::On, Word::Of]);
    let (total, heads) = if is_turned { (heads, total) } else { (total, heads) };
    let is_joined = is_turned
        || has(
            first,
            &[Word::In, Word::For, Word::Among, Word::Between, Word::On, Word::Per, Word::To, Word::By],
        ) && first.len() <= 9;
    let is_plain = !has(first, &[Word::And, Word::Or, Word::From, Word::Of, Word::Than])
        && !has(second, &[Word::Than, Word::From, Word::Up, Word::Down, Word::Rise, Word::Fall, Word::But]);
    let marks = second.iter().any(|token| matches!(token.what, What::Comma | What::Open | What::Dash));
    if !is_joined || !is_plain || !marks || second.len() > 10 || !is_each(sentence, each) {
        return;
    }
    let is_total = matches!(total.kind, Kind::Number | Kind::Money | Kind::Measure) && is_amount(says);
    // "312 kilometres in two and a half hours, an average of 152 kilometres an hour"
    let time = |mention: &Mention| {
        mention.span.of(sentence.text).rsplit([' ', '-']).next().map(|word| word.trim_end_matches('s'))
    };
    let is_speed = heads.kind == Kind::Duration && time(heads) == time(says);
    let is_heads = (matches!(heads.kind, Kind::Number | Kind::Measure) || is_speed)
        && nominal(heads).is_some_and(|many| many > Decimal::ONE);
    let is_money = |mention: &Mention| {
        mention.kind == Kind::Money || matches!(mention.unit, Unit::Of(of) if of.currency().is_some())
    };
    if !is_total || !is_heads || is_money(total) != is_money(says) || sentence.is_denied(each) {
        return;
    }
    if total.kind == Kind::Measure && says.kind == Kind::Measure && total.factor != says.factor {
        return;
    }
    // Dollars and cents are put in one form; what is per something else besides is as it is written.
    let one_form = |mention: &Mention, value: Interval| {
        if total.unit == says.unit { kept(mention, &value) } else { Some(value) }
    };
    let (Some(all), Some(each_says)) =
        (one_form(total, operand(total, &reader.widths)), one_form(says, stated(says, &reader.widths)))
    else {
        return;
    };
    let Some(share) = ratio(&all, &operand(heads, &reader.widths)) else { return };
    if !contradicts(&each_says, &share) {
        return reader.holds(Rule::Quotient, says, &[total, heads]);
    }
    // "Four inspectors for 2,600 buildings, or 650 apiece": either of two counts may be what is shared out.
    let are_counts = total.kind == Kind::Number && heads.kind == Kind::Number;
    let turned = ratio(&operand(heads, &reader.widths), &operand(total, &reader.widths));
    if are_counts && turned.is_none_or(|turned| !contradicts(&each_says, &turned)) {
        return;
    }
    let words = |mention: &Mention| mention.words().of(sentence.text);
    let arithmetic = format!(
        "{} over {} is {} each, the draft says {}",
        words(total),
        words(heads),
        told_interval(&share, 2, ""),
        words(says)
    );
    reader.report(says.words(), &[total.span, heads.span], arithmetic);
}

/// Whether a number is said of each: "an average of 2.63", "3,400 each", "some $700,000 for each", "283 to the square kilometre".
fn is_each(sentence: &Sentence<'_>, number: usize) -> bool {
    let place = sentence.place(number);
    let before = sentence.tokens.get(place.saturating_sub(6)..place).unwrap_or_default();
    let before = before
        .iter()
        .rposition(|token| matches!(token.what, What::Number(_)))
        .map_or(before, |at| before.get(at + 1..).unwrap_or_default());
    let behind = (place + 1..place + 5).map(|at| sentence.word(at));
    let is_rate = sentence.number(number).is_some_and(|mention| mention.kind == Kind::Rate);
    has(before, &[Word::Average, Word::Each])
        || behind.clone().any(|word| matches!(word, Word::Each | Word::Per))
        || has(before, &[Word::Or]) && (sentence.word(place + 1) == Word::To || is_rate)
        || is_rate && !behind.clone().any(|word| word == Word::Back)
}

/// "Three readings, of 14, 15 and 19, gave an average of 16": the mean of a list that is as long as it is said to be.
fn mean(reader: &mut Reader, sentence: &Sentence<'_>, each: usize) {
    let place = sentence.place(each);
    let is_average = (place.saturating_sub(3)..place).any(|at| sentence.word(at) == Word::Average);
    let Some(says) = sentence.number(each).filter(|_| is_average) else { return };
    let Some(count) = sentence.number(0).and_then(nominal) else { return };
    let parts = sentence.numbers.get(1..each).unwrap_or_default();
    let is_list = Decimal::from(parts.len()) == count && parts.len() >= 2;
    if !is_list || !parts.iter().all(|part| is_alike(part, says)) || sentence.is_denied(each) {
        return;
    }
    let Some(all) = sum(parts.iter().map(|part| operand(part, &reader.widths))) else { return };
    let Some(mean) = ratio(&all, &Interval::point(count)) else { return };
    if !contradicts(&stated(says, &reader.widths), &mean) {
        return reader.holds(Rule::Mean, says, &parts.iter().collect::<Vec<_>>());
    }
    let names: Vec<&str> = parts.iter().map(|part| part.span.of(sentence.text)).collect();
    let arithmetic = format!(
        "the average of {} is {}, the draft says {}",
        super::parts::list(&names),
        told_interval(&mean, 2, ""),
        says.words().of(sentence.text)
    );
    let operands: Vec<Span> = parts.iter().map(|part| part.span).collect();
    reader.report(says.words(), &operands, arithmetic);
}
