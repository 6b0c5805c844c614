//! Which numbers of a draft need a claim.

use crate::finding::Severity;
use crate::mention::Kind;
use crate::number::Decimal;

/// What a project asks of the coverage of its drafts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demands {
    /// The kinds of number that need a claim.
    pub kinds: Vec<Kind>,
    /// The share of a draft's quantities that must be claimed or ignored, from 0 to 1.
    pub minimum: Option<Decimal>,
    /// How much a number without a claim weighs.
    pub severity: Severity,
}

impl Default for Demands {
    fn default() -> Self {
        let kinds = [
            Kind::Number,
            Kind::Money,
            Kind::Percent,
            Kind::Points,
            Kind::Fraction,
            Kind::Multiple,
            Kind::Rate,
            Kind::Measure,
        ];
        Self { kinds: kinds.to_vec(), minimum: None, severity: Severity::Note }
    }
}

impl Demands {
    /// Whether a number of this kind needs a claim.
    pub fn demands(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }
}
