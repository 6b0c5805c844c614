//! So much for each: "$6.3 million for 1,450 pupils, or $3,400 each", "312 goals in 86 matches, an average of 2.63".
//!
//! Safe because the last number is said to be for each of what is counted, and stands right behind both others.

use super::band::{Band, may_say, plain};
use super::sentence::{Sentence, count, ends_with, has_any};
use super::{Contradiction, Kind, Reader};
use crate::mention::{self, Mention};
use crate::unit::Unit;

pub(super) fn look(reader: &Reader<'_>, sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    use mention::Kind::{Measure, Money, Number};
    for window in 0..sentence.numbers.len().saturating_sub(2) {
        let [total, heads, each] = [window, window + 1, window + 2].map(|at| sentence.numbers.get(at));
        let (Some(total), Some(heads), Some(each)) = (total, heads, each) else { continue };
        let (first, second, behind) =
            (sentence.after(window), sentence.after(window + 1), sentence.after(window + 2));
        let is_each = has_any(first_words(behind), &["each", "apiece", "head"])
            || ends_with(second, "an average of")
            || ends_with(second, "giving each")
            || has_any(first_words(behind), &["per"]);
        let is_split = ["for", "in", "among", "between", "to"].iter().any(|word| ends_with(first, word));
        let fits = total.unit == each.unit
            && heads.unit == Unit::Bare
            && heads.kind == Number
            && matches!(total.kind, Number | Money | Measure)
            && matches!(each.kind, Number | Money | Measure)
            && ![total, heads, each].iter().any(|mention| mention.reading_is_range());
        let is_close = count(first) <= 6
            && count(second) <= 9
            && !second.contains(';')
            && !has_any(second, &["than", "up", "down", "from", "plus"]);
        // "Six inspectors made 1,494 visits between them, an average of 249 each": the heads first.
        let is_first = is_each
            && fits
            && is_close
            && ends_with(second, "an average of")
            && has_any(first_words(behind), &["each"]);
        if is_first && !is_split {
            let band = |mention| Band::of_mention(mention, &reader.widths);
            let share = band(heads).zip(band(total)).and_then(|(total, heads)| total.over(heads));
            if let Some(share) = share.filter(|share| !may_say(each, *share, &reader.widths)) {
                found.push(Contradiction {
                    kind: Kind::Arithmetic,
                    stated: each.words(),
                    operands: vec![total.span, heads.span],
                    arithmetic: format!(
                        "{} over {} is {} each",
                        sentence.words(heads.span),
                        sentence.words(total.span),
                        plain(share)
                    ),
                    help: None,
                });
            }
            continue;
        }
        if is_speed(total, heads, each) && ends_with(second, "an average of") && ends_with(first, "in") {
            found.extend(speed(reader, sentence, total, heads, each));
            continue;
        }
        if !(is_each && is_split && fits && is_close) {
            continue;
        }
        let band = |mention| Band::of_mention(mention, &reader.widths);
        let Some(share) = band(total).zip(band(heads)).and_then(|(total, heads)| total.over(heads)) else {
            continue;
        };
        if may_say(each, share, &reader.widths) {
            continue;
        }
        found.push(Contradiction {
            kind: Kind::Arithmetic,
            stated: each.words(),
            operands: vec![total.span, heads.span],
            arithmetic: format!(
                "{} over {} is {} each",
                sentence.words(total.span),
                sentence.words(heads.span),
                plain(share)
            ),
            help: None,
        });
    }
}

/// "312 kilometres in two hours, an average of 156 kilometres an hour".
fn is_speed(way: &Mention, time: &Mention, speed: &Mention) -> bool {
    let is_single = ![way, time, speed].iter().any(|mention| mention.reading_is_range());
    is_single && time.kind == mention::Kind::Duration && way.unit.over(time.unit) == Some(speed.unit)
}

fn speed(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    way: &Mention,
    time: &Mention,
    speed: &Mention,
) -> Option<Contradiction> {
    let band = |mention| Band::of_mention(mention, &reader.widths);
    let value = band(way)?.over(band(time)?)?;
    let written = speed.factor.written(value.low)?.round_dp(1);
    (!may_say(speed, value, &reader.widths)).then(|| Contradiction {
        kind: Kind::Arithmetic,
        stated: speed.words(),
        operands: vec![way.span, time.span],
        arithmetic: format!(
            "{} in {} is {} {}",
            sentence.words(way.span),
            sentence.words(time.span),
            written,
            speed.unit_name(sentence.text).unwrap_or_default()
        ),
        help: None,
    })
}

/// The first words behind a number.
fn first_words(passage: &str) -> &str {
    let end = passage.char_indices().filter(|(_, c)| *c == ' ').nth(2).map_or(passage.len(), |(at, _)| at);
    passage.get(..end).unwrap_or(passage)
}
