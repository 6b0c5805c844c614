//! The sentence around a claim's words, for checks that read other words in it.

use crate::assessment::{Judged, Story};
use crate::mention::{Kind, Mention};
use crate::text::Span;

/// The sentence that a claim is made in.
pub(super) struct Passage<'s> {
    /// The whole prose; all spans are places in it.
    text: &'s str,
    span: Span,
    /// The words that are judged.
    own: Span,
    numbers: &'s [Mention],
}

impl<'s> Passage<'s> {
    /// The sentence of a judged claim.
    pub(super) fn of(story: &'s Story<'_>, judged: &Judged) -> Option<Self> {
        let draft = story.draft?;
        let span = draft.prose.sentence(judged.words);
        let numbers = draft.survey.mentions.get(draft.survey.overlapping(span)).unwrap_or_default();
        Some(Self { text: draft.prose.text(), span, own: judged.words, numbers })
    }

    /// Where it stands.
    pub(super) fn span(&self) -> Span {
        self.span
    }

    /// Its words.
    pub(super) fn whole(&self) -> &'s str {
        self.span.of(self.text)
    }

    /// Its numbers.
    pub(super) fn numbers(&self) -> &'s [Mention] {
        self.numbers
    }

    /// What stands in it before a place.
    pub(super) fn before(&self, at: Span) -> &'s str {
        Span { end: at.start.max(self.span.start), ..self.span }.of(self.text)
    }

    /// What stands in it behind a place.
    pub(super) fn after(&self, at: Span) -> &'s str {
        Span { start: at.end.min(self.span.end), ..self.span }.of(self.text)
    }

    /// Whether a place lies within quotation marks that are opened in the sentence.
    pub(super) fn is_quoted(&self, at: Span) -> bool {
        !self.before(at).matches('"').count().is_multiple_of(2)
    }

    /// Whether words at a place are about the claim's number more than about any other: no other stands nearer to them.
    /// Lengths of time and ages say something of the other numbers themselves.
    pub(super) fn is_about_claim(&self, at: Span) -> bool {
        let others = self.numbers.iter().filter(|number| {
            !matches!(number.kind, Kind::Duration | Kind::Age)
                && !number.words().overlaps(self.own)
                && !number.span.overlaps(at)
        });
        let own = gap(self.own, at);
        others.map(|number| gap(number.words(), at)).all(|other| own <= other)
    }
}

/// How many bytes are between two spans.
fn gap(a: Span, b: Span) -> u32 {
    a.start.saturating_sub(b.end).max(b.start.saturating_sub(a.end))
}

/// The words of a passage, without their punctuation.
pub(super) fn words(passage: &str) -> impl DoubleEndedIterator<Item = &str> {
    passage
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '.' | '-'))
        .map(|word| word.trim_matches(['\'', '.', '-']))
        .filter(|word| !word.is_empty())
}

/// Whether a word is one of these, in any case.
pub(super) fn is_any(word: &str, of: &[&str]) -> bool {
    of.iter().any(|other| word.eq_ignore_ascii_case(other))
}
