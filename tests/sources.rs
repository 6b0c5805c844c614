//! Sources of every kind, from rule files to what is said of them: spreadsheets, packed tables, and tables in several files.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod newsroom;

use factcheck::engine::StoryOutcome;
use factcheck::finding::Role;
use factcheck::hedge::Verdict;
use factcheck::system::{Memory, Recorder, System};

const PROVENANCE: &str =
    "title = \"t\"\npublisher = \"p\"\nurl = \"https://a.example\"\nretrieved = 2025-04-01\n";

/// A project with a claim of "5 people", by a figure with these keys, from a source with these.
fn project(source: &str, figure: &str, files: &[(&str, &[u8])]) -> Memory {
    let rules = format!(
        "draft = \"../draft.md\"\n[source.t]\n{PROVENANCE}{source}\n[figure.n]\nsource = \"t\"\n{figure}\n\
        [[claim]]\nid = \"five\"\nquote = \"5 people\"\nformula = \"n\"\n"
    );
    let own: [(&str, &[u8]); 2] =
        [("draft.md", b"There were 5 people.\n"), ("claims/a.toml", rules.as_bytes())];
    Memory::new(own.into_iter().chain(files.iter().copied()))
}

fn outcome(system: &(impl System + 'static)) -> StoryOutcome<'static> {
    newsroom::checked(system, "claims").into_iter().next().unwrap()
}

/// The problems of a project, each with the line of its rule file and its remedy.
fn problems(source: &str, figure: &str, files: &[(&str, &[u8])]) -> Vec<String> {
    let story = outcome(&project(source, figure, files));
    let told = story.problems.iter().map(|problem| {
        let line = problem.excerpt.as_ref().map_or(0, |excerpt| excerpt.start.line);
        format!("{line}: {}; {}", problem.message, problem.help.as_deref().unwrap_or_default())
    });
    told.collect()
}

#[track_caller]
fn assert_problem(source: &str, figure: &str, files: &[(&str, &[u8])], said: &str) {
    let problems = problems(source, figure, files);
    assert!(problems.iter().any(|problem| problem == said), "{problems:#?}");
}

const TABLE: &[u8] = b"k,n\na,5\n";

#[test]
fn what_is_said_of_sheets_is_refused_of_other_files_at_its_line() {
    let files: &[(&str, &[u8])] = &[("a.csv", TABLE)];
    let remedy = "remove it, or say the format of the file: format = \"xlsx\"";
    for (key, value) in [("sheet", "\"A\""), ("header", "4"), ("range", "\"A1:B2\"")] {
        let source = format!("file = \"../a.csv\"\n{key} = {value}");
        let said = format!("8: `{key}` is for spreadsheets, and the file is none; {remedy}");
        assert_problem(&source, "column = \"n\"", files, &said);
    }
    let said = "10: `cell` is for spreadsheets, and the file of `t` is none; use `where` and `column`";
    assert_problem("file = \"../a.csv\"", "cell = \"B2\"", files, said);
    let said = "8: `file_column` is for a table in several files; remove it, or name the files by a pattern: file = \"removals/*.csv\"";
    assert_problem("file = \"../a.csv\"\nfile_column = \"f\"", "column = \"n\"", files, said);
}

#[test]
fn a_cell_is_named_by_itself() {
    let files: &[(&str, &[u8])] = &[("a.xlsx", b"PK")];
    let of = "file = \"../a.xlsx\"";
    assert_problem(
        of,
        "cell = \"B2\"\ncolumn = \"n\"",
        files,
        "11: `column` is not for a figure with a `cell`; ",
    );
    let help = "write a cell as a spreadsheet does: \"C7\", \"Summary!C7\"";
    assert_problem(of, "cell = \"B2:B3\"", files, &format!("10: `B2:B3` is no cell; {help}"));
    let said = "8: `B3` is one cell, and no table; write a range as a spreadsheet does: \"B4:F31\"";
    assert_problem(&format!("{of}\nrange = \"B3\""), "column = \"n\"", files, said);
    let said = "8: the range is on the sheet “A”, and `sheet` says “B”; write a range as a spreadsheet does: \"B4:F31\"";
    assert_problem(&format!("{of}\nrange = \"A!B3:C4\"\nsheet = \"B\""), "column = \"n\"", files, said);
    assert_problem(
        &format!("{of}\nheader = 0"),
        "column = \"n\"",
        files,
        "8: `header`: expected the number of a row, from 1 on, found 0; ",
    );
}

#[test]
fn a_damaged_spreadsheet_is_a_problem_at_the_file_that_names_it() {
    let said =
        "7: a.xlsx: no spreadsheet: it is HTML or XML; open it in a spreadsheet program and save it as .xlsx";
    assert_problem("file = \"../a.xlsx\"", "column = \"n\"", &[("a.xlsx", b"<table>")], said);
    let story = outcome(&project("file = \"../a.xlsx\"", "cell = \"B2\"", &[("a.xlsx", b"PK\x03\x04")]));
    assert!(story.claims.iter().all(|claim| claim.verdict == Verdict::Unchecked));
}

#[test]
fn files_that_fit_a_pattern_are_one_table() {
    let files: &[(&str, &[u8])] = &[
        ("t/2025-01.csv", b"k,n\na,2\n"),
        ("t/2025-02.csv", b"n,k\n3,a\n"),
        ("t/.2025-03.csv", b"k,n\na,100\n"),
        ("t/notes.txt", b"no table"),
    ];
    let source = "file = \"../t/*.csv\"";
    let sum = "column = \"n\"\ntake = \"sum\"";
    let story = outcome(&project(source, sum, files));
    assert_eq!((story.problems.len(), story.claims.first().unwrap().verdict), (0, Verdict::Supported));
    let one = "column = \"n\"\nwhere = { file = \"2025-02.csv\" }";
    let story = outcome(&project(source, one, files));
    let finding = story.findings.iter().find(|finding| finding.check == "value-refuted").unwrap();
    let label = finding.labels.iter().find(|label| label.role == Role::Source).unwrap();
    assert_eq!((label.path.to_str(), label.excerpt.start.line), (Some("t/2025-02.csv"), 2));
    assert_problem("file = \"../t/*.json\"\nformat = \"csv\"", sum, files, "7: no file in t fits `*.json`; ");
    let said = "7: a pattern in the name of a folder; `*` and `?` may stand in the file's own name; ";
    assert_problem("file = \"../*/a.csv\"", sum, files, said);
    let other: &[(&str, &[u8])] = &[("t/1.csv", b"k,n\na,2\n"), ("t/2.csv", b"k,m\na,2\n")];
    let problems = problems(source, sum, other);
    assert!(
        problems.iter().any(|it| it.starts_with("7: t/2.csv: its columns are not those of the first file")),
        "{problems:#?}"
    );
}

/// What watches files asks for the folder too, in which another file may come to be.
#[test]
fn the_folder_of_a_pattern_is_looked_at() {
    let system = Recorder::new(project("file = \"../t/*.csv\"", "column = \"n\"", &[("t/1.csv", TABLE)]));
    let story = newsroom::checked(&system, "claims").into_iter().next().unwrap();
    assert_eq!(story.problems.len(), 0);
    let paths = system.into_paths();
    for path in ["t", "t/1.csv"] {
        assert!(paths.contains(std::path::Path::new(path)), "{paths:?}");
    }
}

#[test]
fn files_outside_of_the_project_are_not_read() {
    let files: &[(&str, &[u8])] = &[("t/1.csv", TABLE)];
    let problems = problems("file = \"../../../t/*.csv\"", "column = \"n\"", files);
    assert!(!problems.is_empty(), "{problems:?}");
}
