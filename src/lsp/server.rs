//! The server's life: from `initialize` to `exit`, message by message.

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use lsp_types::InitializeParams;
use serde_json::Value;

use super::Ended;
use super::inbox::{Inbox, Next};
use super::index::Index;
use super::newsroom::Newsroom;
use super::options::{Wishes, result, watchers};
use super::overlay::Overlay;
use super::pages::Pages;
use super::wire::{Code, Message, Outbox};
use crate::engine::Memo;
use crate::system::Disk;

mod notifications;
mod requests;

/// How long after a change has come more of them are waited for before anything is checked. What came while a check was
/// running has waited already.
const PAUSE: Duration = Duration::from_millis(2);
/// How long a check is put off, at the most, while changes keep coming.
const LATEST: Duration = Duration::from_millis(10);

/// One editor's server.
pub(super) struct Server<W> {
    inbox: Inbox,
    outbox: Outbox<W>,
}

/// What a message leads to.
enum Step {
    On,
    End(Ended),
}

impl<W: Write> Server<W> {
    pub(super) fn new(inbox: Inbox, output: W) -> Self {
        Self { inbox, outbox: Outbox::new(output) }
    }

    /// Serves until the client leaves. Output that nobody reads any more means that it has.
    pub(super) fn run(mut self) -> Ended {
        self.greet().unwrap_or(Ended::Left)
    }

    /// Waits to be initialized.
    fn greet(&mut self) -> io::Result<Ended> {
        loop {
            match self.inbox.next(None) {
                Next::End => return Ok(Ended::Left),
                Next::Message(Message::Request { id, method, params }, _) if method == "initialize" => {
                    match serde_json::from_value::<InitializeParams>(params) {
                        Ok(params) => {
                            self.outbox.answer(&id, result())?;
                            return self.work(Wishes::new(params));
                        }
                        Err(error) => self.outbox.refuse(&id, Code::InvalidParams, &error.to_string())?,
                    }
                }
                Next::Message(Message::Request { id, .. }, _) => {
                    self.outbox.refuse(&id, Code::NotInitialized, "`initialize` comes first")?;
                }
                Next::Message(Message::Notification { method, .. }, _) if method == "exit" => {
                    return Ok(Ended::Left);
                }
                Next::Message(Message::Malformed { id, code, message }, _) => {
                    self.outbox.refuse(&id, code, &message)?;
                }
                Next::Quiet | Next::Message(Message::Notification { .. } | Message::Response, _) => {}
            }
        }
    }

    fn work(&mut self, wishes: Wishes) -> io::Result<Ended> {
        let working = || env::current_dir().unwrap_or_else(|_| PathBuf::from("/"));
        let overlay = Overlay::new(wishes.base.clone().unwrap_or_else(working));
        let memo = Memo::new();
        let pages = Pages::new(Disk);
        let index = Index::new(wishes.places.clone());
        let newsroom = Newsroom::new(&overlay, &pages, &memo, index, wishes.config.clone());
        Session { newsroom, wishes, said: std::collections::BTreeMap::new() }.run(self)
    }

    /// Says no to everything but `exit`.
    fn close(&mut self) -> io::Result<Ended> {
        loop {
            match self.inbox.next(None) {
                // It has been shut down, and is alone.
                Next::End => return Ok(Ended::Asked),
                Next::Message(Message::Notification { method, .. }, _) if method == "exit" => {
                    return Ok(Ended::Asked);
                }
                Next::Message(Message::Request { id, .. }, _) => {
                    self.outbox.refuse(&id, Code::InvalidRequest, "the server has been shut down")?;
                }
                Next::Message(Message::Malformed { id, code, message }, _) => {
                    self.outbox.refuse(&id, code, &message)?;
                }
                Next::Message(..) | Next::Quiet => {}
            }
        }
    }
}

/// From `initialize` to `shutdown`.
struct Session<'o> {
    newsroom: Newsroom<'o>,
    wishes: Wishes,
    /// What tells whether something else is said of a file than was said last.
    said: std::collections::BTreeMap<PathBuf, Option<u64>>,
}

impl Session<'_> {
    fn run<W: Write>(&mut self, server: &mut Server<W>) -> io::Result<Ended> {
        let mut since: Option<Instant> = None;
        loop {
            let stale = self.newsroom.next_stale();
            since = since.filter(|_| stale.is_some());
            let patience = stale.as_ref().map(|_| {
                let waited = since.get_or_insert_with(Instant::now).elapsed();
                PAUSE.saturating_sub(server.inbox.silence()).min(LATEST.saturating_sub(waited))
            });
            match (server.inbox.next(patience), stale) {
                (Next::End, _) => return Ok(Ended::Left),
                (Next::Quiet, None) => {}
                (Next::Quiet, Some(desk)) => {
                    self.newsroom.check(&desk);
                    since = None;
                    self.publish(server)?;
                    self.refresh(server)?;
                }
                (Next::Message(message, is_cancelled), _) => {
                    if let Step::End(ended) = self.take(server, message, is_cancelled)? {
                        return Ok(ended);
                    }
                    self.publish(server)?;
                }
            }
        }
    }

    fn take<W: Write>(
        &mut self,
        server: &mut Server<W>,
        message: Message,
        is_cancelled: bool,
    ) -> io::Result<Step> {
        let out = &mut server.outbox;
        match message {
            Message::Request { id, .. } if is_cancelled => {
                out.refuse(&id, Code::Cancelled, "the request was taken back")?;
            }
            Message::Request { id, method, .. } if method == "shutdown" => {
                out.answer(&id, Value::Null)?;
                return server.close().map(Step::End);
            }
            Message::Request { id, method, .. } if method == "initialize" => {
                out.refuse(&id, Code::InvalidRequest, "the server is initialized already")?;
            }
            Message::Request { id, method, params } => self.answer(out, &id, &method, params)?,
            Message::Notification { method, .. } if method == "exit" => return Ok(Step::End(Ended::Left)),
            Message::Notification { method, .. } if method == "initialized" => {
                if self.wishes.watches {
                    out.ask("watch", "client/registerCapability", Some(watchers()))?;
                }
            }
            Message::Notification { method, params } => self.note(&method, params),
            Message::Response => {}
            Message::Malformed { id, code, message } => out.refuse(&id, code, &message)?,
        }
        Ok(Step::On)
    }
}
