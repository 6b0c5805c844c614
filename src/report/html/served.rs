//! What a page has besides when it is served: how it notices that it is out of date, and how its reader keeps their place.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use maud::{Markup, PreEscaped, html};

use super::{Page, document, overview, policy};
use crate::engine::{Problem, Totals};

/// How a page reaches its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// As a file, which fetches nothing.
    File,
    /// From a server, which the page asks whether it is still what the server has.
    Served,
}

/// What tells a page from the same page after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version(u64);

impl Version {
    /// That of a page whose parts are these.
    pub(super) fn of(parts: &[&str]) -> Self {
        let mut hasher = DefaultHasher::new();
        parts.hash(&mut hasher);
        Self(hasher.finish())
    }
}

impl fmt::Display for Version {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

/// The end of a served page: a place for what its reader has to know of it, and the script that keeps it current.
pub(super) fn tail() -> Markup {
    html! {
        noscript { p .live { "Without a script, this page does not notice changes: reload it by hand." } }
        p #_live .live role="status" hidden {}
        script { (PreEscaped(policy::LIVE)) }
    }
}

/// The page that stands where every other did when there is no report: `what` is the reason.
pub fn no_report(what: &str, problems: &[Problem]) -> Page {
    let body = html! {
        main {
            header .top {
                p .kicker { "Fact-check files" }
                h1 { "Nothing could be checked" }
                p .standing { span .error { (what) } }
            }
            @if !problems.is_empty() { section .problems { (overview::problems(problems)) } }
            p { "This page reloads when that has changed." }
        }
    };
    let totals = Totals { problems: problems.len().max(1), ..Totals::default() };
    document("Nothing could be checked", policy::Scripts::None, "index", &body, Medium::Served, totals)
}
