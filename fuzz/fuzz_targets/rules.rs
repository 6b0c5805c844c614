//! Rule files and settings: decoded with all their mistakes.
//!
//! Nothing may panic, each complaint must lie inside the file, and a parser whose buffers have served another file must
//! read this one as a new parser does.
#![no_main]

use factcheck::claim::{Complaint, Head, Parser, Settings, decode, head, utf8};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    assert_ne!(head(bytes, true), Head::Unclear, "a whole file is a story or a library");
    let text = match utf8(bytes) {
        Ok(text) => text,
        // The byte that is wrong; there is no text whose characters it could be held against.
        Err(complaint) => {
            return assert!(complaint.span.end as usize <= bytes.len(), "{complaint:?} lies outside");
        }
    };
    let mut parser = Parser::new();
    let decoded = decode(&mut parser, text);
    for complaint in &decoded.complaints {
        assert_inside(complaint, text);
    }
    for refused in &decoded.refused {
        assert!(text.get(refused.span.range()).is_some(), "{refused:?} lies outside of the file");
    }
    let again = decode(&mut parser, text);
    assert_eq!(decoded.complaints, again.complaints, "buffers that are used again make no difference");
    assert_eq!(decoded.refused, again.refused, "buffers that are used again make no difference");
    if let Err(complaints) = Settings::parse(text) {
        assert!(!complaints.is_empty(), "settings are refused for a reason");
        complaints.iter().for_each(|complaint| assert_inside(complaint, text));
    }
});

/// The end of the file counts as inside: what is missing is missing there.
fn assert_inside(complaint: &Complaint, text: &str) {
    for span in
        [Some(complaint.span), complaint.related.as_ref().map(|(span, _)| *span)].into_iter().flatten()
    {
        assert!(
            span.start <= span.end && span.end as usize <= text.len(),
            "{complaint:?} lies outside of the file"
        );
        let is_apart = [span.start, span.end].iter().all(|&at| text.is_char_boundary(at as usize));
        assert!(is_apart, "{complaint:?} lies inside a character");
    }
}
