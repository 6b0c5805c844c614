//! Lengths of time beside the days or hours that they span: "her first 66 days in office, from February 3 to April 9, 2025",
//! "closed for 18 months between June 2021 and December 2022", "from 7:15 a.m. to 4:45 p.m., a shift of nine and a half hours";
//! and beside the day of publication: "in 1987, 38 years ago", "began on March 3, is now in its 37th day".
//!
//! Safe because both ends are marked ("from … to", "between … and", "began on"), and a day, month or year more or less is
//! allowed.

use jiff::civil::Date;

use super::sentence::{Sentence, count, ends_with, has_any};
use super::{Contradiction, Kind, Reader};
use crate::hedge::Hedge;
use crate::mention::{self, Excluded, Exclusion, Mention};
use crate::number::{Decimal, Reading, numeral_at, word_at};
use crate::text::Span;
use crate::unit::Unit;

pub(super) fn look(reader: &Reader<'_>, sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    if sentence.excluded.is_empty() {
        return;
    }
    days(reader, sentence, found);
    hours(sentence, found);
    if let Some(published) = reader.published {
        ago(sentence, published, found);
        nth_day(sentence, published, found);
    }
}

/// A month, with its day and year where they are written.
#[derive(Clone, Copy, Debug)]
struct Moment {
    span: Span,
    year: Option<i16>,
    month: i8,
    day: Option<i8>,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month(word: &str) -> Option<i8> {
    let at = MONTHS.iter().position(|month| *month == word)?;
    i8::try_from(at + 1).ok()
}

/// The moments of a sentence: "February 3", "April 9, 2025", "6 July", "June 2021".
fn moments(sentence: &Sentence<'_>) -> Vec<Moment> {
    let of = |it: &Excluded| {
        let words = sentence.words(it.span);
        let before = sentence.text.get(sentence.span.start as usize..it.span.start as usize)?.trim_end();
        let last = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        let number = |text: &str| text.trim().parse::<i16>().ok();
        match it.rule {
            Exclusion::Year => {
                let month = month(last)?;
                Some(Moment { span: it.span, year: number(words), month, day: None })
            }
            Exclusion::Date if words.len() == 4 && month(last).is_some() => {
                Some(Moment { span: it.span, year: number(words), month: month(last)?, day: None })
            }
            Exclusion::Date => {
                let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                let day = number(words.get(..digits)?).and_then(|day| i8::try_from(day).ok())?;
                let rest = words.get(digits..)?;
                if let Some(month) = month(last) {
                    let year = rest.strip_prefix(", ").and_then(number);
                    return (rest.is_empty() || year.is_some()).then_some(Moment {
                        span: it.span,
                        year,
                        month,
                        day: Some(day),
                    });
                }
                let named = word_at(sentence.text, it.span.start as usize + digits + 1);
                let year = rest.rsplit(' ').next().filter(|last| last.len() == 4).and_then(number);
                Some(Moment { span: it.span, year, month: month(named)?, day: Some(day) })
            }
            _ => None,
        }
    };
    sentence.excluded.iter().filter_map(of).collect()
}

/// "from February 3 to April 9, 2025", "between June 2021 and March 2024".
fn days(reader: &Reader<'_>, sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    let moments = moments(sentence);
    let [start, end] = moments.as_slice() else { return };
    let lead = sentence.text.get(sentence.span.start as usize..start.span.start as usize).unwrap_or_default();
    let lead = lead.trim_end();
    // "from |February 3": the month stands before the day.
    let last = lead.rsplit(' ').next().unwrap_or_default();
    let lead = if month(last).is_some() { lead.strip_suffix(last).unwrap_or(lead) } else { lead };
    let between = sentence.text.get(start.span.end as usize..end.span.start as usize).unwrap_or_default();
    let is_from = ends_with(lead, "from") && has_any(between, &["to", "until", "through"])
        || ends_with(lead, "between") && has_any(between, &["and"]);
    if !is_from || count(between) > 4 {
        return;
    }
    // Two days more or less are allowed, so that a leap year makes no difference.
    let year = end.year.or(start.year).or(reader.published.map(Date::year)).unwrap_or(2001);
    let Some(length) = length(sentence) else { return };
    let first = start.year.unwrap_or(year);
    let months = Decimal::from(
        (i32::from(year) - i32::from(first)) * 12 + i32::from(end.month) - i32::from(start.month),
    );
    let (told, slack, unit) = match (start.day, end.day) {
        (Some(day), Some(last)) => {
            let (Ok(from), Ok(to)) = (Date::new(first, start.month, day), Date::new(year, end.month, last))
            else {
                return;
            };
            let days = from.until(to).map(|span| span.get_days()).unwrap_or_default();
            (Decimal::from(days), Decimal::TWO, Unit::DAYS)
        }
        (None, None) => (months, Decimal::ONE, Unit::MONTHS),
        _ => return,
    };
    let Some(kept) =
        value(length).and_then(|value| length.factor.kept(value)).filter(|_| length.unit == unit)
    else {
        return;
    };
    // "Three weeks" may be 19 days to 23.
    let size = length.factor.kept(Decimal::ONE).unwrap_or(Decimal::ONE);
    let slack = slack.max(size / Decimal::from(3));
    if told > Decimal::ZERO && (kept - told).abs() > slack {
        let name = if unit == Unit::DAYS { "days" } else { "months" };
        found.push(Contradiction {
            kind: Kind::Arithmetic,
            stated: length.words(),
            operands: vec![start.span, end.span],
            arithmetic: format!("from the one date to the other are {told} {name}"),
            help: None,
        });
    }
}

/// The one length of time of a sentence.
fn length<'s>(sentence: &'s Sentence<'_>) -> Option<&'s Mention> {
    let mut lengths = sentence.numbers.iter().filter(|it| it.kind == mention::Kind::Duration);
    let only = lengths.next()?;
    (lengths.next().is_none() && only.hedge == Hedge::Plain).then_some(only)
}

fn value(mention: &Mention) -> Option<Decimal> {
    if let Reading::One(written) = mention.reading { Some(written.value) } else { None }
}

/// "from 7:15 a.m. to 4:45 p.m., a shift of nine and a half hours".
fn hours(sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    let times: Vec<(Span, i32)> = sentence
        .excluded
        .iter()
        .filter(|it| it.rule == Exclusion::Time)
        .filter_map(|it| Some((it.span, minutes(sentence.words(it.span))?)))
        .collect();
    let [(start, from), (end, to)] = times.as_slice() else { return };
    let text =
        |from: u32, to: u32| sentence.text.get(from as usize..to.max(from) as usize).unwrap_or_default();
    let is_from = ends_with(text(sentence.span.start, start.start), "from")
        && text(start.end, end.start).trim() == "to";
    let Some(length) = length(sentence).filter(|it| is_from && it.unit == Unit::DAYS) else { return };
    let Some(told) =
        value(length).and_then(|value| length.factor.kept(value)?.checked_mul(Decimal::from(1440)))
    else {
        return;
    };
    let span = Decimal::from((to - from).rem_euclid(24 * 60));
    // A break may be left out.
    let is_short = told >= span - Decimal::from(60) && told < span;
    if told < Decimal::from(24 * 60) && (told - span).abs() > Decimal::from(5) && !is_short {
        let hours = (span / Decimal::from(60)).round_dp(2).normalize();
        found.push(Contradiction {
            kind: Kind::Arithmetic,
            stated: length.words(),
            operands: vec![*start, *end],
            arithmetic: format!("from the one to the other are {hours} hours"),
            help: None,
        });
    }
}

/// Minutes since midnight of "7:15 a.m.", "22:30".
fn minutes(words: &str) -> Option<i32> {
    let hour = numeral_at(words, 0)?;
    let hours: i32 = hour.written.value.try_into().ok()?;
    let rest = words.get(hour.end..)?;
    let minutes: i32 = rest.strip_prefix(':').and_then(|rest| rest.get(..2)?.parse().ok()).unwrap_or(0);
    let is_after_noon = rest.contains(['p', 'P']);
    let is_marked = is_after_noon || rest.contains(['a', 'A']);
    (is_marked || rest.starts_with(':')).then(|| {
        let hours = if is_marked { hours % 12 + if is_after_noon { 12 } else { 0 } } else { hours };
        hours * 60 + minutes
    })
}

/// "shut in 1987, 38 years ago"; "At 42, Rikke Aumann (born in 1983)".
fn ago(sentence: &Sentence<'_>, published: Date, found: &mut Vec<Contradiction>) {
    let years: Vec<&Excluded> = sentence.excluded.iter().filter(|it| it.rule == Exclusion::Year).collect();
    let [year] = years.as_slice() else { return };
    let Ok(then) = sentence.words(year.span).parse::<i16>() else { return };
    let before =
        sentence.text.get(sentence.span.start as usize..year.span.start as usize).unwrap_or_default();
    let told = Decimal::from(published.year() - then);
    for (at, number) in sentence.numbers.iter().enumerate() {
        let Some(value) = value(number).filter(|_| number.hedge == Hedge::Plain) else { continue };
        let is_years = number.factor.kept(Decimal::ONE) == Some(Decimal::from(12));
        let next_to = sentence
            .text
            .get(year.span.end as usize..number.span.start as usize)
            .is_some_and(|gap| gap == ", ");
        let is_ago = is_years && next_to && sentence.after(at).trim_start().starts_with("ago");
        let is_age = at == 0
            && sentence.before(0).trim().eq_ignore_ascii_case("at")
            && ends_with(before, "(born in")
            && sentence.after(0).starts_with(',');
        let off = (value - told).abs();
        if (is_ago || is_age) && off > Decimal::ONE {
            found.push(Contradiction {
                kind: Kind::Arithmetic,
                stated: number.words(),
                operands: vec![year.span],
                arithmetic: format!("from {then} to {} are {told} years", published.year()),
                help: None,
            });
        }
    }
}

/// "which began on March 3, is now in its 37th day".
fn nth_day(sentence: &Sentence<'_>, published: Date, found: &mut Vec<Contradiction>) {
    let moments = moments(sentence);
    let [start] = moments.as_slice() else { return };
    let lead = sentence.text.get(sentence.span.start as usize..start.span.start as usize).unwrap_or_default();
    let ordinal =
        sentence.excluded.iter().find(|it| it.rule == Exclusion::Ordinal && it.span.start > start.span.end);
    let Some(ordinal) = ordinal.filter(|_| has_any(lead, &["began", "started", "begun"])) else { return };
    let after = sentence.text.get(ordinal.span.end as usize..).unwrap_or_default();
    let Some(nth) = numeral_at(sentence.words(ordinal.span), 0) else { return };
    let Some(day) = start.day.filter(|_| after.starts_with(" day") && has_any(sentence.whole(), &["now"]))
    else {
        return;
    };
    let Ok(from) = Date::new(start.year.unwrap_or(published.year()), start.month, day) else { return };
    let days = from.until(published).map(|span| span.get_days()).unwrap_or_default() + 1;
    let off = (nth.written.value - Decimal::from(days)).abs();
    if days > 0 && off > Decimal::TWO {
        found.push(Contradiction {
            kind: Kind::Arithmetic,
            stated: ordinal.span,
            operands: vec![start.span],
            arithmetic: format!("on the day of publication it is the {days}th"),
            help: None,
        });
    }
}
