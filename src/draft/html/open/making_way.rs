//! What start tags close: many elements need no end tag, and parts of tables may lack their start tags.

use super::{Name, OpenElements, Traits};

impl OpenElements {
    /// Closes what the start tag of an element closes.
    pub(in super::super) fn make_way(&mut self, name: Name, traits: Traits) {
        match name {
            Name::LI if self.is_special(name) => self.close(name),
            Name::DD | Name::DT if self.is_special(Name::DD) => self.close(Name::DD),
            Name::DD | Name::DT if self.is_special(Name::DT) => self.close(Name::DT),
            Name::BUTTON if self.is_in_scope(name) => self.close(name),
            Name::INPUT | Name::TEXTAREA if self.is_fence(Name::SELECT) => {
                self.close(Name::SELECT);
            }
            Name::OPTION | Name::OPTGROUP if self.is_current(|open| open == Name::OPTION) => {
                self.close(Name::OPTION);
            }
            Name::RP | Name::RT if self.is_in_scope(Name::RUBY) => {
                while self.is_current(Name::has_optional_end) {
                    self.close_to(self.depth());
                }
            }
            Name::A => self.end_formatting(name),
            Name::NOBR if self.is_in_scope(name) => self.end_formatting(name),
            Name::TR => self.make_way_for_row(),
            Name::TD | Name::TH => {
                if self.at(Name::TR) <= self.table() {
                    self.make_way_for_row();
                    self.imply(Name::TR);
                }
                self.close_above(&[Name::TR]);
            }
            Name::TBODY | Name::THEAD | Name::TFOOT | Name::CAPTION | Name::COLGROUP => self.close_above(&[]),
            Name::TABLE if self.at(name) > self.at(Name::TEMPLATE).max(self.cell()) => self.close(name),
            _ => {}
        }
        if traits.has(Traits::CLOSES_P) && self.at(Name::P) > self.button_fence() {
            self.close(Name::P);
        }
        if name.is_heading() && self.is_current(Name::is_heading) {
            self.close_to(self.depth());
        }
    }

    fn make_way_for_row(&mut self) {
        const SECTIONS: [Name; 3] = [Name::TBODY, Name::THEAD, Name::TFOOT];
        self.close_above(&SECTIONS);
        if SECTIONS.iter().all(|section| self.at(*section) <= self.table()) {
            self.imply(Name::TBODY);
        }
    }

    /// Opens a part of a table that has no tag of its own.
    fn imply(&mut self, part: Name) {
        if self.is_in_table() {
            self.push(part, part.traits());
        }
    }

    /// Closes all in the innermost of these parts of a table, or in the table itself.
    fn close_above(&mut self, parts: &[Name]) {
        let table = self.table();
        let kept = parts.iter().map(|part| self.at(*part)).max().unwrap_or(0).max(table);
        if table > 0 {
            self.close_to(kept + 1);
        }
    }
}
