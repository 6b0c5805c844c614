//! Tables in several files, and packed ones.

use super::*;
use crate::source::{Hidden, Pass};

fn pass(
    files: &[(&str, &str)],
    options: &TableOptions<'_>,
    requests: &[Request<'_>],
) -> Result<Vec<Result<Answer, FigureError>>, TableError> {
    let mut pass = Pass::new(options, requests);
    for (name, content) in files {
        pass.read_one_of_several(name, Input::Bytes(content.as_bytes()))?;
    }
    pass.finish()
}

#[test]
fn several_files_are_one_table_with_a_column_for_their_names() {
    let files = [("2025-01.csv", "place,n\na,1\nb,2\n"), ("2025-02.csv", "n,place\n30,a\n40,b\n")];
    let requests = [
        taken(Take::Sum, "n", vec![]),
        taken(Take::Sum, "n", vec![is("file", "2025-02.csv")]),
        taken(Take::One, "n", vec![is("place", "b"), is("file", "2025-01.csv")]),
        taken(Take::One, "n", vec![is("place", "b")]),
        taken(Take::One, "n", vec![is("file", "2025-03.csv")]),
    ];
    let found = pass(&files, &csv(), &requests).unwrap();
    let values: Vec<Decimal> = found.iter().take(3).map(|figure| figure.as_ref().unwrap().value).collect();
    assert_eq!(values, [dec!(73), dec!(70), dec!(2)]);
    let places: Vec<(u32, u64)> =
        found[0].as_ref().unwrap().cells().map(|cell| (cell.row.file, cell.row.line)).collect();
    assert_eq!(places, [(0, 2), (0, 3), (1, 2), (1, 3)]);
    assert!(matches!(&found[3], Err(FigureError::SeveralRows { rows: 2, .. })));
    let Err(FigureError::NoRow { nearest, .. }) = &found[4] else { panic!("{:?}", found[4]) };
    assert_eq!(nearest.as_deref(), Some("2025-01.csv"));
}

#[test]
fn the_column_of_names_may_be_called_otherwise() {
    let options = TableOptions { key: Some("month"), file_column: Some("month"), ..csv() };
    let files = [("jan.csv", "file,n\nx,1\n"), ("feb.csv", "file,n\ny,2\n")];
    let found =
        pass(&files, &options, &[named("feb_csv", "n"), taken(Take::One, "n", vec![is("file", "x")])])
            .unwrap();
    assert_eq!(
        found.iter().map(|figure| figure.as_ref().unwrap().value).collect::<Vec<_>>(),
        [dec!(2), dec!(1)]
    );
    let clash = pass(&files, &csv(), &[taken(Take::One, "n", vec![is("file", "x")])]).unwrap().remove(0);
    assert!(matches!(clash, Err(FigureError::SeveralColumns { .. })), "{clash:?}");
}

#[test]
fn files_with_other_columns_are_no_part_of_the_table() {
    let files = [("a.csv", "place,n\na,1\n"), ("b.csv", "place,N of people\na,1\n")];
    let error = pass(&files, &csv(), &[taken(Take::Sum, "n", vec![])]).unwrap_err();
    let told =
        "its columns are not those of the first file; that it lacks: `n`; that only it has: `N of people`";
    assert_eq!(error.to_string(), told);
    assert!(error.help().is_some());
}

#[test]
fn packed_tables_are_read_as_what_they_were() {
    let content = "place,n\na,1\nb,2\n".as_bytes();
    let zstd = ruzstd::encoding::compress_to_vec(content, ruzstd::encoding::CompressionLevel::Fastest);
    let requests = [taken(Take::Sum, "n", vec![])];
    let options = csv();
    let expected = answer(Input::Bytes(content), &options, &requests).unwrap();
    assert_eq!(answer(Input::Bytes(&zstd), &options, &requests).unwrap(), expected);
    let mut stream = &zstd[..];
    assert_eq!(answer(Input::Stream(&mut stream), &options, &requests).unwrap(), expected);
    let broken = answer(Input::Bytes(&zstd[..zstd.len() - 3]), &options, &requests).unwrap_err();
    assert!(broken.to_string().starts_with("could not be read: "), "{broken}");
    assert_eq!(Format::of_name("a.CSV.gz"), Some(Format::Csv));
    assert_eq!(Format::of_name("a.ndjson.zst"), Some(Format::Ndjson));
    assert_eq!(Format::of_name("a.xlsx"), Some(Format::Workbook));
    assert_eq!(Format::of_name("a.xlsx.gz"), None);
    assert_eq!(Format::of_name("a.gz"), None);
}

#[test]
fn nothing_is_hidden_in_a_text() {
    let found = figures("n\n1\n", &csv(), &[taken(Take::Sum, "n", vec![])]);
    assert_eq!((found[0].as_ref().unwrap().hidden(), Hidden::default().is_any()), (None, false));
}

/// A row of January's file that is in February's too is another row; one that stands twice in a file is not.
#[test]
fn rows_of_several_files_are_told_apart_by_the_file() {
    let sum = [taken(Take::Sum, "n", vec![])];
    let once = [("1.csv", "place,n\na,1\nb,2\n"), ("2.csv", "place,n\na,1\nb,3\n")];
    let found = pass(&once, &csv(), &sum).unwrap();
    assert_eq!(found[0].as_ref().unwrap().traps, []);
    let twice = [("1.csv", "place,n\na,1\nb,2\n"), ("2.csv", "place,n\na,1\na,1\n")];
    let found = pass(&twice, &csv(), &sum).unwrap();
    let place = |line| RowPlace { file: 1, ..RowPlace::line(line) };
    let expected = [Trap::DuplicateRows { pairs: vec![(place(3), place(2))], rows: 1 }];
    assert_eq!(found[0].as_ref().unwrap().traps, expected);
}

#[test]
fn a_series_by_file_has_a_value_for_each() {
    let files = [("2024.csv", "place,n\na,1\nb,2\n"), ("2025.csv", "place,n\na,10\nb,20\n")];
    let by_file = Request { group_by: Some("file"), ..taken(Take::Sum, "n", vec![]) };
    let found = pass(&files, &csv(), &[by_file]).unwrap().remove(0).unwrap();
    let series = found.series.as_ref().unwrap();
    let told: Vec<(&str, Decimal)> =
        series.members().iter().map(|member| (&*member.key, member.value)).collect();
    assert_eq!(told, [("2024.csv", dec!(3)), ("2025.csv", dec!(30))]);
    let second = found.of_member(1);
    assert_eq!(second.cells().next().unwrap().row, RowPlace { file: 1, ..RowPlace::line(2) });
}
