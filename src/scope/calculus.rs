//! Scopes of results: what a sum, a change, a share counts, and what makes no sense to add or compare.

use super::{Declared, FacetId, Facets, MEASURE, PERIOD, Period, Relation, Scope, Set};

/// Something that the scopes of a formula's parts do not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScopeProblem {
    /// Two terms of a sum count something in common.
    DoubleCounting {
        /// Where they overlap without being the same, or the facet that both declare.
        facet: String,
        /// What each counts there.
        sides: (String, String),
    },
    /// The parts differ in a facet that they may not differ in.
    Mixed {
        /// The facet.
        facet: String,
        /// What each counts there.
        sides: (String, String),
    },
    /// A share of something that is no part of the whole.
    PartOutsideWhole {
        /// The facet.
        facet: String,
        /// What the part and the whole count there.
        sides: (String, String),
    },
    /// Two periods of unequal length are compared.
    UnequalPeriods(Unequal),
    /// A total is divided by the days of a period that is not its own.
    OtherPeriod {
        /// The total's period and the other.
        sides: (String, String),
    },
}

/// Two periods that are compared and are not equally long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unequal {
    /// The periods.
    pub sides: (String, String),
    /// Their lengths.
    pub days: (i64, i64),
    /// Whether both are calendar units of one kind, which are compared in practice.
    pub is_calendar: bool,
}

/// The facet in which the two sides of a comparison differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contrast {
    /// The facet.
    pub facet: String,
}

/// The scope of a sum: facet by facet the union, undeclared where a term does not say.
///
/// Terms that have no facet in which they are disjoint count something twice. That is held against them only where
/// both declare a facet other than `measure`, and each facet that either declares is declared by both: terms may be
/// apart in a facet that one of them leaves open.
pub fn sum<'a>(facets: &Facets, terms: impl IntoIterator<Item = &'a Scope>) -> (Scope, Vec<ScopeProblem>) {
    let mut problems = Vec::new();
    let mut terms = terms.into_iter();
    let Some(first) = terms.next() else { return (Scope::default(), problems) };
    let mut total = first.clone();
    for term in terms {
        if total.is_empty() || term.is_empty() {
            total = Scope::default();
            continue;
        }
        problems.extend(double_counting(facets, &total, term));
        total = union(facets, &total, term, &mut problems);
    }
    (total, problems)
}

fn double_counting(facets: &Facets, a: &Scope, b: &Scope) -> Option<ScopeProblem> {
    let comparisons = facets.compare(a, b);
    let is_open =
        comparisons.iter().any(|facet| matches!(facet.relation, Relation::Undeclared | Relation::Disjoint));
    if is_open || comparisons.iter().all(|facet| facet.facet == MEASURE) {
        return None;
    }
    let telling = comparisons.iter().find(|facet| facet.relation != Relation::Same);
    let facet = telling.or_else(|| comparisons.iter().find(|facet| facet.facet != MEASURE))?;
    let sides = (facet.claim.clone()?, facet.figure.clone()?);
    Some(ScopeProblem::DoubleCounting { facet: facet.facet.clone(), sides })
}

fn union(facets: &Facets, a: &Scope, b: &Scope, problems: &mut Vec<ScopeProblem>) -> Scope {
    let mut declared = Declared::default();
    for (id, own) in a.sets() {
        let Some(other) = b.set(*id) else { continue };
        let both = own.union(other);
        if own != other && !has_parent(facets, *id, &both) {
            problems.extend(facets.mixed(*id, own, other));
            continue;
        }
        declared.sets.push((*id, both));
    }
    declared.period = a.period().zip(b.period()).map(|(a, b)| a.union(b));
    declared.into()
}

/// Whether a declared member counts all of it.
fn has_parent(facets: &Facets, id: FacetId, set: &Set) -> bool {
    facets.facet(id).is_some_and(|facet| facet.members.iter().any(|member| member.set.covers(set)))
}

impl Facets {
    fn mixed(&self, id: FacetId, a: &Set, b: &Set) -> Option<ScopeProblem> {
        let facet = self.facet(id)?;
        let named = |set| facet.members_of(set).join(", ");
        Some(ScopeProblem::Mixed { facet: facet.name.clone(), sides: (named(a), named(b)) })
    }
}

/// The scope of a comparison of `a` with the later or other `b`: what they share, and in the facet that is compared
/// what `b` counts, since "up 5% in March" is said of March. `over` names that facet, `period` where nothing is said;
/// `is_stock` exempts from equal lengths what is counted on a day and not over days.
pub fn contrast(
    facets: &Facets,
    a: &Scope,
    b: &Scope,
    over: Option<&str>,
    is_stock: bool,
) -> (Scope, Option<Contrast>, Vec<ScopeProblem>) {
    if a.is_empty() || b.is_empty() {
        return (Scope::default(), None, Vec::new());
    }
    let over = over.unwrap_or(PERIOD);
    let mut problems = Vec::new();
    let mut contrast = None;
    let mut declared = Declared::default();
    for (id, name) in facets.names().enumerate() {
        let (Some(own), Some(other)) = (a.set(id), b.set(id)) else { continue };
        if own == other {
            declared.sets.push((id, own.clone()));
        } else if name == over {
            contrast = Some(Contrast { facet: name.to_owned() });
            declared.sets.push((id, other.clone()));
        } else {
            problems.extend(facets.mixed(id, own, other));
        }
    }
    if let (Some(before), Some(after)) = (a.period(), b.period()) {
        declared.period = Some(after.clone());
        if before.relation(after) != Relation::Same {
            if over == PERIOD {
                contrast = Some(Contrast { facet: PERIOD.to_owned() });
                problems
                    .extend(unequal(before, after).filter(|_| !is_stock).map(ScopeProblem::UnequalPeriods));
            } else {
                declared.period = None;
                let sides = (before.to_string(), after.to_string());
                problems.push(ScopeProblem::Mixed { facet: PERIOD.to_owned(), sides });
            }
        }
    }
    (declared.into(), contrast, problems)
}

fn unequal(a: &Period, b: &Period) -> Option<Unequal> {
    let days = (a.days(), b.days());
    // Months are compared with months and Januaries to Februaries with such, though leap years differ by a day.
    let is_calendar =
        a.kind() == b.kind() && a.whole_months().is_some() && a.whole_months() == b.whole_months();
    (days.0 != days.1).then(|| Unequal { sides: (a.to_string(), b.to_string()), days, is_calendar })
}

/// The scope of a share: the whole's. In each facet that both declare, the part must lie in the whole.
pub fn share(facets: &Facets, part: &Scope, whole: &Scope) -> (Scope, Vec<ScopeProblem>) {
    let outside = facets.compare(whole, part).into_iter().filter_map(|facet| {
        let is_inside = matches!(facet.relation, Relation::Same | Relation::Narrower | Relation::Undeclared);
        (!is_inside).then_some(ScopeProblem::PartOutsideWhole {
            facet: facet.facet,
            sides: (facet.figure.unwrap_or_default(), facet.claim.unwrap_or_default()),
        })
    });
    (whole.clone(), outside.collect())
}

/// The scope of a total divided by the days of `period`: the total's, whose period must be that one.
pub fn per_days(total: &Scope, period: &Period) -> (Scope, Option<ScopeProblem>) {
    let other = total.period().filter(|own| own.relation(period) != Relation::Same);
    let problem = other.map(|own| ScopeProblem::OtherPeriod { sides: (own.to_string(), period.to_string()) });
    (total.clone(), problem)
}

/// The scope of a count per head: the count's. The population must be that of the same place; it is a stock, so that
/// its period may be any day or year that meets the count's.
pub fn per_capita(facets: &Facets, count: &Scope, population: &Scope) -> (Scope, Vec<ScopeProblem>) {
    let differs = facets.compare(count, population).into_iter().filter_map(|facet| {
        let fits = match facet.relation {
            Relation::Same | Relation::Undeclared => true,
            Relation::Narrower | Relation::Broader | Relation::Overlapping => facet.facet == PERIOD,
            Relation::Disjoint => false,
        };
        let is_subject = facet.facet == MEASURE || fits;
        (!is_subject).then_some(ScopeProblem::Mixed {
            facet: facet.facet,
            sides: (facet.claim.unwrap_or_default(), facet.figure.unwrap_or_default()),
        })
    });
    (count.clone(), differs.collect())
}
