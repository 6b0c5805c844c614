//! Which words could stand in the place of a claim's.

use super::attribution::{attribution, has_speaker, takes_hedge};
use super::quotation::Quotations;
use super::{Applicability, Refusal};
use crate::assessment::{Assessment, Draft, Judged, Story};
use crate::finding::Finding;
use crate::hedge::{Fitting, Hedge, How, Lexicon, Verdict, fitting_words};
use crate::number::Reading;
use crate::text::{Counting, Span};

/// The checks whose findings a replacement resolves.
pub const MENDS: [&str; 7] = [
    "value-refuted",
    "value-truncated",
    "coarse-rounding",
    "hedge-stretched",
    "hedge-understates",
    "hedge-dropped",
    "value-undecided",
];

/// Words to put in the place of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// What is replaced, in the prose.
    pub place: Span,
    /// By what.
    pub by: String,
    /// Who may do it.
    pub applicability: Applicability,
}

/// The replacements for the words of a claim, the most apt first, and why none of them is safe, where the claim has
/// a finding that one could be safe for. Of a refuted claim none ever is.
pub(super) fn replacements(
    story: &Story<'_>,
    draft: &Draft<'_>,
    quotations: &Quotations<'_>,
    findings: &[Finding],
    assessment: &Assessment<'_>,
    judged: &Judged,
) -> (Vec<Replacement>, Option<Refusal>) {
    // Where something was so before, its number is not what is wrong.
    let is_refuted = assessment.verdict() == Verdict::Refuted && judged.judgement().how != How::Record;
    let is_warned = judged.judgement().warned.is_some();
    if !is_refuted && !is_warned && judged.dropped.is_none() {
        return (Vec::new(), None);
    }
    let fitting = if is_refuted || is_warned { fitting(story, draft, judged) } else { Vec::new() };
    let suggest = |by| Replacement { place: judged.words, by, applicability: Applicability::Suggested };
    let mut all: Vec<Replacement> = fitting.iter().map(|words| suggest(words.to_string())).collect();
    let words = judged.words.of(draft.prose.text());
    all.extend(judged.dropped.iter().map(|hedge| suggest(format!("{hedge} {words}"))));
    if is_refuted {
        return (all, None);
    }
    match safe(draft, quotations, findings, assessment, judged, fitting.first()) {
        Ok(safe) => {
            // It says what the first of the others does, with less touched.
            let others = all.into_iter().skip(1);
            (std::iter::once(safe).chain(others).collect(), None)
        }
        Err(refusal) => (all, Some(refusal)),
    }
}

/// Words that the value would fit, in the manner of those written.
fn fitting(story: &Story<'_>, draft: &Draft<'_>, judged: &Judged) -> Vec<Fitting> {
    let value = judged.held.range.as_point().map(|_| judged.held.nominal);
    let Some((mention, value)) = judged.mention.zip(value) else { return Vec::new() };
    let Reading::One(written) = mention.reading else { return Vec::new() };
    fitting_words(value, mention.span.of(draft.prose.text()), mention.hedge, &written, &story.widths)
}

/// The one replacement that changes least: another number under the hedge that stands there, which is the first that the
/// finding's help names, or the source's hedge before the number.
fn safe(
    draft: &Draft<'_>,
    quotations: &Quotations<'_>,
    findings: &[Finding],
    assessment: &Assessment<'_>,
    judged: &Judged,
    fitting: Option<&Fitting>,
) -> Result<Replacement, Refusal> {
    if draft.file.excerpt(Span::new(0, 0)).counting != Counting::Lines {
        return Err(Refusal::Word);
    }
    if assessment.claim.by.is_some() {
        return Err(Refusal::By);
    }
    let text = draft.prose.text();
    let sentence = draft.prose.sentence(judged.words);
    is_the_newsrooms(draft, quotations, judged.words, sentence)?;
    // A hedge that is dropped leaves open what it widens.
    let is_mended =
        |check: &str| MENDS.contains(&check) && (check != "value-undecided" || judged.dropped.is_some());
    let claim = &*assessment.claim.id.value.0;
    let about = findings.iter().filter(|finding| finding.claim.as_deref() == Some(claim));
    if let Some(other) = about.into_iter().find(|finding| !is_mended(finding.check)) {
        return Err(Refusal::AlsoFound(other.check));
    }
    let mention = judged.mention.ok_or(Refusal::Open)?;
    let safe = |place, by| Replacement { place, by, applicability: Applicability::Safe };
    let replacement = match (&judged.dropped, fitting) {
        (Some(_), Some(_)) | (None, None) => return Err(Refusal::Open),
        (Some(hedge), None) => {
            let is_said_before = Lexicon::shipped().whole(hedge).is_some()
                && hedge.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
                && !hedge.starts_with("or ");
            if mention.hedge != Hedge::Plain || !is_said_before || !takes_hedge(text, sentence, mention.span)
            {
                return Err(Refusal::Open);
            }
            safe(mention.span, format!("{hedge} {}", mention.span.of(text)))
        }
        (None, Some(fitting)) => {
            let is_fraction = matches!(mention.reading, Reading::One(written) if written.fraction);
            if fitting.hedge != mention.hedge || is_fraction {
                return Err(Refusal::Open);
            }
            safe(mention.span, fitting.number.clone())
        }
    };
    if !is_plain(draft.prose.original(replacement.place).of(&draft.file.text), replacement.place.of(text)) {
        return Err(Refusal::Markup);
    }
    // What costs most comes last.
    if quotations.is_in_block(judged.words) { Err(Refusal::Block) } else { Ok(replacement) }
}

/// Whether the newsroom itself says the words, as far as the text around them tells.
fn is_the_newsrooms(
    draft: &Draft<'_>,
    quotations: &Quotations<'_>,
    words: Span,
    sentence: Span,
) -> Result<(), Refusal> {
    let text = draft.prose.text();
    if quotations.is_in_marks(words) {
        return Err(Refusal::Marks);
    }
    if let Some(word) = attribution(sentence.of(text)) {
        return Err(Refusal::Attributed(word));
    }
    if has_speaker(draft.prose.block(words).of(text)) { Err(Refusal::Speaker) } else { Ok(()) }
}

/// Whether words stand in the file as they are read, but for white space: with markup in them, replacing them could break
/// it.
pub(super) fn is_plain(in_file: &str, words: &str) -> bool {
    in_file.split_whitespace().eq(words.split_whitespace())
}
