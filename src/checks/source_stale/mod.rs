//! A source that may have been overtaken.

use super::Check;
use super::passage::{Passage, is_any, words};
use crate::assessment::{SourceFacts, State, Story};
use crate::claim::{RawStatus, Spanned};
use crate::finding::{Finding, Role, Severity};
use crate::text::Span;

pub(super) const CHECK: Check =
    Check { slug: "source-stale", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let of_sources = story.sources.iter().flat_map(|source| [rechecked(story, source), ended(story, source)]);
    let of_claims = story.sources.iter().flat_map(|source| preliminary(story, source));
    of_sources.flatten().chain(of_claims).collect()
}

/// The day on which somebody should have looked has come.
fn rechecked(story: &Story<'_>, source: &SourceFacts<'_>) -> Option<Finding> {
    let by = source.raw.recheck_by.as_ref().filter(|by| by.value.0 <= story.today)?;
    let message = format!("the source `{}` should have been looked at again by {}", source.name, by.value.0);
    Some(about(source, by.span, message).help(
        "look whether there is a newer version; then set another `recheck_by`, and `retrieved` to the day on which you looked",
    ))
}

/// Its numbers end long before the story was published.
fn ended(story: &Story<'_>, source: &SourceFacts<'_>) -> Option<Finding> {
    let (published, lasting) = (story.published?, story.stale_after?);
    let as_of = source.raw.as_of.as_ref()?;
    lasting.before(published).filter(|earliest| as_of.value.0 < *earliest)?;
    let message = format!(
        "the source `{}` is as of {}, more than {lasting} before the story was published on {published}",
        source.name, as_of.value.0
    );
    Some(
        about(source, as_of.span, message)
            .help("look for newer numbers, or say in the story of which day these are"),
    )
}

fn about(source: &SourceFacts<'_>, span: Span, message: String) -> Finding {
    let (file, _) = source.defined;
    Finding::new(CHECK.slug, CHECK.severity, message).label(file.label(Role::Rule, span, ""))
}

/// Words by which a sentence tells its readers that a number may change.
const TOLD: [&str; 15] = [
    "preliminary",
    "provisional",
    "provisionally",
    "preliminarily",
    "early",
    "initial",
    "initially",
    "tentative",
    "unofficial",
    "interim",
    "estimate",
    "estimated",
    "estimates",
    "flash",
    "advance",
];

/// Claims on numbers that may change, whose sentence does not say so.
fn preliminary(story: &Story<'_>, source: &SourceFacts<'_>) -> Vec<Finding> {
    let status = source.raw.status.as_ref().filter(|status| status.value == RawStatus::Preliminary);
    let Some(Spanned { span, .. }) = status else { return Vec::new() };
    let untold =
        source.claims.iter().filter_map(|claim| {
            let assessment = story.assessments.get(*claim)?;
            let State::Judged(judged) = &assessment.state else { return None };
            let passage = Passage::of(story, judged)?;
            if words(passage.whole()).any(|word| is_any(word, &TOLD)) {
                return None;
            }
            let message =
                format!("the numbers of `{}` are preliminary, and the sentence does not say so", source.name);
            let mut finding = CHECK.finding(story, assessment, message);
            finding.severity = Severity::Note;
            let finding = finding.label(source.defined.0.label(Role::Rule, *span, ""));
            Some(finding.help(
                "write \"preliminary\" in the sentence, or say `status = \"final\"` once the numbers are",
            ))
        });
    untold.collect()
}
