//! How a claim was judged, in plain words.

use super::{about, one_line};
use crate::checks::difference;
use crate::engine::{ClaimFile, ClaimOutcome, StoryOutcome};
use crate::hedge::How;
use crate::report::how;
use crate::scope::Relation;

/// Checks that say of a verdict what its readers should know.
const WORTH_KNOWING: [&str; 5] =
    ["rounding-sensitive", "unequal-periods", "hedge-dropped", "direction-differs", "record-refuted"];

/// What the words allow, what the figures give, and what these count.
pub(super) fn body(story: &StoryOutcome<'_>, claim: &ClaimOutcome<'_>, file: &ClaimFile) -> String {
    let mut sentences = Vec::new();
    if let Some(comparison) = &claim.comparison {
        let by = match comparison.how {
            How::Outside if !file.apart.is_empty() => format!(", by {}", file.apart),
            _ => String::new(),
        };
        sentences.push(format!(
            "The words “{}” allow {}. The figures give {}: {}{by}.",
            one_line(&comparison.says),
            file.allowed,
            file.computed,
            how::in_words(comparison.how)
        ));
    }
    let differing =
        claim.scope.iter().filter(|facet| !matches!(facet.relation, Relation::Same | Relation::Undeclared));
    let differences: Vec<String> = differing.map(|facet| difference(facet)).collect();
    if !differences.is_empty() {
        sentences.push(format!("The figure {}.", differences.join("; it ")));
        sentences.push(match &file.disclosed {
            Some(passage) if claim.disclosed => {
                format!("The story tells its readers: “{}”.", one_line(passage))
            }
            Some(_) => "The story does not tell its readers of all of that.".to_owned(),
            None => "The story does not tell its readers.".to_owned(),
        });
    }
    let known = about(story, claim).filter(|finding| WORTH_KNOWING.contains(&finding.check));
    sentences.extend(known.map(|finding| format!("Note: {}.", finding.message)));
    sentences.join(" ")
}
