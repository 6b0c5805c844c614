//! `JUnit`'s XML, read by a parser that lets nothing ill-formed pass.

use std::path::Path;

use factcheck::finding::Severity;
use roxmltree::{Document, Node};

use super::{broken, hostile, runs};

fn children<'a, 'd>(node: Node<'a, 'd>, name: &'static str) -> Vec<Node<'a, 'd>> {
    node.children().filter(|child| child.has_tag_name(name)).collect()
}

#[test]
fn every_claim_is_a_case_and_every_finding_in_one() {
    for run in runs() {
        let report = run.report("junit");
        let document = Document::parse(&report).unwrap();
        let suites = children(document.root_element(), "testsuite");
        assert_eq!(suites.len(), run.stories.len() + usize::from(!run.problems.is_empty()), "{}", run.name);
        for (suite, story) in suites.iter().zip(&run.stories) {
            assert_eq!(suite.attribute("name"), story.rules.to_str());
            let cases = children(*suite, "testcase");
            let counted = |element: &'static str| {
                cases.iter().filter(|case| !children(**case, element).is_empty()).count()
            };
            let said = |key: &str| suite.attribute(key).unwrap().parse::<usize>().unwrap();
            assert_eq!(said("tests"), cases.len());
            assert_eq!(
                (said("failures"), said("errors")),
                (counted("failure"), counted("error")),
                "{}",
                run.name
            );
            for (case, claim) in cases.iter().zip(&story.claims) {
                assert_eq!(case.attribute("name"), Some(&*claim.id));
                let is_unchecked = claim.verdict.name() == "unchecked";
                assert_eq!(children(*case, "error").len(), usize::from(is_unchecked), "{}", claim.id);
                let properties: Vec<Node<'_, '_>> =
                    case.descendants().filter(|it| it.has_tag_name("property")).collect();
                assert!(properties.iter().any(|it| it.attribute("value") == Some(claim.verdict.name())));
            }
            // Findings of no claim: one case each, after the claims'.
            let unclaimed = story.findings.iter().filter(|finding| finding.claim.is_none()).count();
            assert_eq!(cases.len(), story.claims.len() + unclaimed, "{}", run.name);
            for finding in &story.findings {
                let head = format!("{}[{}]: ", finding.severity.name(), finding.check);
                let home: Vec<&Node<'_, '_>> = cases
                    .iter()
                    .filter(|case| match &finding.claim {
                        Some(claim) => case.attribute("name") == Some(claim),
                        None => case.attribute("name").is_some_and(|name| name.starts_with(finding.check)),
                    })
                    .collect();
                let kinds: &[&'static str] =
                    if finding.severity == Severity::Error { &["failure", "error"] } else { &["system-out"] };
                let told = home.iter().flat_map(|case| kinds.iter().flat_map(|kind| children(**case, kind)));
                let told: Vec<&str> =
                    told.filter_map(|it| it.text()).filter(|text| text.contains(&head)).collect();
                assert!(!told.is_empty(), "{}: {finding:?}", run.name);
            }
            let heads = |text: &str| {
                let starts = ["error[", "warning[", "note["];
                text.lines().filter(|line| starts.iter().any(|start| line.starts_with(start))).count()
            };
            let told: usize = suite
                .descendants()
                .filter_map(|node| node.text().filter(|_| node.is_text()))
                .map(heads)
                .sum();
            assert_eq!(told, story.findings.len(), "{}", run.name);
        }
    }
}

#[test]
fn cases_stand_where_their_numbers_stand() {
    for run in runs() {
        let report = run.report("junit");
        let document = Document::parse(&report).unwrap();
        for (suite, story) in children(document.root_element(), "testsuite").iter().zip(&run.stories) {
            for (case, claim) in children(*suite, "testcase").iter().zip(&story.claims) {
                let line = case.attribute("line").map(|line| line.parse::<usize>().unwrap());
                assert_eq!(line, claim.place.map(|place| place.line));
                let (Some(line), Some(comparison)) = (line, &claim.comparison) else { continue };
                let file = case.attribute("file").unwrap();
                if Path::new(file).extension().is_none_or(|ending| ending != "md") {
                    // Markup may stand in a number of HTML.
                    continue;
                }
                let text = run.text(file);
                let first = comparison.says.split_whitespace().next().unwrap();
                let number = text.split('\n').nth(line - 1).unwrap();
                assert!(number.contains(first), "{}: {first} is not in {number}", run.name);
            }
        }
    }
}

#[test]
fn names_of_cases_are_unique_in_their_suite() {
    for run in runs().into_iter().filter(|run| run.problems.is_empty()) {
        let report = run.report("junit");
        let document = Document::parse(&report).unwrap();
        for suite in children(document.root_element(), "testsuite") {
            let mut names: Vec<&str> =
                children(suite, "testcase").iter().filter_map(|case| case.attribute("name")).collect();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{}", run.name);
        }
    }
}

#[test]
fn problems_are_a_suite_of_errors() {
    let run = broken();
    let report = run.report("junit");
    let document = Document::parse(&report).unwrap();
    let suite = *children(document.root_element(), "testsuite").last().unwrap();
    let told: Vec<&str> = suite
        .descendants()
        .filter(|it| it.has_tag_name("error"))
        .filter_map(|it| it.attribute("message"))
        .collect();
    assert_eq!(told, run.problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>());
}

#[test]
fn what_xml_has_no_place_for_is_replaced() {
    let report = hostile().report("junit");
    let document = Document::parse(&report).unwrap();
    let by = document.descendants().find(|it| it.attribute("name") == Some("by")).unwrap();
    assert_eq!(by.attribute("value"), Some("</testcase> @all ]]> \u{fffd}"));
}
