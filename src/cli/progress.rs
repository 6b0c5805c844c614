//! How far a long run is, for whoever waits at a terminal.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A run that ends sooner shows none.
const PATIENCE: Duration = Duration::from_millis(600);

/// A bar on standard error, which goes when the run ends.
pub(super) struct Progress {
    bar: ProgressBar,
    since: Instant,
    is_drawn: bool,
}

impl Progress {
    /// For so many stories. There is none in CI, in a pipe, or where the report itself goes to the terminal and shows how
    /// far it is.
    pub(super) fn new(stories: usize, is_report_elsewhere: bool) -> Self {
        let is_wanted = is_report_elsewhere && io::stderr().is_terminal() && std::env::var_os("CI").is_none();
        let bar = ProgressBar::with_draw_target(Some(stories as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos} of {len} stories, {eta} left") {
            bar.set_style(style);
        }
        Self { bar, since: Instant::now(), is_drawn: !is_wanted }
    }

    /// Does something that writes to the terminal, with the bar out of the way.
    pub(super) fn aside(&self, write: impl FnOnce()) {
        self.bar.suspend(write);
    }

    /// One story more is done.
    pub(super) fn step(&mut self) {
        if !self.is_drawn && self.since.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.is_drawn = true;
        }
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
