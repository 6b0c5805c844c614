//! What a check waits for, for whoever waits at a terminal.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::engine::Project;

/// A query that takes less is not told of.
const PATIENCE: Duration = Duration::from_millis(600);
/// How often the terminal is drawn anew.
const TICK: Duration = Duration::from_millis(100);

/// A line on standard error with the queries that are being run, gone when they are done.
pub(super) struct Waiting {
    line: ProgressBar,
    is_over: AtomicBool,
}

impl Waiting {
    /// Does `work` on a project while the line is there. There is none in CI, and none in a pipe.
    pub(super) fn during<T>(project: &Project<'_>, work: impl FnOnce(&Self) -> T) -> T {
        let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            line.set_style(style);
        }
        let waiting = Self { line, is_over: AtomicBool::new(false) };
        if !io::stderr().is_terminal() || std::env::var_os("CI").is_some() {
            return work(&waiting);
        }
        thread::scope(|scope| {
            let ticker = scope.spawn(|| waiting.watch(project));
            let done = work(&waiting);
            waiting.is_over.store(true, Ordering::Relaxed);
            ticker.thread().unpark();
            done
        })
    }

    /// Does something that writes to the terminal, with the line out of the way.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.line.suspend(write)
    }

    fn watch(&self, project: &Project<'_>) {
        let mut since: Option<Instant> = None;
        while !self.is_over.load(Ordering::Relaxed) {
            let running = project.queries_running();
            if running.is_empty() {
                since = None;
                if !self.line.is_hidden() {
                    self.line.finish_and_clear();
                    self.line.reset();
                    self.line.set_draw_target(ProgressDrawTarget::hidden());
                }
            } else {
                let since = *since.get_or_insert_with(Instant::now);
                if since.elapsed() >= PATIENCE {
                    if self.line.is_hidden() {
                        self.line.set_draw_target(ProgressDrawTarget::stderr());
                    }
                    let seconds = since.elapsed().as_secs();
                    self.line
                        .set_message(format!("running the query of {} ({seconds} s)", running.join(", ")));
                    self.line.tick();
                }
            }
            thread::park_timeout(TICK);
        }
        self.line.finish_and_clear();
    }
}
