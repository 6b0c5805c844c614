//! The command line as its users meet it: broken rules, empty folders, closed pipes, exit codes.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests make files and fail by panicking")]

mod program;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use program::{code, err, factcheck, out};

/// A folder of its own for a test, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

#[test]
fn the_shipped_story_is_clean_however_it_is_named() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let runs: [(&[&str], &str); 4] = [
        (&[], "37 claims: 37"),
        (&["claims/"], "37 claims: 37"),
        (&["claims/deportations.toml"], "18 claims: 18"),
        (&["claims/deportations.toml", "claims/scopes.toml"], "18 claims: 18"),
    ];
    for (arguments, claims) in runs {
        let output = factcheck(root, arguments);
        assert_eq!(code(&output), 0, "{arguments:?}: {}{}", out(&output), err(&output));
        let closing =
            format!("{claims} supported, 0 refuted, 0 undecided, 0 unchecked; 1 warning, 2 notes\n");
        let told = out(&output);
        let (all, numbers) = told.trim_end().rsplit_once('\n').unwrap();
        assert!(format!("{all}\n").ends_with(&closing), "{arguments:?}: {told}");
        assert!(numbers.ends_with(" excluded, 0 unclaimed"), "{arguments:?}: {numbers}");
    }
    let output = factcheck(root, &["fixtures/disclosure-cut/claims", "claims", "--format", "concise"]);
    assert_eq!(code(&output), 1);
    assert!(out(&output).contains("55 claims"));
}

#[test]
fn all_that_is_wrong_with_rules_is_said_in_one_run() {
    let folder = folder("broken");
    write(
        &folder,
        &[
            ("draft.md", "It rose 5% in March.\n"),
            (
                "claims/a.toml",
                "draft = \"../draft.md\"\npublishd = 2025-01-01\n\n[figure.before]\nvalue = 100\n\n[figure.after]\nvalue = 105\nunit = 3\n\n\
                 [[claim]]\nid = \"rise\"\nquote = \"rose 5%\"\nformula = \"change(before, aftr)\"\n\n\
                 [[claim]]\nid = \"rise\"\nquote = \"rose 5%\"\nformula = \"change(before, before\"\nscope = { agency = \"ICEE\" }\n",
            ),
            (
                "claims/b.toml",
                "draft = \"../nowhere.md\"\n[[claim]]\nid = \"x\"\nquote = \"5%\"\nformula = \"1/0\"\n",
            ),
            ("claims/c.toml", "draft = \n"),
        ],
    );
    let output = factcheck(&folder, &["claims"]);
    assert_eq!(code(&output), 2);
    let told = out(&output) + &err(&output);
    for part in [
        "claims/a.toml:2:1",
        "did you mean `published`?",
        "claims/a.toml:9:8",
        "`rise`",
        "unknown figure `aftr`",
        "nowhere.md",
        "claims/c.toml:1",
    ] {
        assert!(told.contains(part), "`{part}` is not in:\n{told}");
    }
    assert!(out(&output).contains("unchecked"), "{told}");
}

#[test]
fn an_error_in_a_formula_is_shown_at_its_place() {
    let folder = folder("formula");
    let rules = "draft = \"../draft.md\"\n[figure.zero]\nvalue = 0\n[[claim]]\nid = \"rise\"\nquote = \"rose 5%\"\nformula = \"10 / (zero * 2)\"\n";
    write(&folder, &[("draft.md", "It rose 5%.\n"), ("claims/a.toml", rules)]);
    let output = factcheck(&folder, &["--format", "concise"]);
    assert_eq!(code(&output), 2);
    let json = factcheck(&folder, &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(report["claims"][0]["verdict"], "unchecked");
    assert_eq!(report["findings"][0]["rule"]["text"], "(zero * 2)");
}

#[test]
fn a_name_of_another_story_is_not_ours() {
    let folder = folder("other-story");
    write(
        &folder,
        &[
            ("draft.md", "It rose 5%.\n"),
            (
                "claims/a.toml",
                "draft = \"../draft.md\"\n[figure.growth]\nvalue = \"5%\"\n[[claim]]\nid = \"a\"\nquote = \"5%\"\nformula = \"growth\"\n",
            ),
            (
                "claims/b.toml",
                "draft = \"../draft.md\"\n[[claim]]\nid = \"b\"\nquote = \"5%\"\nformula = \"growth\"\n",
            ),
        ],
    );
    let output = factcheck(&folder, &[]);
    assert_eq!(code(&output), 2);
    assert!(out(&output).contains("it is defined in claims/a.toml"), "{}", out(&output));
}

#[test]
fn words_of_a_source_that_nobody_declared_support_nothing() {
    let folder = folder("no-source");
    let rules = "draft = \"../draft.md\"\n[source.census]\n[figure.a]\nsource = \"censsus\"\nvalue = \"5%\"\n[[claim]]\nid = \"x\"\nquote = \"5%\"\nformula = \"a\"\n";
    write(&folder, &[("draft.md", "It rose 5%.\n"), ("claims/a.toml", rules)]);
    let output = factcheck(&folder, &[]);
    assert_eq!(code(&output), 2);
    let told = err(&output);
    assert!(told.contains("unknown source `censsus`") && told.contains("claims/a.toml:4:10"), "{told}");
    assert!(told.contains("did you mean `census`?"), "{told}");
}

#[test]
fn figures_that_need_each_other_are_told_so() {
    let folder = folder("cycle");
    let rules = "draft = \"../draft.md\"\n[figure.a]\nformula = \"b + 1\"\n[figure.b]\nformula = \"a + 1\"\n[[claim]]\nid = \"x\"\nquote = \"5%\"\nformula = \"a\"\n";
    write(&folder, &[("draft.md", "It rose 5%.\n"), ("claims/a.toml", rules)]);
    let output = factcheck(&folder, &[]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("is computed from itself"), "{}", err(&output));
}

#[test]
fn nothing_to_check_is_said_and_not_clean() {
    let folder = folder("empty");
    let output = factcheck(&folder, &[]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).starts_with("error: claims: no such file or folder\n"), "{}", err(&output));
    assert!(err(&output).contains("`factcheck init`"), "{}", err(&output));
    fs::create_dir(folder.join("claims")).unwrap();
    let output = factcheck(&folder, &[]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("no rule files"), "{}", err(&output));
    write(&folder, &[("story.pdf", "5%")]);
    let output = factcheck(&folder, &["story.pdf"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("neither a rule file (.toml) nor a draft"), "{}", err(&output));
}

#[test]
fn a_draft_alone_is_held_against_itself() {
    let folder = folder("bare");
    let wrong = "Of the 40 engines, 12 (35%) are old. <!-- factcheck: ignore an estimate -->\n";
    write(&folder, &[("wrong.md", wrong), ("right.txt", "Of the 40 engines, 12 (30%) are old.\n")]);
    let output = factcheck(&folder, &["wrong.md", "--format", "concise"]);
    assert_eq!(code(&output), 1);
    assert_eq!(
        out(&output),
        "wrong.md:1:24: error[arithmetic-inconsistent] 12 of 40 is 30% (28.4% to 31.6% for any values that round to these), the draft says 35%\n\
         0 claims: 0 supported, 0 refuted, 0 undecided, 0 unchecked; 1 error\n\
         3 numbers: 0 claimed, 3 ignored, 0 excluded, 0 unclaimed\n"
    );
    assert_eq!(code(&factcheck(&folder, &["right.txt"])), 0);
    let strict = factcheck(&folder, &["right.txt", "--strict", "--format", "concise"]);
    assert_eq!((code(&strict), out(&strict).matches("number-unclaimed").count()), (1, 3));
    assert_eq!(code(&factcheck(&folder, &["gone.md"])), 2);
}

#[test]
fn paths_stay_in_the_project_unless_settings_allow_more() {
    let folder = folder("outside");
    let rules = "draft = \"../../secret.md\"\n[[claim]]\nid = \"x\"\nquote = \"5%\"\nformula = \"5%\"\n";
    write(
        &folder,
        &[("secret.md", "It rose 5%.\n"), ("project/claims/a.toml", rules), ("project/factcheck.toml", "")],
    );
    let output = factcheck(&folder.join("project"), &[]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("outside of the project"), "{}", err(&output));
    write(&folder, &[("project/factcheck.toml", "allow_outside_root = true\n")]);
    assert_eq!(code(&factcheck(&folder.join("project"), &[])), 0);
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_inside_the_project_only() {
    let folder = folder("links");
    let rules = "draft = \"../drafts/a.md\"\n[[claim]]\nid = \"x\"\nquote = \"5%\"\nformula = \"5%\"\n";
    write(
        &folder,
        &[
            ("secret.md", "It rose 5%.\n"),
            ("project/common/a.md", "It rose 5%.\n"),
            ("project/claims/a.toml", rules),
            ("project/drafts/b.md", ""),
            ("project/factcheck.toml", ""),
        ],
    );
    let project = folder.join("project");
    let link = project.join("drafts/a.md");
    for (target, expected) in [("../common/a.md", 0), ("../../secret.md", 2), ("../nowhere.md", 2)] {
        std::os::unix::fs::symlink(target, &link).unwrap();
        let output = factcheck(&project, &[]);
        assert_eq!(code(&output), expected, "{target}: {}", err(&output));
        assert_eq!(err(&output).contains("outside of the project"), expected == 2, "{target}");
        fs::remove_file(&link).unwrap();
    }
}

#[test]
fn settings_weigh_findings_and_are_checked_themselves() {
    let folder = folder("settings");
    let rules = "draft = \"../draft.md\"\n[[claim]]\nid = \"x\"\nquote = \"7%\"\nformula = \"5%\"\n";
    write(&folder, &[("draft.md", "It rose 7%.\n"), ("claims/a.toml", rules)]);
    assert_eq!(code(&factcheck(&folder, &[])), 1);
    write(&folder, &[("factcheck.toml", "[checks]\nvalue-refuted = \"warning\"\n")]);
    assert_eq!(code(&factcheck(&folder, &[])), 0);
    assert_eq!(code(&factcheck(&folder, &["--fail-on", "warning"])), 1);
    assert_eq!(code(&factcheck(&folder, &["--isolated"])), 1);
    write(&folder, &[("factcheck.toml", "[checks]\nvalue-refutd = \"warning\"\n")]);
    let output = factcheck(&folder, &[]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("did you mean `value-refuted`?"), "{}", err(&output));
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_factcheck"))
        .current_dir(root)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), err(&output).as_str()), (0, ""));
}

#[test]
fn a_new_project_passes() {
    let folder = folder("init");
    let output = factcheck(&folder, &["init"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let output = factcheck(&folder, &[]);
    assert_eq!(
        (code(&output), out(&output).as_str()),
        (
            0,
            "3 claims: 3 supported, 0 refuted, 0 undecided, 0 unchecked; nothing found\n\
             4 numbers: 4 claimed, 0 ignored, 0 excluded, 0 unclaimed\n"
        ),
        "{}",
        err(&output)
    );
    let output = factcheck(&folder, &["init"]);
    assert_eq!(code(&output), 2, "nothing is written over");
}

#[test]
fn formulas_are_computed_and_held_against_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output =
        factcheck(root, &["eval", "change($9 billion, $9.5 billion)", "--says", "a little more than 5%"]);
    assert_eq!(
        out(&output),
        "5.555556%\n\"a little more than 5%\" allows above 5%, up to 5.75%: supported\n"
    );
    let output = factcheck(root, &["eval", "1 / (2 - 2)"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("  1 / (2 - 2)\n      ^^^^^^^"), "{}", err(&output));
}

#[test]
fn lines_of_json_are_answered_one_by_one() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_factcheck"))
        .args(["eval", "--jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let asked =
        "{\"id\":1,\"formula\":\"11.1%\",\"says\":\"11%\"}\n{\"id\":\"b\",\"formula\":\"1/0\"}\nnonsense\n";
    child.stdin.take().unwrap().write_all(asked.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let told: Vec<serde_json::Value> =
        out(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(told.len(), 3);
    assert_eq!(
        (&told[0]["value"], &told[0]["unit"], &told[0]["verdict"]),
        (&"11.1".into(), &"percent".into(), &"supported".into())
    );
    assert_eq!(told[1]["id"], "b");
    assert!(told[1]["error"].is_string() && told[2]["error"].is_string());
}

#[test]
fn a_claim_is_traced_to_its_cells() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = factcheck(root, &["trace", "encounters-drop"]);
    insta::assert_snapshot!(out(&output));
    let output = factcheck(root, &["trace", "encounters-drp"]);
    assert!(err(&output).contains("did you mean `encounters-drop`?"), "{}", err(&output));
}

#[test]
fn every_check_is_explained() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = out(&factcheck(root, &["explain"]));
    assert_eq!(list.lines().count(), factcheck::checks::ALL.len());
    for check in factcheck::checks::ALL {
        assert_eq!(out(&factcheck(root, &["explain", check.slug])), check.page);
    }
    assert!(err(&factcheck(root, &["explain", "value-refutd"])).contains("did you mean `value-refuted`?"));
}

#[test]
fn the_schema_is_the_shipped_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let printed: serde_json::Value = serde_json::from_slice(&factcheck(root, &["schema"]).stdout).unwrap();
    let shipped: serde_json::Value =
        serde_json::from_slice(&fs::read(root.join("docs/rules.schema.json")).unwrap()).unwrap();
    assert_eq!(printed, shipped);
    assert!(out(&factcheck(root, &["completions", "bash"])).contains("factcheck"));
}

#[test]
fn a_large_draft_is_checked_and_a_report_goes_where_it_should() {
    let folder = folder("large");
    let rules =
        "draft = \"../draft.txt\"\n[[claim]]\nid = \"x\"\nquote = \"rose 5% at last\"\nformula = \"5%\"\n";
    let filler = "Nobody counted how often the bell rang that night, or why. ".repeat(200_000);
    write(&folder, &[("draft.txt", &format!("{filler}\n\nIt rose 5% at last.\n")), ("claims/a.toml", rules)]);
    let output = factcheck(&folder, &["--output", "report.json", "--format", "json"]);
    assert_eq!((code(&output), out(&output).as_str()), (0, ""), "{}", err(&output));
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("report.json")).unwrap()).unwrap();
    assert_eq!(
        (&report["claims"][0]["verdict"], &report["claims"][0]["line"]),
        (&"supported".into(), &3.into())
    );
}

#[test]
fn a_job_on_github_gets_annotations_and_a_summary() {
    let folder = folder("github");
    let rules = "draft = \"../draft.md\"\n[[claim]]\nid = \"x\"\nquote = \"7%\"\nformula = \"5%\"\n";
    write(
        &folder,
        &[("draft.md", "It rose 7%.\n"), ("claims/a.toml", rules), ("summary.md", "# Before\n\n")],
    );
    let run = |format: &str, summary: &str| {
        let program = env!("CARGO_BIN_EXE_factcheck");
        let mut command = Command::new(program);
        command.args(["--format", format]).current_dir(&folder).env("GITHUB_STEP_SUMMARY", summary);
        command.output().unwrap()
    };
    let output = run("github", "summary.md");
    assert_eq!(code(&output), 1, "{}", err(&output));
    assert!(out(&output).starts_with("::error file=draft.md,line=1,col=9,endColumn=11,"), "{}", out(&output));
    let summary = || fs::read_to_string(folder.join("summary.md")).unwrap();
    let once = summary();
    assert!(once.starts_with("# Before\n\n### factcheck: 1 error\n"), "{once}");
    assert_eq!(code(&run("github", "summary.md")), 1);
    assert_eq!(summary().matches("### factcheck").count(), 2, "what others wrote is kept");
    // Other formats leave it alone, and so does a run that has none.
    for (format, path) in [("json", "summary.md"), ("github", "")] {
        assert_eq!(code(&run(format, path)), 1);
        assert_eq!(summary().matches("### factcheck").count(), 2, "{format}");
    }
    let output = run("github", "no/such/folder.md");
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("no/such/folder.md, which GITHUB_STEP_SUMMARY names"), "{}", err(&output));
}

#[test]
fn every_format_goes_to_a_file() {
    let folder = folder("output");
    let rules = "draft = \"../draft.md\"\n[[claim]]\nid = \"x\"\nquote = \"7%\"\nformula = \"5%\"\n";
    write(&folder, &[("draft.md", "It rose 7%.\n"), ("claims/a.toml", rules)]);
    let help = out(&factcheck(&folder, &["--help"]));
    for format in factcheck::report::ALL {
        let printed = factcheck(&folder, &["--format", format.name]);
        assert_eq!(code(&printed), 1, "{}", err(&printed));
        let written = factcheck(&folder, &["--format", format.name, "--output", "report"]);
        assert_eq!((code(&written), out(&written).as_str()), (1, ""), "{}", format.name);
        assert_eq!(fs::read_to_string(folder.join("report")).unwrap(), out(&printed), "{}", format.name);
        assert!(help.contains(&format!("- {}:", format.name)) && help.contains(format.about), "{help}");
    }
    assert_eq!(code(&factcheck(&folder, &["--format", "xml"])), 2);
}

#[test]
fn stubs_never_pass_until_somebody_has_completed_them() {
    let folder = folder("stub");
    let draft = "# Spending\n\nSpending \"rose\" by *5.4%*, to $435 million. The parks lost 5%, or $3.1 million; 5% is a lot.\n";
    write(&folder, &[("draft.md", draft)]);
    let output = factcheck(&folder, &["stub", "draft.md"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let stubs = out(&output);
    assert!(stubs.contains("draft = \"../draft.md\""), "{stubs}");
    assert!(stubs.contains("quote = \"rose\\\" by 5.4%\"\nsays = \"5.4%\"\n"), "{stubs}");
    assert_eq!(stubs.matches("[[claim]]").count(), 5, "{stubs}");

    write(&folder, &[("claims/story.toml", &stubs)]);
    let output = factcheck(&folder, &[]);
    assert_eq!(code(&output), 2, "{}", out(&output));
    assert!(
        out(&output).contains("it is a stub, with this left to do: name the figures"),
        "{}",
        out(&output)
    );
    assert!(
        out(&output).contains("5 claims: 0 supported, 0 refuted, 0 undecided, 5 unchecked"),
        "{}",
        out(&output)
    );
    assert!(!out(&output).contains("number-unclaimed"), "{}", out(&output));
    let again = factcheck(&folder, &["stub", "draft.md", "claims"]);
    assert_eq!((code(&again), out(&again).as_str()), (0, ""), "{}", err(&again));

    // A formula alone is no completion, as long as something is left to do.
    let with_formula = stubs.replace("todo =", "formula = \"1\"\ntodo =");
    write(&folder, &[("claims/story.toml", &with_formula)]);
    assert_eq!(code(&factcheck(&folder, &[])), 2);

    let (first, _) = stubs.split_once("todo =").unwrap();
    let completed = format!("{first}formula = \"5.4%\"\n");
    write(&folder, &[("claims/story.toml", &completed)]);
    let output = factcheck(&folder, &[]);
    assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
    assert!(out(&output).contains("1 claim: 1 supported"), "{}", out(&output));
    let rest = out(&factcheck(&folder, &["stub", "draft.md", "claims/story.toml"]));
    assert!(rest.starts_with("[[claim]]") && rest.matches("[[claim]]").count() == 4, "{rest}");
}

#[test]
fn stubs_need_rules_of_the_same_draft() {
    let folder = folder("stub-elsewhere");
    let files = [("draft.md", "It has 8,412 members.\n"), ("other.md", "It has 12.\n")];
    write(&folder, &files);
    write(&folder, &[("claims/story.toml", "draft = \"../draft.md\"\n")]);
    let output = factcheck(&folder, &["stub", "other.md", "claims"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("claims: no rules for the draft other.md"), "{}", err(&output));
    assert_eq!(code(&factcheck(&folder, &["stub", "missing.md"])), 2);
}
