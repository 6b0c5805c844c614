//! The passage of a draft most like a quote that is not in it.
//!
//! A window as long as the quote slides over the draft and counts the words that both have; the best few windows are then
//! aligned with the quote word by word. Time grows with the draft and is bounded by the two limits below.

mod align;
mod tokens;

use std::collections::VecDeque;

use crate::text::Span;
use tokens::{Token, tokens};

/// So much of a draft is looked through, in bytes: a book is shorter.
const TEXT_LIMIT: usize = 8 << 20;
/// So many words of a quote are compared.
const QUOTE_LIMIT: usize = 128;
/// So many of the best windows are aligned.
const CANDIDATES: usize = 4;
/// So far beyond a window is aligned, in bytes at most.
const MARGIN: usize = 1024;
/// The least likeness of a passage that can be meant, in percent.
const LEAST: u8 = 50;

/// A passage like a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closest {
    /// The words that stand where the quote's should, in the prose.
    pub span: Span,
    /// How alike the two are, in percent of the words.
    pub likeness: u8,
    /// The words in which the two differ; none if only marks between words do.
    pub differs: Option<Difference>,
}

/// From the first to the last word in which a passage and a quote differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The quote's words; empty if the draft has more.
    pub quoted: String,
    /// The draft's words, in the prose; empty if the quote has more.
    pub drafted: Span,
}

/// The passage of `text` most like `quote`, both folded.
pub(super) fn closest(text: &str, quote: &str) -> Option<Closest> {
    let wanted: Vec<Token> = tokens(quote, 0).take(QUOTE_LIMIT).collect();
    let text = text.get(..text.floor_char_boundary(TEXT_LIMIT)).unwrap_or(text);
    candidates(text, &wanted)
        .into_iter()
        .filter_map(|window| {
            let region = widened(text, window);
            let there: Vec<Token> = tokens(region.of(text), region.start as usize).collect();
            let (from, to, likeness) = align::align(&wanted, quote, &there, text)?;
            let passage = there.get(from..to)?;
            let span = passage.first()?.span.join(passage.last()?.span);
            Some(Closest { span, likeness, differs: difference(&wanted, quote, passage, text) })
        })
        .filter(|closest| closest.likeness >= LEAST)
        // The first of equals.
        .min_by_key(|closest| (100 - closest.likeness, closest.span.start))
}

/// The windows, one a block at most, that have most of the wanted words.
fn candidates(text: &str, wanted: &[Token]) -> Vec<Span> {
    let mut kinds: Vec<(u64, usize, usize)> =
        wanted.iter().map(|token| (token.hash, 0, token.weight())).collect();
    kinds.sort_unstable();
    kinds.dedup_by_key(|kind| kind.0);
    for token in wanted {
        if let Some(kind) = kinds.iter_mut().find(|kind| kind.0 == token.hash) {
            kind.1 += 1;
        }
    }
    let mut seen = vec![0_usize; kinds.len()];
    let mut window: VecDeque<(Span, Option<usize>)> = VecDeque::with_capacity(wanted.len() + 1);
    let mut best: Vec<(usize, Span)> = Vec::with_capacity(CANDIDATES + 1);
    let mut offset = 0;
    for block in text.split(super::fold::BLOCK) {
        seen.fill(0);
        window.clear();
        let mut score = 0;
        let mut top = (0, Span::default());
        for token in tokens(block, offset) {
            let kind = kinds.binary_search_by_key(&token.hash, |kind| kind.0).ok();
            if let Some((count, kind)) = kind.and_then(|at| seen.get_mut(at).zip(kinds.get(at))) {
                *count += 1;
                score += if *count <= kind.1 { kind.2 } else { 0 };
            }
            window.push_back((token.span, kind));
            if window.len() > wanted.len()
                && let Some((_, Some(kind))) = window.pop_front()
                && let Some((count, kind)) = seen.get_mut(kind).zip(kinds.get(kind))
            {
                score -= if *count <= kind.1 { kind.2 } else { 0 };
                *count -= 1;
            }
            if score > top.0 {
                top = (score, window.front().map_or(token.span, |first| first.0.join(token.span)));
            }
        }
        if top.0 > 0 {
            let place = best.partition_point(|other| other.0 >= top.0);
            best.insert(place, top);
            best.truncate(CANDIDATES);
        }
        offset += block.len() + 1;
    }
    best.into_iter().map(|(_, span)| span).collect()
}

/// A window with some words to both sides, inside its block.
fn widened(text: &str, window: Span) -> Span {
    let margin = (window.len() / 2 + 64).min(MARGIN);
    let block = super::sentence::block(text, window);
    let low =
        text.floor_char_boundary((window.start as usize).saturating_sub(margin)).max(block.start as usize);
    let high = text.ceil_char_boundary(window.end as usize + margin).min(block.end as usize);
    // Words cut at the ends of the margin are left out.
    let cut = text.get(low..window.start as usize).unwrap_or_default();
    let start = if low == block.start as usize { low } else { low + cut.find(' ').unwrap_or(cut.len()) };
    let cut = text.get(window.end as usize..high).unwrap_or_default();
    let end =
        if high == block.end as usize { high } else { window.end as usize + cut.rfind(' ').unwrap_or(0) };
    Span::new(start, end)
}

fn difference(wanted: &[Token], quote: &str, passage: &[Token], text: &str) -> Option<Difference> {
    let same = |(one, other): &(&Token, &Token)| one.span.of(quote) == other.span.of(text);
    let before = wanted.iter().zip(passage).take_while(same).count();
    let shorter = wanted.len().min(passage.len());
    let after = wanted.iter().rev().zip(passage.iter().rev()).take(shorter - before).take_while(same).count();
    let quoted = between(wanted, before, after);
    let drafted = between(passage, before, after);
    (!quoted.is_empty() || !drafted.is_empty())
        .then(|| Difference { quoted: quoted.of(quote).to_owned(), drafted })
}

/// The span of all tokens but the first `before` and the last `after`; empty where the next begins if there are none.
fn between(tokens: &[Token], before: usize, after: usize) -> Span {
    match tokens.get(before..tokens.len() - after) {
        Some([first, .., last]) => first.span.join(last.span),
        Some([only]) => only.span,
        _ => {
            let next = tokens.get(before).map(|token| token.span.start);
            let at = next.or(tokens.last().map(|token| token.span.end)).unwrap_or_default();
            Span { start: at, end: at }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The levy, in brief\n\
        In the spring the council sold 12,300 permits. It had sold 11,000 permits in the winter before.\n\
        The mayor said that the office had passed 117,000 requests in just the first 70 days of her term. \
        Nobody had counted them by hand, she said.";

    fn check(quote: &str, passage: &str, quoted: &str, drafted: &str) {
        let found = closest(TEXT, quote).unwrap();
        assert_eq!(found.span.of(TEXT), passage);
        let differs = found.differs.unwrap();
        assert_eq!((differs.quoted.as_str(), differs.drafted.of(TEXT)), (quoted, drafted));
    }

    #[test]
    fn one_changed_number_or_word_is_named() {
        check("sold 12,400 permits", "sold 12,300 permits", "12,400", "12,300");
        check("sold 11,000 permits in the summer", "sold 11,000 permits in the winter", "summer", "winter");
        check(
            "passed 117,000 requests in the first 70 days",
            "passed 117,000 requests in just the first 70 days",
            "",
            "just",
        );
        check("had passed more than 117,000 requests", "had passed 117,000 requests", "more than", "");
        check("the council sold 12,300 licences", "the council sold 12,300 permits", "licences", "permits");
    }

    #[test]
    fn only_marks_or_nothing_may_differ() {
        let found = closest(TEXT, "of her term; Nobody had counted").unwrap();
        assert_eq!((found.span.of(TEXT), found.likeness), ("of her term. Nobody had counted", 100));
        assert_eq!(found.differs, None);
    }

    #[test]
    fn nothing_alike_is_nothing() {
        for quote in ["", "...", "a wholly other thing was never mentioned", "zebra"] {
            assert_eq!(closest(TEXT, quote), None, "{quote}");
        }
        assert_eq!(closest("", "sold 12,300 permits"), None);
    }
}
