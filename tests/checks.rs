//! The examples on the checks' pages, run: the first fires its check, the second does not.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "handbook/blocks.rs"]
mod blocks;
mod newsroom;

use blocks::blocks;
use factcheck::checks;
use factcheck::engine::StoryOutcome;
use factcheck::finding::Finding;
use factcheck::system::Memory;

/// The fenced blocks of a part of a page, as files: the path follows the language.
fn files(part: &str) -> Vec<(String, String)> {
    blocks(part).into_iter().filter_map(|block| Some((block.file()?.to_owned(), block.text))).collect()
}

fn checked(files: Vec<(String, String)>) -> Vec<StoryOutcome<'static>> {
    newsroom::checked(&Memory::new(files), "claims")
}

fn part<'p>(page: &'p str, heading: &str) -> &'p str {
    let (_, after) = page.split_once(heading).unwrap_or_else(|| panic!("no `{heading}`"));
    after.split_once("\n## ").map_or(after, |(part, _)| part)
}

#[test]
fn the_first_example_of_each_page_fires() {
    for check in checks::ALL {
        let outcomes = checked(files(part(check.page, "## Example that fires")));
        let found: Vec<&str> =
            outcomes.iter().flat_map(|story| &story.findings).map(|finding| finding.check).collect();
        assert!(found.contains(&check.slug), "{} does not fire, but {found:?}: {outcomes:#?}", check.slug);
    }
}

#[test]
fn the_second_example_of_each_page_stays_silent() {
    for check in checks::ALL {
        let outcomes = checked(files(part(check.page, "## Example that stays silent")));
        assert!(!outcomes.is_empty(), "{}: no story in the example", check.slug);
        for story in outcomes {
            assert!(story.problems.is_empty(), "{}: {:?}", check.slug, story.problems);
            // Numbers beside the point of a page may be without a claim.
            let others =
                |finding: &&Finding| finding.check != "number-unclaimed" || finding.check == check.slug;
            let findings: Vec<_> = story
                .findings
                .iter()
                .filter(others)
                .map(|finding| (finding.check, &finding.message))
                .collect();
            assert!(findings.is_empty(), "{}: {findings:?}", check.slug);
        }
    }
}
