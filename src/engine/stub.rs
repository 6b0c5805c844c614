//! Stubs: for each number that no rule is about, the claim that somebody has yet to complete.

mod entry;

pub use entry::toml_text;

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::outcome::{Problem, StoryOutcome};
use crate::assessment::{Draft, Fate, Story};
use crate::consistency::relations;
use crate::draft::{Found, Quote};
use crate::formula::Formula;
use crate::mention::{Mention, counted};
use crate::scope::FiscalYear;
use crate::text::Span;

/// A claim that somebody has yet to complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stub {
    /// An id made of the quote's words, unique in its story.
    pub id: String,
    /// Words around the number, which stand once in the draft or are told apart by `occurrence`.
    pub quote: String,
    /// The number with its hedge, which stands once in the quote.
    pub says: String,
    /// Which of its places the quote means, where it has several.
    pub occurrence: Option<usize>,
    /// How the number follows from figures, where the draft says so itself, as in `change(before, after)`.
    /// Nobody has declared those figures yet.
    pub formula: Option<String>,
}

/// A draft with stubs for its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StubbedDraft {
    /// The rule file; the draft itself, where it has none.
    pub rules: Arc<Path>,
    /// The draft.
    pub draft: Arc<Path>,
    /// For each number that no rule is about, in the order of the draft.
    pub stubs: Vec<Stub>,
}

impl StubbedDraft {
    pub(super) fn new(outcome: StoryOutcome<'_>) -> (Option<Self>, Vec<Problem>) {
        let StoryOutcome { rules, draft, stubs, problems, .. } = outcome;
        (draft.map(|draft| Self { rules, draft, stubs }), problems)
    }
}

/// Stubs for the numbers of a story that no rule is about. Their formulas name no figure that is known already.
pub(super) fn stubs(story: &Story<'_>, is_figure: impl Fn(&str) -> bool) -> Vec<Stub> {
    let Some(draft) = story.draft else { return Vec::new() };
    let claims = story.assessments.iter();
    let mut ids: HashSet<String> = claims.map(|it| it.claim.id.value.to_string()).collect();
    let fates = story.coverage.fates.iter().zip(&draft.survey.mentions);
    let unclaimed = fates.filter(|(fate, _)| **fate == Fate::Unclaimed);
    let (spans, mut stubs): (Vec<Span>, Vec<Stub>) =
        unclaimed.filter_map(|(_, mention)| Some((mention.span, stub(draft, mention, &mut ids)?))).unzip();
    for (at, formula) in formulas(story, draft, &spans, &stubs, is_figure) {
        if let Some(stub) = stubs.get_mut(at) {
            stub.formula = Some(formula);
        }
    }
    stubs
}

/// A stub for one number of a story, by its place among the draft's, whatever rules are about it.
pub fn stub_at(story: &Story<'_>, mention: usize) -> Option<Stub> {
    let draft = story.draft?;
    let claims = story.assessments.iter();
    let mut ids: HashSet<String> = claims.map(|it| it.claim.id.value.to_string()).collect();
    stub(draft, draft.survey.mentions.get(mention)?, &mut ids)
}

fn stub(draft: &Draft<'_>, mention: &Mention, ids: &mut HashSet<String>) -> Option<Stub> {
    let Quoted { quote, says, occurrence } = quoted(draft, mention)?;
    let text = draft.prose.text();
    let (quote, says) = (quote.of(text).to_owned(), says.of(text).to_owned());
    Some(Stub { id: id(&quote, ids), quote, says, occurrence, formula: None })
}

/// The formulas of stubs whose numbers the draft relates to each other, by their place in the list. A number that others
/// follow from is a figure of its own.
fn formulas(
    story: &Story<'_>,
    draft: &Draft<'_>,
    spans: &[Span],
    stubs: &[Stub],
    is_figure: impl Fn(&str) -> bool,
) -> BTreeMap<usize, String> {
    let place = |span: &Span| spans.binary_search_by_key(&span.start, |span| span.start).ok();
    let mut formulas = BTreeMap::new();
    let mut figures = BTreeMap::new();
    for relation in relations(draft.prose.text(), &draft.survey, story.widths) {
        let Some(at) = place(&relation.stated) else { continue };
        let operands: Option<Vec<usize>> = relation.operands.iter().map(place).collect();
        // A number that another one follows from is no result: two formulas must not need each other.
        let Some(operands) = operands.filter(|of| !of.iter().any(|it| formulas.contains_key(it))) else {
            continue;
        };
        if figures.contains_key(&at) {
            continue;
        }
        let names: Option<Vec<String>> = operands
            .iter()
            .map(|at| stubs.get(*at).map(|stub| figure(&stub.id, story.fiscal, &is_figure)))
            .collect();
        let Some(names) = names else { continue };
        let told: Vec<&str> = names.iter().map(String::as_str).collect();
        formulas.insert(at, relation.rule.formula(&told));
        figures.extend(operands.into_iter().zip(names));
    }
    formulas.extend(figures);
    formulas
}

/// The name of a figure for the number of a claim, by its id.
fn figure(id: &str, fiscal: FiscalYear, is_figure: impl Fn(&str) -> bool) -> String {
    let name = id.replace('-', "_");
    // A name begins with a letter, and is no unit ("days").
    let is_name = Formula::parse(&name, fiscal)
        .is_ok_and(|formula| matches!(formula.names(), [only] if only.head == name && only.cell.is_none() && only.member.is_none()));
    let base = if is_name { name } else { format!("figure_{name}") };
    let numbered = (2..).map(|nth| format!("{base}_{nth}"));
    let mut candidates = std::iter::once(base.clone()).chain(numbered);
    candidates.find(|name| !is_figure(name)).unwrap_or(base)
}

/// How rules find a number again.
struct Quoted {
    quote: Span,
    says: Span,
    occurrence: Option<usize>,
}

/// Words at which a quote neither begins nor ends, so that it can be read.
const OPEN: [&str; 30] = [
    "in", "to", "from", "and", "or", "for", "at", "by", "on", "with", "the", "a", "an", "of", "that",
    "which", "who", "as", "since", "than", "its", "their", "his", "her", "was", "were", "is", "are", "had",
    "has",
];

/// The shortest passage around a number, with a word or two beside it, that stands in the draft once; else its sentence,
/// by which of its places it is.
fn quoted(draft: &Draft<'_>, mention: &Mention) -> Option<Quoted> {
    let text = draft.prose.text();
    let whole = mention.words().join(mention.span);
    let sentence = draft.prose.sentence(whole);
    let words = words(text, sentence);
    let phrase = counted(text, mention).map_or(whole, |counted| whole.join(counted.noun));
    let first = words.partition_point(|word| word.end <= phrase.start);
    let last = words.partition_point(|word| word.start < phrase.end).checked_sub(1)?;
    let (mut low, mut high) = (first, last);
    let mut is_left = true;
    loop {
        let (may_left, may_right) = (low > 0, high + 1 < words.len());
        let is_all = !may_left && !may_right;
        let is_open = |at: usize, outside: bool| {
            outside && words.get(at).is_some_and(|word| OPEN.contains(&word.of(text)))
        };
        let opens_right = may_right && is_open(high, high > last);
        let opens_left = may_left && is_open(low, low < first);
        let has_context = low < first || first == 0;
        if is_all || has_context && !opens_right && !opens_left {
            let passage = trimmed(text, words.get(low)?.join(*words.get(high)?), whole);
            let found = draft.prose.find(&Quote::new(passage.of(text)));
            let at = found.spans().iter().position(|place| *place == passage);
            match (at, found, says(draft, mention, passage)) {
                (Some(_), Found::Once(_), Some(says)) => {
                    return Some(Quoted { quote: passage, says, occurrence: None });
                }
                (Some(at), Found::Many(_), Some(says)) if is_all => {
                    return Some(Quoted { quote: passage, says, occurrence: Some(at + 1) });
                }
                _ if is_all => return alone(draft, mention),
                _ => {}
            }
        }
        // Turn by turn, as far as there are words.
        let to_left = may_left && (!may_right || opens_left || is_left && !opens_right);
        if to_left {
            low -= 1;
        } else {
            high += 1;
        }
        is_left = !to_left;
    }
}

/// The number without words around it, where those do not tell it from others ("5 5 5").
fn alone(draft: &Draft<'_>, mention: &Mention) -> Option<Quoted> {
    let spans = [mention.words().join(mention.span), mention.span];
    spans.into_iter().find_map(|span| {
        let found = draft.prose.find(&Quote::new(span.of(draft.prose.text())));
        let at = found.spans().iter().position(|place| *place == span)?;
        Some(Quoted { quote: span, says: says(draft, mention, span)?, occurrence: Some(at + 1) })
    })
}

/// The number's words as `says` finds them in the quote: with the hedge, or without it where that does not do.
fn says(draft: &Draft<'_>, mention: &Mention, passage: Span) -> Option<Span> {
    let is_its = |span: &Span| {
        let found = draft.prose.find_within(passage, &Quote::new(span.of(draft.prose.text())));
        found == Found::Once(*span) && draft.survey.overlapping(*span).len() == 1
    };
    [mention.words().join(mention.span), mention.span].into_iter().find(is_its)
}

/// The words of a sentence with their punctuation.
fn words(text: &str, sentence: Span) -> Vec<Span> {
    let mut at = sentence.start as usize;
    let parts = sentence.of(text).split(' ').map(|word| {
        let span = Span::new(at, at + word.len());
        at += word.len() + 1;
        span
    });
    parts.filter(|span| !span.is_empty()).collect()
}

/// A passage without the punctuation around it, but with all of the number.
fn trimmed(text: &str, passage: Span, number: Span) -> Span {
    let before = Span { end: number.start.max(passage.start), ..passage }.of(text);
    let after = Span { start: number.end.min(passage.end), ..passage }.of(text);
    let lead = before.len() - before.trim_start_matches(['"', '\'', '(', '[', '—', ' ']).len();
    let trail = after.len()
        - after.trim_end_matches(['"', '\'', ')', ']', ',', '.', ';', ':', '!', '?', '—', ' ']).len();
    Span::new(passage.start as usize + lead, passage.end as usize - trail)
}

/// How many words an id has at the most.
const LONGEST: usize = 6;

/// An id of the words of a quote that no other claim has.
fn id(quote: &str, ids: &mut HashSet<String>) -> String {
    let quote = quote.replace(',', "").to_ascii_lowercase();
    let words = quote.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let telling: Vec<&str> = words.filter(|word| !OPEN.contains(word)).take(LONGEST).collect();
    let base = if telling.is_empty() { "number".to_owned() } else { telling.join("-") };
    let numbered = (2..).map(|nth| format!("{base}-{nth}"));
    let mut candidates = std::iter::once(base.clone()).chain(numbered);
    candidates.find(|id| ids.insert(id.clone())).unwrap_or(base)
}
