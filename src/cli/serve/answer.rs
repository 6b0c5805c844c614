//! Answers: a head, and a text that is whole when the head is sent.

use std::io::{self, Write};

use super::request::Refusal;
use crate::report::html::Page;

/// What every answer says. Nothing is kept by a browser: what it shows is what is served. No page from elsewhere may show,
/// embed or read it.
const ALWAYS: &str = "Cache-Control: no-store\r\nConnection: close\r\n\
    Content-Security-Policy: frame-ancestors 'none'\r\nCross-Origin-Resource-Policy: same-origin\r\n\
    Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n";

/// Answers with a page; with its head alone where nobody asked for more.
pub(super) fn page(out: &mut impl Write, page: &Page, is_failed: bool, is_head: bool) -> io::Result<()> {
    let status = if is_failed { "503 Service Unavailable" } else { "200 OK" };
    text(out, status, "text/html", "", &page.html, is_head)
}

/// Answers that there is no answer.
pub(super) fn refusal(out: &mut impl Write, refusal: Refusal, is_head: bool) -> io::Result<()> {
    let allow = if refusal == Refusal::Method { "Allow: GET, HEAD\r\n" } else { "" };
    text(out, refusal.status(), "text/plain", allow, &format!("{refusal}\n"), is_head)
}

/// The head of an answer that goes on for as long as somebody listens.
pub(super) fn events(out: &mut impl Write) -> io::Result<()> {
    write!(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{ALWAYS}\r\n")?;
    out.flush()
}

fn text(
    out: &mut impl Write,
    status: &str,
    kind: &str,
    more: &str,
    text: &str,
    is_head: bool,
) -> io::Result<()> {
    let length = text.len();
    write!(
        out,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {length}\r\n{more}{ALWAYS}\r\n"
    )?;
    if !is_head {
        out.write_all(text.as_bytes())?;
    }
    out.flush()
}
