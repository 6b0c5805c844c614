//! Input of every shape gives an answer or an error, and the same one whether it comes whole or in pieces.

use std::io::{self, BufReader, Read};

use proptest::prelude::*;

use super::*;

/// Hands out a few bytes at a time.
struct Drops<'a>(&'a [u8], usize);

impl Read for Drops<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.1.min(into.len());
        self.0.read(&mut into[..length])
    }
}

fn requests() -> Vec<Request<'static>> {
    vec![
        named("a", "n"),
        taken(Take::Sum, "n", vec![]),
        taken(Take::Count, "id", vec![is("n", "1")]),
        taken(Take::Median, "a.b", vec![]),
    ]
}

fn table(format: Format) -> TableOptions<'static> {
    TableOptions { key: Some("id"), ..TableOptions::new(format) }
}

const FORMATS: [Format; 4] = [Format::Csv, Format::Tsv, Format::Json, Format::Ndjson];

/// The outcome, in words.
fn told(outcome: Result<Vec<Result<Answer, FigureError>>, TableError>) -> String {
    match outcome {
        Ok(figures) => format!("{figures:?}"),
        Err(error) => error.to_string(),
    }
}

fn whole_and_in_pieces(bytes: &[u8], format: Format, piece: usize) -> (String, String) {
    let (options, requests) = (table(format), requests());
    let whole = answer(Input::Bytes(bytes), &options, &requests);
    let mut drops = BufReader::with_capacity(piece, Drops(bytes, piece));
    let in_pieces = answer(Input::Stream(&mut drops), &options, &requests);
    (told(whole), told(in_pieces))
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300), format in prop::sample::select(FORMATS.to_vec())) {
        let (whole, in_pieces) = whole_and_in_pieces(&bytes, format, 7);
        prop_assert_eq!(whole, in_pieces);
    }

    /// Bytes that tables are made of.
    #[test]
    fn nearly_tables(
        text in "(id|n|a|1|2|\"|,|;|\t|\r?\n|-| ){0,60}", format in prop::sample::select(FORMATS.to_vec()), piece in 1_usize..9,
    ) {
        for head in ["id,n\n", ""] {
            let text = format!("{head}{text}");
            let (whole, in_pieces) = whole_and_in_pieces(text.as_bytes(), format, piece);
            prop_assert_eq!(whole, in_pieces);
        }
    }

    /// Bytes that JSON is made of.
    #[test]
    fn nearly_json(text in "(\\{|\\}|\\[|\\]|\"id\"|\"n\"|\"a\"|:|,|1|-1e3|null| |\n|\\\\){0,40}", piece in 1_usize..9) {
        for format in [Format::Json, Format::Ndjson] {
            let (whole, in_pieces) = whole_and_in_pieces(text.as_bytes(), format, piece);
            prop_assert_eq!(whole, in_pieces);
        }
    }
}

#[test]
fn rows_longer_than_any_row_are_refused() {
    let long = "x".repeat(17 << 20);
    for text in [long.clone(), format!("id,n\na,{long}\n"), format!("id,n\na,\"{long}\n")] {
        let (whole, in_pieces) = whole_and_in_pieces(text.as_bytes(), Format::Csv, 1 << 16);
        assert!(in_pieces.contains("is longer than") || in_pieces.contains("never closed"), "{in_pieces}");
        assert!(whole.contains("is longer than") || whole.contains("never closed"), "{whole}");
    }
}

#[test]
fn a_long_line_and_many_columns_are_read() {
    let long = format!("id,n\na,{}\nb,1\n", "9".repeat(1 << 20));
    let (whole, _) = whole_and_in_pieces(long.as_bytes(), Format::Csv, 1 << 12);
    assert!(whole.contains("NotANumber"), "{whole}");
    let header: Vec<String> = (0..100_000).map(|column| format!("c{column}")).collect();
    let wide = format!("id,{}\na{}\n", header.join(","), ",7".repeat(100_000));
    let figure = figures(&wide, &table(Format::Csv), &[named("a", "c99999")]).remove(0).unwrap();
    assert_eq!(figure.value, dec!(7));
    let too_wide = ",".repeat(1 << 18);
    let figures = answer(Input::Bytes(format!("x{too_wide}\n").as_bytes()), &csv(), &[]);
    assert!(matches!(figures, Err(TableError::TooManyColumns { line: 1, .. })));
}

#[test]
fn deep_json_is_refused() {
    let deep = format!("[{{\"id\":{}1{}}}]", "[".repeat(100_000), "]".repeat(100_000));
    let outcome = answer(Input::Bytes(deep.as_bytes()), &table(Format::Json), &[]);
    assert!(matches!(outcome, Err(TableError::Json { .. })), "{outcome:?}");
    let outcome = answer(Input::Bytes("[".repeat(1 << 20).as_bytes()), &table(Format::Json), &[]);
    assert!(outcome.is_err());
}
