//! The `factcheck` command: arguments, a run, an exit code.

use std::process::ExitCode;

use clap::Parser;
use factcheck::cli::{Arguments, end_on_panic, run};

fn main() -> ExitCode {
    end_on_panic();
    run(Arguments::parse()).into()
}
