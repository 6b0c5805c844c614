//! The HTML report: a page a story, which needs no network and no script to be read, and an index of them.
//!
//! Pages are made of `maud`'s templates, in which text is escaped by the compiler. What is not escaped is ours: the style,
//! the script and the drawings of this folder. A page names both by their hashes in its content policy, so that a browser
//! runs no other, and fetches nothing.

mod axis;
mod claim;
mod draft;
mod findings;
mod index;
mod items;
mod names;
mod overview;
mod policy;
mod source;
mod status;
mod summary;

pub use index::{IndexEntry, index};
pub use names::file_names;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::draft::{Block, BlockKind};
use crate::engine::{Dossier, StoryOutcome, Totals};
use items::Items;

/// The format's name on the command line.
pub const NAME: &str = "html";
/// What it is for, in a line.
pub const ABOUT: &str = "Fact-check files to look at and to print, a page a story; needs --output";

/// The page of one story.
#[derive(Clone, Debug)]
pub struct Page {
    /// The story's title.
    pub title: String,
    /// The whole file.
    pub html: String,
    /// What the index says of it.
    pub totals: Totals,
}

/// The page of a story that was checked with its dossier. `index` is where the index lies, as seen from the page.
pub fn page(story: &StoryOutcome<'_>, index: Option<&str>) -> Page {
    let none = Dossier::default();
    let dossier = story.dossier.as_deref().unwrap_or(&none);
    let title = title(story, dossier);
    let mut totals = Totals::default();
    totals.add(story);
    let items = Items::of(story, dossier);
    let body = html! {
        a .skip href="#_draft" { "To the draft" }
        div #_page {
            (summary::summary(story, dossier, &title, &totals, index))
            main #_draft tabindex="-1" { (draft::draft(dossier, &items)) }
        }
        aside #_details aria-label="Details" {
            (claim::articles(story, dossier, &items))
            (overview::overview(story, &items))
            a .back href="#_overview" { "Overview" }
        }
        (summary::sign_off())
        script { (PreEscaped(policy::SCRIPT)) }
    };
    let html = document(&title, policy::WITH_SCRIPT, "story", &body);
    Page { title, html, totals }
}

/// A whole document.
fn document(title: &str, policy: &str, class: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="generator" content=(concat!("factcheck ", env!("CARGO_PKG_VERSION")));
                title { (title) " · fact-check file" }
                style { (PreEscaped(policy::STYLE)) }
            }
            body class=(class) {
                (status::symbols())
                (body)
            }
        }
    };
    page.into_string()
}

/// The first heading of the draft, or else the name of its file.
fn title(story: &StoryOutcome<'_>, dossier: &Dossier) -> String {
    fn heading(blocks: &[Block]) -> Option<String> {
        blocks.iter().find_map(|block| match block.kind {
            BlockKind::Heading(_) => Some(block.runs.iter().map(|run| run.text.as_str()).collect()),
            _ => heading(&block.blocks),
        })
    }
    let file = story.draft.as_deref().unwrap_or(&story.rules);
    let name = || {
        file.file_name().map_or_else(|| file.to_string_lossy(), |name| name.to_string_lossy()).into_owned()
    };
    heading(&dossier.layout.blocks).filter(|title: &String| !title.trim().is_empty()).unwrap_or_else(name)
}

#[cfg(test)]
mod tests;
