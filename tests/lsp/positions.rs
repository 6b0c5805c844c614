//! Places are UTF-16 code units, whatever stands before them and however lines end.

use serde_json::{Value, json};

use super::client::{Client, codes, folder, position, under};

const RULES: &str = "draft = \"../draft.md\"\r\n\r\n[figure.\"😀\"]\r\nvalue = 1\r\n[[claim]]\r\nid = \"a\"\r\nquote = \"rose 9% today\"\r\nformula = \"5%\"\r\n";

#[test]
fn emoji_combining_marks_and_crlf_move_nothing() {
    let before = "😀 e\u{301}t\u{e9} — 👩‍👩‍👧 “fine” ";
    let draft = format!(
        "---\r\ntitle: 5😀\r\n---\r\n# 😀\r\n\r\n{before}It *rose* 9% today. 😀 And 7 of 8 more.\r\n"
    );
    let folder = folder("utf-16", &[("draft.md", &draft), ("claims/a.toml", RULES)]);
    let mut client = Client::start(&folder);
    let mut text = client.open_file("draft.md");
    let said = client.diagnostics("draft.md", Some(1));
    let refuted = said.iter().find(|it| it["code"] == "value-refuted").unwrap();
    assert_eq!(under(&text, &refuted["range"]), "9%");
    assert_eq!(refuted["range"]["start"]["line"], 5);
    let column = format!("{before}It *rose* ").encode_utf16().count();
    assert_eq!(refuted["range"]["start"]["character"], column);
    // Words come and go before, in, and behind the surrogates.
    client.replace("draft.md", 2, &mut text, "👩‍👩‍👧", "𝟗 👩");
    client.replace("draft.md", 3, &mut text, "9% today", "9\u{a0}% today");
    client.replace("draft.md", 4, &mut text, "\u{a0}%", "%");
    client.replace("draft.md", 5, &mut text, "title: 5😀\r\n", "");
    let said = client.diagnostics("draft.md", Some(5));
    let refuted = said.iter().find(|it| it["code"] == "value-refuted").unwrap();
    assert_eq!((under(&text, &refuted["range"]), &refuted["range"]["start"]["line"]), ("9%", &json!(4)));
    // A name that is none, behind an emoji.
    let said = client.diagnostics("claims/a.toml", None);
    assert_eq!(under(RULES, &said[0]["range"]), "\"😀\"", "{said:#?}");
    assert_eq!(client.stop(), 0);
}

/// What the server has after edits is what the editor has: it is asked for the place of every number.
#[test]
fn the_server_s_text_is_the_editor_s_after_many_edits() {
    let folder = folder("edits", &[("claims/a.toml", "draft = \"../draft.md\"\n")]);
    let mut client = Client::start(&folder);
    let pieces =
        ["7 of 12 ", "😀", "\r\n", "\n", "é", "e\u{301}", "$5.3 million ", "\r\n\r\n", "*x* ", "中文 "];
    let mut text = String::from("Start 3 dogs.\r\n");
    client.open("draft.md", &text);
    let mut seed = 7_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let mut version = 1;
    for _ in 0..60 {
        let mut changes = Vec::new();
        for _ in 0..=random(3) {
            let piece = pieces[random(pieces.len())];
            let start = text.floor_char_boundary(random(text.len() + 1));
            let end = text.floor_char_boundary((start + random(9)).min(text.len())).max(start);
            // An editor has no place between the halves of a line end.
            let is_half = |at: usize| text[..at].ends_with('\r') && text[at..].starts_with('\n');
            if is_half(start) || is_half(end) || piece.starts_with('\n') && text[..start].ends_with('\r') {
                continue;
            }
            let range = json!({ "start": position(&text, start), "end": position(&text, end) });
            text.replace_range(start..end, piece);
            changes.push(json!({ "range": range, "text": piece }));
        }
        // What a carriage return alone would mean is tested beside the code.
        if text.replace("\r\n", "").contains('\r') {
            text = "Again 3 dogs.\r\n".to_owned();
            changes = vec![json!({ "text": text })];
        }
        version += 1;
        client.change("draft.md", version, Value::Array(changes));
    }
    let said = client.diagnostics("draft.md", Some(version));
    let numbers: Vec<&str> = said.iter().map(|it| under(&text, &it["range"])).collect();
    client.open("again.md", &text);
    client.open("claims/again.toml", "draft = \"../again.md\"\n");
    loop {
        let again = client.diagnostics("again.md", Some(1));
        if codes(&again).contains(&"number-unclaimed") {
            assert_eq!(said.len(), again.len());
            let same = again.iter().zip(&said).all(|(a, b)| a["range"] == b["range"]);
            assert!(same, "{text:?}");
            break;
        }
        client.hear();
    }
    assert!(
        numbers.len() > 1 && numbers.iter().all(|it| it.contains(|c: char| c.is_ascii_digit())),
        "{numbers:?}"
    );
    assert_eq!(client.stop(), 0);
}
