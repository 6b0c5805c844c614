//! What executors a cluster has. Its scheduler takes a query in without any, and waits for one for ever.
//!
//! A scheduler tells of its executors over HTTP alone, at the same port; where that is switched off, nothing is known, and the
//! query has all of its time.

use std::time::Duration;

use jiff::fmt::rfc2822::DateTimeParser;
use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use super::address::Address;
use crate::source::query::QueryError;
use crate::source::sql::Clock;

/// How long a query waits before anybody looks for executors, and how long between two looks.
const PAUSE: Duration = Duration::from_secs(1);
/// How long a cluster may have no executor: one that is starting comes within that time.
const WITHOUT: Duration = Duration::from_secs(5);
/// How long all executors may be silent. One that the scheduler pushes tasks to is heard of once a minute.
const DEAD: Duration = Duration::from_secs(90);
/// From when on an executor's silence is told of, where a query took too long.
const QUIET: Duration = Duration::from_secs(15);
/// How long a look may take.
const LOOKING: Duration = Duration::from_secs(2);
/// The most bytes of a list of executors.
const LARGEST: u64 = 4 << 20;

/// An executor, as the scheduler knows it.
#[derive(Debug)]
struct Executor {
    whom: String,
    /// For how long nothing was heard of it.
    silence: Option<Duration>,
}

/// Looks for executors from time to time.
#[derive(Default)]
pub(super) struct Watch {
    looked: Option<Instant>,
    /// Since when there is none.
    without: Option<Instant>,
}

impl Watch {
    /// Looks, if it is time to; an error where there has been nobody for a while who could run a query.
    pub(super) async fn look(&mut self, address: &Address) -> Result<(), QueryError> {
        let looked = *self.looked.get_or_insert_with(Instant::now);
        if looked.elapsed() < PAUSE {
            return Ok(());
        }
        let found = executors(address).await;
        self.looked = Some(Instant::now());
        match found.as_deref() {
            Some([]) => {
                let since = *self.without.get_or_insert_with(Instant::now);
                if since.elapsed() >= WITHOUT {
                    return Err(address.unreachable("it has no executor, so nobody runs the query"));
                }
            }
            Some(executors) => {
                self.without = None;
                if executors.iter().all(|executor| executor.silence.is_some_and(|silence| silence > DEAD)) {
                    return Err(address.unreachable(said(executors)));
                }
            }
            None => self.without = None,
        }
        Ok(())
    }
}

/// Why a query had no end when its time was up.
pub(super) async fn why_so_slow(address: &Address, clock: &Clock) -> QueryError {
    let late = QueryError::TooSlow(clock.time);
    match executors(address).await {
        Some(executors) if executors.is_empty() => {
            address.unreachable(format!("{late}, and it has no executor"))
        }
        Some(mut executors) => {
            executors.retain(|executor| executor.silence.is_some_and(|silence| silence > QUIET));
            if executors.is_empty() {
                late
            } else {
                address.unreachable(format!("{late}; {}", said(&executors)))
            }
        }
        None => late,
    }
}

fn said(executors: &[Executor]) -> String {
    let each = executors.iter().take(3).map(|executor| {
        let silence = executor.silence.unwrap_or_default().as_secs();
        format!("its executor {} has not been heard of for {silence} seconds", executor.whom)
    });
    each.collect::<Vec<_>>().join(", ")
}

/// The executors; `None` where the scheduler does not tell.
async fn executors(address: &Address) -> Option<Vec<Executor>> {
    let answer = timeout(LOOKING, get(address)).await.ok()?.ok()?;
    read(&answer)
}

async fn get(address: &Address) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(&address.authority).await?;
    // Of HTTP 1.0, so that the answer comes in one piece and ends with the connection.
    let request =
        format!("GET /api/executors HTTP/1.0\r\nHost: {}\r\nConnection: close\r\n\r\n", address.authority);
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(LARGEST).read_to_end(&mut answer).await?;
    Ok(answer)
}

/// An executor in the scheduler's words. `last_seen` is in milliseconds since 1970, by the scheduler's clock.
#[derive(Deserialize)]
struct Listed {
    host: String,
    port: u16,
    last_seen: Option<u64>,
}

fn read(answer: &[u8]) -> Option<Vec<Executor>> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut head = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(length) = head.parse(answer).ok()? else { return None };
    if head.code != Some(200) {
        return None;
    }
    // The time there, which need not be ours.
    let date = head.headers.iter().find(|header| header.name.eq_ignore_ascii_case("date"));
    let now = date.and_then(|date| DateTimeParser::new().parse_timestamp(date.value).ok());
    let now = now.and_then(|now| u64::try_from(now.as_millisecond()).ok());
    let listed: Vec<Listed> = serde_json::from_slice(answer.get(length..)?).ok()?;
    let executors = listed.into_iter().map(|executor| {
        let silence =
            now.zip(executor.last_seen).map(|(now, seen)| Duration::from_millis(now.saturating_sub(seen)));
        Executor { whom: format!("{}:{}", executor.host, executor.port), silence }
    });
    Some(executors.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: &str, body: &str) -> Vec<u8> {
        format!("HTTP/1.0 {status}\r\ndate: Tue, 24 Nov 2026 19:36:24 GMT\r\n\r\n{body}").into_bytes()
    }

    #[test]
    fn the_silence_of_an_executor_is_told_by_the_clock_of_its_scheduler() {
        let body = r#"[{"id":"a","host":"10.0.0.1","port":50051,"last_seen":1795548980000,"metrics":[]}]"#;
        let executors = read(&answer("200 OK", body)).unwrap();
        assert_eq!(executors[0].whom, "10.0.0.1:50051");
        assert_eq!(executors[0].silence, Some(Duration::from_secs(4)));
        assert!(read(&answer("200 OK", "[]")).unwrap().is_empty());
    }

    #[test]
    fn where_a_scheduler_does_not_tell_nothing_is_known() {
        for body in ["", "{}", "[{}]", "[", "<html>"] {
            assert!(read(&answer("200 OK", body)).is_none(), "{body}");
        }
        assert!(read(&answer("404 Not Found", "[]")).is_none());
        assert!(read(b"").is_none());
        assert!(read(b"PRI * HTTP/2.0\r\n\r\n").is_none());
    }
}
