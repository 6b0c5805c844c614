//! Changes beside both of their values: "up 7%, from $9 billion to $9.5 billion", "fell to 318 from 352", "doubled, from 12 to
//! 19", "2.1% more than April's 7.97 billion".
//!
//! Safe because both values are marked as such ("from … to …", "compared with", "than"), the change stands right before or
//! behind them with a word of change, and nothing else of its kind comes between.

use super::band::{Band, may_say, percent, plain, told};
use super::sentence::{Sentence, alike, count, ends_with, has_any, shared};
use super::{Contradiction, Kind, Reader};
use crate::hedge::Direction;
use crate::mention::{self, Mention};
use crate::number::Decimal;
use crate::text::Span;
use crate::unit::Unit;

/// Places of the two values among the sentence's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pair {
    before: usize,
    after: usize,
}

/// How many words may stand between two values of one change.
pub(super) const APART: usize = 10;

pub(super) fn look(reader: &Reader<'_>, sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    for pair in pairs(sentence) {
        let (Some(a), Some(b)) = (sentence.numbers.get(pair.before), sentence.numbers.get(pair.after)) else {
            continue;
        };
        let first = pair.before.min(pair.after);
        let last = pair.before.max(pair.after);
        let (a, b) = shared(sentence.text, a, b);
        let beside = [before_lengths(sentence, first), Some(last + 1)];
        let change = beside.into_iter().flatten().find_map(|at| {
            let change = sentence.numbers.get(at)?;
            is_change(reader, sentence, at, first).then_some(change)
        });
        if let Some(change) = change {
            found.extend(contradicts(reader, sentence, change, &a, &b));
        }
        found.extend(wrong_way(reader, sentence, pair, &a, &b));
    }
}

/// The number before a place, lengths of time apart: "doubled in four years, from 13 to 19".
fn before_lengths(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    let is_length =
        |at: &usize| sentence.numbers.get(*at).is_some_and(|it| it.kind == mention::Kind::Duration);
    (0..at).rev().find(|at| !is_length(at))
}

/// The pairs of values before and after a change.
fn pairs(sentence: &Sentence<'_>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for at in 0..sentence.numbers.len().saturating_sub(1) {
        let (Some(first), Some(second)) = (sentence.numbers.get(at), sentence.numbers.get(at + 1)) else {
            continue;
        };
        let between = sentence.after(at);
        if !alike(first, second)
            || count(between) > APART
            || between.contains(';')
            || is_no_value(first)
            || is_no_value(second)
        {
            continue;
        }
        let lead = sentence.before(at);
        if is_from(lead) && ends_with(between, "to") {
            pairs.push(Pair { before: at, after: at + 1 });
        } else if ends_with(between, "from") && (ends_with(lead, "to") || ends_with(lead, "at"))
            || ["compared with", "compared to", "up from", "down from", "against"]
                .iter()
                .any(|it| ends_with(between, it))
                && !has_any(between, &["and", "while", "or"])
            || is_year_before(sentence, between, second)
        {
            pairs.push(Pair { before: at + 1, after: at });
        }
    }
    pairs
}

/// "£48.6m (2022: £31.2m)"
fn is_year_before(sentence: &Sentence<'_>, between: &str, second: &Mention) -> bool {
    let year = sentence
        .excluded
        .iter()
        .any(|it| it.rule == mention::Exclusion::Year && it.span.end + 2 == second.words().start);
    year && between.trim_start().starts_with('(') && between.trim_end().ends_with(':')
}

/// "from", or "from a": what opens a change.
fn is_from(lead: &str) -> bool {
    ends_with(lead, "from")
        && !has_any(
            lead.get(lead.len().saturating_sub(24)..).unwrap_or(lead),
            &["range", "ranged", "ranging", "anywhere", "varying"],
        )
}

/// Vague words, multiples and ages are no values of a change.
pub(super) fn is_no_value(mention: &Mention) -> bool {
    use mention::Kind::{Age, Duration, Multiple, Vague};
    matches!(mention.kind, Multiple | Vague | Age | Duration) || mention.reading_is_range()
}

/// Whether a number is the change of the pair beside it.
fn is_change(reader: &Reader<'_>, sentence: &Sentence<'_>, at: usize, pair: usize) -> bool {
    use mention::Kind::{Fraction, Measure, Money, Multiple, Number, Percent, Points};
    let Some(change) = sentence.numbers.get(at) else { return false };
    let is_before = at < pair;
    let between = if is_before { sentence.after(at) } else { sentence.before(at) };
    let after = sentence.after(at);
    if count(between) > APART
        || between.contains(';')
        || has_any(between, &["while", "but", "although", "inflation"])
    {
        return false;
    }
    // "two-thirds of the crews" is a share.
    if after.trim_start().starts_with("of ") || has_any(after, &["lower", "inflation"]) && !is_before {
        return false;
    }
    let lead = sentence.before(at);
    let is_said = || {
        reader.lexicon.direction(sentence.whole(), change.words().shift_back(sentence.span.start)).is_some()
    };
    match change.kind {
        Percent | Points => {
            is_before && is_said()
                || !is_before && (is_said() || ends_with(lead, "or") || lead.trim_end().ends_with('('))
        }
        Multiple => {
            let words = sentence.words(change.span);
            let compares = matches!(words, "twice" | "Twice") || words.ends_with("times");
            is_before && words.ends_with(['d', 'g'])
                || words.ends_with("fold")
                || compares && is_before && after.trim_start().starts_with("as ")
        }
        Fraction => {
            is_before && (ends_with(lead, "by") || sentence.words(change.span).eq_ignore_ascii_case("halved"))
        }
        Number | Money | Measure => {
            is_before && (ends_with(lead, "by") && is_said() || has_verb(reader, sentence, change))
        }
        _ => false,
    }
}

/// Whether a word of direction stands right before a number: "plunged 16 degrees".
fn has_verb(reader: &Reader<'_>, sentence: &Sentence<'_>, change: &Mention) -> bool {
    let number = change.words().shift_back(sentence.span.start);
    let found = reader.lexicon.direction(sentence.whole(), number);
    found.is_some_and(|(_, word)| word.end + 1 == number.start)
}

/// Whether no change from one value to the other is as it is said.
fn contradicts(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    change: &Mention,
    a: &Mention,
    b: &Mention,
) -> Option<Contradiction> {
    let band = |mention| Band::of_mention(mention, &reader.widths);
    let (before, after) = (band(a)?, band(b)?);
    let difference = after.minus(before)?.size();
    let is_positive = before.low > Decimal::ZERO && after.low >= Decimal::ZERO;
    let is_difference = !change.unit.is_ratio();
    if !is_positive && !is_difference {
        return None;
    }
    let ratio = if is_positive { after.over(before)? } else { Band::point(Decimal::ONE) };
    let relative = ratio.minus(Band::point(Decimal::ONE))?.size();
    let words = |mention: &Mention| sentence.words(mention.span);
    let rise = if after.low >= before.high {
        "a rise"
    } else if after.high <= before.low {
        "a fall"
    } else {
        "a change"
    };
    let beside = format!("from {} to {} is {rise}", words(a), words(b));
    let is_halved = change.kind == mention::Kind::Fraction && !sentence.before_is(change, "by");
    let (is_true, arithmetic, help) = match change.kind {
        mention::Kind::Percent | mention::Kind::Fraction if !is_halved => {
            let points =
                (a.unit == Unit::Percent && b.unit == Unit::Percent && change.kind == mention::Kind::Percent)
                    .then_some(difference);
            let is_points = points.is_some_and(|points| may_say(change, points, &reader.widths));
            let help = is_points.then(|| {
                format!(
                    "the difference of two percentages is in points: {} percentage points",
                    told(difference.high.saturating_mul(Decimal::ONE_HUNDRED), 1)
                )
            });
            (may_say(change, relative, &reader.widths), format!("{beside} of {}", percent(relative)), help)
        }
        mention::Kind::Points => {
            if a.unit != Unit::Percent && b.unit != Unit::Percent {
                return None;
            }
            let points = difference.times(Decimal::ONE_HUNDRED)?;
            (
                may_say(change, difference, &reader.widths),
                format!("{beside} of {} percentage points", plain(points)),
                None,
            )
        }
        mention::Kind::Multiple | mention::Kind::Fraction => {
            // "Increased fivefold" is read both ways.
            let is_true = may_say(change, ratio, &reader.widths)
                || sentence.words(change.span).ends_with("fold") && may_say(change, relative, &reader.widths);
            let said = format!(
                "{} is {} times {}",
                words(b),
                plain(Band { low: ratio.low.round_dp(2), high: ratio.high.round_dp(2) }),
                words(a)
            );
            (is_true, said, None)
        }
        _ if alike(change, a) || is_degrees(change, a) => {
            (may_say(change, difference, &reader.widths), format!("{beside} of {}", plain(difference)), None)
        }
        _ => return None,
    };
    (!is_true).then(|| Contradiction {
        kind: Kind::Arithmetic,
        stated: change.words(),
        operands: vec![a.span, b.span],
        arithmetic,
        help,
    })
}

/// Degrees, of a scale that only the values say.
fn is_degrees(change: &Mention, value: &Mention) -> bool {
    let name = |mention: &Mention| mention.unit_name("").unwrap_or_default().into_owned();
    name(change) == "degree" && name(value).starts_with("degree ")
}

/// A rise called a fall: "fell to 6.8% from 6.1%".
fn wrong_way(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    pair: Pair,
    a: &Mention,
    b: &Mention,
) -> Option<Contradiction> {
    const NO_SCALE: [&str; 18] = [
        "rank", "ranking", "place", "position", "league", "table", "deficit", "loss", "losses", "minus",
        "below", "zero", "improved", "improve", "time", "record", "score", "age",
    ];
    let band = |mention| Band::of_mention(mention, &reader.widths);
    let (before, after) = (band(a)?, band(b)?);
    let whole = sentence.whole();
    let first = if pair.before < pair.after { a } else { b };
    let link = sentence.after(pair.before.min(pair.after));
    let of_link = [("up from", Direction::Up), ("down from", Direction::Down)]
        .into_iter()
        .find(|(words, _)| ends_with(link, words));
    if let Some((words, direction)) = of_link {
        let is_wrong =
            if direction == Direction::Up { after.high < before.low } else { after.low > before.high };
        let way = if direction == Direction::Up { "fall" } else { "rise" };
        let (from, to) = (sentence.words(a.span), sentence.words(b.span));
        let is_scale =
            !has_any(whole, &NO_SCALE) && before.low >= Decimal::ZERO && after.low >= Decimal::ZERO;
        return (is_wrong && is_scale).then(|| Contradiction {
            kind: Kind::Arithmetic,
            stated: b.words(),
            operands: vec![a.span],
            arithmetic: format!("from {from} to {to} is a {way}, and the draft says \"{words}\""),
            help: None,
        });
    }
    let (direction, word) = reader.lexicon.direction(whole, first.words().shift_back(sentence.span.start))?;
    let first_at = pair.before.min(pair.after);
    let lead_start = first.words().start.saturating_sub(sentence.span.start) as usize;
    let lead = whole.get(word.end as usize..lead_start.max(word.end as usize))?;
    // The verb stands before both values, and no other number between.
    let is_of_pair = (word.end as usize) <= lead_start
        && first_at.checked_sub(1).is_none_or(|at| {
            sentence
                .numbers
                .get(at)
                .is_none_or(|other| other.words().end.saturating_sub(sentence.span.start) <= word.start)
        });
    let is_wrong = match direction {
        Direction::Up => after.high < before.low,
        Direction::Down => after.low > before.high,
    };
    if !is_wrong
        || !is_of_pair
        || count(lead) > APART
        || lead.contains([',', ';']) && count(lead) > 7
        || has_any(whole, &NO_SCALE)
    {
        return None;
    }
    if before.low < Decimal::ZERO || after.low < Decimal::ZERO {
        return None;
    }
    let way = if direction == Direction::Up { "fall" } else { "rise" };
    let (from, to) = (sentence.words(a.span), sentence.words(b.span));
    Some(Contradiction {
        kind: Kind::Arithmetic,
        stated: b.words(),
        operands: vec![a.span, word.shift(sentence.span.start as usize)],
        arithmetic: format!("from {from} to {to} is a {way}, and the draft says \"{}\"", word.of(whole)),
        help: None,
    })
}

/// A headline's change, beside both values in the first sentence of the story: "House fires down by a fifth", "fell to 318
/// last year from 352".
pub(super) fn of_headline(
    reader: &Reader<'_>,
    head: &Sentence<'_>,
    body: &Sentence<'_>,
    found: &mut Vec<Contradiction>,
) {
    let [change] = head.numbers else { return };
    let is_head = head.span.start == 0
        && head.text.get(head.span.end as usize..body.span.start as usize).is_some_and(|gap| gap == "\n");
    let is_said = matches!(change.kind, mention::Kind::Percent | mention::Kind::Fraction)
        && reader.lexicon.direction(head.whole(), change.words()).is_some()
        && !head.after(0).trim_start().starts_with("of ");
    let pairs = pairs(body);
    let ([pair], true) = (pairs.as_slice(), is_head && is_said && body.numbers.len() == 2) else { return };
    let shared_words = super::sentence::words(head.whole())
        .filter(|word| {
            word.len() > 3 && super::sentence::words(body.whole()).any(|it| it.eq_ignore_ascii_case(word))
        })
        .count();
    if let (Some(a), Some(b), true) =
        (body.numbers.get(pair.before), body.numbers.get(pair.after), shared_words > 1)
    {
        let (a, b) = shared(body.text, a, b);
        found.extend(contradicts(reader, body, change, &a, &b));
    }
}

impl Sentence<'_> {
    /// Whether a word stands right before a number.
    fn before_is(&self, mention: &Mention, word: &str) -> bool {
        let start = mention.words().start as usize;
        self.text.get(self.span.start as usize..start).is_some_and(|before| ends_with(before, word))
    }
}

impl Span {
    /// The span in a part of the text that begins at a byte.
    fn shift_back(self, start: u32) -> Self {
        Self { start: self.start.saturating_sub(start), end: self.end.saturating_sub(start) }
    }
}
