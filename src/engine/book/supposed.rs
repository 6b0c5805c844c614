//! What if: the figures of a story as they would be in another state of their sources.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::{Book, Slot, State};
use crate::formula::Quantity;
use crate::number::Interval;
use crate::unit::Unit;

/// The values that some figures would have, by slot. What they count stays.
pub(in crate::engine) type Supposed = HashMap<usize, SupposedValue>;

/// A value that a figure would have.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct SupposedValue {
    pub(in crate::engine) nominal: Decimal,
    pub(in crate::engine) range: Interval,
    pub(in crate::engine) unit: Unit,
}

impl Book<'_> {
    /// Lets `see` look at the figures as they would be with these values. What would be wrong then is not complained of.
    pub(in crate::engine) fn suppose<R>(&mut self, values: Supposed, see: impl FnOnce(&mut Self) -> R) -> R {
        let troubles = self.troubles.len();
        self.supposed = values;
        self.forget();
        let seen = see(self);
        self.supposed = Supposed::new();
        self.forget();
        self.troubles.truncate(troubles);
        seen
    }

    /// With the value that is supposed for a slot, where one is.
    pub(super) fn as_supposed(&self, at: usize, quantity: Quantity) -> Quantity {
        match self.supposed.get(&at) {
            Some(SupposedValue { nominal, range, unit }) => {
                Quantity { nominal: *nominal, range: *range, unit: *unit, ..quantity }
            }
            None => quantity,
        }
    }

    /// Has every figure computed again when it is asked for. What has none keeps its reason, which was complained of.
    fn forget(&mut self) {
        for slot in &mut self.slots {
            if let Slot::Figure { state: state @ State::Done(Ok(_)), .. } = slot {
                *state = State::New;
            }
        }
    }
}
