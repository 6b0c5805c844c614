//! What the rules say of how cells are written, and of missing ones.

use super::*;

fn unit(unit: Unit) -> ColumnOptions {
    ColumnOptions { unit: Some(unit), scale: None }
}

fn sum_of(column: &str) -> Request<'_> {
    taken(Take::Sum, column, vec![])
}

/// The sum of a column of cells under the given settings.
fn sum(cells: &str, written: ColumnOptions) -> Result<Answer, FigureError> {
    let settings = [("n", written)];
    let options = TableOptions { columns: &settings, ..csv() };
    figures(&format!("n\n{cells}\n"), &options, &[sum_of("n")]).remove(0)
}

#[test]
fn a_declared_scale_multiplies_every_cell() {
    let written = ColumnOptions { unit: Some(Unit::money(Currency::USD)), scale: Some(dec!(1000000)) };
    let figure = sum("9.0\n$0.5", written).unwrap();
    assert_eq!((figure.value, figure.unit), (dec!(9500000), Unit::money(Currency::USD)));
    let error = sum("9.0\n$5 million", written).unwrap_err();
    assert!(matches!(error, FigureError::ScaledTwice { at: RowPlace { line: 3, .. }, .. }), "{error}");
}

#[test]
fn a_percentage_is_kept_as_a_ratio_with_or_without_its_sign() {
    assert_eq!(sum("12.5", unit(Unit::Percent)).unwrap().value, dec!(0.125));
    let figure = sum("12.5%", unit(Unit::Percent)).unwrap();
    assert_eq!((figure.value, figure.unit), (dec!(0.125), Unit::Percent));
    assert_eq!(sum("12", unit(Unit::Per(100_000))).unwrap().value, dec!(0.00012));
    assert_eq!(sum("12.5%", ColumnOptions::default()).unwrap().unit, Unit::Percent);
}

#[test]
fn a_cell_may_not_contradict_the_declared_unit() {
    let error = sum("1\n12%", unit(Unit::COUNT)).unwrap_err();
    assert!(matches!(error, FigureError::UnitConflict { at: RowPlace { line: 3, .. }, .. }));
    assert!(error.to_string().contains("is in percent, but the rules say count"), "{error}");
    assert!(sum("€5", unit(Unit::money(Currency::USD))).is_err());
    let canadian = Unit::money(Currency::from_code("CAD").unwrap());
    assert_eq!(sum("$5", unit(canadian)).unwrap().unit, canadian);
    let a_month = Unit::money(Currency::USD).over(Unit::MONTHS).unwrap();
    assert_eq!(sum("$5", unit(a_month)).unwrap().unit, a_month);
}

#[test]
fn cells_of_different_units_do_not_add_up() {
    for cells in ["$1\n€1", "12%\n3", "3\n12%", "12%\n$3"] {
        let error = sum(cells, ColumnOptions::default()).unwrap_err();
        assert!(
            matches!(error, FigureError::MixedUnits { at: RowPlace { line: 3, .. }, .. }),
            "{cells}: {error}"
        );
    }
}

#[test]
fn the_figure_goes_before_the_column_and_the_column_before_the_table() {
    let settings = [("Amount", ColumnOptions { unit: None, scale: Some(dec!(1000)) })];
    let options = TableOptions { columns: &settings, written: unit(Unit::COUNT), ..csv() };
    let own = Request { written: ColumnOptions { unit: None, scale: Some(dec!(10)) }, ..sum_of("Amount") };
    let figures = figures("Amount,n\n5,5\n", &options, &[own, sum_of("amount"), sum_of("n")]);
    let values: Vec<Decimal> = figures.iter().map(|figure| figure.as_ref().unwrap().value).collect();
    assert_eq!(values, [dec!(50), dec!(5000), dec!(5)]);
    assert!(figures.iter().all(|figure| figure.as_ref().unwrap().unit == Unit::COUNT));
}

#[test]
fn what_a_missing_number_means_must_be_said() {
    let table = "n\n1\n(D)\n5\n";
    let with = |take, missing| Request { missing, ..taken(take, "n", vec![]) };
    let requests = [
        with(Take::Sum, MissingRule::Error),
        with(Take::Mean, MissingRule::Skip),
        with(Take::Mean, MissingRule::Zero),
        with(Take::Count, MissingRule::Skip),
        with(Take::Min, MissingRule::Zero),
    ];
    let figures = figures(table, &csv(), &requests);
    let error = figures[0].as_ref().unwrap_err();
    let message = "no number in column `n` on line 3, where `(D)` stands for a missing one";
    assert_eq!(error.to_string(), message);
    assert!(error.help().unwrap().contains("`missing = \"skip\"`"));
    let values: Vec<Decimal> = figures[1..].iter().map(|figure| figure.as_ref().unwrap().value).collect();
    assert_eq!(values, [dec!(3), dec!(2), dec!(2), dec!(0)]);
    let skipped = figures[1].as_ref().unwrap();
    assert_eq!((skipped.rows, skipped.missing), (2, 1));
}

#[test]
fn a_figure_of_missing_numbers_alone_is_no_zero() {
    let skip = |take| Request { missing: MissingRule::Skip, ..taken(take, "n", vec![]) };
    for take in [Take::One, Take::Sum, Take::Mean, Take::Median, Take::Min] {
        let figure = figures("n\n-\n", &csv(), &[skip(take)]).remove(0);
        assert_eq!(figure, Err(FigureError::AllMissing { column: "n".to_owned(), rows: 1 }), "{take:?}");
    }
    let zero = Request { missing: MissingRule::Zero, ..taken(Take::One, "n", vec![]) };
    assert_eq!(figures("n\n-\n", &csv(), &[zero]).remove(0).unwrap().value, dec!(0));
}

#[test]
fn marks_of_the_tables_own() {
    let options = TableOptions { missing: &["withheld", "-99"], ..csv() };
    let skip = Request { missing: MissingRule::Skip, ..sum_of("n") };
    let figure = figures("n\nwithheld\n-99\n7\n", &options, &[skip]).remove(0).unwrap();
    assert_eq!((figure.value, figure.missing), (dec!(7), 2));
}

#[test]
fn text_is_no_number() {
    let error = sum("1\n<5", ColumnOptions::default()).unwrap_err();
    assert_eq!(error.to_string(), "no number in column `n` on line 3: `<5`");
    let figure = figures("n\n<5\nx\n", &csv(), &[taken(Take::Count, "n", vec![])]).remove(0).unwrap();
    assert_eq!(figure.value, dec!(2));
}

#[test]
fn overflow_is_an_error_with_its_line() {
    let error = sum(&format!("1\n{0}\n{0}", Decimal::MAX), ColumnOptions::default()).unwrap_err();
    assert_eq!(error, FigureError::Overflow { column: "n".to_owned(), at: RowPlace::line(3) });
    let scaled = ColumnOptions { unit: None, scale: Some(Decimal::MAX) };
    assert!(matches!(sum("2", scaled), Err(FigureError::Overflow { at: RowPlace { line: 2, .. }, .. })));
}
