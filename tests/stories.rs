//! The stories in `fixtures/`, whole way through, held against what a person expects of each.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod newsroom;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use factcheck::draft::{Format as DraftFormat, Manuscript, Prose};
use factcheck::engine::StoryOutcome;
use factcheck::finding::{Label, Role, Severity};
use factcheck::report::{self, Assembler, Style};
use factcheck::source::{Format, SheetOptions, rows};
use factcheck::system::{Disk, System};
use factcheck::text::Counting;

#[derive(serde::Deserialize)]
struct Expected {
    #[serde(default)]
    finding: Vec<ExpectedFinding>,
    #[serde(default)]
    note: Vec<ExpectedFinding>,
    verdicts: BTreeMap<String, String>,
}

#[derive(serde::Deserialize)]
struct ExpectedFinding {
    check: String,
    claim: Option<String>,
    severity: Option<String>,
}

/// Each story's folder and its rules.
fn stories() -> Vec<(String, PathBuf)> {
    let entries = Disk.list(Path::new("fixtures")).unwrap();
    let is_story = |folder: &Path| Disk.kind(&folder.join("expected.toml")).is_some();
    let stories: Vec<(String, PathBuf)> = entries
        .iter()
        .filter(|entry| is_story(&entry.path))
        .map(|entry| {
            let name = entry.path.file_name().unwrap().to_str().unwrap().to_owned();
            let rules =
                if name == "deportations" { PathBuf::from("claims") } else { entry.path.join("claims") };
            (name, rules)
        })
        .collect();
    assert!(stories.len() > 6, "{stories:?}");
    stories
}

/// A file's text; of a Word document, a paragraph a line.
fn text(path: &Path) -> String {
    let mut bytes = Vec::new();
    Disk.read(path, &mut bytes).unwrap();
    match DraftFormat::of(path.to_str().unwrap()) {
        Ok(format) => Manuscript::read(format, &bytes).unwrap().text.into_owned(),
        Err(_) => String::from_utf8(bytes).unwrap(),
    }
}

#[test]
fn every_story_is_found_to_be_what_a_person_says_it_is() {
    for (name, rules) in stories() {
        let expected: Expected =
            toml::from_str(&text(&Path::new("fixtures").join(&name).join("expected.toml"))).unwrap();
        let outcomes: Vec<StoryOutcome> = newsroom::checked(&Disk, &rules)
            .into_iter()
            .filter(|story| {
                story.draft.as_ref().is_some_and(|draft| draft.starts_with(format!("fixtures/{name}")))
            })
            .collect();
        assert!(outcomes.iter().all(|story| story.problems.is_empty()), "{name}: {outcomes:#?}");
        let verdicts: BTreeMap<String, String> = outcomes
            .iter()
            .flat_map(|story| &story.claims)
            .map(|claim| (claim.id.to_string(), claim.verdict.name().to_owned()))
            .collect();
        assert_eq!(verdicts, expected.verdicts, "{name}");
        let found = |is_note: bool| -> BTreeSet<(String, Option<String>, &'static str)> {
            let findings = outcomes.iter().flat_map(|story| &story.findings);
            let wanted = findings.filter(|finding| (finding.severity == Severity::Note) == is_note);
            wanted
                .map(|finding| (finding.check.to_owned(), finding.claim.clone(), finding.severity.name()))
                .collect()
        };
        let wanted = |list: &[ExpectedFinding],
                      severity: &'static str|
         -> BTreeSet<(String, Option<String>, &'static str)> {
            let severity = |finding: &ExpectedFinding| match finding.severity.as_deref() {
                Some("error") => "error",
                Some("warning") => "warning",
                _ => severity,
            };
            list.iter()
                .map(|finding| (finding.check.clone(), finding.claim.clone(), severity(finding)))
                .collect()
        };
        assert_eq!(found(false), wanted(&expected.finding, "error"), "{name}");
        assert_eq!(found(true), wanted(&expected.note, "note"), "{name}: notes");
    }
}

#[test]
fn flagged_bytes_are_the_ones_that_are_said() {
    for (name, rules) in stories() {
        for story in newsroom::checked(&Disk, &rules) {
            for finding in &story.findings {
                for label in finding.labels.iter().filter(|label| label.role != Role::Source) {
                    let file = text(&label.path);
                    let span = label.excerpt.in_file;
                    assert_eq!(span.of(&file), label.excerpt.marked(), "{name}: {finding:?}");
                    let line = file.lines().nth(label.excerpt.start.line - 1).unwrap();
                    let column: String = line.chars().skip(label.excerpt.start.column - 1).collect();
                    let first = label.excerpt.marked().lines().next().unwrap_or_default();
                    assert!(column.starts_with(first), "{name}: {finding:?}");
                }
            }
        }
    }
}

#[test]
fn a_word_document_is_told_by_paragraph_and_character() {
    let rules = Path::new("fixtures/night-ferry/claims/word.toml");
    let place = "fixtures/night-ferry/draft.docx: paragraph 5, character 55";
    assert!(rendered(rules, "full").contains(&format!("  --> {place}\n")));
    assert!(rendered(rules, "concise").starts_with(&format!("{place}: error[value-refuted] ")));
    let json: serde_json::Value = serde_json::from_str(&rendered(rules, "json")).unwrap();
    let draft = &json["findings"][0]["draft"];
    assert_eq!((&draft["paragraph"], &draft["character"]), (&5.into(), &55.into()));
    assert_eq!((&draft["line"], &draft["text"]), (&5.into(), &"6%".into()));
    assert!(draft.get("start").is_none() && draft.get("end").is_none());
}

#[test]
fn one_story_is_read_alike_in_html_and_in_word() {
    let prose = |path: &str| {
        let mut bytes = Vec::new();
        Disk.read(Path::new(path), &mut bytes).unwrap();
        Manuscript::read(DraftFormat::of(path).unwrap(), &bytes).unwrap().prose
    };
    let (html, word) = (prose("fixtures/night-ferry/draft.html"), prose("fixtures/night-ferry/draft.docx"));
    let blocks = |prose: &Prose| -> BTreeSet<String> {
        prose.text().lines().filter(|block| !block.starts_with("Port Alder")).map(str::to_owned).collect()
    };
    assert_eq!(blocks(&html), blocks(&word));
    for hidden in ["64,190", "61,900", "48,210", "20817", "nearly", "Desk", "yyyy"] {
        assert!(!html.text().contains(hidden) && !word.text().contains(hidden), "{hidden}");
    }
}

#[test]
fn source_cells_are_where_they_are_said_to_be() {
    let mut seen = 0;
    for (name, rules) in stories() {
        for story in newsroom::checked(&Disk, &rules) {
            let labels = story.findings.iter().flat_map(|finding| &finding.labels);
            for label in labels.filter(|label| label.role == Role::Source) {
                seen += 1;
                if label.excerpt.counting == Counting::Cells {
                    assert_in_sheet(label);
                    continue;
                }
                let file = text(&label.path);
                let line = file.lines().nth(label.excerpt.start.line - 1).unwrap();
                assert!(line.contains(label.excerpt.marked()), "{name}: {label:?}");
            }
        }
    }
    assert!(seen > 5, "only {seen} cells");
}

/// That the row of a spreadsheet which a label names has the text that it shows.
fn assert_in_sheet(label: &Label) {
    let sheet = label.text.split(['“', '”']).nth(1);
    let mut bytes = Vec::new();
    Disk.read(&label.path, &mut bytes).unwrap();
    let line = u64::try_from(label.excerpt.start.line).unwrap();
    let options = SheetOptions { sheet, ..SheetOptions::default() };
    let rows = rows(&bytes, Format::Workbook, &options, &[line]);
    let cells: Vec<&str> = rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.as_str()).collect();
    assert!(cells.contains(&label.excerpt.marked()), "{label:?}: {cells:?}");
}

fn rendered(rules: &Path, format: &str) -> String {
    let format = report::named(format).unwrap();
    let mut out = Vec::new();
    let mut report = Assembler::begin(&mut out, format).unwrap();
    let mut totals = factcheck::engine::Totals::default();
    for outcome in newsroom::checked(&Disk, rules) {
        totals.add(&outcome);
        report.push(&format.story(&outcome, Style::PLAIN)).unwrap();
    }
    report.finish(&[], &totals).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_finding_and_claim_is_in_every_format() {
    for (name, rules) in stories() {
        let outcomes = newsroom::checked(&Disk, &rules);
        let findings: Vec<_> = outcomes.iter().flat_map(|story| &story.findings).collect();
        let full = rendered(&rules, "full");
        let concise = rendered(&rules, "concise");
        let json: serde_json::Value = serde_json::from_str(&rendered(&rules, "json")).unwrap();
        let tagged = |text: &str| {
            text.matches(['e', 'w', 'n']).count().min(1)
                * findings.iter().filter(|finding| text.contains(&finding.message)).count()
        };
        assert_eq!(tagged(&full), findings.len(), "{name}");
        assert_eq!(concise.lines().count(), findings.len() + 2, "{name}");
        let found = json["findings"].as_array().unwrap();
        assert_eq!(
            found.iter().map(|it| it["message"].as_str().unwrap()).collect::<Vec<_>>(),
            findings.iter().map(|it| it.message.as_str()).collect::<Vec<_>>()
        );
        let claims: usize = outcomes.iter().map(|story| story.claims.len()).sum();
        assert_eq!(json["claims"].as_array().unwrap().len(), claims, "{name}");
    }
}

#[test]
fn json_reports_hold_to_their_schema() {
    let schema: serde_json::Value =
        serde_json::from_str(&text(Path::new("docs/report.schema.json"))).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (name, rules) in stories() {
        let report: serde_json::Value = serde_json::from_str(&rendered(&rules, "json")).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&report)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

#[test]
fn reports_read_as_they_should() {
    for (name, rules) in stories() {
        insta::assert_snapshot!(format!("full-{name}"), rendered(&rules, "full"));
    }
    for format in ["concise", "markdown"] {
        let report = rendered(Path::new("fixtures/disclosure-cut/claims"), format);
        insta::assert_snapshot!(format!("{format}-disclosure-cut"), report);
    }
}
