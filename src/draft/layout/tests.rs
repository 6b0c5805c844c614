use proptest::prelude::*;

use super::super::docx::document;
use super::super::tests::drafts;
use super::super::{Manuscript, Prose};
use super::*;

/// The blocks as a line of words, in brackets where they lie in each other.
fn told(blocks: &[Block]) -> String {
    let told = blocks.iter().map(|block| {
        let words: String = block.runs.iter().map(|run| run.text.as_str()).collect();
        let inside = told(&block.blocks);
        match block.kind {
            BlockKind::Paragraph => words,
            kind => format!("{kind:?}[{words}{inside}]"),
        }
    });
    told.collect::<Vec<_>>().join(" ")
}

fn markdown(text: &str) -> String {
    told(&Layout::of_text(Format::Markdown, text).blocks)
}

fn html(text: &str) -> String {
    told(&Layout::of_text(Format::Html, text).blocks)
}

#[test]
fn blocks_are_those_that_were_written() {
    assert_eq!(
        markdown("# One\n\nTwo *three*\nfour.\n\n- a\n- b\n\n  c\n\n> q\n\n---\n\n7. x"),
        "Heading(1)[One] Two three four. List(None)[Item[a] Item[b c]] Quote[q] Rule[] List(Some(7))[Item[x]]"
    );
    assert_eq!(
        markdown(
            "| A | B |\n|--|--|\n| 1 | |\n\n```\nx 5\n```\n\n<div>no</div>\n\nAfter[^1].\n\n[^1]: Note."
        ),
        "Table[Row[HeadCell[A] HeadCell[B]] Row[Cell[1] Cell[]]] Code[x 5\n] After1. Footnote[Note.]"
    );
    assert_eq!(
        html(
            "<h2>One</h2><div>Two <em>three</em><p>four<ul><li>a<li><p>b</ul>five</div><script>no</script><pre>x\n y</pre>"
        ),
        "Heading(2)[One] Two three four List(None)[Item[a] Item[b]] five Code[x\n y]"
    );
    assert_eq!(
        html("<table><caption>C</caption><tr><th>A<td><p>1<p>2</table><blockquote>q<br>r</blockquote>"),
        "Table[Caption[C] Row[HeadCell[A] Cell[1 2]]] Quote[q r]"
    );
    assert_eq!(told(&Layout::of_text(Format::Plain, "One\nline.\r\n\r\n Two").blocks), "One line. Two");
}

#[test]
fn styles_and_links_are_kept() {
    let layout = Layout::of_text(Format::Markdown, "**5** ~~6~~ [*seven*](https://x.example) `8`");
    let runs = layout.runs();
    let run = |text: &str| *runs.iter().find(|run| run.text == text).unwrap();
    assert!(run("5").style.is_strong && run("6").style.is_struck && run("8").style.is_code);
    assert!(run("seven").style.is_stressed);
    assert_eq!(run("seven").link.as_deref(), Some("https://x.example"));
    assert!(runs.iter().all(|run| run.text == "seven" || run.link.is_none()));
}

#[test]
fn a_word_document_has_headings_lists_and_tables() {
    let paragraph = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let body = [
        paragraph("Heading2", "Up 5%"),
        paragraph("Normal", "Text"),
        paragraph("ListBullet", "a"),
        "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>b</w:t></w:r></w:p>".to_owned(),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
            .to_owned(),
        paragraph("Quote", "q"),
    ];
    let bytes = document(&body.concat());
    let layout = Layout::read(Format::Docx, &bytes).unwrap();
    assert_eq!(
        told(&layout.blocks),
        "Heading(2)[Up 5%] Text List(None)[Item[a] Item[b]] Table[Row[Cell[1] Cell[]]] Quote[q]"
    );
    let text = Manuscript::read(Format::Docx, &bytes).unwrap().text.into_owned();
    assert!(layout.runs().iter().all(|run| run.origin.of(&text) == run.text));
}

#[test]
fn depth_is_bounded_and_nothing_is_lost() {
    let deep = format!("{}5%", "> ".repeat(500));
    let layout = Layout::of_text(Format::Markdown, &deep);
    assert_eq!(layout.runs()[0].text, "5%");
    let deep = format!("{}5%", "<blockquote><ul><li>".repeat(5000));
    assert_eq!(Layout::of_text(Format::Html, &deep).runs().len(), 1);
}

/// Every character of the prose lies in words of the layout, so that what is found in it can be marked there.
fn shows(layout: &Layout, prose: &Prose) -> Result<(), TestCaseError> {
    let mut places: Vec<Span> = layout.runs().iter().map(|run| run.origin).collect();
    places.sort();
    for (at, character) in prose.text().char_indices().filter(|(_, character)| !character.is_whitespace()) {
        let place = prose.original(Span::new(at, at + character.len_utf8()));
        let before = places.partition_point(|span| span.start <= place.start);
        let is_shown = places[..before].iter().rev().any(|span| span.covers(place));
        prop_assert!(is_shown, "{character:?} at {place:?} is not in {places:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn all_prose_is_shown(draft in drafts()) {
        for format in [Format::Markdown, Format::Html, Format::Plain] {
            let manuscript = Manuscript::read(format, draft.as_bytes());
            if let Ok(manuscript) = manuscript {
                shows(&Layout::of_text(format, &draft), &manuscript.prose)?;
            }
        }
    }

    #[test]
    fn words_that_are_copied_are_those_of_the_file(draft in drafts()) {
        for format in [Format::Markdown, Format::Html, Format::Plain] {
            let layout = Layout::of_text(format, &draft);
            for run in layout.runs() {
                prop_assert!(run.origin.end as usize <= draft.len());
            }
        }
    }
}
