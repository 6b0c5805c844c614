//! GitLab's Code Quality report: the keys that it needs, and fingerprints that are unique.

use std::collections::HashSet;

use serde_json::Value;

use super::{flagged, runs};

#[test]
fn every_finding_is_an_issue() {
    for run in runs() {
        let report: Value = serde_json::from_str(&run.report("gitlab")).unwrap();
        let issues = report.as_array().unwrap();
        let findings = run.findings();
        assert_eq!(issues.len(), findings.len() + run.problems.len(), "{}", run.name);
        let prints: HashSet<&str> =
            issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
        assert_eq!(prints.len(), issues.len(), "{}: a fingerprint is not unique", run.name);
        for (issue, finding) in issues.iter().zip(&findings) {
            assert_eq!(issue["description"], finding.message);
            assert_eq!(issue["check_name"], finding.check);
            let severity = match finding.severity.name() {
                "error" => "critical",
                "warning" => "minor",
                _ => "info",
            };
            assert_eq!(issue["severity"], severity);
            let path = issue["location"]["path"].as_str().unwrap();
            assert!(!path.starts_with("./") && !path.starts_with('/'), "{path}");
            let line = usize::try_from(issue["location"]["lines"]["begin"].as_u64().unwrap()).unwrap();
            let text = run.text(path);
            let rest: String = text.split_inclusive('\n').skip(line - 1).collect();
            assert!(rest.contains(flagged(finding)), "{}: {issue}", run.name);
            let first = flagged(finding).lines().next().unwrap_or_default();
            assert!(rest.lines().next().unwrap().contains(first), "{}: {issue}", run.name);
        }
        for (issue, problem) in issues.iter().skip(findings.len()).zip(&run.problems) {
            assert_eq!(
                (&issue["severity"], &issue["description"]),
                (&"blocker".into(), &problem.message.clone().into())
            );
        }
    }
}
