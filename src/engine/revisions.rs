//! What later versions of a story's figures would do to its claims.

use super::assess::{Assessor, Prepared};
use super::book::{Overtaken, Supposed, SupposedValue};
use super::story::Opened;
use crate::assessment::{Revision, Revisions};
use crate::formula::Quantity;

impl<'a> Opened<'a> {
    /// The figures of which there is a later version, and what the claims would come to by those.
    pub(super) fn revisions(
        &mut self,
        assessor: &Assessor<'_, 'a>,
        prepared: &[Prepared<'a>],
    ) -> Revisions<'a> {
        let mut supposed = Supposed::new();
        let mut figures = Vec::new();
        for at in 0..self.book.slots() {
            let Some(Overtaken { definition, revision, on, now, later }) = self.book.later(at) else {
                continue;
            };
            let rests = |prepared: &Prepared<'a>| self.book.below(prepared.slots()).contains(&at);
            let claims =
                prepared.iter().enumerate().filter(|(_, prepared)| rests(prepared)).map(|(claim, _)| claim);
            let claims = claims.collect();
            let Quantity { nominal, range, unit, .. } = later;
            supposed.insert(at, SupposedValue { nominal, range, unit });
            figures.push(Revision {
                name: definition.name,
                file: definition.file,
                span: revision.span,
                on,
                note: revision.value.note.as_ref().map(|note| &*note.value.0),
                now,
                later,
                claims,
            });
        }
        let verdicts = if figures.is_empty() {
            Vec::new()
        } else {
            self.verdicts_supposing(supposed, assessor, prepared)
        };
        Revisions { figures, verdicts }
    }
}
