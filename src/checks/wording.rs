//! Values and places put into words, for all checks alike.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::assessment::{Assessment, Judged, Story};
use crate::finding::{Excerpt, Finding, Label, Role};
use crate::formula::ScopeIssue;
use crate::mention::Mention;
use crate::number::{High, Interval, Low, numeral_at};
use crate::text::Span;
use crate::unit::{Currency, Unit};

/// The unit that values are told in: by its name, or by the words of the draft where those are of another size than what
/// quantities are kept in ("weeks", kept in days).
#[derive(Clone, Copy, Debug)]
pub struct ToldIn<'t> {
    unit: Unit,
    words: Option<&'t str>,
}

impl From<Unit> for ToldIn<'_> {
    fn from(unit: Unit) -> Self {
        Self { unit, words: None }
    }
}

impl<'t> ToldIn<'t> {
    /// The unit of a number in `text`, and of values held against it; `computed` where the number has none.
    pub fn of(mention: &Mention, text: &'t str, computed: Unit) -> Self {
        if mention.unit == Unit::Bare {
            return computed.into();
        }
        let one = mention.factor.kept(Decimal::from(mention.unit.written_factor()));
        let is_of_other_size = one != Some(Decimal::ONE);
        let own = mention.span.of(text);
        let number = own.find(|c: char| c.is_ascii_alphanumeric()).filter(|_| is_of_other_size);
        let end = number.and_then(|at| numeral_at(own, at)).map(|numeral| numeral.end);
        let words =
            end.and_then(|end| own.get(end..)).map(|words| words.trim_start_matches([' ', '-', '\u{a0}']));
        Self { unit: mention.unit, words: words.filter(|words| !words.is_empty()) }
    }

    /// As reports name it.
    pub fn name(&self) -> Cow<'t, str> {
        match self.words {
            Some(words) if currency(self.unit).is_none() => words.into(),
            Some(_) => self.to_string().into(),
            None => self.unit.name(),
        }
    }
}

impl fmt::Display for ToldIn<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.words, currency(self.unit)) {
            (Some(words), Some(currency)) => write!(out, "{currency} {words}"),
            (Some(words), None) => out.write_str(words),
            (None, _) => write!(out, "{}", self.unit),
        }
    }
}

fn currency(unit: Unit) -> Option<Currency> {
    if let Unit::Of(dimension) = unit { dimension.currency() } else { None }
}

/// A value with its unit as people write it: `5.56%`, `USD 9,500,000,000`, `70 days`. At most six digits after the
/// point that say something.
pub fn quantity_in_words<'t>(value: Decimal, unit: impl Into<ToldIn<'t>>) -> String {
    let number = number(value);
    let ToldIn { unit, words } = unit.into();
    if let Some(words) = words {
        let currency = currency(unit).map_or_else(String::new, |currency| format!("{currency} "));
        return format!("{currency}{number} {words}");
    }
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
pub fn interval_in_words<'t>(interval: &Interval, unit: impl Into<ToldIn<'t>>) -> String {
    let unit = unit.into();
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
pub(super) fn unit_of<'s>(story: &'s Story<'_>, judged: &Judged) -> ToldIn<'s> {
    match (&judged.mention, story.draft) {
        (Some(mention), Some(draft)) => ToldIn::of(mention, draft.prose.text(), judged.value.unit),
        _ => judged.value.unit.into(),
    }
}

/// The words that are judged, as they stand in the draft.
pub(super) fn words<'s>(story: &'s Story<'_>, judged: &Judged) -> &'s str {
    story.draft.map_or("", |draft| judged.words.of(draft.prose.text()))
}

/// The computed value, or where it lies.
pub(super) fn computed(story: &Story<'_>, judged: &Judged) -> String {
    let unit = unit_of(story, judged);
    match judged.held.range.as_point() {
        Some(_) => quantity_in_words(judged.held.nominal, unit),
        None => interval_in_words(&judged.held.range, unit),
    }
}

/// Both sides aligned: what the words allow, what the figures give, how far apart they are.
pub(super) fn both_sides(story: &Story<'_>, assessment: &Assessment<'_>, judged: &Judged) -> String {
    let unit = unit_of(story, judged);
    let words = format!("\"{}\"", words(story, judged));
    let formula = assessment.claim.formula.value.to_string();
    let width = words.chars().count().max(formula.chars().count());
    let pad = |text: &str| format!("{text}{}", " ".repeat(width.saturating_sub(text.chars().count())));
    let allowed = interval_in_words(&judged.held.allowed.whole, unit);
    let mut lines = vec![
        format!("  words: {}  allow {allowed}", pad(&words)),
        format!("figures: {}  give {}", pad(&formula), computed(story, judged)),
    ];
    let distance = judged.judgement().distance;
    if !distance.is_zero() {
        let unit = if unit.unit == Unit::Percent { Unit::Points.into() } else { unit };
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
    let mut finding = finding.label(story.rules.label(
        Role::Rule,
        formula.span,
        format!("gives {}", computed(story, judged)),
    ));
    let figures = judged.figures.iter().filter_map(|at| story.figures.get(*at));
    for figure in figures {
        if let Some((path, answer)) = figure.table {
            for cell in answer.cells() {
                let text = cell.text.to_string();
                let line = usize::try_from(cell.line).unwrap_or(usize::MAX);
                let excerpt = Excerpt::of_line(line, &text, Span::new(0, text.len()));
                finding = finding.label(Label {
                    role: Role::Source,
                    path: Arc::clone(path),
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

/// Where the rule says what a claim counts in a facet: the claim, or else the story.
pub(super) fn scope_label(
    story: &Story<'_>,
    assessment: &Assessment<'_>,
    facet: &str,
    text: impl Into<String>,
) -> Label {
    let own = assessment.claim.scope.as_ref();
    let key = own.and_then(|scope| scope.value.iter().find(|(name, _)| &*name.value.0 == facet));
    let story_wide = story.default_scope.filter(|_| key.is_none());
    let span = match (key, story_wide) {
        (Some((name, members)), _) => members.0.iter().fold(name.span, |all, member| all.join(member.span)),
        (None, Some(scope)) => scope,
        (None, None) => assessment.claim.quote.span,
    };
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
