//! Messages that have come and wait.

use std::collections::VecDeque;
use std::io::BufRead;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::wire::{Message, read};

/// What the server is to do next.
#[derive(Debug)]
pub(super) enum Next {
    /// Deal with a message; for a request, whether the client has taken it back meanwhile.
    Message(Message, bool),
    /// Nothing has come for as long as was to be waited.
    Quiet,
    /// Nothing more will come.
    End,
}

/// Messages read on a thread of their own, so that a client that writes is never kept waiting, and that a request can be
/// taken back while others are answered.
#[derive(Debug)]
pub(super) struct Inbox {
    coming: Receiver<(Message, Instant)>,
    waiting: VecDeque<(Message, bool)>,
    /// When the newest message taken in came.
    latest: Instant,
}

impl Inbox {
    pub(super) fn new(mut input: impl BufRead + Send + 'static) -> Self {
        let (sender, coming) = channel();
        thread::spawn(move || {
            // A stream that cannot be read has ended.
            while let Ok(Some(message)) = read(&mut input) {
                if sender.send((message, Instant::now())).is_err() {
                    break;
                }
            }
        });
        Self { coming, waiting: VecDeque::new(), latest: Instant::now() }
    }

    /// For how long nothing has come, as far as messages have been taken in: not since they were dealt with, which may be
    /// long after.
    pub(super) fn silence(&self) -> Duration {
        self.latest.elapsed()
    }

    /// The next message, waited for as long as `patience` says, or as long as it takes.
    pub(super) fn next(&mut self, patience: Option<Duration>) -> Next {
        if self.waiting.is_empty() {
            let come = match patience {
                Some(patience) => self.coming.recv_timeout(patience),
                None => self.coming.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match come {
                Ok((message, came)) => self.take(message, came),
                Err(RecvTimeoutError::Timeout) => return Next::Quiet,
                Err(RecvTimeoutError::Disconnected) => return Next::End,
            }
        }
        while let Ok((message, came)) = self.coming.try_recv() {
            self.take(message, came);
        }
        match self.waiting.pop_front() {
            Some((message, is_cancelled)) => Next::Message(message, is_cancelled),
            // All there was were cancellations.
            None => Next::Quiet,
        }
    }

    fn take(&mut self, message: Message, came: Instant) {
        self.latest = came;
        if let Message::Notification { method, params } = &message
            && method == "$/cancelRequest"
        {
            let cancelled = params.get("id").unwrap_or(&Value::Null);
            for (waiting, is_cancelled) in &mut self.waiting {
                *is_cancelled |= matches!(waiting, Message::Request { id, .. } if id == cancelled);
            }
            return;
        }
        self.waiting.push_back((message, false));
    }
}
