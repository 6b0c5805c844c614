//! Quotes in drafts: Markdown, plain text and HTML.
//!
//! The first line is the quote, the rest the draft. Nothing may panic; places lie inside prose and file, on whole
//! characters; and a block of the prose, quoted, is found.
#![no_main]

use factcheck::draft::{Prose, Quote};
use factcheck::text::Span;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (quote, draft) = text.split_once('\n').unwrap_or((text, ""));
    let quote = Quote::new(quote);
    for prose in [Prose::markdown(draft), Prose::plain(draft), Prose::html(draft)] {
        let assert_placed = |span: Span| {
            assert!(prose.text().get(span.range()).is_some(), "{span:?} lies outside of the prose");
            let origin = prose.original(span);
            assert!(draft.get(origin.range()).is_some(), "{origin:?} lies outside of the file");
        };
        let found = prose.find(&quote);
        for &span in found.spans() {
            assert!(!span.is_empty(), "a quote that is found has words");
            assert_placed(span);
            let (sentence, block) = (prose.sentence(span), prose.block(span));
            assert!(sentence.covers(span), "{sentence:?} is not the sentence around {span:?}");
            assert!(block.covers(span), "{block:?} is not the block around {span:?}");
            assert!(
                !prose.find_within(block, &quote).spans().is_empty(),
                "what is found is found in its block"
            );
        }
        if let Some(closest) = prose.closest(&quote) {
            assert_placed(closest.span);
        }
        let first = prose.block(Span::new(0, 0)).of(prose.text());
        // Cells of a table row are apart, and no quote runs over them.
        if !first.is_empty() && !first.contains('\t') {
            let found = prose.find(&Quote::new(first));
            assert!(!found.spans().is_empty(), "the block {first:?} is not found in its own draft");
        }
    }
});
