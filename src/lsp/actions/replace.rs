//! Put words that fit in the place of those that do not, in the draft and in the rules that quote them.

use std::path::Path;

use lsp_types::CodeAction;

use super::{Asked, Edit, short};
use crate::engine::toml_text;
use crate::hedge::{Verdict, Widths, fitting_words};
use crate::lsp::newsroom::Newsroom;
use crate::lsp::sheet::{Drafted, JudgedSheet, Sheet};
use crate::number::Reading;
use crate::text::Span;

const MENDS: [&str; 7] = [
    "value-refuted",
    "value-truncated",
    "coarse-rounding",
    "hedge-stretched",
    "hedge-understates",
    "hedge-dropped",
    "value-undecided",
];

pub(super) fn actions(newsroom: &mut Newsroom<'_>, asked: &Asked<'_>) -> Vec<CodeAction> {
    let mut offers = Vec::new();
    let sheets = newsroom.sheets_of(asked.path);
    for (_, sheet) in &sheets {
        let Some(draft) = &sheet.draft else { continue };
        for claim in &sheet.claims {
            let Some(judged) = &claim.judged else { continue };
            let place = draft.in_file(judged.words);
            let words = judged.words.of(draft.prose.text());
            if !asked.touches(place) || !is_plain(place.of(&asked.document.text), words) {
                continue;
            }
            for text in replacements(draft, claim.verdict, judged, sheet.widths) {
                let edits = sheets.iter().map(|(desk, sheet)| quotes(desk, sheet, judged.words, &text));
                if let Some(quotes) = edits.collect::<Option<Vec<_>>>() {
                    let in_draft = Edit { path: asked.path.to_owned(), span: place, text: text.clone() };
                    let title = format!("Replace “{}” by “{}”", short(words), short(&text));
                    offers.push((title, quotes.into_iter().flatten().chain([in_draft]).collect::<Vec<_>>()));
                }
            }
        }
    }
    offers.into_iter().filter_map(|(title, edits)| asked.action(newsroom, title, edits, &MENDS)).collect()
}

fn replacements(draft: &Drafted, verdict: Verdict, judged: &JudgedSheet, widths: Widths) -> Vec<String> {
    let is_wrong = verdict == Verdict::Refuted || judged.warned;
    let mut found = if is_wrong { fitting(draft, judged, widths) } else { Vec::new() };
    let words = judged.words.of(draft.prose.text());
    found.extend(judged.dropped.iter().map(|hedge| format!("{hedge} {words}")));
    found
}

/// Words that the value would fit, in the manner of those written.
fn fitting(draft: &Drafted, judged: &JudgedSheet, widths: Widths) -> Vec<String> {
    let Some((mention, value)) = judged.mention.zip(judged.point) else { return Vec::new() };
    let Reading::One(written) = mention.reading else { return Vec::new() };
    let text = mention.span.of(draft.prose.text());
    fitting_words(value, text, mention.hedge, &written, &widths)
}

/// Whether words stand in the file as they are read, but for white space: with markup in them, replacing them could break
/// it.
fn is_plain(in_file: &str, words: &str) -> bool {
    in_file.split_whitespace().eq(words.split_whitespace())
}

/// The edits after which the claims of a story quote the new words; `None` where a quote would no longer say which place is
/// meant.
fn quotes(rules: &Path, sheet: &Sheet, words: Span, by: &str) -> Option<Vec<Edit>> {
    let Some(draft) = &sheet.draft else { return Some(Vec::new()) };
    let mut edits = Vec::new();
    for claim in &sheet.claims {
        let Some(judged) = claim.judged.as_ref().filter(|judged| judged.quote.overlaps(words)) else {
            continue;
        };
        if claim.has_occurrence {
            return None;
        }
        let text = draft.prose.text();
        let before = Span { start: judged.quote.start, end: words.start.max(judged.quote.start) }.of(text);
        let after = Span { start: words.end.min(judged.quote.end), end: judged.quote.end }.of(text);
        let quote = format!("{before}{by}{after}");
        if let Some(span) = claim.says_span.filter(|_| judged.words == words) {
            // What is said stands in the quote once.
            if quote.matches(by).count() != 1 {
                return None;
            }
            edits.push(Edit { path: rules.to_owned(), span, text: toml_text(by) });
        }
        edits.push(Edit { path: rules.to_owned(), span: claim.quote_span, text: toml_text(&quote) });
    }
    Some(edits)
}
