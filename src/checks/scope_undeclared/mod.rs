//! Facets that a figure declares and the claim leaves open.

use super::{Check, judged};
use crate::assessment::Story;
use crate::finding::{Finding, Role, Severity};
use crate::scope::{FacetComparison, Relation};

pub(super) const CHECK: Check =
    Check { slug: "scope-undeclared", severity: Severity::Note, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    judged(story)
        .filter_map(|(assessment, judged)| {
            let is_open =
                |facet: &&FacetComparison| facet.relation == Relation::Undeclared && facet.claim.is_none();
            let open: Vec<&FacetComparison> = judged.facets.iter().filter(is_open).collect();
            if open.is_empty() {
                return None;
            }
            let listed: Vec<String> = open
                .iter()
                .map(|facet| format!("{} = \"{}\"", facet.facet, facet.figure.as_deref().unwrap_or_default()))
                .collect();
            let names: Vec<&str> = open.iter().map(|facet| facet.facet.as_str()).collect();
            let message = format!("the claim does not say its {}; the figure does", names.join(", "));
            let finding = CHECK.finding(story, assessment, message);
            let finding = finding.label(story.rules.label(Role::Rule, assessment.claim.id.span, ""));
            Some(finding.help(format!("if the draft means the same: scope = {{ {} }}", listed.join(", "))))
        })
        .collect()
}
