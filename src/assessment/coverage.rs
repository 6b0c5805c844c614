//! Coverage: what became of every number of a draft.

use super::Draft;
use crate::mention::Survey;
use crate::text::Span;

/// What became of a quantity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fate {
    /// Nothing in the rules is about it.
    #[default]
    Unclaimed,
    /// A claim is about it, whatever its verdict.
    Claimed,
    /// It needs no claim, for a reason that is given.
    Ignored,
}

/// An instruction to ignore numbers, and whether there were any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IgnoreUse {
    /// Where it stands.
    pub place: IgnorePlace,
    /// Whether it gives a reason.
    pub has_reason: bool,
    /// Whether a number is ignored for it that no claim is about.
    pub is_used: bool,
}

/// Where an instruction to ignore stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IgnorePlace {
    /// In the rule file: its quote.
    Rule(Span),
    /// In the draft's file: a comment.
    Draft(Span),
}

/// What became of each quantity of a draft, by its place in the survey, and of what was to be ignored.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// One for each of the survey's mentions.
    pub fates: Vec<Fate>,
    /// Instructions to ignore, in the order of their files.
    pub ignores: Vec<IgnoreUse>,
}

/// How many numbers there are of each kind; they add up to all that a draft has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CoverageCounts {
    /// Quantities that claims are about.
    pub claimed: usize,
    /// Quantities that need no claim, for a reason.
    pub ignored: usize,
    /// Numbers that are no quantities, by a named rule.
    pub excluded: usize,
    /// Quantities that no rule is about.
    pub unclaimed: usize,
}

impl Coverage {
    /// With every number unclaimed.
    pub fn of(survey: &Survey) -> Self {
        Self { fates: vec![Fate::Unclaimed; survey.mentions.len()], ignores: Vec::new() }
    }

    /// Notes that a claim is about a mention; a claim outranks an ignore.
    pub fn claim(&mut self, mention: usize) {
        if let Some(fate) = self.fates.get_mut(mention) {
            *fate = Fate::Claimed;
        }
    }

    /// Notes that a mention is to be ignored, and says whether that changes anything.
    pub fn ignore(&mut self, mention: usize) -> bool {
        match self.fates.get_mut(mention) {
            Some(fate) if *fate != Fate::Claimed => {
                *fate = Fate::Ignored;
                true
            }
            _ => false,
        }
    }

    /// The counts, with the draft's excluded numbers.
    pub fn counts(&self, draft: &Draft<'_>) -> CoverageCounts {
        self.counts_with(draft.survey.excluded.len() + draft.in_code)
    }

    fn counts_with(&self, excluded: usize) -> CoverageCounts {
        let mut counts = CoverageCounts { excluded, ..CoverageCounts::default() };
        for fate in &self.fates {
            *match fate {
                Fate::Unclaimed => &mut counts.unclaimed,
                Fate::Claimed => &mut counts.claimed,
                Fate::Ignored => &mut counts.ignored,
            } += 1;
        }
        counts
    }
}

impl CoverageCounts {
    /// All numbers.
    pub fn total(&self) -> usize {
        self.claimed + self.ignored + self.excluded + self.unclaimed
    }

    /// The sum of two.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            claimed: self.claimed + other.claimed,
            ignored: self.ignored + other.ignored,
            excluded: self.excluded + other.excluded,
            unclaimed: self.unclaimed + other.unclaimed,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::hedge::Lexicon;
    use crate::mention::survey;

    proptest! {
        /// Whatever is claimed or ignored, in whatever order, no number is lost and none counted twice.
        #[test]
        fn the_four_add_up(text in "([0-9]{1,4}|in|May|March|No\\.|%|million|one|of| |-|,){0,40}", acts in prop::collection::vec((0usize..12, any::<bool>()), 0..20)) {
            let survey = survey(&text, Lexicon::shipped());
            let mut coverage = Coverage::of(&survey);
            for (mention, is_claim) in acts {
                if is_claim { coverage.claim(mention) } else { _ = coverage.ignore(mention) }
            }
            prop_assert_eq!(coverage.counts_with(survey.excluded.len()).total(), survey.mentions.len() + survey.excluded.len());
        }
    }
}
