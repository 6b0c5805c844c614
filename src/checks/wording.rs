//! Values and places put into words, for all checks alike.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::assessment::{Assessment, Judged, Story};
use crate::finding::{Label, Role};
use crate::formula::ScopeIssue;
use crate::mention::Mention;
use crate::number::{High, Interval, Low, Reading, numeral_at};
use crate::scope::{FacetComparison, Relation};
use crate::unit::{Currency, Factor, Unit};

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

    /// The unit of a difference of two such values, which for percentages is in points.
    pub(super) fn of_difference(self) -> Self {
        if self.unit == Unit::Percent { Unit::Points.into() } else { self }
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
    Affixes::of(unit.into()).quantity(value)
}

/// A quantity as it is kept, as people write it; where it is uncertain, where it lies.
pub fn kept_in_words(nominal: Decimal, range: &Interval, unit: Unit) -> String {
    let factor = Decimal::from(unit.written_factor());
    let written = |value: Decimal| value.checked_mul(factor);
    match (range.as_point(), range.map(written)) {
        (None, Some(range)) => interval_in_words(&range, unit),
        _ => quantity_in_words(written(nominal).unwrap_or(nominal), unit),
    }
}

/// What an interval holds: `from 4.5% to 5.5%`, `more than 117,000`.
pub fn interval_in_words<'t>(interval: &Interval, unit: impl Into<ToldIn<'t>>) -> String {
    Affixes::of(unit.into()).interval(interval)
}

/// A mention's value with its unit, as it was read in `text`.
pub fn reading_in_words(text: &str, mention: &Mention) -> String {
    let unit = mention.unit_name(text);
    let told = |value: Decimal| match (&unit, mention.factor == Factor::ONE) {
        (Some(unit), false) => format!("{} {unit}", quantity_in_words(value, Unit::Bare)),
        _ => quantity_in_words(value, mention.unit),
    };
    match mention.reading {
        Reading::One(one) => told(one.value),
        Reading::Margin(one, margin) => format!("{} ± {}", told(one.value), told(margin)),
        Reading::Range(low, high) => format!("{} to {}", told(low.value), told(high.value)),
        Reading::Vague(interval) => interval_in_words(&interval, mention.unit),
    }
}

/// What stands before and after the number of every value of one unit, spaces included.
pub(super) struct Affixes {
    before: String,
    after: String,
}

impl Affixes {
    pub(super) fn of(ToldIn { unit, words }: ToldIn<'_>) -> Self {
        let (before, after) = match (words, unit) {
            (Some(words), _) => {
                let before = currency(unit).map_or_else(String::new, |currency| format!("{currency} "));
                (before, [" ", words].concat())
            }
            (None, Unit::Percent) => (String::new(), "%".to_owned()),
            (None, Unit::Points) => (String::new(), " percentage points".to_owned()),
            (None, Unit::Bare | Unit::Ratio) => (String::new(), String::new()),
            (None, Unit::Per(many)) => {
                let mut after = " per ".to_owned();
                push_number(&mut after, Decimal::from(many));
                (String::new(), after)
            }
            (None, Unit::Of(dimension)) => {
                let name = unit.to_string();
                if dimension.currency().is_some() {
                    let (currency, rest) = name.split_at(name.find(' ').unwrap_or(name.len()));
                    ([currency, " "].concat(), rest.to_owned())
                } else {
                    let rest = name.strip_prefix("count").or_else(|| name.strip_prefix("number"));
                    (String::new(), rest.map_or_else(|| [" ", &name].concat(), str::to_owned))
                }
            }
        };
        Self { before, after }
    }

    pub(super) fn quantity(&self, value: Decimal) -> String {
        self.quantities("", [value], [""])
    }

    pub(super) fn interval(&self, interval: &Interval) -> String {
        if let Some(point) = interval.as_point() {
            return self.quantities("exactly ", [point], [""]);
        }
        match (interval.low(), interval.high()) {
            (Low::Unbounded, High::Unbounded) => "any value".to_owned(),
            (Low::Unbounded, High::At(high)) => self.quantities("", [high], [" or less"]),
            (Low::Unbounded, High::Below(high)) => self.quantities("less than ", [high], [""]),
            (Low::At(low), High::Unbounded) => self.quantities("", [low], [" or more"]),
            (Low::Above(low), High::Unbounded) => self.quantities("more than ", [low], [""]),
            (Low::At(low), High::At(high)) => self.quantities("from ", [low, high], [" to ", ""]),
            (Low::Above(low), High::At(high)) => self.quantities("above ", [low, high], [", up to ", ""]),
            (Low::At(low), High::Below(high)) => self.quantities("from ", [low, high], [" to below ", ""]),
            (Low::Above(low), High::Below(high)) => self.quantities("between ", [low, high], [" and ", ""]),
        }
    }

    /// Values, with words before the first and behind each.
    fn quantities<const N: usize>(&self, first: &str, values: [Decimal; N], behind: [&str; N]) -> String {
        let mut out = String::with_capacity(64);
        out.push_str(first);
        for (value, behind) in values.into_iter().zip(behind) {
            out.push_str(&self.before);
            push_number(&mut out, value);
            out.push_str(&self.after);
            out.push_str(behind);
        }
        out
    }
}

/// Appends a number with separators and at most six decimals that say something.
fn push_number(out: &mut String, value: Decimal) {
    let places = if value.abs() >= Decimal::ONE_HUNDRED { 4 } else { 6 };
    let rounded = if value.scale() > places {
        let rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        if rounded.is_zero() { value } else { rounded }
    } else {
        value
    };
    let text = rounded.normalize().to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("−", digits));
    let (whole, decimals) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    out.push_str(sign);
    push_grouped(out, whole);
    out.push_str(decimals);
}

/// Appends digits with a comma before every three of them.
fn push_grouped(out: &mut String, whole: &str) {
    let (first, mut rest) = whole.split_at(whole.len() - whole.len().saturating_sub(1) / 3 * 3);
    out.push_str(first);
    while let Some((three, more)) = rest.split_at_checked(3) {
        out.push(',');
        out.push_str(three);
        rest = more;
    }
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

/// What a figure counts besides, or does not count, as the end of a sentence about it.
pub fn difference(facet: &FacetComparison) -> String {
    let listed = |members: &[String]| members.join(", ");
    let (claim, figure) =
        (facet.claim.as_deref().unwrap_or_default(), facet.figure.as_deref().unwrap_or_default());
    match (facet.relation, facet.extra.is_empty(), facet.missing.is_empty()) {
        (Relation::Disjoint, ..) | (_, true, true) => {
            format!("counts {figure}, the claim says {claim} ({})", facet.facet)
        }
        (_, false, true) => format!("also counts {}", listed(&facet.extra)),
        (_, true, false) => format!("does not count {}", listed(&facet.missing)),
        (_, false, false) => {
            format!("also counts {} and not {}", listed(&facet.extra), listed(&facet.missing))
        }
    }
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
        assert_eq!(
            quantity_in_words(dec!(1912.50), Unit::COUNT.over(Unit::DAYS).unwrap()),
            "1,912.5 per day"
        );
        assert_eq!(quantity_in_words(dec!(2.5), Unit::Per(100_000)), "2.5 per 100,000");
        let wage = Unit::money(Currency::USD).over(Unit::MONTHS).unwrap();
        assert_eq!(quantity_in_words(dec!(-999), wage), "USD −999 per month");
        assert_eq!(quantity_in_words(dec!(0.00000001), Unit::Ratio), "0.00000001");
        assert_eq!(interval_in_words(&Interval::above(dec!(117000)), Unit::COUNT), "more than 117,000");
        assert_eq!(
            interval_in_words(&Interval::closed(dec!(4.5), dec!(5.5)), Unit::Percent),
            "from 4.5% to 5.5%"
        );
    }
}
