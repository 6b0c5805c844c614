//! Exit codes, all of them.

use std::process::ExitCode;

/// How a run ends. Later ones outrank earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: everything was checked, and nothing is at or above `--fail-on`.
    Clean,
    /// 1: there are findings at or above `--fail-on`.
    Findings,
    /// 2: something could not be run or checked for a reason outside the draft: a bad rule file, a missing source, a
    /// wrong argument.
    CouldNotCheck,
}

/// What `--help` says of them.
pub(super) const HELP: &str = "Exit codes:
  0  everything was checked, and nothing is at or above --fail-on
  1  there are findings at or above --fail-on (a quote that is gone from the draft is one)
  2  something could not be checked for a reason outside the draft: a bad rule file, a missing source, a wrong argument";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::CouldNotCheck => 2,
        })
    }
}
