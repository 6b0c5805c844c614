//! What an amount is counted per: "a day", "per 100,000", "a share".

use rust_decimal::Decimal;

use super::Kind;
use super::amount::{Amount, Behind, NextWord};
use super::phrase::phrase_after;
use crate::number::{is_word, numeral_at, word_at};
use crate::text::{Span, WordTable};
use crate::unit::{Factor, Unit, unit_named};

/// What links a number to what it is counted per.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Article,
    Each,
    Per,
    Every,
}

static LINKS: WordTable<Link, 5> = WordTable::new([
    ("a", Link::Article),
    ("an", Link::Article),
    ("each", Link::Each),
    ("per", Link::Per),
    ("every", Link::Every),
]);

/// "a day", "per month", "an hour", "per 100,000", "a year".
pub(super) fn with_rate<'t>(text: &'t str, amount: Amount, next: &Behind<'t>) -> Amount {
    if amount.unit.is_ratio() {
        return amount;
    }
    let end = amount.span.end as usize;
    let linked = if amount.kind == Kind::Duration {
        // "12 hours a year", and no "three years a member".
        link(text, next.after(text, end)).filter(|(_, at)| is_time(text, *at))
    } else if text.as_bytes().get(end) == Some(&b'/') {
        Some((Link::Per, end + 1))
    } else {
        let next = next.after(text, end);
        link(text, next).or_else(|| link_behind_noun(text, next?))
    };
    let Some((link, at)) = linked else { return amount };
    rate_at(text, &amount, link, at).unwrap_or(amount)
}

fn is_time(text: &str, at: usize) -> bool {
    let word = word_at(text, at);
    !word.ends_with('s')
        && unit_named(word).is_some_and(|it| it.unit == Unit::DAYS || it.unit == Unit::MONTHS)
}

/// The link that follows a number: "a|", "per|".
fn link_after(text: &str, end: usize) -> Option<(Link, usize)> {
    link(text, NextWord::after(text, end))
}

/// The link that a word is, and where what it leads to begins.
fn link(text: &str, word: Option<NextWord<'_>>) -> Option<(Link, usize)> {
    let word = word?;
    Some((LINKS.get(word.word)?, word.past_space(text)?))
}

/// How many words of what is counted may stand before the link.
const NOUNS: usize = 3;

/// Words that end what is counted.
static NO_NOUNS: WordTable<(), 26> = WordTable::new([
    ("and", ()),
    ("or", ()),
    ("in", ()),
    ("to", ()),
    ("from", ()),
    ("for", ()),
    ("at", ()),
    ("by", ()),
    ("on", ()),
    ("with", ()),
    ("who", ()),
    ("that", ()),
    ("was", ()),
    ("were", ()),
    ("is", ()),
    ("are", ()),
    ("had", ()),
    ("have", ()),
    ("has", ()),
    ("died", ()),
    ("said", ()),
    ("than", ()),
    ("as", ()),
    ("the", ()),
    ("once", ()),
    ("since", ()),
]);

/// "1,200 | samples an hour", "795 | violent crimes per 100,000": a plural, and the words before it.
fn link_behind_noun(text: &str, first: NextWord<'_>) -> Option<(Link, usize)> {
    let mut word = Some(first);
    let (mut was_plural, mut is_of) = (false, false);
    for _ in 0..NOUNS {
        let next = word?;
        let is_noun = next.word.len() > 2 || is_word(next.word, "of");
        if !is_noun || NO_NOUNS.get(next.word).is_some() {
            return None;
        }
        let at = next.end();
        // "two bedrooms costs per month": behind a plural, a verb.
        let has_s = next.word.ends_with('s');
        if was_plural && has_s {
            return None;
        }
        // "40 boxes of food a week"
        let is_plural = has_s
            || is_of && !is_word(next.word, "of")
            || ["people", "men", "women", "children"].iter().any(|many| is_word(next.word, many));
        if let Some((link, after)) = is_plural.then(|| link_after(text, at)).flatten() {
            let is_time = || {
                unit_named(word_at(text, after))
                    .is_some_and(|it| it.unit == Unit::DAYS || it.unit == Unit::MONTHS)
            };
            let word = word_at(text, after);
            let is_thing = || PLAYED.iter().any(|thing| is_word(word, thing));
            let is_part = || {
                link == Link::Per
                    && (is_counted_per(link, word)
                        || unit_at(text, after).is_some_and(|(unit, ..)| is_base(unit, Unit::Bare, link)))
            };
            let is_many =
                || numeral_at(text, after).is_some_and(|it| it.written.value >= Decimal::ONE_HUNDRED);
            let is_rate = is_time() || is_thing() || is_part() || link == Link::Per && is_many();
            return is_rate.then_some((link, after));
        }
        (was_plural, is_of) = (has_s, was_plural && is_word(next.word, "of"));
        word = NextWord::after(text, at);
    }
    None
}

/// The amount per what begins at a byte.
fn rate_at(text: &str, amount: &Amount, link: Link, at: usize) -> Option<Amount> {
    let word = word_at(text, at);
    let past = at + word.len();
    // "12 a day later", "40 people a year ago" are no rates.
    let is_moment = NextWord::after(text, past).is_some_and(|next| {
        ["later", "after", "ago", "earlier", "before"].iter().any(|it| is_word(next.word, it))
    });
    if is_moment && link == Link::Article {
        return None;
    }
    if amount.kind == Kind::Duration {
        // Time per time is a length of time all the same.
        return Some(Amount {
            per: Some(Span::new(at, past)),
            ..rated(*amount, past, amount.unit, amount.factor)
        });
    }
    let named = unit_at(text, at).or_else(|| after_slash(text, at, amount.unit));
    if let Some((base, factor, past)) = named.filter(|(unit, ..)| is_base(*unit, amount.unit, link)) {
        let (unit, factor) = amount.unit.over(base).zip(amount.factor.per(factor))?;
        return Some(rated(*amount, past, unit, factor));
    }
    if link == Link::Per && is_word(word, "capita") {
        return Some(rated(*amount, past, amount.unit, amount.factor));
    }
    if is_counted_per(link, word) || amount.kind == Kind::Money && is_price(text, word, past) {
        let per = Some(Span::new(at, past));
        return Some(Amount { per, ..rated(*amount, past, amount.unit, amount.factor) });
    }
    let base = (link == Link::Per || link == Link::Every).then(|| numeral_at(text, at)).flatten()?;
    let many =
        u32::try_from(base.written.value).ok().filter(|many| *many >= 100 && amount.unit == Unit::Bare)?;
    let factor = Factor::new(Decimal::ONE, Decimal::from(many));
    Some(rated(*amount, base.end, Unit::Per(many), factor))
}

/// A unit in the singular, in one word or several ("per square mile"), and where it ends.
fn unit_at(text: &str, at: usize) -> Option<(Unit, Factor, usize)> {
    // "per megawatt-hour" is no "per megawatt".
    let phrase = at.checked_sub(1).and_then(|before| phrase_after(text, before));
    phrase.or_else(|| {
        let word = word_at(text, at);
        let named = unit_named(word).filter(|_| !word.ends_with('s'))?;
        Some((named.unit, named.factor, at + word.len()))
    })
}

/// "km/h", "m/s": letters that are hours and seconds behind a slash only.
fn after_slash(text: &str, at: usize, unit: Unit) -> Option<(Unit, Factor, usize)> {
    let is_length = unit_named("meter").is_some_and(|named| named.unit == unit);
    let is_slash = at.checked_sub(1).and_then(|at| text.as_bytes().get(at)) == Some(&b'/');
    let name = match word_at(text, at) {
        "h" => "hour",
        "s" => "second",
        _ => return None,
    };
    let named = unit_named(name).filter(|_| is_length && is_slash)?;
    Some((named.unit, named.factor, at + 1))
}

/// What so much of something else is counted per behind "a" too: "27.4 points a game".
const PLAYED: [&str; 10] =
    ["game", "match", "over", "carry", "inning", "possession", "round", "night", "head", "person"];

/// Words behind "a" that a price is not per.
const NO_THINGS: [&str; 16] = [
    "lot", "few", "little", "bit", "total", "third", "quarter", "half", "fifth", "record", "result", "good",
    "great", "new", "while", "dozen",
];

/// Whether a price is one per the thing behind "a", which nothing but a mark or a preposition follows: "£45 a bale,", "$18.95
/// a car"; not "$5 a friend lent".
fn is_price(text: &str, word: &str, past: usize) -> bool {
    const FOLLOWING: [&str; 30] = [
        "in", "for", "to", "at", "on", "from", "and", "or", "but", "with", "when", "while", "if", "plus",
        "as", "than", "by", "since", "this", "last", "each", "before", "during", "more", "will", "would",
        "is", "was", "can", "could",
    ];
    let is_thing = word.len() > 2
        && !word.ends_with('s')
        && word.bytes().all(|byte| byte.is_ascii_lowercase())
        && !NO_THINGS.contains(&word);
    is_thing
        && match text.as_bytes().get(past) {
            None => true,
            Some(b' ' | b'\n') => NextWord::after(text, past)
                .is_none_or(|next| FOLLOWING.iter().any(|it| is_word(next.word, it))),
            Some(byte) => !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'\''),
        }
}

/// Things that so much is counted per behind "a" as well, in a word: "$1.54 a share", "27 a game".
static THINGS: WordTable<(), 30> = WordTable::new([
    ("share", ()),
    ("game", ()),
    ("match", ()),
    ("carry", ()),
    ("over", ()),
    ("head", ()),
    ("person", ()),
    ("pupil", ()),
    ("student", ()),
    ("patient", ()),
    ("household", ()),
    ("night", ()),
    ("ticket", ()),
    ("pop", ()),
    ("ride", ()),
    ("trip", ()),
    ("seat", ()),
    ("visit", ()),
    ("bottle", ()),
    ("dose", ()),
    ("card", ()),
    ("copy", ()),
    ("bushel", ()),
    ("vote", ()),
    ("child", ()),
    ("family", ()),
    ("inning", ()),
    ("possession", ()),
    ("round", ()),
    ("set", ()),
]);

/// Whether something is counted per a thing that is no unit: any behind "per", the usual ones behind "a" and "each".
fn is_counted_per(link: Link, word: &str) -> bool {
    let is_noun =
        word.len() > 2 && !word.ends_with('s') && word.starts_with(|first: char| first.is_ascii_lowercase());
    THINGS.get(word).is_some() || link == Link::Per && is_noun && !is_word(word, "cent")
}

/// Whether an amount may be counted per such a unit: all by time, others by what they are not measured in themselves ("$3
/// a gallon", "7 tonnes a hectare", "30 miles per gallon"; not "a mile a yard").
fn is_base(unit: Unit, of: Unit, link: Link) -> bool {
    let Unit::Of(dimension) = unit else { return false };
    if unit == Unit::DAYS || unit == Unit::MONTHS {
        return true;
    }
    let is_measured = matches!(of, Unit::Of(of) if of.currency().is_none());
    let is_area = unit_named("acre").is_some_and(|named| named.unit == unit);
    dimension.currency().is_none() && unit != of && (!is_measured || is_area || link == Link::Per)
}

fn rated(amount: Amount, end: usize, unit: Unit, factor: Factor) -> Amount {
    let span = Span { end: end.try_into().unwrap_or(u32::MAX), ..amount.span };
    Amount { span, unit, factor, kind: Kind::Rate, ..amount }
}

#[cfg(test)]
mod tests {
    use crate::hedge::Lexicon;
    use crate::mention::{Kind, read};

    /// The rates of a text, with what they are in.
    fn rates(text: &str) -> Vec<String> {
        let all = read(text, Lexicon::shipped());
        let rates = all.iter().filter(|it| it.kind == Kind::Rate);
        rates.map(|it| format!("{} = {}", it.span.of(text), it.unit_name(text).unwrap_or_default())).collect()
    }

    #[test]
    fn amounts_are_counted_per_time_thing_and_measure() {
        let cases: &[(&str, &[&str])] = &[
            (
                "hay at £45 a bale, and $18.95 a car",
                &["£45 a bale = GBP per bale", "$18.95 a car = USD per car"],
            ),
            ("the $5 a friend lent him, $200 a record", &[]),
            ("averaged 27.4 points a game", &["27.4 points a game = count per game"]),
            ("5,813 worms per square metre", &["5,813 worms per square metre = count per square meter"]),
            ("12 pupils per teacher", &["12 pupils per teacher = count per teacher"]),
            ("$28 per megawatt-hour", &["$28 per megawatt-hour = USD per megawatt-hour"]),
            ("7.1 tonnes a hectare", &["7.1 tonnes a hectare = tonne per hectare"]),
            ("a limit of 70 km/h", &["70 km/h = kilometer per hour"]),
            ("40 boxes of food a week", &["40 boxes of food a week = count per week"]),
            ("a flat with two bedrooms costs per month", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(rates(text), *expected, "{text}");
        }
    }
}
