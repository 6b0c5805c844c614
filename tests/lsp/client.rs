//! An editor as the server meets it: messages over pipes, and nothing else.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Longer than anything takes, on a machine that does other things too.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running server, and what it has said.
pub(crate) struct Client {
    pub(crate) server: Child,
    input: Option<ChildStdin>,
    coming: Receiver<(Instant, Value)>,
    next_id: i64,
    /// The last diagnostics of each file, with when they had come.
    pub(crate) said: HashMap<String, (Instant, Value)>,
    answers: HashMap<String, Value>,
    pub(crate) folder: PathBuf,
}

/// A folder of its own, with files in it.
pub(crate) fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lsp").join(name);
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

impl Client {
    /// Starts a server in a folder; nothing is said to it yet.
    pub(crate) fn spawn(folder: &Path) -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_factcheck"))
            .arg("lsp")
            .current_dir(folder)
            .env("XDG_CACHE_HOME", folder.join(".cache"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = server.stdin.take();
        let mut output = BufReader::new(server.stdout.take().unwrap());
        let (sender, coming) = channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let folder = folder.to_owned();
        Self { server, input, coming, next_id: 0, said: HashMap::new(), answers: HashMap::new(), folder }
    }

    /// Starts a server and initializes it with this folder as its workspace.
    pub(crate) fn start(folder: &Path) -> Self {
        let mut client = Self::spawn(folder);
        let root = client.uri("");
        let capabilities = json!({ "textDocument": { "hover": { "contentFormat": ["markdown"] } } });
        let params = json!({
            "processId": null, "rootUri": root, "capabilities": capabilities,
            "workspaceFolders": [{ "uri": root, "name": "news" }],
        });
        let result = client.request("initialize", params);
        assert_eq!(result["capabilities"]["textDocumentSync"]["change"], 2, "{result}");
        client.notify("initialized", json!({}));
        client
    }

    pub(crate) fn uri(&self, name: &str) -> String {
        let path = self.folder.join(name);
        format!("file://{}", path.to_str().unwrap().trim_end_matches('/').replace(' ', "%20"))
    }

    /// Sends bytes as they are.
    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    pub(crate) fn send(&mut self, message: &Value) {
        self.send_all(std::slice::from_ref(message));
    }

    /// Sends messages in one piece.
    pub(crate) fn send_all(&mut self, messages: &[Value]) {
        let mut bytes = Vec::new();
        for message in messages {
            let body = message.to_string();
            write!(bytes, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        }
        self.send_raw(&bytes);
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks without waiting; the id is what the answer is known by.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next_id, "method": method, "params": params }));
        self.next_id
    }

    /// Waits for the whole answer, result or error.
    pub(crate) fn answer(&mut self, id: impl Into<Value>) -> Value {
        let id = id.into().to_string();
        loop {
            if let Some(answer) = self.answers.remove(&id) {
                return answer;
            }
            self.hear();
        }
    }

    /// Asks, and waits for the result.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let mut answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].take()
    }

    /// Asks for something at the first place of `words` in a text.
    pub(crate) fn request_at(&mut self, method: &str, name: &str, text: &str, words: &str) -> Value {
        let at = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {text:?}"));
        let params = json!({
            "textDocument": { "uri": self.uri(name) }, "position": position(text, at + 1),
            "context": { "includeDeclaration": true, "triggerKind": 1 },
        });
        self.request(method, params)
    }

    pub(crate) fn open(&mut self, name: &str, text: &str) {
        let document = json!({ "uri": self.uri(name), "languageId": "x", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Opens a file as it is on disk, and gives its text.
    pub(crate) fn open_file(&mut self, name: &str) -> String {
        let text = fs::read_to_string(self.folder.join(name)).unwrap();
        self.open(name, &text);
        text
    }

    pub(crate) fn close(&mut self, name: &str) {
        let uri = self.uri(name);
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// Replaces the first place of some words, and does the same to `text`.
    pub(crate) fn replace(&mut self, name: &str, version: i32, text: &mut String, words: &str, by: &str) {
        let at = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {text:?}"));
        let range = json!({ "start": position(text, at), "end": position(text, at + words.len()) });
        text.replace_range(at..at + words.len(), by);
        self.change(name, version, json!([{ "range": range, "text": by }]));
    }

    pub(crate) fn change(&mut self, name: &str, version: i32, changes: Value) {
        let document = json!({ "uri": self.uri(name), "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Waits until something is said of a file's version, or of a file that is not open, and gives its diagnostics.
    pub(crate) fn diagnostics(&mut self, name: &str, version: Option<i32>) -> Vec<Value> {
        let uri = self.uri(name);
        loop {
            if let Some((_, said)) = self.said.get(&uri)
                && said.get("version").and_then(Value::as_i64) == version.map(i64::from)
            {
                return said["diagnostics"].as_array().unwrap().clone();
            }
            self.hear();
        }
    }

    /// Waits until the server has answered everything that it was asked before.
    pub(crate) fn settle(&mut self) {
        let id = self.ask("factcheck/none", json!({}));
        assert_eq!(self.answer(id)["error"]["code"], -32601);
    }

    /// Takes in the next message.
    pub(crate) fn hear(&mut self) {
        let heard = self.hear_before(Instant::now() + PATIENCE);
        assert!(heard.is_some(), "the server has nothing to say");
    }

    /// Takes in the next message, if one comes before a moment.
    pub(crate) fn hear_before(&mut self, moment: Instant) -> Option<()> {
        let patience = moment.saturating_duration_since(Instant::now());
        let (when, message) = self.coming.recv_timeout(patience).ok()?;
        if message["method"] == "textDocument/publishDiagnostics" {
            let params = message["params"].clone();
            self.said.insert(params["uri"].as_str().unwrap().to_owned(), (when, params));
        } else if message.get("method").is_none() {
            self.answers.insert(message["id"].to_string(), message);
        }
        Some(())
    }

    /// Shuts the server down as the protocol has it, and gives its exit code.
    pub(crate) fn stop(mut self) -> i32 {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        self.exit_code()
    }

    /// Closes its input, and waits for its end.
    pub(crate) fn exit_code(&mut self) -> i32 {
        self.input = None;
        let since = Instant::now();
        loop {
            if let Some(status) = self.server.try_wait().unwrap() {
                return status.code().unwrap();
            }
            assert!(since.elapsed() < PATIENCE, "the server does not end");
            thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        _ = self.server.kill();
        _ = self.server.wait();
    }
}

fn read(output: &mut impl BufRead) -> Option<(Instant, Value)> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => length = line.strip_prefix("Content-Length: ").unwrap().parse().unwrap(),
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    let come = Instant::now();
    Some((come, serde_json::from_slice(&body).ok()?))
}

/// A place of a text as the protocol counts it.
pub(crate) fn position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
    json!({ "line": line, "character": column })
}

/// The words under a range.
pub(crate) fn under<'t>(text: &'t str, range: &Value) -> &'t str {
    let offset = |at: &Value| {
        let line = number(&at["line"]);
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut units = number(&at["character"]);
        let mut offset = start;
        for character in text[start..].chars() {
            if units == 0 {
                break;
            }
            units -= character.len_utf16();
            offset += character.len_utf8();
        }
        offset
    };
    &text[offset(&range["start"])..offset(&range["end"])]
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// The checks of diagnostics, in order.
pub(crate) fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|it| it["code"].as_str().unwrap_or("problem")).collect()
}
