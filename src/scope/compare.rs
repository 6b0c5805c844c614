//! Holding what a figure counts against what a claim says it counts.

use super::{Facets, PERIOD, Relation, Scope};

/// The two sides of one facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetComparison {
    /// The facet.
    pub facet: String,
    /// What the figure is to the claim: broader, where it also counts something else.
    pub relation: Relation,
    /// What the claim counts; `None` where it does not say.
    pub claim: Option<String>,
    /// What the figure counts; `None` where it does not say.
    pub figure: Option<String>,
    /// What the figure also counts.
    pub extra: Vec<String>,
    /// What the figure does not count.
    pub missing: Vec<String>,
}

impl Facets {
    /// Compares facet by facet, in the order of declaration, `period` last. Facets that neither side declares are
    /// absent.
    pub fn compare(&self, claim: &Scope, figure: &Scope) -> Vec<FacetComparison> {
        if claim.is_empty() && figure.is_empty() {
            return Vec::new();
        }
        let ids = self.names().enumerate().map(|(id, _)| id);
        let mut all: Vec<FacetComparison> =
            ids.filter_map(|id| self.compare_facet(id, claim, figure)).collect();
        all.extend(compare_periods(claim, figure));
        all
    }

    fn compare_facet(&self, id: usize, claim: &Scope, figure: &Scope) -> Option<FacetComparison> {
        let facet = self.facet(id)?;
        let (a, b) = (claim.set(id), figure.set(id));
        let named = |set| facet.members_of(set).join(", ");
        let (relation, extra, missing) = match (a, b) {
            (None, None) => return None,
            (Some(a), Some(b)) => {
                let (extra, missing) = (b.without(a), a.without(b));
                let relation = Relation::of(missing.is_empty(), extra.is_empty(), a.meets(b));
                (relation, facet.members_of(&extra), facet.members_of(&missing))
            }
            _ => (Relation::Undeclared, Vec::new(), Vec::new()),
        };
        Some(FacetComparison {
            facet: facet.name.clone(),
            relation,
            claim: a.map(named),
            figure: b.map(named),
            extra,
            missing,
        })
    }
}

fn compare_periods(claim: &Scope, figure: &Scope) -> Option<FacetComparison> {
    let (a, b) = (claim.period(), figure.period());
    let relation = match (a, b) {
        (None, None) => return None,
        (Some(a), Some(b)) => b.relation(a),
        _ => Relation::Undeclared,
    };
    Some(FacetComparison {
        facet: PERIOD.to_owned(),
        relation,
        claim: a.map(ToString::to_string),
        figure: b.map(ToString::to_string),
        extra: Vec::new(),
        missing: Vec::new(),
    })
}
