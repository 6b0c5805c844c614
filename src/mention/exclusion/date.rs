//! Dates, years, decades, times, ordinals and versions.

use crate::number::{is_word, word_at};
use crate::text::WordTable;
use crate::unit::{Unit, scale_named, unit_named};

use super::super::Mention;
use super::token::{Token, digits};
use super::{Excluded, Exclusion};

/// The names of months, which count with a capital only.
static MONTHS: WordTable<(), 24> = WordTable::new([
    ("January", ()),
    ("February", ()),
    ("March", ()),
    ("April", ()),
    ("May", ()),
    ("June", ()),
    ("July", ()),
    ("August", ()),
    ("September", ()),
    ("October", ()),
    ("November", ()),
    ("December", ()),
    ("Jan", ()),
    ("Feb", ()),
    ("Mar", ()),
    ("Apr", ()),
    ("Jun", ()),
    ("Jul", ()),
    ("Aug", ()),
    ("Sept", ()),
    ("Sep", ()),
    ("Oct", ()),
    ("Nov", ()),
    ("Dec", ()),
]);

/// A date, year, decade, time or ordinal.
pub(super) fn at(token: &Token<'_>) -> Option<Excluded> {
    let (text, bytes, at, length) = (token.text, token.text.as_bytes(), token.at, token.length);
    let found = |end: usize, rule| Some(Excluded::new(at, end, rule));
    match token.next() {
        Some(b's') if length == 4 || length == 2 && token.digits().ends_with('0') => {
            let ends = !bytes.get(token.end() + 1).is_some_and(u8::is_ascii_alphanumeric);
            if ends && (length == 2 || is_year_number(token.digits())) {
                return found(token.end() + 1, Exclusion::Decade);
            }
        }
        Some(byte) if byte.is_ascii_alphabetic() => {
            let word = word_at(text, token.end());
            if word.len() == 2 && ["st", "nd", "rd", "th"].iter().any(|ending| is_word(word, ending)) {
                return found(token.end() + word.len(), Exclusion::Ordinal);
            }
        }
        _ => {}
    }
    if let Some(end) = iso_date(bytes, at).or_else(|| slash_date(bytes, at, length)) {
        return found(end, Exclusion::Date);
    }
    if let Some(end) = years(text, at, length) {
        return found(end, Exclusion::Year);
    }
    if let Some(end) = era(token) {
        return found(end, Exclusion::Year);
    }
    if let Some(end) = time(text, at, length).or_else(|| zone_time(token)) {
        return found(end, Exclusion::Time);
    }
    if let Some(end) = day_of_month(text, at, length) {
        return found(end, Exclusion::Date);
    }
    if length == 4 && is_year_number(token.digits()) && is_marked_year(token) {
        let is_of_month = token.word_before().is_some_and(|(word, _)| is_month(word));
        return found(token.end(), if is_of_month { Exclusion::Date } else { Exclusion::Year });
    }
    let end = version(bytes, at, length)?;
    found(end, Exclusion::Version)
}

/// Whether four digits are those of a year that news is about.
fn is_year_number(digits: &str) -> bool {
    digits.len() == 4 && digits.parse().is_ok_and(|year: u16| (1500..=2100).contains(&year))
}

/// Words behind which four digits are a year whatever follows: "in 2019 officials said".
static BEFORE_YEARS: WordTable<(), 22> = WordTable::new([
    ("in", ()),
    ("since", ()),
    ("until", ()),
    ("till", ()),
    ("during", ()),
    ("year", ()),
    ("fiscal", ()),
    ("early", ()),
    ("late", ()),
    ("mid", ()),
    ("spring", ()),
    ("summer", ()),
    ("fall", ()),
    ("autumn", ()),
    ("winter", ()),
    ("circa", ()),
    ("born", ()),
    ("calendar", ()),
    ("class", ()),
    ("the", ()),
    ("FY", ()),
    ("of", ()),
]);

/// Whether a year is said to be one by the word before it: a preposition of time, a season, a month.
fn is_marked_year(token: &Token<'_>) -> bool {
    let is_bare = !matches!(token.next(), Some(b'.' | b',')) || {
        let digit = token.text.as_bytes().get(token.end() + 1);
        !digit.is_some_and(u8::is_ascii_digit)
    };
    let is_plain = is_bare && !matches!(token.next(), Some(b'%' | b'a'..=b'z' | b'A'..=b'Z'));
    is_plain
        && token.prefix.is_empty()
        && token.word_before().is_some_and(|(word, _)| BEFORE_YEARS.get(word).is_some() || is_month(word))
        && !has_unit_or_scale(token)
}

/// Whether a unit or a scale word follows: "in 2000 hours", "the 1500 metres".
fn has_unit_or_scale(token: &Token<'_>) -> bool {
    let word = token.word_after();
    unit_named(word).is_some() || scale_named(word).is_some() || is_word(word, "per")
}

/// Whether a number without hedge, unit or scale is a year: four digits from 1500 to 2100, and nothing behind that they
/// might count.
pub(super) fn is_year(text: &str, mention: &Mention) -> bool {
    let words = mention.span.of(text);
    let counts = || {
        let next = word_at(text, mention.span.end as usize + 1);
        let is_plural =
            next.len() > 3 && next.ends_with('s') && !next.ends_with("ss") && !next.ends_with("was");
        is_plural && next.starts_with(|first: char| first.is_ascii_lowercase())
    };
    mention.unit == Unit::Bare && is_year_number(words) && !counts()
}

/// 2025-03-28
fn iso_date(bytes: &[u8], at: usize) -> Option<usize> {
    let shape = bytes.get(at..at + 10).filter(|shape| shape.get(4) == Some(&b'-'))?;
    let fits = shape
        .iter()
        .enumerate()
        .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
    (fits && !bytes.get(at + 10).is_some_and(u8::is_ascii_digit)).then_some(at + 10)
}

/// 5/17/2018, 17/5/18
fn slash_date(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let month = at + length + 1;
    if length > 2 || bytes.get(month - 1) != Some(&b'/') {
        return None;
    }
    let year = month + digits(bytes, month) + 1;
    let year_length = digits(bytes, year);
    let fits = (2..=3).contains(&(year - month)) && bytes.get(year - 1) == Some(&b'/');
    (fits && matches!(year_length, 2 | 4)).then_some(year + year_length)
}

/// 2020-21, 2019–2024
fn years(text: &str, at: usize, length: usize) -> Option<usize> {
    if length != 4 {
        return None;
    }
    let rest = text.get(at + length..)?;
    let after = rest.strip_prefix('-').or_else(|| rest.strip_prefix('–'))?;
    let year: u16 = text.get(at..at + length)?.parse().ok()?;
    let more = digits(after.as_bytes(), 0);
    let fits = (1500..=2100).contains(&year) && (more == 2 || more == 4);
    fits.then(|| text.len() - after.len() + more)
}

/// 5:30, 17:00:05, 5 p.m., 5am, "7-9 p.m.", and the "3:42.15" of a race.
fn time(text: &str, at: usize, length: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    if length > 2 {
        return None;
    }
    if let Some(end) = timetable(text, at, length) {
        return Some(end);
    }
    let end = clock(bytes, at, length)?;
    if let Some(end) = half_day(text, end) {
        return Some(end);
    }
    for link in ["-", "–", " to "] {
        if let Some(rest) = text.get(end..).and_then(|rest| rest.strip_prefix(link)) {
            let later = text.len() - rest.len();
            let end = clock(bytes, later, digits(bytes, later)).and_then(|end| half_day(text, end));
            if end.is_some() {
                return end;
            }
        }
    }
    let has_minutes = end > at + length;
    let decimals = if bytes.get(end) == Some(&b'.') { digits(bytes, end + 1) } else { 0 };
    has_minutes.then_some(if decimals > 0 { end + 1 + decimals } else { end })
}

/// "the 05.52 to Darrow": no amount is written with a nought before its digits.
fn timetable(text: &str, at: usize, length: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (hour, minutes) = (text.get(at..at + length)?, text.get(at + 3..at + 5)?);
    let is_alone =
        |byte: Option<&u8>| byte.is_none_or(|byte| matches!(byte, b' ' | b',' | b';' | b')' | b'\n'));
    let ends = is_alone(bytes.get(at + 5)) || bytes.get(at + 5) == Some(&b'.') && is_alone(bytes.get(at + 6));
    let is_dotted = length == 2 && hour.starts_with('0') && bytes.get(at + 2) == Some(&b'.');
    let is_minutes = minutes.bytes().all(|byte| byte.is_ascii_digit()) && minutes < "60";
    let is_free = at == 0 || matches!(bytes.get(at - 1), Some(b' ' | b'(' | b'\n'));
    let is_measured = unit_named(word_at(text, at + 6)).is_some();
    (is_dotted && is_minutes && ends && is_free && !is_measured).then_some(at + 5)
}

/// "0940 GMT": four digits before a time zone.
fn zone_time(token: &Token<'_>) -> Option<usize> {
    const ZONES: [&str; 10] = ["GMT", "UTC", "BST", "CET", "CEST", "EST", "EDT", "ET", "IST", "PST"];
    let digits: u16 = token.digits().parse().ok().filter(|_| token.length == 4)?;
    let is_time = digits / 100 < 24 && digits % 100 < 60;
    let zone = token.word_after();
    (is_time && ZONES.contains(&zone)).then(|| token.end() + 1 + zone.len())
}

/// "A.D. 800", "AD 43", "300 B.C.": a year with its era.
fn era(token: &Token<'_>) -> Option<usize> {
    if token.length > 4 || !token.prefix.is_empty() {
        return None;
    }
    let before = token.text.get(..token.at)?;
    let lead = before.strip_suffix("A.D. ").or_else(|| before.strip_suffix("AD "));
    if lead.is_some_and(|lead| !lead.ends_with(char::is_alphanumeric)) {
        return Some(token.end());
    }
    let rest = token.after().strip_prefix(' ').filter(|rest| rest.starts_with(['A', 'B']))?;
    let mark =
        ["B.C.E.", "BCE", "B.C.", "BC", "A.D.", "AD"].into_iter().find(|mark| rest.starts_with(mark))?;
    let is_whole = !rest.get(mark.len()..)?.starts_with(|c: char| c.is_alphanumeric());
    is_whole.then(|| token.end() + 1 + mark.len())
}

/// Hours, with minutes and seconds behind colons where there are any.
fn clock(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let mut end = at + length;
    while bytes.get(end) == Some(&b':') && digits(bytes, end + 1) == 2 {
        end += 3;
    }
    // "11.30am"
    let is_dotted = end == at + length && bytes.get(end) == Some(&b'.') && digits(bytes, end + 1) == 2;
    let mark = bytes.get(end + 3).map(u8::to_ascii_lowercase);
    if is_dotted
        && matches!(mark, Some(b'a' | b'p'))
        && bytes.get(end + 4).map(u8::to_ascii_lowercase) == Some(b'm')
    {
        end += 3;
    }
    (1..=2).contains(&length).then_some(end)
}

/// Where "a.m.", "pm" and the like end, if they follow.
fn half_day(text: &str, at: usize) -> Option<usize> {
    let after = text.get(at..)?;
    let after = after.strip_prefix(' ').unwrap_or(after);
    if !after.starts_with(['a', 'p', 'A', 'P']) {
        return None;
    }
    let rest = ["a.m.", "p.m.", "am", "pm", "AM", "PM"].iter().find_map(|mark| {
        after.strip_prefix(mark).filter(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    })?;
    Some(text.len() - rest.len())
}

/// The 28 of "March 28" and of "28 March", the year after it included.
fn day_of_month(text: &str, at: usize, length: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let goes_on = matches!(bytes.get(at + length), Some(b',' | b'.' | b'%'))
        && bytes.get(at + length + 1).is_some_and(|byte| byte.is_ascii_digit() || *byte == b'%');
    if length > 2 || goes_on {
        return None;
    }
    let named_before = month_before(text, at) && !is_counting(text, at + length);
    let named_after = bytes.get(at + length) == Some(&b' ') && is_month(word_at(text, at + length + 1));
    if !(named_before || named_after) {
        return None;
    }
    let mut end = at + length;
    // "March 1 to 28", "March 1-28"
    for link in [" to ", "-", "–", " and "] {
        let Some(rest) = text.get(end..).and_then(|rest| rest.strip_prefix(link)).filter(|_| named_before)
        else {
            continue;
        };
        let more = digits(rest.as_bytes(), 0);
        let is_day = (1..=2).contains(&more)
            && !rest.get(more..).is_some_and(|rest| {
                rest.starts_with(['%', ',', '.'])
                    && rest.get(1..2).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()))
            });
        if is_day && !rest.get(more..).is_some_and(|rest| rest.starts_with(['%'])) {
            end += link.len() + more;
            break;
        }
    }
    let is_year = |at: usize| digits(bytes, at) == 4;
    if named_before {
        let year = text.get(end..)?.starts_with(", ") && is_year(end + 2);
        return Some(if year { end + 6 } else { end });
    }
    let month = end + 1 + word_at(text, end + 1).len();
    Some(if bytes.get(month) == Some(&b' ') && is_year(month + 1) { month + 5 } else { end })
}

/// Whether a unit, a scale or people follow, who are counted also behind a month: "in March 11 million came".
fn is_counting(text: &str, at: usize) -> bool {
    let Some(b' ') = text.as_bytes().get(at) else { return false };
    let word = word_at(text, at + 1);
    let is_unit = unit_named(word).is_some() && !matches!(word, "won" | "second" | "rand");
    is_unit || scale_named(word).is_some() || ["people", "more", "of"].iter().any(|it| is_word(word, it))
}

fn is_month(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_uppercase()) && MONTHS.get(word).is_some()
}

/// Whether a month's name stands before a byte, with a space or a full stop between: "March |28", "Sept. |3".
fn month_before(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let named = before.trim_end_matches(' ').trim_end_matches('.');
    let window = named.as_bytes().get(named.len().saturating_sub("September".len())..).unwrap_or_default();
    let letters = window.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    named.len() < at && named.get(named.len() - letters..).is_some_and(is_month)
}

/// 1.2.3, 192.168.0.1
fn version(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let mut end = at + length;
    let mut parts = 1;
    while bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end += 1 + digits(bytes, end + 1);
        parts += 1;
    }
    (parts > 2).then_some(end)
}
