//! A sentence whose "last month" is no longer the month of its rule.

mod relative;

use super::passage::{Passage, is_any, words as words_of};
use super::wording::{scope_label, sides};
use super::{Check, judged};
use crate::assessment::{Assessment, Judged, Story};
use crate::finding::{Finding, Severity};
use crate::mention::Kind;
use crate::number::{Decimal, Reading};
use crate::scope::{PERIOD, Period, PeriodKind};
use crate::text::Span;
use crate::unit::Unit;
use relative::{Relative, month_name, relatives};

pub(super) const CHECK: Check =
    Check { slug: "period-drifted", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    if story.published.is_none() {
        return Vec::new();
    }
    judged(story).filter_map(|(assessment, judged)| finding(story, assessment, judged)).collect()
}

fn finding(story: &Story<'_>, assessment: &Assessment<'_>, judged: &Judged) -> Option<Finding> {
    let declared = judged.scope.period()?;
    let published = story.published?;
    let passage = Passage::of(story, judged)?;
    let (span, means, message) = match &relatives(&passage)[..] {
        [] => first_days(&passage, declared)?,
        [only] => {
            let meaning = only.meaning(published, story.fiscal)?;
            if is_beside_the_point(&passage, only, declared) || !meaning.excludes(declared) {
                return None;
            }
            let words = only.span.of(story.draft?.prose.text());
            let means = meaning.period.to_string();
            let message = format!(
                "\"{words}\" means {means} in a story published on {published}; the rule says {declared}"
            );
            (only.span, means, message)
        }
        _ => return None,
    };
    let finding = CHECK
        .finding(story, assessment, message)
        .label(story.draft?.label(span, format!("means {means}")))
        .label(scope_label(story, assessment, PERIOD, format!("says {declared}")));
    Some(finding.note(sides(PERIOD, ("sentence", &means), ("rule", &declared.to_string()))).help(
        "name the period in the sentence (\"in March\"), or take the figure and the rule's period for the one that it means now",
    ))
}

/// What comes before a relative period that is a yardstick, an end, or part of a period only.
const NOT_ITS: [&str; 26] = [
    "than",
    "from",
    "with",
    "to",
    "against",
    "on",
    "over",
    "versus",
    "vs",
    "since",
    "until",
    "till",
    "before",
    "after",
    "by",
    "between",
    "earlier",
    "later",
    "late",
    "early",
    "mid",
    "and",
    "through",
    "like",
    "unlike",
    "beginning",
];

/// What comes before a relative period in which something was said or done, and not counted.
const OF_AN_ACT: [&str; 38] = [
    "said",
    "says",
    "announced",
    "reported",
    "published",
    "released",
    "told",
    "wrote",
    "signed",
    "approved",
    "passed",
    "launched",
    "began",
    "started",
    "ended",
    "opened",
    "closed",
    "resigned",
    "elected",
    "report",
    "statement",
    "interview",
    "speech",
    "hearing",
    "briefing",
    "letter",
    "memo",
    "study",
    "survey",
    "audit",
    "conference",
    "reporters",
    "lawmakers",
    "congress",
    "parliament",
    "court",
    "office",
    "effect",
];

/// Whether the words belong to something else than the claim's number, or the sentence gives its period besides.
fn is_beside_the_point(passage: &Passage<'_>, relative: &Relative, declared: &Period) -> bool {
    let before = passage.before(relative.span).trim_end();
    // "of the same period last year", "in late last month": the words that lead to it.
    let lead = words_of(before).rev().find(|word| !is_any(word, &["in", "the", "of", "during"]));
    let lead = lead.unwrap_or_default();
    let (first, last) = (declared.first(), declared.last());
    let is_named = words_of(passage.whole()).any(|word| {
        let year = word.parse().ok();
        let is_month = declared.days() <= 31 && !relative.names_month() && word == month_name(first);
        year == Some(first.year()) || year == Some(last.year()) || is_month
    });
    is_named
        || passage.is_quoted(relative.span)
        || !passage.is_about_claim(relative.span)
        || is_any(lead, &NOT_ITS)
        || is_any(lead, &OF_AN_ACT)
}

/// "in the first 100 days", where the rule's period has another number of days.
fn first_days(passage: &Passage<'_>, declared: &Period) -> Option<(Span, String, String)> {
    let mut lengths = passage.numbers().iter().filter(|number| {
        number.kind == Kind::Duration && words_of(passage.before(number.words())).next_back() == Some("first")
    });
    let (Some(length), None) = (lengths.next(), lengths.next()) else { return None };
    let Reading::One(written) = length.reading else { return None };
    let (days, one) = (length.factor.kept(written.value)?, length.factor.kept(Decimal::ONE)?);
    let off = (days - Decimal::from(declared.days())).abs();
    let is_other = length.unit == Unit::DAYS && off >= one && declared.kind() == PeriodKind::Days;
    if !is_other || passage.is_quoted(length.span) || !passage.is_about_claim(length.span) {
        return None;
    }
    let means = format!("{} days", days.normalize());
    let message =
        format!("the sentence is about the first {means}; the rule's period has {}", declared.days());
    Some((length.words(), means, message))
}
