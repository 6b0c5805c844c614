//! The `factcheck` command: arguments, a run, an exit code.

use std::process::ExitCode;

use clap::Parser;
use factcheck::cli::{Arguments, run};

fn main() -> ExitCode {
    run(Arguments::parse()).into()
}
