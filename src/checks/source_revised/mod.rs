//! A claim that holds by the figure of its day, which has been revised since.

use super::Check;
use super::told::Told;
use super::wording::kept_in_words;
use crate::assessment::{Assessment, Revision, State, Story};
use crate::finding::{Finding, Role, Severity};
use crate::formula::Quantity;
use crate::hedge::Verdict;

pub(super) const CHECK: Check =
    Check { slug: "source-revised", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let claims = story.assessments.iter().zip(&story.revisions.verdicts).enumerate();
    claims.filter_map(|(at, (assessment, later))| finding(story, at, assessment, *later)).collect()
}

fn finding(story: &Story<'_>, at: usize, assessment: &Assessment<'_>, later: Verdict) -> Option<Finding> {
    let rests = |revision: &&Revision<'_>| revision.claims.contains(&at);
    let revised: Vec<&Revision<'_>> = story.revisions.figures.iter().filter(rests).collect();
    let newest = revised.iter().max_by_key(|revision| revision.on)?;
    let State::Judged(judged) = &assessment.state else { return None };
    let (words, now) = (Told::of(story, assessment, judged).words, assessment.verdict());
    let turns = if later == now { "the claim is" } else { "the claim would be" };
    let message = format!(
        "the figure behind \"{words}\" was revised on {}: by the later version {turns} {}",
        newest.on,
        if later == now { format!("{} all the same", later.name()) } else { later.name().to_owned() }
    );
    let mut finding = CHECK.finding(story, assessment, message);
    if later == now {
        finding.severity = Severity::Note;
    }
    for revision in &revised {
        let mut text = format!("is {} from {} on", told(&revision.later), revision.on);
        if let Some(note) = revision.note {
            text.extend([" (", note, ")"]);
        }
        finding = finding.label(revision.file.label(Role::Rule, revision.span, text));
    }
    let versions = revised.iter().map(|revision| {
        let Revision { name, on, now, later, .. } = revision;
        format!("{name}\n  when published: {}\n  from {on}: {}", told(now), told(later))
    });
    finding = versions.fold(finding, Finding::note);
    Some(finding.help("the claim is held against the version that was current when the story was published; say in the story that the figure was revised, or update it and its `published`"))
}

fn told(quantity: &Quantity) -> String {
    kept_in_words(quantity.nominal, &quantity.range, quantity.unit)
}
