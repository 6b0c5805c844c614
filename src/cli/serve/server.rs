//! Connections: one request each, on a thread of its own, within bounds of time and number.

use std::io::{self, BufWriter, Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::request::{Refusal, Request};
use super::site::Site;
use super::{answer, changes, request};

/// The port where none is asked for and this one is free: what FACT is on a telephone's keys.
const PORT: u16 = 3228;
/// How long a request may take to come.
const TO_COME: Duration = Duration::from_secs(5);
/// How long an answer may take to be read: on one machine, only one that nobody reads takes longer.
const TO_BE_READ: Duration = Duration::from_secs(30);
/// How long, and how much, is still read of a request that was answered before its end. A connection that is closed
/// with something unread breaks off, and its answer may be lost.
const TO_END: (Duration, u64) = (Duration::from_millis(500), 1 << 20);
/// How many connections are answered at once. As many again are told that there are too many; others are closed.
const MOST: usize = 64;

/// The loopback addresses, bound to one port.
pub(super) struct Server {
    listeners: Vec<TcpListener>,
    address: SocketAddr,
}

impl Server {
    /// Binds a port; where none is asked for, the usual one or else any that is free, as for 0.
    pub(super) fn bind(port: Option<u16>) -> Result<Self> {
        let on = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
        let first = match port {
            Some(port) => on(port).with_context(|| {
                format!("port {port} cannot be used: choose another, or leave --port away to have a free one")
            })?,
            None => on(PORT).or_else(|_| on(0)).context("no port is free")?,
        };
        let address = first.local_addr().context("no port is free")?;
        // A machine may have no IPv6; the address that is told is the other.
        let second = TcpListener::bind((Ipv6Addr::LOCALHOST, address.port()));
        Ok(Self { listeners: [Some(first), second.ok()].into_iter().flatten().collect(), address })
    }

    /// The address to be told.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers from now on.
    pub(super) fn start(self, site: &Arc<Site>) {
        let open = Arc::new(AtomicUsize::new(0));
        let port = self.address.port();
        for listener in self.listeners {
            let (site, open) = (Arc::clone(site), Arc::clone(&open));
            thread::spawn(move || accept(&listener, port, &site, &open));
        }
    }
}

fn accept(listener: &TcpListener, port: u16, site: &Arc<Site>, open: &Arc<AtomicUsize>) {
    loop {
        let Ok((stream, _)) = listener.accept() else {
            // Too many files are open, say: it passes.
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        let (place, before) = Place::take(open);
        if before >= 2 * MOST {
            continue;
        }
        let site = Arc::clone(site);
        let converse = move || {
            let asked = if before < MOST {
                request::read(&mut Timed::new(&stream, TO_COME), port)
            } else {
                Err(Refusal::Busy)
            };
            converse(&stream, &site, asked);
            drop(place);
        };
        // A system that has no thread left closes the connection.
        _ = thread::Builder::new().spawn(converse);
    }
}

/// A place among the connections that are open.
struct Place(Arc<AtomicUsize>);

impl Place {
    /// One more, and how many there were before.
    fn take(open: &Arc<AtomicUsize>) -> (Self, usize) {
        let before = open.fetch_add(1, Ordering::Relaxed);
        (Self(Arc::clone(open)), before)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Answers a request. What goes wrong with it is its sender's matter.
fn converse(stream: &TcpStream, site: &Site, asked: Result<Option<Request>, Refusal>) {
    let answered = match asked {
        Ok(None) => return,
        Ok(Some(request)) => answer(stream, site, &request),
        Err(refusal) => answer::refusal(&mut timely(stream), refusal, false),
    };
    if answered.is_ok() && stream.shutdown(Shutdown::Write).is_ok() {
        let (patience, most) = TO_END;
        _ = io::copy(&mut Timed::new(stream, patience).take(most), &mut io::sink());
    }
}

fn answer(stream: &TcpStream, site: &Site, request: &Request) -> io::Result<()> {
    if request.path == changes::PATH {
        // Each event has its own time; the stream has none.
        let mut out = stream;
        stream.set_write_timeout(Some(TO_BE_READ))?;
        return changes::tell(&mut out, site, request);
    }
    match site.page(&request.path) {
        Some(shown) => answer::page(&mut timely(stream), &shown.page, shown.is_failed, request.is_head),
        None => answer::refusal(&mut timely(stream), Refusal::Missing, request.is_head),
    }
}

fn timely(stream: &TcpStream) -> BufWriter<Timed<'_>> {
    BufWriter::new(Timed::new(stream, TO_BE_READ))
}

/// A connection that ends at its time, however busy it looks.
struct Timed<'s> {
    stream: &'s TcpStream,
    until: Instant,
}

impl<'s> Timed<'s> {
    fn new(stream: &'s TcpStream, patience: Duration) -> Self {
        Self { stream, until: Instant::now() + patience }
    }

    /// What is left; never nothing, which would mean for ever.
    fn left(&self) -> io::Result<Option<Duration>> {
        let left = self.until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero());
        left.map(Some).ok_or_else(|| io::ErrorKind::TimedOut.into())
    }
}

impl Read for Timed<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(self.left()?)?;
        self.stream.read(into)
    }
}

impl Write for Timed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(self.left()?)?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
