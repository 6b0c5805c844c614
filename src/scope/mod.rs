//! Scopes: what a number counts, facet by facet, as sets that can be held against each other.
//!
//! A facet (agency, place, measure) is declared with its members. A member is the set of the atoms below it; one that
//! includes others without being complete has an atom of its own besides, for the rest that it counts. Relations
//! between scopes are then relations between sets. The facet `period` is built in; see [`Period`].

mod calculus;
mod compare;
mod facets;
mod period;
mod set;

pub use calculus::{Contrast, ScopeProblem, Unequal, contrast, per_capita, per_days, share, sum};
pub use compare::FacetComparison;
pub use facets::{DeclarationError, FacetDeclaration, Facets, MemberDeclaration, Named, ScopeError};
pub use period::{FiscalYear, Period, PeriodError, PeriodKind};

use std::sync::Arc;

use set::Set;

/// The name of the built-in facet of time.
pub const PERIOD: &str = "period";

/// The facet that says what is counted.
pub const MEASURE: &str = "measure";

/// What a number counts. The default declares nothing and costs nothing; a clone shares.
#[derive(Clone, Debug, Default)]
pub struct Scope(Option<Arc<Declared>>);

#[derive(Clone, Debug, Default, PartialEq)]
struct Declared {
    /// By facet, in the order of their declaration; facets that are not declared are absent.
    sets: Vec<(FacetId, Set)>,
    period: Option<Period>,
}

/// A facet's place in the order of declaration.
type FacetId = usize;

/// What one scope is to another, in one facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// They count the same.
    Same,
    /// It counts only a part of what the other counts.
    Narrower,
    /// It also counts something else.
    Broader,
    /// Each counts something that the other does not.
    Overlapping,
    /// They share nothing.
    Disjoint,
    /// One of them does not say.
    Undeclared,
}

impl Scope {
    /// Whether nothing is declared.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The period.
    pub fn period(&self) -> Option<&Period> {
        self.0.as_ref()?.period.as_ref()
    }

    /// This scope over another: facet by facet, what is declared here wins.
    #[must_use]
    pub fn over(&self, base: &Self) -> Self {
        let (Some(own), Some(below)) = (&self.0, &base.0) else {
            return if self.is_empty() { base.clone() } else { self.clone() };
        };
        let mut merged = (**own).clone();
        let missing = below.sets.iter().filter(|(id, _)| own.set(*id).is_none());
        merged.sets.extend(missing.cloned());
        merged.sets.sort_by_key(|(id, _)| *id);
        if merged.period.is_none() {
            merged.period.clone_from(&below.period);
        }
        merged.into()
    }

    /// The same with another period.
    #[must_use]
    pub fn with_period(&self, period: Option<Period>) -> Self {
        let mut declared = self.0.as_deref().cloned().unwrap_or_default();
        declared.period = period;
        declared.into()
    }

    fn set(&self, id: FacetId) -> Option<&Set> {
        self.0.as_ref()?.set(id)
    }

    fn sets(&self) -> &[(FacetId, Set)] {
        self.0.as_ref().map_or(&[], |declared| &declared.sets)
    }
}

impl Declared {
    fn set(&self, id: FacetId) -> Option<&Set> {
        self.sets.iter().find(|(other, _)| *other == id).map(|(_, set)| set)
    }
}

impl From<Declared> for Scope {
    fn from(declared: Declared) -> Self {
        let is_empty = declared.sets.is_empty() && declared.period.is_none();
        Self((!is_empty).then(|| Arc::new(declared)))
    }
}

impl PartialEq for Scope {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b) || a == b,
            (None, None) => true,
            _ => false,
        }
    }
}

impl Relation {
    /// As reports name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Narrower => "narrower",
            Self::Broader => "broader",
            Self::Overlapping => "overlapping",
            Self::Disjoint => "disjoint",
            Self::Undeclared => "undeclared",
        }
    }

    /// What the other is to this one.
    #[must_use]
    pub fn converse(self) -> Self {
        match self {
            Self::Narrower => Self::Broader,
            Self::Broader => Self::Narrower,
            same_both_ways => same_both_ways,
        }
    }

    /// From what the two sets have to do with each other.
    fn of(covers: bool, is_covered: bool, meets: bool) -> Self {
        match (covers, is_covered, meets) {
            (true, true, _) => Self::Same,
            (true, false, _) => Self::Broader,
            (false, true, _) => Self::Narrower,
            (false, false, true) => Self::Overlapping,
            (false, false, false) => Self::Disjoint,
        }
    }
}

#[cfg(test)]
mod tests;
