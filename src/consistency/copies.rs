//! The same quantity given twice with different digits: in headline, standfirst, caption, list or body.
//!
//! Safe because the two are of one unit, the digits of one are those of the other in another order or before another scale
//! word, the sentences share most of their words, neither speaks of another time, and neither value stands anywhere else.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::value::nominal;
use super::word::Word;
use super::{Contradiction, Kind, Reader};
use crate::draft::next_sentence;
use crate::hedge::Hedge;
use crate::mention::{self, Mention, Survey};
use crate::number::{Decimal, Reading};
use crate::text::Span;
use crate::unit::{Unit, scale_named, unit_named};

/// A draft with more numbers than this is a table, of which only the beginning is looked at.
const MOST: usize = 2000;
/// How far the ends of a sentence are looked for, in bytes.
const REACH: usize = 4096;

/// How often each digit occurs, six bits for each: the same for a number, its slips of order, and its slips of scale.
fn digits_of(text: &str, mention: &Mention) -> Option<u64> {
    const LONGEST: u32 = 60;
    let mut key = 0_u64;
    let mut many = 0;
    for byte in mention.span.of(text).bytes().filter(u8::is_ascii_digit) {
        many += 1;
        key += 1 << (6 * u32::from(byte - b'0'));
    }
    let is_one = matches!(mention.reading, Reading::One(_)) && mention.kind != mention::Kind::Duration;
    (2..LONGEST).contains(&many).then_some(key).filter(|_| is_one)
}

pub(super) fn look(reader: &mut Reader, text: &str, survey: &Survey) {
    let values = Values::new(survey);
    deaths(reader, text, &values);
    let mut keys: Vec<(u64, u32)> = Vec::with_capacity(survey.mentions.len());
    for (index, mention) in (0..).zip(survey.mentions.iter().take(MOST)) {
        if let Some(key) = digits_of(text, mention) {
            keys.push((key, index));
        }
    }
    keys.sort_unstable();
    for alike in keys.chunk_by(|a, b| a.0 == b.0) {
        // A draft in which the same digits stand many times is a table.
        if (2..=6).contains(&alike.len()) {
            compare(reader, text, &values, alike);
        }
    }
}

fn compare(reader: &mut Reader, text: &str, values: &Values<'_>, alike: &[(u64, u32)]) {
    let mentions = &values.survey.mentions;
    for (at, (_, first)) in alike.iter().enumerate() {
        for (_, second) in alike.get(at + 1..).unwrap_or_default() {
            let pair = (mentions.get(*first as usize), mentions.get(*second as usize));
            if let (Some(a), Some(b)) = pair
                && is_slip(text, a, b)
                && values.is_alone(a)
                && values.is_alone(b)
                && is_same_matter(text, a, b)
            {
                report(reader, text, a, b);
            }
        }
    }
}

fn report(reader: &mut Reader, text: &str, first: &Mention, second: &Mention) {
    reader.found.push(Contradiction {
        kind: Kind::Copies,
        stated: second.span,
        operands: vec![first.span],
        arithmetic: format!("\"{}\" here, \"{}\" there", second.span.of(text), first.span.of(text)),
        help: None,
    });
}

/// Whether one number is the other with two digits changed about, or with another scale.
fn is_slip(text: &str, a: &Mention, b: &Mention) -> bool {
    let (Some(one), Some(other)) = (nominal(a), nominal(b)) else { return false };
    if a.unit != b.unit || a.kind != b.kind || a.factor != b.factor || one == other {
        return false;
    }
    let digits =
        |mention: &Mention| -> Vec<u8> { mention.span.of(text).bytes().filter(u8::is_ascii_digit).collect() };
    let (first, second) = (digits(a), digits(b));
    if first == second {
        let is_scaled = |small: Decimal, large: Decimal| {
            [1_000_i64, 1_000_000].iter().any(|by| small.checked_mul(Decimal::from(*by)) == Some(large))
        };
        return is_scaled(one, other) || is_scaled(other, one);
    }
    let places: Vec<bool> = first.iter().zip(&second).map(|(a, b)| a != b).collect();
    let are_neighbours = places.windows(2).any(|pair| matches!(pair, [true, true]));
    // Two neighbours changed about, and nothing else: the values are of one size.
    places.iter().filter(|differs| **differs).count() == 2 && are_neighbours && first.len() == second.len()
}

/// How often each value stands in a draft; counted where somebody asks, which few drafts make one do.
struct Values<'s> {
    survey: &'s Survey,
    counted: OnceCell<HashMap<(Unit, Decimal), u32>>,
}

impl<'s> Values<'s> {
    fn new(survey: &'s Survey) -> Self {
        Self { survey, counted: OnceCell::new() }
    }

    /// Whether the value of a mention stands nowhere else.
    fn is_alone(&self, mention: &Mention) -> bool {
        let counted = self.counted.get_or_init(|| {
            let mut counted = HashMap::new();
            for (unit, value) in self.survey.mentions.iter().filter_map(keyed) {
                *counted.entry((unit, value)).or_default() += 1;
            }
            counted
        });
        keyed(mention).is_some_and(|key| counted.get(&key) == Some(&1))
    }
}

/// A value in its unit.
fn keyed(mention: &Mention) -> Option<(Unit, Decimal)> {
    Some((mention.unit, nominal(mention)?))
}

/// Whether two numbers stand in sentences about the same thing, one of which repeats the other.
fn is_same_matter(text: &str, a: &Mention, b: &Mention) -> bool {
    let (one, two) = (sentence(text, a.span), sentence(text, b.span));
    if one.0 == two.0 {
        return false;
    }
    let (first, second) = (one.0.of(text), two.0.of(text));
    if tells_apart(first) || tells_apart(second) {
        return false;
    }
    match (first.contains('\t'), second.contains('\t')) {
        (true, true) => return false,
        // A cell is about its row and its column.
        (true, false) => return shared_words(&of_cell(text, one.1), second) >= 2,
        (false, true) => return shared_words(&of_cell(text, two.1), first) >= 2,
        (false, false) => {}
    }
    let shared = shared_words(first, second);
    let fewer = content(first).count().min(content(second).count());
    if one.1 == two.1 {
        // "… fined the builder €3.45 million. The €3.54 million fine …"
        let is_again = text
            .get(..b.span.start as usize)
            .is_some_and(|before| word_before(before).eq_ignore_ascii_case("the"));
        return is_again && shared >= 2;
    }
    let is_display = |(sentence, block): (Span, Span)| {
        let words = block.of(text);
        !words.ends_with(['.', '!', '?', '"', ')']) || sentence.len() + 1 >= block.len()
    };
    (is_display(one) || is_display(two)) && shared >= 2 && shared * 5 >= fewer * 2
}

/// What a cell is about: the name of its row, and the names of the columns.
fn of_cell(text: &str, row: Span) -> String {
    let before = text.get(..row.start as usize).unwrap_or_default();
    let head = before
        .trim_end_matches('\n')
        .rsplit('\n')
        .take_while(|line| line.contains('\t'))
        .last()
        .unwrap_or_default();
    let name = row.of(text).split('\t').next().unwrap_or_default();
    format!("{name}\t{head}")
}

/// The last word before a place.
fn word_before(before: &str) -> &str {
    before.trim_end().rsplit(' ').next().unwrap_or_default()
}

/// A sentence, and the block that it is in.
fn sentence(text: &str, at: Span) -> (Span, Span) {
    let first = text.ceil_char_boundary((at.start as usize).saturating_sub(REACH));
    let last = text.floor_char_boundary((at.end as usize).saturating_add(REACH).min(text.len()));
    let before = text.get(first..at.start as usize).unwrap_or_default();
    let after = text.get(at.end as usize..last).unwrap_or_default();
    let low = before.rfind('\n').map_or(first, |newline| first + newline + 1);
    let high = after.find('\n').map_or(last, |newline| at.end as usize + newline);
    let mut start = low;
    while let Some((_, next)) = next_sentence(text, start, at.start as usize) {
        if next <= start {
            break;
        }
        start = next;
    }
    let end = next_sentence(text, at.end as usize, high).map_or(high, |(end, _)| end);
    (Span::new(start, end), Span::new(low, high))
}

/// Whether a sentence speaks of another time, or of several: "a year ago", "had been", "the other", "an estimate".
fn tells_apart(sentence: &str) -> bool {
    const APART: [&str; 12] = [
        "last",
        "first",
        "second",
        "estimate",
        "estimated",
        "initially",
        "originally",
        "corrected",
        "revised",
        "previous",
        "preliminary",
        "then",
    ];
    words(sentence).any(|word| {
        matches!(
            Word::of(word),
            Word::Back | Word::Later | Word::Had | Word::Other | Word::Compared | Word::Than
        ) || APART.iter().any(|apart| word.eq_ignore_ascii_case(apart))
    })
}

/// "Nine die as flood sweeps valley" over "Eight people died when a flood swept …": the dead of the headline and of the first
/// sentence.
///
/// Safe because both are the first number of their sentence and the only one of people, right before a word of dying, and the
/// headline's number stands nowhere else.
fn deaths(reader: &mut Reader, text: &str, values: &Values<'_>) {
    const DEATHS: [&str; 7] = ["die", "dies", "died", "dead", "killed", "kills", "deaths"];
    let survey = values.survey;
    let [head, body, ..] = survey.mentions.as_slice() else { return };
    let Some(end) = memchr::memchr(b'\n', text.as_bytes()) else { return };
    if head.span.end as usize > end {
        return;
    }
    let (one, two) = (sentence(text, head.span), sentence(text, body.span));
    let follows = |mention: &Mention| {
        let after = text.get(mention.span.end as usize..).unwrap_or_default();
        words(after).take(3).any(|word| DEATHS.iter().any(|death| word.eq_ignore_ascii_case(death)))
    };
    let is_plain = |mention: &Mention| {
        mention.unit == Unit::Bare && mention.hedge == Hedge::Plain && mention.kind == mention::Kind::Number
    };
    let is_only = survey.overlapping(two.0).len() == 1 && survey.overlapping(one.0).len() == 1;
    let is_next = one.0.start == 0 && two.0.start as usize == end + 1;
    let differs = nominal(head).is_some() && nominal(head) != nominal(body);
    if is_only
        && is_next
        && differs
        && [head, body].iter().all(|it| is_plain(it) && follows(it))
        && values.is_alone(head)
        && !tells_apart(two.0.of(text))
        && shared_words(one.0.of(text), two.0.of(text)) >= 2
    {
        report(reader, text, head, body);
    }
}

/// The words of a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty())
}

/// The words that say what a sentence is about.
fn content(text: &str) -> impl Iterator<Item = &str> {
    words(text).filter(|word| {
        word.len() > 3
            && !word.bytes().any(|byte| byte.is_ascii_digit())
            && scale_named(word).is_none()
            && unit_named(word).is_none()
            && matches!(
                Word::of(word),
                Word::Plain | Word::Rise | Word::Fall | Word::Up | Word::Down | Word::Vote
            )
    })
}

/// How many words of one sentence stand in the other as well, also in another form ("fined", "fine").
pub(super) fn shared_words(one: &str, other: &str) -> usize {
    let stem = |word: &str| word.get(..word.len().min(5)).unwrap_or(word).to_ascii_lowercase();
    let known: Vec<String> = content(other).map(stem).collect();
    let mut seen: Vec<String> = content(one).map(stem).filter(|word| known.contains(word)).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len()
}
