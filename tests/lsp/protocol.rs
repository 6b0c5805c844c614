//! The protocol's own rules: order, errors, cancellation, the end.

use serde_json::{Value, json};

use super::client::{Client, folder};
use super::{FILES, RULES_FILE};

#[test]
fn exit_codes_tell_whether_it_was_shut_down() {
    let folder = folder("exit", &FILES);
    assert_eq!(Client::start(&folder).stop(), 0);
    let mut client = Client::start(&folder);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), 1, "exit without shutdown");
    let mut client = Client::start(&folder);
    assert_eq!(client.exit_code(), 1, "the pipe is closed");
    let mut client = Client::spawn(&folder);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), 1, "exit before initialize");
}

#[test]
fn requests_come_after_initialize_and_before_shutdown() {
    let folder = folder("order", &FILES);
    let mut client = Client::spawn(&folder);
    let early = client.ask("textDocument/hover", json!({}));
    assert_eq!(client.answer(early)["error"]["code"], -32002);
    client.notify("textDocument/didOpen", json!({ "early": true }));
    let wrong = client.ask("initialize", json!(7));
    assert_eq!(client.answer(wrong)["error"]["code"], -32602);
    // Clients are not required to say more.
    let result = client.request("initialize", json!({ "processId": 1, "rootUri": null, "capabilities": {} }));
    assert_eq!(result["serverInfo"]["name"], "factcheck");
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-16");
    let again = client.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(client.answer(again)["error"]["code"], -32600);
    client.request("shutdown", Value::Null);
    let late = client.ask("textDocument/hover", json!({}));
    assert_eq!(client.answer(late)["error"]["code"], -32600);
    client.notify("textDocument/didOpen", json!({}));
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), 0);
}

#[test]
fn what_is_malformed_is_answered_and_passed_over() {
    let folder = folder("malformed", &FILES);
    let mut client = Client::start(&folder);
    client.open_file("draft.md");
    client.send_raw(b"Content-Length: 5\r\n\r\n{oops");
    assert_eq!(client.answer(Value::Null)["error"]["code"], -32700);
    client.send_raw(b"Content-Length: 2\r\n\r\n[]");
    assert_eq!(client.answer(Value::Null)["error"]["code"], -32600);
    client.send_raw(b"Content-Length: minus\r\n\r\n{}");
    assert_eq!(client.answer(Value::Null)["error"]["code"], -32700);
    client.send_raw(b"rubbish\r\nContent-Type: x\r\n\r\n");
    let uri = client.uri("draft.md");
    for params in [
        json!(null),
        json!([]),
        json!({ "textDocument": { "uri": uri } }),
        json!({ "textDocument": { "uri": uri }, "position": { "line": -1, "character": 0 } }),
        json!({ "textDocument": { "uri": uri }, "position": { "line": 4_294_967_296_u64, "character": 0 } }),
    ] {
        let id = client.ask("textDocument/hover", params);
        assert_eq!(client.answer(id)["error"]["code"], -32602);
    }
    for method in ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "x/y"] {
        client.notify(method, json!({ "textDocument": { "uri": "not a uri at all" } }));
        client.notify(method, json!(3));
    }
    let ghost = json!({ "uri": client.uri("ghost.md"), "version": 4 });
    client.notify(
        "textDocument/didChange",
        json!({ "textDocument": ghost, "contentChanges": [{ "text": "1" }] }),
    );
    let far = json!({ "line": 99_999, "character": 99_999 });
    let range = json!({ "start": far, "end": { "line": 0, "character": 0 } });
    client.change(
        "draft.md",
        2,
        json!([{ "range": range, "text": "It rose by 50%, from $412.6 million to $435 million." }]),
    );
    assert_eq!(client.diagnostics("draft.md", Some(2)).len(), 5, "a range is read from either end");
    for method in ["hover", "definition", "references", "completion", "documentSymbol", "codeLens"] {
        for uri in [client.uri("nowhere.md"), client.uri("nowhere.toml"), "untitled:1".to_owned()] {
            let params = json!({
                "textDocument": { "uri": uri }, "position": far, "context": { "includeDeclaration": true, "triggerKind": 1 },
            });
            let id = client.ask(&format!("textDocument/{method}"), params);
            let answer = client.answer(id);
            assert!(answer.get("error").is_none(), "{method}: {answer}");
        }
    }
    assert_eq!(client.stop(), 0);
}

#[test]
fn requests_that_are_taken_back_are_not_carried_out() {
    let folder = folder("cancel", &FILES);
    let mut client = Client::start(&folder);
    let text = client.open_file("draft.md");
    client.diagnostics("draft.md", Some(1));
    // All in one write, so that the server finds them waiting together.
    let params = json!({
        "textDocument": { "uri": client.uri("draft.md") }, "position": super::client::position(&text, 40),
    });
    let hover =
        |id: Value| json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/hover", "params": params });
    let cancel = |id: Value| json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": id } });
    let mut bytes = Vec::new();
    // Opened again, the draft is checked by the first request; meanwhile the others are read.
    for number in 100..400 {
        bytes.push(hover(json!(number)));
    }
    bytes.push(hover(json!("last")));
    bytes.push(cancel(json!("last")));
    bytes.push(cancel(json!(999_999)));
    client.send_all(&bytes);
    let last = client.answer(json!("last"));
    assert_eq!(last["error"]["code"], -32800, "{last}");
    for number in 100..400 {
        assert!(client.answer(number)["result"].is_object());
    }
    assert_eq!(client.stop(), 0);
}

#[test]
fn only_the_newest_state_of_a_burst_is_checked() {
    let folder = folder("burst", &FILES);
    let mut client = Client::start(&folder);
    let mut text = client.open_file("draft.md");
    client.diagnostics("draft.md", Some(1));
    client.open_file(RULES_FILE);
    client.said.clear();
    let mut heard = 0;
    for version in 2..402 {
        let (from, to) =
            if version % 2 == 0 { ("40 branches", "41 branches") } else { ("41 branches", "40 branches") };
        client.replace("draft.md", version, &mut text, from, to);
    }
    while client.said.get(&client.uri("draft.md")).is_none_or(|(_, said)| said["version"] != 401) {
        client.hear();
        heard += 1;
    }
    assert!(heard < 200, "{heard} messages for 400 changes");
    assert_eq!(client.stop(), 0);
}
