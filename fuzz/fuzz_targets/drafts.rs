//! Drafts in every format, from the bytes of a file.
//!
//! The first byte chooses the format, the rest is the file; for Word it is either the whole file or the XML of its body. Nothing
//! may panic; what is refused has its remedy; and all of the prose, each character, comment and piece of code leads back to a
//! place in the text, in order.
#![no_main]

use std::io::Write;

use factcheck::draft::{Format, Manuscript, Quote};
use factcheck::text::Span;
use libfuzzer_sys::fuzz_target;
use rawzip::{DataDescriptorOutput, ZipArchiveWriter, crc32};

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, file)) = bytes.split_first() else { return };
    let (format, file) = match choice % 5 {
        0 => (Format::Markdown, file.to_vec()),
        1 => (Format::Plain, file.to_vec()),
        2 => (Format::Html, file.to_vec()),
        3 => (Format::Docx, file.to_vec()),
        _ => (Format::Docx, document(file)),
    };
    let manuscript = match Manuscript::read(format, &file) {
        Ok(manuscript) => manuscript,
        Err(error) => return assert!(!error.help().is_empty(), "{error} has no remedy"),
    };
    assert_placed(&manuscript);
    let text = manuscript.prose.text();
    let first = manuscript.prose.block(Span::new(0, 0)).of(text);
    manuscript.prose.find(&Quote::new(first));
    if format != Format::Docx {
        assert_eq!(manuscript.text.as_bytes(), file, "findings point into the file itself");
    }
});

/// A Word document with this body.
fn document(body: &[u8]) -> Vec<u8> {
    const BEGIN: &[u8] =
        b"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";
    let xml = [BEGIN, body, b"</w:body></w:document>"].concat();
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    let (mut entry, _) =
        archive.new_file("word/document.xml").start().expect("memory takes what it is given");
    entry.write_all(&xml).expect("memory takes what it is given");
    let size = DataDescriptorOutput::new(crc32(&xml), xml.len() as u64);
    entry.finish(size).expect("memory takes what it is given");
    archive.finish().expect("memory takes what it is given");
    bytes
}

fn assert_placed(manuscript: &Manuscript) {
    let Manuscript { text, prose, .. } = manuscript;
    let mut last = 0;
    for (at, character) in prose.text().char_indices() {
        let place = prose.original(Span::new(at, at + character.len_utf8()));
        assert!(text.get(place.range()).is_some(), "{character:?} lies outside of the text, at {place:?}");
        assert!(place.start >= last, "{character:?} at {at} stands before what was read before it");
        last = place.start;
    }
    let mut last = (0, 0);
    for comment in prose.comments() {
        assert!(text.get(comment.in_file.range()).is_some(), "{comment:?} lies outside of the text");
        assert!(prose.text().is_char_boundary(comment.at as usize), "{comment:?} lies outside of the prose");
        assert!((comment.in_file.start, comment.at) >= last, "{comment:?} is out of order");
        last = (comment.in_file.end, comment.at);
    }
    let mut end = 0;
    for code in prose.code() {
        assert!(
            text.get(code.range()).is_some() && code.start >= end,
            "{code:?} lies outside, or out of order"
        );
        end = code.end;
    }
}
