//! A figure that counts something else than the claim says.

use super::told::Told;
use super::wording::{difference, sides};
use super::{Check, judged};
use crate::assessment::{Assessment, Disclosure, Judged, Story};
use crate::finding::{Finding, Severity};
use crate::scope::FacetComparison;

pub(super) const CHECK: Check =
    Check { slug: "scope-differs", severity: Severity::Error, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let differing = judged(story).filter(|(_, judged)| judged.differing().next().is_some());
    differing.flat_map(|(assessment, judged)| findings(story, assessment, judged)).collect()
}

/// One finding for what the draft discloses, one for what it does not.
fn findings(story: &Story<'_>, assessment: &Assessment<'_>, judged: &Judged) -> Vec<Finding> {
    let (told, untold): (Vec<_>, Vec<_>) =
        judged.differing().partition(|facet| judged.is_disclosed(story.facets, facet));
    let mut findings = Vec::new();
    if !untold.is_empty() {
        let finding = finding(story, assessment, judged, &untold);
        findings.push(finding.help(match judged.disclosure {
            Disclosure::Gone => "the passage that disclosed it is gone from the draft: restore it, or correct the claim",
            Disclosure::Told { .. } => "the passage that discloses it does not name all of them",
            Disclosure::None => "say in the draft what the figure counts (and name that passage in `disclosed`), or find the figure for what the claim says",
        }));
    }
    if !told.is_empty() {
        let mut finding = Finding { severity: Severity::Note, ..finding(story, assessment, judged, &told) };
        if let (Disclosure::Told { place, .. }, Some(draft)) = (&judged.disclosure, story.draft) {
            finding = finding.label(draft.label(*place, "the draft says so here"));
        }
        findings.push(finding);
    }
    findings
}

fn finding(
    story: &Story<'_>,
    assessment: &Assessment<'_>,
    judged: &Judged,
    facets: &[&FacetComparison],
) -> Finding {
    let differences: Vec<String> = facets.iter().map(|facet| difference(facet)).collect();
    let told = Told::of(story, assessment, judged);
    let message = format!("the figure for \"{}\" {}", told.words, differences.join("; it "));
    let mut finding = CHECK.finding(story, assessment, message);
    for facet in facets {
        let (claim, figure) = (facet.claim.as_deref().unwrap_or("-"), facet.figure.as_deref().unwrap_or("-"));
        finding = finding.note(sides(&facet.facet, ("claim", claim), ("figure", figure)));
    }
    told.with_sources(finding)
}
