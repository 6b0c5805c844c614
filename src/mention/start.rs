//! Where numbers may begin: the sieve that all text passes, so it looks at bytes and decodes nothing.

use super::exclusion::is_single;
use super::vague::{begins_vague, is_vague_after_article, vague_heads, vague_words};
use crate::number::{begins_numeral, continues_article, numeral_heads, numeral_words, past_digits, word_at};
use crate::text::{Head, Heads, Sieve, WordTable, past_letters};
use crate::unit::{currency_named, is_money_sign, unit_named, unit_words};

/// What a byte that is no letter means to the sieve.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    Digit,
    Point,
    Sign,
    Dollar,
    /// The first byte of a sign, symbol or fraction outside ASCII.
    Lead,
}

static CLASSES: [Class; 256] = classes();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
const fn classes() -> [Class; 256] {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 128u8 {
        if byte.is_ascii_digit() {
            classes[byte as usize] = Class::Digit;
        }
        byte += 1;
    }
    classes[b'.' as usize] = Class::Point;
    classes[b'+' as usize] = Class::Sign;
    classes[b'-' as usize] = Class::Sign;
    classes[b'$' as usize] = Class::Dollar;
    classes[0xC2] = Class::Lead;
    classes[0xE2] = Class::Lead;
    classes
}

#[expect(clippy::indexing_slicing, reason = "a byte is less than 256")]
fn class(byte: u8) -> Class {
    CLASSES[byte as usize]
}

/// The articles, by their letters: nearly all words that the sieve lets through.
const A: u64 = Head::letters_of("a");
const AN: u64 = Head::letters_of("an");
const THE: u64 = Head::letters_of("the");

/// Words that a number, or what is skipped, may begin with, besides articles and the names of numbers.
static OPENINGS: WordTable<(), 6> = WordTable::new([
    ("between", ()),
    ("minus", ()),
    ("negative", ()),
    ("http", ()),
    ("https", ()),
    ("www", ()),
]);

/// Lets through what may make a number of an article: "a million", "a few", "a mile".
static AFTER_A: Sieve = unit_words().or(numeral_words()).or(vague_words());

/// Lets through all words that a number may begin with, but for currencies.
static STARTS: Heads = OPENINGS.heads().or(&numeral_heads()).or(&vague_heads()).with(A).with(AN).with(THE);

/// The length of the longest code of a currency, with a letter for millions.
const LONGEST_CODE: usize = 4;

/// Where the next number may begin, before `until`: a digit, a point before one, a sign or symbol, a word.
pub(super) fn next_start(text: &str, from: usize, until: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let searched = bytes.get(..until).unwrap_or(bytes);
    let mut at = from;
    while let Some(byte) = searched.get(at) {
        // Nearly all text is words and the spaces between; two branches tell them apart faster than a table of jumps.
        if byte.is_ascii_alphabetic() {
            let word = Head::at(bytes, at);
            let is_start = STARTS.admits(word) && may_begin(text, at, word)
                || byte.is_ascii_uppercase()
                    && word.end - at <= LONGEST_CODE
                    && begins_money(text, at, word.end);
            if is_start && !is_inside_word(text, at) {
                return Some(at);
            }
            // A space is what follows nearly always.
            at = word.end + usize::from(bytes.get(word.end) == Some(&b' '));
            continue;
        }
        let class = class(*byte);
        if class == Class::Other {
            at += 1;
        } else if begins_with_mark(text, at, class) {
            return Some(at);
        } else {
            at = if class == Class::Digit { past_word(bytes, at) } else { at + 1 };
        }
    }
    None
}

/// Whether a number may begin at a digit, point, sign or symbol.
fn begins_with_mark(text: &str, at: usize, class: Class) -> bool {
    let bytes = text.as_bytes();
    match class {
        Class::Other => false,
        Class::Digit => true,
        Class::Point => {
            bytes.get(at + 1).is_some_and(u8::is_ascii_digit) && !before(bytes, at).is_ascii_alphanumeric()
        }
        Class::Sign => !before(bytes, at).is_ascii_alphanumeric() && starts_amount(text, at),
        Class::Dollar | Class::Lead => starts_amount(text, at),
    }
}

/// Where to look on past a start that turned out to be none.
pub(super) fn past_failed(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    match bytes.get(at) {
        // All of a number that is too long, so that its end is not taken for one.
        Some(b'0'..=b'9' | b'.') => past_word(bytes, past_digits(text, at)).max(at + 1),
        // Digits that touch a word are looked at by themselves: "ten0".
        Some(byte) if byte.is_ascii() => past_letters(bytes, at).max(at + 1),
        _ => at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8),
    }
}

fn past_word(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

fn before(bytes: &[u8], at: usize) -> u8 {
    at.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or(b' ')
}

/// Whether letters go on a word that begins with digits or outside ASCII.
fn is_inside_word(text: &str, at: usize) -> bool {
    let byte = before(text.as_bytes(), at);
    byte.is_ascii_digit()
        || !byte.is_ascii()
            && text.get(..at).and_then(|text| text.chars().next_back()).is_some_and(char::is_alphanumeric)
}

/// How many characters a sign or symbol may stand before its digits: "$ -5", "−£5".
const NEAR: usize = 4;

/// A symbol, sign or fraction that a number begins with.
fn starts_amount(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes().get(at..).unwrap_or_default();
    let is_before_digits = match bytes {
        // Vulgar fractions.
        [0xC2, 0xBC..=0xBE, ..] | [0xE2, 0x85, 0x93..=0x9E, ..] => return true,
        // £, ¥, ±; the currency symbols; the minus sign.
        [b'$' | b'+' | b'-', ..]
        | [0xC2, 0xA3 | 0xA5 | 0xB1, ..]
        | [0xE2, 0x82, 0xA0..=0xBF, ..]
        | [0xE2, 0x88, 0x92, ..] => true,
        _ => false,
    };
    let rest = text.get(at..).unwrap_or_default();
    is_before_digits && rest.chars().skip(1).take(NEAR).any(|c| c.is_ascii_digit())
}

/// Whether the word at a byte may begin a number, currencies aside.
fn may_begin(text: &str, at: usize, Head { letters, end }: Head) -> bool {
    match letters {
        THE => next_admitted(text, end, vague_words()).is_some_and(is_vague_after_article),
        A | AN => next_admitted(text, end, &AFTER_A).is_some_and(|next| {
            continues_article(next)
                || is_vague_after_article(next)
                || is_single(next)
                || is_part_to_come(text, next, end + 1 + next.len())
        }),
        _ => {
            let word = text.get(at..end).unwrap_or_default();
            OPENINGS.get(word).is_some() || begins_numeral(word) || begins_vague(word)
        }
    }
}

/// "a| year and a half": a part follows the unit, which ends at a byte.
fn is_part_to_come(text: &str, unit: &str, end: usize) -> bool {
    text.get(end..).is_some_and(|rest| rest.starts_with(" and a ")) && unit_named(unit).is_some()
}

/// The word behind what may stand between the words of a numeral, if a sieve lets it through.
fn next_admitted<'t>(text: &'t str, end: usize, sieve: &Sieve) -> Option<&'t str> {
    // One space stands there nearly always, and two letters tell most words.
    if let Some([b' ', first, second]) = text.as_bytes().get(end..).and_then(<[u8]>::first_chunk)
        && first.is_ascii_alphabetic()
        && second.is_ascii_alphabetic()
        && !sieve.admits_beginning(*first, *second)
    {
        return None;
    }
    Some(word_after_gap(text, end)).filter(|word| sieve.admits(word.as_bytes()))
}

/// The word behind what may stand between the words of a numeral.
fn word_after_gap(text: &str, end: usize) -> &str {
    let gap = text.as_bytes().get(end..).unwrap_or_default().iter().take(4);
    let length = gap.take_while(|byte| !byte.is_ascii_alphabetic()).count();
    word_at(text, end + length)
}

/// "USD 5", "US$5", "Rs 5".
#[inline]
fn begins_money(text: &str, at: usize, end: usize) -> bool {
    let word = text.get(at..end).unwrap_or_default();
    match word.len() {
        2 | 3 if is_money_sign(word) => true,
        3 => word.bytes().all(|byte| byte.is_ascii_uppercase()) && currency_named(word).is_some(),
        4 if word.starts_with('M') => currency_named(word.get(1..).unwrap_or_default()).is_some(),
        1 | 2 if text.as_bytes().get(end) == Some(&b'$') => {
            text.get(at..=end).is_some_and(|symbol| currency_named(symbol).is_some())
        }
        _ => false,
    }
}
