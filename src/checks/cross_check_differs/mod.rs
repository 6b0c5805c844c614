//! Two ways to one number that do not agree.

use super::Check;
use super::told::source_labels;
use super::wording::{kept_in_words, quantity_in_words};
use crate::assessment::{CrossCheck, CrossDifference, Story};
use crate::finding::{Finding, Role, Severity};
use crate::number::{Decimal, Interval};
use crate::unit::Unit;

pub(super) const CHECK: Check =
    Check { slug: "cross-check-differs", severity: Severity::Error, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    story.crosses.iter().map(|cross| finding(story, cross)).collect()
}

fn finding(story: &Story<'_>, cross: &CrossCheck<'_>) -> Finding {
    let told = |(nominal, range, unit): (Decimal, Interval, Unit)| kept_in_words(nominal, &range, unit);
    let (own, other) = (told(cross.own), told(cross.other));
    let message = format!("the figure `{}` is {own}, and `{}` gives {other}", cross.name, cross.formula);
    let severity = match cross.difference {
        CrossDifference::Value | CrossDifference::Unit => CHECK.severity,
        CrossDifference::Rounding => Severity::Note,
    };
    let mut finding = Finding::new(CHECK.slug, severity, message).label(cross.file.label(
        Role::Rule,
        cross.span,
        format!("gives {other}"),
    ));
    finding.labels.extend(source_labels(story, &cross.figures));
    let width = cross.name.chars().count().max(cross.formula.chars().count());
    let mut sides = format!("{:>width$}  is    {own}\n{:>width$}  gives {other}", cross.name, cross.formula);
    if let (false, Some(apart)) = (cross.difference == CrossDifference::Unit, apart(cross)) {
        sides.push_str(&["\n", &" ".repeat(width.saturating_sub(5)), "apart  by    ", &apart].concat());
    }
    finding.note(sides).help(match cross.difference {
        CrossDifference::Value => {
            "one of the two is wrong, or they count something else: find out which before either is printed"
        }
        CrossDifference::Rounding => {
            "the digits printed may have been rounded: `precision` says how finely the figure is known"
        }
        CrossDifference::Unit => "say the unit of both sides, and convert one into the other",
    })
}

/// How far apart the two are, nearest to nearest.
fn apart(cross: &CrossCheck<'_>) -> Option<String> {
    let ((own, own_range, unit), (other, other_range, _)) = (cross.own, cross.other);
    let nearest = other_range.distance(own).min(own_range.distance(other));
    let written = nearest.checked_mul(Decimal::from(unit.written_factor()))?;
    let in_unit = if unit == Unit::Percent { Unit::Points } else { unit };
    Some(quantity_in_words(written, in_unit))
}
