//! The comment, read by a parser of Markdown: what a draft says is text in it, never markup, a link or a mention.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{Run, broken, crowded, empty, hostile, runs};

/// What a page consists of.
#[derive(Debug, Default)]
struct Page {
    /// The text of each item, its blocks of code left out.
    items: Vec<String>,
    /// The blocks of code.
    code: Vec<String>,
    cells: Vec<String>,
    html: Vec<String>,
    /// Links, images, code spans: what only markup in a draft's words would make.
    foreign: Vec<String>,
}

fn page(markdown: &str) -> Page {
    let mut page = Page::default();
    let (mut in_code, mut in_item, mut in_cell) = (false, false, false);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Item) => {
                in_item = true;
                page.items.push(String::new());
            }
            Event::End(TagEnd::Item) => in_item = false,
            Event::Start(Tag::CodeBlock(_)) => {
                in_code = true;
                page.code.push(String::new());
            }
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::TableCell) => {
                in_cell = true;
                page.cells.push(String::new());
            }
            Event::End(TagEnd::TableCell) => in_cell = false,
            Event::Text(text) => {
                let home = match (in_code, in_item, in_cell) {
                    (true, ..) => page.code.last_mut(),
                    (_, true, _) => page.items.last_mut(),
                    (_, _, true) => page.cells.last_mut(),
                    _ => None,
                };
                if let Some(home) = home {
                    home.push_str(&text);
                }
            }
            Event::Html(html) => page.html.push(html.into_string()),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                page.foreign.push(dest_url.into_string());
            }
            Event::InlineHtml(html) => page.foreign.push(html.into_string()),
            Event::Code(code) => page.foreign.push(code.into_string()),
            _ => {}
        }
    }
    page
}

/// Words as a reader sees them.
fn seen(text: &str) -> String {
    text.replace('\u{200b}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read(run: &Run) -> Page {
    page(&run.report("markdown"))
}

#[test]
fn every_finding_is_an_item() {
    for run in runs().into_iter().filter(|run| run.name != "crowded") {
        let page = read(&run);
        let (problems, findings) = page.items.split_at(run.problems.len());
        assert_eq!(findings.len(), run.findings().len(), "{}: {page:#?}", run.name);
        for (item, finding) in findings.iter().zip(run.findings()) {
            let label = finding.labels.first().unwrap();
            let place = label.excerpt.place(&label.path);
            let claim = finding.claim.as_ref().map_or_else(String::new, |claim| format!(" ({claim})"));
            let (severity, check, message) = (finding.severity.name(), finding.check, &finding.message);
            let told = format!("{severity} {check} at {place}{claim}: {message}");
            // What is no character of a text is replaced.
            let told: String = told
                .chars()
                .map(|c| if c.is_control() && !c.is_whitespace() { '\u{fffd}' } else { c })
                .collect();
            assert_eq!(seen(item), seen(&told), "{}", run.name);
        }
        for (item, problem) in problems.iter().zip(&run.problems) {
            assert!(seen(item).contains(&seen(&problem.message)), "{item}");
        }
        let code: Vec<String> = page.code.iter().map(|code| seen(code)).collect();
        for finding in run.findings() {
            for text in finding.notes.iter().chain(&finding.help) {
                assert!(
                    code.iter().any(|code| code.contains(&seen(text))),
                    "{}: {text}\n{code:#?}",
                    run.name
                );
            }
        }
    }
}

#[test]
fn verdicts_are_in_the_table() {
    for run in runs() {
        let page = read(&run);
        let totals = run.totals();
        let wanted = [
            ("verdict", "claims".to_owned()),
            ("supported", totals.supported.to_string()),
            ("refuted", totals.refuted.to_string()),
            ("undecided", totals.undecided.to_string()),
            ("unchecked", totals.unchecked.to_string()),
        ];
        let wanted: Vec<String> =
            wanted.into_iter().flat_map(|(verdict, count)| [verdict.to_owned(), count]).collect();
        assert_eq!(page.cells, wanted, "{}", run.name);
    }
    assert!(empty().report("markdown").starts_with("### factcheck: nothing found\n"));
    assert!(broken().report("markdown").contains("\n<summary>Could not be checked</summary>\n"));
}

#[test]
fn nothing_that_a_draft_says_is_markup() {
    for run in runs() {
        let page = read(&run);
        assert!(page.foreign.is_empty(), "{}: {:?}", run.name, page.foreign);
        for html in page.html.iter().flat_map(|html| html.lines()) {
            let is_ours = ["<details>", "<details open>", "</details>", ""].contains(&html)
                || html
                    .strip_prefix("<summary>")
                    .and_then(|rest| rest.strip_suffix("</summary>"))
                    .is_some_and(|it| !it.contains('<'));
            assert!(is_ours, "{}: {html}", run.name);
        }
        let opened = page.html.concat().matches("<details").count();
        assert_eq!(opened, page.html.concat().matches("</details>").count(), "{}", run.name);
    }
}

#[test]
fn nobody_is_mentioned() {
    let report = hostile().report("markdown");
    let page = page(&report);
    let texts = page.items.iter().chain(&page.html);
    let mentions: Vec<&str> =
        texts.flat_map(|text| text.match_indices('@').filter_map(|(at, _)| text.get(at..))).collect();
    assert!(mentions.len() > 2, "{report}");
    assert!(mentions.iter().all(|mention| mention.starts_with("@\u{200b}")), "{mentions:?}");
}

#[test]
fn a_comment_is_never_too_long() {
    let run = crowded();
    let rules = "draft = \"../draft.md\"\n";
    let numbers: String =
        (0..2000).map(|at| format!("It cost ${at} million and {at}.7% of it.\n\n")).collect();
    let large =
        Run::of("large", &[("draft.md", &numbers), ("claims/a.toml", rules), ("claims/b.toml", rules)]);
    for run in [run, large] {
        let report = run.report("markdown");
        assert!(report.len() <= 65_536, "{}", report.len());
        let shown = page(&report).items.len();
        let left = run.findings().len() - shown;
        let said = format!("\n{left} more have no room in a comment");
        assert_eq!(report.contains(&said), left > 0, "{}: {shown} shown", run.name);
        assert_eq!(report.matches("<details").count(), report.matches("</details>").count());
    }
}
