//! Links of the project's own pages: files that are there, headings that are there.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests read files and fail by panicking")]

mod handbook;

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use handbook::pages;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

#[test]
fn every_relative_link_leads_to_a_file_and_every_fragment_to_a_heading() {
    let mut dead = Vec::new();
    for path in pages() {
        let page = fs::read_to_string(&path).unwrap();
        for link in links(&page).into_iter().filter(|link| !link.contains("://")) {
            let (file, heading) = link.split_once('#').unwrap_or((&link, ""));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            let is_there = target.exists()
                && (heading.is_empty()
                    || headings(&fs::read_to_string(&target).unwrap_or_default()).contains(heading));
            if !is_there {
                dead.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}

#[test]
fn the_readme_leads_to_every_page_of_the_documentation() {
    let named = links(&fs::read_to_string("README.md").unwrap());
    for page in pages().iter().filter(|page| page.parent() == Some(Path::new("docs"))) {
        assert!(named.iter().any(|link| Path::new(link) == page), "{} is not named", page.display());
    }
}

#[test]
fn headings_are_named_as_where_pages_are_shown() {
    let page = "# A \"word\", and `code`: two\n## Again\n## Again\n";
    let expected = ["a-word-and-code-two", "again", "again-1"].map(str::to_owned);
    assert_eq!(headings(page), HashSet::from(expected));
}

fn links(page: &str) -> Vec<String> {
    let parser = Parser::new_ext(page, Options::ENABLE_TABLES);
    let links = parser.filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    links.collect()
}

/// The names that GitHub gives to a page's headings: small letters, hyphens for spaces, no other marks, and a number where a
/// heading comes again.
fn headings(page: &str) -> HashSet<String> {
    let mut names = HashSet::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let name = named(&heading.take().unwrap());
                let again = (1..).map(|count| format!("{name}-{count}"));
                let name = std::iter::once(name.clone()).chain(again).find(|name| !names.contains(name));
                names.extend(name);
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    names
}

fn named(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).flat_map(char::to_lowercase).collect()
}
