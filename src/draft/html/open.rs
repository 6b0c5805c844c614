//! Which elements are open, so that what is hidden or code ends where a browser ends it, also where tags are missing or
//! cross one another.
//!
//! This is the part of the HTML Standard's tree construction that decides where elements end. Only what has been read
//! counts: a browser may still move it out of an element that turns out to be crossed. Every step takes constant time, but
//! for those that close what was opened; each element is closed once, however deep they lie.

mod formatting;
mod making_way;

use std::collections::HashMap;

use super::element::{KNOWN, Name, Traits};
use formatting::Active;

/// So many names that are no elements of HTML are told apart; the others are one. A page has a handful.
const UNKNOWN: usize = 10_000;

/// The elements that are open, and what they make of text. Places among them are counted from 1; 0 is none.
#[derive(Debug, Default)]
pub(super) struct OpenElements {
    open: Vec<Open>,
    /// By name: the innermost open element of it.
    innermost: Vec<u32>,
    /// The special elements that are open, but for those that list items reach over.
    special: Vec<u32>,
    fences: Vec<u32>,
    /// The drawings and formulas that are open.
    foreign: Vec<u32>,
    /// The elements with which formatting ends that began in them, and how many others were active before.
    markers: Vec<(u32, usize)>,
    /// Formatting that has begun and has not been ended, whether or not it is open here.
    active: Vec<Active>,
    /// The form that has begun and has not been ended: there is one at a time.
    form: u32,
    hidden: u32,
    code: u32,
    raised: u32,
    unknown: HashMap<Box<[u8]>, Name>,
    /// How many elements have been opened.
    opened: u32,
}

/// An open element.
#[derive(Clone, Copy, Debug)]
struct Open {
    /// Which one of all that have been opened.
    number: u32,
    name: Name,
    traits: Traits,
    /// The next one out with the same name.
    outer: u32,
    /// It was closed while others in it stayed open.
    is_gone: bool,
}

impl OpenElements {
    /// The element of that name, in lower case.
    pub(super) fn name(&mut self, name: &[u8]) -> Name {
        if let Some(known) = Name::find(name) {
            return known;
        }
        if let Some(known) = self.unknown.get(name) {
            return *known;
        }
        let new = Name(KNOWN + self.unknown.len());
        if self.unknown.len() < UNKNOWN {
            self.unknown.insert(name.into(), new);
        }
        new
    }

    /// The name of a part of a drawing or formula, which is no element of HTML, whatever it is called.
    fn foreign_name(&mut self, tag: &[u8]) -> Name {
        self.name(&[b"/", tag].concat())
    }

    /// The elements that are open, from the outermost, each with a number of its own.
    pub(super) fn path(&self) -> impl Iterator<Item = (u32, Name)> {
        self.open.iter().filter(|open| !open.is_gone).map(|open| (open.number, open.name))
    }

    /// Whether nobody sees the text that stands here.
    pub(super) fn is_hidden(&self) -> bool {
        self.hidden > 0
    }

    /// Whether the text that stands here is code.
    pub(super) fn is_code(&self) -> bool {
        self.code > 0
    }

    /// Whether the text that stands here is raised.
    pub(super) fn is_raised(&self) -> bool {
        self.raised > 0
    }

    /// Whether tags are read by the rules of drawings and formulas.
    pub(super) fn is_foreign(&self) -> bool {
        last(&self.foreign) > last(&self.fences)
    }

    /// Whether a table is open in which there can be rows.
    pub(super) fn is_in_table(&self) -> bool {
        self.table() > 0
    }

    /// Whether a start tag opens nothing: that of a form in a form, or of a list in a list to choose from, which ends it.
    pub(super) fn passes_over(&mut self, name: Name) -> bool {
        match name {
            Name::FORM => self.form > 0 && self.at(Name::TEMPLATE) == 0,
            Name::SELECT if self.is_fence(name) => {
                self.close(name);
                true
            }
            _ => false,
        }
    }

    /// Closes the drawing or formula that a tag breaks out of.
    pub(super) fn leave_foreign(&mut self) {
        if self.is_foreign() {
            self.close_to(last(&self.foreign));
        }
    }

    /// Opens an element. What has no content is not opened.
    pub(super) fn start(&mut self, name: Name, traits: Traits) {
        let is_block = traits.has(Traits::BLOCK) && traits.has(Traits::SPECIAL);
        if !is_block && !matches!(name, Name::TD | Name::TH | Name::TEMPLATE) {
            self.resume_formatting();
        }
        if traits.has(Traits::VOID) {
            return;
        }
        self.push(name, traits);
        let at = self.depth();
        if traits.has(Traits::FORMATTING) {
            self.start_formatting(name, traits, at);
        }
        if traits.has(Traits::MARKER) {
            self.markers.push((at, self.active.len()));
        }
        match name {
            Name::SVG | Name::MATH => self.foreign.push(at),
            Name::FORM if self.at(Name::TEMPLATE) == 0 => self.form = at,
            _ => {}
        }
    }

    /// Opens an element of a drawing or formula.
    pub(super) fn start_foreign(&mut self, tag: &[u8]) {
        let name = self.name(tag);
        let root = self.element(last(&self.foreign)).map(|root| root.name);
        let holds_html = if root == Some(Name::MATH) { Traits::TEXT_IN_MATH } else { Traits::HTML_IN_SVG };
        let is_fence = name.traits().has(holds_html);
        let traits = if is_fence { Traits::SPECIAL.and(Traits::FENCE) } else { Traits::UNKNOWN };
        let name = self.foreign_name(tag);
        self.push(name, traits.and(Traits::FOREIGN));
    }

    /// Closes what an end tag closes; says whether that is anything.
    pub(super) fn end(&mut self, tag: &[u8]) -> bool {
        let name = self.name(tag);
        if self.element(self.depth()).is_some_and(|open| open.traits.has(Traits::FOREIGN)) {
            let root = if matches!(name, Name::SVG | Name::MATH) { self.at(name) } else { 0 };
            let part = self.foreign_name(tag);
            let at = self.at(part).max(root);
            if at >= last(&self.foreign) {
                self.close_to(at);
                return true;
            }
        }
        let traits = name.traits();
        let fence = last(&self.fences);
        let at = self.at(name);
        let reaches = match name {
            Name::SVG | Name::MATH => false,
            _ if traits.has(Traits::FORMATTING) => {
                self.end_formatting(name);
                return false;
            }
            _ if name.is_heading() => {
                let heading = (Name::H1.0..=Name::H6.0).map(|level| self.at(Name(level))).max().unwrap_or(0);
                if heading > fence {
                    self.close_to(heading);
                }
                return heading > fence;
            }
            Name::FORM if self.at(Name::TEMPLATE) == 0 => return self.end_form(fence),
            Name::TEMPLATE => true,
            Name::TABLE => at > self.at(Name::TEMPLATE),
            Name::TD | Name::TH | Name::TR | Name::TBODY | Name::THEAD | Name::TFOOT | Name::CAPTION => {
                at > self.table()
            }
            Name::LI => at > fence.max(self.at(Name::OL)).max(self.at(Name::UL)),
            Name::P => at > self.button_fence(),
            _ if traits.has(Traits::SCOPED.and(Traits::FENCE)) => at >= fence,
            _ => at >= self.nearest_special(),
        };
        let closes = at > 0 && reaches;
        if closes {
            self.close_to(at);
        }
        closes
    }

    /// Ends the form. What has begun in it stays open, but for what needs no end tag.
    fn end_form(&mut self, fence: u32) -> bool {
        let form = std::mem::take(&mut self.form);
        let is_open = form > fence && self.element(form).is_some_and(|open| open.name == Name::FORM);
        if is_open {
            while self.is_current(Name::has_optional_end) {
                self.close_to(self.depth());
            }
            self.remove(form);
        }
        is_open
    }

    fn push(&mut self, name: Name, traits: Traits) {
        let slot = name.0 + 1;
        if self.innermost.len() < slot {
            self.innermost.resize(slot, 0);
        }
        let outer = self.at(name);
        self.opened = self.opened.wrapping_add(1);
        self.open.push(Open { number: self.opened, name, traits, outer, is_gone: false });
        let at = self.depth();
        self.set(name, at);
        if traits.has(Traits::SPECIAL) && !matches!(name, Name::ADDRESS | Name::DIV | Name::P) {
            self.special.push(at);
        }
        if traits.has(Traits::FENCE) {
            self.fences.push(at);
        }
        self.count(traits, |count| count.saturating_add(1));
    }

    fn close(&mut self, name: Name) {
        self.close_to(self.at(name));
    }

    /// Closes the element at a place, and all in it.
    fn close_to(&mut self, at: u32) {
        let at = at.max(1);
        while self.depth() >= at {
            let closed = self.depth();
            let Some(Open { name, traits, outer, is_gone, .. }) = self.open.pop() else { break };
            if is_gone {
                continue;
            }
            self.set(name, self.still_open(outer));
            self.count(traits, |count| count.saturating_sub(1));
            if traits.has(Traits::FORMATTING) {
                self.suspend_formatting(closed);
            }
            if let Some((_, active)) = self.markers.pop_if(|(marker, _)| *marker == closed) {
                self.active.truncate(active);
            }
        }
        for list in [&mut self.special, &mut self.fences, &mut self.foreign] {
            while last(list) >= at {
                list.pop();
            }
        }
        self.forget_gone();
    }

    /// What is gone is not the innermost element that is open.
    fn forget_gone(&mut self) {
        while self.open.pop_if(|open| open.is_gone).is_some() {}
    }

    /// Closes the element at a place, but not what is in it.
    fn remove(&mut self, at: u32) {
        let Some(open) = at.checked_sub(1).and_then(|index| self.open.get_mut(index as usize)) else {
            return;
        };
        if open.is_gone {
            return;
        }
        open.is_gone = true;
        let Open { name, traits, outer, .. } = *open;
        self.count(traits, |count| count.saturating_sub(1));
        if self.at(name) == at {
            self.set(name, self.still_open(outer));
        }
        for list in [&mut self.special, &mut self.foreign] {
            if let Ok(index) = list.binary_search(&at) {
                list.remove(index);
            }
        }
        self.forget_gone();
    }

    /// The element at a place, or the next one out with its name that is not gone.
    fn still_open(&self, mut at: u32) -> u32 {
        while let Some(gone) = self.element(at).filter(|open| open.is_gone) {
            at = gone.outer;
        }
        at
    }

    fn count(&mut self, traits: Traits, change: impl Fn(u32) -> u32) {
        if traits.has(Traits::HIDDEN) {
            self.hidden = change(self.hidden);
        }
        if traits.has(Traits::CODE) {
            self.code = change(self.code);
        }
        if traits.has(Traits::RAISED) {
            self.raised = change(self.raised);
        }
    }

    fn depth(&self) -> u32 {
        u32::try_from(self.open.len()).unwrap_or(u32::MAX)
    }

    fn element(&self, at: u32) -> Option<&Open> {
        at.checked_sub(1).and_then(|index| self.open.get(index as usize))
    }

    fn at(&self, name: Name) -> u32 {
        self.innermost.get(name.0).copied().unwrap_or(0)
    }

    fn set(&mut self, name: Name, at: u32) {
        if let Some(slot) = self.innermost.get_mut(name.0) {
            *slot = at;
        }
    }

    fn table(&self) -> u32 {
        self.at(Name::TABLE).max(self.at(Name::TEMPLATE))
    }

    fn cell(&self) -> u32 {
        self.at(Name::TD).max(self.at(Name::TH)).max(self.at(Name::CAPTION))
    }

    fn button_fence(&self) -> u32 {
        last(&self.fences).max(self.at(Name::BUTTON))
    }

    fn is_in_scope(&self, name: Name) -> bool {
        self.at(name) > last(&self.fences)
    }

    /// Whether the innermost fence is an element of that name.
    fn is_fence(&self, name: Name) -> bool {
        self.at(name) > 0 && self.at(name) == last(&self.fences)
    }

    fn is_special(&self, name: Name) -> bool {
        self.at(name) > 0 && self.at(name) == last(&self.special)
    }

    fn nearest_special(&self) -> u32 {
        let passed = [Name::ADDRESS, Name::DIV, Name::P].map(|name| self.at(name));
        passed.into_iter().fold(last(&self.special), u32::max)
    }

    fn is_current(&self, is: impl Fn(Name) -> bool) -> bool {
        self.open.last().is_some_and(|open| is(open.name))
    }
}

fn last(list: &[u32]) -> u32 {
    list.last().copied().unwrap_or(0)
}
