//! Verdicts on a scale.

use serde_json::{Value, json};

use crate::claim::RatingWords;
use crate::engine::ClaimOutcome;
use crate::hedge::Verdict;
use crate::scope::Relation;

/// What a review comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rating {
    /// The value lies within what the words allow, and counts what they say, or the draft tells what else.
    Supported,
    /// The value lies within what the words allow, and counts something else, of which the draft does not tell.
    NeedsContext,
    /// The figures are too coarse to tell.
    Undecided,
    /// The value lies outside of what the words allow.
    Refuted,
}

impl Rating {
    /// The worst and the best, as schema.org has them where nothing is said.
    const SCALE: (u8, u8) = (1, 5);

    /// The rating of a claim; none of one that could not be checked.
    pub(super) fn of(claim: &ClaimOutcome<'_>) -> Option<Self> {
        let differs =
            claim.scope.iter().any(|facet| !matches!(facet.relation, Relation::Same | Relation::Undeclared));
        match claim.verdict {
            Verdict::Supported if differs && !claim.disclosed => Some(Self::NeedsContext),
            Verdict::Supported => Some(Self::Supported),
            Verdict::Undecided => Some(Self::Undecided),
            Verdict::Refuted => Some(Self::Refuted),
            Verdict::Unchecked => None,
        }
    }

    /// Its place on the scale. A right number for something else is nearer to wrong than to right; what nobody can tell is
    /// in the middle.
    fn value(self) -> u8 {
        match self {
            Self::Supported => 5,
            Self::Undecided => 3,
            Self::NeedsContext => 2,
            Self::Refuted => 1,
        }
    }

    pub(super) fn json(self, words: &RatingWords) -> Value {
        let (worst, best) = Self::SCALE;
        let word = match self {
            Self::Supported => &words.supported,
            Self::NeedsContext => &words.needs_context,
            Self::Undecided => &words.undecided,
            Self::Refuted => &words.refuted,
        };
        json!({
            "@type": "Rating",
            "ratingValue": self.value(),
            "bestRating": best,
            "worstRating": worst,
            "alternateName": word,
        })
    }
}
