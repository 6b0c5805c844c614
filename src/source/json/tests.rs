use rust_decimal::{Decimal, dec};

use crate::source::tests::{is, named, taken};
use crate::source::{
    Answer, FigureError, Format, Input, MissingRule, Request, RowPlace, TableError, TableOptions, Take,
    answer,
};

fn options(format: Format) -> TableOptions<'static> {
    TableOptions { key: Some("id"), ..TableOptions::new(format) }
}

fn figures(text: &str, format: Format, requests: &[Request<'_>]) -> Vec<Result<Answer, FigureError>> {
    answer(Input::Bytes(text.as_bytes()), &options(format), requests).unwrap()
}

#[test]
fn the_same_table_in_every_shape() {
    let shapes = [
        (Format::Json, r#"[{"id": "x", "n": 1.10}, {"id": "y", "n": "2,000"}]"#),
        (
            Format::Json,
            r#"{"note": ["a]", {}], "rows": [{"id": "x", "n": 1.10}, {"id": "y", "n": "2,000"}], "z": [1]}"#,
        ),
        (Format::Json, r#" [["id", "n"], ["x", 1.10], ["y", "2,000"]] "#),
        (Format::Ndjson, "{\"id\": \"x\", \"n\": 1.10}\r\n\n{\"id\": \"y\", \"n\": \"2,000\"}"),
        (Format::Ndjson, "[\"id\", \"n\"]\n[\"x\", 1.10]\n[\"y\", \"2,000\"]\n"),
    ];
    for (format, text) in shapes {
        let figures =
            figures(text, format, &[named("x", "n"), named("y", "n"), taken(Take::Sum, "n", vec![])]);
        let values: Vec<Decimal> = figures.iter().map(|figure| figure.as_ref().unwrap().value).collect();
        assert_eq!(values, [dec!(1.10), dec!(2000), dec!(2001.10)], "{text}");
    }
}

#[test]
fn digits_are_kept() {
    let text =
        r#"[{"id": "x", "n": 12345678901234567890.123456}, {"id": "y", "n": 1e3}, {"id": "z", "n": 1e400}]"#;
    let figures = figures(text, Format::Json, &[named("x", "n"), named("y", "n"), named("z", "n")]);
    assert_eq!(figures[0].as_ref().unwrap().value.to_string(), "12345678901234567890.123456");
    assert_eq!(figures[1].as_ref().unwrap().value, dec!(1000));
    assert!(matches!(figures[2], Err(FigureError::NotANumber { .. })));
}

#[test]
fn fields_of_objects_inside_are_reached_by_their_path() {
    let text = r#"[{"id": "x", "counts": {"in transit": {"n": 7}}, "open": true}]"#;
    let requests =
        [named("x", "counts.in transit.n"), named("x", "counts_in_transit_n"), named("x", "counts")];
    let figures = figures(text, Format::Json, &requests);
    assert_eq!(figures[0].as_ref().unwrap().value, dec!(7));
    assert_eq!(figures[1].as_ref().unwrap().value, dec!(7));
    assert!(matches!(figures[2], Err(FigureError::UnknownColumn { .. })));
}

#[test]
fn a_field_that_a_row_lacks_is_missing() {
    let text = "{\"id\": \"x\"}\n{\"id\": \"y\", \"n\": 5}\n{\"id\": \"z\", \"n\": null}\n";
    let skip = Request { missing: MissingRule::Skip, ..taken(Take::Sum, "n", vec![]) };
    let figures = figures(text, Format::Ndjson, &[named("x", "n"), named("z", "n"), skip, named("y", "m")]);
    assert!(matches!(figures[0], Err(FigureError::Missing { at: RowPlace { line: 1, .. }, .. })));
    assert!(matches!(figures[1], Err(FigureError::Missing { at: RowPlace { line: 3, .. }, .. })));
    let sum = figures[2].as_ref().unwrap();
    assert_eq!((sum.value, sum.missing), (dec!(5), 2));
    assert_eq!(figures[3].as_ref().unwrap_err().help().unwrap(), "did you mean `n`?");
}

#[test]
fn a_name_that_stands_twice_in_a_row_cannot_be_asked_for() {
    let text = r#"[{"id": "x", "n": 1, "n": 2, "m": 3}]"#;
    let figures = figures(text, Format::Json, &[named("x", "n"), named("x", "m")]);
    assert!(matches!(figures[0], Err(FigureError::SeveralColumns { .. })));
    assert_eq!(figures[1].as_ref().unwrap().value, dec!(3));
}

#[test]
fn rows_know_their_lines() {
    let text =
        "{\n \"rows\": [\n  {\n   \"id\": \"x\",\n   \"n\": 1\n  },\n  {\"id\": \"y\", \"n\": \"?\"}\n ]\n}";
    let figures = figures(text, Format::Json, &[named("x", "n"), named("y", "n")]);
    assert_eq!(figures[0].as_ref().unwrap().cells().next().unwrap().row.line, 3);
    assert!(matches!(figures[1], Err(FigureError::NotANumber { at: RowPlace { line: 7, .. }, .. })));
}

#[test]
fn conditions_on_numbers_and_flags() {
    use crate::source::{Condition, Match, Test};
    let text = r#"[{"year": 2024, "final": true, "n": 1}, {"year": 2025, "final": false, "n": 2}]"#;
    let requests = [
        taken(Take::One, "n", vec![Condition { column: "year", test: Test::Is(Match::Number(dec!(2024))) }]),
        taken(
            Take::One,
            "n",
            vec![is("year", "2025"), Condition { column: "final", test: Test::Is(Match::Flag(false)) }],
        ),
    ];
    let options = TableOptions::new(Format::Json);
    let figures = answer(Input::Bytes(text.as_bytes()), &options, &requests).unwrap();
    let values: Vec<Decimal> = figures.iter().map(|figure| figure.as_ref().unwrap().value).collect();
    assert_eq!(values, [dec!(1), dec!(2)]);
}

#[test]
fn what_is_no_table_is_an_error_with_its_line() {
    let message = |format, text: &str| {
        let options = TableOptions::new(format);
        answer(Input::Bytes(text.as_bytes()), &options, &[]).unwrap_err().to_string()
    };
    assert!(
        message(Format::Json, "[\n{\"a\": 1},\n{\"a\" 2}]")
            .starts_with("not valid JSON on line 3, column 6: ")
    );
    assert!(
        message(Format::Ndjson, "{\"a\": 1}\n{\"a\": }\n")
            .starts_with("not valid JSON on line 2, column 7: ")
    );
    assert!(message(Format::Json, "3").ends_with("found a number"));
    assert!(message(Format::Json, "{\"a\": 1}").ends_with("found an object without an array of objects"));
    let two = "{\"a\": [{\"x\": 1}], \"b\": [{\"x\": 1}]}";
    assert!(message(Format::Json, two).ends_with("found several arrays of objects"));
    assert_eq!(message(Format::Json, "[{\"a\": 1},\n 3]"), "expected an object on line 2, found a number");
    assert_eq!(message(Format::Json, "[[\"a\"],\n[1, 2]]"), "line 2 has 2 cells, the header 1");
    let options = TableOptions::new(Format::Json);
    assert!(matches!(answer(Input::Bytes(b"[]"), &options, &[]), Err(TableError::Empty)));
}
