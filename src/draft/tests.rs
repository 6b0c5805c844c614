//! What must hold for any draft.

use proptest::prelude::*;

use super::{Found, Prose, Quote};
use crate::text::Span;

/// Pieces that drafts are made of, well formed and not.
const PIECES: &[&str] = &[
    "word ",
    "the ",
    "117,000 ",
    "2.5%",
    "−5",
    "10–12 ",
    " -- ",
    "—",
    "---\n",
    "+++\n",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "  ",
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "[",
    "](",
    ")",
    "!",
    "<!--",
    "-->",
    "<b>",
    "<sup>",
    "</sup>",
    "<br>",
    "&amp;",
    "&nbsp;",
    "&mdash;",
    "&acE;",
    "&#0;",
    "\\",
    "|",
    "|---|\n",
    "| a | b |\n",
    "# ",
    "> ",
    "- ",
    "1. ",
    "[^1]",
    "[^1]: ",
    "~~",
    "“",
    "’",
    "…",
    "\u{a0}",
    "\u{2009}",
    "\u{ad}",
    "\u{200b}",
    "\u{feff}",
    "e\u{301}",
    "😀",
    "👩\u{200d}🚀",
    "日本",
    "é",
    "\u{2011}",
    "\0",
    "~",
    "    ",
    "www.x.org/12",
    "<p>",
    "</p>",
    "<div hidden>",
    "</div>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<code>",
    "</code>",
    "<script>",
    "</script>",
    "<li>",
    "&#160;",
    "&#x31;",
    "&notin",
    "\r",
    "<",
    "&",
];

/// Drafts of all sorts.
pub(super) fn drafts() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

/// A character boundary of `text`, at about that part of its length.
fn boundary(text: &str, part: u16) -> usize {
    text.floor_char_boundary(text.len() * usize::from(part) / usize::from(u16::MAX))
}

fn folded(text: &str) -> String {
    Quote::new(text).folded().to_owned()
}

/// Character by character, what stands in the file is what was read, or markup that stands for it; comments and code stand
/// there in order.
pub(super) fn leads_back(prose: &Prose, file: &str) -> Result<(), TestCaseError> {
    let mut last = 0;
    for (at, character) in prose.text().char_indices() {
        let place = prose.original(Span::new(at, at + character.len_utf8()));
        let written = file.get(place.range());
        prop_assert!(written.is_some() && place.start >= last, "{at} {character:?} → {place:?}");
        last = place.start;
        let written = written.unwrap_or_default();
        let same = match character {
            '\n' | '\t' => written.is_empty(),
            ' ' => true,
            '.' => matches!(written, "." | "…") || written.starts_with('&'),
            // `\0` is no character of Markdown.
            _ => {
                written.starts_with('&')
                    || folded(written) == folded(&character.to_string())
                    || written == "\0"
            }
        };
        prop_assert!(same, "{at} {character:?} → {written:?}");
    }
    let mut last = (0, 0);
    for comment in prose.comments() {
        prop_assert!(comment.in_file.of(file).starts_with("<!--"), "{comment:?}");
        prop_assert!(comment.in_file.start >= last.0 && comment.at >= last.1, "{comment:?}");
        prop_assert!(prose.text().is_char_boundary(comment.at as usize), "{comment:?}");
        last = (comment.in_file.end, comment.at);
    }
    let mut end = 0;
    for code in prose.code() {
        prop_assert!(
            code.start >= end && file.get(code.range()).is_some_and(|code| !code.is_empty()),
            "{code:?}"
        );
        end = code.end;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn spans_lead_back_into_the_file(draft in drafts(), one: u16, other: u16) {
        for prose in [Prose::markdown(&draft), Prose::plain(&draft), Prose::html(&draft)] {
            let text = prose.text();
            let (start, end) = (boundary(text, one.min(other)), boundary(text, one.max(other)));
            let span = Span::new(start, end);
            let back = prose.original(span);
            prop_assert!(draft.get(back.range()).is_some(), "{:?} → {:?}", span, back);
            leads_back(&prose, &draft)?;
        }
    }

    #[test]
    fn any_passage_of_a_block_is_found_where_it_stands(draft in drafts(), one: u16, other: u16) {
        for prose in [Prose::markdown(&draft), Prose::plain(&draft), Prose::html(&draft)] {
            let text = prose.text();
            let line = prose.block(Span::new(boundary(text, one), boundary(text, one)));
            let block = line.of(text);
            let words: Vec<_> = block.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
            let (Some(first), Some(last)) = (words.first(), words.get(words.len() * usize::from(other) / 65536)) else { continue };
            let start = first.as_ptr() as usize - text.as_ptr() as usize;
            let end = last.as_ptr() as usize + last.len() - text.as_ptr() as usize;
            let span = Span::new(start, end);
            let found = prose.find(&Quote::new(span.of(text)));
            // Ends inside "117 000" with a no-break space are no ends, and neither is a dash beside a dash.
            let whole = prose.is_whole(span);
            prop_assert!(!whole || found.spans().iter().any(|found| found.covers(span)), "{:?} in {:?}", span.of(text), text);
            prop_assert!(!whole || prose.find_within(span, &Quote::new(span.of(text))) != Found::None);
            for span in found.spans() {
                prop_assert!(prose.is_whole(*span) && !span.of(text).contains('\n'));
            }
            prop_assert!(prose.block(span).covers(prose.sentence(span)) && prose.sentence(span).covers(span) || block.contains('\t'));
        }
    }

    #[test]
    fn folding_twice_is_folding_once(text in drafts()) {
        let once = folded(&text);
        prop_assert_eq!(folded(&once), once);
    }

    #[test]
    fn looking_for_anything_ends(draft in drafts(), quote in drafts()) {
        let quote = Quote::new(&quote);
        for prose in [Prose::markdown(&draft), Prose::html(&draft)] {
        for span in prose.find(&quote).spans() {
            prop_assert!(!span.is_empty() && draft.get(prose.original(*span).range()).is_some());
        }
        if let Some(closest) = prose.closest(&quote) {
            prop_assert!(!closest.span.of(prose.text()).is_empty());
            if let Some(differs) = closest.differs {
                prop_assert!(closest.span.covers(differs.drafted), "{:?} {:?}", closest.span, differs.drafted);
            }
        }
        }
    }
}

fn places(draft: &str, quote: &str) -> Vec<String> {
    let prose = Prose::markdown(draft);
    let spans = prose.find(&Quote::new(quote)).spans().to_vec();
    spans.into_iter().map(|span| prose.original(span).of(draft).to_owned()).collect()
}

#[test]
fn a_quote_is_matched_as_a_reader_sees_it() {
    let draft = "It rose **only** by a [little more](http://x.org/5%) than 5%, from\n  “$9&nbsp;billion” — then 9–10.";
    assert_eq!(
        places(draft, "only by a little more than 5%"),
        ["only** by a [little more](http://x.org/5%) than 5%"]
    );
    assert_eq!(places(draft, "than 5%, from \"$9 billion\""), ["than 5%, from\n  “$9&nbsp;billion”"]);
    assert_eq!(places(draft, "billion\" -- then 9-10"), ["billion” — then 9–10"]);
    assert_eq!(places(draft, "rose **only** by"), ["rose **only** by"]);
    assert_eq!(places(draft, "rose\nonly by"), ["rose **only** by"]);
    assert_eq!(places(draft, "it rose"), [""; 0]);
}

#[test]
fn a_quote_neither_begins_nor_ends_inside_a_number() {
    assert_eq!(places("some 117,000 people", "117"), [""; 0]);
    assert_eq!(places("by 2.5% in all", "5%"), [""; 0]);
    assert_eq!(places("the 112,700 there", "12,700"), [""; 0]);
    assert_eq!(places("2.5%, then 5%.", "5%"), ["5%"]);
    assert_eq!(places("in 117\u{a0}000 homes", "in 117"), [""; 0]);
    assert_eq!(places("in 117\u{a0}000 homes", "in 117 000"), ["in 117\u{a0}000"]);
    assert_eq!(places("in 2024 300 people", "in 2024"), ["in 2024"]);
    assert_eq!(places("21 1 1", "1 1"), ["1 1"]);
}

#[test]
fn a_quote_does_not_cross_blocks_and_may_stand_twice() {
    assert_eq!(places("# Five rose\n\nby ten", "rose by"), [""; 0]);
    assert_eq!(places("It rose 5%.\n\nAgain it rose 5%.", "rose 5%").len(), 2);
    assert_eq!(places("| a | b |\n|--|--|\n| March | 12,300 |", "March 12,300"), ["March | 12,300"]);
    assert_eq!(places("text", "  "), [""; 0]);
}

#[test]
fn words_are_found_within_a_passage_only() {
    let draft = "Up 5% — no, 2.5% — and then up 5% again.";
    let prose = Prose::plain(draft);
    let Found::Once(passage) = prose.find(&Quote::new("2.5% – and then up 5%")) else { panic!() };
    let found = prose.find_within(passage, &Quote::new("5%"));
    assert_eq!(found, Found::Once(Span::new(draft.rfind("5%").unwrap(), draft.rfind("5%").unwrap() + 2)));
    assert_eq!(prose.find_within(passage, &Quote::new("again")), Found::None);
    assert_eq!(prose.find_within(Span::new(5, 9000), &Quote::new("up")), Found::None);
}

#[test]
fn hostile_markup_takes_linear_time() {
    for piece in [
        "[", "*", "*a_ ", "> ", "![](", "`", "<!--", "[^1]: ", "&", "|", "- ", "<a", "\\", "~~", "[a](b",
        "\n> ",
    ] {
        let draft = piece.repeat(200_000 / piece.len());
        for prose in [Prose::markdown(&draft), Prose::html(&draft)] {
            prose.find(&Quote::new("a 5% b"));
            prose.closest(&Quote::new("a 5% b"));
        }
    }
}
