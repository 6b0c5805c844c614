//! Spreadsheets, from the bytes of a file, or from the XML of a sheet.
//!
//! The first byte chooses: a whole file, whichever its kind; the sheet of an XLSX archive; a flat ODS file; a table packed by
//! gzip or zstd. Nothing may panic or take more memory than is set; what is refused says why; and a table is read alike twice.
#![no_main]

use std::io::Write;

use factcheck::source::{
    ColumnOptions, Format, Input, MissingRule, Reference, Request, Select, SheetOptions, TableOptions, Take,
    answer, rows,
};
use libfuzzer_sys::fuzz_target;
use rawzip::{DataDescriptorOutput, ZipArchiveWriter, crc32};

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, file)) = bytes.split_first() else { return };
    let (format, file) = match choice % 4 {
        0 => (Format::Workbook, file.to_vec()),
        1 => (Format::Workbook, archive(file)),
        2 => (Format::Workbook, [b"<office:document>", file].concat()),
        _ => (Format::Csv, file.to_vec()),
    };
    let header = (choice & 0x80 != 0).then_some(u32::from(choice >> 4 & 7) + 1);
    let options = TableOptions {
        sheet: SheetOptions { header, ..SheetOptions::default() },
        ..TableOptions::new(format)
    };
    let request = |select, column, take| Request {
        select,
        column,
        group_by: None,
        take,
        missing: MissingRule::Skip,
        written: ColumnOptions::default(),
    };
    let cell = Reference::parse("C7").expect("it is a cell");
    let requests = [
        request(Select::Where(Vec::new()), "a", Take::Sum),
        request(Select::Where(Vec::new()), "b", Take::Count),
        request(Select::Cell(cell), "C", Take::One),
    ];
    let read = || answer(Input::Bytes(&file), &options, &requests);
    match (read(), read()) {
        (Ok(one), Ok(other)) => assert_eq!(one, other),
        (Err(error), Err(_)) => assert!(!error.to_string().is_empty()),
        (one, other) => panic!("{one:?}, then {other:?}"),
    }
    rows(&file, format, &options.sheet, &[1, 2, 3]);
});

/// An XLSX file with this sheet.
fn archive(sheet: &[u8]) -> Vec<u8> {
    const RELATED: &[u8] = b"<Relationships><Relationship Id='r' Type='x/worksheet' Target='a.xml'/></Relationships>";
    const BOOK: &[u8] = b"<workbook><sheets><sheet name='A' r:id='r'/></sheets></workbook>";
    let parts: [(&str, &[u8]); 3] =
        [("xl/workbook.xml", BOOK), ("xl/_rels/workbook.xml.rels", RELATED), ("xl/a.xml", sheet)];
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for (name, content) in parts {
        let (mut entry, _) = archive.new_file(name).start().expect("memory takes what it is given");
        entry.write_all(content).expect("memory takes what it is given");
        let size = DataDescriptorOutput::new(crc32(content), content.len() as u64);
        entry.finish(size).expect("memory takes what it is given");
    }
    archive.finish().expect("memory takes what it is given");
    bytes
}
