//! Numbers that label things: parts of texts and series, models, routes.

use super::token::{Token, word_before};
use super::{Excluded, Exclusion};
use crate::number::{is_word, word_at};
use crate::text::WordTable;
use crate::unit::{currency_named, is_money_sign, unit_named};

/// Whether a label's word counts in lower case too.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Any,
    Capital,
}

/// Words that name what a number behind them labels. In English a number before a plural counts, one behind a singular
/// labels; words that are verbs as well need their capital.
static LABELS: WordTable<(Exclusion, Case), 116> = WordTable::new([
    ("section", (Exclusion::Marker, Case::Any)),
    ("sections", (Exclusion::Marker, Case::Any)),
    ("chapter", (Exclusion::Marker, Case::Any)),
    ("chapters", (Exclusion::Marker, Case::Any)),
    ("article", (Exclusion::Marker, Case::Any)),
    ("articles", (Exclusion::Marker, Case::Capital)),
    ("table", (Exclusion::Marker, Case::Capital)),
    ("figure", (Exclusion::Marker, Case::Any)),
    ("fig", (Exclusion::Marker, Case::Any)),
    ("page", (Exclusion::Marker, Case::Any)),
    ("pages", (Exclusion::Marker, Case::Any)),
    ("p", (Exclusion::Marker, Case::Any)),
    ("pp", (Exclusion::Marker, Case::Any)),
    ("paragraph", (Exclusion::Marker, Case::Any)),
    ("appendix", (Exclusion::Marker, Case::Any)),
    ("annex", (Exclusion::Marker, Case::Any)),
    ("exhibit", (Exclusion::Marker, Case::Any)),
    ("item", (Exclusion::Marker, Case::Any)),
    ("note", (Exclusion::Marker, Case::Capital)),
    ("phase", (Exclusion::Marker, Case::Any)),
    ("phases", (Exclusion::Marker, Case::Any)),
    ("stage", (Exclusion::Marker, Case::Any)),
    ("step", (Exclusion::Marker, Case::Any)),
    ("grade", (Exclusion::Marker, Case::Any)),
    ("grades", (Exclusion::Marker, Case::Any)),
    ("year", (Exclusion::Marker, Case::Capital)),
    ("key", (Exclusion::Marker, Case::Capital)),
    ("level", (Exclusion::Marker, Case::Any)),
    ("tier", (Exclusion::Marker, Case::Any)),
    ("category", (Exclusion::Marker, Case::Any)),
    ("type", (Exclusion::Marker, Case::Any)),
    ("class", (Exclusion::Marker, Case::Any)),
    ("group", (Exclusion::Marker, Case::Capital)),
    ("part", (Exclusion::Marker, Case::Any)),
    ("volume", (Exclusion::Marker, Case::Any)),
    ("vol", (Exclusion::Marker, Case::Any)),
    ("issue", (Exclusion::Marker, Case::Capital)),
    ("episode", (Exclusion::Marker, Case::Any)),
    ("season", (Exclusion::Marker, Case::Any)),
    ("round", (Exclusion::Marker, Case::Any)),
    ("week", (Exclusion::Marker, Case::Capital)),
    ("day", (Exclusion::Marker, Case::Capital)),
    ("game", (Exclusion::Marker, Case::Any)),
    ("ward", (Exclusion::Marker, Case::Any)),
    ("wards", (Exclusion::Marker, Case::Any)),
    ("district", (Exclusion::Marker, Case::Any)),
    ("precinct", (Exclusion::Marker, Case::Any)),
    ("zone", (Exclusion::Marker, Case::Any)),
    ("lot", (Exclusion::Marker, Case::Capital)),
    ("unit", (Exclusion::Marker, Case::Capital)),
    ("room", (Exclusion::Marker, Case::Any)),
    ("courtroom", (Exclusion::Marker, Case::Any)),
    ("suite", (Exclusion::Marker, Case::Any)),
    ("apartment", (Exclusion::Marker, Case::Any)),
    ("gate", (Exclusion::Marker, Case::Any)),
    ("terminal", (Exclusion::Marker, Case::Any)),
    ("platform", (Exclusion::Marker, Case::Any)),
    ("pier", (Exclusion::Marker, Case::Any)),
    ("runway", (Exclusion::Marker, Case::Any)),
    ("block", (Exclusion::Marker, Case::Capital)),
    ("count", (Exclusion::Marker, Case::Capital)),
    ("question", (Exclusion::Marker, Case::Capital)),
    ("option", (Exclusion::Marker, Case::Capital)),
    ("box", (Exclusion::Address, Case::Capital)),
    ("witness", (Exclusion::Marker, Case::Capital)),
    ("juror", (Exclusion::Marker, Case::Capital)),
    ("patient", (Exclusion::Marker, Case::Capital)),
    ("building", (Exclusion::Marker, Case::Capital)),
    ("reactor", (Exclusion::Marker, Case::Capital)),
    ("lane", (Exclusion::Marker, Case::Capital)),
    ("bus", (Exclusion::Marker, Case::Capital)),
    ("track", (Exclusion::Marker, Case::Capital)),
    ("heat", (Exclusion::Marker, Case::Capital)),
    ("stand", (Exclusion::Marker, Case::Capital)),
    ("hangar", (Exclusion::Marker, Case::Capital)),
    ("dock", (Exclusion::Marker, Case::Capital)),
    ("berth", (Exclusion::Marker, Case::Capital)),
    ("site", (Exclusion::Marker, Case::Capital)),
    ("sector", (Exclusion::Marker, Case::Capital)),
    ("no", (Exclusion::Ordinal, Case::Any)),
    ("nos", (Exclusion::Ordinal, Case::Any)),
    ("number", (Exclusion::Ordinal, Case::Capital)),
    ("version", (Exclusion::Version, Case::Any)),
    ("ios", (Exclusion::Version, Case::Any)),
    ("ipados", (Exclusion::Version, Case::Any)),
    ("macos", (Exclusion::Version, Case::Any)),
    ("android", (Exclusion::Version, Case::Capital)),
    ("windows", (Exclusion::Version, Case::Capital)),
    ("boeing", (Exclusion::Name, Case::Capital)),
    ("airbus", (Exclusion::Name, Case::Capital)),
    ("iphone", (Exclusion::Name, Case::Any)),
    ("galaxy", (Exclusion::Name, Case::Capital)),
    ("pixel", (Exclusion::Name, Case::Capital)),
    ("playstation", (Exclusion::Name, Case::Capital)),
    ("xbox", (Exclusion::Name, Case::Capital)),
    ("route", (Exclusion::Name, Case::Any)),
    ("highway", (Exclusion::Name, Case::Any)),
    ("interstate", (Exclusion::Name, Case::Any)),
    ("junction", (Exclusion::Name, Case::Any)),
    ("exit", (Exclusion::Name, Case::Any)),
    ("flight", (Exclusion::Name, Case::Any)),
    ("channel", (Exclusion::Name, Case::Any)),
    ("formula", (Exclusion::Name, Case::Capital)),
    ("apollo", (Exclusion::Name, Case::Capital)),
    ("falcon", (Exclusion::Name, Case::Capital)),
    ("studio", (Exclusion::Name, Case::Capital)),
    ("area", (Exclusion::Name, Case::Capital)),
    ("max", (Exclusion::Name, Case::Capital)),
    ("engine", (Exclusion::Name, Case::Capital)),
    ("model", (Exclusion::Name, Case::Capital)),
    ("mark", (Exclusion::Name, Case::Capital)),
    ("super", (Exclusion::Name, Case::Capital)),
    ("fortune", (Exclusion::Name, Case::Capital)),
    ("nasdaq", (Exclusion::Name, Case::Capital)),
    ("ftse", (Exclusion::Name, Case::Capital)),
    ("russell", (Exclusion::Name, Case::Capital)),
]);

/// What a word joined to a number by a hyphen leaves a number: "mid-1990s", "sub-5%".
static JOINTS: WordTable<(), 16> = WordTable::new([
    ("mid", ()),
    ("pre", ()),
    ("post", ()),
    ("early", ()),
    ("late", ()),
    ("sub", ()),
    ("then", ()),
    ("now", ()),
    ("under", ()),
    ("over", ()),
    ("plus", ()),
    ("minus", ()),
    ("about", ()),
    ("nearly", ()),
    ("almost", ()),
    ("non", ()),
]);

/// Digits that touch letters or signs before them: "F-16", "G7", "v2.0", "#12", "'24".
pub(super) fn joined(token: &Token<'_>) -> Option<Excluded> {
    let previous = token.previous()?;
    let found = |start: usize, end: usize, rule| Some(Excluded::new(start, end, rule));
    let prefix = token.prefix;
    let end = || token.run_end().max(token.end());
    match previous {
        b'a'..=b'z' | b'A'..=b'Z' if is_currency(prefix) => None,
        b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'@' => found(token.start(), end(), of_run(token)),
        b'#' => found(
            token.at - 1,
            token.end(),
            if token.length > 3 { Exclusion::Identifier } else { Exclusion::Ordinal },
        ),
        b'/' if prefix.contains('.') || prefix.contains("//") => found(token.start(), end(), Exclusion::Web),
        b'/' | b':' | b'=' | b'&' if prefix.len() > 1 => found(token.at, end(), Exclusion::Name),
        b'[' if token.next() == Some(b']') => found(token.at - 1, token.end() + 1, Exclusion::Footnote),
        b'\'' if token.length == 2 && token.next() == Some(b's') => {
            found(token.at - 1, token.end() + 1, Exclusion::Decade)
        }
        b'\'' if token.length == 2 => found(token.at - 1, token.end(), Exclusion::Year),
        b'-' => {
            let word = prefix.trim_end_matches('-');
            let last = word.rsplit('-').next().unwrap_or(word);
            let is_letters = last.ends_with(|c: char| c.is_ascii_alphabetic());
            let is_number = JOINTS.get(last).is_some() || crate::number::begins_numeral(last);
            (is_letters && !is_number && last.len() < prefix.len())
                .then(|| Excluded::new(token.start(), end(), Exclusion::Name))
        }
        _ => None,
    }
}

/// Whether a currency's code or sign stands before the digits: "USD115", "Rs50".
fn is_currency(prefix: &str) -> bool {
    let word = prefix.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    is_money_sign(word)
        || word.len() == 3
            && word.bytes().all(|byte| byte.is_ascii_uppercase())
            && currency_named(word).is_some()
}

/// What a run of letters and digits is.
fn of_run(token: &Token<'_>) -> Exclusion {
    let prefix = token.prefix;
    let letters = prefix.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let run = token.text.get(token.start()..token.run_end()).unwrap_or_default();
    if run.contains('@') || run.contains("://") || run.starts_with("www.") || run.contains(".com") {
        Exclusion::Web
    } else if matches!(letters, "v" | "V") {
        Exclusion::Version
    } else if matches!(letters, "FY" | "fy") {
        Exclusion::Year
    } else if matches!(letters, "Q" | "H") && token.length == 1 {
        Exclusion::Date
    } else {
        Exclusion::Name
    }
}

/// Expressions in digits that are names, with a slash or a bracket behind the first of them.
const NAMES: [&str; 6] = ["9/11", "24/7", "50/50", "7/7", "20/20", "401(k)"];

/// Digits that the word before them, or letters behind them, make a label.
pub(super) fn at(token: &Token<'_>) -> Option<Excluded> {
    let found = |end: usize, rule| Some(Excluded::new(token.at, end, rule));
    let rest = token.text.get(token.at..)?;
    if matches!(token.next(), Some(b'/' | b'('))
        && let Some(name) = NAMES.iter().find(|name| rest.starts_with(**name))
    {
        let goes_on =
            rest.get(name.len()..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if !goes_on {
            return found(token.at + name.len(), Exclusion::Name);
        }
    }
    if is_generation(token) {
        return found(token.run_end(), Exclusion::Name);
    }
    if !token.prefix.is_empty() {
        return None;
    }
    let (word, start) = token.word_before()?;
    let is_capital = word.starts_with(|first: char| first.is_ascii_uppercase());
    let follows = || is_label_end(token);
    if let Some((rule, case)) = LABELS.get(word)
        && (case == Case::Any || is_capital)
        && (!is_word(word, "no") || is_abbreviated(token, start, word))
        && follows()
    {
        let is_plural = is_word(word, "pp") || word.ends_with('s') && !word.ends_with("ss");
        let end = end_of_label(token);
        return found(if is_plural { end_of_labels(token.text, end) } else { end }, rule);
    }
    // "OrloOS 5.2"
    if word.len() > 2 && word.ends_with("OS") && follows() {
        return found(end_of_label(token), Exclusion::Version);
    }
    // "the Cessna 172", "an Artemis 2 crew": an article, a name, and a number that counts nothing.
    let is_singular = is_capital && !word.ends_with('s') && word.len() > 1;
    let is_named = is_singular && word_before(token.text, start).is_some_and(|(word, _)| is_article(word));
    // "Orlo 7 Pro": a word that names a model follows.
    let is_model = is_singular && MODELS.contains(&token.word_after());
    ((is_named || is_model) && follows() && !counts_people(token))
        .then(|| Excluded::new(token.at, end_of_label(token), Exclusion::Name))
}

/// Words that makers of things put behind the number of a model.
const MODELS: [&str; 14] = [
    "Pro", "Max", "Plus", "Ultra", "Mini", "Air", "Lite", "SE", "XL", "Turbo", "Fold", "Flip", "Hybrid",
    "Edge",
];

fn is_article(word: &str) -> bool {
    ["a", "an", "the", "its", "their", "his", "her"].iter().any(|article| is_word(word, article))
}

/// "No. 3", "no. 3", "No 10"; not "no 5".
fn is_abbreviated(token: &Token<'_>, start: usize, word: &str) -> bool {
    word.starts_with('N') || token.text.as_bytes().get(start + word.len()) == Some(&b'.')
}

/// Digits alone, or with a letter ("Type 2a"), with no unit, scale or percent sign behind.
fn is_label_end(token: &Token<'_>) -> bool {
    let next = token.next();
    let is_grouped = next == Some(b',') && super::token::digits(token.text.as_bytes(), token.end() + 1) == 3;
    let word = token.word_after();
    let is_unit =
        unit_named(word).is_some_and(|_| !word.is_empty()) || crate::unit::scale_named(word).is_some();
    let is_decimal = next == Some(b'.') && super::token::digits(token.text.as_bytes(), token.end() + 1) > 0;
    let is_no = token.word_before().is_some_and(|(word, _)| is_word(word, "no"));
    !(is_no && (is_decimal || is_word(word, "per")))
        && (!is_grouped || token.word_before().is_some_and(|(word, _)| word == "No"))
        && !matches!(next, Some(b'%'))
        && !is_unit
}

/// Whether many of something follow: "In Harwick 12 people".
fn counts_people(token: &Token<'_>) -> bool {
    let word = token.word_after();
    word.ends_with('s') && word.starts_with(|first: char| first.is_ascii_lowercase())
        || ["people", "men", "women", "children", "percent", "per"].iter().any(|many| is_word(word, many))
}

/// Where a label ends: "3", "17.2", "2a", "12-14".
fn end_of_label(token: &Token<'_>) -> usize {
    // "No. 5,102"
    let grouped = crate::number::past_digits(token.text, token.at);
    let end = token.run_end().max(token.end());
    let run = token.text.get(token.at..end).unwrap_or_default();
    let is_label = run.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '–'));
    if is_label { end.max(grouped) } else { token.end() }
}

/// Where several labels end: "Grades 4 to 6", "pp. 40 and 41"; `end` is where the first does.
fn end_of_labels(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    let Some(after) = [" to ", " and ", " or "].into_iter().find_map(|link| rest.strip_prefix(link)) else {
        return end;
    };
    if !after.starts_with(|first: char| first.is_ascii_digit()) {
        return end;
    }
    let next = Token::at(text, text.len() - after.len());
    if is_label_end(&next) && !counts_people(&next) { end_of_label(&next) } else { end }
}

/// "5G", "3D", "737s", "2x4": digits with letters that are no scale and no unit.
fn is_generation(token: &Token<'_>) -> bool {
    if !token.next().is_some_and(|byte| byte.is_ascii_alphabetic()) {
        return false;
    }
    let letters = word_at(token.text, token.end());
    let after = token.text.as_bytes().get(token.end() + letters.len());
    let ends = !after.is_some_and(u8::is_ascii_alphanumeric);
    let longest = if letters == "G" { 1 } else { 3 };
    // "2A8"
    let digits = super::token::digits(token.text.as_bytes(), token.end() + letters.len());
    if letters.len() == 1
        && letters.starts_with(|c: char| c.is_ascii_uppercase())
        && (1..=2).contains(&digits)
    {
        return true;
    }
    // "the under-65s" are people.
    let is_bound = letters == "s" && ["nder-", "ver-"].iter().any(|bound| token.prefix.ends_with(bound));
    ends && !is_bound && token.length <= longest && matches!(letters, "G" | "D" | "s" | "H")
}
