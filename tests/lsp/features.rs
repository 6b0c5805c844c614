//! What is shown of a number, a claim, a figure; and the ways from one to the other.

use serde_json::{Value, json};

use super::client::{Client, folder, under};
use super::{DRAFT, FILES, RULES, RULES_FILE, TABLE};

fn hover(client: &mut Client, name: &str, text: &str, words: &str) -> String {
    let hover = client.request_at("textDocument/hover", name, text, words);
    hover["contents"]["value"].as_str().unwrap_or_else(|| panic!("{words}: {hover}")).to_owned()
}

/// The files and words that locations lead to.
fn places(client: &Client, locations: &Value) -> Vec<(String, String)> {
    let texts = [("draft.md", DRAFT), (RULES_FILE, RULES), ("budget.csv", TABLE)];
    let place = |location: &Value| {
        let uri = location["uri"].as_str().unwrap();
        let (name, text) = texts.iter().find(|(name, _)| client.uri(name) == uri).unwrap();
        ((*name).to_owned(), under(text, &location["range"]).to_owned())
    };
    locations.as_array().unwrap().iter().map(place).collect()
}

#[test]
fn a_hover_tells_how_a_number_was_read_and_what_the_figures_give() {
    let folder = folder("hover", &FILES);
    let mut client = Client::start(&folder);
    client.open_file("draft.md");
    let told = hover(&mut client, "draft.md", DRAFT, "little more than 5%");
    for part in [
        "read: 5 percent, read as “just over”",
        "its words allow: above 5%, up to 5.75%",
        "the figures give: 5.555556%",
        "**supported**, with a warning (claim `rise`)",
        "change(before, after) = 5.55555",
        "from budget.csv:2: 9000000",
        "from budget.csv:3: 9500000",
    ] {
        assert!(told.contains(part), "{part:?} is not in {told}");
    }
    let told = hover(&mut client, "draft.md", DRAFT, "40 branches");
    assert!(told.contains("read: 40") && told.contains("No claim is about it"), "{told}");
    // Nothing is said of words.
    let nothing = client.request_at("textDocument/hover", "draft.md", DRAFT, "budget");
    assert_eq!(nothing, Value::Null);
    client.open_file(RULES_FILE);
    let told = hover(&mut client, RULES_FILE, RULES, "after)");
    assert!(told.contains("figure **after**") && told.contains("after = 9500000 USD"), "{told}");
    let told = hover(&mut client, RULES_FILE, RULES, "budget]");
    assert!(told.contains("source **budget**") && told.contains("Budget"), "{told}");
    let told = hover(&mut client, RULES_FILE, RULES, "rise\"");
    assert!(told.contains("**supported**") && told.contains("change(before, after)"), "{told}");
    let settings = "[checks]\nvalue-refuted = \"error\"\n";
    client.open("factcheck.toml", settings);
    let told = hover(&mut client, "factcheck.toml", settings, "refuted");
    assert!(told.starts_with("# value-refuted"), "{told}");
    assert_eq!(client.stop(), 0);
}

#[test]
fn definitions_lead_from_number_to_claim_to_figure_to_row_and_back() {
    let folder = folder("definition", &FILES);
    let mut client = Client::start(&folder);
    client.open_file("draft.md");
    client.open_file(RULES_FILE);
    client.open_file("budget.csv");
    let mut go = |name: &str, text: &str, words: &str| {
        let found = client.request_at("textDocument/definition", name, text, words);
        places(&client, &found)
    };
    let place = |name: &str, words: &str| vec![(name.to_owned(), words.to_owned())];
    assert_eq!(go("draft.md", DRAFT, "5%"), place(RULES_FILE, "\"rise\""));
    assert_eq!(go(RULES_FILE, RULES, "rise\"\nquote"), place("draft.md", "a little more than 5%"));
    let quoted = "rose by a little more than 5%, from $9 million to $9.5 million";
    assert_eq!(go(RULES_FILE, RULES, "rose by a"), place("draft.md", quoted));
    assert_eq!(go(RULES_FILE, RULES, "before, after"), place(RULES_FILE, "before"));
    assert_eq!(go(RULES_FILE, RULES, "budget\"\nwhere"), place(RULES_FILE, "budget"));
    assert_eq!(go(RULES_FILE, RULES, "where = { year = \"2026"), place("budget.csv", "2026,9500000\n"));
    assert_eq!(go("budget.csv", TABLE, "9000000"), place(RULES_FILE, "before"));
    assert_eq!(go(RULES_FILE, RULES, "../draft.md"), place("draft.md", ""));
    let found = client.request_at("textDocument/references", RULES_FILE, RULES, "after]");
    let words: Vec<String> = places(&client, &found).into_iter().map(|(_, words)| words).collect();
    assert_eq!(words, ["after", "after"]);
    let found = client.request_at("textDocument/references", RULES_FILE, RULES, "budget]");
    assert_eq!(places(&client, &found).len(), 3);
    let found = client.request_at("textDocument/references", "draft.md", DRAFT, "5%");
    assert_eq!(places(&client, &found), place(RULES_FILE, "\"rise\""));
    assert_eq!(client.stop(), 0);
}

#[test]
fn a_library_s_name_is_found_in_all_stories() {
    let files = [
        ("claims/lib.toml", "[figure.dogs]\nvalue = 3\n[scope.place]\nHarwick = {}\n"),
        (
            "claims/a.toml",
            "draft = \"../a.md\"\n[[claim]]\nid = \"a\"\nformula = \"dogs\"\nquote = \"3 dogs\"\n",
        ),
        (
            "claims/b.toml",
            "draft = \"../b.md\"\n[[claim]]\nid = \"b\"\nquote = \"3 dogs\"\nformula = \"dogs * 1\"\n",
        ),
        ("a.md", "It has 3 dogs.\n"),
        ("b.md", "It has 3 dogs.\n"),
    ];
    let folder = folder("library", &files);
    let mut client = Client::start(&folder);
    client.open_file("a.md");
    let text = client.open_file("claims/a.toml");
    let found = client.request_at("textDocument/references", "claims/a.toml", &text, "dogs\"\n");
    let names: Vec<&str> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["uri"].as_str().unwrap().rsplit('/').next().unwrap())
        .collect();
    assert_eq!(names, ["a.toml", "lib.toml", "b.toml"]);
    let definition = client.request_at("textDocument/definition", "claims/a.toml", &text, "dogs\"\n");
    assert!(definition[0]["uri"].as_str().unwrap().ends_with("lib.toml"), "{definition}");
    assert_eq!(client.stop(), 0);
}

#[test]
fn lenses_hints_and_symbols_tell_each_claim_s_verdict() {
    let folder = folder("lenses", &FILES);
    let mut client = Client::start(&folder);
    client.open_file("draft.md");
    client.open_file(RULES_FILE);
    let of = |client: &Client, name: &str| json!({ "uri": client.uri(name) });
    let params = json!({ "textDocument": of(&client, RULES_FILE) });
    let lenses = client.request("textDocument/codeLens", params.clone());
    assert_eq!(lenses[0]["command"]["title"], "supported: 5.555556% (the words allow above 5%, up to 5.75%)");
    assert_eq!(under(RULES, &lenses[0]["range"]), "[[claim]]");
    let symbols = client.request("textDocument/documentSymbol", params);
    let names: Vec<&str> =
        symbols.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["budget", "before", "after", "rise"]);
    assert!(under(RULES, &symbols[1]["range"]).ends_with("unit = \"USD\""));
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    for (name, text, before) in [("draft.md", DRAFT, "than 5%"), (RULES_FILE, RULES, "after)\"")] {
        let params = json!({ "textDocument": of(&client, name), "range": whole });
        let hints = client.request("textDocument/inlayHint", params);
        let [hint] = &hints.as_array().unwrap()[..] else { panic!("{hints}") };
        assert_eq!(hint["label"], "= 5.555556%");
        let up_to = json!({ "start": { "line": 0, "character": 0 }, "end": hint["position"] });
        assert!(under(text, &up_to).ends_with(before), "{hint}");
    }
    let elsewhere = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 3 } });
    let params = json!({ "textDocument": of(&client, "draft.md"), "range": elsewhere });
    assert_eq!(client.request("textDocument/inlayHint", params), json!([]));
    let params = json!({ "textDocument": of(&client, "draft.md") });
    let symbols = client.request("textDocument/documentSymbol", params);
    assert_eq!(
        (&symbols[0]["name"], &symbols[0]["detail"]),
        (&json!("rise"), &json!("supported: 5.555556%"))
    );
    assert_eq!(client.stop(), 0);
}

/// The labels offered behind `written`, at the end of the rules.
fn offered(client: &mut Client, version: i32, written: &str) -> Vec<String> {
    let text = format!("{RULES}{written}");
    client.change(RULES_FILE, version, json!([{ "text": text }]));
    let params = json!({
        "textDocument": { "uri": client.uri(RULES_FILE) },
        "position": super::client::position(&text, text.len()),
    });
    let offers = client.request("textDocument/completion", params);
    offers.as_array().unwrap().iter().map(|it| it["label"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_may_be_written_is_offered() {
    let mut files = FILES.to_vec();
    files.push((
        "claims/scopes.toml",
        "[scope.place]\nHarwick = {}\nEastmere = { includes = [\"Harwick\"] }\n",
    ));
    let folder = folder("completion", &files);
    let mut client = Client::start(&folder);
    client.open_file(RULES_FILE);
    let cases: [(&str, &[&str]); 13] = [
        ("\n[figure.new]\nsource = \"", &["budget"]),
        ("\n[figure.new]\nso", &["source", "where", "column"]),
        ("\n[figure.new]\nsource = \"budget\"\ncolumn = \"", &["year", "amount"]),
        ("\n[figure.new]\nsource = \"budget\"\nwhere = { ", &["year", "amount"]),
        ("\n[figure.new]\ntake = ", &["sum", "count", "median"]),
        ("\n[figure.new]\nscope = { pl", &["place", "period"]),
        ("\n[figure.new]\nscope = { place = \"", &["Harwick", "Eastmere"]),
        ("\n[[claim]]\nformula = \"change(be", &["before", "after", "change", "budget"]),
        ("\n[[claim]]\nformula = \"budget.2025.", &["amount"]),
        ("\n[[claim]]\nq", &["id", "quote", "says", "disclosed"]),
        ("\n[[claim]]\nover = \"", &["place"]),
        ("\n[[claim]]\nby = { pe", &["person", "organization", "url", "same_as"]),
        ("\n[[", &["[[claim]]"]),
    ];
    for (version, (written, wanted)) in (2..).zip(cases) {
        let offers = offered(&mut client, version, written);
        for label in wanted {
            assert!(offers.iter().any(|it| it == label), "{written:?} offers {offers:?}, not {label}");
        }
    }
    // What is chosen stands where it should, with its quotation marks.
    let mut text = format!("{RULES}\n[figure.new]\nsource = bud");
    client.change(RULES_FILE, 90, json!([{ "text": text }]));
    let params = json!({
        "textDocument": { "uri": client.uri(RULES_FILE) },
        "position": super::client::position(&text, text.len()),
    });
    let offers = client.request("textDocument/completion", params);
    let edit = &offers[0]["textEdit"];
    assert_eq!(under(&text, &edit["range"]), "bud");
    text.truncate(text.len() - 3);
    text.push_str(edit["newText"].as_str().unwrap());
    assert!(text.ends_with("source = \"budget\""), "{text}");
    client.open("factcheck.toml", "[checks]\nval");
    let params = json!({
        "textDocument": { "uri": client.uri("factcheck.toml") }, "position": { "line": 1, "character": 3 },
    });
    let offers = client.request("textDocument/completion", params);
    assert!(offers.as_array().unwrap().iter().any(|it| it["label"] == "value-refuted"));
    assert_eq!(client.stop(), 0);
}
