//! The pages that are served, all of one check.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::report::html::Page;

/// A set of pages that is replaced as a whole, and tells who waits for it.
pub(super) struct Site {
    /// The page at `/`.
    index: &'static str,
    state: Mutex<State>,
    turned: Condvar,
}

#[derive(Default)]
struct State {
    pages: BTreeMap<String, Arc<Page>>,
    /// Whether the pages stand for a report that could not be made.
    is_failed: bool,
    is_checking: bool,
}

/// A page, as it is to be answered with.
pub(super) struct Shown {
    pub(super) page: Arc<Page>,
    /// Whether it says that there is no report.
    pub(super) is_failed: bool,
}

/// How a page that somebody has stands to those that are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is the one that is served.
    Current,
    /// What it was made of has changed, and is being checked.
    Checking,
    /// Another one is served in its place.
    Changed,
    /// None is served in its place.
    Gone,
}

impl Site {
    /// Without a page.
    pub(super) fn new(index: &'static str) -> Self {
        Self { index, state: Mutex::default(), turned: Condvar::new() }
    }

    /// The page of that name, as it is now.
    pub(super) fn page(&self, name: &str) -> Option<Shown> {
        let state = self.state();
        let name = if name.is_empty() { self.index } else { name };
        let page = state.pages.get(name).cloned()?;
        Some(Shown { page, is_failed: state.is_failed })
    }

    /// How the page of that name and version stands, once that is not as it was `told`; `None` if it is for `patience`.
    pub(super) fn await_other(
        &self,
        name: &str,
        version: &str,
        told: Option<Standing>,
        patience: Duration,
    ) -> Option<Standing> {
        let until = Instant::now() + patience;
        let mut state = self.state();
        loop {
            let standing = state.standing(name, version);
            if told != Some(standing) {
                return Some(standing);
            }
            let left = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())?;
            state = self.turned.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// From now on what is shown may be out of date.
    pub(super) fn check(&self) {
        self.turn(|state| state.is_checking = true);
    }

    /// Replaces all pages.
    pub(super) fn show(&self, pages: Vec<(String, Page)>) {
        let pages = pages.into_iter().map(|(name, page)| (name, Arc::new(page))).collect();
        self.turn(|state| *state = State { pages, ..State::default() });
    }

    /// Replaces every page by the one that says why there is no report. Names are kept: who has a page open will see it,
    /// and the next report.
    pub(super) fn fail(&self, page: Page) {
        let page = Arc::new(page);
        self.turn(|state| {
            let names = std::mem::take(&mut state.pages).into_keys().chain([self.index.to_owned()]);
            let pages = names.map(|name| (name, Arc::clone(&page))).collect();
            *state = State { pages, is_failed: true, is_checking: false };
        });
    }

    fn turn(&self, how: impl FnOnce(&mut State)) {
        how(&mut self.state());
        self.turned.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn standing(&self, name: &str, version: &str) -> Standing {
        match self.pages.get(name) {
            _ if self.is_checking => Standing::Checking,
            None => Standing::Gone,
            Some(page) if page.version.to_string() == version => Standing::Current,
            Some(_) => Standing::Changed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::html::no_report;

    /// Long past what any of these takes.
    const PATIENCE: Duration = Duration::from_secs(20);

    fn page(text: &str) -> Page {
        no_report(text, &[])
    }

    fn site() -> Site {
        let site = Site::new("index.html");
        site.show([("index.html", "i"), ("a.html", "a"), ("b.html", "b")].map(named).to_vec());
        site
    }

    fn named((name, text): (&str, &str)) -> (String, Page) {
        (name.to_owned(), page(text))
    }

    #[test]
    fn a_page_is_told_only_of_its_own_change() {
        let site = site();
        let [a, b] = ["a", "b"].map(|text| page(text).version.to_string());
        let told = |name: &str, version: &str| site.await_other(name, version, None, Duration::ZERO);
        assert_eq!(told("a.html", &a), Some(Standing::Current));
        assert_eq!(told("a.html", "0"), Some(Standing::Changed));
        site.check();
        assert_eq!(told("a.html", &a), Some(Standing::Checking));
        site.show([("index.html", "i"), ("a.html", "a2")].map(named).to_vec());
        assert_eq!(told("a.html", &a), Some(Standing::Changed));
        assert_eq!(told("b.html", &b), Some(Standing::Gone));
        assert!(site.page("b.html").is_none());
    }

    #[test]
    fn who_waits_is_told_at_once_and_who_has_nothing_to_be_told_is_let_go() {
        let site = site();
        let version = page("a").version.to_string();
        let current = Some(Standing::Current);
        assert_eq!(site.await_other("a.html", &version, current, Duration::from_millis(20)), None);
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| site.await_other("a.html", &version, current, PATIENCE));
            site.show([named(("a.html", "other"))].to_vec());
            assert_eq!(waiting.join().unwrap(), Some(Standing::Changed));
        });
    }

    #[test]
    fn without_a_report_no_old_page_is_shown_and_every_address_is_kept() {
        let site = site();
        site.fail(page("broken"));
        for name in ["", "index.html", "a.html", "b.html"] {
            let shown = site.page(name).unwrap();
            assert!(shown.is_failed && shown.page.html.contains("broken"), "{name}");
        }
        assert!(site.page("c.html").is_none());
        site.fail(page("broken again"));
        site.show([named(("a.html", "a"))].to_vec());
        let shown = site.page("a.html").unwrap();
        assert!(!shown.is_failed && !shown.page.html.contains("broken"));
        // Before the first check nothing is there.
        assert!(Site::new("index.html").page("").is_none());
    }
}
