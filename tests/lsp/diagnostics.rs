//! What is said, of which file, and when.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use super::client::{Client, codes, folder, under};
use super::{DRAFT, FILES, RULES, RULES_FILE, TABLE};

#[test]
fn an_unsaved_draft_is_checked_as_the_command_line_would() {
    let folder = folder("unsaved", &FILES);
    let mut client = Client::start(&folder);
    let mut text = client.open_file("draft.md");
    let said = client.diagnostics("draft.md", Some(1));
    assert_eq!(codes(&said), ["hedge-stretched", "number-unclaimed"], "{said:#?}");
    assert_eq!(under(&text, &said[0]["range"]), "a little more than 5%");
    assert_eq!((&said[0]["severity"], &said[1]["severity"]), (&json!(2), &json!(3)));
    client.replace("draft.md", 2, &mut text, "a little more than 5%", "8%");
    let said = client.diagnostics("draft.md", Some(2));
    assert_eq!(codes(&said)[0], "quote-not-found");
    client.replace("draft.md", 3, &mut text, "8%", "a little more than 5%");
    client.replace("draft.md", 4, &mut text, "$9.5", "$9.6");
    client.replace("draft.md", 5, &mut text, "$9.6", "$9.5");
    let said = client.diagnostics("draft.md", Some(5));
    // The same, in the words of the command line.
    let output = Command::new(env!("CARGO_BIN_EXE_factcheck"))
        .args(["--format", "json", RULES_FILE])
        .current_dir(&folder)
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), said.len());
    for (finding, diagnostic) in findings.iter().zip(&said) {
        assert_eq!(finding["check"], diagnostic["code"]);
        let message = diagnostic["message"].as_str().unwrap();
        assert!(message.starts_with(finding["message"].as_str().unwrap()), "{message}");
        assert_eq!(finding["draft"]["line"].as_u64().unwrap() - 1, diagnostic["range"]["start"]["line"]);
    }
    assert_eq!(fs::read_to_string(folder.join("draft.md")).unwrap(), DRAFT, "nothing is written");
    assert_eq!(client.stop(), 0);
}

#[test]
fn a_diagnostic_leads_to_its_check_its_rule_and_its_cells() {
    let folder = folder("related", &FILES);
    let mut client = Client::start(&folder);
    client.open_file("draft.md");
    let said = client.diagnostics("draft.md", Some(1));
    let href = said[0]["codeDescription"]["href"].as_str().unwrap();
    let page = fs::read_to_string(href.strip_prefix("file://").unwrap()).unwrap();
    assert!(page.starts_with("# hedge-stretched\n"), "{href}");
    let related = said[0]["relatedInformation"].as_array().unwrap();
    let place =
        |at: usize| (related[at]["location"]["uri"].as_str().unwrap(), &related[at]["location"]["range"]);
    assert_eq!(place(0).0, client.uri(RULES_FILE));
    assert_eq!(under(RULES, place(0).1), "\"change(before, after)\"");
    assert_eq!(place(1).0, client.uri("budget.csv"));
    assert_eq!(under(TABLE, place(1).1), "2025,9000000\n");
    assert_eq!(under(TABLE, place(2).1), "2026,9500000\n");
}

#[test]
fn rules_libraries_tables_and_settings_are_checked_unsaved_too() {
    let mut files = FILES.to_vec();
    files.push(("claims/shared.toml", "[figure.branches]\nvalue = 40\n"));
    let claim = "\n[[claim]]\nid = \"branches\"\nquote = \"40 branches\"\nformula = \"branches\"\n";
    let rules = format!("{RULES}{claim}");
    files[1].1 = &rules;
    let folder = folder("all-unsaved", &files);
    let mut client = Client::start(&folder);
    client.open_file("draft.md");
    assert_eq!(codes(&client.diagnostics("draft.md", Some(1))), ["hedge-stretched"]);
    // A library.
    let mut shared = client.open_file("claims/shared.toml");
    client.replace("claims/shared.toml", 2, &mut shared, "40", "50");
    client.diagnostics("claims/shared.toml", Some(2));
    client.settle();
    assert_eq!(codes(&client.diagnostics("draft.md", Some(1))), ["hedge-stretched", "value-refuted"]);
    client.close("claims/shared.toml");
    client.settle();
    let mut text = client.open_file(RULES_FILE);
    // A rule file that is no TOML for a moment.
    client.replace(RULES_FILE, 2, &mut text, "[figure.before]", "[figure.before");
    let said = client.diagnostics(RULES_FILE, Some(2));
    assert!(said[0]["severity"] == 1 && said[0].get("code").is_none(), "{said:#?}");
    assert_eq!(said[0]["range"]["start"]["line"], 10);
    client.replace(RULES_FILE, 3, &mut text, "[figure.before", "[figure.before]");
    client.replace(RULES_FILE, 4, &mut text, "change(before", "change(befor");
    let said = client.diagnostics(RULES_FILE, Some(4));
    let messages: Vec<&str> = said.iter().map(|it| it["message"].as_str().unwrap()).collect();
    assert!(messages.iter().any(|it| it.contains("did you mean `before`?")), "{said:#?}");
    client.replace(RULES_FILE, 5, &mut text, "change(befor,", "change(before,");
    client.diagnostics(RULES_FILE, Some(5));
    // A table.
    let mut table = client.open_file("budget.csv");
    client.replace("budget.csv", 2, &mut table, "9500000", "9990000");
    let refuted = |client: &mut Client| loop {
        let said = client.diagnostics("draft.md", Some(1));
        if codes(&said).contains(&"value-refuted") {
            break said;
        }
        client.hear();
    };
    refuted(&mut client);
    client.close("budget.csv");
    // The settings.
    client.open("factcheck.toml", "[checks]\nvalue-refutd = \"error\"\n");
    let said = client.diagnostics("factcheck.toml", Some(1));
    assert!(said[0]["message"].as_str().unwrap().contains("value-refuted"), "{said:#?}");
    assert_eq!(client.stop(), 0);
}

#[test]
fn a_draft_without_rules_is_held_against_itself() {
    let folder = folder("alone", &[]);
    let mut client = Client::start(&folder);
    client.open("story.md", "It rose by 50%, from $412.6 million to $435 million.\n");
    assert_eq!(codes(&client.diagnostics("story.md", Some(1))), ["arithmetic-inconsistent"]);
    // Rules that come into being are found, also before they are saved.
    client.open("claims/story.toml", "draft = \"../story.md\"\n");
    loop {
        let said = client.diagnostics("story.md", Some(1));
        if codes(&said).contains(&"number-unclaimed") {
            break;
        }
        client.hear();
    }
    client.close("claims/story.toml");
    client.change("story.md", 2, json!([{ "text": "Nothing.\n" }]));
    assert!(client.diagnostics("story.md", Some(2)).is_empty());
    assert_eq!(client.stop(), 0);
}

#[test]
fn what_is_closed_is_quiet_and_other_programs_files_are_left_alone() {
    let mut files = FILES.to_vec();
    files.push(("Cargo.toml", "[package]\nname = 3\n"));
    let folder = folder("closed", &files);
    let mut client = Client::start(&folder);
    client.open_file("Cargo.toml");
    client.open("notes.rs", "5% of 7");
    client.open_file("draft.md");
    assert!(!client.diagnostics("draft.md", Some(1)).is_empty());
    client.close("draft.md");
    assert!(client.diagnostics("draft.md", None).is_empty());
    assert!(!client.said.contains_key(&client.uri("Cargo.toml")));
    assert_eq!(client.stop(), 0);
}

#[test]
fn files_that_change_or_vanish_on_disk_are_noticed() {
    let folder = folder("vanish", &FILES);
    let mut client = Client::start(&folder);
    client.open_file("draft.md");
    client.diagnostics("draft.md", Some(1));
    let wait_for = |client: &mut Client, wanted: &str| loop {
        let said = client.diagnostics("draft.md", Some(1));
        if codes(&said).contains(&wanted) {
            break;
        }
        client.hear();
    };
    let changed = |client: &mut Client, name: &str, kind: u8| {
        let uri = client.uri(name);
        client
            .notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": kind }] }));
    };
    fs::write(folder.join("budget.csv"), TABLE.replace("9500000", "9900000")).unwrap();
    changed(&mut client, "budget.csv", 2);
    wait_for(&mut client, "value-refuted");
    fs::remove_file(folder.join("budget.csv")).unwrap();
    changed(&mut client, "budget.csv", 3);
    let said = client.diagnostics(RULES_FILE, None);
    assert!(said.iter().any(|it| it["message"].as_str().unwrap().contains("budget.csv")), "{said:#?}");
    fs::remove_file(folder.join(RULES_FILE)).unwrap();
    changed(&mut client, RULES_FILE, 3);
    // Without its rules the draft is still held against itself.
    loop {
        if client.diagnostics("draft.md", Some(1)).is_empty() {
            break;
        }
        client.hear();
    }
    fs::remove_file(folder.join("draft.md")).unwrap();
    changed(&mut client, "draft.md", 3);
    client.close("draft.md");
    assert_eq!(client.stop(), 0);
}
