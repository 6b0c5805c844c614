//! Formatting: `b`, `code` and their like, which a browser carries over into the next block until their own end tag.

use super::{Name, OpenElements, Traits};

/// As the standard has it, of many that are the same only the last ones are carried over. (It tells more apart: by all their
/// attributes.)
const SAME: usize = 3;

/// A formatting element that has begun and has not been ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Active {
    name: Name,
    traits: Traits,
    /// Where it is open; 0 where the block that it began in has ended.
    at: u32,
}

impl OpenElements {
    /// Opens what formatting goes on from blocks before.
    pub(in super::super) fn resume_formatting(&mut self) {
        let from = self.first_active();
        let list = self.active.get(from..).unwrap_or_default();
        let open = list.iter().rposition(|active| active.at > 0).map_or(0, |open| open + 1);
        for index in from + open..self.active.len() {
            let Some(Active { name, traits, .. }) = self.active.get(index).copied() else { break };
            self.push(name, traits);
            let at = self.depth();
            if let Some(active) = self.active.get_mut(index) {
                active.at = at;
            }
        }
    }

    pub(super) fn start_formatting(&mut self, name: Name, traits: Traits, at: u32) {
        let from = self.first_active();
        let is_same = |active: &&Active| active.name == name && active.traits == traits;
        let list = self.active.get(from..).unwrap_or_default();
        if list.iter().filter(is_same).count() >= SAME
            && let Some(first) = list.iter().position(|active| is_same(&active))
        {
            self.active.remove(from + first);
        }
        self.active.push(Active { name, traits, at });
    }

    /// Notes that a formatting element was closed with the block that it stood in.
    pub(super) fn suspend_formatting(&mut self, at: u32) {
        let from = self.first_active();
        let list = self.active.get_mut(from..).unwrap_or_default();
        if let Some(active) = list.iter_mut().rev().find(|active| active.at == at) {
            active.at = 0;
        }
    }

    /// Ends formatting. Where blocks have begun in it that are open, they stay so, and what else began in it ends with it.
    pub(super) fn end_formatting(&mut self, name: Name) {
        let from = self.first_active();
        let list = self.active.get(from..).unwrap_or_default();
        let found = list.iter().rposition(|active| active.name == name).map(|index| from + index);
        let Some(index) = found else {
            // One that has been forgotten among many of the same, or none.
            let at = self.at(name);
            if at > self.nearest_special() {
                self.close_to(at);
            }
            return;
        };
        let at = self.active.get(index).map_or(0, |active| active.at);
        if at > 0 && at <= self.fences.last().copied().unwrap_or(0) {
            return;
        }
        self.active.remove(index);
        if at == 0 {
            return;
        }
        if at > self.nearest_special() {
            self.close_to(at);
            return;
        }
        self.remove(at);
        for inside in at + 1..=self.depth() {
            let traits = self.element(inside).map_or(Traits::SPECIAL, |open| open.traits);
            if !traits.has(Traits::SPECIAL.and(Traits::FORMATTING)) {
                self.remove(inside);
            }
        }
        self.close_to(self.nearest_special() + 1);
    }

    /// The first formatting element that can be active here.
    fn first_active(&self) -> usize {
        self.markers.last().map_or(0, |(_, active)| *active)
    }
}
