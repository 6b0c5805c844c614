//! A length of time beside two times of day, or two results of a race: "from 7:15 a.m. to 4:45 p.m., a shift of eight hours",
//! "in 2:31:12, 47 seconds ahead of …, who finished in 2:32:19".
//!
//! Safe because "from" and "to" make ends of the times, or because "ahead" and its kin make a margin of the length; a pause of
//! an hour need not be counted.

use std::borrow::Cow;

use super::Reader;
use super::calendar::clock;
use super::sentence::{Sentence, What};
use super::value::told;
use super::word::Word;
use crate::hedge::Hedge;
use crate::mention::Kind;
use crate::number::{Decimal, Reading};
use crate::text::Span;
use crate::unit::Unit;

/// "from 7:15 a.m. to 4:45 p.m., a shift of eight hours"; "in 2:31:12, 47 seconds ahead of …, who finished in 2:32:19".
pub(super) fn look(reader: &mut Reader, sentence: &Sentence<'_>) {
    let mut clocks = sentence.tokens.iter().enumerate().filter_map(|(place, token)| match token.what {
        What::Date(_) => {
            clock(token.span.of(sentence.text)).map(|(seconds, places)| (place, token.span, seconds, places))
        }
        _ => None,
    });
    let (Some(first), Some(second), None) = (clocks.next(), clocks.next(), clocks.next()) else { return };
    let is_race = first.3 == 3 && second.3 == 3;
    let mut lengths = (0..sentence.numbers.len())
        .filter(|number| sentence.number(*number).is_some_and(|it| it.kind == Kind::Duration));
    let (Some(number), None) = (lengths.next(), lengths.next()) else { return };
    let Some(mention) = sentence.number(number) else { return };
    let Reading::One(written) = mention.reading else { return };
    if mention.unit != Unit::DAYS || mention.hedge != Hedge::Plain {
        return;
    }
    let day = 24 * 3600;
    let apart = second.2 - first.2;
    let seconds = if is_race {
        apart.abs()
    } else {
        let joint = sentence.between(first.0, second.0);
        let is_to =
            matches!(joint, [only] if matches!(only.what, What::Word(Word::To | Word::Until | Word::And)));
        let lead = first.0.checked_sub(1).map_or(Word::Plain, |at| sentence.word(at));
        let near = sentence.place(number) > second.0
            && sentence.between(second.0, sentence.place(number)).len() <= 5
            || sentence.place(number) < first.0
                && sentence.between(sentence.place(number), first.0).len() <= 3;
        if !is_to || !matches!(lead, Word::From | Word::Between) || !near {
            return;
        }
        apart.rem_euclid(day)
    };
    let place = sentence.place(number);
    let is_margin = matches!(sentence.word(place + 1), Word::More | Word::Less | Word::Change)
        || (place.saturating_sub(3)..place).any(|at| matches!(sentence.word(at), Word::Change | Word::By));
    if is_race && !is_margin {
        return;
    }
    let kept = |value: Decimal| mention.factor.kept(value).map(|days| days * Decimal::from(day));
    let half = written.step / Decimal::TWO;
    let (Some(low), Some(high)) = (kept(written.value - half), kept(written.value + half)) else { return };
    let computed = Decimal::from(seconds);
    if low <= computed && computed <= high {
        return;
    }
    // Breaks are not always counted as work.
    let said = (low + high) / Decimal::TWO;
    if !is_race && (computed - said).abs() <= Decimal::from(3600) {
        return;
    }
    let unit = mention.unit_name(sentence.text).map_or_else(|| "hour".to_owned(), Cow::into_owned);
    let Some(value) = kept(Decimal::ONE).and_then(|one| computed.checked_div(one)) else { return };
    let words = |span: Span| span.of(sentence.text);
    let arithmetic = format!(
        "from {} to {} is {} {unit}s, the draft says {}",
        words(first.1),
        words(second.1),
        told(value, 2),
        words(mention.words())
    );
    reader.report(mention.words(), &[first.1, second.1], arithmetic);
}
