//! JSON, a record a line: what the JSON report has, and nothing else.

use serde_json::Value;

use super::{broken, runs};

#[test]
fn lines_have_what_the_document_has() {
    for run in runs() {
        let document: Value = serde_json::from_str(&run.report("json")).unwrap();
        let report = run.report("jsonl");
        let mut lines: Vec<Value> = report.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let mut last = lines.pop().unwrap();
        let members = last.as_object_mut().unwrap();
        assert_eq!(members.remove("kind").unwrap(), "totals");
        let mut of_kind = |kind: &str| -> Vec<Value> {
            let (mut found, rest): (Vec<Value>, _) =
                std::mem::take(&mut lines).into_iter().partition(|line| line["kind"] == kind);
            lines = rest;
            for line in &mut found {
                line.as_object_mut().unwrap().remove("kind");
            }
            found
        };
        members.insert("claims".to_owned(), of_kind("claim").into());
        members.insert("findings".to_owned(), of_kind("finding").into());
        members.insert("problems".to_owned(), of_kind("problem").into());
        assert!(lines.is_empty(), "{lines:?}");
        assert_eq!(last, document, "{}", run.name);
        assert_eq!(document["claims"].as_array().unwrap().len(), run.claims(), "{}", run.name);
    }
    assert!(broken().report("jsonl").contains("\"kind\":\"problem\""));
}
