//! Numbers that reach or tell apart: telephones, house numbers, cases and accounts, addresses on the web.

use super::token::{Token, digits};
use super::{Excluded, Exclusion};
use crate::text::WordTable;

/// A run that is an address on the web and begins with a letter.
pub(super) fn web_at(text: &str, at: usize) -> Option<Excluded> {
    let first = *text.as_bytes().get(at)?;
    if !matches!(first, b'h' | b'w' | b'H' | b'W') {
        return None;
    }
    let rest = text.get(at..).unwrap_or_default();
    let window = rest.get(..rest.floor_char_boundary(200)).unwrap_or(rest);
    let run = window.split(char::is_whitespace).next().unwrap_or_default();
    // What ends a sentence or a bracket ends the address before it.
    let run = run.trim_end_matches([',', '.', ';', ':', '!', '?', ')', ']', '"', '”', '’', '\'']);
    let is_web = run.contains("://") || run.starts_with("www.");
    is_web.then(|| Excluded::new(at, at + run.len(), Exclusion::Web))
}

/// "+44 20 7946 0958", at its sign.
pub(super) fn phone_at(text: &str, at: usize) -> Option<Excluded> {
    if text.as_bytes().get(at) != Some(&b'+') || !text.as_bytes().get(at + 1)?.is_ascii_digit() {
        return None;
    }
    phone(&Token::at(text, at + 1)).map(|end| Excluded::new(at, end, Exclusion::Phone))
}

/// A telephone, an identifier, or a house number.
pub(super) fn at(token: &Token<'_>) -> Option<Excluded> {
    let found = |end: usize, rule| Some(Excluded::new(token.at, end, rule));
    // Most numbers are short and end at a space or a mark before one; they may be those of houses only.
    let is_parted = match token.after().as_bytes() {
        [b'-' | b':' | b'/', ..] => true,
        [b'.' | b' ' | b')', next, ..] => next.is_ascii_digit() || *next == b' ',
        [next, ..] => next.is_ascii_alphanumeric(),
        [] => false,
    };
    if is_parted || token.length > 3 || token.digits().starts_with('0') {
        if let Some(end) = phone(token) {
            return found(end, Exclusion::Phone);
        }
        if let Some(end) = identifier(token) {
            return found(end, Exclusion::Identifier);
        }
    }
    house_number(token).and_then(|end| found(end, Exclusion::Address))
}

/// "555-010-0147", "1-800-555-0199", "555-0147", "020 7946 0018".
fn phone(token: &Token<'_>) -> Option<usize> {
    let bytes = token.text.as_bytes();
    let is_international = token.prefix.ends_with('+');
    let mut groups = [token.length, 0, 0, 0, 0];
    let (mut count, mut end) = (1, token.end());
    while let Some(group) = groups.get_mut(count) {
        let next = match bytes.get(end..).unwrap_or_default() {
            [b')', b' ', ..] => end + 2,
            [b'-' | b'.' | b' ' | b')', ..] => end + 1,
            _ => break,
        };
        let length = digits(bytes, next);
        if !(1..=6).contains(&length) {
            break;
        }
        (*group, count, end) = (length, count + 1, next + length);
    }
    let starts_with_zero = token.digits().starts_with('0');
    let fits = match groups {
        [3, 3, 4, 0, 0] | [1, 3, 3, 4, 0] => true,
        [3, 4, 0, 0, 0] => token.next() == Some(b'-') && token.digits() == "555",
        [3, 4, 4, 0, 0] | [4 | 5, 3, 3 | 4, 0, 0] | [5, 6, 0, 0, 0] => starts_with_zero,
        [1..=3, area, local, ..] if area > 1 && local > 1 => is_international,
        _ => false,
    };
    fits.then_some(end)
}

/// What a number behind these words tells apart.
static IDENTIFIED: WordTable<(), 20> = WordTable::new([
    ("case", ()),
    ("docket", ()),
    ("permit", ()),
    ("badge", ()),
    ("account", ()),
    ("licence", ()),
    ("license", ()),
    ("policy", ()),
    ("invoice", ()),
    ("ZIP", ()),
    ("code", ()),
    ("serial", ()),
    ("reference", ()),
    ("ref", ()),
    ("ID", ()),
    ("passport", ()),
    ("ending", ()),
    ("contract", ()),
    ("plate", ()),
    ("ticket", ()),
]);

/// Numbers with a leading zero, or with letters, hyphens and colons in one run behind a word like "case".
fn identifier(token: &Token<'_>) -> Option<usize> {
    let digits = token.digits();
    let end = token.run_end();
    let run = token.text.get(token.at..end)?;
    if run.contains("-to-") {
        return None;
    }
    let has_zero =
        digits.len() > 1 && digits.starts_with('0') && !run.contains('.') && token.prefix.is_empty();
    if has_zero && (run.len() > digits.len() || digits.len() > 4) {
        return Some(end);
    }
    let is_long =
        digits.len() >= 4 || run.len() > digits.len() && run.len() >= 5 && !run.contains([',', '%', '$']);
    let is_identified = || {
        let (mut word, mut start) = token.word_before()?;
        if matches!(word, "No" | "no" | "number" | "in" | "code") {
            (word, start) = super::token::word_before(token.text, start).unwrap_or((word, start));
        }
        IDENTIFIED.get(word).filter(|()| start < token.at)
    };
    if is_long && is_identified().is_some() {
        return Some(end);
    }
    // "Dover, DE 19903": the ZIP code behind a state's.
    let is_of_state = || {
        token.word_before().is_some_and(|(word, start)| {
            word.len() == 2
                && word.bytes().all(|byte| byte.is_ascii_uppercase())
                && token.text.get(..start).is_some_and(|before| before.ends_with(", "))
        })
    };
    if digits.len() == 5 && run.len() == 5 && token.prefix.is_empty() && is_of_state() {
        return Some(end);
    }
    // "2:24-cv-01234", "24-0317-B", "123-45-6789".
    let parts = run.split(['-', ':', '/']).count();
    let has_letters = run.bytes().any(|byte| byte.is_ascii_alphabetic());
    let is_code = run.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'/'));
    let leads_zero = run.split(['-', ':', '/']).any(|part| part.len() > 3 && part.starts_with('0'));
    let is_social = parts == 3 && !has_letters && run.split('-').map(str::len).eq([3, 2, 4]);
    (is_code && (leads_zero && parts > 1 || is_social || parts >= 3 && has_letters && is_mixed(run)))
        .then_some(end)
}

/// Whether a run has a part of letters only between parts of digits: "24-cv-1234".
fn is_mixed(run: &str) -> bool {
    let mut parts = run.split(['-', ':']);
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let first = parts.next().is_some_and(is_number);
    let rest: Vec<&str> = parts.collect();
    first
        && rest.last().is_some_and(|last| is_number(last))
        && rest
            .iter()
            .any(|part| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// What a street's name ends in.
static STREETS: WordTable<(), 38> = WordTable::new([
    ("Street", ()),
    ("St", ()),
    ("Avenue", ()),
    ("Ave", ()),
    ("Road", ()),
    ("Rd", ()),
    ("Lane", ()),
    ("Ln", ()),
    ("Drive", ()),
    ("Dr", ()),
    ("Boulevard", ()),
    ("Blvd", ()),
    ("Way", ()),
    ("Place", ()),
    ("Square", ()),
    ("Terrace", ()),
    ("Court", ()),
    ("Crescent", ()),
    ("Parkway", ()),
    ("Highway", ()),
    ("Close", ()),
    ("Row", ()),
    ("Wharf", ()),
    ("Quay", ()),
    ("Circle", ()),
    ("Alley", ()),
    ("Broadway", ()),
    ("Gardens", ()),
    ("Grove", ()),
    ("Hill", ()),
    ("Mews", ()),
    ("Pike", ()),
    ("Turnpike", ()),
    ("Walk", ()),
    ("Yard", ()),
    ("Green", ()),
    ("Trail", ()),
    ("block", ()),
]);

/// What streets begin with in other languages.
const ABROAD: [&str; 12] = [
    "Calle",
    "Avenida",
    "Rue",
    "Via",
    "Rua",
    "Carrer",
    "Plaza",
    "Piazza",
    "Paseo",
    "Viale",
    "Strada",
    "Boulevard",
];

/// What the names of streets end in, in German.
const ENDINGS: [&str; 6] = ["straße", "strasse", "weg", "platz", "gasse", "allee"];

/// "1420 Elm Street", "10 Downing Street", "the 400 block of Oak Avenue", "221B Baker Street".
fn house_number(token: &Token<'_>) -> Option<usize> {
    let may_follow = |next: &u8| next.is_ascii_uppercase() || next.is_ascii_digit() || *next == b'b';
    let is_apart = match token.after().as_bytes() {
        [b' ', next, ..] => may_follow(next),
        [letter, b' ', next, ..] => letter.is_ascii_uppercase() && may_follow(next),
        _ => false,
    };
    if token.length > 5 || !token.prefix.is_empty() || !is_apart {
        return None;
    }
    let after = token.after();
    let after = after.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(after);
    let mut words = after.strip_prefix(' ')?.split([' ', '\n', '\t']).take(4);
    let first = words.next()?;
    if first == "block" {
        return Some(token.end());
    }
    let is_name = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_uppercase())
            || word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with(['h', 't', 'd'])
    };
    if !is_name(first) {
        return None;
    }
    // "2207 Calle Olmo", "6 Gleisweg"
    let named = first.trim_end_matches(|c: char| !c.is_alphabetic());
    if ABROAD.contains(&named) || ENDINGS.iter().any(|end| named.len() > end.len() && named.ends_with(end)) {
        return Some(token.text.len() - after.len());
    }
    let is_street =
        |word: &str| STREETS.get(word.trim_end_matches(|c: char| !c.is_ascii_alphabetic())).is_some();
    let mut last_named = true;
    for word in words {
        if !last_named || !is_name(word) {
            return None;
        }
        if is_street(word) {
            return Some(token.text.len() - after.len());
        }
        last_named = !word.ends_with(['.', ',', ';']);
    }
    None
}
