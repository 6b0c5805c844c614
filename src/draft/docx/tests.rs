use proptest::prelude::*;

use super::super::tests::leads_back;
use super::super::{Format, Manuscript};
use super::*;
use crate::packed::archive;
use crate::text::Span;

const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// A document with this body.
pub(in super::super) fn document(body: &str) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document {WORD}><w:body>{body}</w:body></w:document>");
    archive(&[("word/document.xml", document.as_bytes())])
}

/// A document's text, and its prose.
fn read_body(body: &str) -> (String, String) {
    let (text, folded) = read(&document(body)).unwrap();
    (text, folded.text)
}

fn prose(body: &str) -> String {
    read_body(body).1
}

#[test]
fn runs_make_words_and_paragraphs_make_lines() {
    let body = "<w:p><w:pPr><w:pStyle w:val='Title'/><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>\
        <w:r><w:rPr><w:b/></w:rPr><w:t>Budg</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:t xml:space='preserve'>et </w:t>\
        </w:r><w:hyperlink r:id='x'><w:r><w:t>rose</w:t></w:r></w:hyperlink></w:p>\n<w:p/>\n<w:p><w:r><w:t>By</w:t><w:tab/>\
        <w:t>5&#160;%,</w:t><w:br/><w:t>AT&amp;T</w:t><w:noBreakHyphen/><w:t>1</w:t><w:softHyphen/><w:t> 2 </w:t></w:r></w:p>";
    let (text, prose) = read_body(body);
    assert_eq!(text, "Budget rose\n\nBy\t5\u{a0}%, AT&T\u{2011}1\u{ad}2\n");
    assert_eq!(prose, "Budget rose\nBy 5 %, AT&T-12");
}

#[test]
fn places_lead_back_to_paragraph_and_character() {
    let (text, folded) = read(&document(
        "<w:p/><w:p><w:r><w:t>It rose</w:t></w:r><w:r><w:br/><w:t>5</w:t></w:r><w:r><w:t>%.</w:t></w:r></w:p>",
    ))
    .unwrap();
    let at = folded.text.find("5%").unwrap();
    let place = folded.map.origin(Span::new(at, at + 2));
    assert_eq!(place.of(&text), "5%");
    let position = crate::text::LineIndex::new(&text).position(&text, place.start as usize);
    assert_eq!((position.line, position.column), (2, 9));
}

#[test]
fn what_nobody_sees_is_no_prose() {
    assert_eq!(
        prose(
            "<w:p><w:r><w:t>A</w:t></w:r><w:del><w:r><w:delText>1</w:delText></w:r></w:del><w:ins><w:r><w:t>B</w:t></w:r>\
             </w:ins><w:moveFrom><w:r><w:t>2</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>C</w:t></w:r></w:moveTo>\
             <w:r><w:rPr><w:vanish/></w:rPr><w:t>3</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>D</w:t></w:r>\
             <w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>E</w:t></w:r>\
             <w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>4</w:t></w:r><w:r><w:t>F 21</w:t></w:r>\
             <w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>st</w:t></w:r>\
             <w:r><w:footnoteReference w:id='2'/><w:commentReference w:id='0'/></w:r>\
             <w:r><w:ruby><w:rt><w:r><w:t>5</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>G</w:t></w:r></w:rubyBase></w:ruby></w:r>\
             <m:oMath xmlns:m='m'><m:r><m:t>6</m:t></m:r></m:oMath></w:p><w:sectPr/>"
        ),
        "ABCDEF 21stG"
    );
}

#[test]
fn what_fields_show_is_prose_and_their_codes_are_not() {
    let begin = "<w:r><w:fldChar w:fldCharType='begin'/></w:r>";
    let separate = "<w:r><w:fldChar w:fldCharType='separate'/></w:r>";
    let end = "<w:r><w:fldChar w:fldCharType='end'/></w:r>";
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let code = "<w:r><w:instrText>IF 1</w:instrText></w:r>";
    assert_eq!(
        prose(&format!(
            "<w:p>{}{begin}{code}{begin}{code}{separate}{}{end}{separate}{}{end}<w:fldSimple w:instr='PAGE 2'>{}</w:fldSimple></w:p>",
            run("A"),
            run("3"),
            run("B"),
            run("C")
        )),
        "ABC"
    );
    // Word shows what follows a field without an end.
    assert_eq!(prose(&format!("<w:p>{begin}{code}{}</w:p><w:p>{end}{end}{}</w:p>", run("A"), run("B"))), "B");
    assert_eq!(prose(&format!("<w:p>{begin}{code}{}</w:p><w:p>{}</w:p>", run("A"), run("B"))), "A\nB");
    assert_eq!(prose(&format!("<w:p>{separate}{end}{}</w:p>", run("A"))), "A");
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn a_table_row_is_a_block_of_cells() {
    let cell = |content: &str| format!("<w:tc><w:tcPr><w:tcW w:w='5'/></w:tcPr>{content}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{}</w:tr>", cells.concat());
    let table = |rows: &[String]| format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.concat());
    let nested = table(&[row(&[cell(&p("x")), cell(&p("y"))])]);
    let body = [
        p("Before"),
        table(&[
            row(&[cell(&p("March")), cell(&p("12,300")), cell("<w:p/>")]),
            row(&[cell("<w:p/>"), cell(&p("5")), cell(&(p("a") + &p("b"))), cell(&p("c"))]),
            row(&[cell(&nested), cell(&p("z"))]),
        ]),
        p("After"),
    ]
    .concat();
    let (text, prose) = read_body(&body);
    assert_eq!(prose, "Before\nMarch\t12,300\n5\ta\nb\nc\nx\ty\nz\nAfter");
    assert_eq!(text, "Before\nMarch\n12,300\n\n\n5\na\nb\nc\nx\ny\nz\nAfter\n");
}

#[test]
fn text_boxes_are_read_once_and_after_the_running_text() {
    let boxed = |text: &str| {
        format!(
            "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>",
            p(text)
        )
    };
    let body = format!(
        "<w:p><w:r><w:t>One </w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'>{}</mc:Choice><mc:Fallback>{}\
         </mc:Fallback></mc:AlternateContent></w:r><w:r><w:rPr><w:vanish/></w:rPr>{}<w:t>hidden</w:t></w:r>\
         <w:r><w:t>two.</w:t></w:r></w:p>{}",
        boxed("Box"),
        boxed("Box"),
        boxed("Other"),
        p("Three.")
    );
    assert_eq!(read_body(&body).0, "Onetwo.\nThree.\nBox\nOther\n");
}

#[test]
fn a_deleted_paragraph_mark_joins_two_paragraphs() {
    let gone = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>";
    assert_eq!(
        read_body(&format!(
            "<w:p>{gone}<w:r><w:t xml:space='preserve'>It rose </w:t></w:r></w:p>{}",
            p("5%.")
        ))
        .0,
        "It rose 5%.\n"
    );
    assert_eq!(read_body(&format!("<w:p>{gone}<w:r><w:t>End</w:t></w:r></w:p>")).0, "End\n");
}

#[test]
fn notes_follow_and_parts_are_found_where_the_package_says() {
    let relationship = |kind: &str, target: &str| {
        format!(
            "<Relationship Id='r' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}' Target='{target}'/>"
        )
    };
    let list = |entries: &str| format!("<Relationships>{entries}</Relationships>");
    let of_package = list(&relationship("officeDocument", "/word/document2.xml"));
    let of_document =
        list(&(relationship("footnotes", "notes/f.xml") + &relationship("header", "header1.xml")));
    let document =
        format!("<document {}><body><p><r><t>Text</t></r></p></body></document>", WORD.replace(":w", ""));
    let notes = format!(
        "<w:footnotes {WORD}><w:footnote w:type='separator'>{}</w:footnote><w:footnote w:id='2'>{}</w:footnote></w:footnotes>",
        p("---"),
        p("Note 5")
    );
    let package = archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", of_package.as_bytes()),
        ("word\\document2.xml", document.as_bytes()),
        ("word/_rels/document2.xml.rels", of_document.as_bytes()),
        ("word/notes/F.xml", format!("\u{feff}{notes}").as_bytes()),
        ("word/header1.xml", b"<w:hdr><w:p><w:r><w:t>6</w:t></w:r></w:p></w:hdr>"),
    ]);
    assert_eq!(read(&package).unwrap().0, "Text\nNote 5\n");
}

#[test]
fn utf_16_is_read_where_xml_allows_it() {
    let document = format!("<w:document {WORD}><w:body>{}</w:body></w:document>", p("Ça 5 €"));
    let utf16: Vec<u8> =
        "\u{feff}".encode_utf16().chain(document.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&archive(&[("word/document.xml", &utf16)])).unwrap().0, "Ça 5 €\n");
}

fn error(bytes: &[u8]) -> String {
    let error = read(bytes).unwrap_err();
    assert!(!error.help().is_empty());
    error.to_string()
}

#[test]
fn what_cannot_be_read_says_why() {
    assert_eq!(error(b"text"), "it is no Word document: it is no zip archive");
    assert_eq!(error(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), DocxError::Compound.to_string());
    assert_eq!(error(&archive(&[("a.txt", b"x")])), "it is a zip archive without a Word document in it");
    assert_eq!(
        error(&archive(&[("word/document.xml", b"<html/>")])),
        "it is a zip archive without a Word document in it"
    );
    assert_eq!(
        error(&document("<w:p>")),
        "word/document.xml in it is damaged: at byte 117, ill-formed document: expected `</w:p>`, but `</w:body>` was found"
    );
    let cut = format!("<w:document {WORD}><w:body>");
    assert_eq!(
        error(&archive(&[("word/document.xml", cut.as_bytes())])),
        "word/document.xml in it is damaged: it ends too early"
    );
    assert_eq!(
        error(&archive(&[("word/document.xml", b"<a>\xff</a>")])),
        "word/document.xml in it is damaged: byte 3 is no UTF-8"
    );
    assert_eq!(
        error(&document("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>")),
        "word/document.xml in it is damaged: &x; stands for nothing"
    );
    assert_eq!(error(&document("<w:altChunk r:id='a'/>")), DocxError::Embedded.to_string());
    let mut spoiled = document(&p("Text that is long enough to be packed, to be packed, to be packed"));
    let at = spoiled.len() / 3;
    spoiled[at] ^= 0x55;
    assert!(error(&spoiled).contains("damaged"), "{}", error(&spoiled));
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let bomb = archive(&[("word/document.xml", &vec![b' '; 1 << 20])]);
    assert!(bomb.len() < 1 << 12);
    // The size that is declared stands in the list of parts, 24 bytes into the entry.
    let declaring = |size: u32| {
        let mut bomb = bomb.clone();
        let entry = bomb.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
        bomb[entry + 24..entry + 28].copy_from_slice(&size.to_le_bytes());
        error(&bomb)
    };
    assert_eq!(declaring(1 << 20), "word/document.xml in it is damaged: it is empty");
    assert_eq!(declaring((64 << 20) + 1), "word/document.xml in it is larger than 64 MB");
    assert_eq!(declaring(u32::MAX), "word/document.xml in it is larger than 64 MB");
    assert_eq!(
        declaring(1000),
        "word/document.xml in it is damaged: it cannot be unpacked to the size that it declares"
    );
    assert_eq!(declaring(2 << 20), "word/document.xml in it is damaged: its checksum is wrong");
    // A laugh, a billion times: entities are not expanded.
    let laughs = format!(
        "<!DOCTYPE w [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><w:document {WORD}><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>"
    );
    assert!(error(&archive(&[("word/document.xml", laughs.as_bytes())])).ends_with("&b; stands for nothing"));
}

#[test]
fn nesting_costs_nothing() {
    for (open, close) in [
        ("<w:p>", "</w:p>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
        ("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:del>", "</w:del>"),
    ] {
        let body = format!("{}{}{}", open.repeat(100_000), p("5%"), close.repeat(100_000));
        read(&document(&body)).unwrap();
    }
    let fields = "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p>".repeat(100_000);
    read(&document(&fields)).unwrap();
    let attributes = (0..100_000).fold(String::new(), |list, number| list + &format!(" a{number}=''"));
    read(&document(&format!("<w:p{attributes}/>"))).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_document_leads_back(paragraphs in prop::collection::vec(prop::collection::vec(prop::sample::select(PIECES), 0..12), 0..8)) {
        let paragraphs: Vec<String> = paragraphs.iter().map(|pieces| pieces.concat()).collect();
        let body = format!("<w:p>{}</w:p>", paragraphs.join("</w:p><w:p>"));
        let document = document(&body);
        let manuscript = Manuscript::read(Format::Docx, &document).unwrap();
        leads_back(&manuscript.prose, &manuscript.text)?;
    }

    #[test]
    fn spoiled_archives_are_refused_or_read(at: prop::sample::Index, byte: u8, cut: prop::sample::Index, cuts: bool) {
        let mut bytes = document(&(p("It rose 5%.") + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"));
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if cuts {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(manuscript) = Manuscript::read(Format::Docx, &bytes) {
            leads_back(&manuscript.prose, &manuscript.text)?;
        }
    }

    #[test]
    fn any_xml_is_refused_or_read(xml in ".{0,80}|(<w:(p|r|t|tbl|tc|del|fldChar w:fldCharType='begin'|x a='')/?>|</w:(p|r|t|tbl|tc)>|5|&amp;|<!--|]]>){0,30}") {
        if let Ok(manuscript) = Manuscript::read(Format::Docx, &document(&xml)) {
            leads_back(&manuscript.prose, &manuscript.text)?;
        }
    }
}

/// What paragraphs are made of.
const PIECES: &[&str] = &[
    "<w:r><w:t xml:space='preserve'>It rose </w:t></w:r>",
    "<w:r><w:t> 5</w:t></w:r>",
    "<w:r><w:t>%, “so”&#x2014;&amp;&#10;… --</w:t></w:r>",
    "<w:r><w:t>-</w:t><w:tab/><w:br/><w:noBreakHyphen/></w:r>",
    "<w:r><w:t>&#160;</w:t><w:softHyphen/></w:r>",
    "<w:del><w:r><w:delText>6</w:delText></w:r></w:del>",
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>7</w:t></w:r>",
    "<w:r><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:r>",
    "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
    "</w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p>",
];
