//! Sentences and blocks of a reader's text.

use memchr::{memchr, memchr2, memchr3, memrchr, memrchr2, memrchr3};

use super::fold::{BLOCK, CELL};
use crate::text::{Span, before_letters};

/// The block around a span.
pub(super) fn block(text: &str, at: Span) -> Span {
    let (before, after) = halves(text, at);
    let start = memrchr(BLOCK as u8, before).map_or(0, |newline| newline + 1);
    let end = memchr(BLOCK as u8, after).map_or(text.len(), |newline| text.len() - after.len() + newline);
    Span::new(start, end)
}

/// The sentence around a span, inside its block or table cell.
pub(super) fn around(text: &str, at: Span) -> Span {
    let (before, after) = halves(text, at);
    let low = memrchr2(BLOCK as u8, CELL as u8, before).map_or(0, |part| part + 1);
    let from = text.len() - after.len();
    let high = memchr2(BLOCK as u8, CELL as u8, after).map_or(text.len(), |part| from + part);

    let mut start = before.len();
    while let Some(mark) = text.as_bytes().get(low..start).and_then(|part| memrchr3(b'.', b'!', b'?', part)) {
        start = low + mark;
        if let Some(next) = end_of_sentence(text, start, low, high)
            && next <= at.start as usize
        {
            return Span::new(next, sentence_end(text, from, low, high));
        }
    }
    Span::new(low, sentence_end(text, from, low, high))
}

/// Where the sentence ends that has not ended before `from`, or ends with the marks just before it.
fn sentence_end(text: &str, from: usize, low: usize, high: usize) -> usize {
    let inner = text.get(low..from).unwrap_or_default().trim_end_matches(is_closing);
    let mut at = if inner.ends_with(['.', '!', '?']) { low + inner.len() - 1 } else { from };
    while let Some(mark) = text.as_bytes().get(at..high).and_then(|part| memchr3(b'.', b'!', b'?', part)) {
        at += mark;
        if let Some(next) = end_of_sentence(text, at, low, high) {
            return low + text.get(low..next).unwrap_or_default().trim_end().len();
        }
        at += 1;
    }
    high
}

/// The first end of a sentence between two bytes of a block, and where the next one begins; for who passes through a
/// text once.
pub fn next_sentence(text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let mut at = from;
    while let Some(mark) = text.as_bytes().get(at..to).and_then(|part| memchr3(b'.', b'!', b'?', part)) {
        at += mark;
        if let Some(next) = end_of_sentence(text, at, from, text.len()) {
            let end = text.get(from..next).unwrap_or_default().trim_end().len();
            return Some((from + end, next));
        }
        at += 1;
    }
    None
}

/// If the mark at `at` ends a sentence, where the next one begins.
fn end_of_sentence(text: &str, at: usize, low: usize, high: usize) -> Option<usize> {
    let after = text.get(at + 1..high)?;
    let rest = after.trim_start_matches(is_closing);
    let next = rest.strip_prefix(' ')?;
    let begin = high - next.len();
    let opened = next.trim_start_matches(['"', '\'', '(', '[']);
    let first = opened.chars().next()?;
    if first.is_lowercase() {
        return None;
    }
    let mark = text.as_bytes().get(at)?;
    if *mark == b'.' && rest.len() == after.len() && !may_end(last_word(text.get(low..at)?), opened) {
        return None;
    }
    Some(begin)
}

/// What stands behind the last space, bracket, mark or dash of a text.
fn last_word(text: &str) -> &str {
    let start = before_letters(text.as_bytes(), text.len());
    // Nearly always letters behind a space.
    match text.as_bytes().get(..start) {
        Some([] | [.., b' ' | b'(' | b'"' | b'\'' | b'-' | b'/']) => text.get(start..).unwrap_or_default(),
        _ => text.rsplit([' ', '(', '"', '\'', '-', '–', '—', '/']).next().unwrap_or_default(),
    }
}

/// Whether "word." can end a sentence before `next`.
fn may_end(word: &str, next: &str) -> bool {
    const TITLES: [&str; 22] = [
        "Mr", "Mrs", "Ms", "Dr", "Prof", "Gov", "Sen", "Sens", "Rep", "Reps", "Gen", "Lt", "Col", "Sgt",
        "Capt", "Rev", "Hon", "Messrs", "vs", "e.g", "i.e", "approx",
    ];
    const BEFORE_DIGITS: [&str; 17] = [
        "No", "Nos", "no", "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "Fig",
        "Art", "Sec", "Vol",
    ];
    const MAY_END: [&str; 17] = [
        "a.m", "p.m", "Inc", "Corp", "Co", "Ltd", "Jr", "Sr", "St", "Ave", "Blvd", "Rd", "Mt", "Ft", "Dept",
        "est", "etc",
    ];
    const STARTERS: [&str; 37] = [
        "The", "A", "An", "In", "It", "He", "She", "They", "But", "And", "That", "This", "These", "Those",
        "On", "At", "For", "By", "We", "If", "As", "When", "While", "There", "Its", "Their", "Some", "More",
        "About", "His", "Her", "After", "Before", "Since", "So", "To", "From",
    ];
    // Longer words are in none of these lists.
    if word.len() > "approx".len() && word.bytes().all(|byte| byte != b'.') {
        return true;
    }
    // "J." and "U.S": letters with dots between them, one at a time.
    let initials = !word.is_empty()
        && word.split('.').all(|part| part.len() == 1 && part.starts_with(char::is_alphabetic));
    if TITLES.contains(&word) {
        false
    } else if BEFORE_DIGITS.contains(&word) {
        !next.starts_with(|c: char| c.is_ascii_digit())
    } else if initials || MAY_END.contains(&word) {
        let first = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        STARTERS.contains(&first)
    } else {
        true
    }
}

fn is_closing(character: char) -> bool {
    matches!(character, '"' | '\'' | ')' | ']')
}

/// What stands before a span and what after it.
fn halves(text: &str, at: Span) -> (&[u8], &[u8]) {
    let bytes = text.as_bytes();
    let start = text.floor_char_boundary(at.start as usize);
    let end = text.ceil_char_boundary(at.end as usize).max(start);
    (bytes.get(..start).unwrap_or_default(), bytes.get(end..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence<'a>(text: &'a str, words: &str) -> &'a str {
        let at = text.find(words).unwrap();
        around(text, Span::new(at, at + words.len())).of(text)
    }

    #[test]
    fn a_sentence_ends_where_a_reader_ends_it() {
        let text =
            "One fell. It rose 9.5% to 12,300. \"Was it so?\" Yes (it was.) Then 5 came.\nA head\nLast one.";
        assert_eq!(sentence(text, "fell"), "One fell.");
        assert_eq!(sentence(text, "rose"), "It rose 9.5% to 12,300.");
        assert_eq!(sentence(text, "9.5%"), "It rose 9.5% to 12,300.");
        assert_eq!(sentence(text, "so"), "\"Was it so?\"");
        assert_eq!(sentence(text, "it was.)"), "Yes (it was.)");
        assert_eq!(sentence(text, "5 came."), "Then 5 came.");
        assert_eq!(sentence(text, "head"), "A head");
        assert_eq!(sentence(text, "fell. It"), "One fell. It rose 9.5% to 12,300.");
        assert_eq!(block(text, Span::new(3, 5)).of(text), text.split('\n').next().unwrap());
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        for text in [
            "The U.S. Coast Guard said 5 boats.",
            "Mr. Lee and Sen. J. Roe met at 5 p.m. Monday with No. 7 there.",
            "By Jan. 20, Dr. Oh of Acme Corp. Ltd. sold 5 of them, e.g. Two.",
            "He asked \"why?\" and left in 5 min. flat.",
        ] {
            assert_eq!(sentence(text, "5"), text);
            assert_eq!(sentence(text, text.split(' ').next().unwrap()), text);
        }
        assert_eq!(sentence("It left the U.S. The rest stayed.", "rest"), "The rest stayed.");
        assert_eq!(sentence("He said no. They rose.", "rose"), "They rose.");
    }

    #[test]
    fn spans_out_of_bounds_are_clamped() {
        assert_eq!(around("é. B", Span::new(1, 900)), Span::new(0, 5));
        assert_eq!(around("", Span::new(3, 4)), Span::new(0, 0));
    }
}
