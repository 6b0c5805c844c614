//! Rule files as authors write them, rightly and wrongly.

use super::*;
use crate::number::Decimal;
use crate::text::LineIndex;

/// A story with every kind of entry.
const STORY: &str = include_str!("tests/story.toml");

/// What is complained of: the text pointed at, and the message.
fn complaints(text: &str) -> Vec<(String, String)> {
    let decoded = decode(&mut Parser::new(), text);
    decoded.complaints.into_iter().map(|c| (c.span.of(text).to_owned(), c.message)).collect()
}

/// That these and no others are complained of.
fn assert_complaints(text: &str, expected: &[(&str, &str)]) {
    let found = complaints(text);
    let found: Vec<_> = found.iter().map(|(at, message)| (at.as_str(), message.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_story_is_decoded_with_its_places() {
    let mut parser = Parser::new();
    let Decoded { file, complaints, refused } = decode(&mut parser, STORY);
    assert_eq!(complaints, []);
    assert_eq!(refused, []);
    assert_eq!(file.draft.as_ref().unwrap().span.of(STORY), "\"../fixtures/harbour/draft.md\"");
    assert_eq!(file.published.unwrap().0, jiff::civil::date(2025, 4, 8));
    let (facet, members) = &file.scope[0];
    assert_eq!(&*facet.value, "agency");
    assert_eq!(members.len(), 3);
    assert!(members[0].1.complete);
    assert_eq!(&*members[0].1.includes[1].value.0, "Pilots");
    let (name, source) = &file.source[1];
    assert_eq!((&*name.value, name.span.of(STORY)), ("budget", "budget"));
    assert_eq!(source.span.of(STORY), "[source.budget]");
    assert_eq!(&*source.columns[0].1.unit.as_ref().unwrap().value, "USD");
    assert_eq!(source.retrieved.as_ref().unwrap().0, jiff::civil::date(2025, 4, 7));
    let names: Vec<_> = file.figure.iter().map(|(name, _)| name.value.to_string()).collect();
    assert_eq!(names, ["ships_march", "tonnage", "staff", "ships_a_day"]);
    assert_eq!(
        file.figure[1].1.value.value.as_ref().unwrap().value,
        RawValue::Number("12.50".parse().unwrap())
    );
    let scope = file.figure[0].1.scope.as_ref().unwrap();
    assert_eq!(scope[0].1.0.iter().map(|name| &*name.value.0).collect::<Vec<_>>(), ["Port", "Pilots"]);
    assert_eq!(scope[1].1.0[0].span.of(STORY), "\"2025-03\"");
    let [first, second] = &file.claim[..] else { panic!("{:?}", file.claim) };
    assert_eq!((&*first.id.value, first.span.of(STORY)), ("more-ships", "[[claim]]"));
    assert_eq!(&*first.quote.value, "the harbour’s busiest March: 1,204 ships");
    assert_eq!(second.occurrence.as_ref().unwrap().value, RawOccurrence::All);
    assert_eq!(&*file.ignore[0].reason.value, "the name of a pier");
}

#[test]
fn numbers_keep_every_digit() {
    let value = |digits: &str| {
        let text = format!("[figure.a]\nvalue = {digits}\n");
        let decoded = decode(&mut Parser::new(), &text);
        let figure = decoded.file.figure.0.into_iter().next();
        figure.map(|(_, figure)| match figure.value.value.unwrap().value {
            RawValue::Number(number) => number,
            RawValue::Text(text) => panic!("{text}"),
        })
    };
    for (written, kept) in [
        ("0.1", "0.1"),
        ("9007199254740993", "9007199254740993"),
        ("1_234.500", "1234.500"),
        ("0.1234567890123456789012345678", "0.1234567890123456789012345678"),
        ("-9.5e9", "-9500000000"),
        ("12e-3", "0.012"),
        ("+3", "3"),
        ("79228162514264337593543950335", "79228162514264337593543950335"),
    ] {
        assert_eq!(value(written).map(|number| number.to_string()).as_deref(), Some(kept), "{written}");
    }
    for refused in ["inf", "nan", "1e29", "1e-29", "0.12345678901234567890123456789", "1e99999999999", "0x1f"]
    {
        assert_eq!(value(refused), None::<Decimal>, "{refused}");
    }
}

#[test]
fn every_mistake_is_said_and_the_rest_kept() {
    let text = r#"
draft = 3
drafts = "a.md"
[figure.good]
value = 1
[figure.Bad-Name]
value = 1
uint = "USD"
scale = true
scope = { agency = ["ICE", 3], period = 2025 }
[[claim]]
id = "First Claim"
quote = ""
says = 5
occurrence = 0
colour = "red"
[[claim]]
id = "second"
quote = "q"
formula = "good"
[[ignore]]
quote = "q"
"#;
    assert_complaints(
        text,
        &[
            ("3", "`draft`: expected a string, found an integer"),
            ("drafts", "unknown key `drafts`"),
            ("Bad-Name", "the name `Bad-Name` is not in snake_case"),
            ("uint", "unknown key `uint`"),
            ("true", "`scale`: expected a string, found a boolean"),
            ("3", "expected a string, found an integer"),
            ("2025", "`period`: expected a string or a list of strings, found an integer"),
            ("[[claim]]", "missing key `formula`"),
            ("\"First Claim\"", "the id `First Claim` is not in kebab-case"),
            ("\"\"", "`quote` is empty"),
            ("5", "`says`: expected a string, found an integer"),
            ("0", "`occurrence`: expected a whole number from 1 on, or \"all\", found 0"),
            ("colour", "unknown key `colour`"),
            ("[[ignore]]", "missing key `reason`"),
        ],
    );
    let decoded = decode(&mut Parser::new(), text);
    let help: Vec<_> = decoded.complaints.iter().filter_map(|c| c.help.as_deref()).collect();
    assert_eq!(help[0], "did you mean `draft`?");
    assert_eq!(help[1], "formulas name it; write `bad_name`");
    assert_eq!(help[2], "did you mean `unit`?");
    assert_eq!(help[3], "write `first-claim`");
    assert!(help[4].starts_with("the keys known here are `id`, `quote`, "), "{}", help[4]);
    assert_eq!(decoded.file.claim.len(), 1);
    assert_eq!(decoded.file.figure.len(), 1);
    let refused: Vec<_> = decoded.refused.iter().map(|r| (r.kind, r.name.as_deref())).collect();
    assert_eq!(
        refused,
        [
            (EntryKind::Figure, Some("Bad-Name")),
            (EntryKind::Claim, Some("First Claim")),
            (EntryKind::Ignore, None)
        ]
    );
}

#[test]
fn headers_of_the_wrong_kind_are_told_apart() {
    assert_complaints(
        "source = 3\n[claim]\nid = \"a\"\n[scope]\nagency = 1\n[[figure]]\nvalue = 1\n",
        &[
            ("3", "`source`: expected a table, found an integer"),
            ("[claim]", "`claim`: expected one [[claim]] each, found a table"),
            ("1", "`agency`: expected a table, found an integer"),
            ("[[figure]]", "`figure`: expected a table, found a list of tables (double brackets)"),
        ],
    );
}

#[test]
fn a_figure_has_one_way_to_its_value() {
    let figure = |keys: &str| complaints(&format!("[figure.a]\n{keys}\n"));
    let messages = |keys: &str| figure(keys).into_iter().map(|(_, message)| message).collect::<Vec<_>>();
    assert_eq!(messages("source = \"s\""), ["the figure has no value"]);
    assert_eq!(messages("source = \"s\"\ncolumn = \"c\""), Vec::<String>::new());
    assert_eq!(messages("source = \"s\"\ntake = \"count\""), Vec::<String>::new());
    // It would be passed over, and the figure be taken for exact.
    assert_eq!(
        messages("source = \"s\"\ncolumn = \"c\"\nprecision = \"5\""),
        ["`precision` is for a figure with a `value` or with `sql`"]
    );
    assert_eq!(
        messages("source = \"s\"\ntake = \"sum\""),
        ["missing key `column`: there is nothing to `take`"]
    );
    assert_eq!(messages("column = \"c\""), ["missing key `source`: the figure is taken from a table"]);
    assert_eq!(
        messages("value = 1\nformula = \"b\"\ncolumn = \"c\""),
        ["`formula` is not for a figure with a `value`", "`column` is not for a figure with a `value`"]
    );
    assert_eq!(
        messages("source = \"s\"\ncolumn = \"c\"\ntake = \"summ\""),
        ["`take`: `summ` is none of the words known here"]
    );
}

#[test]
fn an_id_names_one_claim() {
    let claim = "[[claim]]\nid = \"a\"\nquote = \"q\"\nformula = \"f\"\n";
    let text = format!("{claim}{claim}");
    let decoded = decode(&mut Parser::new(), &text);
    let [complaint] = &decoded.complaints[..] else { panic!("{:?}", decoded.complaints) };
    assert_eq!(complaint.message, "the id `a` is given to two claims");
    let index = LineIndex::new(&text);
    let line = |span: crate::text::Span| index.position(&text, span.start as usize).line;
    assert_eq!((line(complaint.span), line(complaint.related.clone().unwrap().0)), (6, 2));
    assert_eq!(decoded.file.claim.len(), 1);
    assert_eq!(decoded.refused.len(), 1);
}

#[test]
fn dates_are_days() {
    for (written, message) in [
        ("2025-04-07T10:00:00", "`published`: expected a date like 2025-04-07, found `2025-04-07T10:00:00`"),
        ("\"April 7\"", "`published`: expected a date like 2025-04-07, found `April 7`"),
        ("2025", "`published`: expected a date like 2025-04-07, found an integer"),
    ] {
        assert_eq!(complaints(&format!("published = {written}"))[0].1, message);
    }
    assert_eq!(complaints("published = \"2025-04-07\""), []);
}

#[test]
fn scopes_name_something_and_one_period() {
    assert_complaints(
        "default_scope = { agency = [], period = [\"2025\", \"2024\"], place = \" \" }\n[scope.period]\n",
        &[
            ("agency", "`agency` names nothing"),
            ("\"2024\"", "a scope has one period"),
            ("\" \"", "`place` is empty"),
            ("period", "the facet `period` is built in"),
        ],
    );
}

#[test]
fn a_file_that_is_no_toml_still_names_its_claims() {
    let text = "draft = \"a.md\"\n[[claim]]\nid = \"first\"\nquote = \"broken\n[[claim]]\nid = \"second\"\nx = [1 2]\n";
    let decoded = decode(&mut Parser::new(), text);
    assert_eq!(decoded.complaints.len(), 2, "{:?}", decoded.complaints);
    assert!(decoded.file.claim.is_empty());
    assert_eq!(&*decoded.file.draft.unwrap().value, "a.md");
    let names: Vec<_> = decoded.refused.iter().map(|refused| refused.name.as_deref()).collect();
    assert_eq!(names, [Some("first"), Some("second")]);
}

#[test]
fn one_entry_full_of_mistakes_does_not_hold_up_the_rest() {
    let mut text = "[[claim]]\n".to_owned();
    text.extend((0..5000).map(|n| format!("wrong{n} = 1\n")));
    let decoded = decode(&mut Parser::new(), &text);
    assert!(decoded.complaints.len() >= 100, "{}", decoded.complaints.len());
}

mod schema_of_rule_files {
    use serde_json::Value;

    use super::super::*;
    use super::STORY;

    const SHIPPED: &str = include_str!("../../docs/rules.schema.json");

    fn json(value: &toml::Value) -> Value {
        match value {
            toml::Value::String(text) => text.as_str().into(),
            toml::Value::Integer(number) => (*number).into(),
            toml::Value::Float(number) => (*number).into(),
            toml::Value::Boolean(value) => (*value).into(),
            toml::Value::Datetime(date) => date.to_string().into(),
            toml::Value::Array(items) => items.iter().map(json).collect(),
            toml::Value::Table(table) => {
                table.iter().map(|(key, value)| (key.clone(), json(value))).collect()
            }
        }
    }

    fn is_valid(text: &str) -> bool {
        let instance = json(&toml::Value::Table(text.parse().unwrap()));
        jsonschema::draft202012::new(&schema()).unwrap().is_valid(&instance)
    }

    #[test]
    fn the_shipped_copy_is_the_generated_one() {
        let generated = format!("{}\n", serde_json::to_string_pretty(&schema()).unwrap());
        let is_current = generated == SHIPPED;
        assert!(is_current, "write this to docs/rules.schema.json (`factcheck schema`):\n{generated}");
    }

    #[test]
    fn it_takes_what_decodes_and_refuses_what_does_not() {
        assert!(is_valid(STORY));
        let with = |from: &str, to: &str| {
            assert!(STORY.contains(from), "{from}");
            STORY.replacen(from, to, 1)
        };
        for wrong in [
            with("says =", "sais ="),
            with("by = ", "colour = "),
            with("id = \"more-ships\"", ""),
            with("take = \"sum\"", "take = \"total\""),
            with("occurrence = \"all\"", "occurrence = 0"),
            with("published = 2025-04-08", "published = 2025"),
            with("reason =", "note ="),
            with("draft =", "drafts ="),
        ] {
            assert!(!is_valid(&wrong), "{wrong}");
            assert!(!decode(&mut Parser::new(), &wrong).complaints.is_empty(), "{wrong}");
        }
    }

    #[test]
    fn it_has_every_key_and_says_what_each_is_for() {
        let schema = schema();
        let keys: Vec<_> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        let mut known = raw::KEYS.to_vec();
        known.sort_unstable();
        let mut sorted = keys.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, known);
        assert!(!schema.to_string().contains("\"null\""), "TOML has no null");
        for (name, definition) in schema["$defs"].as_object().unwrap() {
            let Some(properties) = definition["properties"].as_object() else { continue };
            for (key, property) in properties {
                assert!(property["description"].is_string(), "{name}.{key}");
            }
        }
    }
}

#[test]
fn text_without_its_quotation_marks_has_a_remedy() {
    for (value, remedy) in [
        ("", "behind the `=`"),
        ("rose", "`\"rose\"`"),
        ("“rose”", "these quotation marks are curly"),
        ("\"rose", "close the text on the same line"),
        ("'rose\"", "close the text on the same line"),
    ] {
        let text = format!("[[claim]]\nquote = {value}\n");
        let mut parser = Parser::new();
        let decoded = decode(&mut parser, &text);
        let help = decoded.complaints.first().and_then(|complaint| complaint.help.as_deref());
        assert!(help.is_some_and(|help| help.contains(remedy)), "{value}: {:#?}", decoded.complaints);
    }
}
