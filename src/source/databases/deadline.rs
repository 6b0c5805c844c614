//! Work that must be over in time, whatever it does.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::source::query::{QueryError, Reply};

/// How long the work has to stop by itself and say why, once its time is over.
const GRACE: Duration = Duration::from_millis(500);

/// Does the work on a thread of its own, and gives up if it is not done when its time, and a little more, is over.
///
/// The work knows its deadline and keeps it. This is for what cannot be told to stop: a search for one long text in
/// another inside of `SQLite`, a name that the system is looking up, a key that a server makes costly to derive. A thread that
/// is left behind holds only what is its own, and ends with its work or with the program.
pub(super) fn within(
    time: Duration,
    work: impl FnOnce(Instant) -> Result<Reply, QueryError> + Send + 'static,
) -> Result<Reply, QueryError> {
    let (sender, receiver) = sync_channel(1);
    let deadline = Instant::now() + time;
    let worker = thread::Builder::new().name("query".to_owned());
    // The receiver may be gone; then nobody wants the reply.
    let started = worker.spawn(move || _ = sender.send(work(deadline)));
    started.map_err(|error| QueryError::TooLarge(format!("no thread could be started: {error}")))?;
    match receiver.recv_timeout(time + GRACE) {
        Ok(outcome) => outcome,
        Err(RecvTimeoutError::Timeout) => Err(QueryError::TooSlow(time)),
        Err(RecvTimeoutError::Disconnected) => {
            Err(QueryError::Unreadable("the query ended without a reply".to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_does_not_stop_is_left_behind() {
        let start = Instant::now();
        let outcome = within(Duration::from_millis(20), |_| {
            thread::sleep(Duration::from_secs(20));
            Ok(Reply::default())
        });
        assert_eq!(outcome, Err(QueryError::TooSlow(Duration::from_millis(20))));
        assert!(start.elapsed() < Duration::from_secs(10));
    }
}
