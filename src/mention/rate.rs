//! What an amount is counted per: "a day", "per 100,000", "a share".

use rust_decimal::Decimal;

use super::Kind;
use super::amount::{Amount, NextWord};
use super::attached::phrase_after;
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
pub(super) fn with_rate(text: &str, amount: Amount) -> Amount {
    if amount.unit.is_ratio() {
        return amount;
    }
    let end = amount.span.end as usize;
    let linked = if amount.kind == Kind::Duration {
        // "12 hours a year", and no "three years a member".
        link_after(text, end).filter(|(_, at)| is_time(text, *at))
    } else if text.as_bytes().get(end) == Some(&b'/') {
        Some((Link::Per, end + 1))
    } else {
        link_after(text, end).or_else(|| link_behind_noun(text, end))
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
    let next = NextWord::after(text, end)?;
    Some((LINKS.get(next.word)?, next.past_space(text)?))
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
fn link_behind_noun(text: &str, end: usize) -> Option<(Link, usize)> {
    let mut at = end;
    for _ in 0..NOUNS {
        let next = NextWord::after(text, at)?;
        let is_noun = next.word.len() > 2 || is_word(next.word, "of");
        if !is_noun || NO_NOUNS.get(next.word).is_some() {
            return None;
        }
        at = next.end();
        let is_plural = next.word.ends_with('s')
            || ["people", "men", "women", "children"].iter().any(|many| is_word(next.word, many));
        if let Some((link, after)) = is_plural.then(|| link_after(text, at)).flatten() {
            let is_time = || {
                unit_named(word_at(text, after))
                    .is_some_and(|it| it.unit == Unit::DAYS || it.unit == Unit::MONTHS)
            };
            let is_many =
                || numeral_at(text, after).is_some_and(|it| it.written.value >= Decimal::ONE_HUNDRED);
            return (is_time() || link == Link::Per && is_many()).then_some((link, after));
        }
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
    let named = unit_named(word).filter(|named| is_base(named.unit, amount.kind) && !word.ends_with('s'));
    let named = named.map(|named| (named.unit, named.factor, past));
    // "per square mile"
    let named = named
        .or_else(|| phrase_after(text, at.checked_sub(1)?).filter(|(unit, ..)| is_base(*unit, amount.kind)));
    if let Some((base, factor, past)) = named {
        let (unit, factor) = amount.unit.over(base).zip(amount.factor.per(factor))?;
        return Some(rated(*amount, past, unit, factor));
    }
    if link == Link::Per && is_word(word, "capita") {
        return Some(rated(*amount, past, amount.unit, amount.factor));
    }
    if is_counted_per(link, word) {
        let per = Some(Span::new(at, past));
        return Some(Amount { per, ..rated(*amount, past, amount.unit, amount.factor) });
    }
    let base = (link == Link::Per || link == Link::Every).then(|| numeral_at(text, at)).flatten()?;
    let many =
        u32::try_from(base.written.value).ok().filter(|many| *many >= 100 && amount.unit == Unit::Bare)?;
    let factor = Factor::new(Decimal::ONE, Decimal::from(many));
    Some(rated(*amount, base.end, Unit::Per(many), factor))
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

/// Whether an amount may be counted per such a unit: all by time, money by weight and volume too ("$3 a gallon").
fn is_base(unit: Unit, kind: Kind) -> bool {
    let Unit::Of(dimension) = unit else { return false };
    unit == Unit::DAYS || unit == Unit::MONTHS || kind != Kind::Measure && dimension.currency().is_none()
}

fn rated(amount: Amount, end: usize, unit: Unit, factor: Factor) -> Amount {
    let span = Span { end: end.try_into().unwrap_or(u32::MAX), ..amount.span };
    Amount { span, unit, factor, kind: Kind::Rate, ..amount }
}
