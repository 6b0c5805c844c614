use proptest::prelude::*;
use rust_decimal::dec;

use crate::source::tests::{csv, figures, is, named, taken};
use crate::source::{Answer, FigureError, Format, Input, TableError, TableOptions, Take, answer};

fn sum(bytes: &[u8], format: Format) -> Result<Result<Answer, FigureError>, TableError> {
    let options = TableOptions::new(format);
    let requests = [taken(Take::Sum, "n", vec![])];
    answer(Input::Bytes(bytes), &options, &requests).map(|mut figures| figures.remove(0))
}

#[test]
fn separators_are_found_in_the_header() {
    for text in
        ["a,n\nx,1\ny,2\n", "a;n\nx;1\ny;2", "a\tn\r\nx\t1\r\ny\t2\r\n", "\"a;,\";n\nx;1\ny;2\n", "n\n1\n2\n"]
    {
        assert_eq!(sum(text.as_bytes(), Format::Csv).unwrap().unwrap().value, dec!(3), "{text:?}");
    }
    assert_eq!(sum(b"a,b\tn\nx\t3\n", Format::Tsv).unwrap().unwrap().value, dec!(3));
}

#[test]
fn encodings() {
    let utf8 = "\u{feff}n,Größe\n1\u{a0}000,x\n";
    let windows = b"n,Gr\xf6\xdfe\n1\xa0000,x\n";
    let utf16 = |text: &str, big: bool| -> Vec<u8> {
        let unit = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(unit).collect()
    };
    for bytes in [utf8.as_bytes(), windows, &utf16(&utf8[3..], true), &utf16(&utf8[3..], false)] {
        assert_eq!(sum(bytes, Format::Csv).unwrap().unwrap().value, dec!(1000), "{bytes:?}");
        let options = csv();
        let requests = [taken(Take::Count, "Größe", vec![])];
        let mut stream = bytes;
        let figures = answer(Input::Stream(&mut stream), &options, &requests).unwrap();
        assert_eq!(figures[0].as_ref().unwrap().value, dec!(1));
    }
}

#[test]
fn quoted_cells_hold_separators_quotes_and_line_ends_and_lines_are_still_counted() {
    let table = "k,n\n\"a, \"\"b\"\"\nc\",1\n\"d\",\"2\"\r\n";
    let options = TableOptions { key: Some("k"), ..csv() };
    let figures =
        figures(table, &options, &[taken(Take::One, "n", vec![is("k", "a, \"b\"\nc")]), named("d", "n")]);
    assert_eq!(figures[0].as_ref().unwrap().value, dec!(1));
    let second = figures[1].as_ref().unwrap();
    assert_eq!((second.value, second.cells().next().unwrap().row.line), (dec!(2), 4));
}

#[test]
fn what_is_no_table_is_an_error_with_its_line() {
    let message = |bytes: &[u8]| sum(bytes, Format::Csv).unwrap_err().to_string();
    assert_eq!(message(b"a,n\nx,1\n\ny\n"), "line 4 has 1 cells, the header 2");
    assert_eq!(message(b"a,n\n\"x\ny\",1\nx,1,2\n"), "line 4 has 3 cells, the header 2");
    assert_eq!(message(b"a,n\nx,1\n\"y,2\nz,3\n"), "a quotation mark on line 3 is never closed");
    assert_eq!(
        message(b"a,n\n\"x\"y,1\n"),
        "text after a closing quotation mark in the row that begins on line 2"
    );
    assert!(matches!(sum(b"", Format::Csv), Err(TableError::Empty)));
    assert!(matches!(sum(b"\n\n", Format::Csv), Err(TableError::Empty)));
    assert!(matches!(sum(b"PK\x03\x04\0\0\n", Format::Csv), Err(TableError::NotText)));
    assert!(matches!(sum(b"a,n\rx,1\ry,2", Format::Csv), Err(TableError::LineEnds)));
}

#[test]
fn rows_of_empty_cells_are_no_rows() {
    let figure = sum(b"a,n,\nx,1,\n,,\n\n  ,\t,,,\ny,2,\n", Format::Csv).unwrap().unwrap();
    assert_eq!((figure.value, figure.rows), (dec!(3), 2));
}

proptest! {
    /// Whatever a table holds, written by the `csv` crate it is read as it was.
    #[test]
    fn written_and_read(
        rows in prop::collection::vec(prop::collection::vec("[a-c0-9\",;\t \r\nö]{0,6}", 2), 1..8),
        separator in prop::sample::select(vec![b',', b';', b'\t']), crlf: bool,
    ) {
        let terminator = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new().delimiter(separator).terminator(terminator).from_writer(Vec::new());
        writer.write_record(["place", "k", "v"]).unwrap();
        for (place, row) in rows.iter().enumerate() {
            writer.write_record([&place.to_string(), &row[0], &row[1]]).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let options = csv();
        for (place, row) in rows.iter().enumerate() {
            let place = place.to_string();
            let conditions = vec![is("place", &place), is("k", &row[0]), is("v", &row[1])];
            let requests = [taken(Take::One, "place", conditions)];
            let figures = answer(Input::Bytes(&bytes), &options, &requests).unwrap();
            prop_assert!(figures[0].is_ok(), "{:?} in {:?}", figures[0], String::from_utf8_lossy(&bytes));
        }
    }
}
