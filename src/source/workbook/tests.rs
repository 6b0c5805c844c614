use std::fmt::Write as _;

use calamine::{Data, Reader as _, open_workbook_auto_from_rs};
use proptest::prelude::*;
use rust_decimal::{Decimal, dec};

use super::*;
use crate::packed::archive;
use crate::source::tests::{is, taken};
use crate::source::{
    Answer, FigureError, Format, Input, Request, Select, SheetOptions, TableError, TableOptions, Take, answer,
};

const SAMPLES: [(&str, &[u8]); 3] = [
    ("xlsx", include_bytes!("samples/visits.xlsx")),
    ("ods", include_bytes!("samples/visits.ods")),
    ("xls", include_bytes!("samples/visits.xls")),
];

fn workbook(sheet: SheetOptions<'_>) -> TableOptions<'_> {
    TableOptions { sheet, ..TableOptions::new(Format::Workbook) }
}

/// The cells of a sheet, a row a line, as `number: A=text …`.
fn cells(bytes: &[u8], sheet: Option<&str>) -> String {
    let book = Book::open(bytes).unwrap();
    let grid = book.grid(book.choose(sheet).unwrap()).unwrap();
    let mut told = String::new();
    for row in grid.rows() {
        let cells: Vec<String> = row
            .cells()
            .map(|(column, text)| format!("{}={text}", crate::text::column_letters(column as usize)))
            .collect();
        _ = writeln!(told, "{}: {}", row.number(), cells.join(" ").replace("to\nJune", "to June"));
    }
    told
}

#[test]
fn the_same_table_is_read_from_every_kind_of_spreadsheet() {
    let expected = "1: A=Table 1. Visits and loans\n\
        2: A=Persons & loans\n\
        4: A=Branch B=Opened C=2024 E=2025 (to June)\n\
        5: C=Visits D=Share E=Visits F=Share\n\
        6: A=Harbour B=1998-03-01 C=41250 D=30% E=43310 F=12.5%\n\
        7: A=Market B=2004-12-31 C=12,301* D=5.55% E=11980 F=7.25%\n\
        8: A=Old Town B=2019-06-15 C=9400.5 D=25% E=n/a F=50%\n\
        9: A=Open C=TRUE E=#DIV/0!\n";
    for (kind, bytes) in SAMPLES {
        assert_eq!(cells(bytes, Some("Visits")), expected, "{kind}");
        assert_eq!(cells(bytes, None), expected, "{kind}: the other sheet is hidden");
        assert_eq!(cells(bytes, Some("summary")), "7: C=€61234\n", "{kind}");
    }
}

/// What the usual library reads is what is read here, but for what it does not tell: percent signs and currencies.
#[test]
fn numbers_and_texts_are_those_of_the_usual_library() {
    for (kind, bytes) in SAMPLES {
        let mut theirs = open_workbook_auto_from_rs(std::io::Cursor::new(bytes)).unwrap();
        let range = theirs.worksheet_range("Visits").unwrap();
        let book = Book::open(bytes).unwrap();
        let grid = book.grid(0).unwrap();
        let mut seen = 0;
        for (row, column, value) in range.used_cells() {
            let (top, left) = range.start().unwrap();
            let (number, column) =
                (u32::try_from(row).unwrap() + top + 1, u32::try_from(column).unwrap() + left);
            let ours = grid.row(number).unwrap().text(column).to_owned();
            let same = match value {
                Data::Float(value) => {
                    let shown: Decimal = ours.trim_end_matches('%').parse().unwrap();
                    let times = if ours.ends_with('%') { dec!(100) } else { dec!(1) };
                    let theirs: Decimal = value.to_string().parse().unwrap();
                    theirs.round_sf(15).unwrap() * times == shown
                }
                Data::Int(value) => ours == value.to_string(),
                Data::String(value) => ours.replace('\n', " ") == value.replace('\n', " "),
                Data::Bool(value) => ours == value.to_string().to_uppercase(),
                Data::DateTime(value) => {
                    let (year, month, day, ..) = value.to_ymd_hms_milli();
                    ours == format!("{year}-{month:02}-{day:02}")
                }
                Data::DateTimeIso(value) => ours == *value,
                Data::Error(error) => ours == error.to_string(),
                Data::Empty => true,
                other @ Data::DurationIso(_) => panic!("{other:?}"),
            };
            assert!(same, "{kind} {number}/{column}: {ours:?} is {value:?}");
            seen += 1;
        }
        assert!(seen > 25, "{kind}: {seen}");
    }
}

#[test]
fn names_in_several_rows_are_joined_and_rows_are_found_by_them() {
    for (kind, bytes) in SAMPLES {
        let options = workbook(SheetOptions::default());
        let of = |column, branch| taken(Take::One, column, vec![is("branch", branch)]);
        let requests = [
            of("2024 Visits", "Harbour"),
            of("2024_share", "Harbour"),
            of("2025_to_june_visits", "Market"),
            taken(Take::One, "2024_visits", vec![is("opened", "2004-12-31")]),
            of("2025 (to June) Visits", "Old Town"),
            of("2025 (to June) Visits", "Open"),
        ];
        let found = answer(Input::Bytes(bytes), &options, &requests).unwrap();
        let values: Vec<_> = found.iter().take(4).map(|it| it.as_ref().unwrap().value).collect();
        assert_eq!(values, [dec!(41250), dec!(0.3), dec!(11980), dec!(12301)], "{kind}");
        let first = found[0].as_ref().unwrap();
        let cell = first.cells().next().unwrap();
        assert_eq!((first.sheet(), cell.row.line, cell.column), (Some("Visits"), 6, Some(2)));
        assert!(first.hidden().is_none());
        let error = |at: usize| found[at].as_ref().unwrap_err().to_string();
        assert!(error(4).contains("on row 8, where `n/a` stands for a missing one"), "{}", error(4));
        assert!(error(5).ends_with("on row 9: `#DIV/0!`"), "{}", error(5));
    }
}

#[test]
fn what_is_hidden_is_told_of_the_figures_that_count_it() {
    for (kind, bytes) in SAMPLES {
        let options = workbook(SheetOptions {
            range: Reference::parse("A4:F8").map(|reference| reference.area),
            ..SheetOptions::default()
        });
        let sum = |column| Request {
            missing: crate::source::MissingRule::Skip,
            ..taken(Take::Sum, column, vec![])
        };
        let cell = Request {
            select: Select::Cell(Reference::parse("Summary!C7").unwrap()),
            ..taken(Take::One, "C", vec![])
        };
        let requests = [sum("2025 (to June) Visits"), sum("2024 Share"), cell];
        let found = answer(Input::Bytes(bytes), &options, &requests).unwrap();
        let found: Vec<&Answer> = found.iter().map(|it| it.as_ref().unwrap()).collect();
        assert_eq!(found[0].value, dec!(55290), "{kind}");
        let hidden = found[0].hidden().unwrap();
        assert_eq!(
            (hidden.rows, &hidden.first[..], hidden.column, hidden.sheet),
            (1, &[7][..], false, false)
        );
        assert!(found[1].hidden().unwrap().column, "{kind}");
        assert_eq!((found[2].value, found[2].sheet()), (dec!(61234), Some("Summary")));
        assert!(found[2].hidden().unwrap().sheet, "{kind}");
    }
}

/// A flat spreadsheet of these rows; cells apart by `|`, numbers told by their first character; `>` is merged with the one
/// before, `^` with the one above, which say so themselves: `text{2x1}`.
fn flat(rows: &[&str]) -> Vec<u8> {
    let mut xml = "<office:document><office:spreadsheet><table:table table:name='A'>".to_owned();
    for row in rows {
        xml.push_str("<table:table-row>");
        for cell in row.split('|').map(str::trim) {
            let (text, size) =
                cell.strip_suffix('}').and_then(|it| it.split_once('{')).unwrap_or((cell, "1x1"));
            let (wide, high) = size.split_once('x').unwrap();
            let spans = format!("table:number-columns-spanned='{wide}' table:number-rows-spanned='{high}'");
            let written = if matches!(text, ">" | "^") {
                "<table:covered-table-cell/>".to_owned()
            } else if text.starts_with(|first: char| first.is_ascii_digit()) {
                format!("<table:table-cell office:value-type='float' office:value='{text}' {spans}/>")
            } else {
                format!(
                    "<table:table-cell office:value-type='string' {spans}><text:p>{text}</text:p></table:table-cell>"
                )
            };
            xml.push_str(&written);
        }
        xml.push_str("</table:table-row>");
    }
    format!("{xml}</table:table></office:spreadsheet></office:document>").into_bytes()
}

/// The names of the columns, and the row above the first of values.
fn header(rows: &[&str], row: Option<u32>) -> Result<(u32, Vec<String>), WorkbookError> {
    let bytes = flat(rows);
    let grid = Book::open(&bytes)?.grid(0)?;
    let header = match row {
        Some(row) => header::Header::at(&grid, row, None)?,
        None => header::Header::find(&grid, None)?,
    };
    Ok((header.last, header.names.into_iter().map(|(_, name)| name).collect()))
}

#[test]
fn the_names_of_columns_are_found_below_titles_and_notes() {
    let found = |rows: &[&str]| header(rows, None).map(|(row, names)| (row, names.join(", ")));
    let is = |row, names: &str| Ok((row, names.to_owned()));
    assert_eq!(found(&["Agency|Removals", "ICE|5"]), is(1, "Agency, Removals"));
    assert_eq!(found(&["Table 2{2x1}|>", "", "Agency|Removals", "ICE|5"]), is(3, "Agency, Removals"));
    assert_eq!(found(&["Unit:|persons", "", "Agency|Removals", "ICE|5"]), is(3, "Agency, Removals"));
    assert_eq!(
        found(&["Agency{1x2}|2024{2x1}|>", "^|Removals|Arrests", "ICE|5|6"]),
        is(2, "Agency, 2024 Removals, 2024 Arrests")
    );
    assert_eq!(
        found(&["|Fiscal year{2x1}|>", "Agency|Removals|Arrests", "ICE|5|6"]),
        is(2, "Agency, Fiscal year Removals, Fiscal year Arrests")
    );
    assert_eq!(found(&["Agency|Name", "ICE|a", "CBP|b"]), is(1, "Agency, Name"));
    assert!(matches!(
        found(&["Agency|Removals", "of the|in persons", "ICE|5"]),
        Err(WorkbookError::WhichHeader { first: 1, second: 2, .. })
    ));
    assert!(matches!(found(&["Agency|5", "ICE|6"]), Err(WorkbookError::NoHeader { .. })));
    assert!(matches!(header(&["a|b", "", "c|5"], Some(2)), Err(WorkbookError::EmptyHeader { row: 2, .. })));
    assert_eq!(header(&["a|b", "c|d", "1|5"], Some(2)).unwrap(), (2, vec!["c".to_owned(), "d".to_owned()]));
}

#[test]
fn a_merged_name_stands_for_its_rows_and_a_merged_number_for_one() {
    let bytes = flat(&["Agency|Month|Removals", "ICE{1x2}|Jan|5{1x2}", "^|Feb|^", "CBP|Jan|7"]);
    let options = workbook(SheetOptions::default());
    let requests = [
        taken(Take::Count, "Month", vec![is("agency", "ICE")]),
        taken(Take::Sum, "Removals", vec![is("agency", "ICE")]),
        taken(Take::Sum, "Removals", vec![is("month", "Jan")]),
    ];
    let found = answer(Input::Bytes(&bytes), &options, &requests).unwrap();
    assert_eq!(found[0].as_ref().unwrap().value, dec!(2));
    assert!(matches!(found[1], Err(FigureError::Missing { .. })), "{:?}", found[1]);
    assert_eq!(found[2].as_ref().unwrap().value, dec!(12));
}

/// Also of a series, whose values have a cell each, and which tells what is hidden of all of it.
#[test]
fn a_series_points_at_its_cells() {
    for (kind, bytes) in SAMPLES {
        let range = Reference::parse("A4:F8").map(|reference| reference.area);
        let options = workbook(SheetOptions { range, ..SheetOptions::default() });
        let by_branch = Request { group_by: Some("Branch"), ..taken(Take::Sum, "2024 Visits", vec![]) };
        let found = answer(Input::Bytes(bytes), &options, &[by_branch]).unwrap().remove(0).unwrap();
        assert_eq!(found.hidden().map(|hidden| hidden.rows), Some(1), "{kind}");
        let market = found.of_member(1);
        let cell = market.cells().next().unwrap();
        assert_eq!(
            (market.value, market.sheet(), cell.row.line, cell.column),
            (dec!(12301), Some("Visits"), 7, Some(2))
        );
        assert!(market.hidden().is_none());
    }
}

#[test]
fn a_sheet_is_named_where_several_could_be_meant() {
    let sheets = "<office:document><table:table table:name='May &amp; June'/><table:table table:name='July'/></office:document>";
    let choose = |wanted| {
        let book = Book::open(sheets.as_bytes()).unwrap();
        book.choose(wanted).map_err(|error| format!("{error}; {}", error.help().unwrap_or_default()))
    };
    assert_eq!(choose(Some("july")), Ok(1));
    assert_eq!(choose(Some("May & June")), Ok(0));
    assert_eq!(
        choose(None).unwrap_err(),
        "several sheets in it: “May & June”, “July”; say which: sheet = \"May & June\""
    );
    assert_eq!(
        choose(Some("Juli")).unwrap_err(),
        "no sheet “Juli” in it (it has “May & June”, “July”); did you mean “July”?"
    );
}

fn read(bytes: &[u8]) -> Result<Vec<Result<Answer, FigureError>>, TableError> {
    let options = workbook(SheetOptions { sheet: None, header: Some(1), range: None });
    answer(Input::Bytes(bytes), &options, &[taken(Take::Count, "a", vec![])])
}

#[test]
fn what_is_no_spreadsheet_says_what_it_is() {
    let told = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
    assert_eq!(told(b"<html><table><tr><td>5"), "no spreadsheet: it is HTML or XML");
    assert_eq!(told(b"a,b\n1,2\n"), "no spreadsheet: it is text");
    assert_eq!(told(b""), "no spreadsheet: it is empty");
    assert_eq!(told(&archive(&[("a.txt", b"x")])), "no spreadsheet: it is a zip archive of something else");
    assert_eq!(told(b"PK\x03\x04"), "it is no zip archive");
    for (kind, bytes) in SAMPLES {
        // Everything is in its place up to the last bytes of a zip archive and of a table of sectors.
        let needed = if kind == "xls" { 5000 } else { bytes.len() };
        for length in (9..needed).step_by(97) {
            let error = read(&bytes[..length]).unwrap_err();
            assert!(!error.to_string().is_empty() && error.help().is_some(), "{kind} {length}: {error}");
        }
    }
}

/// A workbook of Office Open XML with this sheet.
fn xlsx(sheet: &[u8]) -> Vec<u8> {
    let related = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id='{id}' Type='http://x/{kind}' Target='{target}'/></Relationships>"
        )
    };
    archive(&[
        ("_rels/.rels", related("r1", "officeDocument", "xl/workbook.xml").as_bytes()),
        ("xl/workbook.xml", b"<workbook><sheets><sheet name='A' r:id='r2'/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", related("r2", "worksheet", "sheet1.xml").as_bytes()),
        ("xl/sheet1.xml", sheet),
    ])
}

#[test]
fn too_much_of_anything_is_an_error_and_takes_no_time() {
    let begun = std::time::Instant::now();
    let told = |sheet: &str| read(&xlsx(sheet.as_bytes())).unwrap_err().to_string();
    let row = |cells: String| format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>");
    let many = row("<c><v>1</v></c>".repeat(100_000));
    assert_eq!(told(&many), "the sheet “A” has more than 16384 columns");
    assert_eq!(
        told(&format!("{}{}", "<a>".repeat(200), "</a>".repeat(200))),
        "xl/sheet1.xml in it is damaged: its tags stand more than 100 deep"
    );
    let far = "<worksheet><sheetData><row r='1048577'><c/></row></sheetData></worksheet>";
    assert_eq!(told(far), "the sheet “A” has more than 1048576 rows");
    let backwards = "<worksheet><row r='2'/><row r='1'/></worksheet>";
    assert_eq!(told(backwards), "A in it is damaged: its rows are not in order");
    let corner = "<worksheet><row r='1'><c r='A1' t='str'><v>a</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row></worksheet>";
    assert!(read(&xlsx(corner.as_bytes())).is_ok(), "empty cells take no room");
    let bomb = xlsx(&vec![b' '; 40 << 20]);
    assert!(bomb.len() < 100 << 10);
    let told = read(&bomb).unwrap_err().to_string();
    assert!(told.contains("times its size when it is unpacked"), "{told}");
    let repeated = "<office:document><table:table table:name='A'><table:table-row table:number-rows-repeated='1000000'>\
        <table:table-cell office:value-type='float' office:value='1' table:number-columns-repeated='10000'/></table:table-row></table:table></office:document>";
    let told = read(repeated.as_bytes()).unwrap_err().to_string();
    assert_eq!(told, "the sheet “A” has more than 16777216 cells");
    let merged = "<mergeCell ref='A1:XFD1048576'/>".repeat(20_000);
    let merged = format!("<worksheet><row r='1'><c r='A1' t='str'><v>a</v></c></row>{merged}</worksheet>");
    assert!(read(&xlsx(merged.as_bytes())).is_ok(), "ranges that lie over one another");
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

#[test]
fn a_formula_that_nobody_has_computed_is_no_zero() {
    let sheet = "<worksheet><row><c t='inlineStr'><is><t>a</t><rPh><t>x</t></rPh></is></c></row><row><c><f>SUM(A3:A9)</f></c></row></worksheet>";
    assert_eq!(cells(&xlsx(sheet.as_bytes()), None), "1: A=a\n2: A==SUM(A3:A9)\n");
    let options = workbook(SheetOptions { sheet: None, header: Some(1), range: None });
    let bytes = xlsx(sheet.as_bytes());
    let requests = [taken(Take::Sum, "a", vec![])];
    let error = answer(Input::Bytes(&bytes), &options, &requests).unwrap().remove(0).unwrap_err();
    assert!(error.to_string().ends_with("on row 2: `=SUM(A3:A9)`"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever bytes of a spreadsheet are changed, it is read or refused.
    #[test]
    fn spoiled_spreadsheets_are_read_or_refused(
        sample in 0..3_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = SAMPLES[sample].1.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Err(error) = read(&bytes) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn arbitrary_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..600), start in 0..3_usize) {
        let start: &[u8] = [b"".as_slice(), b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"][start];
        prop_assert!(read(&[start, &bytes].concat()).is_err());
    }
}
