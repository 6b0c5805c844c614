//! `factcheck lsp`

use std::io;

use super::exit::Exit;
use crate::lsp::{Ended, serve};

pub(super) fn run() -> Exit {
    match serve(io::stdin(), io::stdout().lock()) {
        Ended::Asked => Exit::Clean,
        Ended::Left => Exit::Left,
    }
}
