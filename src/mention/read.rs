//! Finding mentions in a text.

use super::amount::{NextWord, amount_at, is_time};
use super::combined::{margin_at, one_and_a_half, range, shared_scale, single, with_smaller_unit};
use super::elided::in_unit_of;
use super::exclusion::{Excluded, Exclusion, excluded_amount, excluded_at, is_list_marker};
use super::level::{is_change_to_level, like_its_first, shared_with_level, suspended};
use super::points::point_and;
use super::start::{next_start, past_failed};
use super::vague::vague_at;
use super::{Kind, Mention};
use crate::hedge::{Hedge, Lexicon};
use crate::number::{Reading, is_word};
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

/// All numbers of a text, each of them once: those that are quantities, and those that are none. Both in the order of
/// the text, none overlapping another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survey {
    /// Quantities.
    pub mentions: Vec<Mention>,
    /// Dates, names and the like, each with the rule that it falls under.
    pub excluded: Vec<Excluded>,
}

impl Survey {
    /// The places in [`Survey::mentions`] of those that overlap a span.
    pub fn overlapping(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.mentions.partition_point(|mention| mention.span.end <= span.start);
        let after = self.mentions.get(start..).unwrap_or_default();
        start..start + after.partition_point(|mention| mention.span.start < span.end)
    }
}

/// All numbers of a text.
pub fn survey(text: &str, lexicon: &Lexicon) -> Survey {
    survey_until(text, text.len(), lexicon)
}

/// All mentions of a text, in order, none overlapping another.
pub fn read(text: &str, lexicon: &Lexicon) -> Vec<Mention> {
    survey(text, lexicon).mentions
}

/// The mentions that begin before byte `end`; what follows it is read only as part of them.
pub fn read_until(text: &str, end: usize, lexicon: &Lexicon) -> Vec<Mention> {
    survey_until(text, end, lexicon).mentions
}

/// About how many bytes of an article there are to a quantity.
const SPARSE: usize = 160;

fn survey_until(text: &str, end: usize, lexicon: &Lexicon) -> Survey {
    let mut survey = Survey { mentions: Vec::with_capacity(end / SPARSE), excluded: Vec::new() };
    let mut at = 0;
    // Where the last number ends, with its hedge: nothing before belongs to the next.
    let mut from = 0;
    while let Some(start) = next_start(text, at, end) {
        if let Some(mut excluded) = excluded_at(text, start) {
            // What touches a number before may have been counted already: "0a0".
            excluded.span.start = excluded.span.start.max(u32::try_from(from).unwrap_or(u32::MAX));
            at = (excluded.span.end as usize).max(start + 1);
            from = at;
            survey.excluded.push(excluded);
            continue;
        }
        let Some(mention) = mention_at(text, start, from, lexicon) else {
            at = past_failed(text, start);
            // A point is a start before a digit only.
            if matches!(text.as_bytes().get(start), Some(b'0'..=b'9' | b'.')) {
                from = at;
                survey.excluded.push(Excluded { span: Span::new(start, at), rule: Exclusion::Digits });
            }
            continue;
        };
        let mention = match survey.mentions.last() {
            Some(first) if mention.unit == Unit::Bare && first.unit != Unit::Bare => {
                let mention = like_its_first(text, first, mention);
                if mention.unit == Unit::Bare { in_unit_of(text, first, mention, lexicon) } else { mention }
            }
            _ => mention,
        };
        if let Some(rule) = passed_over(text, &mention) {
            at = mention.span.end as usize;
            from = at;
            survey.excluded.push(Excluded { span: mention.span, rule });
            continue;
        }
        at = mention.words().end.max(mention.span.end) as usize;
        from = at;
        survey.mentions.push(mention);
    }
    survey
}

/// Reads a text that is one quantity with its hedge, and nothing else: "more than 117,000", "$9 billion", "± 0.4".
pub fn read_whole(text: &str, lexicon: &Lexicon) -> Result<Mention, ReadError> {
    let mut at = 0;
    let mut found = None;
    while let Some(start) = next_start(text, at, text.len()) {
        if let Some(mention) = mention_at(text, start, 0, lexicon) {
            found = Some(mention);
            break;
        }
        at = past_failed(text, start);
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

/// The mention whose number, or opening word ("between"), begins at a byte; its hedge may reach back to `from`.
fn mention_at(text: &str, start: usize, from: usize, lexicon: &Lexicon) -> Option<Mention> {
    if text.as_bytes().get(start).is_some_and(u8::is_ascii_digit) {
        return number_at(text, start, from, lexicon);
    }
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
            per: None,
            kind: Kind::Vague,
            hedge: Hedge::Plain,
            hedge_span: None,
            is_signed: false,
            is_elided: false,
        });
    }
    if let Some(at) = opening(text, start, "between") {
        // "between 4 p.m. and 9 p.m."
        if excluded_at(text, at).is_some() {
            return None;
        }
        let first = amount_at(text, at)?;
        return Some(
            range(text, start, &first, true)
                .unwrap_or_else(|| hedged(text, single(first, first.span.start as usize), from, lexicon)),
        );
    }
    number_at(text, start, from, lexicon)
}

/// The mention whose number begins at a byte.
fn number_at(text: &str, start: usize, from: usize, lexicon: &Lexicon) -> Option<Mention> {
    let may_have_article = matches!(text.as_bytes().get(start), Some(b'a' | b'A'));
    let half = if may_have_article { one_and_a_half(text, start) } else { None };
    let first = half.or_else(|| amount_at(text, start))?;
    if let Some(points) = point_and(text, &first, from) {
        return Some(hedged(text, single(points, points.span.start as usize), from, lexicon));
    }
    let first = with_smaller_unit(text, &first).unwrap_or(first);
    // "from 12 to 19" are two numbers.
    let is_from = is_behind_from(text, start);
    let range =
        if is_from && !is_said_to_range(text, start) { None } else { range(text, start, &first, false) };
    // So are "from about 12 to 19", where the hedge is that of the first.
    let hedge = range.as_ref().and_then(|_| lexicon.ending_at(text, start));
    let at = hedge.map(|(_, span)| span.start as usize).filter(|at| is_behind_from(text, *at));
    let is_from = is_from || at.is_some();
    let range = range.filter(|_| at.is_none_or(|at| is_said_to_range(text, at)));
    let range = range.filter(|range| !is_change_to_level(text, start, &first, range, lexicon));
    let mention = range.unwrap_or_else(|| {
        let shared = if is_from { shared_with_level(text, &first) } else { suspended(text, &first) };
        single(shared.or_else(|| shared_scale(text, &first)).unwrap_or(first), start)
    });
    Some(hedged(text, mention, from, lexicon))
}

/// "from |".
fn is_behind_from(text: &str, start: usize) -> bool {
    text.get(..start).is_some_and(|before| ends_with_word(before.trim_end(), "from"))
}

/// "ranging from |", "anywhere from |".
fn is_said_to_range(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default().trim_end();
    let before = before.get(..before.len().saturating_sub("from".len())).unwrap_or_default().trim_end();
    ["ranging", "ranged", "ranges", "range", "anywhere", "varying", "varied", "varies"]
        .iter()
        .any(|word| ends_with_word(before, word))
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

/// With the hedge that stands before or after it.
fn hedged(text: &str, mention: Mention, from: usize, lexicon: &Lexicon) -> Mention {
    let start = mention.span.start as usize;
    let is_free = |(_, span): &(Hedge, Span)| span.start as usize >= from;
    if let Some((hedge, span)) = bound_of_age(text, &mention).filter(is_free) {
        return Mention { hedge, hedge_span: Some(span), ..mention };
    }
    let before = lexicon.ending_at(text, start).filter(is_free);
    let end = mention.span.end as usize;
    let aside = || {
        text.get(end..)
            .is_some_and(|rest| rest.starts_with(", give or take") || rest.starts_with(", more or less"))
    };
    let found = before
        .or_else(|| lexicon.starting_at(text, end))
        .or_else(|| aside().then(|| lexicon.starting_at(text, end + 1)).flatten())
        .or_else(|| behind_noun(text, &mention, lexicon));
    match found {
        // "All but two of them" leaves two out; "all but doubled" is nearly that.
        Some((_, span)) if mention.kind != Kind::Multiple && ends_with_word(span.of(text), "all but") => {
            mention
        }
        // "Within 70 days" is a stretch of time; "over 70 days" may be one, or more than it: both are allowed.
        Some((_, span))
            if (is_time(mention.unit) || mention.kind == Kind::Measure)
                && span.of(text).eq_ignore_ascii_case("within") =>
        {
            mention
        }
        Some((_, span)) if is_time(mention.unit) && is_while(text, span) => mention,
        Some((_, span)) if is_setting(text, span, end) || is_place(text, span, start) => mention,
        Some((_, span)) if is_time(mention.unit) && span.of(text).eq_ignore_ascii_case("over") => {
            Mention { hedge: Hedge::AtLeast, hedge_span: Some(span), ..mention }
        }
        Some((hedge, span)) => Mention { hedge, hedge_span: Some(span), ..mention },
        None => mention,
    }
}

/// "20 points| or more": a hedge behind the noun that is counted.
fn behind_noun(text: &str, mention: &Mention, lexicon: &Lexicon) -> Option<(Hedge, Span)> {
    let noun = NextWord::after(text, mention.span.end as usize).filter(|_| mention.unit == Unit::Bare)?;
    let is_noun = noun.word.ends_with('s') || is_word(noun.word, "people");
    let is_followed = is_noun && text.get(noun.end()..)?.starts_with(" or ");
    if is_followed { lexicon.starting_at(text, noun.end()) } else { None }
}

/// "children under |12", "the over-|65s".
fn bound_of_age(text: &str, mention: &Mention) -> Option<(Hedge, Span)> {
    let start = mention.span.start as usize;
    let before = text.get(..start.checked_sub(1)?).filter(|_| mention.kind == Kind::Age)?;
    let (word, hedge) = [("under", Hedge::Below), ("over", Hedge::Above)]
        .into_iter()
        .find(|(word, _)| ends_with_word(before, word))?;
    let at = before.len() - word.len();
    let is_apart = text.get(..at)?.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    let is_joined = matches!(text.as_bytes().get(before.len()), Some(b' ' | b'-'));
    (is_apart && is_joined).then(|| (hedge, Span::new(at, before.len())))
}

/// Whether "over" begins a sentence that goes on with what happened, so that the number says during what: "Over 14 months
/// they took".
fn is_setting(text: &str, hedge: Span, end: usize) -> bool {
    const SUBJECTS: [&str; 16] = [
        "the", "a", "an", "they", "he", "she", "it", "we", "i", "you", "that", "this", "their", "its", "his",
        "her",
    ];
    let begins = || {
        text.get(..hedge.start as usize).is_some_and(|before| {
            before.is_empty()
                || before.trim_end().ends_with(['.', '?', '!', '"', '”', '\n'])
                || before.ends_with('\n')
        })
    };
    hedge.of(text) == "Over"
        && begins()
        && (text.as_bytes().get(end) == Some(&b',')
            || NextWord::after(text, end)
                .is_some_and(|next| SUBJECTS.iter().any(|it| is_word(next.word, it))))
}

/// Whether "over" or "under" says where, since an article follows it: "over a |6ft fence", "under a |£1.4bn programme".
fn is_place(text: &str, hedge: Span, start: usize) -> bool {
    let between = text.get(hedge.end as usize..start).unwrap_or_default().trim();
    let is_of_place = ["over", "under", "above", "below"].iter().any(|word| is_word(hedge.of(text), word));
    is_of_place && (is_word(between, "a") || is_word(between, "an"))
}

/// Whether "over" before a length of time says during what, and not how much: "tripled over five years", but "for over five
/// years", "lasted over two hours".
fn is_while(text: &str, hedge: Span) -> bool {
    const MEASURES: [&str; 24] = [
        "for", "of", "is", "was", "are", "were", "be", "been", "took", "takes", "take", "lasted", "lasts",
        "last", "spent", "served", "waited", "after", "just", "well", "a", "than", "and", "at",
    ];
    if !hedge.of(text).eq_ignore_ascii_case("over") {
        return false;
    }
    let before = text.get(..hedge.start as usize).unwrap_or_default().trim_end();
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    !word.is_empty() && !MEASURES.iter().any(|measure| measure.eq_ignore_ascii_case(word))
}

/// Why what reads like a quantity is none: "one" and "once" alone, list markers, years.
fn passed_over(text: &str, mention: &Mention) -> Option<Exclusion> {
    let start = mention.span.start as usize;
    if is_list_marker(text, start) {
        return Some(Exclusion::Marker);
    }
    // "More than once" counts nothing either.
    if is_word(mention.span.of(text), "once") {
        return Some(Exclusion::Idiom);
    }
    let may_be_none = matches!(mention.kind, Kind::Number | Kind::Multiple | Kind::Fraction);
    (may_be_none && mention.hedge == Hedge::Plain).then(|| excluded_amount(text, mention)).flatten()
}
