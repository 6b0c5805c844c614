//! Findings that are kept out of a report: those of the baseline, and those that a branch has not changed.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests make files and fail by panicking"
)]

mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use program::{code, err, factcheck, out};

/// A folder of its own for a test, with a story of two wrong numbers.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("claims")).unwrap();
    let rules = "draft = \"../draft.md\"\n\n[[claim]]\nid = \"rise\"\nquote = \"rose 7%\"\nformula = \"5%\"\n\n\
                 [[claim]]\nid = \"fall\"\nquote = \"fell by 8%\"\nformula = \"-6%\"\n";
    fs::write(folder.join("claims/story.toml"), rules).unwrap();
    fs::write(folder.join("draft.md"), DRAFT).unwrap();
    folder
}

const DRAFT: &str = "It rose 7%.\n\nThen nothing came.\n\nIt fell by 8%.\n";

/// The claims that findings are about.
fn found(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let output = factcheck(folder, &[arguments, &["--format", "json"]].concat());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(code(&output), i32::from(!findings.is_empty()), "{}", err(&output));
    findings.iter().map(|finding| finding["claim"].as_str().unwrap().to_owned()).collect()
}

const WHY: [&str; 4] = ["--reason", "the board \"rounds\" so", "--author", "A. Editor"];

#[test]
fn what_is_accepted_fails_no_run_for_as_long_as_it_is_there() {
    let folder = folder("baseline");
    assert_eq!(found(&folder, &[]), ["rise", "fall"]);
    let output = factcheck(&folder, &[&["baseline", "accepted.toml", "--claim", "rise"], &WHY[..]].concat());
    assert_eq!(
        (code(&output), out(&output).as_str()),
        (0, "1 finding accepted in accepted.toml\n"),
        "{}",
        err(&output)
    );
    let with = ["--baseline", "accepted.toml"];
    assert_eq!(found(&folder, &with), ["fall"]);

    // Lines move, words around the claim too: it is the same finding.
    fs::write(folder.join("draft.md"), format!("# New\n\n{DRAFT}").replace("It rose", "It soon rose"))
        .unwrap();
    assert_eq!(found(&folder, &with), ["fall"]);

    // What others wrote into the file stays, and what is accepted is not accepted again.
    let written = fs::read_to_string(folder.join("accepted.toml")).unwrap();
    fs::write(folder.join("accepted.toml"), format!("{written}# A remark.\n")).unwrap();
    let output = factcheck(&folder, &[&["baseline", "accepted.toml"], &WHY[..]].concat());
    assert_eq!((code(&output), out(&output).as_str()), (0, "1 finding accepted in accepted.toml\n"));
    assert!(
        fs::read_to_string(folder.join("accepted.toml"))
            .unwrap()
            .starts_with(&format!("{written}# A remark.\n"))
    );
    let output = factcheck(&folder, &with);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(out(&output).contains("0 unchecked; nothing found; 2 accepted\n"), "{}", out(&output));
    assert_eq!(err(&output), "");

    // The number is corrected: the entry is told of, and fails nothing.
    fs::write(folder.join("draft.md"), DRAFT.replace("7%", "5%")).unwrap();
    let rules = fs::read_to_string(folder.join("claims/story.toml")).unwrap();
    fs::write(folder.join("claims/story.toml"), rules.replace("rose 7%", "rose 5%")).unwrap();
    let output = factcheck(&folder, &with);
    assert_eq!(code(&output), 0);
    let told = err(&output);
    assert!(told.starts_with("warning: there is no such finding of `value-refuted` any more\n"), "{told}");
    assert!(told.contains("--> accepted.toml:4:15"), "{told}");
}

#[test]
fn who_accepts_says_why() {
    let folder = folder("baseline-why");
    for arguments in [
        &["baseline", "accepted.toml", "--author", "A. Editor"][..],
        &["baseline", "accepted.toml", "--reason", "so"],
        &["baseline", "accepted.toml", "--author", "A. Editor", "--reason", " "],
        &["baseline", "accepted.toml", "--author", "", "--reason", "so"],
        &["baseline", "accepted.toml", "--author", "A", "--reason", "so", "--expires", "2020-01-01"],
    ] {
        assert_eq!(code(&factcheck(&folder, arguments)), 2, "{arguments:?}");
    }
    assert!(!folder.join("accepted.toml").exists());
    let output =
        factcheck(&folder, &[&["baseline", "a.toml", "--check", "hedge-dropped"], &WHY[..]].concat());
    assert_eq!(
        (code(&output), out(&output).as_str()),
        (0, "no findings to accept: a.toml was not written\n")
    );
    assert!(!folder.join("a.toml").exists());
}

#[test]
fn a_day_may_be_set() {
    let folder = folder("baseline-day");
    let accept = [&["baseline", "accepted.toml", "--expires", "9999-12-31"], &WHY[..]].concat();
    assert_eq!(code(&factcheck(&folder, &accept)), 0);
    let with = ["--baseline", "accepted.toml"];
    assert!(found(&folder, &with).is_empty());
    let written = fs::read_to_string(folder.join("accepted.toml")).unwrap();
    fs::write(folder.join("accepted.toml"), written.replace("9999-12-31", "2026-01-01")).unwrap();
    assert_eq!(found(&folder, &with), ["rise", "fall"]);
    let told = err(&factcheck(&folder, &with));
    assert!(
        told.contains("warning: this was accepted until 2026-01-01") && told.contains("ask A. Editor"),
        "{told}"
    );
}

#[test]
fn a_baseline_is_read_strictly() {
    let folder = folder("baseline-strict");
    fs::write(folder.join("accepted.toml"), "[[accepted]]\nfingerprint = \"1\"\n").unwrap();
    for arguments in
        [&["--baseline", "accepted.toml"][..], &[&["baseline", "accepted.toml"], &WHY[..]].concat()]
    {
        let output = factcheck(&folder, arguments);
        assert_eq!((code(&output), out(&output).as_str()), (2, ""), "{arguments:?}");
        assert!(err(&output).contains("accepted.toml:1:1"), "{}", err(&output));
    }
    assert_eq!(code(&factcheck(&folder, &["--baseline", "none.toml"])), 2);
}

#[test]
fn sarif_has_what_is_accepted_as_suppressed() {
    let folder = folder("baseline-sarif");
    let accept = [&["baseline", "accepted.toml", "--claim", "rise"], &WHY[..]].concat();
    assert_eq!(code(&factcheck(&folder, &accept)), 0);
    let results = |arguments: &[&str]| {
        let output = factcheck(&folder, &[arguments, &["--format", "sarif"]].concat());
        let log: Value = serde_json::from_slice(&output.stdout).unwrap();
        log["runs"][0]["results"].as_array().unwrap().clone()
    };
    let (before, after) = (results(&[]), results(&["--baseline", "accepted.toml"]));
    assert_eq!((before.len(), after.len()), (2, 2));
    assert_eq!(before[1], after[0], "what is not accepted is as it was");
    let suppression = &after[1]["suppressions"][0];
    assert_eq!((&suppression["kind"], &suppression["status"]), (&"external".into(), &"accepted".into()));
    assert_eq!(suppression["justification"], "the board \"rounds\" so");
    assert_eq!(after[1]["partialFingerprints"], before[0]["partialFingerprints"]);
}

#[test]
fn the_page_shows_a_baseline_that_is_read() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/baseline.md")).unwrap();
    let (_, rest) = page.split_once("```toml\n").unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    let system = factcheck::system::Memory::new([("accepted.toml", text)]);
    let today = "2026-11-24".parse().unwrap();
    let read = factcheck::baseline::Baseline::read(&system, Path::new("accepted.toml"), today);
    let print = "11a7524acbd6fd3290715796db7dd78d".parse().unwrap();
    assert!(read.unwrap().has(print));
}

fn git(folder: &Path, arguments: &[&str]) {
    let settings = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").args(settings).args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", err(&output));
}

/// The same story in a repository, on a branch that left `main`.
fn repository(name: &str) -> PathBuf {
    let folder = folder(name);
    git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "--quiet", "--message=first"]);
    git(&folder, &["checkout", "--quiet", "-b", "story"]);
    folder
}

#[test]
fn only_what_a_branch_changed_is_reported() {
    let folder = repository("diff");
    let diff = ["--diff", "main"];
    assert!(found(&folder, &diff).is_empty());
    fs::write(folder.join("draft.md"), DRAFT.replace("It fell", "Then it fell")).unwrap();
    assert_eq!(found(&folder, &diff), ["fall"], "a line of the draft, not yet committed");
    git(&folder, &["commit", "--quiet", "--all", "--message=second"]);
    assert_eq!(found(&folder, &diff), ["fall"]);

    // What comes to main meanwhile is no change of this branch.
    git(&folder, &["checkout", "--quiet", "main"]);
    fs::write(folder.join("draft.md"), DRAFT.replace("It rose", "Soon it rose")).unwrap();
    git(&folder, &["commit", "--quiet", "--all", "--message=third"]);
    git(&folder, &["checkout", "--quiet", "story"]);
    assert_eq!(found(&folder, &diff), ["fall"]);

    // A rule that changes is a change too, and a story that is new is new as a whole.
    let rules = fs::read_to_string(folder.join("claims/story.toml")).unwrap();
    fs::write(folder.join("claims/story.toml"), rules.replace("\"5%\"", "\"5.1%\"")).unwrap();
    assert_eq!(found(&folder, &diff), ["rise", "fall"]);
    fs::write(folder.join("claims/second \"ü\".toml"), rules.replace("\"rise\"", "\"new\"")).unwrap();
    assert_eq!(found(&folder, &["claims/second \"ü\".toml", "--diff", "main"]), ["new", "fall"]);

    // Seen from another folder, and beside a baseline.
    let output = factcheck(&folder.join("claims"), &["story.toml", "--diff", "main", "--format", "concise"]);
    assert_eq!(out(&output).lines().count(), 4, "{}", out(&output));
    assert_eq!(
        code(&factcheck(&folder, &[&["baseline", "b.toml", "--claim", "rise"], &WHY[..]].concat())),
        0
    );
    assert_eq!(found(&folder, &["claims/story.toml", "--diff", "main", "--baseline", "b.toml"]), ["fall"]);
}

#[test]
fn what_git_does_not_know_is_an_error() {
    let folder = repository("diff-errors");
    let refused = |revision: &str| {
        let output = factcheck(&folder, &[&format!("--diff={revision}")]);
        assert_eq!((code(&output), out(&output).as_str()), (2, ""), "{revision}: {}", err(&output));
        err(&output)
    };
    assert!(refused("mainn").starts_with("error: git knows no revision `mainn`; "), "{}", refused("mainn"));
    for option in ["--output=stolen", "-h", "", "main..story", "main --output=stolen"] {
        assert!(refused(option).contains("git knows no revision"), "{}", refused(option));
    }
    assert!(!folder.join("stolen").exists());
    git(&folder, &["checkout", "--quiet", "--orphan", "other"]);
    git(&folder, &["commit", "--quiet", "--message=alone"]);
    assert!(refused("main").contains("no commit in common with `main`"), "{}", refused("main"));
}

#[test]
fn without_git_or_a_repository_it_is_said_so() {
    let folder = folder("diff-nowhere");
    let run = |key: &str, value: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_factcheck"));
        command.args(["--diff", "main"]).current_dir(&folder).env(key, value).output().unwrap()
    };
    let output = run("PATH", &folder);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("there is no `git` to be found"), "{}", err(&output));
    let output = run("GIT_CEILING_DIRECTORIES", folder.parent().unwrap());
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).starts_with("error: --diff needs a git repository, and not a git repository"),
        "{}",
        err(&output)
    );
}
