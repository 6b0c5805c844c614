//! JSON-RPC over a stream, as the Language Server Protocol frames it. What is malformed is answered and passed over: an
//! editor that sends one bad message goes on sending good ones.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, BufRead, Read, Write};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The longest message that is read. A draft of any format that is text is shorter, even with every character escaped.
const LONGEST: usize = 512 << 20;
/// The longest line of a header.
const LONGEST_LINE: u64 = 1 << 16;

/// Error codes of JSON-RPC and of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// It is no JSON.
    Parse = -32700,
    /// It is no request, or none that may be made now.
    InvalidRequest = -32600,
    /// There is no such method.
    MethodNotFound = -32601,
    /// The parameters are not those of the method.
    InvalidParams = -32602,
    /// `initialize` has not been asked yet.
    NotInitialized = -32002,
    /// The client has taken the request back.
    Cancelled = -32800,
}

/// What a client sends.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Message {
    /// It wants an answer.
    Request { id: Value, method: String, params: Value },
    /// It wants none.
    Notification { method: String, params: Value },
    /// It answers.
    Response,
    /// It cannot be understood.
    Malformed { id: Value, code: Code, message: String },
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    id: Option<Value>,
    #[serde(default)]
    method: Option<Value>,
    #[serde(default)]
    params: Value,
}

/// Reads the next message; `None` at the end of the stream.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Message>> {
    let Some(length) = header(input)? else { return Ok(None) };
    let mut body = Vec::new();
    match length {
        Length::Of(length) => {
            // Room is made as bytes come, whatever the header promises.
            input.take(length as u64).read_to_end(&mut body)?;
            if body.len() < length { Ok(None) } else { Ok(Some(parse(&body))) }
        }
        Length::Unusable(message) => {
            Ok(Some(Message::Malformed { id: Value::Null, code: Code::Parse, message }))
        }
    }
}

enum Length {
    Of(usize),
    Unusable(String),
}

/// Reads the lines of a header. Whatever else stands there is passed over, so that the next message is found again behind
/// one whose length was wrong.
fn header(input: &mut impl BufRead) -> io::Result<Option<Length>> {
    const KEY: &str = "content-length:";
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        if text.is_empty() {
            match length {
                Some(length) => return Ok(Some(length)),
                // A blank line with nothing before it is no header.
                None => continue,
            }
        }
        if let Some(at) = text.to_ascii_lowercase().rfind(KEY) {
            let digits = text.get(at + KEY.len()..).unwrap_or_default().trim();
            length = Some(match digits.parse() {
                Ok(length) if length <= LONGEST => Length::Of(length),
                _ => Length::Unusable(format!("Content-Length is no usable length: {digits:?}")),
            });
        }
    }
}

fn parse(body: &[u8]) -> Message {
    let malformed = |id, code, message: String| Message::Malformed { id, code, message };
    let value: Value = match serde_json::from_slice(body) {
        Ok(value) => value,
        Err(error) => return malformed(Value::Null, Code::Parse, error.to_string()),
    };
    let Ok(Envelope { id, method, params }) = serde_json::from_value(value) else {
        return malformed(Value::Null, Code::InvalidRequest, "a message is an object".to_owned());
    };
    let is_id = |id: &Value| id.is_string() || id.is_number();
    match (id, method) {
        (Some(id), Some(Value::String(method))) if is_id(&id) => Message::Request { id, method, params },
        (None, Some(Value::String(method))) => Message::Notification { method, params },
        (Some(_), None) => Message::Response,
        (id, _) => {
            let id = id.filter(is_id).unwrap_or_default();
            malformed(id, Code::InvalidRequest, "a request has a method and an id".to_owned())
        }
    }
}

/// Where messages to the client go.
pub(super) struct Outbox<W> {
    out: W,
    /// The message at hand.
    body: Vec<u8>,
}

#[derive(Serialize)]
struct Answer<'a, T> {
    jsonrpc: &'static str,
    id: &'a Value,
    result: T,
}

#[derive(Serialize)]
struct Refusal<'a> {
    jsonrpc: &'static str,
    id: &'a Value,
    error: Error<'a>,
}

#[derive(Serialize)]
struct Error<'a> {
    code: i32,
    message: &'a str,
}

#[derive(Serialize)]
struct Call<'a, T> {
    jsonrpc: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    method: &'a str,
    params: T,
}

/// The version that every message names.
const JSONRPC: &str = "2.0";

impl<W: Write> Outbox<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, body: Vec::new() }
    }

    /// Answers a request.
    pub(super) fn answer(&mut self, id: &Value, result: impl Serialize) -> io::Result<()> {
        self.send(&Answer { jsonrpc: JSONRPC, id, result })
    }

    /// Says why a request has no answer.
    pub(super) fn refuse(&mut self, id: &Value, code: Code, message: &str) -> io::Result<()> {
        self.send(&Refusal { jsonrpc: JSONRPC, id, error: Error { code: code as i32, message } })
    }

    /// Tells the client something, unless it is what was said before; `said` keeps what tells.
    pub(super) fn notify_of_news(
        &mut self,
        method: &str,
        params: impl Serialize,
        said: &mut Option<u64>,
    ) -> io::Result<()> {
        self.write(&Call { jsonrpc: JSONRPC, id: None, method, params })?;
        let mut hasher = DefaultHasher::new();
        self.body.hash(&mut hasher);
        let now = Some(hasher.finish());
        if std::mem::replace(said, now) == now { Ok(()) } else { self.deliver() }
    }

    /// Asks the client for something; what it answers is not waited for.
    pub(super) fn ask(&mut self, id: &str, method: &str, params: impl Serialize) -> io::Result<()> {
        self.send(&Call { jsonrpc: JSONRPC, id: Some(id), method, params })
    }

    fn send(&mut self, message: &impl Serialize) -> io::Result<()> {
        self.write(message)?;
        self.deliver()
    }

    fn write(&mut self, message: &impl Serialize) -> io::Result<()> {
        self.body.clear();
        Ok(serde_json::to_writer(&mut self.body, message)?)
    }

    fn deliver(&mut self) -> io::Result<()> {
        write!(self.out, "Content-Length: {}\r\n\r\n", self.body.len())?;
        self.out.write_all(&self.body)?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(bytes: &[u8]) -> Vec<Message> {
        let mut input = bytes;
        std::iter::from_fn(|| read(&mut input).unwrap()).collect()
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    const GOOD: &str = r#"{"jsonrpc":"2.0","method":"exit"}"#;

    fn is_good(message: &Message) -> bool {
        matches!(message, Message::Notification { method, .. } if method == "exit")
    }

    #[test]
    fn the_next_message_is_found_behind_a_bad_one() {
        let bad = [
            framed("{"),
            framed("[]"),
            framed("{\"id\":[],\"method\":\"a\"}"),
            framed("\u{feff}\u{0}"),
            "Content-Length: x\r\n\r\n".to_owned(),
            "Content-Length: 99999999999999999999\r\n\r\n{}".to_owned(),
            format!("Content-Length: {}\r\n\r\n{{}}", usize::MAX),
        ];
        for bad in bad {
            let messages = all(format!("{bad}{}", framed(GOOD)).as_bytes());
            assert!(matches!(&messages[0], Message::Malformed { .. }), "{bad}: {messages:?}");
            assert!(is_good(messages.last().unwrap()), "{bad}: {messages:?}");
        }
    }

    #[test]
    fn headers_are_read_in_any_case_and_others_passed_over() {
        let sent = format!("content-type: x\ncontent-length:{}\n\n{GOOD}", GOOD.len());
        assert!(matches!(&all(sent.as_bytes())[..], [message] if is_good(message)));
        assert_eq!(all(b"Content-Length: 10\r\n\r\n{"), []);
    }

    proptest! {
        #[test]
        fn no_bytes_end_it_before_their_end(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            all(&bytes);
        }
    }
}
