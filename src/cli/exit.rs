//! Exit codes, all of them.

use std::io::{self, Write as _};
use std::panic;
use std::process::{self, ExitCode};

/// How a run ends. Later ones outrank earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: everything was checked, and nothing is at or above `--fail-on`.
    Clean,
    /// 1: there are findings at or above `--fail-on`.
    Findings,
    /// 1: the editor has left `factcheck lsp` without shutting it down first, as the protocol has it.
    Left,
    /// 2: something could not be run or checked for a reason outside the draft: a bad rule file, a missing source, a
    /// wrong argument.
    CouldNotCheck,
}

/// What `--help` says of them.
pub(super) const HELP: &str = "Exit codes:
  0  everything was checked, and nothing is at or above --fail-on
  1  there are findings at or above --fail-on (a quote that is gone from the draft is one)
  2  something could not be checked for a reason outside the draft: a bad rule file, a missing source, a wrong argument";

/// Makes a panic, which is a bug, end the run as what could not be checked: with a message, and with exit code 2 where
/// the system's would be any.
pub fn end_on_panic() {
    let tell = panic::take_hook();
    panic::set_hook(Box::new(move |what| {
        tell(what);
        // Nobody is left to be told if standard error is closed too.
        _ = writeln!(
            io::stderr(),
            "error: this is a bug in factcheck; what was reported up to here is not complete"
        );
        process::exit(CODE_OF_BUGS)
    }));
}

/// That of [`Exit::CouldNotCheck`].
const CODE_OF_BUGS: i32 = 2;

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Findings | Exit::Left => 1,
            Exit::CouldNotCheck => 2,
        })
    }
}
