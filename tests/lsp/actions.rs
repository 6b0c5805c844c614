//! Every action is applied, and what it leaves is checked again by the command line.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use super::client::{Client, folder, position, under};
use super::{DRAFT, FILES, RULES, RULES_FILE};

/// The actions offered at some words, by their titles.
fn offered(client: &mut Client, name: &str, text: &str, words: &str) -> Vec<(String, Value)> {
    let at = text.find(words).unwrap();
    client.settle();
    let params = json!({
        "textDocument": { "uri": client.uri(name) },
        "range": { "start": position(text, at), "end": position(text, at + words.len()) },
        "context": { "diagnostics": [] },
    });
    let actions = client.request("textDocument/codeAction", params);
    let named = |action: &Value| (action["title"].as_str().unwrap().to_owned(), action["edit"].clone());
    actions.as_array().unwrap().iter().map(named).collect()
}

/// Does to the files what an action says.
fn apply(client: &Client, edit: &Value) {
    for document in edit["documentChanges"].as_array().unwrap() {
        let uri = document["textDocument"]["uri"].as_str().unwrap();
        let path = uri.strip_prefix("file://").unwrap();
        let mut text = fs::read_to_string(path).unwrap();
        assert!(uri.starts_with(&client.uri("")));
        for change in document["edits"].as_array().unwrap() {
            let old = under(&text, &change["range"]);
            let start = old.as_ptr() as usize - text.as_ptr() as usize;
            text.replace_range(start..start + old.len(), change["newText"].as_str().unwrap());
        }
        fs::write(path, text).unwrap();
    }
}

/// The report of the command line on what is on disk.
fn checked(client: &Client) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_factcheck"))
        .args(["--format", "json", "claims"])
        .current_dir(&client.folder)
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let complaints: Vec<&Value> = report["problems"].as_array().into_iter().flatten().collect();
    assert!(complaints.is_empty(), "{complaints:?}");
    report
}

fn checks_of(report: &Value) -> Vec<&str> {
    report["findings"].as_array().unwrap().iter().map(|it| it["check"].as_str().unwrap()).collect()
}

/// Applies the action with this title to fresh files, and gives the report on what it leaves.
fn after(name: &str, files: &[(&str, &str)], words: &str, title: &str) -> (Client, Value) {
    let folder = folder(name, files);
    let mut client = Client::start(&folder);
    let text = client.open_file("draft.md");
    let actions = offered(&mut client, "draft.md", &text, words);
    let titles: Vec<&str> = actions.iter().map(|(title, _)| title.as_str()).collect();
    let (_, edit) =
        actions.iter().find(|(it, _)| it == title).unwrap_or_else(|| panic!("{title}: {titles:?}"));
    apply(&client, edit);
    let report = checked(&client);
    (client, report)
}

#[test]
fn a_claim_is_written_for_a_number() {
    for (name, rules) in [
        ("claim", RULES.to_owned()),
        ("claim-crlf", RULES.replace('\n', "\r\n")),
        ("claim-open-end", RULES.trim_end().to_owned()),
    ] {
        let mut files = FILES;
        files[1].1 = &rules;
        let (client, report) = after(name, &files, "40", "Write a claim for “40”");
        let claims = report["claims"].as_array().unwrap();
        let ids: Vec<&str> = claims.iter().map(|it| it["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), 2, "{ids:?}");
        // It is there, and waits for its formula.
        assert_eq!(report["coverage"]["unclaimed"], 0, "{report}");
        assert_eq!(checks_of(&report), ["hedge-stretched", "claim-unchecked"]);
        let text = fs::read_to_string(client.folder.join(RULES_FILE)).unwrap();
        assert_eq!(text.contains('\r'), rules.contains('\r'));
        assert_eq!(
            text.matches('\r').count(),
            if rules.contains('\r') { text.matches('\n').count() } else { 0 }
        );
        assert_eq!(client.stop(), 0);
    }
}

#[test]
fn a_number_is_ignored_in_the_rules_or_beside_it() {
    for (name, title) in [
        ("ignore-rule", "Ignore “40”, in the rules"),
        ("ignore-comment", "Ignore the numbers of this paragraph, by a comment"),
    ] {
        let (client, report) = after(name, &FILES, "40", title);
        assert_eq!(checks_of(&report), ["hedge-stretched"], "{title}");
        assert_eq!(report["coverage"]["ignored"], 1, "{title}");
        assert_eq!(client.stop(), 0);
    }
}

#[test]
fn words_are_replaced_by_ones_that_fit() {
    let (client, report) =
        after("replace", &FILES, "than 5%", "Replace “a little more than 5%” by “about 6%”");
    let text = fs::read_to_string(client.folder.join("draft.md")).unwrap();
    assert!(text.contains("rose by about 6%, from"), "{text}");
    let rules = fs::read_to_string(client.folder.join(RULES_FILE)).unwrap();
    assert!(rules.contains("rose by about 6%, from $9 million"), "{rules}");
    assert_eq!(checks_of(&report), ["number-unclaimed"], "{report}");
    assert_eq!(client.stop(), 0);
}

#[test]
fn every_rule_that_quotes_replaced_words_quotes_the_new_ones() {
    let rules = format!(
        "{RULES}\n[[claim]]\nid = \"budget\"\nquote = \"than 5%, from $9 million to\"\nsays = \"$9 million\"\nformula = \"before\"\n"
    );
    let files = [FILES[0], (RULES_FILE, &*rules), FILES[2]];
    let (client, report) =
        after("replace-both", &files, "than 5%", "Replace “a little more than 5%” by “about 6%”");
    let verdicts: Vec<&Value> =
        report["claims"].as_array().unwrap().iter().map(|it| &it["verdict"]).collect();
    assert_eq!(verdicts, ["supported", "supported"], "{report}");
    assert_eq!(client.stop(), 0);
}

/// What the command line would do by itself is what the editor prefers, and comes to the same files.
#[test]
fn the_fix_that_is_safe_is_preferred() {
    for (name, number, preferred) in
        [("prefer", "5.5%", Some("Replace “5.5%” by “5.6%”")), ("prefer-none", "7%", None)]
    {
        let files = FILES.map(|(name, text)| (name, text.replace("a little more than 5%", number)));
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, &**text)).collect();
        let folder = folder(name, &files);
        let mut client = Client::start(&folder);
        let text = client.open_file("draft.md");
        client.settle();
        let at = text.find(number).unwrap();
        let params = json!({
            "textDocument": { "uri": client.uri("draft.md") },
            "range": { "start": position(&text, at), "end": position(&text, at + 1) },
            "context": { "diagnostics": [] },
        });
        let actions = client.request("textDocument/codeAction", params);
        let first = actions.as_array().unwrap().iter().find(|action| action["isPreferred"] == true);
        assert_eq!(first.map(|action| action["title"].as_str().unwrap()), preferred, "{actions}");
        assert_eq!(client.stop(), 0);
    }
}

#[test]
fn words_with_markup_in_them_are_not_replaced() {
    let draft = DRAFT.replace("than 5%", "**than 5%**");
    let folder = folder("replace-markup", &[("draft.md", &draft), FILES[1], FILES[2]]);
    let mut client = Client::start(&folder);
    client.open_file("draft.md");
    assert!(!client.diagnostics("draft.md", Some(1)).is_empty());
    let actions = offered(&mut client, "draft.md", &draft, "5%");
    assert!(!actions.iter().any(|(title, _)| title.contains("Replace")), "{actions:?}");
    assert_eq!(client.stop(), 0);
}

const SCOPES: &str = "[scope.agency]
DHS = { includes = [\"ICE\", \"CBP\", \"USCG\"] }
ICE = {}
CBP = { aliases = [\"Customs and Border Protection\"] }
USCG = { aliases = [\"Coast Guard\"] }
";

const DEPORTED: &str = "Deportations by ICE exceeded 117,000 in that time. \
The count also included people whom Customs and Border Protection or the Coast Guard sent back.\n";

const DEPORTED_RULES: &str = "draft = \"../draft.md\"

[source.statement]
title = \"Statement\"
publisher = \"DHS\"
url = \"https://dhs.example/\"
retrieved = 2026-03-02

[figure.deported]
source = \"statement\"
value = \"more than 117,000\"
scope = { agency = [\"ICE\", \"CBP\", \"USCG\"] }

[[claim]]
id = \"deported\"
quote = \"exceeded 117,000\"  # said often
formula = \"deported\"
scope = { agency = \"ICE\" }
";

#[test]
fn the_passage_that_discloses_a_difference_is_named() {
    let files = [("draft.md", DEPORTED), ("claims/a.toml", DEPORTED_RULES), ("claims/scopes.toml", SCOPES)];
    let title = "Say that the draft discloses it: “The count also included people whom Cust…”";
    let (client, report) = after("disclose", &files, "117,000", title);
    let found = &report["findings"][0];
    assert_eq!((&found["check"], &found["severity"]), (&json!("scope-differs"), &json!("note")), "{report}");
    assert_eq!(client.stop(), 0);
    // Offered from the rule, too; and not where nothing in the draft discloses it.
    let folder = folder("disclose-not", &files);
    let mut client = Client::start(&folder);
    client.open_file("draft.md");
    client.open_file("claims/a.toml");
    assert_eq!(offered(&mut client, "claims/a.toml", DEPORTED_RULES, "formula = \"deported").len(), 1);
    client.change(
        "draft.md",
        2,
        json!([{ "text": "Deportations by ICE exceeded 117,000. The Coast Guard helped." }]),
    );
    assert!(offered(&mut client, "claims/a.toml", DEPORTED_RULES, "formula = \"deported").is_empty());
    assert_eq!(client.stop(), 0);
}
