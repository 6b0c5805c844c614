//! How the formulas of claims come to their values.

use std::sync::Arc;

use super::super::assess::{Computation, Prepared};
use super::super::story::Opened;
use crate::assessment::Unchecked;
use crate::checks::quantity_in_words;
use crate::claim::{RawClaim, RawFigure};
use crate::formula::Context;
use crate::number::Decimal;

/// How a formula comes to its value.
#[derive(Clone, Debug, Default)]
pub struct Derivation {
    /// The formula, as written.
    pub text: String,
    /// Its steps, in the order of computing; numbers written in it, which come to themselves, are left out.
    pub steps: Vec<DerivedStep>,
    /// What stopped it.
    pub error: Option<String>,
}

/// One step.
#[derive(Clone, Debug)]
pub struct DerivedStep {
    /// The part of the formula.
    pub part: String,
    /// What it comes to, in words.
    pub value: String,
    /// The figure that it is, by its place in [`Dossier::figures`](super::Dossier::figures).
    pub figure: Option<usize>,
}

impl Opened<'_> {
    /// Two for each claim: of its formula, and of the one that it is held against.
    pub(in crate::engine) fn derivations(&mut self, prepared: &[Prepared<'_>]) -> Vec<Derivation> {
        let mut derivations = Vec::with_capacity(2 * prepared.len());
        for (claim, prepared) in self.decoded.file.claim.iter().zip(prepared) {
            derivations.push(self.derivation(claim, &claim.formula.value.0, &prepared.formula));
            derivations.push(match (&claim.against, &prepared.against) {
                (Some(text), Some(against)) => self.derivation(claim, &text.value.0, against),
                _ => Derivation::default(),
            });
        }
        derivations
    }

    fn derivation(
        &mut self,
        claim: &RawClaim<'_>,
        text: &str,
        computation: &Result<Computation<'_>, Unchecked>,
    ) -> Derivation {
        let derivation = Derivation { text: text.to_owned(), ..Derivation::default() };
        let stopped = |unchecked: &Unchecked| match unchecked {
            Unchecked::Outside { message, .. } => {
                Derivation { error: Some(message.clone()), ..derivation.clone() }
            }
            _ => derivation.clone(),
        };
        let computation = match computation {
            Ok(computation) => computation,
            Err(unchecked) => return stopped(unchecked),
        };
        let quantities = match computation.quantities(self.rules, &mut self.book) {
            Ok(quantities) => quantities,
            Err(unchecked) => return stopped(&unchecked),
        };
        let context = Context { facets: self.facets, over: claim.over.as_ref().map(|over| &*over.value.0) };
        let trace = computation.formula.trace(&quantities, &context);
        let steps = trace.steps.into_iter().map(|step| {
            let written = step.value.checked_mul(Decimal::from(step.unit.written_factor()));
            DerivedStep {
                part: step.span.of(computation.formula.text()).to_owned(),
                value: written.map_or_else(String::new, |value| quantity_in_words(value, step.unit)),
                figure: step.figure.and_then(|at| computation.slots.get(at)).copied(),
            }
        });
        Derivation { steps: steps.collect(), error: trace.error.map(|error| error.to_string()), ..derivation }
    }
}

/// A figure as its rule states it: a value in the words of its source, or a formula.
pub(in crate::engine) fn stated(figure: &RawFigure<'_>) -> Option<String> {
    use crate::claim::RawValue;
    let value = figure.value.as_ref().map(|value| match &value.value {
        RawValue::Number(number) => number.normalize().to_string(),
        RawValue::Text(text) => text.to_string(),
    });
    value.or_else(|| figure.formula.as_ref().map(|formula| formula.value.to_string()))
}

/// A path, to be shared.
pub(super) fn shared(path: &std::path::Path) -> Arc<str> {
    path.to_string_lossy().as_ref().into()
}
