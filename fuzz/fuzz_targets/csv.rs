//! Tables: CSV, TSV, JSON and NDJSON, with figures of every kind taken from them.
//!
//! The first byte chooses the format, the rest is the file. Nothing may panic, and a file read piece by piece must give
//! the figures that it gives in memory.
#![no_main]

use std::borrow::Cow;
use std::io::BufReader;

use factcheck::source::{
    Answer, ColumnOptions, Condition, FigureError, Format, Input, Match, MissingRule, Request, Select, Test,
    TableOptions, Take, answer,
};
use libfuzzer_sys::fuzz_target;

/// So few bytes at a time, that rows, quotes and characters are cut everywhere.
const PIECE: usize = 5;

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, table)) = bytes.split_first() else { return };
    let format = match choice % 4 {
        0 => Format::Csv,
        1 => Format::Tsv,
        2 => Format::Json,
        _ => Format::Ndjson,
    };
    // Names that the file is likely to have: its own first words.
    let text = String::from_utf8_lossy(table);
    let is_part_of_word = |c: char| c.is_alphanumeric() || c == ' ' || c == '_';
    let words: Vec<&str> =
        text.split(|c| !is_part_of_word(c)).filter(|word| !word.is_empty()).take(6).collect();
    let word = |at: usize| words.get(at).copied().unwrap_or("a");
    let options = TableOptions { key: (choice & 4 != 0).then(|| word(0)), ..TableOptions::new(format) };
    let requests = requests(&word);
    let whole = answer(Input::Bytes(table), &options, &requests);
    let mut pieces = BufReader::with_capacity(PIECE, table);
    let streamed = answer(Input::Stream(&mut pieces), &options, &requests);
    match (whole, streamed) {
        (Ok(whole), Ok(streamed)) => assert_same(&whole, &streamed),
        (Err(_), Err(_)) => {}
        (whole, streamed) => panic!("in memory {whole:?}, piece by piece {streamed:?}"),
    }
});

fn requests<'a>(word: &dyn Fn(usize) -> &'a str) -> Vec<Request<'a>> {
    let request = |select, take, missing| Request {
        select,
        column: word(1),
        group_by: None,
        take,
        missing,
        written: ColumnOptions::default(),
    };
    let equals = || Condition { column: word(0), test: Test::Is(Match::Text(Cow::Borrowed(word(3)))) };
    vec![
        request(Select::Key(word(3)), Take::One, MissingRule::Error),
        request(Select::Named(word(4)), Take::One, MissingRule::Zero),
        request(Select::Where(vec![equals()]), Take::One, MissingRule::Error),
        request(Select::Where(vec![equals()]), Take::Max, MissingRule::Zero),
        request(Select::Where(Vec::new()), Take::Sum, MissingRule::Error),
        request(Select::Where(Vec::new()), Take::Median, MissingRule::Skip),
        request(Select::Where(Vec::new()), Take::Mean, MissingRule::Zero),
        request(Select::Where(Vec::new()), Take::Count, MissingRule::Skip),
    ]
}

/// Values and cells must be the same; reasons may be told with more or fewer similar names.
fn assert_same(whole: &[Result<Answer, FigureError>], streamed: &[Result<Answer, FigureError>]) {
    assert_eq!(whole.len(), streamed.len(), "one answer a request");
    for pair in whole.iter().zip(streamed) {
        match pair {
            (Ok(whole), Ok(streamed)) => assert_eq!(whole, streamed),
            (Err(_), Err(_)) => {}
            (whole, streamed) => panic!("in memory {whole:?}, piece by piece {streamed:?}"),
        }
    }
}
