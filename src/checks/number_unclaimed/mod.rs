//! A number of the draft that no rule is about.

use super::Check;
use crate::assessment::{Draft, Fate, Story};
use crate::claim::Demands;
use crate::finding::{Finding, Severity};
use crate::mention::Mention;
use crate::number::Decimal;
use crate::text::Span;

pub(super) const CHECK: Check =
    Check { slug: "number-unclaimed", severity: Severity::Note, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let Some(draft) = story.draft else { return Vec::new() };
    let demands = story.demands;
    let fates = story.coverage.fates.iter().zip(&draft.survey.mentions);
    let found = fates.filter(|(fate, mention)| **fate == Fate::Unclaimed && demands.demands(mention.kind));
    let mut findings: Vec<Finding> = found
        .map(|(_, mention)| {
            unclaimed(draft, demands, mention)
                .help("write the claim that it rests on, or an [[ignore]] with the reason that it needs none")
        })
        .collect();
    findings.extend(too_few(story, draft, demands));
    findings
}

/// What this check says of a number that no claim is about, whether it needs one or not.
pub fn unclaimed(draft: &Draft<'_>, demands: &Demands, mention: &Mention) -> Finding {
    let words = mention.words().of(draft.prose.text());
    Finding::new(CHECK.slug, demands.severity, format!("no claim is about \"{words}\""))
        .label(draft.label(mention.words(), ""))
}

/// That less of the draft is accounted for than the project asks.
fn too_few(story: &Story<'_>, draft: &Draft<'_>, demands: &Demands) -> Option<Finding> {
    let minimum = demands.minimum?;
    let counts = story.coverage.counts(draft);
    let quantities = counts.total() - counts.excluded;
    let accounted = quantities - counts.unclaimed;
    let share = Decimal::from(accounted).checked_div(Decimal::from(quantities))?;
    if share >= minimum {
        return None;
    }
    let percent = |share: Decimal| (share * Decimal::ONE_HUNDRED).round_dp(1).normalize();
    let message = format!(
        "{accounted} of {quantities} quantities are accounted for, {}%; the project asks for {}%",
        percent(share),
        percent(minimum)
    );
    let title = Span::new(0, draft.prose.text().find('\n').unwrap_or(draft.prose.text().len()));
    Some(Finding::new(CHECK.slug, Severity::Error, message).label(draft.label(title, "in this draft")))
}
