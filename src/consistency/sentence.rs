//! Sentences with their numbers and the words between.

use crate::mention::{Counted, Excluded, Kind, Mention, Survey, counted};
use crate::number::{Decimal, Reading, Written};
use crate::text::Span;
use crate::unit::{Unit, scale_named};

/// A sentence of the prose with its numbers.
#[derive(Clone, Debug)]
pub(super) struct Sentence<'t> {
    /// The whole prose.
    pub(super) text: &'t str,
    pub(super) span: Span,
    pub(super) numbers: &'t [Mention],
    pub(super) excluded: &'t [Excluded],
}

/// The sentences of a text that have numbers to hold against each other.
pub(super) fn sentences<'t>(text: &'t str, survey: &'t Survey) -> impl Iterator<Item = Sentence<'t>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        // No sentence without a number is looked at, and none twice.
        let at = survey.mentions.partition_point(|mention| (mention.span.start as usize) < from);
        let other = survey.excluded.partition_point(|it| (it.span.start as usize) < from);
        let mention = survey.mentions.get(at).map(|mention| mention.span);
        let first = match (mention, survey.excluded.get(other).map(|it| it.span)) {
            (Some(one), Some(other)) => one.min(other),
            (one, other) => one.or(other)?,
        };
        let span = around(text, first);
        from = (span.end as usize).max(first.end as usize);
        let numbers = survey.mentions.get(survey.overlapping(span)).unwrap_or_default();
        let start = survey.excluded.partition_point(|it| it.span.end <= span.start);
        let end = survey.excluded.partition_point(|it| it.span.start < span.end);
        let excluded = survey.excluded.get(start..end.max(start)).unwrap_or_default();
        Some(Sentence { text, span, numbers, excluded })
    })
}

/// The sentence around a number: crude, and never more than its block or cell.
fn around(text: &str, at: Span) -> Span {
    crate::draft::sentence_around(text, at)
}

impl<'t> Sentence<'t> {
    /// The words of the text at a span.
    pub(super) fn words(&self, span: Span) -> &'t str {
        span.of(self.text)
    }

    /// What stands before a number, back to the one before it or to the beginning.
    pub(super) fn before(&self, at: usize) -> &'t str {
        let from = at.checked_sub(1).and_then(|at| self.numbers.get(at)).map_or(self.span.start, end);
        let to = self.numbers.get(at).map_or(self.span.end, |mention| mention.words().start);
        self.slice(from, to)
    }

    /// What stands behind a number, up to the next one or to the end.
    pub(super) fn after(&self, at: usize) -> &'t str {
        let from = self.numbers.get(at).map_or(self.span.end, end);
        let to = self.numbers.get(at + 1).map_or(self.span.end, |mention| mention.words().start);
        self.slice(from, to)
    }

    /// The whole sentence.
    pub(super) fn whole(&self) -> &'t str {
        self.span.of(self.text)
    }

    /// What a number counts.
    pub(super) fn noun(&self, mention: &Mention) -> Option<&'t str> {
        counted(self.text, mention).map(|Counted { noun, .. }| noun.of(self.text))
    }

    fn slice(&self, from: u32, to: u32) -> &'t str {
        self.text.get(from as usize..(to.max(from)) as usize).unwrap_or_default()
    }
}

fn end(mention: &Mention) -> u32 {
    mention.words().end.max(mention.span.end)
}

/// Whether a passage has a word, in any case.
pub(super) fn has_word(passage: &str, word: &str) -> bool {
    words(passage).any(|found| found.eq_ignore_ascii_case(word))
}

/// Whether a passage has one of these words.
pub(super) fn has_any(passage: &str, wanted: &[&str]) -> bool {
    words(passage).any(|found| wanted.iter().any(|word| found.eq_ignore_ascii_case(word)))
}

/// The words of a passage.
pub(super) fn words(passage: &str) -> impl Iterator<Item = &str> {
    passage.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty())
}

/// How many words a passage has.
pub(super) fn count(passage: &str) -> usize {
    words(passage).count()
}

/// Whether the last words of a passage are these, with nothing but space behind.
pub(super) fn ends_with(passage: &str, last: &str) -> bool {
    let trimmed = passage.trim_end();
    let Some(start) = trimmed.len().checked_sub(last.len()) else { return false };
    trimmed.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(last))
        && !trimmed.get(..start).is_some_and(|before| before.ends_with(char::is_alphanumeric))
}

/// Whether two numbers are of one unit: alike, or one of them bare.
pub(super) fn alike(a: &Mention, b: &Mention) -> bool {
    let may_share = |bare: &Mention, other: &Mention| bare.unit == Unit::Bare && !other.unit.is_ratio();
    a.unit == b.unit || may_share(a, b) || may_share(b, a) || is_rate_of(a, b) || is_rate_of(b, a)
}

/// Whether the first is so much a month, say, and the second as much without the month.
fn is_rate_of(rate: &Mention, plain: &Mention) -> bool {
    let currency = |mention: &Mention| if let Unit::Of(of) = mention.unit { of.currency() } else { None };
    rate.kind == Kind::Rate && plain.kind == Kind::Money && currency(rate) == currency(plain)
}

/// Two numbers of one unit that is written once: "from 41 to 103 a week", "from 19 to 12 million".
pub(super) fn shared(text: &str, a: &Mention, b: &Mention) -> (Mention, Mention) {
    let unit_of = |one: &Mention, other: &Mention| {
        let is_left_out = one.unit == Unit::Bare || is_rate_of(other, one);
        let with_it = Mention { unit: other.unit, factor: other.factor, kind: other.kind, ..*one };
        if is_left_out { with_it } else { *one }
    };
    let (a, b) = (unit_of(a, b), unit_of(b, a));
    (with_scale_of(text, a, &b).unwrap_or(a), b)
}

/// The first number with the scale word that only the second has.
fn with_scale_of(text: &str, a: Mention, b: &Mention) -> Option<Mention> {
    let scale =
        |mention: &Mention| words(mention.span.of(text)).filter(|word| word.len() > 3).find_map(scale_named);
    let by = scale(b)?;
    let Reading::One(written) = a.reading else { return None };
    if scale(&a).is_some() || written.value >= Decimal::ONE_THOUSAND {
        return None;
    }
    let (value, step) = (written.value.checked_mul(by)?, written.step.checked_mul(by)?);
    Some(Mention { reading: Reading::One(Written { value, step, ..written }), ..a })
}
