//! What the parts cost, one by one: nanoseconds a call, the fastest of several rounds.
//!
//! ```text
//! cargo bench --bench parts [-- NAME]
//! ```
//!
//! With a name, only the parts whose names contain it. The whole program is measured by `benches/newsroom.sh`.
#![expect(clippy::print_stdout, reason = "a program of its own, for the command line")]

mod computing;
mod reading;

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::Result;

/// Rounds a part; the machine is never slower than its fastest one says.
const ROUNDS: u32 = 7;
/// How long a round takes at least.
const ROUND: Duration = Duration::from_millis(40);

fn main() -> Result<()> {
    // Cargo passes `--bench` to every benchmark.
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with("--")).unwrap_or_default();
    let timer = Timer { wanted };
    computing::periods(&timer);
    computing::scopes(&timer)?;
    computing::formulas(&timer)?;
    reading::numbers(&timer)?;
    reading::drafts(&timer);
    reading::rules(&timer);
    reading::tables(&timer)
}

/// Times what it is given, and prints it.
pub(crate) struct Timer {
    /// What the names of the parts to be timed contain.
    wanted: String,
}

impl Timer {
    /// Times calls of a part.
    pub(crate) fn time<T>(&self, part: &str, mut call: impl FnMut() -> T) {
        if !part.contains(&self.wanted) {
            return;
        }
        // Doubling finds how many calls fill a round, and warms caches meanwhile.
        let mut calls = 1;
        while run(&mut call, calls) < ROUND {
            calls *= 2;
        }
        let fastest = (0..ROUNDS).map(|_| run(&mut call, calls)).min().unwrap_or_default();
        let tenths = fastest.as_nanos() * 10 / u128::from(calls);
        println!("{part:<50} {:>8}.{} ns", tenths / 10, tenths % 10);
    }
}

fn run<T>(call: &mut impl FnMut() -> T, calls: u32) -> Duration {
    let start = Instant::now();
    for _ in 0..calls {
        black_box(call());
    }
    start.elapsed()
}
