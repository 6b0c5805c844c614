//! Finding mentions in a text.

use rust_decimal::Decimal;

use super::amount::{Amount, amount_at, is_time, past_words};
use super::not_a_quantity::{is_year, skipped};
use super::vague::vague_at;
use super::{Kind, Mention};
use crate::hedge::{Hedge, Lexicon};
use crate::number::{Reading, Style, numeral_at};
use crate::text::Span;
use crate::unit::{Factor, Unit};

/// Why a text is not one quantity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No number in it.
    #[error("`{0}` has no number")]
    NoNumber(String),
    /// More than a number, its hedge and its unit.
    #[error("`{text}` is more than one quantity: `{rest}` is left over")]
    LeftOver {
        /// The text.
        text: String,
        /// What is left over.
        rest: String,
    },
}

/// All mentions of a text, in order, none overlapping another.
pub fn read(text: &str, lexicon: &Lexicon) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut at = 0;
    let mut from = 0;
    while let Some(start) = next_start(text, at) {
        if let Some(end) = skipped(text, start) {
            at = end;
            continue;
        }
        match mention_at(text, start, from, lexicon) {
            Some(mention) if !is_passed_over(text, &mention) => {
                at = mention.words().end.max(mention.span.end) as usize;
                from = at;
                mentions.push(mention);
            }
            Some(mention) => at = mention.span.end as usize,
            None => at = past_word(text, start),
        }
    }
    mentions
}

/// Reads a text that is one quantity with its hedge, and nothing else: "more than 117,000", "$9 billion", "± 0.4".
pub fn read_whole(text: &str, lexicon: &Lexicon) -> Result<Mention, ReadError> {
    let mut at = 0;
    let mut found = None;
    while let Some(start) = next_start(text, at) {
        if let Some(mention) = mention_at(text, start, 0, lexicon) {
            found = Some(mention);
            break;
        }
        at = past_word(text, start);
    }
    let mention = found.ok_or_else(|| ReadError::NoNumber(text.to_owned()))?;
    let words = mention.words();
    let before = text.get(..words.start as usize).unwrap_or_default().trim();
    let after = text.get(words.end as usize..).unwrap_or_default().trim().trim_end_matches('.');
    // A verb or an article before, and the noun that is counted after, belong to the claim's wording.
    let is_rest = |rest: &str| rest.contains(|c: char| c.is_ascii_digit());
    match [before, after].into_iter().find(|rest| is_rest(rest)) {
        Some(rest) => Err(ReadError::LeftOver { text: text.to_owned(), rest: rest.to_owned() }),
        None => Ok(mention),
    }
}

/// Where the next number may begin: a digit, a point before one, a sign or symbol, a word.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'0'..=b'9' => {
                let before = bytes.get(at.wrapping_sub(1)).copied().unwrap_or(b' ');
                // Digits inside a word ("Q3", "F-16") are part of its name.
                let in_word = before.is_ascii_alphabetic()
                    || (before == b'-' && at > 1 && bytes.get(at - 2).is_some_and(u8::is_ascii_alphabetic));
                if !in_word {
                    return Some(at);
                }
                at = past_word(text, at);
            }
            b'.' if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                let before = bytes.get(at.wrapping_sub(1)).copied().unwrap_or(b' ');
                if !before.is_ascii_alphanumeric() {
                    return Some(at);
                }
                at += 1;
            }
            b'$' | b'+' | b'-' | 0xC2 | 0xE2 if text.is_char_boundary(at) && starts_amount(text, at) => {
                return Some(at);
            }
            b'a'..=b'z' | b'A'..=b'Z' => {
                let word = crate::number::word_at(text, at);
                let in_word = bytes
                    .get(at.wrapping_sub(1))
                    .is_some_and(|byte| byte.is_ascii_digit() || *byte >= 0x80 && !is_space_end(text, at));
                if !in_word && may_begin(word) {
                    return Some(at);
                }
                at += word.len();
            }
            _ => at += 1,
        }
    }
    None
}

/// Whether what stands before `at` is a space or a mark outside ASCII, and no letter.
fn is_space_end(text: &str, at: usize) -> bool {
    text.get(..at).and_then(|before| before.chars().next_back()).is_none_or(|c| !c.is_alphanumeric())
}

/// A symbol, sign or fraction that a number begins with.
fn starts_amount(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let mut window = rest.char_indices().take(5);
    let Some((_, first)) = window.next() else { return false };
    match first {
        '½' | '¼' | '¾' | '⅓' | '⅔' => true,
        '$' | '£' | '€' | '¥' | '₹' | '-' | '−' | '+' | '±' => {
            window.any(|(_, c)| c.is_ascii_digit()) && amount_or_margin(text, at)
        }
        _ => false,
    }
}

fn amount_or_margin(text: &str, at: usize) -> bool {
    amount_at(text, at).is_some() || text.get(at..).is_some_and(|rest| rest.starts_with('±'))
}

/// Whether a word may begin a number; a first sieve, by its first letters.
fn may_begin(word: &str) -> bool {
    const FIRST: &[&str] = &[
        "a",
        "an",
        "between",
        "billion",
        "billions",
        "couple",
        "double",
        "doubled",
        "doubles",
        "doubling",
        "dozens",
        "few",
        "from",
        "half",
        "http",
        "https",
        "hundred",
        "hundreds",
        "majority",
        "million",
        "millions",
        "minus",
        "most",
        "negative",
        "once",
        "scores",
        "several",
        "the",
        "thousand",
        "thousands",
        "thrice",
        "trillion",
        "trillions",
        "twice",
        "www",
    ];
    const ENDINGS: &[&str] =
        &["fold", "upled", "uple", "uples", "ripled", "ripling", "riple", "riples", "teen", "ty"];
    const ONES: &[&str] = &[
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let length = word.len();
    if length > 11 {
        return false;
    }
    if length == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return true;
    }
    let is = |other: &&str| word.eq_ignore_ascii_case(other);
    let ends = |ending: &&str| {
        length > ending.len()
            && word.get(length - ending.len()..).is_some_and(|end| end.eq_ignore_ascii_case(ending))
    };
    let first = word.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
    if !b"abcdefhmnoqstwz".contains(&first) {
        return false;
    }
    ONES.iter().any(|other| is(other))
        || FIRST.iter().any(|other| is(other))
        || ENDINGS.iter().any(|ending| ends(ending))
}

fn past_word(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let word = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    at + word.max(rest.chars().next().map_or(1, char::len_utf8))
}

/// The mention whose number, or opening word ("between"), begins at a byte; its hedge may reach back to `from`.
fn mention_at(text: &str, start: usize, from: usize, lexicon: &Lexicon) -> Option<Mention> {
    if let Some(mention) = margin_at(text, start) {
        return Some(mention);
    }
    if let Some((end, unit, interval)) = vague_at(text, start) {
        let span = Span::new(start, end);
        return Some(Mention {
            span,
            reading: Reading::Vague(interval),
            unit,
            factor: Factor::ONE,
            kind: Kind::Vague,
            hedge: Hedge::Plain,
            hedge_span: None,
            is_signed: false,
        });
    }
    let between = opening(text, start, "between");
    let from_word = opening(text, start, "from");
    let first = amount_at(text, between.or(from_word).unwrap_or(start))?;
    if from_word.is_some() {
        // "from 12 to 19" are two numbers.
        return Some(hedged(text, single(first, start.max(first.span.start as usize)), from, lexicon));
    }
    if let Some(mention) = between.and_then(|_| range(text, start, &first, &["and"])) {
        return Some(mention);
    }
    if between.is_some() {
        return Some(hedged(text, single(first, first.span.start as usize), from, lexicon));
    }
    let is_from = text.get(..start).is_some_and(|before| ends_with_word(before.trim_end(), "from"));
    let shared = shared_scale(text, &first);
    if !is_from {
        if let Some(mention) = range(text, start, &first, &["to", "-", "–", "or"]) {
            return Some(hedged(text, mention, from, lexicon));
        }
    }
    Some(hedged(text, single(shared.unwrap_or(first), start), from, lexicon))
}

/// Where the text goes on after an opening word.
fn opening(text: &str, start: usize, word: &str) -> Option<usize> {
    let found = text.get(start..start + word.len())?;
    let rest = text.get(start + word.len()..)?;
    (found.eq_ignore_ascii_case(word) && rest.starts_with(' ')).then_some(start + word.len() + 1)
}

fn ends_with_word(text: &str, word: &str) -> bool {
    let start = text.len().checked_sub(word.len());
    start.and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
}

fn single(amount: Amount, start: usize) -> Mention {
    Mention {
        span: Span::new(start, amount.span.end as usize),
        reading: Reading::One(amount.written),
        unit: amount.unit,
        factor: amount.factor,
        kind: amount.kind,
        hedge: Hedge::Plain,
        hedge_span: None,
        is_signed: amount.is_signed,
    }
}

/// "± 0.4", "plus or minus 3"; alone, or after a number.
fn margin_at(text: &str, start: usize) -> Option<Mention> {
    let rest = text.get(start..)?.strip_prefix('±')?;
    let at = text.len() - rest.trim_start().len();
    let amount = amount_at(text, at)?;
    let margin = amount.written.value.abs();
    let around_zero = crate::number::Written { value: Decimal::ZERO, ..amount.written };
    let mention = single(amount, start);
    Some(Mention { reading: Reading::Margin(around_zero, margin), ..mention })
}

/// "a to b", "a–b", "between a and b": one range of one unit.
fn range(text: &str, start: usize, first: &Amount, links: &[&str]) -> Option<Mention> {
    let end = first.span.end as usize;
    let rest = text.get(end..)?;
    if let Some(after) = rest.trim_start().strip_prefix('±') {
        let margin = amount_at(text, text.len() - after.trim_start().len())?;
        let mention = single(*first, start);
        let span = Span::new(start, margin.span.end as usize);
        return Some(Mention {
            span,
            reading: Reading::Margin(first.written, margin.written.value.abs()),
            ..mention
        });
    }
    let at = links.iter().find_map(|link| match *link {
        "-" | "–" => rest.strip_prefix(link).map(|after| text.len() - after.len()),
        word => past_words(text, end, word),
    })?;
    let mut second = amount_at(text, at)?;
    let mut first = *first;
    let linked_by_or = links.contains(&"or") && past_words(text, end, "or").is_some();
    if first.style == Style::Multiple || second.style == Style::Multiple || second.is_signed {
        return None;
    }
    // "5 to 6 percent", "$5 to 6": the unit is said once; "$1–$2 billion": so is the scale.
    if first.unit == Unit::Bare {
        (first.unit, first.factor, first.kind) = (second.unit, second.factor, second.kind);
    } else if second.unit == Unit::Bare {
        (second.unit, second.factor, second.kind) = (first.unit, first.factor, first.kind);
    }
    if first.unit != second.unit && second.kind != Kind::Rate {
        return None;
    }
    if second.scale > first.scale
        && first.scale == Decimal::ONE
        && first.written.value < Decimal::ONE_THOUSAND
    {
        scale(&mut first, second.scale)?;
    }
    if linked_by_or && second.written.value != first.written.value + Decimal::ONE {
        return None;
    }
    let is_backwards = second.written.value <= first.written.value;
    if is_backwards && !links.contains(&"and") {
        return None;
    }
    let span = Span::new(start, second.span.end as usize);
    let mention =
        Mention { unit: second.unit, factor: second.factor, kind: second.kind, ..single(first, start) };
    Some(Mention { span, reading: Reading::Range(first.written, second.written), ..mention })
}

/// "$26 and $31 million": the first shares the second's scale.
fn shared_scale(text: &str, first: &Amount) -> Option<Amount> {
    let end = first.span.end as usize;
    let at = ["and", "to", "or"].iter().find_map(|link| past_words(text, end, link))?;
    let second = amount_at(text, at)?;
    let is_alike = first.unit == second.unit && first.kind == Kind::Money && first.scale == Decimal::ONE;
    let mut amount = *first;
    (is_alike && second.scale > Decimal::ONE && first.written.value < Decimal::ONE_THOUSAND).then_some(())?;
    scale(&mut amount, second.scale)?;
    Some(amount)
}

fn scale(amount: &mut Amount, by: Decimal) -> Option<()> {
    amount.written.value = amount.written.value.checked_mul(by)?;
    amount.written.step = amount.written.step.checked_mul(by)?;
    amount.scale = by;
    Some(())
}

/// With the hedge that stands before or after it.
fn hedged(text: &str, mention: Mention, from: usize, lexicon: &Lexicon) -> Mention {
    let start = mention.span.start as usize;
    let before = lexicon.ending_at(text, start).filter(|(_, span)| span.start as usize >= from);
    let found = before.or_else(|| lexicon.starting_at(text, mention.span.end as usize));
    match found {
        // "over 70 days" may be a stretch of time; "within 70 days" is one.
        Some((_, span)) if is_time(mention.unit) && span.of(text).eq_ignore_ascii_case("within") => mention,
        Some((hedge, span)) => Mention { hedge, hedge_span: Some(span), ..mention },
        None => mention,
    }
}

/// Words that begin like numbers and are none in prose: "one" and "once" alone, articles, years.
fn is_passed_over(text: &str, mention: &Mention) -> bool {
    let start = mention.span.start as usize;
    let word = mention.span.of(text);
    let is_pronoun =
        ["one", "once"].iter().any(|it| word.eq_ignore_ascii_case(it)) && mention.hedge == Hedge::Plain;
    let is_marker = numeral_at(text, start).is_some_and(|numeral| is_list_marker(text, start, numeral.end));
    let is_year =
        mention.hedge == Hedge::Plain && amount_at(text, start).is_some_and(|amount| is_year(text, &amount));
    is_pronoun || is_marker || is_year
}

/// "1. First", "2) Second" at the beginning of a line.
fn is_list_marker(text: &str, start: usize, end: usize) -> bool {
    let at_line_start = text.get(..start).is_some_and(|before| before.is_empty() || before.ends_with('\n'));
    let after = text.get(end..).unwrap_or_default();
    at_line_start && end - start <= 3 && (after.starts_with(". ") || after.starts_with(") "))
}
