//! The editor's face: a language server over standard input and output.
//!
//! [`serve`] reads messages on a thread of its own and does everything else on one: changes are taken in at once, requests
//! answered from the newest state, and stories checked when nothing else waits, so that of a burst of keystrokes only the
//! last state is checked. What is checked, and how, is up to the [`engine`](crate::engine): unsaved texts reach it as
//! another [`System`](crate::system::System), and its findings become diagnostics as they are.

mod actions;
mod completion;
mod definition;
mod diagnostics;
mod entries;
mod hints;
mod hover;
mod inbox;
mod index;
mod lenses;
mod lines;
mod newsroom;
mod options;
mod overlay;
mod pages;
mod references;
mod server;
mod sheet;
mod symbols;
mod uri;
mod wire;

use std::io::{BufReader, Read, Write};

use inbox::Inbox;
use server::Server;

/// How a server ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The client asked it to shut down, and then to exit.
    Asked,
    /// The client said `exit` without that, or went away.
    Left,
}

/// Serves one editor until it leaves.
pub fn serve(input: impl Read + Send + 'static, output: impl Write) -> Ended {
    Server::new(Inbox::new(BufReader::new(input)), output).run()
}
