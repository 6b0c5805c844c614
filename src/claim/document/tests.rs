//! The tree against `toml`'s own: the same values at the same places, or both refuse.

use std::collections::BTreeMap;

use proptest::prelude::*;
use toml::de::{DeTable, DeValue};
use toml_parser::decoder::IntegerRadix;

use super::tree::{Kind, node};
use super::*;

/// A value in a form that both can be brought to.
#[derive(Debug, PartialEq)]
enum Model {
    Text(String),
    Integer(String, u32),
    Float(String),
    Boolean(bool),
    Date(String),
    Array(Vec<(Span, Model)>),
    Table(BTreeMap<String, (Span, Span, Model)>),
}

fn ours(document: &Document<'_, '_>, id: NodeId) -> Model {
    let below = || std::iter::successors(document.first(id), |child| document.next(*child));
    match (document.value(id), node(document.nodes, id).kind) {
        (_, Kind::Integer(digits, radix)) => {
            let digits = digits.span.of(if digits.is_decoded { document.decoded } else { document.text });
            Model::Integer(digits.to_owned(), IntegerRadix::value(&radix))
        }
        (Value::String(text), _) => Model::Text(text.into_owned()),
        (Value::Float(digits), _) => Model::Float(digits.into_owned()),
        (Value::Boolean(value), _) => Model::Boolean(value),
        (Value::Date(text), _) => Model::Date(text.parse::<toml::value::Datetime>().unwrap().to_string()),
        (Value::Array { .. }, _) => {
            Model::Array(below().map(|child| (document.span(child), ours(document, child))).collect())
        }
        (Value::Table, _) => Model::Table(
            below()
                .map(|child| {
                    let value = (document.key_span(child), document.span(child), ours(document, child));
                    (document.key(child).into_owned(), value)
                })
                .collect(),
        ),
        (other, _) => panic!("{other:?}"),
    }
}

fn theirs(value: &DeValue<'_>) -> Model {
    match value {
        DeValue::String(text) => Model::Text(text.to_string()),
        DeValue::Integer(integer) => Model::Integer(integer.as_str().to_owned(), integer.radix()),
        DeValue::Float(float) => Model::Float(float.as_str().to_owned()),
        DeValue::Boolean(value) => Model::Boolean(*value),
        DeValue::Datetime(date) => Model::Date(date.to_string()),
        DeValue::Array(array) => {
            Model::Array(array.iter().map(|value| (value.span().into(), theirs(value.get_ref()))).collect())
        }
        DeValue::Table(table) => table_of_theirs(table),
    }
}

fn table_of_theirs(table: &DeTable<'_>) -> Model {
    let entries = table.iter().map(|(key, value)| {
        let places = (key.span().into(), value.span().into(), theirs(value.get_ref()));
        (key.get_ref().to_string(), places)
    });
    Model::Table(entries.collect())
}

/// Holds the two against each other; whether they took the text.
fn agree(parser: &mut Parser, text: &str) -> bool {
    let (document, complaints) = parser.parse(text);
    match DeTable::parse(text) {
        Ok(table) => {
            let theirs = table_of_theirs(table.get_ref());
            assert!(complaints.is_empty(), "only we refuse {text:?}: {complaints:?}");
            assert_eq!(ours(&document, ROOT), theirs, "{text:?}");
            // Most texts are plain lines, but the other way must lead to the same tree.
            parser.parse_fully(Source::new(text));
            let document = Document { text, nodes: &parser.tables.nodes, decoded: &parser.decoded };
            assert_eq!(ours(&document, ROOT), theirs, "by events: {text:?}");
            true
        }
        Err(error) => {
            assert!(!complaints.is_empty(), "only `toml` refuses {text:?}: {error}");
            false
        }
    }
}

#[test]
fn the_nasty_ones() {
    let taken = [
        "",
        "\u{feff}a = 1",
        "a = 1\r\nb = 2",
        "a.b.c = 1\na.b.d = 2\n[x.y.z]\n[x.y]\n[x]\nk = 1",
        "[a.b]\nx = 1\n[a]\ny = 2\n[a.c]\n",
        "[a]\nb.c = 1\n[a.b.d]\ne = 2",
        "[[a]]\nx = 1\n[[a]]\n[a.b]\ny = 1\n[[a.c]]\n[[a.c]]\nz = 3\n[[a]]",
        "a = { b.c = 1, b.d = 2, e = { f = [1, { g = 2 }] } }",
        "a = [ [1, 2], [\"x\", 'y'], [], {}, ]",
        "'a b'.\"c\\td\".e-f_1 = 'C:\\path'\n\"\" = 1",
        "s = \"\"\"\none\\\n  two \"quoted\"\n\"\"\"\nt = '''\n'raw' \\n'''\nu = \"\\u00e9\\x41\\e\"",
        "i = [1_000, +5, -0, 0xdead_beef, 0o17, 0b11]\nf = [1.50, 1e3, -1.5E-2, inf, -nan, 1_0.0_1]",
        "d = [2025-04-07, 2025-04-07T10:00:00Z, 2025-04-07 10:00:00.5+02:00, 10:00:01, 07:32]",
        "t = true # comment\nf = false",
        "99999999999999999999 = 99999999999999999999",
        "a = {\n x = 1, # inside\n y = 2,\n}",
        "a = { b.c\n = 1 }",
    ];
    let refused = [
        "a = 1\na = 2",
        "[a]\n[a]",
        "[a]\n[[a]]",
        "[[a]]\n[a]",
        "a = []\n[[a]]",
        "a = {}\n[a]",
        "a = {}\n[a.b]",
        "a = { b = {}, b.c = 1 }",
        "a = { b.c = 1 }\n[a.b]\n",
        "a = { b.c = 1 }\na.b.d = 2\n",
        "[a.b.c]\nz = 9\n[a]\nb.c.t = 1",
        "a.b = 1\n[a]",
        "a = 1\na.b = 2",
        "a = 1\n[a.b]",
        "a = 2025-13-01",
        "a = 01",
        "a = \"x\ny\"",
        "a = \"\\q\"",
        "a = \"tab\u{7f}\"",
        "a = ",
        "= 1",
        "a",
        "a b = 1",
        "[a",
        "[]",
        "[a]]",
        "a = [1 2]",
        "a = [1,, 2]",
        "a = { x = 1 y = 2 }",
        "a = 1 b = 2",
        "a = 'x",
        "a = '''x",
        "\"\"\"a\"\"\" = 1",
        "# \u{1}",
        "a = 1\rb = 2",
        "é = 1",
        "a = treu",
    ];
    let mut parser = Parser::new();
    for text in taken {
        assert!(agree(&mut parser, text), "refused: {text:?}");
    }
    for text in refused {
        assert!(!agree(&mut parser, text), "taken: {text:?}");
    }
}

#[test]
fn depth_is_bounded_at_once() {
    let mut parser = Parser::new();
    for (open, close) in [("[", "]"), ("{a=", "}")] {
        for (depth, is_taken) in [(80, true), (81, false), (100_000, false)] {
            let text = format!("a = {}{}", open.repeat(depth), close.repeat(depth));
            let text = if open == "[" { text } else { text.replace("=}", "=1}") };
            assert_eq!(parser.parse(&text).1.is_empty(), is_taken, "{depth} {open}");
        }
    }
    for (dots, is_taken) in [(79, true), (100_000, false)] {
        let text = format!("{}a = 1", "a.".repeat(dots));
        assert_eq!(agree(&mut parser, &text), is_taken);
    }
}

#[test]
fn large_tables_find_their_duplicates() {
    let mut parser = Parser::new();
    let figures: Vec<_> = (0..1000).map(|n| format!("[figure.f{n}]\nvalue = {n}\n")).collect();
    let mut text = figures.concat();
    assert!(agree(&mut parser, &text));
    text.push_str("[figure.f500]\n");
    let (_, complaints) = parser.parse(&text);
    let [complaint] = &complaints[..] else { panic!("{complaints:?}") };
    assert_eq!(complaint.message, "duplicate key");
    assert_eq!(complaint.span.range(), text.len() - 6..text.len() - 2);
    let (first, what) = complaint.related.clone().unwrap();
    assert_eq!((first.start as usize, what.as_str()), (text.find("f500").unwrap(), "first defined here"));
}

#[test]
fn plain_strings_are_borrowed_and_escaped_ones_are_not() {
    let mut parser = Parser::new();
    let text = "plain = \"117,000 – “more”\"\nescaped = \"a\\tb\"";
    let (document, _) = parser.parse(text);
    let plain = document.first(ROOT).unwrap();
    let escaped = document.next(plain).unwrap();
    assert!(matches!(document.value(plain), Value::String(std::borrow::Cow::Borrowed("117,000 – “more”"))));
    assert!(
        matches!(document.value(escaped), Value::String(std::borrow::Cow::Owned(text)) if text == "a\tb")
    );
}

#[test]
fn ordinary_rules_are_plain_and_the_rest_is_not_forced() {
    let is_plain = |text: &str| {
        let (mut tables, mut decoded, mut errors) = (Tables::default(), String::new(), Vec::new());
        tables.clear();
        let mut builder = Builder::new(Source::new(text), &mut tables, &mut decoded);
        plain::read(text, &mut builder, &mut errors).is_some()
    };
    assert!(is_plain(include_str!("../tests/story.toml")));
    assert!(is_plain("a = \"x \\\" y\" # why\r\n[[b . 'c d']] \n\te={f=[1,2,],g.h=2025-04-07}"));
    for other in [
        "a = \"\"\"x\"\"\"",
        "a = [\n1]",
        "a = 2025-04-07 10:00:00",
        "\u{feff}a = 1",
        "a = 1 b = 2",
        "[ [a] ]",
    ] {
        assert!(!is_plain(other), "{other:?}");
    }
}

/// Keys that often meet.
fn key() -> impl Strategy<Value = String> {
    let simple = prop::sample::select(vec!["a", "b", "c", "\"a\"", "'b'", "\"\\u0061\"", "claim"]);
    prop::collection::vec(simple, 1..4).prop_map(|parts| parts.join("."))
}

fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        prop::sample::select(vec![
            "1",
            "-1_0",
            "0x1F",
            "1.50",
            "1e3",
            "true",
            "2025-04-07",
            "10:00:00",
            "''",
            "\"\"",
            "'x'",
            "inf",
        ])
        .prop_map(str::to_owned),
        "\"[ -~é]{0,6}\"",
        "'[ -~é]{0,6}'",
        "\"\"\"[ -~\n]{0,8}\"\"\"",
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::vec((key(), inner), 0..4).prop_map(|entries| {
                let entries: Vec<_> = entries.iter().map(|(key, value)| format!("{key} = {value}")).collect();
                format!("{{ {} }}", entries.join(", "))
            }),
        ]
    })
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (key(), value()).prop_map(|(key, value)| format!("{key} = {value}")),
        2 => key().prop_map(|key| format!("[{key}]")),
        // Lists of tables have names of their own: `toml` lets dotted keys reach into one, against TOML's rules.
        1 => key().prop_map(|key| format!("[[list.{key}]]").replace("list.claim", "claims")),
        1 => Just("# a comment".to_owned()),
        1 => Just(String::new()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn documents_are_read_alike(lines in prop::collection::vec(line(), 0..9)) {
        agree(&mut Parser::new(), &lines.join("\n"));
    }

    #[test]
    fn damaged_documents_are_refused_alike(
        lines in prop::collection::vec(line(), 1..5),
        at in any::<prop::sample::Index>(),
        put in "[\\[\\]{}=.,\"'\n\\\\ #a1]{0,2}",
        remove in 0..2_usize,
    ) {
        let mut text: Vec<char> = lines.join("\n").chars().collect();
        let at = at.index(text.len() + 1);
        text.splice(at..(at + remove).min(text.len()), put.chars());
        agree(&mut Parser::new(), &text.into_iter().collect::<String>());
    }

    #[test]
    fn no_text_is_too_strange(text in "[\\[\\]{}=.,\"'\n\\\\ #a1é\r\u{1}-]{0,24}") {
        agree(&mut Parser::new(), &text);
    }
}
