//! A sentence that names something else than its rule says it counts.

use super::passage::{Passage, is_any, words as words_of};
use super::wording::{scope_label, sides, words};
use super::{Check, judged};
use crate::assessment::{Assessment, Judged, Story};
use crate::finding::{Finding, Severity};
use crate::mention::counted;
use crate::scope::{FacetComparison, MEASURE, Named, PERIOD, Relation};
use crate::text::Span;

pub(super) const CHECK: Check =
    Check { slug: "scope-wording", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    judged(story).flat_map(|(assessment, judged)| findings(story, assessment, judged)).collect()
}

fn findings(story: &Story<'_>, assessment: &Assessment<'_>, judged: &Judged) -> Vec<Finding> {
    let declared = judged.facets.iter().filter(|facet| facet.claim.is_some() && facet.facet != PERIOD);
    let mut declared = declared.peekable();
    // A draft that tells of a difference names the other side of it.
    if assessment.claim.disclosed.is_some() || declared.peek().is_none() {
        return Vec::new();
    }
    let Some(passage) = Passage::of(story, judged) else { return Vec::new() };
    declared.filter_map(|facet| finding(story, assessment, judged, &passage, facet)).collect()
}

fn finding(
    story: &Story<'_>,
    assessment: &Assessment<'_>,
    judged: &Judged,
    passage: &Passage<'_>,
    facet: &FacetComparison,
) -> Option<Finding> {
    let name = &facet.facet;
    let relation = |named: &Named<'_>| story.facets.relation(name, named.member, &judged.scope);
    let all: Vec<Named<'_>> = story
        .facets
        .places_named(name, passage.whole())
        .into_iter()
        .map(|named| Named { span: named.span.shift(passage.span().start as usize), ..named })
        .collect();
    // "New York City" does not name New York.
    let is_whole =
        |named: &&Named<'_>| !all.iter().any(|it| it.span != named.span && it.span.covers(named.span));
    let whole: Vec<&Named<'_>> = all.iter().filter(is_whole).collect();
    if whole.iter().any(|named| matches!(relation(named), Relation::Same | Relation::Narrower)) {
        return None;
    }
    let by = assessment.claim.by.as_ref().map_or("", |by| by.value.name());
    let speakers = story.facets.named_in(name, by);
    let named = whole.into_iter().find(|named| {
        !speakers.contains(&named.member)
            && !is_aside(passage, named.span, relation(named))
            && passage.is_about_claim(named.span)
            && (name != MEASURE || is_counted(story, judged, passage, named.span))
    })?;
    let draft = story.draft?;
    let (said, ruled) = (named.span.of(draft.prose.text()), facet.claim.as_deref().unwrap_or_default());
    let message = format!(
        "the sentence of \"{}\" is about {}, its rule about {ruled} ({name})",
        words(story, judged),
        named.member
    );
    let finding = CHECK
        .finding(story, assessment, message)
        .label(draft.label(named.span, format!("names {}", named.member)))
        .label(scope_label(story, assessment, name, format!("says {ruled}")));
    let told = if said == named.member { said.to_owned() } else { format!("{} (\"{said}\")", named.member) };
    Some(finding.note(sides(name, ("sentence", &told), ("rule", ruled))).help(
        "correct the rule's scope, or the sentence; if the draft tells its readers of the difference, quote that as `disclosed`",
    ))
}

/// What speaks of a member as a speaker, a yardstick or a whole that somebody belongs to, and not as what is counted.
const BEFORE: [&str; 21] = [
    "than",
    "unlike",
    "outside",
    "beyond",
    "except",
    "excluding",
    "without",
    "versus",
    "vs",
    "against",
    "compared",
    "part",
    "arm",
    "branch",
    "division",
    "unit",
    "agency",
    "office",
    "within",
    "under",
    "according",
];
const BETWEEN: [&str; 13] =
    ["the", "a", "an", "U.S", "in", "at", "by", "for", "of", "to", "with", "all", "from"];
const BEHIND: [&str; 39] = [
    "said",
    "says",
    "say",
    "reported",
    "reports",
    "announced",
    "told",
    "wrote",
    "noted",
    "added",
    "confirmed",
    "claimed",
    "claims",
    "called",
    "argued",
    "estimated",
    "estimates",
    "expects",
    "published",
    "released",
    "data",
    "figures",
    "statistics",
    "records",
    "numbers",
    "report",
    "statement",
    "website",
    "dashboard",
    "official",
    "officials",
    "spokesperson",
    "spokesman",
    "spokeswoman",
    "secretary",
    "director",
    "chief",
    "head",
    "headquarters",
];

fn is_aside(passage: &Passage<'_>, at: Span, relation: Relation) -> bool {
    let (before, after) = (passage.before(at), passage.after(at));
    if before.ends_with('-') || after.starts_with('-') {
        return true;
    }
    let possessive = after.strip_prefix("'s").or_else(|| after.strip_prefix('\''));
    // "DHS's deportation agency" is a part of it.
    if possessive.is_some() && relation == Relation::Broader {
        return true;
    }
    let behind = words_of(possessive.unwrap_or(after)).next().unwrap_or_default();
    let lead = words_of(before).rev().take(4).find(|word| !is_any(word, &BETWEEN)).unwrap_or_default();
    let is_speaker = is_any(lead, &["said", "says"]) && !after.starts_with([' ', '\'']);
    is_speaker || is_any(lead, &BEFORE) || is_any(behind, &BEHIND)
}

/// Whether a measure's name stands where the thing counted does: behind the number, or before one with nothing behind it.
fn is_counted(story: &Story<'_>, judged: &Judged, passage: &Passage<'_>, at: Span) -> bool {
    let (Some(draft), Some(mention)) = (story.draft, &judged.mention) else { return false };
    match counted(draft.prose.text(), mention) {
        Some(counted) => counted.phrase.overlaps(at),
        None => at.end <= mention.span.start && words_of(passage.before(at)).count() <= 2,
    }
}
