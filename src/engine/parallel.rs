//! Work spread over the cores, with its results in the order of its items.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

/// How far the fastest worker may run ahead of the item that is delivered next, per worker: bounds memory.
const AHEAD: usize = 64;
/// How many items a worker takes at once, at most: whatever is handed over wakes a thread, which costs as much as
/// reading a file.
const BATCH: usize = 16;

/// Applies `work` to each item on as many threads as there are cores (or `jobs` says) and hands the results to
/// `deliver` one by one, in the order of the items. Each thread has a state of its own, made by `state`. `deliver`
/// returns whether to go on.
pub(super) fn in_order<T, S, R>(
    items: &[T],
    jobs: Option<NonZeroUsize>,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> R + Sync,
    mut deliver: impl FnMut(R) -> bool,
) where
    T: Sync,
    R: Send,
{
    let threads =
        jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get).min(items.len());
    if threads <= 1 {
        let mut state = state();
        items.iter().map(|item| work(&mut state, item)).all(deliver);
        return;
    }
    // Few items are still spread evenly.
    let batch = (items.len() / (threads * 8)).clamp(1, BATCH);
    let next = AtomicUsize::new(0);
    let gate = Gate::new(threads * AHEAD / batch);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            scope.spawn(|| {
                let sender = sender;
                let _released = ReleaseOnPanic(&gate);
                let mut state = state();
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(items) = items.chunks(batch).nth(index) else { break };
                    if !gate.wait_for(index) {
                        break;
                    }
                    let results: Vec<R> = items.iter().map(|item| work(&mut state, item)).collect();
                    if sender.send((index, results)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut due = 0;
        'all: for (index, results) in receiver {
            early.insert(index, results);
            while let Some(results) = early.remove(&due) {
                due += 1;
                if !results.into_iter().all(&mut deliver) {
                    break 'all;
                }
            }
            gate.open_to(due);
        }
        gate.close();
    });
}

/// Holds back workers that are too far ahead of the delivery, batch by batch.
struct Gate {
    ahead: usize,
    /// The batch that is delivered next; `None` once nothing more is wanted.
    due: Mutex<Option<usize>>,
    moved: Condvar,
}

impl Gate {
    fn new(ahead: usize) -> Self {
        Self { ahead, due: Mutex::new(Some(0)), moved: Condvar::new() }
    }

    fn due(&self) -> MutexGuard<'_, Option<usize>> {
        self.due.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the batch is near enough to the delivery; `false` once nothing more is wanted.
    fn wait_for(&self, index: usize) -> bool {
        let mut due = self.due();
        loop {
            match *due {
                None => return false,
                Some(at) if index < at + self.ahead => return true,
                Some(_) => due = self.moved.wait(due).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    fn open_to(&self, index: usize) {
        *self.due() = Some(index);
        self.moved.notify_all();
    }

    fn close(&self) {
        *self.due() = None;
        self.moved.notify_all();
    }
}

/// Lets the other workers go when one panics, so that the panic surfaces instead of a wait without end.
struct ReleaseOnPanic<'a>(&'a Gate);

impl Drop for ReleaseOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..5000).collect();
        let mut seen = Vec::new();
        in_order(
            &items,
            NonZeroUsize::new(4),
            || (),
            |(), item| item * 2,
            |result| {
                seen.push(result);
                true
            },
        );
        assert_eq!(seen, items.iter().map(|item| item * 2).collect::<Vec<_>>());
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_in_the_work_surfaces() {
        let items: Vec<usize> = (0..5000).collect();
        in_order(&items, NonZeroUsize::new(2), || (), |(), item| assert_ne!(*item, 7), |()| true);
    }

    #[test]
    fn delivery_can_stop_early() {
        let items: Vec<usize> = (0..100_000).collect();
        let mut count = 0;
        in_order(
            &items,
            NonZeroUsize::new(2),
            || (),
            |(), item| *item,
            |_| {
                count += 1;
                count < 10
            },
        );
        assert_eq!(count, 10);
    }
}
