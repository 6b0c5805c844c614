//! Checks: each looks at the assessments of a story and says one kind of thing about them. A check is a folder with its
//! code and its page, and a line in [`ALL`].

mod arithmetic_inconsistent;
mod claim_unchecked;
mod coarse_rounding;
mod cumulative_summed;
mod difference_within_margin;
mod cross_check_differs;
mod direction_differs;
mod double_counting;
mod duplicate_rows;
mod hedge_dropped;
mod hedge_stretched;
mod hedge_understates;
mod hidden_cells;
mod ignore_unused;
mod ignore_without_reason;
mod missing_periods;
mod mixed_scopes;
mod mixed_units;
mod nominal_across_years;
mod number_unclaimed;
mod part_outside_whole;
mod passage;
mod period_drifted;
mod provenance_missing;
mod quote_ambiguous;
mod quote_not_found;
mod record_refuted;
mod rounding_sensitive;
mod scope_differs;
mod scope_undeclared;
mod scope_wording;
mod second_copy_differs;
mod suspicious_count;
mod source_changed;
mod source_revised;
mod source_stale;
mod told;
mod total_among_parts;
mod trapped;
mod unequal_periods;
mod unit_differs;
mod unused_figure;
mod value_refuted;
mod value_truncated;
mod value_undecided;
mod wording;

pub use number_unclaimed::unclaimed;
pub use wording::{
    ToldIn, difference, interval_in_words, kept_in_words, quantity_in_words, reading_in_words,
};

use std::cmp::Reverse;

use crate::assessment::{Assessment, Judged, State, Story};
use crate::claim::{Complaint, Level, Spanned};
use crate::finding::{Finding, Severity};
use crate::formula::ScopeIssue;
use crate::text::nearest;

/// Every check, in the order of the list that `factcheck explain` prints.
pub const ALL: [&Check; 42] = [
    &quote_not_found::CHECK,
    &quote_ambiguous::CHECK,
    &claim_unchecked::CHECK,
    &value_refuted::CHECK,
    &value_undecided::CHECK,
    &record_refuted::CHECK,
    &value_truncated::CHECK,
    &coarse_rounding::CHECK,
    &rounding_sensitive::CHECK,
    &direction_differs::CHECK,
    &difference_within_margin::CHECK,
    &hedge_stretched::CHECK,
    &hedge_understates::CHECK,
    &hedge_dropped::CHECK,
    &unit_differs::CHECK,
    &scope_differs::CHECK,
    &scope_undeclared::CHECK,
    &scope_wording::CHECK,
    &period_drifted::CHECK,
    &mixed_scopes::CHECK,
    &double_counting::CHECK,
    &unequal_periods::CHECK,
    &nominal_across_years::CHECK,
    &part_outside_whole::CHECK,
    &duplicate_rows::CHECK,
    &total_among_parts::CHECK,
    &cumulative_summed::CHECK,
    &suspicious_count::CHECK,
    &missing_periods::CHECK,
    &mixed_units::CHECK,
    &cross_check_differs::CHECK,
    &source_changed::CHECK,
    &source_revised::CHECK,
    &source_stale::CHECK,
    &provenance_missing::CHECK,
    &hidden_cells::CHECK,
    &unused_figure::CHECK,
    &arithmetic_inconsistent::CHECK,
    &second_copy_differs::CHECK,
    &number_unclaimed::CHECK,
    &ignore_unused::CHECK,
    &ignore_without_reason::CHECK,
];

/// A check.
#[derive(Debug)]
pub struct Check {
    /// Its name, in kebab case.
    pub slug: &'static str,
    /// How much its findings weigh, unless settings or the finding say otherwise.
    pub severity: Severity,
    /// Its page.
    pub page: &'static str,
    /// Looks at a story.
    run: fn(&Story<'_>) -> Vec<Finding>,
}

/// The checks with the severities that a project gives them.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    /// What the settings say, by slug.
    levels: Vec<(&'static str, Level)>,
}

/// The check of a slug.
pub fn named(slug: &str) -> Option<&'static Check> {
    ALL.into_iter().find(|check| check.slug == slug)
}

/// The slug that is most like another.
pub fn nearest_slug(slug: &str) -> Option<&'static str> {
    nearest(slug, ALL.iter().map(|check| check.slug))
}

impl Registry {
    /// With the levels of a settings file; a slug that is none is complained of.
    pub fn with(levels: &[(Spanned<String>, Level)]) -> Result<Self, Vec<Complaint>> {
        let mut registry = Self::default();
        let mut complaints = Vec::new();
        for (slug, level) in levels {
            match named(&slug.value) {
                Some(check) => registry.levels.push((check.slug, *level)),
                None => {
                    let complaint = Complaint::new(slug.span, format!("unknown check `{}`", slug.value));
                    complaints.push(match nearest_slug(&slug.value) {
                        Some(near) => complaint.help(format!("did you mean `{near}`?")),
                        None => complaint.help("`factcheck explain` lists the checks"),
                    });
                }
            }
        }
        if complaints.is_empty() { Ok(registry) } else { Err(complaints) }
    }

    /// Runs every check that is not off, and sorts what they find by its place in the draft.
    pub fn run(&self, story: &Story<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for check in ALL {
            let level = self.levels.iter().find(|(slug, _)| *slug == check.slug).map(|(_, level)| *level);
            if level == Some(Level::Off) {
                continue;
            }
            let given = level.and_then(Level::severity);
            findings.extend((check.run)(story).into_iter().map(|finding| weighed(finding, check, given)));
        }
        let place =
            |finding: &Finding| finding.labels.first().map(|label| (label.role as u8, label.excerpt.in_file));
        findings.sort_by_key(|finding| (place(finding), Reverse(finding.severity)));
        findings
    }
}

/// A project's severity replaces the check's; a finding that weighs less than its check keeps to that, at the most.
fn weighed(mut finding: Finding, check: &Check, given: Option<Severity>) -> Finding {
    if let Some(given) = given {
        finding.severity =
            if finding.severity == check.severity { given } else { finding.severity.min(given) };
    }
    finding
}

impl Check {
    /// What it reports, in a sentence: the first of its page.
    pub fn summary(&self) -> &'static str {
        let line = self.page.lines().skip(1).find(|line| !line.trim().is_empty()).unwrap_or_default();
        line.split_once(". ").map_or(line, |(first, _)| first).trim_end_matches('.')
    }

    /// A finding of this check about a claim, pointing at its words in the draft and at a key of its rule.
    fn finding(&self, story: &Story<'_>, assessment: &Assessment<'_>, message: impl Into<String>) -> Finding {
        let finding = Finding::new(self.slug, self.severity, message).about(&assessment.claim.id.value);
        match (&assessment.state, story.draft) {
            (State::Judged(judged), Some(draft)) => finding.label(draft.label(judged.words, "")),
            _ => finding,
        }
    }
}

/// The claims of a story that were judged.
fn judged<'s>(story: &'s Story<'_>) -> impl Iterator<Item = (&'s Assessment<'s>, &'s Judged)> {
    story.assessments.iter().filter_map(|assessment| match &assessment.state {
        State::Judged(judged) => Some((assessment, &**judged)),
        State::Unchecked(_) => None,
    })
}

/// The issues that scopes raise, with the claims that they are in.
fn issues<'s>(
    story: &'s Story<'_>,
) -> impl Iterator<Item = (&'s Assessment<'s>, &'s Judged, &'s ScopeIssue)> {
    judged(story).flat_map(|(assessment, judged)| {
        judged.value.issues.iter().map(move |issue| (assessment, judged, issue))
    })
}

#[cfg(test)]
mod tests;
