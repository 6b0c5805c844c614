//! What became of each number of a draft.

use std::collections::BTreeMap;

use super::super::coverage::reasons;
use super::{NumberFate, NumberFile};
use crate::assessment::{Assessment, Draft, Fate, State, Story, Unchecked};
use crate::checks::{ToldIn, interval_in_words, quantity_in_words};
use crate::claim::{RawFile, RawOccurrence};
use crate::draft::Quote;
use crate::hedge::{Lexicon, allowed};
use crate::mention::{Mention, survey};
use crate::number::Reading;
use crate::text::Span;
use crate::unit::Unit;

/// Every number of a draft, and words that claims are about without one.
pub(super) fn number_files(story: &Story<'_>, draft: &Draft<'_>, rules: &RawFile<'_>) -> Vec<NumberFile> {
    let prose = draft.prose.text();
    let claimed = Claimed::of(story, draft);
    let reasons = reasons(draft, &rules.ignore);
    let at = |words: Span, number: Span| NumberFile {
        words: draft.prose.original(words),
        number: draft.prose.original(number),
        text: words.of(prose).to_owned(),
        sentence: draft.prose.sentence(number).of(prose).to_owned(),
        read: String::new(),
        fate: NumberFate::Unclaimed,
    };
    let mut files: Vec<NumberFile> = Vec::new();
    let fates = story.coverage.fates.iter().chain(std::iter::repeat(&Fate::Unclaimed));
    for (nth, (mention, fate)) in draft.survey.mentions.iter().zip(fates).enumerate() {
        let fate = match fate {
            Fate::Claimed => claimed.fate(nth),
            Fate::Ignored => NumberFate::Ignored(
                reasons.get(&nth).map(|(reason, _)| (*reason).to_owned()).unwrap_or_default(),
            ),
            Fate::Unclaimed => NumberFate::Unclaimed,
        };
        files.push(NumberFile {
            read: read(story, mention, prose),
            fate,
            ..at(mention.words(), mention.span)
        });
    }
    for excluded in &draft.survey.excluded {
        let fate = NumberFate::Excluded(excluded.rule.name());
        files.push(NumberFile { fate, ..at(excluded.span, excluded.span) });
    }
    for (words, claim) in claimed.words {
        let words = longest_free(words, draft.survey.excluded.iter().map(|excluded| excluded.span), prose);
        files.push(NumberFile { fate: NumberFate::Claimed(vec![claim]), ..at(words, words) });
    }
    for code in draft.prose.code() {
        let text = code.of(&draft.file.text);
        let found = survey(text, Lexicon::shipped());
        let spans = found.mentions.iter().map(|it| it.span).chain(found.excluded.iter().map(|it| it.span));
        files.extend(spans.map(|span| NumberFile {
            words: span.shift(code.start as usize),
            number: span.shift(code.start as usize),
            text: span.of(text).to_owned(),
            sentence: String::new(),
            read: String::new(),
            fate: NumberFate::Excluded("code"),
        }));
    }
    files.sort_by_key(|file| (file.number.start, file.number.end));
    files
}

/// The longest stretch of words between numbers in them, which have a mark of their own: "was the most since" in "2019 was
/// the most since 2013".
fn longest_free(words: Span, numbers: impl Iterator<Item = Span>, prose: &str) -> Span {
    let mut free = Vec::new();
    let mut start = words.start;
    for number in numbers.filter(|number| number.overlaps(words)) {
        free.push(Span { start, end: number.start.max(start) });
        start = number.end.min(words.end);
    }
    free.push(Span { start, end: words.end });
    let longest = free.into_iter().max_by_key(|span| span.len()).unwrap_or(words);
    let text = longest.of(prose);
    let from = text.len() - text.trim_start().len();
    Span::new(0, text.trim().len()).shift(longest.start as usize + from)
}

/// Which claims are about which numbers.
#[derive(Default)]
struct Claimed {
    /// By the number's place in the survey.
    about: BTreeMap<usize, Vec<usize>>,
    /// Claims in whose quotes it stands.
    around: BTreeMap<usize, Vec<usize>>,
    /// Words without a number, and the claim that is about them.
    words: Vec<(Span, usize)>,
}

impl Claimed {
    fn of(story: &Story<'_>, draft: &Draft<'_>) -> Self {
        let mut claimed = Self::default();
        for (nth, assessment) in story.assessments.iter().enumerate() {
            for (quote, words) in places(assessment, draft) {
                let numbers = draft.survey.overlapping(words);
                if numbers.is_empty() && matches!(assessment.state, State::Judged(_)) {
                    claimed.words.push((words, nth));
                }
                for number in numbers {
                    claimed.about.entry(number).or_default().push(nth);
                }
                for number in draft.survey.overlapping(quote) {
                    claimed.around.entry(number).or_default().push(nth);
                }
            }
        }
        claimed
    }

    fn fate(&self, number: usize) -> NumberFate {
        match (self.about.get(&number), self.around.get(&number)) {
            (Some(claims), _) => NumberFate::Claimed(claims.clone()),
            (None, claims) => NumberFate::Used(claims.cloned().unwrap_or_default()),
        }
    }
}

/// Where a claim stands: its quotes, each with the words that are judged.
fn places(assessment: &Assessment<'_>, draft: &Draft<'_>) -> Vec<(Span, Span)> {
    let claim = &assessment.claim.value;
    let mut places = Vec::new();
    if let State::Judged(judged) = &assessment.state {
        places.push((judged.quote, judged.words));
    }
    let is_everywhere = claim.occurrence.as_ref().is_some_and(|it| matches!(it.value, RawOccurrence::All));
    let is_unchecked =
        matches!(&assessment.state, State::Unchecked(it) if !matches!(it, Unchecked::QuoteNotFound { .. }));
    if is_everywhere || is_unchecked {
        let found = draft.prose.find(&Quote::new(&claim.quote.value));
        let nth = match claim.occurrence.as_ref().map(|it| it.value) {
            Some(RawOccurrence::Nth(nth)) => Some(usize::try_from(nth).unwrap_or(usize::MAX)),
            _ => None,
        };
        for (place, quote) in found.spans().iter().enumerate() {
            let is_meant = nth.is_none_or(|nth| nth == place + 1);
            if !is_meant || places.iter().any(|(known, _)| known == quote) {
                continue;
            }
            let says =
                claim.says.as_ref().map(|says| draft.prose.find_within(*quote, &Quote::new(&says.value)));
            let words = says.and_then(|found| found.spans().first().copied()).unwrap_or(*quote);
            places.push((*quote, words));
        }
    }
    places
}

/// How a number was read, and what its words allow.
fn read(story: &Story<'_>, mention: &Mention, prose: &str) -> String {
    let unit = ToldIn::of(mention, prose, Unit::Bare);
    let allowed = interval_in_words(&allowed(mention.hedge, &mention.reading, &story.widths).whole, unit);
    match mention.reading {
        Reading::One(written) => {
            let value = quantity_in_words(written.value, unit);
            format!("{}, {value}; allows {allowed}", mention.kind.name())
        }
        _ => format!("{}, {allowed}", mention.kind.name()),
    }
}
