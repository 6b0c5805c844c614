//! Sources that change after somebody has looked at them.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests make files and fail by panicking"
)]

mod program;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use program::{code, err, factcheck, out};

const TABLE: &str = "month,apprehensions\n2025-03,7181\n2025-02,8346\n";

/// A folder of its own for a test: a library's source that two stories share, and a document of one of them.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("claims")).unwrap();
    fs::create_dir_all(folder.join("data")).unwrap();
    let provenance = "publisher = \"U.S. Customs and Border Protection\"\n\
                      url = \"https://www.cbp.gov/newsroom/stats/southwest-land-border-encounters\"\n\
                      retrieved = 2025-04-02\n";
    let library = format!(
        "[source.border]\ntitle = \"Southwest border\"\n{provenance}file = \"../data/border.csv\"\n\n\
         [figure.march]\nsource = \"border\"\nwhere = {{ month = \"2025-03\" }}\ncolumn = \"apprehensions\"\n\n\
         [figure.february]\nsource = \"border\"\nwhere = {{ month = \"2025-02\" }}\ncolumn = \"apprehensions\"\n"
    );
    let first = format!(
        "draft = \"../first.md\"\n\n[source.release]\ntitle = \"Monthly update\"\n{provenance}file = \"../data/release.pdf\"\n\n\
         [figure.stated]\nsource = \"release\"\nvalue = \"7,181\"\n\n\
         [[claim]]\nid = \"march\"\nquote = \"stopped 7,181 people\"\nformula = \"march\"\n\n\
         [[claim]]\nid = \"release\"\nquote = \"the 7,181 of its release\"\nformula = \"stated\"\n"
    );
    let second = "draft = \"../second.md\"\n\n[[claim]]\nid = \"fall\"\nquote = \"fell by 14%\"\n\
                  formula = \"change(february, march)\"\n";
    for (path, text) in [
        ("claims/border.toml", library.as_str()),
        ("claims/first.toml", first.as_str()),
        ("claims/second.toml", second),
        ("first.md", "The Border Patrol stopped 7,181 people, the 7,181 of its release.\n"),
        ("second.md", "The number fell by 14%.\n"),
        ("data/border.csv", TABLE),
        ("data/release.pdf", "%PDF of March"),
        // The lock lies beside it, and not in a folder above.
        ("factcheck.toml", ""),
    ] {
        fs::write(folder.join(path), text).unwrap();
    }
    folder
}

/// The findings of a check: of which check, how grave, and in full.
fn found(folder: &Path, arguments: &[&str]) -> Vec<(String, String, Value)> {
    let output = factcheck(folder, &[arguments, &["--format", "json"]].concat());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    findings.map(|finding| (text(finding, "check"), text(finding, "severity"), finding.clone())).collect()
}

fn checks(findings: &[(String, String, Value)]) -> Vec<(&str, &str)> {
    findings.iter().map(|(check, severity, _)| (check.as_str(), severity.as_str())).collect()
}

fn write(folder: &Path, path: &str, text: &str) {
    fs::write(folder.join(path), text).unwrap();
}

fn locked(folder: &Path) -> String {
    fs::read_to_string(folder.join("factcheck.lock")).unwrap()
}

const ACCEPT: [&str; 6] =
    ["lock", "--update", "--reason", "the agency \"corrected\" March", "--author", "A. Editor"];

#[test]
fn values_of_a_series_are_locked_by_their_keys() {
    let folder = folder("lock-series");
    let library = fs::read_to_string(folder.join("claims/border.toml")).unwrap();
    let series = "[figure.by_month]\nsource = \"border\"\ngroup_by = \"month\"\ncolumn = \"apprehensions\"\n";
    write(&folder, "claims/border.toml", &format!("{library}\n{series}"));
    let rules = fs::read_to_string(folder.join("claims/first.toml")).unwrap();
    let by_key = rules.replace("formula = \"march\"", "formula = 'by_month[\"2025-03\"]'");
    write(&folder, "claims/first.toml", &by_key);
    let output = factcheck(&folder, &["lock"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let line = "name = \"by_month[\\\"2025-03\\\"]\", value = \"7181\"";
    assert!(locked(&folder).contains(line), "{}", locked(&folder));
    write(&folder, "data/border.csv", &TABLE.replace("7181", "7180"));
    let findings = found(&folder, &["claims/first.toml"]);
    assert_eq!(checks(&findings), [("value-refuted", "error"), ("source-changed", "error")]);
    let notes = findings[1].2["notes"].to_string();
    assert!(notes.contains("by_month[\\\"2025-03\\\"]  7,181 → 7,180"), "{notes}");
    assert!(notes.contains("march  supported → refuted"), "{notes}");
}

#[test]
fn a_cell_that_changes_is_noticed_until_somebody_says_why() {
    let folder = folder("lock");
    assert_eq!(found(&folder, &[]), []);
    let output = factcheck(&folder, &["lock"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert_eq!(
        out(&output),
        "added: data/border.csv\nadded: data/release.pdf\n2 files locked in factcheck.lock\n"
    );
    let lock = locked(&folder);
    assert!(
        lock.contains("file = \"data/border.csv\"\n") && lock.contains("size = 46\nrows = 2\n"),
        "{lock}"
    );
    let line = "{ story = \"claims/second.toml\", name = \"march\", value = \"7181\", unit = \"number\" }";
    assert!(lock.contains(line), "{lock}");
    assert!(
        lock.contains("{ story = \"claims/first.toml\", name = \"stated\", stated = \"7,181\" }"),
        "{lock}"
    );
    assert_eq!(found(&folder, &[]), []);

    // The number that both stories rest on becomes another. Only one of them says something else for it.
    write(&folder, "data/border.csv", &TABLE.replace("7181", "7180"));
    let findings = found(&folder, &[]);
    assert_eq!(
        checks(&findings),
        [("value-refuted", "error"), ("source-changed", "error"), ("source-changed", "error")]
    );
    let (first, second) = (&findings[1].2, &findings[2].2);
    let notes = first["notes"].to_string();
    assert!(notes.contains("march  7,181 → 7,180   by −1, −0.013926%"), "{notes}");
    assert!(notes.contains("march  supported → refuted"), "{notes}");
    assert!(first["message"].as_str().unwrap().contains("data/border.csv"), "{first}");
    assert_eq!(first["draft"]["line"], 1);
    // The cell is pointed at, so that `--diff` finds it changed.
    let cell = &first["sources"][0];
    assert_eq!((&cell["path"], &cell["line"]), (&"data/border.csv".into(), &2.into()), "{first}");
    assert!(!second["notes"].to_string().contains("claims"), "its claim holds as before: {second}");

    // Nothing is overwritten without a reason.
    let output = factcheck(&folder, &["lock"]);
    assert_eq!(code(&output), 1);
    assert!(out(&output).starts_with("changed: data/border.csv\n"), "{}", out(&output));
    assert_eq!(locked(&folder), lock);
    // Nor for one story alone.
    let output = factcheck(&folder, &[&ACCEPT[..], &["claims/first.toml"]].concat());
    assert_eq!(code(&output), 2);
    assert!(
        out(&output).contains("not accepted: claims/second.toml takes figures from it"),
        "{}",
        out(&output)
    );
    assert_eq!(locked(&folder), lock);

    let output = factcheck(&folder, &ACCEPT);
    assert_eq!((code(&output), out(&output).lines().next().unwrap()), (0, "accepted: data/border.csv"));
    assert_eq!(checks(&found(&folder, &[])), [("value-refuted", "error")]);
    let accepted = locked(&folder);
    assert!(accepted.contains("reason = \"the agency \\\"corrected\\\" March\", sha256 = \""), "{accepted}");
    write(&folder, "first.md", "The Border Patrol stopped 7,180 people, the 7,181 of its release.\n");
    let rules = fs::read_to_string(folder.join("claims/first.toml")).unwrap();
    write(&folder, "claims/first.toml", &rules.replace("stopped 7,181", "stopped 7,180"));
    assert_eq!(found(&folder, &[]), []);
    // Without anything to say, the file is not touched.
    assert_eq!(code(&factcheck(&folder, &ACCEPT)), 0);
    assert_eq!(locked(&folder), accepted);
}

#[test]
fn a_file_that_is_saved_anew_is_a_warning() {
    let folder = folder("lock-crlf");
    assert_eq!(code(&factcheck(&folder, &["lock"])), 0);
    // The lock itself may be checked out with other line ends.
    write(&folder, "factcheck.lock", &locked(&folder).replace('\n', "\r\n"));
    assert_eq!(found(&folder, &[]), []);
    write(&folder, "data/border.csv", &TABLE.replace('\n', "\r\n"));
    let findings = found(&folder, &["claims/first.toml"]);
    assert_eq!(checks(&findings), [("source-changed", "warning")]);
    assert!(findings[0].2["message"].as_str().unwrap().contains("no figure of this story has moved"));
    let notes = findings[0].2["notes"].to_string();
    assert!(notes.contains("46 → 49") && !notes.contains("rows"), "{notes}");
}

#[test]
fn a_document_that_nothing_reads_is_watched_too() {
    let folder = folder("lock-document");
    assert_eq!(code(&factcheck(&folder, &["lock"])), 0);
    write(&folder, "data/release.pdf", "%PDF of April");
    assert_eq!(checks(&found(&folder, &[])), [("source-changed", "warning")]);
    fs::remove_file(folder.join("data/release.pdf")).unwrap();
    let output = factcheck(&folder, &[]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("data/release.pdf: "), "{}", err(&output));
    let output = factcheck(&folder, &["lock"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("nothing was locked"), "{}", err(&output));
}

#[test]
fn a_value_that_is_gone_is_a_figure_that_moved() {
    let folder = folder("lock-gone");
    assert_eq!(code(&factcheck(&folder, &["lock"])), 0);
    write(&folder, "data/border.csv", "month,apprehensions\n2025-02,8346\n");
    let findings = found(&folder, &["claims/second.toml"]);
    let changed = findings.iter().find(|(check, ..)| check == "source-changed").unwrap();
    assert!(
        changed.2["notes"].to_string().contains("march  7,181 number → cannot be taken from it"),
        "{}",
        changed.2
    );
    assert_eq!(code(&factcheck(&folder, &[])), 2);
}

#[test]
fn what_is_not_locked_yet_is_a_note() {
    let folder = folder("lock-new");
    write(&folder, "factcheck.lock", "version = 1\n");
    assert_eq!(
        checks(&found(&folder, &[])),
        [("source-changed", "note"), ("source-changed", "note"), ("source-changed", "note")]
    );
    assert_eq!(code(&factcheck(&folder, &[])), 0);
    assert_eq!(code(&factcheck(&folder, &["lock", "claims/second.toml"])), 0);
    assert_eq!(checks(&found(&folder, &["claims/second.toml"])), []);
    // A story that takes nothing from a file any more is told so, and the file is forgotten.
    write(
        &folder,
        "claims/second.toml",
        "draft = \"../second.md\"\n\n[[ignore]]\nquote = \"14%\"\nreason = \"so\"\n",
    );
    assert_eq!(checks(&found(&folder, &["claims/second.toml"])), [("source-changed", "note")]);
    let output = factcheck(&folder, &["lock", "claims/second.toml"]);
    assert_eq!(out(&output), "forgotten: data/border.csv\n0 files locked in factcheck.lock\n");
}

#[test]
fn a_lock_that_cannot_be_read_is_an_error() {
    let folder = folder("lock-broken");
    for (lock, place, remedy) in [
        ("version = 1\n<<<<<<< HEAD\n", "factcheck.lock:2:", "where a merge left both sides"),
        ("version = 2\n", "factcheck.lock:1:11", "a newer factcheck has written it"),
        (
            "version = 1\n[[source]]\nfile = \"a\"\nsha256 = \"12\"\nsize = 1\n",
            "factcheck.lock:4:10",
            "`factcheck lock`",
        ),
    ] {
        write(&folder, "factcheck.lock", lock);
        for arguments in [&[][..], &["lock"], &ACCEPT] {
            let output = factcheck(&folder, arguments);
            assert_eq!(code(&output), 2, "{lock}");
            let told = err(&output);
            assert!(told.contains(place) && told.contains(remedy), "{told}");
        }
        assert_eq!(locked(&folder), lock);
    }
}

#[test]
fn the_lock_lies_in_the_root_wherever_the_program_is_run() {
    let folder = folder("lock-root");
    write(&folder, "claims/factcheck.toml", "allow_outside_root = true\n");
    let output = factcheck(&folder.join("data"), &["lock", "../claims"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let lock = fs::read_to_string(folder.join("claims/factcheck.lock")).unwrap();
    assert!(
        lock.contains("file = \"../data/border.csv\"") && lock.contains("story = \"first.toml\""),
        "{lock}"
    );
    write(&folder, "data/border.csv", &TABLE.replace("7181", "7180"));
    assert_eq!(checks(&found(&folder.join("claims"), &["second.toml"])), [("source-changed", "error")]);
}

#[test]
fn a_reason_has_an_author() {
    let folder = folder("lock-why");
    for arguments in [
        &["lock", "--update"][..],
        &["lock", "--update", "--reason", "so"],
        &["lock", "--update", "--reason", " ", "--author", "A"],
        &["lock", "--update", "--reason", "so", "--author", ""],
        &["lock", "--reason", "so", "--author", "A"],
    ] {
        assert_eq!(code(&factcheck(&folder, arguments)), 2, "{arguments:?}");
    }
    assert!(!folder.join("factcheck.lock").exists());
    // Where nothing is to be watched, there is no lock.
    let output = factcheck(&folder, &["lock", "first.md"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(out(&output).starts_with("nothing to lock"), "{}", out(&output));
    assert!(!folder.join("factcheck.lock").exists());
}

#[test]
fn sources_are_listed_with_what_rests_on_them() {
    let folder = folder("sources");
    let unused = "[source.spare]\ntitle = \"A \\\"spare\\\" table, unused\"\nfile = \"../data/none.csv\"\nas_of = 2025-03-31\n\
                  recheck_by = 2026-01-01\nstatus = \"preliminary\"\narchive_url = \"https://archive.example/spare\"\n";
    write(&folder, "claims/spare.toml", unused);
    let output = factcheck(&folder, &["sources", "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let listing: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(listing["version"], 1);
    let sources = listing["sources"].as_array().unwrap();
    let named = |name: &str| sources.iter().find(|source| source["source"] == name).unwrap();
    assert_eq!(sources.len(), 3);
    let border = named("border");
    assert_eq!(
        border["claims"].to_string(),
        r#"[{"id":"march","story":"claims/first.toml"},{"id":"fall","story":"claims/second.toml"}]"#
    );
    assert_eq!(
        (&border["rules"], &border["file"]),
        (&"claims/border.toml".into(), &"data/border.csv".into())
    );
    assert_eq!((&border["rows"], &border["size"], &border["lock"]), (&2.into(), &46.into(), &Value::Null));
    assert_eq!(border["sha256"].as_str().unwrap().len(), 64);
    assert!(border["age"].as_i64().unwrap() > 500, "{border}");
    assert_eq!(named("release")["claims"][0]["id"], "release");
    let spare = named("spare");
    assert_eq!((&spare["status"], &spare["sha256"]), (&"preliminary".into(), &Value::Null));
    assert_eq!(spare["archive_url"], "https://archive.example/spare");

    assert_eq!(code(&factcheck(&folder, &["lock"])), 0);
    write(&folder, "data/release.pdf", "%PDF of April");
    let output = factcheck(&folder, &["sources", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(&output.stdout[..]);
    let heads = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |name: &str, column: &str| {
        let row = rows.iter().find(|row| &row[0] == name).unwrap();
        row[heads.iter().position(|head| head == column).unwrap()].to_owned()
    };
    assert_eq!(
        (cell("border", "lock"), cell("release", "lock")),
        ("as locked".to_owned(), "changed".to_owned())
    );
    assert_eq!(cell("border", "claim_ids"), "claims/first.toml: march; claims/second.toml: fall");
    assert_eq!(cell("spare", "title"), "A \"spare\" table, unused");
    assert_eq!(
        (cell("spare", "as_of"), cell("spare", "recheck_by")),
        ("2025-03-31".to_owned(), "2026-01-01".to_owned())
    );

    let told = out(&factcheck(&folder, &["sources"]));
    assert!(told.contains("    claims/first.toml: march; claims/second.toml: fall\n"), "{told}");
    assert!(told.contains("(preliminary)\n") && told.contains("no claim rests on it"), "{told}");
    assert!(told.lines().all(|line| line == line.trim_end()), "{told}");
}

#[test]
fn the_page_shows_a_lock_that_is_read() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lock.md")).unwrap();
    let (_, rest) = page.split_once("```toml\n").unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    let lock = factcheck::lock::Lock::parse(text).unwrap();
    let file = &lock.files["data/border.csv"];
    assert_eq!((file.figures.len(), file.history.len(), file.content.rows), (2, 1, Some(2)));
}
