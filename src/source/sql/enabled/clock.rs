//! How long a query may still run.

use std::io::{self, BufRead, Read};
use std::time::{Duration, Instant};

/// The time that a query has.
#[derive(Clone, Copy, Debug)]
pub(in crate::source) struct Clock {
    /// All of it.
    pub(in crate::source) time: Duration,
    begun: Instant,
}

impl Clock {
    /// It begins now.
    pub(super) fn start(time: Duration) -> Self {
        Self { time, begun: Instant::now() }
    }

    /// What is left of it.
    pub(in crate::source) fn left(&self) -> Duration {
        self.time.saturating_sub(self.begun.elapsed())
    }

    /// Whether nothing is left.
    pub(super) fn is_up(&self) -> bool {
        self.left().is_zero()
    }

    /// An error where nothing is left.
    pub(super) fn check(&self) -> io::Result<()> {
        if self.is_up() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(()) }
    }
}

/// A file that is read for as long as there is time.
pub(super) struct Timed<R> {
    pub(super) inner: R,
    pub(super) clock: Clock,
}

impl<R: BufRead> Read for Timed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.inner.read(into)
    }
}

impl<R: BufRead> BufRead for Timed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.clock.check()?;
        self.inner.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        self.inner.consume(length);
    }
}
