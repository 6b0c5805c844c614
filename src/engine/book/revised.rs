//! Figures that their publishers have revised: which version counts, and which has come since.

use std::rc::Rc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::names::FigureDefinition;
use super::{Book, Figure, Slot};
use crate::claim::{Complaint, RawRevision, Spanned};
use crate::formula::Quantity;
use crate::number::Interval;
use crate::unit::{Conversion, Unit};

/// A figure of which there is a later version than the one that counts.
pub(in crate::engine) struct Overtaken<'a> {
    pub(in crate::engine) definition: FigureDefinition<'a>,
    /// The last version.
    pub(in crate::engine) revision: &'a Spanned<RawRevision<'a>>,
    /// Since when there is that.
    pub(in crate::engine) on: Date,
    /// The version that counts.
    pub(in crate::engine) now: Quantity,
    /// The last version.
    pub(in crate::engine) later: Quantity,
}

impl<'a> Book<'a> {
    /// The figure in the version that was current when the story was published; a story without a day of publication is
    /// about to be.
    pub(super) fn as_published(
        &mut self,
        definition: FigureDefinition<'a>,
        first: Rc<Figure>,
    ) -> Result<Rc<Figure>, String> {
        match self.current(definition) {
            Some(current) => self.revised(definition, current, &first).map(Rc::new),
            None => Ok(first),
        }
    }

    /// Whether the first version of a slot's figure no longer counts.
    pub(in crate::engine) fn is_superseded(&self, at: usize) -> bool {
        let Some(Slot::Figure { definition, .. }) = self.slots.get(at) else { return false };
        self.current(*definition).is_some()
    }

    fn current(&self, definition: FigureDefinition<'a>) -> Option<&'a Spanned<RawRevision<'a>>> {
        let is_current = |revision: &&Spanned<RawRevision<'a>>| match (self.published, &revision.value.on) {
            (Some(published), Some(on)) => on.value.0 <= published,
            _ => true,
        };
        definition.raw.revised.0.iter().rev().find(is_current)
    }

    /// What there is to say of a slot's figure that was revised after the story was published.
    pub(in crate::engine) fn later(&mut self, at: usize) -> Option<Overtaken<'a>> {
        let Slot::Figure { definition, .. } = self.slots.get(at)? else { return None };
        let definition = *definition;
        let revision = definition.raw.revised.0.last()?;
        let on = revision.value.on.as_ref()?.value.0;
        if self.published? >= on {
            return None;
        }
        let now = self.figure(at).ok()?;
        let later = self.revised(definition, revision, &now).ok()?.quantity;
        Some(Overtaken { definition, revision, on, now: now.quantity.clone(), later })
    }

    /// A later version of a figure: it counts what the first one did, in the same unit.
    fn revised(
        &mut self,
        definition: FigureDefinition<'a>,
        revision: &'a Spanned<RawRevision<'a>>,
        first: &Figure,
    ) -> Result<Figure, String> {
        let revised = self.read_revision(definition, revision, first);
        revised.map_err(|complaint| self.trouble(definition.file, complaint))
    }

    fn read_revision(
        &mut self,
        definition: FigureDefinition<'a>,
        revision: &'a Spanned<RawRevision<'a>>,
        first: &Figure,
    ) -> Result<Figure, Complaint> {
        let value = revision.value.value.as_ref();
        let value = value.ok_or_else(|| Complaint::new(revision.span, "missing key `value`"))?;
        let Figure { quantity, printed } = self.read_value(definition, value)?;
        let unit = first.quantity.unit;
        // A bare number is in the unit that the first version has, as written: 5 is 5% where that is 4%.
        let kept = |value: Decimal| value.checked_div(Decimal::from(unit.written_factor()));
        let (nominal, range) = match quantity.unit.conversion(unit) {
            Some(Conversion::Assumed) if quantity.unit == Unit::Bare => kept(quantity.nominal)
                .zip(quantity.range.map(kept))
                .unwrap_or((quantity.nominal, quantity.range)),
            Some(Conversion::Same | Conversion::Assumed) => (quantity.nominal, quantity.range),
            Some(Conversion::Factor(..)) | None => {
                let message = format!("this version is in {}, the first one in {unit}", quantity.unit);
                return Err(Complaint::new(value.span, message).help("write both in one unit"));
            }
        };
        let printed = printed.map(|mut printed| {
            let implied = |implied: &Interval| {
                if quantity.unit == Unit::Bare { implied.map(kept) } else { Some(*implied) }
            };
            printed.implied = printed.implied.as_ref().and_then(implied);
            printed
        });
        Ok(Figure { quantity: Quantity { nominal, range, ..first.quantity.clone() }, printed })
    }
}
