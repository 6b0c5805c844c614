//! Words and figures in different units.

use rust_decimal::Decimal;

use super::wording::{quantity_in_words, words};
use super::{Check, judged};
use crate::assessment::{Assessment, Judged, Story, UnitFit};
use crate::finding::{Finding, Role, Severity};
use crate::unit::Unit;

pub(super) const CHECK: Check =
    Check { slug: "unit-differs", severity: Severity::Error, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    judged(story).filter_map(|(assessment, judged)| finding(story, assessment, judged)).collect()
}

fn finding(story: &Story<'_>, assessment: &Assessment<'_>, judged: &Judged) -> Option<Finding> {
    let UnitFit::Differs { said, computed } = judged.held.unit else { return None };
    let words = words(story, judged);
    let message = format!("\"{words}\" is in {said}, and the figures are in {computed}");
    let value = quantity_in_words(judged.value.nominal * Decimal::from(computed.written_factor()), computed);
    let finding =
        CHECK.finding(story, assessment, message).note(format!("  words: {said}\nfigures: {computed}"));
    let finding =
        finding.label(story.rules.label(Role::Rule, assessment.claim.formula.span, format!("gives {value}")));
    Some(finding.help(match (said, computed) {
        (Unit::Percent, Unit::Points) => {
            format!("the difference of two percentages is in points: write \"{value}\", or compute change(before, after)")
        }
        (Unit::Points, Unit::Percent) => "a change in percent is no difference in points: compute points(before, after)".to_owned(),
        (Unit::Of(a), Unit::Of(b)) if a.currency().is_some() && b.currency().is_some() => {
            "multiply by an exchange rate, as a figure with its source".to_owned()
        }
        _ => match said.over(computed) {
            Some(factor @ Unit::Of(_)) => format!("a factor in {factor} would convert the figures"),
            _ => "correct the unit in the draft, or the formula".to_owned(),
        },
    }))
}
