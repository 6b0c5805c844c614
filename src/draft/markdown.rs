//! Markdown: which parts of the file are prose.

mod simple;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::fold::Folded;
use super::raised::is_ordinal_ending;

/// `CommonMark` with the extensions that newsrooms' editors share. Front matter is found here instead: the parser would take
/// any two rules of hyphens for one, and lose the prose between them.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_TASKLISTS);

/// Folds the prose of a Markdown file. Code, HTML (its tags, comments and blocks), link targets, image addresses, footnote
/// marks and front matter are no prose; the text of links and the captions of images are, and so is text struck through.
pub(super) fn fold(original: &str) -> Folded {
    let mut folded = Folded::with_capacity(original.len());
    let start = simple::fold_leading(&mut folded, original, front_matter(original));
    parse(&mut folded, original, start);
    folded.finish()
}

/// Folds what stands from byte `start` on, the beginning of a block.
fn parse(folded: &mut Folded, original: &str, start: usize) {
    let body = original.get(start..).unwrap_or_default();
    if body.is_empty() {
        return;
    }
    let mut hidden = false;
    let mut raised = false;
    for (event, range) in Parser::new_ext(body, OPTIONS).into_offset_iter() {
        let range = range.start + start..range.end + start;
        match event {
            Event::Text(_) if hidden => {}
            Event::Text(text) if raised && !is_ordinal_ending(&folded.text, &text) => {}
            Event::Text(text) => match original.get(range.clone()) {
                Some(written) if written == &*text => folded.copy(written, range.start),
                _ => folded.replace(&text, &range),
            },
            // A break of "\r\n" or with indentation is one plain space: only a no-break space is longer than a byte.
            Event::SoftBreak | Event::HardBreak => folded.space(range.start..range.start + 1),
            // Words to both sides of code must not grow together.
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                folded.code.push(range.clone().into());
                folded.space(plain(range));
            }
            Event::InlineHtml(tag) => match Markup::of(&tag) {
                Markup::Break => folded.space(plain(range)),
                Markup::RaisedStart => raised = true,
                Markup::RaisedEnd => raised = false,
                Markup::Comment => folded.comment(range),
                Markup::Other => {}
            },
            Event::Start(tag @ (Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_))) => {
                hidden = true;
                folded.end_block();
                if matches!(tag, Tag::CodeBlock(_)) {
                    folded.code.push(range.into());
                } else {
                    comments(folded, original, range);
                }
            }
            Event::End(TagEnd::TableCell) => {
                raised = false;
                folded.end_cell();
            }
            Event::Start(tag) if !is_inline(tag.to_end()) => folded.end_block(),
            Event::End(tag) if !is_inline(tag) => {
                hidden = false;
                raised = false;
                folded.end_block();
            }
            Event::Rule => folded.end_block(),
            Event::Start(_)
            | Event::End(_)
            | Event::Html(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }
}

/// Collects the comments of a block of HTML.
fn comments(folded: &mut Folded, original: &str, block: Range<usize>) {
    let mut at = block.start;
    while let Some(rest) = original.get(at..block.end)
        && let Some(start) = rest.find("<!--")
        && let Some(length) = rest.get(start + 4..).and_then(|inner| inner.find("-->"))
    {
        let start = at + start;
        at = start + 4 + length + 3;
        folded.comment(start..at);
    }
}

/// Whether an element stands in running text. An image does not: its caption is read apart.
fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::TableCell
    )
}

/// The place of a space that is not a no-break space.
fn plain(range: Range<usize>) -> Range<usize> {
    range.start..range.end.min(range.start + 1)
}

/// What a tag inside a paragraph does to its text.
enum Markup {
    /// A line break.
    Break,
    /// The beginning of raised text: "12,300<sup>1</sup>" is not 123,001.
    RaisedStart,
    /// The end of raised text.
    RaisedEnd,
    /// A comment.
    Comment,
    /// Nothing that a reader of the text would see.
    Other,
}

impl Markup {
    fn of(tag: &str) -> Self {
        let begins = |with: &str| tag.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
        if begins("<br") {
            Self::Break
        } else if begins("<sup>") || begins("<sup ") {
            Self::RaisedStart
        } else if begins("</sup") {
            Self::RaisedEnd
        } else if begins("<!--") {
            Self::Comment
        } else {
            Self::Other
        }
    }
}

/// Where the prose can begin: past a byte order mark and past front matter, which is what stands between a first line
/// `---` (YAML) or `+++` (TOML) and the next such line.
pub(super) fn front_matter(original: &str) -> usize {
    let mark = if original.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = original.get(mark..).unwrap_or_default().split_inclusive('\n');
    let Some(fence) = lines.next() else { return mark };
    let mut end = mark + fence.len();
    let fence = fence.trim_end();
    if fence != "---" && fence != "+++" {
        return mark;
    }
    for (number, line) in lines.enumerate() {
        end += line.len();
        let line = line.trim_end();
        if line == fence || (line == "..." && fence == "---") {
            return end;
        }
        // A rule above a first paragraph is not followed by keys.
        if number == 0 && line.is_empty() {
            return mark;
        }
    }
    mark
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Span;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn simple_blocks_fold_as_the_parser_has_them(draft in super::super::tests::drafts(), plain in "([a-z5.)#=$%:+\\-] ?|\r?\n){0,80}") {
            for draft in [plain.clone() + "\n" + &draft, plain] {
                let start = front_matter(&draft);
                let mut parsed = Folded::default();
                parse(&mut parsed, &draft, start);
                let (parsed, folded) = (parsed.finish(), fold(&draft));
                prop_assert_eq!(&parsed.text, &folded.text, "{:?}", draft);
                for (at, character) in parsed.text.char_indices().filter(|(_, character)| !character.is_whitespace()) {
                    let span = Span::new(at, at + character.len_utf8());
                    prop_assert_eq!(parsed.map.origin(span), folded.map.origin(span));
                }
            }
        }
    }

    fn text(markdown: &str) -> String {
        fold(markdown).text
    }

    #[test]
    fn front_matter_is_no_prose_and_a_rule_is_no_front_matter() {
        assert_eq!(text("---\ntitle: 5%\n---\n\nText."), "Text.");
        assert_eq!(text("\u{feff}+++\r\nn = 5\r\n+++\r\nText."), "Text.");
        assert_eq!(text("---\n\nRose 5%.\n\n---\n\nFell."), "Rose 5%.\nFell.");
        assert_eq!(text("One.\n\n---\nTwo.\n\n---\n\nThree."), "One.\nTwo.\nThree.");
        assert_eq!(text("---\ntitle: open"), "title: open");
    }

    #[test]
    fn markup_goes_and_words_stay() {
        assert_eq!(
            text("# Up *5*%\n\nA **9** [link 7](http://x.org/12) and\n~~old~~ text."),
            "Up 5%\nA 9 link 7 and old text."
        );
        assert_eq!(text("- one\n- two\n  - three\n\n> four\n> five"), "one\ntwo\nthree\nfour five");
        assert_eq!(text("![A map of 12 sites](map-3.png \"t\")"), "A map of 12 sites");
        assert_eq!(text("Rose[^1] 5%.\n\n[^1]: Of 40."), "Rose 5%.\nOf 40.");
        assert_eq!(text("See [it][a].\n\n[a]: http://x.org/99 \"title 3\""), "See it.");
    }

    #[test]
    fn code_and_html_are_no_prose() {
        assert_eq!(
            text("Run `x --n 7` 5 times.\n\n    indented 8\n\n```\nfenced 9\n```\nEnd."),
            "Run 5 times.\nEnd."
        );
        assert_eq!(
            text("12<!-- 3 -->4<br>people <b>5</b>,300<sup>1</sup>\n\n<!-- 17\n18 -->\n\nEnd."),
            "124 people 5,300\nEnd."
        );
        assert_eq!(text("Open <sup>1\n\nEnd."), "Open\nEnd.");
        assert_eq!(text("The 21<sup>st</sup> of 9<sup>a</sup>"), "The 21st of 9");
    }

    #[test]
    fn comments_and_code_are_kept_with_their_places() {
        let draft = "One <!-- a\nb --> `two` 5%. <!-- c -->\n\n<!-- d --> x\n<!--\ne-->\n\n    <!-- code -->\n\nSix\n\n<!-- f -->";
        let folded = fold(draft);
        assert_eq!(folded.text, "One 5%.\nSix");
        let comments: Vec<_> = folded.comments.iter().map(|it| (it.words(draft), it.at)).collect();
        assert_eq!(comments, [("a\nb", 3), ("c", 7), ("d", 8), ("e", 8), ("f", 11)]);
        let code: Vec<&str> = folded.code.iter().map(|span| span.of(draft).trim()).collect();
        assert_eq!(code, ["`two`", "<!-- code -->"]);
    }

    #[test]
    fn entities_and_escapes_are_read() {
        assert_eq!(text(r"AT&amp;T&nbsp;\$5 &mdash; 7\* &#8211; &lt;b&gt;"), "AT&T $5 — 7* – <b>");
    }

    #[test]
    fn a_table_row_is_a_block_of_cells() {
        assert_eq!(
            text("| Year | Count |\n|---|--:|\n| 2024 | 12,700 |\n| 2025 | |\n\nEnd."),
            "Year\tCount\n2024\t12,700\n2025\nEnd."
        );
    }
}
