//! The documents: their links lead somewhere, their TOML is TOML, their JSON is what the schemas say, and the README
//! names every check.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads the project's own files, and fails where they are not as they should be"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// Every Markdown page of the project that is not a draft.
fn pages() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(PathBuf::from).into();
    let docs = fs::read_dir("docs").unwrap().map(|entry| entry.unwrap().path());
    found.extend(docs.filter(|path| path.extension().is_some_and(|ending| ending == "md")));
    found.extend(check_pages());
    found.sort();
    found
}

fn check_pages() -> Vec<PathBuf> {
    let folders = fs::read_dir("src/checks").unwrap().map(|entry| entry.unwrap().path());
    folders.filter(|path| path.is_dir()).map(|path| path.join("README.md")).collect()
}

/// The fenced blocks of a page, with what stands after the opening fence.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(language), None) => open = Some((language.to_owned(), String::new())),
            (Some(_), Some(_)) => found.extend(open.take()),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is never closed");
    found
}

/// The targets of the links in a page.
fn links(page: &str) -> Vec<&str> {
    let starts = page.match_indices("](").map(|(at, mark)| at + mark.len());
    starts.filter_map(|at| page[at..].split_once(')').map(|(target, _)| target)).collect()
}

/// The anchors of a page's headings, as GitHub makes them.
fn anchors(page: &str) -> Vec<String> {
    let headings =
        page.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    headings
        .map(|heading| heading.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-"))
        .collect()
}

#[test]
fn links_lead_somewhere() {
    let mut lost = Vec::new();
    for path in pages() {
        let page = fs::read_to_string(&path).unwrap();
        for target in links(&page).into_iter().filter(|target| !target.starts_with("http")) {
            let (file, anchor) =
                target.split_once('#').map_or((target, None), |(file, anchor)| (file, Some(anchor)));
            let other = if file.is_empty() {
                path.clone()
            } else {
                path.parent().unwrap_or(Path::new("")).join(file)
            };
            let is_there = match anchor {
                None => other.exists(),
                Some(anchor) => fs::read_to_string(&other)
                    .is_ok_and(|page| anchors(&page).iter().any(|heading| heading == anchor)),
            };
            if !is_there {
                lost.push(format!("{}: {target}", path.display()));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn toml_in_pages_is_toml() {
    for path in pages() {
        for (language, text) in blocks(&fs::read_to_string(&path).unwrap()) {
            if language.split(' ').next() == Some("toml") {
                let parsed: Result<toml::Table, _> = toml::from_str(&text);
                assert!(parsed.is_ok(), "{}: {}\n{text}", path.display(), parsed.unwrap_err());
            }
        }
    }
}

#[test]
fn the_report_in_the_page_is_valid() {
    let schema: serde_json::Value =
        serde_json::from_str(&fs::read_to_string("docs/report.schema.json").unwrap()).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let page = fs::read_to_string("docs/json.md").unwrap();
    let (_, text) = blocks(&page).into_iter().find(|(language, _)| language == "json").unwrap();
    let mut report: serde_json::Value = serde_json::from_str(&text).unwrap();
    let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    report["claims"][0]["verdict"] = "unchecked".into();
    assert!(!validator.is_valid(&report), "an unchecked claim says why, and has nothing computed");
}

#[test]
fn the_readme_names_every_check() {
    let readme = fs::read_to_string("README.md").unwrap();
    for page in check_pages() {
        let slug = page.parent().unwrap().file_name().unwrap().to_str().unwrap().replace('_', "-");
        assert!(readme.contains(&format!("[{slug}]({})", page.display())), "{slug} is not in the README");
    }
}

#[test]
fn links_and_anchors_are_read_as_on_github() {
    assert_eq!(links("see [a](b.md#c), [d](e)"), ["b.md#c", "e"]);
    assert_eq!(
        anchors("## What formulas do to scopes\ntext\n# Exit codes"),
        ["what-formulas-do-to-scopes", "exit-codes"]
    );
}
