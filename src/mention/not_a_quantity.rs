//! Digits that are no quantities: dates, years, times, ordinals, versions, addresses on the web.

use crate::number::{Style, is_word, word_at};
use crate::text::WordTable;

use super::amount::Amount;

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

/// Where something that is no quantity and begins at a byte ends.
pub(super) fn skipped(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = *bytes.get(at)?;
    if matches!(first, b'h' | b'w' | b'H' | b'W') {
        let run = run(text, at);
        return (run.contains("://") || run.starts_with("www.")).then_some(at + run.len());
    }
    if !first.is_ascii_digit() {
        return None;
    }
    let digits = digits(bytes, at);
    let word = word_at(text, at + digits);
    if word.len() == 2 && ["st", "nd", "rd", "th"].iter().any(|ending| is_word(word, ending)) {
        return Some(at + digits + word.len());
    }
    iso_date(bytes, at)
        .or_else(|| slash_date(bytes, at, digits))
        .or_else(|| years(text, at, digits))
        .or_else(|| time(text, at, digits))
        .or_else(|| day_of_month(text, at, digits))
        .or_else(|| version(bytes, at, digits))
        .or_else(|| {
            // "747-400", "F16a": letters and digits in one run are a name, unless the letters are a scale or a unit.
            let is_joined = bytes.get(at + digits) == Some(&b'_')
                || at.checked_sub(1).is_some_and(|at| matches!(bytes.get(at), Some(b'_' | b'#' | b'/')));
            is_joined.then_some(at + digits)
        })
}

/// Whether a number without hedge, unit or scale is a year: four digits from 1500 to 2100.
pub(super) fn is_year(text: &str, amount: &Amount) -> bool {
    let value = u16::try_from(amount.written.value).unwrap_or(0);
    let is_plain = amount.style == Style::FourDigits && amount.unit == crate::unit::Unit::Bare;
    let goes_on = text.get(amount.span.end as usize..).is_some_and(|rest| rest.starts_with('s'));
    is_plain && !amount.is_signed && ((1500..=2100).contains(&value) || goes_on)
}

fn run(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let window = rest.get(..rest.floor_char_boundary(200)).unwrap_or(rest);
    window.split(char::is_whitespace).next().unwrap_or_default()
}

fn digits(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
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

/// 5:30, 17:00:05, 5 p.m., 5am
fn time(text: &str, at: usize, length: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = at + length;
    if length > 2 {
        return None;
    }
    while bytes.get(end) == Some(&b':') && digits(bytes, end + 1) == 2 {
        end += 3;
    }
    let has_minutes = end > at + length;
    let after = text.get(end..)?.trim_start_matches(' ');
    let is_marked = after.starts_with(['a', 'p', 'A', 'P'])
        && ["a.m.", "p.m.", "am", "pm", "AM", "PM"].iter().any(|mark| {
            after.strip_prefix(mark).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        });
    (has_minutes || is_marked).then_some(end)
}

/// The 28 of "March 28" and of "28 March", the year after it included.
fn day_of_month(text: &str, at: usize, length: usize) -> Option<usize> {
    if length > 2 {
        return None;
    }
    let named_before = month_before(text, at);
    let named_after =
        text.as_bytes().get(at + length) == Some(&b' ') && is_month(word_at(text, at + length + 1));
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
    let year = text.get(end..)?.strip_prefix(", ").filter(|rest| digits(rest.as_bytes(), 0) == 4);
    Some(if year.is_some() && named_before { end + 6 } else { end })
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
