//! `--fix`: what it shows, what it writes, and all that it leaves alone.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests make files and fail by panicking"
)]

mod program;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use program::{code, err, factcheck, out};

/// A folder of its own for a test, with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fix").join(name);
    _ = fs::remove_dir_all(&folder);
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

/// The findings of a check, without their order: check, and claim or message.
fn found(folder: &Path, paths: &[&str]) -> BTreeSet<(String, String)> {
    let report: Value =
        serde_json::from_slice(&factcheck(folder, &[paths, &["--format", "json"]].concat()).stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let told = |it: &Value| it["claim"].as_str().or(it["message"].as_str()).unwrap().to_owned();
    findings.map(|it| (it["check"].as_str().unwrap().to_owned(), told(it))).collect()
}

const DRAFT: &str = "The fund kept 77.3% of its value. It has about 100 members 🩺, and “many” friends.\n";

const RULES: &str = "draft = \"../draft.md\"

[figure.kept]
value = 77.39
unit = \"percent\"

[figure.members]
value = 112

[[claim]]
id = \"fund\"
quote = \"kept 77.3% of its value\"
formula = \"kept\"

[[claim]]
id = \"members\"
quote = 'It has about 100 members 🩺, and \"many\" friends'   # as counted in May
says = \"about 100\"
formula = \"members\"
";

fn story(name: &str) -> PathBuf {
    folder(name, &[("draft.md", DRAFT), ("claims/a.toml", RULES)])
}

#[test]
fn a_preview_writes_nothing_and_says_so() {
    let folder = story("preview");
    let output = factcheck(&folder, &["--fix", "--format", "concise"]);
    let told = out(&output);
    for line in [
        "claims/a.toml: fund: Replace “77.3%” by “77.4%”",
        "--- draft.md",
        "+++ claims/a.toml",
        "-quote = \"kept 77.3% of its value\"",
        "+quote = \"kept 77.4% of its value\"",
        "+The fund kept 77.4% of its value. It has about 110 members 🩺, and “many” friends.",
    ] {
        assert!(told.lines().any(|it| it == line), "{line}\n{told}");
    }
    assert!(!told.contains('\x1b'));
    assert_eq!(
        err(&output),
        "a preview only: nothing was written; `--fix --yes` applies 2 fixes to 2 files\n"
    );
    assert_eq!((read(&folder, "draft.md").as_str(), read(&folder, "claims/a.toml").as_str()), (DRAFT, RULES));
    // It ends as the check does, and a report for machines is not disturbed.
    assert_eq!(code(&output), 0);
    assert_eq!(code(&factcheck(&folder, &["--fix", "--fail-on", "warning"])), 1);
    let output = factcheck(&folder, &["--fix", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let reworded = report["findings"].as_array().unwrap().iter().map(|finding| {
        let offset = |end: &str| usize::try_from(finding["fix"][end].as_u64().unwrap()).unwrap();
        format!(
            "{} > {}",
            &DRAFT[offset("start")..offset("end")],
            finding["fix"]["replacement"].as_str().unwrap()
        )
    });
    assert_eq!(reworded.collect::<Vec<_>>(), ["77.3% > 77.4%", "about 100 > about 110"]);
    assert!(err(&output).contains("+++ draft.md"));
    assert!(out(&factcheck(&folder, &["--fix", "--color", "always"])).contains("\x1b[32m+"));
}

#[test]
fn what_is_applied_leaves_a_clean_project_and_nothing_to_do() {
    let folder = story("applied");
    let output = factcheck(&folder, &["--fix", "--yes", "--format", "concise", "--fail-on", "warning"]);
    assert_eq!(
        (code(&output), err(&output).as_str()),
        (0, "applied 2 fixes to 2 files\n"),
        "{}",
        out(&output)
    );
    assert!(out(&output).contains("2 claims: 2 supported"));
    assert_eq!(
        read(&folder, "draft.md"),
        "The fund kept 77.4% of its value. It has about 110 members 🩺, and “many” friends.\n"
    );
    let rules = read(&folder, "claims/a.toml");
    let table: toml::Table = rules.parse().unwrap();
    assert_eq!(table["claim"][1]["says"].as_str(), Some("about 110"));
    assert!(
        rules.contains("'It has about 110 members 🩺, and \"many\" friends'   # as counted in May\n"),
        "{rules}"
    );
    assert_eq!(fs::read_dir(folder.join("claims")).unwrap().count(), 1);
    let output = factcheck(&folder, &["--fix", "--yes", "--format", "concise"]);
    assert_eq!(err(&output), "nothing that is safe to fix\n");
    assert!(out(&output).starts_with("2 claims"), "{}", out(&output));
    assert_eq!(read(&folder, "claims/a.toml"), rules);
}

#[test]
fn line_ends_and_marks_of_byte_order_are_kept() {
    let crlf = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let folder =
        folder("crlf", &[("draft.md", &crlf(DRAFT)), ("claims/a.toml", &RULES.replace('\n', "\r\n"))]);
    let output = factcheck(&folder, &["--fix", "--yes"]);
    assert_eq!((code(&output), err(&output).as_str()), (0, "applied 2 fixes to 2 files\n"));
    let mended = DRAFT.replace("77.3", "77.4").replace("100", "110");
    assert_eq!(read(&folder, "draft.md"), crlf(&mended));
    let rules = read(&folder, "claims/a.toml");
    assert_eq!(rules.matches("\r\n").count(), RULES.matches('\n').count());
    assert_eq!(rules.matches('\n').count(), rules.matches('\r').count());
}

#[test]
fn quotations_attributions_and_what_is_refuted_are_left() {
    let draft = "The fund kept 77.3% of its value, the mayor said.\n\nThe port \"kept 77.3% of its trade\".\n\n\
                 > The lake kept 77.3% of its water.\n\nThe mill kept 77.3% of its grain.\n\n\
                 The town kept 71% of its people.\n";
    let mut rules = "draft = \"../draft.md\"\n[figure.kept]\nvalue = 77.39\nunit = \"percent\"\n".to_owned();
    for (id, by) in
        [("fund", ""), ("port", ""), ("lake", ""), ("mill", "by = \"the miller\"\n"), ("town", "")]
    {
        let line = draft.split("\n\n").find(|line| line.contains(id)).unwrap().trim_start_matches("> ");
        let quote = line.trim_end().trim_end_matches('.');
        _ = write!(rules, "[[claim]]\nid = \"{id}\"\nquote = '''{quote}'''\nformula = \"kept\"\n{by}");
    }
    let folder = folder("left", &[("draft.md", draft), ("claims/a.toml", &rules)]);
    let output = factcheck(&folder, &["--fix", "--yes", "--format", "concise"]);
    assert_eq!(code(&output), 1);
    assert_eq!((read(&folder, "draft.md").as_str(), read(&folder, "claims/a.toml")), (draft, rules));
    let told = err(&output);
    for line in [
        "left as it is: claims/a.toml: fund: its sentence attributes it (\"said\")",
        "left as it is: claims/a.toml: port: it stands between quotation marks, or marks in its paragraph do not add up",
        "left as it is: claims/a.toml: lake: it stands in a passage set off as quoted",
        "left as it is: claims/a.toml: mill: the rule attributes it (`by`)",
        "nothing that is safe to fix",
    ] {
        assert!(told.lines().any(|it| it == line), "{line}\n{told}");
    }
    assert!(!told.contains("town"), "{told}");
}

#[test]
fn a_page_quotes_by_elements_too() {
    let draft = "<p>The mayor: <q>The fund kept 77.3% of its value.</q></p>\n<blockquote><p>The port kept 77.3% of its trade.</p></blockquote>\n<p>The lake kept 77.3% of its water.</p>\n";
    let claim =
        |id: &str| format!("[[claim]]\nid = \"{id}\"\nquote = \"{id} kept 77.3%\"\nformula = \"kept\"\n");
    let rules = "draft = \"../draft.html\"\n[figure.kept]\nvalue = 77.39\nunit = \"percent\"\n".to_owned()
        + &["fund", "port", "lake"].map(claim).concat();
    let folder = folder("page", &[("draft.html", draft), ("claims/a.toml", &rules)]);
    let output = factcheck(&folder, &["--fix", "--yes"]);
    assert!(err(&output).contains("applied 1 fix to 2 files"), "{}", err(&output));
    assert_eq!(read(&folder, "draft.html"), draft.replace("lake kept 77.3%", "lake kept 77.4%"));
}

#[test]
fn a_word_document_is_left_and_it_is_said_why() {
    let document = fs::read("fixtures/night-ferry/draft.docx").unwrap();
    // The story has "6%" for 5.2%; here the figures say 6.4%, cut off at the percent.
    let folder = folder(
        "word",
        &[(
            "claims/a.toml",
            "draft = \"../draft.docx\"\n[[claim]]\nid = \"it\"\nquote = \"6%\"\nformula = \"6.51%\"\n",
        )],
    );
    fs::write(folder.join("draft.docx"), &document).unwrap();
    let output = factcheck(&folder, &["--fix", "--yes", "--format", "concise"]);
    assert!(out(&output).contains("value-truncated"), "{}", out(&output));
    assert!(err(&output).contains("a Word document, which is not written to"), "{}", err(&output));
    assert_eq!(fs::read(folder.join("draft.docx")).unwrap(), document);
}

#[test]
fn rules_that_were_not_named_quote_the_new_words_too() {
    let other = "draft = \"../../draft.md\"\n[[claim]]\nid = \"again\"\nquote = \"fund kept 77.3%\"\nformula = \"77.42%\"\n";
    let folder = story("unnamed");
    fs::create_dir_all(folder.join("claims/more")).unwrap();
    fs::write(folder.join("claims/more/b.toml"), other).unwrap();
    let output = factcheck(&folder, &["claims/a.toml", "--fix", "--yes"]);
    assert!(err(&output).contains("applied 2 fixes to 3 files"), "{}", err(&output));
    assert!(read(&folder, "claims/more/b.toml").contains("quote = \"fund kept 77.4%\""));
    // The other rules are about that number alone.
    assert!(found(&folder, &[]).iter().all(|(check, _)| check == "number-unclaimed"));
}

#[test]
fn what_would_turn_another_rule_against_the_draft_is_left() {
    // The other claim's figure fits 77.3 alone, and one more number is told apart by its place.
    let other = "[[claim]]\nid = \"again\"\nquote = \"The fund kept 77.3% of\"\nformula = \"77.27%\"\n";
    let folder = folder("harm", &[("draft.md", DRAFT), ("claims/a.toml", &format!("{RULES}{other}"))]);
    let output = factcheck(&folder, &["--fix", "--yes", "--format", "concise"]);
    assert!(
        err(&output).contains("claims/a.toml: fund: with it, something else would be found"),
        "{}",
        err(&output)
    );
    assert!(err(&output).contains("applied 1 fix to 2 files"), "{}", err(&output));
    assert_eq!(read(&folder, "draft.md"), DRAFT.replace("100", "110"));

    let draft = format!("{DRAFT}\nThe fund kept 77.3% of its value.\n");
    let rules = RULES.replace("formula = \"kept\"", "occurrence = 2\nformula = \"kept\"");
    let folder = story("occurrence");
    fs::write(folder.join("draft.md"), &draft).unwrap();
    fs::write(folder.join("claims/a.toml"), &rules).unwrap();
    let output = factcheck(&folder, &["--fix", "--yes", "--format", "concise"]);
    assert!(err(&output).contains("no longer say which place is meant"), "{}", err(&output));
    assert!(read(&folder, "draft.md").ends_with("The fund kept 77.3% of its value.\n"));
}

#[test]
fn what_is_not_reported_is_not_fixed() {
    let folder = story("baseline");
    let accept = [
        "baseline",
        "accepted.toml",
        "--claim",
        "fund",
        "--reason",
        "the board cuts",
        "--author",
        "A. Editor",
    ];
    assert_eq!(code(&factcheck(&folder, &accept)), 0);
    let output = factcheck(&folder, &["--fix", "--yes", "--baseline", "accepted.toml"]);
    assert!(err(&output).contains("applied 1 fix to 2 files"), "{}", err(&output));
    assert_eq!(read(&folder, "draft.md"), DRAFT.replace("100", "110"));
    fs::write(folder.join("factcheck.toml"), "[checks]\nvalue-truncated = \"off\"\n").unwrap();
    let output = factcheck(&folder, &["--fix", "--yes"]);
    assert!(err(&output).contains("nothing that is safe to fix"), "{}", err(&output));
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_what_is_read_only_is_not_written() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = story("links");
    fs::create_dir(folder.join("drafts")).unwrap();
    fs::rename(folder.join("draft.md"), folder.join("drafts/real.md")).unwrap();
    symlink("drafts/real.md", folder.join("draft.md")).unwrap();
    let real = folder.join("drafts/real.md");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o444)).unwrap();
    let output = factcheck(&folder, &["--fix", "--yes"]);
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).contains("error: draft.md: nothing was written: the file is read-only"),
        "{}",
        err(&output)
    );
    assert_eq!((read(&folder, "draft.md").as_str(), read(&folder, "claims/a.toml").as_str()), (DRAFT, RULES));
    assert_eq!(fs::read_dir(folder.join("claims")).unwrap().count(), 1);

    fs::set_permissions(&real, fs::Permissions::from_mode(0o600)).unwrap();
    let output = factcheck(&folder, &["--fix", "--yes"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(fs::symlink_metadata(folder.join("draft.md")).unwrap().is_symlink());
    assert!(read(&folder, "drafts/real.md").contains("77.4%"));
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn what_makes_no_sense_together_is_refused() {
    let folder = story("refused");
    for (arguments, said) in [
        (&["--fix", "-"][..], "--fix writes to files, and `-` is standard input"),
        (&["--fix", "--format", "html", "--output", "page"], "`--format html` writes pages"),
        (&["--yes"], "--fix"),
        (&["watch", "--fix"], "unexpected argument '--fix'"),
        (&["serve", "--fix"], "unexpected argument '--fix'"),
    ] {
        let output = factcheck(&folder, arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(err(&output).contains(said), "{arguments:?}: {}", err(&output));
    }
    let output = factcheck(&folder, &["nowhere", "--fix"]);
    assert_eq!(code(&output), 2);
    assert_eq!(err(&output).matches("error").count(), 1, "{}", err(&output));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn no_story_of_the_fixtures_is_worse_for_it() {
    let folder = folder("fixtures", &[]);
    for part in ["claims", "fixtures"] {
        copy(Path::new(part), &folder.join(part));
    }
    let stories = fs::read_dir(folder.join("fixtures")).unwrap().map(|it| it.unwrap().path().join("claims"));
    let mut paths: Vec<String> = stories
        .filter(|claims| claims.is_dir())
        // All of its figures are queries, which not every build runs.
        .filter(|claims| cfg!(feature = "sql") || !claims.starts_with(folder.join("fixtures/library-loans")))
        .map(|claims| claims.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned())
        .collect();
    paths.push("claims/deportations.toml".to_owned());
    assert!(paths.len() > 6, "{paths:?}");
    for path in &paths {
        let before = found(&folder, &[path]);
        let output = factcheck(&folder, &[path, "--fix", "--yes", "--format", "concise"]);
        assert!(code(&output) < 2, "{path}: {}", err(&output));
        let after = found(&folder, &[path]);
        assert!(after.is_subset(&before), "{path}: {:?}", after.difference(&before));
        let again = factcheck(&folder, &[path, "--fix", "--yes", "--format", "concise"]);
        assert!(err(&again).ends_with("nothing that is safe to fix\n"), "{path}: {}", err(&again));
    }
}

/// Every kind of hedge beside numbers of every manner, over values at every distance.
#[test]
fn whatever_is_fixed_is_supported_then_and_no_rule_loses_its_place() {
    let mut draft = String::new();
    let mut rules = "draft = \"../draft.md\"\n".to_owned();
    let hedges =
        ["", "about ", "nearly ", "just over ", "more than ", "at least ", "under ", "up to ", "exactly "];
    let numbers =
        [("77.3", 773, 1), ("1,200", 1200, 0), ("300", 300, 0), ("2 million", 2_000_000, 0), ("48", 48, 0)];
    let mut count = 0;
    for hedge in hedges {
        for (number, value, scale) in numbers {
            for part in [800, 910, 960, 990, 1000, 1001, 1010, 1040, 1080, 1120, 1300, 1700] {
                let value = rust_decimal::Decimal::new(value * part, scale + 3).normalize();
                _ = writeln!(draft, "Town {count}x has {hedge}{number} trees.\n");
                _ = write!(
                    rules,
                    "[[claim]]\nid = \"town-{count}\"\nquote = \"Town {count}x has {hedge}{number} trees\"\nsays = \"{hedge}{number}\"\nformula = \"{value}\"\n"
                );
                count += 1;
            }
        }
    }
    let folder = folder("every", &[("draft.md", &draft), ("claims/a.toml", &rules)]);
    let before = found(&folder, &[]);
    let mendable = ["value-truncated", "coarse-rounding", "hedge-stretched", "hedge-understates"];
    for check in mendable {
        assert!(before.iter().any(|(it, _)| it == check), "{check} is not tried");
    }
    let output = factcheck(&folder, &["--fix", "--yes", "--format", "concise"]);
    let fixes = out(&output).lines().filter(|line| line.contains(": Replace ")).count();
    assert!(fixes > 50, "{fixes}: {}", err(&output));
    let after = found(&folder, &[]);
    assert!(after.is_subset(&before), "{:?}", after.difference(&before));
    assert_eq!(before.len() - after.len(), fixes);
    let left = err(&output).lines().filter(|line| line.starts_with("left as it is")).count();
    assert_eq!(after.iter().filter(|(check, _)| mendable.contains(&&**check)).count(), left);
    let again = factcheck(&folder, &["--fix", "--yes", "--format", "concise"]);
    assert!(err(&again).ends_with("nothing that is safe to fix\n"));
}
