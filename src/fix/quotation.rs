//! Whether words are quoted: between quotation marks of any kind, or in a passage that is set off as quoted.

use std::cell::OnceCell;

use crate::assessment::Draft;
use crate::draft::{Block, BlockKind, Format, Layout};
use crate::text::Span;

/// The passages of a draft that quote somebody.
pub(super) struct Quotations<'d> {
    draft: &'d Draft<'d>,
    /// Words in blocks that are set off as quoted, in the file. The whole draft is read again for them, once, and only
    /// where nothing else keeps words from being replaced.
    set_off: OnceCell<Vec<Span>>,
}

impl<'d> Quotations<'d> {
    pub(super) fn of(draft: &'d Draft<'d>) -> Self {
        Self { draft, set_off: OnceCell::new() }
    }

    /// Whether words at a place of the prose stand between quotation marks. In doubt they do: a mark that is opened and not
    /// closed in its paragraph goes on.
    pub(super) fn is_in_marks(&self, words: Span) -> bool {
        let block = self.draft.prose.block(words);
        let text = self.draft.prose.text();
        let before = Span { start: block.start, end: words.start }.of(text);
        let after = Span { start: words.end, end: block.end }.of(text);
        is_between(before, after)
    }

    /// Whether words at a place of the prose stand in a block that is set off as quoted, or in an element that quotes.
    pub(super) fn is_in_block(&self, words: Span) -> bool {
        // A draft that was read has a format.
        let Ok(format) = Format::of(&self.draft.file.path.to_string_lossy()) else { return true };
        let text = &self.draft.file.text;
        let place = self.draft.prose.original(words);
        let set_off = self.set_off.get_or_init(|| {
            let mut spans = Vec::new();
            collect(&Layout::of_text(format, text).blocks, false, &mut spans);
            spans
        });
        format == Format::Html && is_in_element(text, place) || set_off.iter().any(|it| it.overlaps(place))
    }
}

/// The words of all blocks that are set off as quoted, or lie in one that is.
fn collect(blocks: &[Block], is_quoted: bool, into: &mut Vec<Span>) {
    for block in blocks {
        let is_quoted = is_quoted || block.kind == BlockKind::Quote;
        if is_quoted {
            into.extend(block.runs.iter().map(|run| run.origin));
        }
        collect(&block.blocks, is_quoted, into);
    }
}

/// Whether a place of a page lies in an element for short quotations, which has no marks of its own in the text.
fn is_in_element(page: &str, place: Span) -> bool {
    let before = page.get(..place.start as usize).unwrap_or_default();
    let last = |marks: [&str; 4]| marks.iter().filter_map(|mark| before.rfind(mark)).max();
    last(["<q>", "<q ", "<Q>", "<Q "]) > last(["</q>", "</q ", "</Q>", "</Q "])
}

fn is_between(before: &str, after: &str) -> bool {
    // Which of two guillemets opens is another matter in each language.
    let is_odd = |part: &str, marks: &[char]| !part.matches(marks).count().is_multiple_of(2);
    let kinds: [&[char]; 3] = [&['"'], &['«', '»'], &['‹', '›']];
    // Marks that do not add up in the paragraph may be anybody's.
    kinds.iter().any(|marks| is_odd(before, marks) || is_odd(after, marks)) || is_single(before)
}

/// Whether a single mark is open, which is also an apostrophe: it opens where no letter stands before it and one behind it,
/// and closes where that is the other way round.
fn is_single(before: &str) -> bool {
    let mut is_open = false;
    let mut last = ' ';
    let mut rest = before.chars().peekable();
    while let Some(character) = rest.next() {
        if character == '\'' {
            let is_led = last.is_alphanumeric() || last.is_ascii_punctuation() && last != '(' && last != '[';
            let is_followed = rest.peek().is_some_and(|next| next.is_alphanumeric() || *next == '$');
            if !is_led && is_followed {
                is_open = true;
            } else if is_led && !is_followed {
                is_open = false;
            }
        }
        last = character;
    }
    is_open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apostrophes_open_nothing_and_marks_do() {
        for (before, after, quoted) in [
            ("The mayor's plan wasn't cheap: ", " million.", false),
            ("He said: 'It cost ", " million.'", true),
            ("A 'record' of ", " million.", false),
            ("She called it \"a rise of ", "\".", true),
            ("It was \"huge\": ", " million.", false),
            ("It was ", " million, \"huge.", true),
            ("«Wir haben ", "»", true),
            ("«Wir haben» ", "", false),
            ("The workers' share was ", "", false),
        ] {
            assert_eq!(is_between(before, after), quoted, "{before}|{after}");
        }
    }
}
