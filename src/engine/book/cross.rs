//! Two ways to one number: figures held against the formulas that should give the same.

use super::super::complaints::{inside, of_formula};
use super::super::names::FigureDefinition;
use super::{Book, Slot, Unknown};
use crate::assessment::{CrossCheck, CrossDifference};
use crate::claim::{Complaint, RawText, Spanned};
use crate::formula::{Context, Formula, FormulaError, Name, Quantity, Value};
use crate::text::Span;
use crate::unit::Conversion;

impl<'a> Book<'a> {
    /// Every figure that is not what its cross-check gives, in the order of the slots.
    pub(in crate::engine) fn cross_checks(&mut self) -> Vec<CrossCheck<'a>> {
        let mut differing = Vec::new();
        for at in 0..self.slots.len() {
            let Some(Slot::Figure { definition, cross: Some(formula), .. }) = self.slots.get(at) else {
                continue;
            };
            let (definition, formula) = (*definition, formula.clone());
            let Some(raw) = &definition.raw.cross_check else { continue };
            // What is wrong with either side has been said.
            if let (Ok(own), Ok(other)) = (self.quantity(at), self.other_way(at, definition, raw, formula)) {
                differing.extend(compared(definition, raw, at, &own, other));
            }
        }
        differing
    }

    /// What the cross-check of a figure gives; why it gives nothing, in words.
    fn other_way(
        &mut self,
        at: usize,
        definition: FigureDefinition<'a>,
        raw: &'a Spanned<RawText<'a>>,
        formula: Result<Formula<'a>, FormulaError>,
    ) -> Result<OtherWay, String> {
        let file = definition.file;
        let formula = formula.map_err(|error| self.trouble(file, of_formula(&error, file, raw.span)))?;
        let (slots, quantities) = self.quantities_of(&formula, definition, raw.span)?;
        if let Some(own) = slots.iter().position(|slot| self.rests_on(*slot, at)) {
            let name = formula.names().get(own);
            let span = name.map_or(raw.span, |name| inside(file, raw.span, formula.text(), name.span));
            let message = format!("the figure `{}` is checked against itself", definition.name);
            let complaint = Complaint::new(span, message);
            return Err(self.trouble(file, complaint.help("name a figure that comes from elsewhere")));
        }
        let context = Context { facets: self.facets, over: None };
        let value = formula
            .evaluate(&quantities, &context)
            .map_err(|error| self.trouble(file, of_formula(&error, file, raw.span)))?;
        let own = self.quantity(at)?;
        // As far apart as the digits of both sides allow.
        let implied = |slot: usize, quantity: &Quantity| {
            let implied = self.printed(slot).and_then(|printed| printed.implied);
            Quantity { range: implied.unwrap_or(quantity.range), ..quantity.clone() }
        };
        let rounded: Vec<Quantity> =
            slots.iter().zip(&quantities).map(|(slot, quantity)| implied(*slot, quantity)).collect();
        let rounded = formula.evaluate(&rounded, &context).unwrap_or_else(|_| value.clone());
        let is_within_rounding = !implied(at, &own).range.is_disjoint(&rounded.range);
        Ok(OtherWay { value, slots, is_within_rounding })
    }

    /// The figures of a formula of `definition`, which stands at `place`, with their slots.
    pub(super) fn quantities_of(
        &mut self,
        formula: &Formula<'a>,
        definition: FigureDefinition<'a>,
        place: Span,
    ) -> Result<(Vec<usize>, Vec<Quantity>), String> {
        let mut slots = Vec::with_capacity(formula.names().len());
        let mut quantities = Vec::with_capacity(formula.names().len());
        for name in formula.names() {
            let slot = self.slot_of_asked(name).map_err(|unknown| {
                let span = inside(definition.file, place, formula.text(), name.span);
                let mut complaint = Complaint::new(span, unknown.message.clone());
                complaint.help = unknown.help;
                self.trouble(definition.file, complaint)
            })?;
            slots.push(slot);
            quantities.push(self.quantity(slot)?);
        }
        Ok((slots, quantities))
    }

    /// The slot of a name, a new one only where nothing has asked for it yet.
    fn slot_of_asked(&mut self, name: &Name<'a>) -> Result<usize, Unknown> {
        match self.slot_named(name) {
            Some(known) => Ok(known),
            None => self.slot(name),
        }
    }
}

struct OtherWay {
    value: Value,
    slots: Vec<usize>,
    /// Whether the two would agree within the rounding that printed digits imply.
    is_within_rounding: bool,
}

fn compared<'a>(
    definition: FigureDefinition<'a>,
    raw: &'a Spanned<RawText<'a>>,
    at: usize,
    own: &Quantity,
    OtherWay { value, slots, is_within_rounding }: OtherWay,
) -> Option<CrossCheck<'a>> {
    let difference = match own.unit.conversion(value.unit) {
        Some(Conversion::Same | Conversion::Assumed) if !own.range.is_disjoint(&value.range) => return None,
        Some(Conversion::Same | Conversion::Assumed) if is_within_rounding => CrossDifference::Rounding,
        Some(Conversion::Same | Conversion::Assumed) => CrossDifference::Value,
        Some(Conversion::Factor(..)) | None => CrossDifference::Unit,
    };
    Some(CrossCheck {
        name: definition.name,
        formula: &raw.value.0,
        file: definition.file,
        span: raw.span,
        own: (own.nominal, own.range, own.unit),
        other: (value.nominal, value.range, value.unit),
        figures: std::iter::once(at).chain(slots).collect(),
        difference,
    })
}
