//! Values and places put into words, for all checks alike.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::assessment::{Assessment, Judged, Story};
use crate::finding::{Excerpt, Finding, Label, Role};
use crate::formula::ScopeIssue;
use crate::number::{High, Interval, Low};
use crate::text::Span;
use crate::unit::Unit;

/// A value with its unit as people write it: `5.56%`, `USD 9,500,000,000`, `70 days`. At most six digits after the
/// point that say something.
pub fn quantity_in_words(value: Decimal, unit: Unit) -> String {
    let number = number(value);
    match unit {
        Unit::Percent => format!("{number}%"),
        Unit::Points => format!("{number} percentage points"),
        Unit::Bare | Unit::Ratio => number,
        Unit::Per(many) => format!("{number} per {}", self::number(Decimal::from(many))),
        Unit::Of(dimension) if dimension.currency().is_some() => {
            let text = unit.to_string();
            let (currency, rest) =
                text.split_once(' ').map_or((text.as_str(), ""), |(currency, rest)| (currency, rest));
            if rest.is_empty() {
                format!("{currency} {number}")
            } else {
                format!("{currency} {number} {rest}")
            }
        }
        Unit::Of(_) => {
            let text = unit.to_string();
            match text.strip_prefix("count").or_else(|| text.strip_prefix("number")) {
                Some(rest) => format!("{number}{rest}"),
                None => format!("{number} {text}"),
            }
        }
    }
}

/// What an interval holds: `from 4.5% to 5.5%`, `more than 117,000`.
pub fn interval_in_words(interval: &Interval, unit: Unit) -> String {
    let told = |value| quantity_in_words(value, unit);
    if let Some(point) = interval.as_point() {
        return format!("exactly {}", told(point));
    }
    match (interval.low(), interval.high()) {
        (Low::Unbounded, High::Unbounded) => "any value".to_owned(),
        (Low::Unbounded, High::At(high)) => format!("{} or less", told(high)),
        (Low::Unbounded, High::Below(high)) => format!("less than {}", told(high)),
        (Low::At(low), High::Unbounded) => format!("{} or more", told(low)),
        (Low::Above(low), High::Unbounded) => format!("more than {}", told(low)),
        (Low::At(low), High::At(high)) => format!("from {} to {}", told(low), told(high)),
        (Low::Above(low), High::At(high)) => format!("above {}, up to {}", told(low), told(high)),
        (Low::At(low), High::Below(high)) => format!("from {} to below {}", told(low), told(high)),
        (Low::Above(low), High::Below(high)) => format!("between {} and {}", told(low), told(high)),
    }
}

/// A number with separators and at most six decimals that say something.
fn number(value: Decimal) -> String {
    let digits = if value.abs() >= Decimal::ONE_HUNDRED { 4 } else { 6 };
    let rounded = value.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero).normalize();
    let rounded = if rounded.is_zero() { value.normalize() } else { rounded };
    let text = rounded.to_string();
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |text| ("−", text));
    let (whole, decimals) = text.split_once('.').map_or((text, ""), |(whole, decimals)| (whole, decimals));
    let mut grouped = String::with_capacity(text.len() + 4);
    grouped.push_str(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !decimals.is_empty() {
        grouped.push('.');
        grouped.push_str(decimals);
    }
    grouped
}

/// The unit in which words and value stand side by side.
pub(super) fn unit_of(judged: &Judged) -> Unit {
    match judged.mention {
        Some(mention) if mention.unit != Unit::Bare => mention.unit,
        _ => judged.value.unit,
    }
}

/// The words that are judged, as they stand in the draft.
pub(super) fn words<'s>(story: &'s Story<'_>, judged: &Judged) -> &'s str {
    story.draft.map_or("", |draft| judged.words.of(draft.prose.text()))
}

/// The computed value, or where it lies.
pub(super) fn computed(judged: &Judged) -> String {
    let unit = unit_of(judged);
    match judged.held.range.as_point() {
        Some(_) => quantity_in_words(judged.held.nominal, unit),
        None => interval_in_words(&judged.held.range, unit),
    }
}

/// Both sides aligned: what the words allow, what the figures give, how far apart they are.
pub(super) fn both_sides(story: &Story<'_>, assessment: &Assessment<'_>, judged: &Judged) -> String {
    let unit = unit_of(judged);
    let words = format!("\"{}\"", words(story, judged));
    let formula = assessment.claim.formula.value.to_string();
    let width = words.chars().count().max(formula.chars().count());
    let pad = |text: &str| format!("{text}{}", " ".repeat(width.saturating_sub(text.chars().count())));
    let allowed = interval_in_words(&judged.held.allowed.whole, unit);
    let mut lines = vec![
        format!("  words: {}  allow {allowed}", pad(&words)),
        format!("figures: {}  give {}", pad(&formula), computed(judged)),
    ];
    let distance = judged.judgement().distance;
    if !distance.is_zero() {
        let unit = if unit == Unit::Percent { Unit::Points } else { unit };
        lines.push(format!("  apart: {}", quantity_in_words(distance, unit)));
    }
    lines.join("\n")
}

/// The finding with the formula in the rule, and each source cell with its file and line.
pub(super) fn with_sources(
    finding: Finding,
    story: &Story<'_>,
    assessment: &Assessment<'_>,
    judged: &Judged,
) -> Finding {
    let formula = &assessment.claim.formula;
    let mut finding =
        finding.label(story.rules.label(Role::Rule, formula.span, format!("gives {}", computed(judged))));
    let figures = judged.figures.iter().filter_map(|at| story.figures.get(*at));
    for figure in figures {
        if let Some((path, answer)) = &figure.table {
            for cell in answer.cells() {
                let text = cell.text.to_string();
                let line = usize::try_from(cell.line).unwrap_or(usize::MAX);
                let excerpt = Excerpt::of_line(line, &text, Span::new(0, text.len()));
                finding = finding.label(Label {
                    role: Role::Source,
                    path: path.clone(),
                    excerpt,
                    text: figure.name.to_string(),
                });
            }
        } else if let Some((file, span)) = figure.defined {
            finding = finding.label(file.label(Role::Rule, span, "stated here"));
        }
    }
    finding
}

/// The part of the formula that an issue is in, in the rule file.
pub(super) fn formula_label(
    story: &Story<'_>,
    assessment: &Assessment<'_>,
    issue: &ScopeIssue,
    text: &str,
) -> Label {
    let formula = &assessment.claim.formula;
    let written = formula.span.of(&story.rules.text);
    let offset = written.find(&*formula.value.0).filter(|_| !formula.value.is_empty());
    let span = offset.map_or(formula.span, |offset| issue.span.shift(formula.span.start as usize + offset));
    story.rules.label(Role::Rule, span, text)
}

/// Two sides of a facet, aligned.
pub(super) fn sides(facet: &str, left: (&str, &str), right: (&str, &str)) -> String {
    let width = left.0.len().max(right.0.len());
    format!("{facet}\n  {:>width$}: {}\n  {:>width$}: {}", left.0, left.1, right.0, right.1)
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::unit::Currency;

    #[test]
    fn values_read_as_people_write_them() {
        assert_eq!(quantity_in_words(dec!(5.5555555555), Unit::Percent), "5.555556%");
        assert_eq!(quantity_in_words(dec!(-12347), Unit::COUNT), "−12,347");
        assert_eq!(quantity_in_words(dec!(9500000000), Unit::money(Currency::USD)), "USD 9,500,000,000");
        assert_eq!(quantity_in_words(dec!(70), Unit::DAYS), "70 days");
        assert_eq!(quantity_in_words(dec!(0.00000001), Unit::Ratio), "0.00000001");
        assert_eq!(interval_in_words(&Interval::above(dec!(117000)), Unit::COUNT), "more than 117,000");
        assert_eq!(
            interval_in_words(&Interval::closed(dec!(4.5), dec!(5.5)), Unit::Percent),
            "from 4.5% to 5.5%"
        );
    }
}
