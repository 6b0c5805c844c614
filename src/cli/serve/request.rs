//! One request: read within bounds, and refused unless it is one that a page of ours makes.

use std::io::{self, Read};

/// The longest head. Cookies of other programs on this machine come along with ours, and may be long.
const LONGEST: usize = 32 * 1024;
/// The most fields in it.
const MOST: usize = 100;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// Whether only the head of the answer is.
    pub(super) is_head: bool,
    /// The path, without its first slash; as it was sent, since no name of ours has anything to be decoded.
    pub(super) path: String,
    /// What follows the question mark, in pairs.
    pub(super) query: Vec<(String, String)>,
}

/// Why a request has no other answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    /// It is no HTTP/1.
    #[error("this is no request in HTTP/1.1")]
    Malformed,
    /// It took too long to come.
    #[error("the request did not come in time")]
    Late,
    /// Its head is too long.
    #[error("the request's head is longer than {} kilobytes, or has more than {MOST} fields", LONGEST / 1024)]
    Large,
    /// It is for another host: a page from elsewhere whose name leads to this machine would read a draft so.
    #[error("only requests to this machine, by its own name and port, are answered")]
    Host,
    /// It is from a page from elsewhere.
    #[error("only requests from pages that were served here are answered")]
    Origin,
    /// It wants to do something.
    #[error("only GET and HEAD are answered")]
    Method,
    /// Nothing of the kind is served.
    #[error("there is no page of that name in the report")]
    Missing,
    /// More are being answered than there is room for.
    #[error("too many requests at once")]
    Busy,
}

impl Refusal {
    /// Its code and what the code is called.
    pub(super) fn status(self) -> &'static str {
        match self {
            Self::Malformed => "400 Bad Request",
            Self::Host | Self::Origin => "403 Forbidden",
            Self::Missing => "404 Not Found",
            Self::Method => "405 Method Not Allowed",
            Self::Late => "408 Request Timeout",
            Self::Large => "431 Request Header Fields Too Large",
            Self::Busy => "503 Service Unavailable",
        }
    }
}

/// Reads a request that has come to a port. `None` where nothing came, or its sender has gone.
pub(super) fn read(from: &mut impl Read, port: u16) -> Result<Option<Request>, Refusal> {
    let mut head = Vec::new();
    loop {
        let mut piece = [0; 2048];
        let got = match from.read(&mut piece) {
            Ok(got) => piece.get(..got).unwrap_or_default(),
            Err(error) if is_late(&error) => {
                return if head.is_empty() { Ok(None) } else { Err(Refusal::Late) };
            }
            Err(_) => return Ok(None),
        };
        if got.is_empty() {
            return Ok(None);
        }
        head.extend_from_slice(got);
        // A head ends with a line, and is parsed from its beginning: not once a byte.
        if got.contains(&b'\n')
            && let Some(request) = parse(&head, port)?
        {
            return Ok(Some(request));
        }
        if head.len() > LONGEST {
            return Err(Refusal::Large);
        }
    }
}

fn is_late(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock)
}

/// The request of a head; `None` if there is more to come.
fn parse(head: &[u8], port: u16) -> Result<Option<Request>, Refusal> {
    let mut fields = [httparse::EMPTY_HEADER; MOST];
    let mut parsed = httparse::Request::new(&mut fields);
    match parsed.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(Refusal::Large),
        Err(_) => return Err(Refusal::Malformed),
    }
    let of = |name: &'static str| {
        parsed
            .headers
            .iter()
            .filter(move |field| field.name.eq_ignore_ascii_case(name))
            .map(|field| field.value)
    };
    let hosts: Vec<&[u8]> = of("host").collect();
    let [host] = hosts.as_slice() else { return Err(Refusal::Malformed) };
    if !is_here(host, port) {
        return Err(Refusal::Host);
    }
    if !of("origin").all(|origin| origin.strip_prefix(b"http://").is_some_and(|host| is_here(host, port))) {
        return Err(Refusal::Origin);
    }
    let is_head = match parsed.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err(Refusal::Method),
    };
    let target = parsed.path.unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = path.strip_prefix('/').ok_or(Refusal::Missing)?.to_owned();
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let query = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Ok(Some(Request { is_head, path, query }))
}

/// Whether a host is this machine by one of its own names, with the port.
fn is_here(host: &[u8], port: u16) -> bool {
    let Ok(host) = std::str::from_utf8(host) else { return false };
    let (name, given) = match host.rsplit_once(':') {
        // The colons of an address stand in brackets.
        Some((name, given)) if !given.ends_with(']') => (name, given),
        _ => (host, "80"),
    };
    let is_ours = ["localhost", "127.0.0.1", "[::1]"].iter().any(|ours| name.eq_ignore_ascii_case(ours));
    is_ours && given == port.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(head: &str) -> Result<Option<Request>, Refusal> {
        read(&mut head.as_bytes(), 7000)
    }

    fn with(line: &str, fields: &str) -> Result<Option<Request>, Refusal> {
        of(&format!("{line}\r\n{fields}\r\n"))
    }

    #[test]
    fn a_path_and_its_query_are_taken_as_they_were_sent() {
        let request = with("GET /changes?page=a.html&version=0f&x HTTP/1.1", "Host: localhost:7000\r\n");
        let request = request.unwrap().unwrap();
        assert_eq!((request.is_head, request.path.as_str()), (false, "changes"));
        let query = [("page", "a.html"), ("version", "0f")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(request.query, query);
        let request = with("HEAD /..%2fCargo.toml HTTP/1.0", "host: [::1]:7000\r\n").unwrap().unwrap();
        assert_eq!((request.is_head, request.path.as_str()), (true, "..%2fCargo.toml"));
    }

    #[test]
    fn only_this_machine_by_its_own_names_and_port_is_asked() {
        for host in ["localhost:7000", "LOCALHOST:7000", "127.0.0.1:7000", "[::1]:7000"] {
            assert!(is_here(host.as_bytes(), 7000), "{host}");
        }
        assert!(is_here(b"localhost", 80) && is_here(b"[::1]", 80));
        let others = [
            "",
            ":7000",
            "localhost",
            "localhost:7001",
            "localhost:07000",
            "localhost.:7000",
            "127.1:7000",
            "[::1]",
            "::1",
            "127.0.0.1.example:7000",
            "example:7000",
            "a@localhost:7000",
            "localhost:7000:7000",
            "0.0.0.0:7000",
        ];
        for host in others {
            assert!(!is_here(host.as_bytes(), 7000), "{host}");
        }
    }

    #[test]
    fn what_no_page_of_ours_sends_is_refused() {
        let host = "Host: 127.0.0.1:7000\r\n";
        let get = "GET / HTTP/1.1";
        assert_eq!(with(get, ""), Err(Refusal::Malformed));
        assert_eq!(with(get, &host.repeat(2)), Err(Refusal::Malformed));
        assert_eq!(with(get, "Host: evil.example:7000\r\n"), Err(Refusal::Host));
        for origin in ["null", "http://evil.example", "https://127.0.0.1:7000", "http://127.0.0.1:7001", ""] {
            assert_eq!(with(get, &format!("{host}Origin: {origin}\r\n")), Err(Refusal::Origin), "{origin}");
        }
        assert!(with(get, &format!("{host}Origin: http://localhost:7000\r\n")).is_ok());
        let two = format!("{host}Origin: http://localhost:7000\r\nOrigin: http://evil.example\r\n");
        assert_eq!(with(get, &two), Err(Refusal::Origin));
        for method in ["POST", "PUT", "OPTIONS", "TRACE", "get"] {
            assert_eq!(with(&format!("{method} / HTTP/1.1"), host), Err(Refusal::Method), "{method}");
        }
        assert_eq!(with("GET http://127.0.0.1:7000/ HTTP/1.1", host), Err(Refusal::Missing));
        assert_eq!(with("PRI * HTTP/2.0", host), Err(Refusal::Malformed));
        assert_eq!(with("\u{16}\u{3}\u{1}", host), Err(Refusal::Malformed));
    }

    #[test]
    fn a_head_has_its_bounds_and_one_that_breaks_off_is_none() {
        let host = "Host: 127.0.0.1:7000\r\n";
        assert_eq!(
            with("GET / HTTP/1.1", &format!("{host}{}", "A: b\r\n".repeat(MOST))),
            Err(Refusal::Large)
        );
        let long = format!("{host}Cookie: {}\r\n", "x".repeat(2 * LONGEST));
        assert_eq!(with("GET / HTTP/1.1", &long), Err(Refusal::Large));
        assert_eq!(of(&"\r\n".repeat(LONGEST)), Err(Refusal::Large));
        assert_eq!(of(""), Ok(None));
        assert_eq!(of("GET / HTTP/1.1\r\nHost: 127.0"), Ok(None));
    }
}
