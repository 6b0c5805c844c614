//! Numbers with a scale word among numbers without one.

use super::super::answer::CellPlace;
use super::super::cell::Number;
use super::Trap;

/// The first cell of each kind.
#[derive(Debug, Default)]
pub(super) struct Scales {
    scaled: Option<CellPlace>,
    plain: Option<CellPlace>,
}

impl Scales {
    pub(super) fn cell(&mut self, place: CellPlace, number: &Number) {
        // Nothing is nothing in any scale.
        if !number.value.is_zero() {
            let kind = if number.scaled { &mut self.scaled } else { &mut self.plain };
            kind.get_or_insert(place);
        }
    }

    pub(super) fn finish(self) -> Option<Trap> {
        let (scaled, plain) = self.scaled.zip(self.plain)?;
        Some(Trap::MixedScales { scaled, plain })
    }
}
