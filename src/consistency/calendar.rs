//! Days, months, years and times of day as a sentence has them.

use jiff::civil::Date;

use super::sentence::{Sentence, What};
use crate::text::{Span, WordTable};

/// A date as far as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) year: Option<i16>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    /// Its words, and the tokens that it covers.
    pub(super) span: Span,
    pub(super) first: usize,
    pub(super) last: usize,
}

static MONTHS: WordTable<i8, 23> = WordTable::new([
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sept", 9),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
]);

/// The month that a capitalised word names.
fn month(word: &str) -> Option<i8> {
    MONTHS.get(word).filter(|_| word.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// The dates of a sentence, in order.
pub(super) fn dates(sentence: &Sentence<'_>) -> Vec<Written> {
    let mut dates: Vec<Written> = Vec::new();
    for place in 0..sentence.tokens.len() {
        if dates.last().is_some_and(|date| date.last >= place) {
            continue;
        }
        if let Some(date) = date_at(sentence, place) {
            dates.push(date);
        }
    }
    dates
}

/// The date that begins at a token: a day or month with what is joined to it, or a year.
fn date_at(sentence: &Sentence<'_>, place: usize) -> Option<Written> {
    let mut date =
        Written { year: None, month: None, day: None, span: Span::new(0, 0), first: place, last: place };
    let mut at = place;
    let mut end = None;
    while let Some(token) = sentence.tokens.get(at) {
        let text = token.span.of(sentence.text);
        match token.what {
            What::Word(_) if date.month.is_none() && month(text).is_some() => date.month = month(text),
            What::Date(_) if at == place || end == Some(at - 1) || end.is_some() => {
                for piece in text.split([' ', ',', '-', '.']).filter(|piece| !piece.is_empty()) {
                    let digits = piece.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                    match (month(piece), digits.parse::<i16>()) {
                        (Some(month), _) if date.month.is_none() => date.month = Some(month),
                        (_, Ok(year))
                            if (1000..=2200).contains(&year) && date.year.is_none() && digits.len() == 4 =>
                        {
                            date.year = Some(year);
                        }
                        (_, Ok(day))
                            if (1..=31).contains(&day) && date.day.is_none() && date.year.is_none() =>
                        {
                            date.day = i8::try_from(day).ok();
                        }
                        _ => return None,
                    }
                }
            }
            What::Comma if date.month.is_some() && date.day.is_some() && date.year.is_none() => {
                at += 1;
                continue;
            }
            _ => break,
        }
        end = Some(at);
        at += 1;
    }
    let last = end?;
    date.last = last;
    date.span = sentence.tokens.get(place)?.span.join(sentence.tokens.get(last)?.span);
    // A month alone, a day alone, are no dates.
    let is_date = date.year.is_some() || date.month.is_some() && date.day.is_some();
    is_date.then_some(date)
}

impl Written {
    /// Its first and its last day, in `year` where it has none of its own.
    pub(super) fn days(&self, year: Option<i16>) -> Option<(Date, Date)> {
        let year = self.year.or(year)?;
        Some(match (self.month, self.day) {
            (Some(month), Some(day)) => {
                let date = Date::new(year, month, day).ok()?;
                (date, date)
            }
            (Some(month), None) => {
                let first = Date::new(year, month, 1).ok()?;
                (first, first.last_of_month())
            }
            _ => (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?),
        })
    }
}

/// The days from one date to another, negative where it lies before.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(0, |span| span.get_days()))
}

/// The seconds of a time of day or of a race, of which `places` are written: "7:15 a.m.", "22:30", "2:31:12".
pub(super) fn clock(text: &str) -> Option<(i64, usize)> {
    let lower = text.to_ascii_lowercase();
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.' || c == ' ');
    let mut seconds = 0;
    let mut places = 0;
    for piece in digits.split(':') {
        seconds = seconds * 60 + piece.parse::<i64>().ok()?;
        places += 1;
    }
    let half = lower.get(digits.len()..).unwrap_or_default().trim_start();
    let is_named = half.starts_with(['a', 'p']);
    if places == 1 && !is_named || places > 3 {
        return None;
    }
    if places < 3 {
        // Hours and minutes, or hours alone.
        seconds *= if places == 2 { 60 } else { 3600 };
    }
    let noon = 12 * 3600;
    if half.starts_with('p') && seconds < noon {
        seconds += noon;
    } else if half.starts_with('a') && seconds >= noon {
        seconds -= noon;
    }
    Some((seconds, places))
}

/// An ordinal and the noun behind it: "its 125th anniversary", "its 23rd day".
pub(super) fn ordinal<'t>(sentence: &Sentence<'t>) -> Option<(i64, Span, &'t str)> {
    sentence.tokens.iter().enumerate().find_map(|(place, token)| {
        let text = token.span.of(sentence.text);
        let is_ordinal =
            token.what != What::Comma && ["st", "nd", "rd", "th"].iter().any(|ending| text.ends_with(ending));
        let value = text.get(..text.len().checked_sub(2)?)?.parse().ok().filter(|_| is_ordinal)?;
        Some((value, token.span, sentence.told(place + 1)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_seconds() {
        assert_eq!(clock("7:15 a.m."), Some((26_100, 2)));
        assert_eq!(clock("4:45 p.m."), Some((60_300, 2)));
        assert_eq!(clock("12:10 a.m."), Some((600, 2)));
        assert_eq!(clock("9 p.m."), Some((75_600, 1)));
        assert_eq!(clock("2:31:12"), Some((9_072, 3)));
        assert_eq!(clock("22:30"), Some((81_000, 2)));
        assert_eq!(clock("9"), None);
    }
}
