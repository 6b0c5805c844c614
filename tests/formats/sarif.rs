//! SARIF, against the schema of its makers.

use std::collections::HashSet;
use std::path::Path;

use factcheck::checks;
use factcheck::finding::{Rewording, Role};
use factcheck::system::{Disk, System};
use factcheck::text::Counting;
use serde_json::{Value, json};

use super::{Run, Unit, awkward, between, broken, flagged, runs};

fn schema() -> jsonschema::Validator {
    let mut bytes = Vec::new();
    Disk.read(Path::new("tests/schemas/sarif-2.1.0.json"), &mut bytes).unwrap();
    // Of `language`, the schema has a pattern with a bracket too many, which ECMAScript lets pass and others do not.
    let text = String::from_utf8(bytes).unwrap().replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}\\\\]?$");
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::draft7::new(&schema).unwrap()
}

fn log(run: &Run) -> Value {
    serde_json::from_str(&run.report("sarif")).unwrap()
}

/// Bytes for `%XX`.
fn path(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            assert!(byte.is_ascii_graphic() && !b"<>\"#?:".contains(&byte), "{uri}");
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn words(run: &Run, location: &Value) -> String {
    let physical = &location["physicalLocation"];
    let region = &physical["region"];
    let number = |key: &str| region[key].as_u64().unwrap();
    let text = run.text(&path(physical["artifactLocation"]["uri"].as_str().unwrap()));
    let (start, end) =
        ((number("startLine"), number("startColumn")), (number("endLine"), number("endColumn")));
    between(&text, start, end, Unit::Utf16)
}

#[test]
fn logs_hold_to_the_schema() {
    let schema = schema();
    for run in runs() {
        let mut log = log(&run);
        let errors: Vec<String> =
            schema.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", run.name);
        log["runs"][0]["columnKind"] = "bytes".into();
        assert!(!schema.is_valid(&log), "the schema lets anything pass");
    }
}

#[test]
fn every_finding_is_a_result_at_its_words() {
    for run in runs() {
        let log = log(&run);
        let results = log["runs"][0]["results"].as_array().unwrap();
        let results: Vec<&Value> =
            results.iter().filter(|result| result.get("suppressions").is_none()).collect();
        let findings = run.findings();
        assert_eq!(results.len(), findings.len(), "{}", run.name);
        for (result, finding) in results.iter().zip(findings) {
            assert_eq!(result["ruleId"], finding.check);
            assert_eq!(result["level"], finding.severity.name());
            assert!(result["message"]["text"].as_str().unwrap().starts_with(&finding.message));
            let at = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][at]["id"], finding.check);
            let none = Vec::new();
            let related = result["relatedLocations"].as_array().unwrap_or(&none);
            let locations: Vec<&Value> =
                result["locations"].as_array().unwrap().iter().chain(related).collect();
            assert_eq!(locations.len(), finding.labels.len().max(1), "{}: {finding:?}", run.name);
            for (location, label) in locations.into_iter().zip(&finding.labels) {
                let region = &location["physicalLocation"]["region"];
                if label.excerpt.counting != Counting::Lines {
                    assert!(region.is_null(), "a Word document and a spreadsheet have no lines");
                    let name = location["logicalLocations"][0]["name"].as_str().unwrap();
                    assert!(label.excerpt.place(&label.path).ends_with(name), "{name}");
                } else if label.role == Role::Source {
                    assert_eq!(region["startLine"], label.excerpt.start.line);
                    assert!(region["startColumn"].is_null(), "of a table the line is known");
                } else {
                    assert_eq!(words(&run, location), label.excerpt.marked(), "{}: {finding:?}", run.name);
                }
            }
        }
    }
}

/// The words, kind and reason of each suppressed result.
fn suppressed(run: &Run) -> Vec<(String, String, Option<String>)> {
    let log = log(run);
    let results = log["runs"][0]["results"].as_array().unwrap().clone();
    let suppressed = results.iter().filter_map(|result| {
        let [suppression] = &result.get("suppressions")?.as_array()?[..] else { panic!("{result}") };
        assert_eq!(
            (&result["ruleId"], &suppression["status"]),
            (&"number-unclaimed".into(), &"accepted".into())
        );
        let reason = suppression["justification"].as_str().map(str::to_owned);
        Some((words(run, &result["locations"][0]), suppression["kind"].as_str().unwrap().to_owned(), reason))
    });
    suppressed.collect()
}

#[test]
fn what_is_ignored_is_suppressed_at_its_number_for_its_reason() {
    let run = super::ignoring();
    let seen = suppressed(&run);
    let seen: Vec<_> = seen.iter().map(|(words, kind, why)| (&**words, &**kind, why.as_deref())).collect();
    let chronicle = Some("of the \"chronicle\" </script>");
    assert_eq!(
        seen,
        [
            ("four years", "external", Some("length of a <b>term</b>")),
            ("12", "external", Some("by eye")),
            ("300", "external", Some("by the rules")),
            ("some 40", "inSource", chronicle),
            ("9 days", "inSource", None),
            ("41", "inSource", None),
        ]
    );
    let words: Vec<&str> = run.findings().iter().map(|finding| flagged(finding)).collect();
    assert!(words.contains(&"12") && words.contains(&"$7"), "what nobody ignores is found: {words:?}");
    let totals = run.totals();
    assert_eq!(totals.coverage.ignored, 6);
    assert_eq!(totals.notes + totals.warnings + totals.errors, run.findings().len());
}

#[test]
fn as_many_are_suppressed_as_are_ignored() {
    for run in runs() {
        // Of a Word document, no words can be told by a region.
        if run.stories.iter().any(|story| {
            story.ignored.iter().any(|it| it.finding.labels[0].excerpt.counting == Counting::Paragraphs)
        }) {
            continue;
        }
        assert_eq!(suppressed(&run).len(), run.totals().coverage.ignored, "{}", run.name);
    }
}

#[test]
fn what_is_ignored_is_known_as_what_it_was() {
    let draft = "It cost $12. It cost $12.\n";
    let prints = |rules: &str| -> Vec<String> {
        let run = Run::of("ignored", &[("a.md", draft), ("claims/a.toml", rules)]);
        let log = log(&run);
        let results = log["runs"][0]["results"].as_array().unwrap();
        results.iter().map(|it| it["partialFingerprints"]["factcheckFinding/v1"].to_string()).collect()
    };
    let found = prints("draft = \"../a.md\"\n");
    let ignored = "draft = \"../a.md\"\n[[ignore]]\nquote = \"$12\"\nreason = \"a price\"\n";
    assert_eq!(found.iter().collect::<HashSet<_>>().len(), 2);
    assert_eq!(found, prints(ignored));
    let second = prints(&format!("{ignored}occurrence = 2\n"));
    assert_eq!(
        second.iter().collect::<HashSet<_>>().len(),
        2,
        "the one that is left, and the one that is not"
    );
}

#[test]
fn columns_are_utf16() {
    let run = awkward();
    let log = log(&run);
    assert_eq!(log["runs"][0]["columnKind"], "utf16CodeUnits");
    let findings = run.findings();
    let at = findings.iter().position(|finding| flagged(finding) == "7%").unwrap();
    // Before it: a woman, a joiner, a girl, ` Cafe`, an accent, `s `, a smile, `: rose `: 2 + 1 + 2 + 5 + 1 + 2 + 2 + 7.
    let region = &log["runs"][0]["results"][at]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["startColumn"]), (&3.into(), &23.into()), "{region}");
}

#[test]
fn fixes_replace_the_words_that_they_are_about() {
    let mut seen = 0;
    for mut run in runs() {
        for finding in run.stories.iter_mut().flat_map(|story| &mut story.findings) {
            let draft = finding.place(Role::Draft).map(|label| label.excerpt.clone());
            finding.fix =
                draft.map(|excerpt| Rewording { excerpt, replacement: "more than \"5%\"".to_owned() });
        }
        let log = log(&run);
        assert!(schema().is_valid(&log), "{}", run.name);
        let results = log["runs"][0]["results"].as_array().unwrap();
        for (result, finding) in results.iter().zip(run.findings()) {
            let fix = finding.fix.as_ref().filter(|fix| fix.excerpt.counting == Counting::Lines);
            let Some(fix) = fix else {
                assert!(result["fixes"].is_null(), "a Word document is not edited by its bytes");
                continue;
            };
            let change = &result["fixes"][0]["artifactChanges"][0];
            let replacement = &change["replacements"][0];
            assert_eq!(replacement["insertedContent"]["text"], fix.replacement);
            let region = replacement["deletedRegion"].clone();
            let location = json!({
                "physicalLocation": { "artifactLocation": change["artifactLocation"], "region": region },
            });
            assert_eq!(words(&run, &location), fix.excerpt.marked());
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
}

#[test]
fn every_check_is_a_rule_with_its_page() {
    let log = log(&super::empty());
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), checks::ALL.len());
    for (rule, check) in rules.iter().zip(checks::ALL) {
        assert_eq!(rule["id"], check.slug);
        assert_eq!(rule["help"]["markdown"], check.page);
        assert_eq!(rule["defaultConfiguration"]["level"], check.severity.name());
        let text = rule["help"]["text"].as_str().unwrap();
        assert!(text.contains("## What to do") && !text.contains("## Example"), "{text}");
        assert!(check.page.contains(rule["shortDescription"]["text"].as_str().unwrap()), "{rule}");
    }
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let rules = "draft = \"../a.md\"\n[[claim]]\nid = \"rise\"\nquote = \"rose 7%\"\nformula = \"5%\"\n";
    let prints = |draft: &str, rules: &str| -> Vec<String> {
        let run = Run::of("moved", &[("a.md", draft), ("claims/a.toml", rules)]);
        let log = log(&run);
        let results = log["runs"][0]["results"].as_array().unwrap();
        let print = |result: &Value| {
            result["partialFingerprints"]["factcheckFinding/v1"].as_str().unwrap().to_owned()
        };
        results.iter().map(print).collect()
    };
    let before = prints("It rose 7%, and cost $12 million. It cost $12 million.\n", rules);
    let after = prints(
        "# New\n\nNews came.\n\nIt soon rose 7%, and cost $12 million. It cost $12 million.\n",
        &format!("# A remark.\n\n{rules}"),
    );
    assert_eq!(before, after);
    assert_eq!(before.iter().collect::<HashSet<_>>().len(), 3, "{before:?}");
    assert_ne!(before.first(), prints("It rose 7%.\n", &rules.replace("\"rise\"", "\"rose\"")).first());
}

#[test]
fn what_could_not_be_checked_is_notified() {
    let run = broken();
    let invocation = &log(&run)["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notified = invocation["toolExecutionNotifications"].as_array().unwrap();
    assert_eq!(notified.len(), run.problems.len());
    for (notification, problem) in notified.iter().zip(&run.problems) {
        assert!(notification["message"]["text"].as_str().unwrap().starts_with(&problem.message));
        if let Some(excerpt) = &problem.excerpt {
            assert_eq!(words(&run, &notification["locations"][0]), excerpt.marked());
        }
    }
    assert_eq!(log(&super::empty())["runs"][0]["invocations"][0]["executionSuccessful"], true);
}
