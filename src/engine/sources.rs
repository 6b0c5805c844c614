//! The sources of a story's figures: what is known of them, and what they were when they were locked.

use std::collections::BTreeSet;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::assess::{Assessor, Prepared};
use super::book::{Supposed, SupposedValue, path_of};
use super::names::SourceDefinition;
use super::story::{Opened, With};
use crate::assessment::{
    Assessment, Coverage, Flip, LockState, MovedFigure, SourceChange, SourceFacts, SourceFigure,
};
use crate::claim::RawSource;
use crate::hedge::Verdict;
use crate::lock::{LockedFile, LockedValue};
use crate::number::Interval;

impl<'a> Opened<'a> {
    /// The sources that figures of the story come from, in the order in which they are asked for; none where nothing is
    /// asked of them.
    pub(super) fn source_facts(&self, prepared: &[Prepared<'a>]) -> Vec<SourceFacts<'a>> {
        if self.newsroom.desk.ledger.is_none() && !self.book.sources().any(|source| is_dated(source.raw)) {
            return Vec::new();
        }
        let mut facts: Vec<SourceFacts<'a>> = Vec::new();
        for at in 0..self.book.slots() {
            let Some(taken) = self.book.taken(at) else { continue };
            for source in taken.sources {
                let known = facts.iter().position(|known| std::ptr::eq(known.raw, source.raw));
                let place = known.unwrap_or_else(|| {
                    facts.push(self.of_source(source));
                    facts.len() - 1
                });
                let Some(fact) = facts.get_mut(place) else { continue };
                if let Some(value) = &taken.value
                    && fact.figures.iter().all(|known| known.name != taken.name)
                {
                    let (name, value) = (taken.name.clone(), value.clone());
                    fact.figures.push(SourceFigure { name, value, unit: taken.unit });
                }
            }
        }
        if self.newsroom.with == With::Sources {
            self.add_unused(&mut facts);
        }
        for (claim, prepared) in prepared.iter().enumerate() {
            let sources = self.book.sources_below(prepared.slots());
            for fact in &mut facts {
                if sources.iter().any(|source| std::ptr::eq(source.raw, fact.raw)) {
                    fact.claims.push(claim);
                }
            }
        }
        for fact in &mut facts {
            fact.lock = self.held_against_lock(fact);
        }
        facts
    }

    /// A source of which nothing is known but its rules and its file.
    fn of_source(&self, source: SourceDefinition<'a>) -> SourceFacts<'a> {
        SourceFacts {
            name: source.name,
            raw: source.raw,
            defined: (source.file, source.name_span),
            path: path_of(source).map(Arc::from),
            content: self.book.content(source),
            figures: Vec::new(),
            claims: Vec::new(),
            lock: LockState::Unwatched,
        }
    }

    /// Adds the story's own sources that no figure comes from.
    fn add_unused(&self, facts: &mut Vec<SourceFacts<'a>>) {
        for (name, raw) in self.decoded.file.source.iter() {
            if facts.iter().all(|known| !std::ptr::eq(known.raw, &raw const raw.value)) {
                let (file, name_span) = (self.rules, name.span);
                facts.push(self.of_source(SourceDefinition {
                    name: &name.value.0,
                    name_span,
                    raw: &raw.value,
                    file,
                }));
            }
        }
    }

    fn held_against_lock(&self, fact: &SourceFacts<'_>) -> LockState {
        let desk = self.newsroom.desk;
        let watched = desk.ledger.and_then(|ledger| Some((ledger, ledger.lock.as_ref()?)));
        let (Some((ledger, lock)), Some(path), Some(now)) = (watched, &fact.path, fact.content) else {
            return LockState::Unwatched;
        };
        let story = ledger.key(desk.system, &self.rules.path);
        let locked = lock.files.get(&ledger.key(desk.system, path));
        let Some(locked) = locked.filter(|locked| locked.stories().any(|of| of == story)) else {
            return LockState::New;
        };
        if locked.content.digest == now.digest {
            return LockState::Same;
        }
        let moved = self.moved(locked, &story, fact);
        LockState::Changed(Box::new(SourceChange { before: locked.content, now, moved, flips: Vec::new() }))
    }

    /// The story's figures whose value in the lock is another than that of the file as it is.
    fn moved(&self, locked: &LockedFile, story: &str, fact: &SourceFacts<'_>) -> Vec<MovedFigure> {
        let of_story = locked.figures.iter().filter(|(taker, _)| taker.story == story);
        let moved = of_story.filter_map(|(taker, value)| {
            let LockedValue::Taken(before, unit) = value else { return None };
            let now = fact.figures.iter().find(|figure| figure.name == taker.figure);
            let now = match now.map(|figure| (&figure.value, figure.unit)) {
                Some((LockedValue::Taken(now, of), Some(in_unit))) => {
                    if now == before && of == unit {
                        return None;
                    }
                    Some((*now, in_unit))
                }
                None if self.book.has_slot(&taker.figure) => None,
                // The rules take it from elsewhere now, or not at all.
                _ => return None,
            };
            Some(MovedFigure { name: taker.figure.clone(), before: (*before, unit.clone()), now })
        });
        moved.collect()
    }

    /// The verdicts by the values in the lock, where any of them is another than that of a source as it is.
    pub(super) fn verdicts_by_lock(
        &mut self,
        sources: &[SourceFacts<'_>],
        assessor: &Assessor<'_, 'a>,
        prepared: &[Prepared<'a>],
    ) -> Option<Vec<Verdict>> {
        let changes = sources.iter().filter_map(SourceFacts::change);
        let moved: Vec<&MovedFigure> = changes.flat_map(|change| &change.moved).collect();
        let mut supposed = Supposed::new();
        for at in (0..self.book.slots()).filter(|_| !moved.is_empty()) {
            // What the file says of it does not count any more.
            if self.book.is_superseded(at) {
                continue;
            }
            let Some(taken) = self.book.taken(at) else { continue };
            let Some(figure) = moved.iter().find(|figure| figure.name == taken.name) else { continue };
            // With a value in another unit, the formula would be another.
            let Some(unit) = figure.unit() else { continue };
            if let Some(nominal) = figure.before.0.checked_div(Decimal::from(unit.written_factor())) {
                let range = Interval::point(nominal);
                supposed.insert(at, SupposedValue { nominal, range, unit });
            }
        }
        (!supposed.is_empty()).then(|| self.verdicts_supposing(supposed, assessor, prepared))
    }

    /// The verdicts that claims would have by other values of their figures.
    pub(super) fn verdicts_supposing(
        &mut self,
        supposed: Supposed,
        assessor: &Assessor<'_, 'a>,
        prepared: &[Prepared<'a>],
    ) -> Vec<Verdict> {
        let claims = self.decoded.file.claim.iter().zip(prepared);
        self.book.suppose(supposed, |book| {
            // What is claimed does not depend on values.
            let mut coverage = Coverage::of(&assessor.draft.survey);
            let verdicts = claims.map(|(claim, prepared)| {
                let state = assessor.state(claim, prepared, book, &mut coverage);
                Assessment { claim, state }.verdict()
            });
            verdicts.collect()
        })
    }

    /// Files that the lock has for this story, and that it takes no figure from.
    pub(super) fn forsaken(&self, sources: &[SourceFacts<'_>]) -> Vec<String> {
        let desk = self.newsroom.desk;
        let Some(ledger) = desk.ledger else { return Vec::new() };
        let used: BTreeSet<String> = sources
            .iter()
            .filter_map(|fact| fact.path.as_ref())
            .map(|path| ledger.key(desk.system, path))
            .collect();
        let story = ledger.key(desk.system, &self.rules.path);
        ledger.files_of(&story).filter(|file| !used.contains(*file)).cloned().collect()
    }
}

/// Whether a source says of itself how long it lasts.
fn is_dated(source: &RawSource<'_>) -> bool {
    source.as_of.is_some() || source.recheck_by.is_some() || source.status.is_some()
}

/// Notes for each changed source the claims that rest on it and whose verdict would be another by the lock.
pub(super) fn turned(
    sources: &mut [SourceFacts<'_>],
    by_lock: Option<&[Verdict]>,
    assessments: &[Assessment<'_>],
) {
    let Some(by_lock) = by_lock else { return };
    for SourceFacts { claims, lock, .. } in sources {
        let LockState::Changed(change) = lock else { continue };
        let flips = claims.iter().filter_map(|claim| {
            let (before, now) = (*by_lock.get(*claim)?, assessments.get(*claim)?.verdict());
            (before != now).then_some(Flip { claim: *claim, before, now })
        });
        change.flips = flips.collect();
    }
}
