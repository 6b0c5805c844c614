//! Verdicts, the whole way from a draft and its rules, where a unit or a precision is easily taken for another.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests make files and fail by panicking"
)]

mod program;

use std::fs;
use std::path::Path;

use serde_json::Value;

use program::{code, err, factcheck, out};

/// The verdict on a sentence, of which `says` is judged.
fn verdict(name: &str, sentence: &str, says: &str, figure: &str, formula: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("verdicts").join(name);
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("claims")).unwrap();
    fs::write(folder.join("draft.md"), format!("{sentence}\n")).unwrap();
    let rules = format!(
        "draft = \"../draft.md\"\n\n{figure}\n\n[[claim]]\nid = \"it\"\nquote = \"{sentence}\"\nsays = \"{says}\"\n\
         formula = \"{formula}\"\n"
    );
    fs::write(folder.join("claims/a.toml"), rules).unwrap();
    let output = factcheck(&folder, &["--isolated", "claims", "--format", "json"]);
    let report: Value = serde_json::from_str(&out(&output)).unwrap();
    let verdict = report["claims"][0]["verdict"].as_str().unwrap().to_owned();
    // What could not be checked ends the run as such.
    assert_eq!(code(&output) == 2, verdict == "unchecked", "{name}: {}", err(&output));
    verdict
}

#[test]
fn a_precision_is_in_the_unit_and_the_scale_that_it_says_or_those_of_its_value() {
    let percent =
        |precision: &str| format!("[figure.x]\nvalue = 45\nunit = \"percent\"\nprecision = \"{precision}\"");
    let millions = |precision: &str| {
        format!("[figure.x]\nvalue = 9_000\nscale = \"million\"\nprecision = \"{precision}\"")
    };
    let written = |precision: &str| format!("[figure.x]\nvalue = \"45%\"\nprecision = \"{precision}\"");
    let cases = [
        ("percent-wide", percent("4%"), "between 43 and 47 percent", "supported"),
        ("percent-narrow", percent("4%"), "between 44 and 46 percent", "undecided"),
        ("percent-bare", percent("4"), "between 44 and 46 percent", "undecided"),
        ("percent-points", percent("4 points"), "between 44 and 46 percent", "undecided"),
        ("written-bare", written("4"), "between 43 and 47 percent", "supported"),
        ("written-narrow", written("4"), "between 44 and 46 percent", "undecided"),
        ("scaled", millions("0.1 billion"), "between 8.9 and 9.1 billion", "supported"),
        ("scaled-narrow", millions("0.4 billion"), "between 8.9 and 9.1 billion", "undecided"),
        ("scaled-bare", millions("100"), "between 8.9 and 9.1 billion", "supported"),
        ("other-unit", percent("$4"), "between 43 and 47 percent", "unchecked"),
    ];
    for (name, figure, says, expected) in cases {
        let sentence = format!("It was {says} in all.");
        assert_eq!(verdict(name, &sentence, says, &figure, "x"), expected, "{name}");
    }
}

#[test]
fn a_unit_that_the_sentence_leaves_out_is_no_more_than_a_reading() {
    let sentence = "In all 52 percent voted for her and 41 for him.";
    let figure = |value: &str| format!("[figure.x]\nvalue = {value}");
    for (name, value, expected) in [
        ("share", "\"41%\"", "supported"),
        ("other-share", "\"43%\"", "refuted"),
        ("people", "41", "supported"),
        ("other-people", "43", "refuted"),
        ("money", "\"$41\"", "supported"),
    ] {
        assert_eq!(verdict(name, sentence, "41", &figure(value), "x"), expected, "{name}");
    }
}

#[test]
fn points_that_a_sentence_says_shorter_are_those_of_the_rule() {
    let figures = "[figure.a]\nvalue = \"45%\"\n\n[figure.b]\nvalue = \"47%\"";
    let judged =
        |name, says: &str| verdict(name, &format!("Support rose by {says}."), says, figures, "points(a, b)");
    assert_eq!(judged("points", "2 points"), "supported");
    assert_eq!(judged("more-points", "3 points"), "refuted");
}
