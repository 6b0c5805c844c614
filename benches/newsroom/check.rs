//! Verdicts of a JSON report, held against the expected ones.

use std::collections::HashMap;

use serde::Deserialize;

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    claims: Vec<Judged<'a>>,
}

#[derive(Deserialize)]
struct Judged<'a> {
    id: &'a str,
    verdict: &'a str,
}

#[derive(Deserialize)]
struct Expected<'a> {
    claim: &'a str,
    verdict: &'a str,
}

/// Both are texts of JSON: one document, and a line a claim. Gives the number of claims, and a sentence for each
/// verdict that is missing, differs, or was not asked for.
pub(crate) fn differences(report: &str, expected: &str) -> Result<(usize, Vec<String>), serde_json::Error> {
    let report: Report<'_> = serde_json::from_str(report)?;
    let mut verdicts: HashMap<&str, &str> = HashMap::with_capacity(report.claims.len());
    let mut wrong = Vec::new();
    for Judged { id, verdict } in report.claims {
        if verdicts.insert(id, verdict).is_some() {
            wrong.push(format!("{id}: reported more than once"));
        }
    }
    let mut count = 0;
    for line in expected.lines() {
        let Expected { claim, verdict } = serde_json::from_str(line)?;
        count += 1;
        match verdicts.remove(claim) {
            Some(found) if found == verdict => {}
            Some(found) => wrong.push(format!("{claim}: {found}, and should be {verdict}")),
            None => wrong.push(format!("{claim}: no verdict, and should be {verdict}")),
        }
    }
    let mut others: Vec<&str> = verdicts.into_keys().collect();
    others.sort_unstable();
    wrong.extend(others.into_iter().map(|id| format!("{id}: not a claim of the newsroom")));
    Ok((count, wrong))
}
