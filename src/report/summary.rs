//! The closing line.

use std::fmt::Write as _;

use crate::assessment::CoverageCounts;
use crate::engine::Totals;

/// Claims by verdict, then findings by severity; on a second line, numbers by coverage.
pub fn closing_line(totals: &Totals) -> String {
    let claims = format!(
        "{}: {} supported, {} refuted, {} undecided, {} unchecked",
        counted(totals.claims(), "claim"),
        totals.supported,
        totals.refuted,
        totals.undecided,
        totals.unchecked
    );
    format!("{claims}; {}\n{}", found(totals), coverage(&totals.coverage))
}

/// Findings by severity, those accepted, and problems.
pub(super) fn found(totals: &Totals) -> String {
    let findings: Vec<String> =
        [(totals.errors, "error"), (totals.warnings, "warning"), (totals.notes, "note")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| counted(count, noun))
            .collect();
    let mut findings = if findings.is_empty() { "nothing found".to_owned() } else { findings.join(", ") };
    if totals.accepted > 0 {
        _ = write!(findings, "; {} accepted", totals.accepted);
    }
    if totals.problems > 0 {
        format!("{findings}; {} in rules or sources", counted(totals.problems, "problem"))
    } else {
        findings
    }
}

/// What became of the numbers: four counts that add up.
pub(super) fn coverage(counts: &CoverageCounts) -> String {
    format!(
        "{}: {} claimed, {} ignored, {} excluded, {} unclaimed",
        counted(counts.total(), "number"),
        counts.claimed,
        counts.ignored,
        counts.excluded,
        counts.unclaimed
    )
}

/// A number with its noun.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_is_named() {
        let coverage = CoverageCounts { claimed: 3, ignored: 1, excluded: 1, unclaimed: 0 };
        let totals = Totals { supported: 2, refuted: 1, errors: 1, coverage, ..Totals::default() };
        assert_eq!(
            closing_line(&totals),
            "3 claims: 2 supported, 1 refuted, 0 undecided, 0 unchecked; 1 error\n\
             5 numbers: 3 claimed, 1 ignored, 1 excluded, 0 unclaimed"
        );
    }
}
