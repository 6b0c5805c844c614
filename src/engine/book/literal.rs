//! Figures whose value stands in the rule file.

use std::rc::Rc;

use rust_decimal::Decimal;

use super::super::names::FigureDefinition;
use super::super::unit_text;
use super::described::written;
use super::{Book, Figure, Printed};
use crate::claim::{Complaint, RawKind, RawText, RawValue, Spanned};
use crate::formula::Quantity;
use crate::hedge::{Hedge, allowed};
use crate::mention::{Mention, read_whole};
use crate::number::{Interval, Reading};
use crate::unit::{Conversion, Unit};

impl<'a> Book<'a> {
    /// The value that the definition of a figure states.
    pub(super) fn literal(&mut self, definition: FigureDefinition<'a>) -> Result<Rc<Figure>, String> {
        let read = match &definition.raw.value {
            Some(value) => self.read_value(definition, value),
            None => {
                let message = format!("the figure `{}` has no value", definition.name);
                Err(Complaint::new(definition.name_span, message))
            }
        };
        read.map(Rc::new).map_err(|complaint| self.trouble(definition.file, complaint))
    }

    /// A value as a story writes it carries its own interval; a number in TOML is exact.
    pub(super) fn read_value(
        &mut self,
        definition: FigureDefinition<'a>,
        value: &Spanned<RawValue<'a>>,
    ) -> Result<Figure, Complaint> {
        let raw = definition.raw;
        // Words without a way back to whoever said them are no figure.
        self.source_of(definition)?;
        let too_large = || Complaint::new(value.span, "this number is too large");
        let scale = match &raw.scale {
            Some(scale) => {
                unit_text::scale(&scale.value).map_err(|message| Complaint::new(scale.span, message))?
            }
            None => Decimal::ONE,
        };
        let declared = match &raw.unit {
            Some(unit) => {
                Some(unit_text::unit(&unit.value).map_err(|message| Complaint::new(unit.span, message))?)
            }
            None => None,
        };
        let mut figure = match &value.value {
            RawValue::Number(number) => Read {
                nominal: *number,
                range: Interval::point(*number),
                unit: Unit::Bare,
                implied: None,
                hedge: None,
                one: Decimal::ONE,
            },
            RawValue::Text(text) => {
                let mention = read_whole(text, self.desk.lexicon).map_err(|error| {
                    Complaint::new(value.span, error.to_string()).help(
                        "write one quantity as a story writes it: \"$9.5 billion\", \"more than 117,000\"",
                    )
                })?;
                Read::of(&mention, text, &self.desk.widths).ok_or_else(too_large)?
            }
        };
        // What one of the numbers written is, in the unit that quantities are kept in.
        let mut one = figure.one;
        if let Some((unit, factor)) = declared {
            let is_percent = matches!(unit, Unit::Percent | Unit::Points | Unit::Per(_));
            if figure.unit != Unit::Bare && !matches!(figure.unit.conversion(unit), Some(Conversion::Same)) {
                let message = format!("the value is in {}, the unit says {unit}", figure.unit);
                return Err(Complaint::new(value.span, message));
            }
            if figure.unit == Unit::Bare {
                let factor =
                    if is_percent { Decimal::ONE / Decimal::from(unit.written_factor()) } else { factor };
                figure = figure.times(factor).ok_or_else(too_large)?;
                one = factor;
            }
            figure.unit = unit;
        }
        let mut figure = figure.times(scale).ok_or_else(too_large)?;
        if let Some(precision) = &raw.precision {
            let one = one.checked_mul(scale).ok_or_else(too_large)?;
            let half = self.half_width(precision, figure.unit, one)?;
            figure.range =
                Interval::closed(figure.nominal.saturating_sub(half), figure.nominal.saturating_add(half));
            figure.implied = None;
        }
        let scope = self
            .scope(raw.scope.as_deref(), definition.file)
            .map_err(|message| Complaint::new(definition.name_span, message))?;
        let is_stock = raw.kind.as_ref().is_some_and(|kind| kind.value == RawKind::Stock);
        let is_exact = raw.exact.as_ref().is_some_and(|exact| exact.value);
        Ok(Figure {
            quantity: Quantity {
                nominal: figure.nominal,
                range: figure.range,
                unit: figure.unit,
                scope,
                is_stock,
                series: None,
            },
            printed: Some(Printed { implied: figure.implied.filter(|_| !is_exact), hedge: figure.hedge }),
        })
    }
}

impl Book<'_> {
    /// A quantity that a query gave, known as finely as the rules say.
    pub(super) fn as_precise(
        &self,
        definition: FigureDefinition<'_>,
        precision: &Spanned<RawText<'_>>,
        quantity: Quantity,
    ) -> Result<Quantity, Complaint> {
        let written = written(definition.raw.unit.as_ref(), definition.raw.scale.as_ref())?;
        let too_large = || Complaint::new(precision.span, "this number is too large");
        let one = Decimal::ONE.checked_div(Decimal::from(quantity.unit.written_factor()));
        let one = one.and_then(|one| one.checked_mul(written.scale.unwrap_or(Decimal::ONE)));
        let half = self.half_width(precision, quantity.unit, one.ok_or_else(too_large)?)?;
        let (low, high) = (quantity.nominal.checked_sub(half), quantity.nominal.checked_add(half));
        let (low, high) = low.zip(high).ok_or_else(too_large)?;
        Ok(Quantity { range: Interval::closed(low, high), ..quantity })
    }

    /// Half of a precision, as quantities in `unit` are kept. With a word or a sign of its own it says what it is ("0.1
    /// billion", "3%"); a bare number is one of those that the value is written in, each of which is `one`.
    fn half_width(
        &self,
        precision: &Spanned<RawText<'_>>,
        unit: Unit,
        one: Decimal,
    ) -> Result<Decimal, Complaint> {
        let refuse = |message: String| Complaint::new(precision.span, message);
        let read =
            read_whole(&precision.value, self.desk.lexicon).map_err(|error| refuse(error.to_string()))?;
        let Reading::One(width) = read.reading else {
            return Err(refuse("a precision is one number: \"0.1 billion\"".to_owned()));
        };
        let is_of_unit = read.unit == Unit::Bare
            || matches!(read.unit.conversion(unit), Some(Conversion::Same))
            || read.unit.is_ratio() && unit.is_ratio();
        if !is_of_unit {
            return Err(refuse(format!("the precision is in {}, the value in {unit}", read.unit)));
        }
        let is_bare = read.unit == Unit::Bare && !precision.value.contains(char::is_alphabetic);
        let kept = if is_bare { width.value.checked_mul(one) } else { read.factor.kept(width.value) };
        let half = kept.and_then(|kept| kept.checked_div(Decimal::TWO));
        half.ok_or_else(|| refuse("this number is too large".to_owned()))
    }
}

/// A value read from words.
struct Read {
    nominal: Decimal,
    range: Interval,
    unit: Unit,
    implied: Option<Interval>,
    hedge: Option<String>,
    /// What one of the numbers written is, as it is kept: 0.01 for a percentage.
    one: Decimal,
}

impl Read {
    fn of(mention: &Mention, text: &str, widths: &crate::hedge::Widths) -> Option<Self> {
        let kept = |interval: Interval| interval.map(|value| mention.factor.kept(value));
        let hedge = mention.hedge_span.map(|span| span.of(text).to_owned());
        let allowed = allowed(mention.hedge, &mention.reading, widths);
        let (nominal, range, implied) = match mention.reading {
            Reading::One(written) if mention.hedge == Hedge::Plain => {
                let implied = (!written.fraction).then(|| written.rounding());
                (written.value, Interval::point(written.value), implied)
            }
            // A hedge declares that the number is not known closer than what is clearly as said.
            Reading::One(written) => {
                let range = if mention.hedge == Hedge::Exact {
                    Interval::point(written.value)
                } else {
                    hedged(mention.hedge, &allowed.clear, &allowed.whole)
                };
                (written.value, range, None)
            }
            Reading::Range(a, b) => {
                let middle = a.value.checked_add(b.value)?.checked_div(Decimal::TWO)?;
                (middle, Interval::closed(a.value, b.value), None)
            }
            Reading::Margin(written, _) => (written.value, allowed.whole, None),
            Reading::Vague(interval) => (interval.low().value().or(interval.high().value())?, interval, None),
        };
        let implied = match implied {
            Some(implied) => Some(kept(implied)?),
            None => None,
        };
        Some(Self {
            nominal: mention.factor.kept(nominal)?,
            range: kept(range)?,
            unit: mention.unit,
            implied,
            hedge,
            one: mention.factor.kept(Decimal::ONE)?,
        })
    }

    fn times(self, factor: Decimal) -> Option<Self> {
        let scaled = |interval: Interval| interval.map(|value| value.checked_mul(factor));
        let implied = match self.implied {
            Some(implied) => Some(scaled(implied)?),
            None => None,
        };
        Some(Self { nominal: self.nominal.checked_mul(factor)?, range: scaled(self.range)?, implied, ..self })
    }
}

/// "More than 117,000" is known to be above, however far; "about" and "nearly" are known to be near.
fn hedged(hedge: Hedge, clear: &Interval, whole: &Interval) -> Interval {
    match hedge {
        Hedge::About | Hedge::JustBelow | Hedge::JustAbove => *clear,
        _ => *whole,
    }
}
